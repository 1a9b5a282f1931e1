"""The space a student learns: a teacher's features, centred, on their principal axes, at unit length."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from engine.errors import BadRequestError

_BLOCK = 4096


@dataclass(frozen=True, slots=True)
class TargetSpace:
    """A linear map of unit features.

    Attributes:
        mean: of the unit features, float32 [features].
        axes: orthonormal columns, float32 [features, dim].
    """

    mean: Tensor
    axes: Tensor

    def project(self, features: Tensor) -> Tensor:
        """Targets [N, dim] of raw teacher features [N, features]."""
        return functional.normalize((functional.normalize(features.float(), dim=1) - self.mean) @ self.axes, dim=1)

    def to(self, device: torch.device) -> "TargetSpace":
        """The same on a device."""
        return TargetSpace(self.mean.to(device), self.axes.to(device))


def principal_space(features: Tensor, dim: int) -> TargetSpace:
    """The `dim` directions in which unit features vary most; read block by block, so they need not fit into memory.

    Raises:
        BadRequestError: there are not that many directions.
    """
    width = features.shape[1]
    if dim > width:
        raise BadRequestError(f"An embedding of {dim} values cannot be learned.", f"Ask for at most {width}.")
    total, products = torch.zeros(width, dtype=torch.float64), torch.zeros(width, width, dtype=torch.float64)
    for block in torch.split(features, _BLOCK):
        unit = functional.normalize(block.double(), dim=1)
        total += unit.sum(dim=0)
        products += unit.T @ unit
    mean = total / len(features)
    _, vectors = torch.linalg.eigh(products / len(features) - torch.outer(mean, mean))
    return TargetSpace(mean.float(), vectors[:, -dim:].flip(1).float().contiguous())
