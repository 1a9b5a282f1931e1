"""The network that is trained: a small backbone and a projection to the embedding."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import torch
from torch import Tensor, nn
from torch.nn import functional
from torchvision import models

from engine.errors import BadRequestError
from trainer.backbones.padding import pad_as_tensorflow

DEFAULT_BACKBONE = "mobilenet_v2"
_IMAGENET = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
_CENTRED = (0.5, 0.5, 0.5), (0.5, 0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Backbone:
    """A small network from random weights.

    Attributes:
        build: makes it, as a sequence of blocks.
        pooled: values per picture after average pooling.
        normalisation: mean and standard deviation of the pixels in 0..1, per channel.
        like_the_teacher: its blocks give maps of the teacher's shapes, so that it can be shown what they should hold.
    """

    build: Callable[[], nn.Sequential]
    pooled: int
    normalisation: tuple[tuple[float, float, float], tuple[float, float, float]] = _IMAGENET
    like_the_teacher: bool = False


def _torchvision(name: str) -> nn.Sequential:
    features: nn.Sequential = models.get_model(name, weights=None).features
    return features


def _mobilenet_v2() -> nn.Sequential:
    """Padded as the teacher is, or all maps would be shifted against the teacher's."""
    features = _torchvision("mobilenet_v2")
    pad_as_tensorflow(features)
    return features


BACKBONES = {
    "mobilenet_v2": Backbone(_mobilenet_v2, 1280, _CENTRED, like_the_teacher=True),
    "mobilenet_v3_large": Backbone(partial(_torchvision, "mobilenet_v3_large"), 960),
    "mobilenet_v3_small": Backbone(partial(_torchvision, "mobilenet_v3_small"), 576),
}


def backbone_named(name: str) -> Backbone:
    """The backbone of that name; raises BadRequestError if there is none."""
    if name not in BACKBONES:
        raise BadRequestError(f"There is no backbone “{name}”.", f"Choose one of {', '.join(BACKBONES)}.")
    return BACKBONES[name]


class EmbeddingNet(nn.Module):
    """A backbone, average-pooled, projected and L2-normalised.

    Normalisation of the pixels is inside, so that nobody can feed it differently prepared pictures.

    Attributes:
        dim: values of an embedding.
        backbone: name of the backbone, a key of `BACKBONES`.
        features: the backbone's blocks.
        head: projects pooled features to the embedding.

    Raises:
        BadRequestError: there is no such backbone.
    """

    mean: Tensor
    std: Tensor

    def __init__(self, dim: int, backbone: str = DEFAULT_BACKBONE) -> None:
        super().__init__()
        chosen = backbone_named(backbone)
        self.dim, self.backbone = dim, backbone
        self.features = chosen.build()
        self.head = nn.Linear(chosen.pooled, dim)
        for name, values in zip(("mean", "std"), chosen.normalisation, strict=True):
            self.register_buffer(name, torch.tensor(values).view(1, 3, 1, 1), persistent=False)

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        """Embeddings [N, dim] and pooled features [N, pooled] of RGB pictures [N, 3, H, W] in 0..1."""
        pooled = self.features((pictures - self.mean) / self.std).mean(dim=(2, 3))
        return functional.normalize(self.head(functional.normalize(pooled, dim=1)), dim=1), pooled
