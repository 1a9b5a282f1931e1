"""A pretrained network as a model: what ONNX Runtime computes of photos is what torchvision's network pools."""

import numpy as np
import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import torch
from PIL import Image
from torchvision import models

from engine.errors import BadRequestError, ModelError
from engine.evaluation.ranking import unit
from engine.jobs import Job
from engine.models.embedder import OnnxEmbedder
from engine.models.manifest import load_manifest
from engine.models.registry import ModelRegistry
from engine.settings import Settings
from tests.samples import picture, write_subjects
from trainer.backbones.frozen import write_backbone
from trainer.backbones.registry import BACKBONES
from trainer.personal import PersonalConfig, train

NAME = "mobilenet_v3_small"


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A network with random weights, and a file of them as torchvision would write it."""
    torch.manual_seed(3)
    network = models.get_model(NAME, weights=None).eval()
    file = tmp_path_factory.mktemp("published") / "weights.pth"
    torch.save(network.state_dict(), file)
    return network, file


@pytest.fixture(scope="module")
def written(published, tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / NAME
    write_backbone(NAME, folder, file=published[1])
    return folder


def test_its_embedding_is_what_the_network_pools(published, written):
    wanted = BACKBONES[NAME].preprocessing
    pixels = np.stack([wanted.pixels(picture(seed)) for seed in range(3)])
    mean, std = (torch.tensor(values).view(1, 3, 1, 1) for values in wanted.normalisation)
    with torch.inference_mode():
        pictures = torch.from_numpy(pixels).permute(0, 3, 1, 2) / 255
        pooled = published[0].avgpool(published[0].features((pictures - mean) / std)).flatten(1)
    given = OnnxEmbedder(written, load_manifest(written)).embed(pixels)
    np.testing.assert_allclose(given, unit(pooled.numpy()), atol=1e-5)


def test_its_card_tells_what_it_is(written):
    manifest = load_manifest(written)
    assert (manifest.name, manifest.dim) == (NAME, BACKBONES[NAME].pooled)
    assert manifest.training == {"backbone": NAME, "data": "weights weights.pth, as they are"}
    assert manifest.licence == "as that of its weights"


def test_a_layer_is_learned_on_it(written, tmp_path):
    base = ModelRegistry(written.parent, tmp_path / "none").named(NAME)
    photos = write_subjects(tmp_path / "photos", 3, 6)
    run = train([photos], base, tmp_path / "runs", PersonalConfig("linear", "mine", 0, Settings(workers=1)), Job())
    assert load_manifest(run.model).training["base"] == NAME
    pixels = np.asarray(Image.new("RGB", (224, 224), "teal"))[None]
    assert OnnxEmbedder(run.model, load_manifest(run.model)).embed(pixels).shape[0] == 1


def test_weights_of_another_network_are_refused(published, tmp_path):
    with pytest.raises(ModelError, match="of another network than resnet50"):
        write_backbone("resnet50", tmp_path / "model", file=published[1])
    assert not (tmp_path / "model").exists()


def test_a_network_that_nobody_has_published_needs_a_file(tmp_path):
    with pytest.raises(BadRequestError, match="no official weights of se_fast"):
        write_backbone("se_fast", tmp_path / "model")
