"""The recipe of angular margins: photos are to point to the centre of their class, seen from a margin farther away."""

from dataclasses import dataclass

from trainer.fine_tuning.recipe import NetworkRecipe, OpenNetwork
from trainer.fine_tuning.settings import StoppedSettings
from trainer.losses.base import Loss
from trainer.losses.classes import ArcFaceLoss


@dataclass(frozen=True, slots=True)
class ArcFaceSettings(StoppedSettings):
    """Settings of the recipe `arcface`; see `ArcFaceLoss`.

    Attributes:
        scale: of the cosines; 64 where there are many photos.
        margin: in degrees.
        ramp: epochs in which the margin grows.
    """

    scale: float = 32.0
    margin: float = 20.0
    ramp: float = 5.0


def make_loss(settings: ArcFaceSettings, dim: int, classes: int) -> Loss:
    """ArcFace."""
    return ArcFaceLoss(dim, classes, settings.scale, settings.margin, settings.ramp)


begin = OpenNetwork(NetworkRecipe, ArcFaceSettings(), make_loss)
"""Readies the recipe; raises EngineError."""
