"""How a network ends, read from its ONNX file without loading it: its last feature map, and what is made of that.

Most networks average their last feature map over all positions (global average pooling) and may project the mean with
one matrix. What is read here is a guess that `engine.models.patches` proves on every picture. The numbers are those of
https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.models.protobuf import bytes_field, fields, numbers

_GRAPH = 7
_NODE, _INITIALIZER, _OUTPUT = 1, 5, 12
_NODE_INPUT, _OP_TYPE = 1, 4
_DIMS, _DATA_TYPE, _FLOATS, _NAME, _RAW = 1, 2, 4, 8, 9
_VALUE_NAME = 1
_DTYPES: dict[int, np.dtype[Any]] = {1: np.dtype("<f4"), 10: np.dtype("<f2")}
_POOLING = ("GlobalAveragePool", "ReduceMean")
_LINEAR = ("Gemm", "MatMul")

Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of a network, as far as it could be read.

    Attributes:
        feature_map: name of the value that is pooled last.
        weight: of the projection behind it, [dim, channels] or [channels, dim]; None if there is none.
        bias: of the projection [dim]; None if there is none.
    """

    feature_map: str
    weight: Weights | None = None
    bias: Weights | None = None


@dataclass(frozen=True, slots=True)
class _Node:
    kind: str
    inputs: tuple[str, ...]


def read_tail(model: bytes) -> Tail | None:
    """How a model ends; None if it pools nothing, as transformers do, or if this is no ONNX file."""
    try:
        nodes, constants = _graph(memoryview(model))
        pools = [place for place, node in enumerate(nodes) if node.kind in _POOLING and node.inputs]
        if not pools:
            return None
        return _tail(nodes[pools[-1]].inputs[0], nodes[pools[-1] + 1 :], constants)
    except (IndexError, ValueError):
        return None


def with_output(model: bytes, name: str) -> bytes:
    """The model with one of its inner values as another output."""
    return model + bytes_field(_GRAPH, bytes_field(_OUTPUT, bytes_field(_VALUE_NAME, name.encode())))


def _tail(feature_map: str, behind: list[_Node], constants: dict[str, memoryview]) -> Tail:
    """The first matrix behind the pooling, and the first vector that is added to what it gives."""
    weight: Weights | None = None
    for node in behind:
        held = [_array(constants[name]) for name in node.inputs if name in constants]
        if weight is None and node.kind in _LINEAR:
            weight = next((array for array in held if array is not None and array.ndim == 2), None)
        if weight is not None and (node.kind in _LINEAR or node.kind == "Add"):
            bias = next((array for array in held if array is not None and array.ndim == 1), None)
            if bias is not None:
                return Tail(feature_map, weight, bias)
    return Tail(feature_map, weight)


def _graph(model: memoryview) -> tuple[list[_Node], dict[str, memoryview]]:
    """The nodes in their order, and the constants by name."""
    nodes: list[_Node] = []
    constants: dict[str, memoryview] = {}
    for number, graph in fields(model):
        if number != _GRAPH or not isinstance(graph, memoryview):
            continue
        for part, value in fields(graph):
            if part == _NODE and isinstance(value, memoryview):
                nodes.append(_node(value))
            elif part == _INITIALIZER and isinstance(value, memoryview):
                constants[_text(value, _NAME)] = value
    return nodes, constants


def _node(message: memoryview) -> _Node:
    inputs = tuple(
        bytes(value).decode()
        for number, value in fields(message)
        if number == _NODE_INPUT and isinstance(value, memoryview)
    )
    return _Node(_text(message, _OP_TYPE), inputs)


def _text(message: memoryview, wanted: int) -> str:
    for number, value in fields(message):
        if number == wanted and isinstance(value, memoryview):
            return bytes(value).decode()
    return ""


def _array(tensor: memoryview) -> Weights | None:
    """A constant; None if it is kept in a way that networks' weights are not."""
    shape: list[int] = []
    kind, raw = 0, memoryview(b"")
    for number, value in fields(tensor):
        if number == _DIMS:
            shape += numbers(value)
        elif number == _DATA_TYPE and isinstance(value, int):
            kind = value
        elif number in (_RAW, _FLOATS) and isinstance(value, memoryview):
            raw = value
    if kind not in _DTYPES or len(raw) != _DTYPES[kind].itemsize * int(np.prod(shape)):
        return None
    weights: Weights = np.frombuffer(raw, _DTYPES[kind]).reshape(shape).astype(np.float32)
    return weights
