"""Every family of backbones goes through export and gate, with statistics as after a training."""

import numpy as np
import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import onnx
import torch

from engine.models.manifest import load_manifest
from engine.models.patches import PatchEmbedder
from trainer.backbones.embedding import EmbeddingNet
from trainer.backbones.registry import BACKBONES
from trainer.export import ModelDescription, publish
from trainer.statistics import refresh_statistics

SIDES = {"inception_v3": 128, "se_resnet": 32, "se_fast": 32}
HEAVY = ("vgg16", "resnet50", "inception_v3", "bit_r50x1", "se_resnet", "se_fast")
DIM, PICTURES = 16, 9


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if name in HEAVY else ()) for name in BACKBONES]
)
def test_every_backbone_is_exported_as_it_was_trained(tmp_path, name):
    """The gate compares values, directions and neighbours in batches of 1, 3 and 8."""
    network, pixels = trained(name, "average")
    description = ModelDescription("mine", pixels.shape[1], {}, resize=BACKBONES[name].preprocessing.resize)
    parity = publish(network, description, pixels, tmp_path / "mine")
    assert parity.largest_delta < 1e-4
    assert parity.lowest_cosine > 0.99999
    assert load_manifest(tmp_path / "mine").dim == DIM


@pytest.mark.parametrize("pooling", ["central", "gem"])
def test_other_poolings_are_exported_as_they_were_trained(tmp_path, pooling):
    network, pixels = trained("simple_cnn", pooling)
    assert publish(network, ModelDescription("mine", 64, {}), pixels, tmp_path / "mine").largest_delta < 1e-4


def test_what_each_part_of_a_picture_adds_is_told_where_the_border_counts_less(tmp_path):
    """The weights belong to the parts, so the parts still add up to the embedding."""
    network, pixels = trained("simple_cnn", "central")
    publish(network, ModelDescription("mine", 64, {}), pixels, tmp_path / "mine")
    model = PatchEmbedder(tmp_path / "mine", load_manifest(tmp_path / "mine"))
    parts = model.patches(pixels[0])
    assert parts is not None
    assert np.abs(parts.sum(axis=(0, 1)) - model.embed(pixels[:1])[0]).max() < 1e-3


@pytest.mark.slow
def test_standardised_kernels_are_exported_as_they_are_used(tmp_path):
    network, pixels = trained("bit_r50x1", "average")
    publish(network, ModelDescription("mine", 64, {}), pixels, tmp_path / "mine")
    graph = onnx.load(tmp_path / "mine" / "model.onnx").graph
    assert not {"ReduceMean", "Sqrt"} & {node.op_type for node in graph.node if "convolution" in node.name}
    convolutions = [node for node in graph.node if node.op_type == "Conv"]
    stored = {one.name for one in graph.initializer}
    assert len(convolutions) == 53
    assert all(node.input[1] in stored for node in convolutions)


def trained(name, pooling):
    """A network of random weights whose batch norms know pictures, and pictures that differ as photos do."""
    torch.manual_seed(0)
    network, side = EmbeddingNet(DIM, name, pooling), SIDES.get(name, 64)
    chance = np.random.default_rng(0)
    coarse = torch.from_numpy(chance.random((PICTURES, 3, 4, 4), dtype=np.float32))
    pictures = torch.nn.functional.interpolate(coarse, size=(side, side), mode="bicubic").clamp(0, 1)
    refresh_statistics(network, [pictures])
    return network, (pictures * 255).byte().permute(0, 2, 3, 1).contiguous().numpy()
