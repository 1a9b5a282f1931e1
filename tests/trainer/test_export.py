import hashlib
import json
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import onnx
import torch

from engine.errors import BadRequestError, ModelError
from engine.models.embedder import OnnxEmbedder
from engine.models.manifest import load_manifest
from trainer.backbones.embedding import EmbeddingNet
from trainer.export import ModelDescription, check_description, publish

SIDE = 32


class WrongWhenExported(EmbeddingNet):
    """Deliberately wrong: the graph that is written is not the network that was trained."""

    def forward(self, pictures):
        embeddings, pooled = super().forward(pictures)
        return (embeddings.flip(1) if torch.onnx.is_in_onnx_export() else embeddings), pooled


@pytest.fixture
def pixels():
    return np.random.default_rng(0).integers(0, 256, size=(12, SIDE, SIDE, 3), dtype=np.uint8)


@pytest.fixture
def description():
    return ModelDescription("mine", SIDE, {"recipe": "distill"})


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "models" / "mine"


@pytest.fixture
def network():
    torch.manual_seed(0)
    return EmbeddingNet(16)


def test_the_export_computes_what_the_network_computes(network, description, pixels, folder):
    parity = publish(network, description, pixels, folder)
    assert parity.largest_delta < 1e-4
    with torch.inference_mode():
        wanted, _ = network.eval()(torch.from_numpy(pixels).permute(0, 3, 1, 2) / 255)
    given = OnnxEmbedder(folder, load_manifest(folder)).embed(pixels)
    assert np.abs(wanted.numpy() - given).max() < 1e-4


def test_the_graph_takes_any_number_of_pictures_and_normalises_inside(network, description, pixels, folder):
    publish(network, description, pixels, folder)
    model = onnx.load(folder / "model.onnx")
    (given,), (result,) = model.graph.input, model.graph.output
    assert given.type.tensor_type.elem_type == onnx.TensorProto.UINT8
    assert [side.dim_param or side.dim_value for side in given.type.tensor_type.shape.dim] == ["batch", SIDE, SIDE, 3]
    assert result.type.tensor_type.shape.dim[0].dim_param == "batch"
    assert model.opset_import[0].version == 17


def test_the_manifest_names_the_file_it_describes(network, description, pixels, folder):
    publish(network, description, pixels, folder)
    document = json.loads((folder / "manifest.json").read_text())
    assert document["sha256"] == hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()
    assert document["training"] == {"recipe": "distill"}
    assert document["licence"] == "Apache-2.0"


def test_the_manifest_says_how_photos_are_cut(network, description, pixels, folder):
    publish(network, replace(description, resize="crop", interpolation="bicubic", share=0.875), pixels, folder)
    manifest = load_manifest(folder)
    assert (manifest.resize, manifest.interpolation, manifest.share) == ("crop", "bicubic", 0.875)


def test_a_wrong_export_is_not_published(description, pixels, folder):
    with pytest.raises(ModelError, match="not published"):
        publish(WrongWhenExported(16), description, pixels, folder)
    assert list(folder.parent.iterdir()) == []


def test_a_wrong_export_leaves_the_older_model_alone(network, description, pixels, folder):
    publish(network, description, pixels, folder)
    before = (folder / "model.onnx").read_bytes()
    with pytest.raises(ModelError):
        publish(WrongWhenExported(16), description, pixels, folder)
    assert (folder / "model.onnx").read_bytes() == before


def test_a_new_model_replaces_the_whole_folder(network, description, pixels, folder):
    folder.mkdir(parents=True)
    (folder / "left over.txt").touch()
    publish(network, description, pixels, folder)
    assert sorted(entry.name for entry in folder.iterdir()) == ["manifest.json", "model.onnx", "weights.safetensors"]
    assert [entry.name for entry in folder.parent.iterdir()] == ["mine"]


@pytest.mark.parametrize("name", ["", ".hidden", "a/b", "what?"])
def test_names_that_no_model_can_have_are_refused(name):
    with pytest.raises(BadRequestError, match="Such a model cannot be made"):
        check_description(ModelDescription(name, SIDE, {}), 16)


def test_sizes_that_no_model_can_have_are_refused():
    with pytest.raises(BadRequestError, match="not a positive whole number"):
        check_description(ModelDescription("mine", 0, {}), 16)
