"""From maps to one vector per picture."""

from typing import Literal, get_args

import torch
from torch import Tensor, nn

from engine.errors import BadRequestError

Pooling = Literal["average", "central", "gem"]
_SMALLEST = 1e-6
_BORDER = 0.5
"""What the outermost positions count, in shares of the middle."""
_MIDDLE = 1 / 3
"""The share of a side, from the middle outwards, that counts fully; from there on weights fall in a straight line."""


class AveragePooling(nn.Module):
    """The mean of every channel."""

    def forward(self, maps: Tensor) -> Tensor:
        """Features [N, C] of maps [N, C, H, W]."""
        return maps.mean(dim=(2, 3))


class CentralPooling(nn.Module):
    """The mean of every channel, in which the border counts less: what a photo is of lies in its middle as a rule."""

    def forward(self, maps: Tensor) -> Tensor:
        """Features [N, C] of maps [N, C, H, W]."""
        down, across = (self._weights(side, maps) for side in maps.shape[2:])
        return (maps * (down[:, None] * across)).mean(dim=(2, 3))

    @staticmethod
    def _weights(side: int, maps: Tensor) -> Tensor:
        """Of the positions along a side: [side], one on the average."""
        outwards = (2 * torch.arange(side, device=maps.device) + 1 - side).abs() / max(side - 1, 1)
        weights = 1 - (1 - _BORDER) * (outwards - _MIDDLE).clamp(min=0) / (1 - _MIDDLE)
        return weights / weights.mean()


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
    return {"average": AveragePooling, "central": CentralPooling, "gem": GeneralizedMeanPooling}[name]()
