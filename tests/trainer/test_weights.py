from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import torch
from safetensors.torch import save_file

from engine.errors import ModelError, NotFoundError
from trainer.backbones.embedding import EmbeddingNet
from trainer.weights import WEIGHTS, load_weights, save_weights


@pytest.mark.parametrize("backbone", ["mobilenet_v2", "mobilenet_v3_small", "bit_r50x1", "simple_cnn", "se_fast"])
def test_weights_come_back_as_the_network_they_were_of(tmp_path, backbone):
    torch.manual_seed(0)
    network = EmbeddingNet(16, backbone).eval()
    save_weights(network, tmp_path)
    loaded = load_weights(tmp_path)
    assert (loaded.backbone, loaded.dim, loaded.training) == (backbone, 16, False)
    pictures = torch.rand(3, 3, 64, 64)
    with torch.inference_mode():
        cosines = (network(pictures)[0] * loaded(pictures)[0]).sum(dim=1)
    assert np.allclose(cosines, 1, atol=1e-3)


def test_the_pooling_comes_back_too(tmp_path):
    network = EmbeddingNet(16, "simple_cnn", "gem")
    torch.nn.init.constant_(network.pool.p, 2.5)
    save_weights(network, tmp_path)
    loaded = load_weights(tmp_path)
    assert (loaded.pooling, loaded.pool.p.item()) == ("gem", 2.5)


def test_weights_from_before_there_was_a_choice_of_pooling_load(tmp_path):
    network = EmbeddingNet(16, "simple_cnn")
    state = {name: value.contiguous() for name, value in network.state_dict().items()}
    save_file(state, tmp_path / WEIGHTS, {"lookalike": '{"backbone": "simple_cnn", "dim": 16}'})
    assert load_weights(tmp_path).pooling == "average"


def test_the_weights_that_come_with_the_program_load():
    network = load_weights(Path(__file__).parents[2] / "resources" / "models" / "lookalike-2")
    assert (network.backbone, network.dim) == ("mobilenet_v2", 256)


def test_a_model_without_weights_is_named(tmp_path):
    with pytest.raises(NotFoundError, match="has no weights to start from"):
        load_weights(tmp_path)


@pytest.mark.parametrize("damage", ["torn", "foreign", "other network", "other shape"])
def test_damaged_or_foreign_weights_are_refused(tmp_path, damage):
    file = tmp_path / WEIGHTS
    save_weights(EmbeddingNet(16, "mobilenet_v3_small"), tmp_path)
    match damage:
        case "torn":
            file.write_bytes(file.read_bytes()[:5000])
        case "foreign":
            save_file({"weight": torch.zeros(3)}, file)
        case "other network":
            save_file({"weight": torch.zeros(3)}, file, {"lookalike": '{"backbone": "mobilenet_v3_small", "dim": 16}'})
        case "other shape":
            save_file({"head.bias": torch.zeros(3)}, file, {"lookalike": '{"backbone": "nothing", "dim": 16}'})
    with pytest.raises(ModelError, match="damaged or of another program"):
        load_weights(tmp_path)
