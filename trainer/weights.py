"""The trained weights beside a model's ONNX file, so that a training can start from them without the internet."""

import json
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save

from engine.errors import BadRequestError, ModelError, NotFoundError
from engine.models.manifest import load_manifest
from engine.models.weights import WEIGHTS
from trainer.backbones.embedding import EmbeddingNet

_KEY = "lookalike"


def save_weights(network: EmbeddingNet, folder: Path) -> None:
    """Write a network's weights as float16 into the folder of a model, with how to build it and whose they are.

    What the model puts behind the network is not among them.
    """
    state = {
        name: (value.half() if value.is_floating_point() else value).contiguous()
        for name, value in network.state_dict().items()
    }
    made = {
        "backbone": network.backbone,
        "dim": network.dim,
        "pooling": network.pooling,
        "model": load_manifest(folder).sha256,
    }
    (folder / WEIGHTS).write_bytes(save(state, {_KEY: json.dumps(made)}))


def load_weights(folder: Path) -> EmbeddingNet:
    """The network of a model folder, in evaluation mode; it differs from that in the ONNX file by rounding to float16.

    Raises:
        NotFoundError: the model came without weights.
        ModelError: the file is damaged, of another program or of another model.
    """
    file = folder / WEIGHTS
    if not file.is_file():
        raise NotFoundError(
            f"The model {folder.name} has no weights to start from.", "Choose a model that Lookalike has trained."
        )
    try:
        with safe_open(file, framework="pt") as stored:
            made = json.loads((stored.metadata() or {})[_KEY])
            state = {name: stored.get_tensor(name) for name in stored.keys()}  # noqa: SIM118 - it is no mapping
        dim = len(state["head.bias"])  # not what is said beside it, which may be any size
        network = EmbeddingNet(dim, made["backbone"], made.get("pooling", "average"))
        network.load_state_dict({name: _full(value) for name, value in state.items()})
    except (SafetensorError, KeyError, TypeError, ValueError, RuntimeError, BadRequestError) as error:
        raise ModelError(f"The weights {file} are damaged or of another program.", "Get the model again.") from error
    if made.get("model") not in (None, load_manifest(folder).sha256):  # once it was not kept
        raise ModelError(f"The weights {file} are of another model than the one beside them.", "Get the model again.")
    return network.eval()


def _full(value: torch.Tensor) -> torch.Tensor:
    return value.float() if value.is_floating_point() else value
