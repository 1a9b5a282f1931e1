"""Taking an embedding apart into what the positions of the last feature map add to it."""

import numpy as np
import onnx
import pytest
from model_folders import put
from onnx import TensorProto, helper, numpy_helper

from engine.library import default_models
from engine.models.embedder import OnnxEmbedder
from engine.models.manifest import load_manifest
from engine.models.onnx_tail import read_tail, with_output
from engine.models.patches import PatchEmbedder

SIDE, CHANNELS, DIM = 8, 6, 4
CHANCE = np.random.default_rng(3)
PIXELS = CHANCE.integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8)
KERNEL = CHANCE.normal(size=(CHANNELS, 3, 2, 2)).astype(np.float32)
WEIGHT = CHANCE.normal(size=(DIM, CHANNELS)).astype(np.float32)
BIAS = CHANCE.normal(size=DIM).astype(np.float32)
SQUARE = CHANCE.normal(size=(CHANNELS, CHANNELS)).astype(np.float32)

GEMM = [helper.make_node("Gemm", ["pooled", "weight", "bias"], ["embeddings"], transB=1)]
UNIT_GEMM = [
    helper.make_node("LpNormalization", ["pooled"], ["unit"], axis=1, p=2),
    helper.make_node("Gemm", ["unit", "weight", "bias"], ["embeddings"], transB=1),
]
MATMUL = [
    helper.make_node("MatMul", ["pooled", "turned"], ["scores"]),
    helper.make_node("Add", ["scores", "bias"], ["embeddings"]),
]
NO_HEAD = [helper.make_node("Identity", ["pooled"], ["embeddings"])]
EITHER_WAY = [helper.make_node("MatMul", ["pooled", "square"], ["embeddings"])]
NOT_LINEAR = [
    helper.make_node("Gemm", ["pooled", "weight", "bias"], ["scores"], transB=1),
    helper.make_node("Softmax", ["scores"], ["embeddings"], axis=1),
]


def network(head, *, dim=DIM, half=False):
    """A convolution, the mean over all positions, and a head behind it."""
    nodes = [
        helper.make_node("Cast", ["images"], ["floats"], to=TensorProto.FLOAT),
        helper.make_node("Transpose", ["floats"], ["pixels"], perm=[0, 3, 1, 2]),
        helper.make_node("Conv", ["pixels", "kernel"], ["convolved"], strides=[2, 2]),
        helper.make_node("Relu", ["convolved"], ["features"]),
        helper.make_node("GlobalAveragePool", ["features"], ["mean"]),
        helper.make_node("Flatten", ["mean"], ["pooled"], axis=1),
        *head,
    ]
    arrays = {"kernel": KERNEL, "weight": WEIGHT, "turned": WEIGHT.T, "bias": BIAS, "square": SQUARE}
    used = {name for node in nodes for name in node.input}
    graph = helper.make_graph(
        nodes,
        "network",
        [helper.make_tensor_value_info("images", TensorProto.UINT8, ["N", SIDE, SIDE, 3])],
        [helper.make_tensor_value_info("embeddings", TensorProto.FLOAT, ["N", dim])],
        [numpy_helper.from_array(np.ascontiguousarray(arrays[name]), name) for name in arrays if name in used],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(made)
    return made.SerializeToString()


def embedder(folder, model, dim=DIM):
    return PatchEmbedder(put(folder / "model", model, dim=dim), load_manifest(folder / "model"))


@pytest.mark.parametrize(
    ("head", "dim"),
    [(GEMM, DIM), (UNIT_GEMM, DIM), (MATMUL, DIM), (NO_HEAD, CHANNELS), (EITHER_WAY, CHANNELS)],
    ids=["projected", "unit length before", "matrix and sum", "nothing behind", "square matrix"],
)
def test_the_parts_add_up_to_the_embedding(tmp_path, head, dim):
    asked = embedder(tmp_path, network(head, dim=dim), dim)
    parts = asked.patches(PIXELS)
    assert parts.shape == (4, 4, dim)
    assert parts.sum(axis=(0, 1)) == pytest.approx(asked.embed(PIXELS[None])[0], abs=1e-5)


def test_a_part_is_what_its_position_adds(tmp_path):
    """By hand, for a head of one matrix and a sum."""
    asked = embedder(tmp_path, network(GEMM))
    blocks = PIXELS.astype(np.float32).reshape(4, 2, 4, 2, 3)
    features = np.maximum(np.einsum("aybxc,kcyx->abk", blocks, KERNEL), 0)
    projected = features @ WEIGHT.T + BIAS
    expected = projected / 16 / np.linalg.norm(projected.mean(axis=(0, 1)))
    assert asked.patches(PIXELS) == pytest.approx(expected, abs=1e-4)


def test_an_embedding_that_is_no_sum_is_not_taken_apart(tmp_path):
    assert embedder(tmp_path, network(NOT_LINEAR)).patches(PIXELS) is None


def test_a_network_without_pooling_is_not_taken_apart(tmp_path):
    flat = [helper.make_node("Flatten", ["features"], ["all"], axis=1)]
    model = network([*flat, helper.make_node("Identity", ["all"], ["embeddings"])], dim=CHANNELS * 16)
    model = onnx.load_model_from_string(model)
    del model.graph.node[4:6]
    asked = embedder(tmp_path, model.SerializeToString(), CHANNELS * 16)
    assert asked.patches(PIXELS) is None
    assert asked.embed(PIXELS[None]).shape == (1, CHANNELS * 16)


def test_a_model_that_cannot_give_its_map_still_embeds(tmp_path, monkeypatch):
    monkeypatch.setattr("engine.models.patches.read_tail", lambda model: read_tail(model).__class__("no such value"))
    asked = embedder(tmp_path, network(GEMM))
    assert asked.patches(PIXELS) is None
    assert asked.embed(PIXELS[None]).shape == (1, DIM)


@pytest.mark.parametrize("model", [b"", b"nonsense that is no message", network(GEMM)[:100]])
def test_what_is_no_network_has_no_tail(model):
    assert read_tail(model) is None


def test_half_precision_and_packed_weights_are_read():
    model = onnx.load_model_from_string(network(GEMM))
    for tensor in list(model.graph.initializer):
        if tensor.name == "weight":
            model.graph.initializer.remove(tensor)
    model.graph.initializer.append(numpy_helper.from_array(WEIGHT.astype(np.float16), "weight"))
    tail = read_tail(model.SerializeToString())
    assert tail.feature_map == "features"
    assert tail.weight == pytest.approx(WEIGHT, abs=1e-2)
    assert tail.bias == pytest.approx(BIAS)


def test_another_output_changes_no_embedding(tmp_path):
    """The file stays what it is: the output is added to what is loaded."""
    model = network(GEMM)
    folder = put(tmp_path / "model", model)
    manifest = load_manifest(folder)
    plain, asked = OnnxEmbedder(folder, manifest), OnnxEmbedder(folder, manifest, feature_map="features")
    embeddings, features = asked.embed_with_features(PIXELS[None])
    assert np.array_equal(plain.embed(PIXELS[None]), embeddings)
    assert features.shape == (1, CHANNELS, 4, 4)
    assert with_output(model, "features").startswith(model)


def test_the_model_that_ships_with_the_program_is_taken_apart():
    folder = default_models() / "lookalike-2"
    asked = PatchEmbedder(folder, load_manifest(folder))
    pictures = CHANCE.integers(0, 256, (2, 224, 224, 3), dtype=np.uint8)
    one, other = (asked.patches(pixels) for pixels in pictures)
    assert one.shape == (7, 7, 256)
    similarity = np.einsum("ijd,kld->", one, other)
    vectors = asked.embed(pictures)
    assert similarity == pytest.approx(float(vectors[0] @ vectors[1]), abs=1e-5)
