"""Backbones that do not begin at random: with official weights, or with those of a file that somebody names."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor

from engine.errors import BadRequestError, ModelError, NotFoundError
from engine.jobs import Job
from trainer.backbones.bit import published_state
from trainer.backbones.download import cached_file, official_file
from trainer.backbones.embedding import EmbeddingNet
from trainer.backbones.pooling import Pooling
from trainer.backbones.registry import BACKBONES, OfficialWeights, backbone_named

FORMATS = (".pth", ".pt", ".safetensors", ".npz")
_WRAPPERS = ("state_dict", "model", "model_state_dict")
"""Under these names some programs keep the state in what they save."""
_PARALLEL = "module."
"""With this begin the names of what was trained on several GPUs."""


def pretrained(
    dim: int,
    backbone: str,
    *,
    file: Path | None = None,
    pooling: Pooling = "average",
    job: Job | None = None,
) -> EmbeddingNet:
    """A network whose backbone has learned before and whose head has not, in evaluation mode.

    Args:
        dim: values of an embedding.
        backbone: its name.
        file: the weights, see `load_backbone`; the official ones, downloaded if need be, if None.
        pooling: how its maps become one vector.
        job: where to report a download, and who may cancel it.

    Raises:
        BadRequestError: there is no such backbone, or it has no official weights.
        NotFoundError: there is no such file.
        ModelError: the file is damaged or of another network.
        EngineError: the official weights could not be downloaded.
        Cancelled: the caller asked to stop.
    """
    network = EmbeddingNet(dim, backbone, pooling)
    load_backbone(network, file or official_file(official_weights(backbone), job or Job()))
    return network.eval()


def official_weights(backbone: str) -> OfficialWeights:
    """Where the official weights of a backbone come from; raises BadRequestError if it has none."""
    official = backbone_named(backbone).official
    if official is None:
        having = ", ".join(name for name, one in BACKBONES.items() if one.official)
        raise BadRequestError(
            f"There are no official weights of {backbone}.", f"Let it start at random, or choose one of {having}."
        )
    return official


def load_backbone(network: EmbeddingNet, file: Path) -> None:
    """Give a network the weights of a file, in place; its head stays as it is.

    Args:
        network: what is to begin with them.
        file: a state dict (.pth, .pt, .safetensors) with torchvision's names or ours, with or without a classifier;
            for `bit_r50x1` also the .npz that the authors publish.

    Raises:
        NotFoundError: there is no such file.
        BadRequestError: its name ends in something else.
        ModelError: it is damaged or of another network.
    """
    state = _backbone_state(_read(file, network.backbone), network)
    wanted = network.features.state_dict()
    missing = [name for name in wanted if name not in state and not name.endswith("num_batches_tracked")]
    unknown = [name for name in state if name not in wanted]
    odd = [name for name in wanted if name in state and state[name].shape != wanted[name].shape]
    if missing or unknown or odd:
        what = f"it lacks {missing[0]}" if missing else f"{(unknown or odd)[0]} does not fit"
        raise ModelError(f"The weights {file} are of another network than {network.backbone}: {what}.", _hint(network))
    if not all(bool(value.isfinite().all()) for value in state.values()):
        raise ModelError(f"The weights {file} hold values that are no numbers.", _hint(network))
    network.features.load_state_dict(state, strict=False)


def _hint(network: EmbeddingNet) -> str:
    official = backbone_named(network.backbone).official
    if official is None:
        return "Name a file of weights that were trained for this network."
    return f"The official ones are {official.url}; put them in {cached_file(official).parent}, or name the file."


def _read(file: Path, backbone: str) -> dict[str, Tensor]:
    """Every tensor of a file by its name; those of a published BiT file by our names."""
    if file.suffix not in FORMATS:
        raise BadRequestError(f"{file} is no file of weights.", f"Its name must end in {', '.join(FORMATS)}.")
    if not file.is_file():
        raise NotFoundError(f"There are no weights at {file}.", "Name a file of weights.")
    try:
        tensors = _tensors(file)
    except Exception as error:  # torch raises whatever a damaged file leads it into
        raise ModelError(f"The weights {file} are damaged, or no weights.", _again(backbone)) from error
    try:
        return published_state(tensors) if file.suffix == ".npz" else tensors
    except KeyError as error:
        raise ModelError(
            f"The weights {file} are of another network than {backbone}: it lacks {error}.", _again(backbone)
        ) from error


def _tensors(file: Path) -> dict[str, Tensor]:
    match file.suffix:
        case ".npz":
            with file.open("rb") as stream, np.load(stream) as arrays:
                return {name: torch.from_numpy(arrays[name]) for name in arrays.files}
        case ".safetensors":
            return dict(load_file(file))
        case _:
            return _unwrapped(torch.load(file, map_location="cpu", weights_only=True))


def _again(backbone: str) -> str:
    official = backbone_named(backbone).official
    return f"Get it again: {official.url}." if official else "Get it again."


def _unwrapped(saved: Mapping[str, Any]) -> dict[str, Tensor]:
    for name in _WRAPPERS:
        if isinstance(saved.get(name), Mapping):
            saved = saved[name]
    if not saved or not all(isinstance(value, Tensor) for value in saved.values()):
        raise ValueError("it is no state dict")
    return dict(saved)


def _backbone_state(state: Mapping[str, Tensor], network: EmbeddingNet) -> dict[str, Tensor]:
    """What of a state dict belongs to the backbone, by our names for it."""
    official = backbone_named(network.backbone).official
    blocks = official.blocks if official else ""
    aside = (*(official.aside if official else ()), "head.", "pool.")
    plain = {name.removeprefix(_PARALLEL): value.float() for name, value in state.items()}
    plain = {name: value for name, value in plain.items() if not name.startswith(aside)}
    if all(name.startswith("features.") for name in plain):
        blocks = "features."
    return {name.removeprefix(blocks): value for name, value in plain.items()}
