"""Small ONNX models, right and wrong ones, in folders with a manifest."""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from onnx import ModelProto, TensorProto, helper, numpy_helper

SIDE, DIM = 8, 4


def manifest(model: bytes = b"", **changes: Any) -> dict[str, Any]:
    """A manifest that fits the models of this module, changed as asked for."""
    return {
        "format": 1,
        "name": "small",
        "version": "1",
        "sha256": hashlib.sha256(model).hexdigest(),
        "dim": DIM,
        "input": {"name": "images", "size": [SIDE, SIDE]},
        "output": {"name": "embeddings"},
        "resize": {"mode": "squash", "interpolation": "bilinear"},
        "distance": "cosine",
        "licence": "Apache-2.0",
        "training": {"recipe": "none"},
        **changes,
    }


def put(folder: Path, model: bytes, fields: dict[str, Any] | None = None, **changes: Any) -> Path:
    """A model folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(model)
    (folder / "manifest.json").write_text(json.dumps(fields or manifest(model, **changes)))
    return folder


def weights(rows: int = SIDE * SIDE * 3) -> np.ndarray:
    """The projection that the models of this module make."""
    return np.random.default_rng(0).normal(size=(rows, DIM)).astype(np.float32)


def projecting(
    *, floats: bool = False, batch: Any = "N", tail: str = "", metadata: dict[str, str] | None = None
) -> bytes:
    """A model that projects the picture onto a few directions, not normalised.

    Args:
        floats: takes float32 NCHW instead of uint8 NHWC.
        batch: size of the batch, if it is fixed.
        tail: an operator that spoils the outcome: "Log" makes NaN and infinities.
    """
    shape = [batch, 3, SIDE, SIDE] if floats else [batch, SIDE, SIDE, 3]
    nodes = [
        helper.make_node("Cast", ["images"], ["pixels"], to=TensorProto.FLOAT),
        helper.make_node("Flatten", ["pixels"], ["flat"], axis=1),
        helper.make_node("MatMul", ["flat", "weights"], ["projection"]),
        # A black picture is nothing but zeros: give it a direction all the same.
        helper.make_node("Add", ["projection", "one"], ["projected" if tail else "embeddings"]),
    ]
    if tail:
        nodes.append(helper.make_node(tail, ["projected"], ["embeddings"]))
    initializers = [
        numpy_helper.from_array(weights(), "weights"),
        numpy_helper.from_array(np.ones(DIM, np.float32), "one"),
    ]
    return built(nodes, shape, initializers, floats, metadata)


def built(nodes, shape, initializers=(), floats=False, metadata=None, output=("N", DIM)) -> bytes:
    """An ONNX model with one input and one output."""
    kind = TensorProto.FLOAT if floats else TensorProto.UINT8
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("images", kind, shape)],
        [helper.make_tensor_value_info("embeddings", TensorProto.FLOAT, list(output))],
        initializer=list(initializers),
    )
    model: ModelProto = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    if metadata:
        helper.set_model_props(model, metadata)
    return bytes(model.SerializeToString())


def scaled(factor: float) -> bytes:
    """A model whose embeddings are the projection times a factor."""
    nodes = [
        helper.make_node("Cast", ["images"], ["pixels"], to=TensorProto.FLOAT),
        helper.make_node("Flatten", ["pixels"], ["flat"], axis=1),
        helper.make_node("MatMul", ["flat", "weights"], ["projected"]),
        helper.make_node("Mul", ["projected", "factor"], ["embeddings"]),
    ]
    initializers = [
        numpy_helper.from_array(weights(), "weights"),
        numpy_helper.from_array(np.array(factor, dtype=np.float32), "factor"),
    ]
    return built(nodes, ["N", SIDE, SIDE, 3], initializers)


def constant() -> bytes:
    """A model that gives every picture the same embedding."""
    nodes = [
        helper.make_node("Cast", ["images"], ["pixels"], to=TensorProto.FLOAT),
        helper.make_node("Flatten", ["pixels"], ["flat"], axis=1),
        helper.make_node("MatMul", ["flat", "nothing"], ["zero"]),
        helper.make_node("Add", ["zero", "one"], ["embeddings"]),
    ]
    initializers = [
        numpy_helper.from_array(np.zeros((SIDE * SIDE * 3, DIM), np.float32), "nothing"),
        numpy_helper.from_array(np.ones(DIM, np.float32), "one"),
    ]
    return built(nodes, ["N", SIDE, SIDE, 3], initializers)


def batch_dependent() -> bytes:
    """A model whose embeddings are turned away from what all pictures of the batch have in common."""
    nodes = [
        helper.make_node("Cast", ["images"], ["pixels"], to=TensorProto.FLOAT),
        helper.make_node("Flatten", ["pixels"], ["flat"], axis=1),
        helper.make_node("MatMul", ["flat", "weights"], ["projection"]),
        helper.make_node("Add", ["projection", "one"], ["projected"]),
        helper.make_node("ReduceMean", ["projected"], ["mean"], axes=[0], keepdims=1),
        helper.make_node("Mul", ["mean", "half"], ["part"]),
        helper.make_node("Sub", ["projected", "part"], ["embeddings"]),
    ]
    initializers = [
        numpy_helper.from_array(weights(), "weights"),
        numpy_helper.from_array(np.ones(DIM, np.float32), "one"),
        numpy_helper.from_array(np.array(0.5, np.float32), "half"),
    ]
    return built(nodes, ["N", SIDE, SIDE, 3], initializers)


def endless() -> bytes:
    """A model with a loop that never ends."""
    body = helper.make_graph(
        [
            helper.make_node("Identity", ["go_on"], ["go_on_out"]),
            helper.make_node("Mul", ["value", "value"], ["value_out"]),
        ],
        "body",
        [
            helper.make_tensor_value_info("turn", TensorProto.INT64, []),
            helper.make_tensor_value_info("go_on", TensorProto.BOOL, []),
            helper.make_tensor_value_info("value", TensorProto.FLOAT, None),
        ],
        [
            helper.make_tensor_value_info("go_on_out", TensorProto.BOOL, []),
            helper.make_tensor_value_info("value_out", TensorProto.FLOAT, None),
        ],
    )
    nodes = [
        helper.make_node("Cast", ["images"], ["pixels"], to=TensorProto.FLOAT),
        helper.make_node("Flatten", ["pixels"], ["flat"], axis=1),
        helper.make_node("MatMul", ["flat", "weights"], ["projected"]),
        helper.make_node("Loop", ["turns", "true", "projected"], ["embeddings"], body=body),
    ]
    initializers = [
        numpy_helper.from_array(weights(), "weights"),
        numpy_helper.from_array(np.array(2**62, dtype=np.int64), "turns"),
        numpy_helper.from_array(np.array(True), "true"),
    ]
    return built(nodes, ["N", SIDE, SIDE, 3], initializers)


def with_external_data(location: str) -> bytes:
    """A model whose weights are to be read from another file."""
    tensor = TensorProto(name="weights", data_type=TensorProto.FLOAT, dims=[SIDE * SIDE * 3, DIM])
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("location", location), ("offset", "0"), ("length", str(SIDE * SIDE * 3 * DIM * 4))):
        tensor.external_data.add(key=key, value=value)
    nodes = [
        helper.make_node("Cast", ["images"], ["pixels"], to=TensorProto.FLOAT),
        helper.make_node("Flatten", ["pixels"], ["flat"], axis=1),
        helper.make_node("MatMul", ["flat", "weights"], ["embeddings"]),
    ]
    return built(nodes, ["N", SIDE, SIDE, 3], [tensor])


def pictures(count: int, seed: int = 0) -> np.ndarray:
    """Random pictures, uint8 [count, SIDE, SIDE, 3]."""
    return np.random.default_rng(seed).integers(0, 256, (count, SIDE, SIDE, 3), dtype=np.uint8)
