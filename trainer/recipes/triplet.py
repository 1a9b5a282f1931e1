"""The recipe of triplets: every photo is to be nearer to those of its class than to any other, by a margin."""

from dataclasses import dataclass

from trainer.fine_tuning.recipe import NetworkRecipe, OpenNetwork
from trainer.fine_tuning.settings import StoppedSettings, allowed
from trainer.losses.base import Loss
from trainer.losses.pairs import MININGS, Mining, TripletLoss


@dataclass(frozen=True, slots=True)
class TripletSettings(StoppedSettings):
    """Settings of the recipe `triplet`; see `TripletLoss`.

    As github.com/sayakpaul/A-Barebones-Image-Retrieval-System has it: a margin of 1, "semi-hard", and the schedule
    "compat-decaying".

    Attributes:
        margin: wanted difference of Euclidean distances.
        mining: "batch-hard" after the semi-hard epochs, or "semi-hard" to the end.
        semi_hard_epochs: with which it begins.
    """

    margin: float = 0.1
    mining: Mining = "batch-hard"
    semi_hard_epochs: float = 5.0


def make_loss(settings: TripletSettings, dim: int, classes: int) -> Loss:
    """Semi-hard triplets, then batch-hard ones."""
    allowed(settings, "mining", MININGS)
    return TripletLoss(settings.margin, settings.mining, settings.semi_hard_epochs)


begin = OpenNetwork(NetworkRecipe, TripletSettings(), make_loss)
"""Readies the recipe; raises EngineError."""
