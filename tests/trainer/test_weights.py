from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import torch
from safetensors.torch import save_file

from engine.errors import ModelError, NotFoundError
from engine.models.weights import WEIGHTS, check_weights
from tests.samples import write_model
from trainer.backbones.embedding import EmbeddingNet
from trainer.weights import load_weights, save_weights


@pytest.fixture
def folder(tmp_path):
    """Of a model, so far without weights."""
    return write_model(tmp_path)


@pytest.mark.parametrize("backbone", ["mobilenet_v2", "mobilenet_v3_small", "bit_r50x1", "simple_cnn", "se_fast"])
def test_weights_come_back_as_the_network_they_were_of(folder, backbone):
    torch.manual_seed(0)
    network = EmbeddingNet(16, backbone).eval()
    save_weights(network, folder)
    check_weights(folder / WEIGHTS)
    loaded = load_weights(folder)
    assert (loaded.backbone, loaded.dim, loaded.training) == (backbone, 16, False)
    pictures = torch.rand(3, 3, 64, 64)
    with torch.inference_mode():
        cosines = (network(pictures)[0] * loaded(pictures)[0]).sum(dim=1)
    assert np.allclose(cosines, 1, atol=1e-3)


def test_the_pooling_comes_back_too(folder):
    network = EmbeddingNet(16, "simple_cnn", "gem")
    torch.nn.init.constant_(network.pool.p, 2.5)
    save_weights(network, folder)
    loaded = load_weights(folder)
    assert (loaded.pooling, loaded.pool.p.item()) == ("gem", 2.5)


def test_weights_from_before_there_was_a_choice_of_pooling_load(folder):
    network = EmbeddingNet(16, "simple_cnn")
    state = {name: value.contiguous() for name, value in network.state_dict().items()}
    save_file(state, folder / WEIGHTS, {"lookalike": '{"backbone": "simple_cnn", "dim": 16}'})
    assert load_weights(folder).pooling == "average"


def test_the_weights_that_come_with_the_program_load():
    network = load_weights(Path(__file__).parents[2] / "resources" / "models" / "lookalike-2")
    assert (network.backbone, network.dim) == ("mobilenet_v2", 256)


def test_no_more_is_made_than_the_file_has(folder):
    """A file from anywhere may say any size of itself."""
    network = EmbeddingNet(16, "simple_cnn")
    state = {name: value.contiguous() for name, value in network.state_dict().items()}
    save_file(state, folder / WEIGHTS, {"lookalike": '{"backbone": "simple_cnn", "dim": 10000000000000}'})
    assert load_weights(folder).dim == 16


def test_weights_of_another_model_are_refused(folder, tmp_path):
    save_weights(EmbeddingNet(16, "simple_cnn"), folder)
    other = write_model(tmp_path, "other", seed=1)
    (other / WEIGHTS).write_bytes((folder / WEIGHTS).read_bytes())
    load_weights(folder)
    with pytest.raises(ModelError, match="are of another model than the one beside them"):
        load_weights(other)


def test_a_model_without_weights_is_named(folder):
    with pytest.raises(NotFoundError, match="has no weights to start from"):
        load_weights(folder)


@pytest.mark.parametrize("damage", ["torn", "foreign", "other network", "other shape"])
def test_damaged_or_foreign_weights_are_refused(folder, damage):
    file = folder / WEIGHTS
    save_weights(EmbeddingNet(16, "mobilenet_v3_small"), folder)
    match damage:
        case "torn":
            file.write_bytes(file.read_bytes()[:5000])
        case "foreign":
            save_file({"weight": torch.zeros(3)}, file)
        case "other network":
            save_file({"weight": torch.zeros(3)}, file, {"lookalike": '{"backbone": "mobilenet_v3_small", "dim": 16}'})
        case "other shape":
            save_file({"head.bias": torch.zeros(3)}, file, {"lookalike": '{"backbone": "nothing", "dim": 3}'})
    with pytest.raises(ModelError, match="damaged or of another program"):
        load_weights(folder)
