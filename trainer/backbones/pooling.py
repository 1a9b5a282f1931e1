"""From maps to one vector per picture."""

from typing import Literal, get_args

import torch
from torch import Tensor, nn

from engine.errors import BadRequestError

Pooling = Literal["average", "gem"]
_SMALLEST = 1e-6


class AveragePooling(nn.Module):
    """The mean of every channel."""

    def forward(self, maps: Tensor) -> Tensor:
        """Features [N, C] of maps [N, C, H, W]."""
        return maps.mean(dim=(2, 3))


class GeneralizedMeanPooling(nn.Module):
    """The generalized mean of every channel: between the mean (p = 1) and the maximum (p = infinity).

    Radenović et al., "Fine-tuning CNN Image Retrieval with No Human Annotation", 2018 (arXiv:1711.02512), where p is
    learned from 3 on; it finds landmarks better than the mean, because small details count.
    """

    def __init__(self, p: float = 3.0) -> None:
        super().__init__()
        self.p = nn.Parameter(torch.tensor([float(p)]))

    def forward(self, maps: Tensor) -> Tensor:
        """Features [N, C] of maps [N, C, H, W]; what is below zero counts as zero."""
        return maps.clamp(min=_SMALLEST).pow(self.p).mean(dim=(2, 3)).pow(1 / self.p)


def pooling_named(name: str) -> nn.Module:
    """The pooling of that name; raises BadRequestError if there is none."""
    if name not in get_args(Pooling):
        raise BadRequestError(f"There is no pooling “{name}”.", f"Choose one of {', '.join(get_args(Pooling))}.")
    return GeneralizedMeanPooling() if name == "gem" else AveragePooling()
