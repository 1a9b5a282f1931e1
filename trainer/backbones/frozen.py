"""A pretrained backbone as a model that can answer and be learned on: its pooled features, as they are."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from torch import nn

from engine.jobs import Job
from trainer.backbones.pretrained import pretrained
from trainer.backbones.registry import backbone_named
from trainer.export import ModelDescription, publish

_GATE_PICTURES = 16
_SPOTS = 9
"""Of colour along each side of the pictures that the export is proved with."""


def write_backbone(backbone: str, folder: Path, *, file: Path | None = None, job: Job | None = None) -> None:
    """Write a model folder whose embeddings are what the backbone's last maps are on average, of length 1.

    Args:
        backbone: its name, which the model gets too.
        folder: of the model; it must not exist.
        file: the weights; the official ones, downloaded if need be, if None.
        job: where to report a download, and who may cancel it.

    Raises:
        BadRequestError, NotFoundError, EngineError, Cancelled: see `pretrained`.
        ModelError: see `pretrained`; or ONNX Runtime does not compute what torch does.
        StorageFullError: the disk is full.
    """
    chosen = backbone_named(backbone)
    network = pretrained(chosen.pooled, backbone, file=file, job=job)
    nn.init.eye_(network.head.weight)
    nn.init.zeros_(network.head.bias)
    wanted = chosen.preprocessing
    official = "official weights" if file is None else f"weights {file.name}"
    description = ModelDescription(
        backbone,
        wanted.side,
        {"backbone": backbone, "data": f"{official}, as they are"},
        licence="as that of its weights",
        resize=wanted.resize,
        interpolation=wanted.interpolation,
        share=wanted.share,
    )
    publish(network, description, _pictures(wanted.side), folder)


def _pictures(side: int) -> NDArray[np.uint8]:
    """Soft spots of colour, which a network tells apart better than noise: uint8 RGB [pictures, side, side, 3]."""
    spots = np.random.default_rng(0).integers(0, 256, (_GATE_PICTURES, _SPOTS, _SPOTS, 3), dtype=np.uint8)
    smooth = [Image.fromarray(one).resize((side, side), Image.Resampling.BICUBIC) for one in spots]
    return np.stack([np.asarray(one) for one in smooth])
