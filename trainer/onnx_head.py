"""Puts a head behind the output of an ONNX model: any model becomes a trained one, and is one file as before."""

from typing import Any

import numpy as np
import onnx
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper
from onnx.compose import add_prefix

from engine.errors import ModelError
from trainer.heads import Head

OUTPUT = "embeddings"
_BASE = "base/"
_WEIGHT, _BIAS, _OLD_PART, _NEW_PART = "head/weight", "head/bias", "head/old_part", "head/new_part"
_CLASSES = "head/of_classes"
_TURN_WEIGHT, _TURN_BIAS = "head/turn_weight", "head/turn_bias"


def with_head(model: bytes, output: str, head: Head) -> tuple[bytes, dict[str, str]]:
    """The model with its embeddings replaced by the head's.

    Args:
        model: an ONNX file.
        output: which of its outputs are embeddings.
        head: what to put behind them.

    Returns:
        The new model, and the new names of the old one's inputs.

    Raises:
        ModelError: the model cannot be extended.
    """
    try:
        base = add_prefix(onnx.load_model_from_string(model), _BASE)
        graph = base.graph
        graph.node.extend(_nodes(_BASE + output, head))
        graph.initializer.extend(_constants(head))
        del graph.output[:]
        graph.output.append(helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ["batch", head.dim]))
        del base.metadata_props[:]  # it describes the old model
        onnx.checker.check_model(base)
    except Exception as error:
        raise ModelError(
            f"The model cannot be extended: {error}.", "Choose another model to start from with --base."
        ) from error
    return base.SerializeToString(), _renamed(base)


def _nodes(output: str, head: Head) -> list[NodeProto]:
    nodes = [
        helper.make_node("LpNormalization", [output], ["head/old"], axis=1, p=2),
        helper.make_node("Gemm", ["head/old", _WEIGHT, _BIAS], ["head/scores"], transB=1),
    ]
    if head.posterior:
        nodes.append(helper.make_node("Softmax", ["head/scores"], ["head/posterior"], axis=1))
        nodes.append(helper.make_node("Gather", ["head/posterior", _CLASSES], ["head/classes"], axis=1))
        nodes.append(helper.make_node("Sqrt", ["head/classes"], ["head/learned"]))
    else:
        nodes.append(helper.make_node("LpNormalization", ["head/scores"], ["head/learned"], axis=1, p=2))
    if head.share == 1:
        return [*nodes, helper.make_node("LpNormalization", ["head/learned"], [OUTPUT], axis=1, p=2)]
    kept = "head/old"
    if head.turn is not None:
        kept = "head/turned"
        nodes.append(helper.make_node("Gemm", ["head/old", _TURN_WEIGHT, _TURN_BIAS], ["head/turning"], transB=1))
        nodes.append(helper.make_node("LpNormalization", ["head/turning"], [kept], axis=1, p=2))
    return [
        *nodes,
        helper.make_node("Mul", [kept, _OLD_PART], ["head/kept"]),
        helper.make_node("Mul", ["head/learned", _NEW_PART], ["head/added"]),
        helper.make_node("Concat", ["head/kept", "head/added"], ["head/both"], axis=1),
        helper.make_node("LpNormalization", ["head/both"], [OUTPUT], axis=1, p=2),
    ]


def _constants(head: Head) -> list[TensorProto]:
    values: dict[str, Any] = {_WEIGHT: head.weight, _BIAS: head.bias}
    if head.share < 1:
        values |= {_OLD_PART: np.float32(np.sqrt(1 - head.share)), _NEW_PART: np.float32(np.sqrt(head.share))}
        if head.turn is not None:
            values |= {_TURN_WEIGHT: head.turn.weight, _TURN_BIAS: head.turn.bias}
    constants = [numpy_helper.from_array(np.asarray(value, dtype=np.float32), name) for name, value in values.items()]
    if head.posterior:  # all but the last, in an operator that the oldest models know as well
        constants.append(numpy_helper.from_array(np.arange(len(head.weight) - 1), _CLASSES))
    return constants


def _renamed(model: ModelProto) -> dict[str, str]:
    return {given.name.removeprefix(_BASE): given.name for given in model.graph.input}
