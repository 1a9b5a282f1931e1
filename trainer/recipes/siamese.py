"""The recipe of siamese networks: pairs of a class near, other pairs far."""

from dataclasses import dataclass

from trainer.fine_tuning.recipe import NetworkRecipe, OpenNetwork
from trainer.fine_tuning.settings import StoppedSettings, allowed
from trainer.losses.base import Loss
from trainer.losses.pairs import DISTANCES, ContrastiveLoss, Distance


@dataclass(frozen=True, slots=True)
class SiameseSettings(StoppedSettings):
    """Settings of the recipe `siamese`; see `ContrastiveLoss`.

    Siamese networks of old have the distance "euclidean" with margins of 0 and 1.

    Attributes:
        positive_share: how much pairs of a class count, 0 to 1; two of three pairs where somebody drew eight positive
            and four negative ones.
        positive_margin: distance up to which a pair of a class costs nothing.
        negative_margin: distance from which another pair costs nothing.
        distance: "cosine" or "euclidean".
    """

    positive_share: float = 0.33
    positive_margin: float = 0.2
    negative_margin: float = 0.5
    distance: Distance = "cosine"


def make_loss(settings: SiameseSettings, dim: int, classes: int) -> Loss:
    """All pairs of a batch."""
    allowed(settings, "distance", DISTANCES)
    return ContrastiveLoss(
        settings.positive_share, settings.positive_margin, settings.negative_margin, settings.distance
    )


begin = OpenNetwork(NetworkRecipe, SiameseSettings(), make_loss)
"""Readies the recipe; raises EngineError."""
