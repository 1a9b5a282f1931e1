"""The recipe of supervised contrast: told from all others of a batch, a photo is likeliest one of its class."""

from dataclasses import dataclass

from trainer.fine_tuning.recipe import NetworkRecipe, OpenNetwork
from trainer.fine_tuning.settings import StoppedSettings
from trainer.losses.base import Loss
from trainer.losses.pairs import SupConLoss


@dataclass(frozen=True, slots=True)
class SupConSettings(StoppedSettings):
    """Settings of the recipe `supcon`.

    Attributes:
        temperature: the lower, the more only the nearest count.
    """

    temperature: float = 0.1


def make_loss(settings: SupConSettings, dim: int, classes: int) -> Loss:
    """Supervised contrast."""
    return SupConLoss(settings.temperature)


begin = OpenNetwork(NetworkRecipe, SupConSettings(), make_loss)
"""Readies the recipe; raises EngineError."""
