"""The recipe of classifiers: cross-entropy of cosines to a centre for every class."""

from dataclasses import dataclass

from trainer.fine_tuning.recipe import NetworkRecipe, OpenNetwork
from trainer.fine_tuning.settings import StoppedSettings, hyperrule
from trainer.losses.base import Loss
from trainer.losses.classes import ClassificationLoss


@dataclass(frozen=True, slots=True)
class ClassifySettings(StoppedSettings):
    """Settings of the recipe `classify`.

    Attributes:
        smoothing: share of the target that is spread over all classes; 0.2 is what CIFAR-10's trainings use, and 0 is
            better where the model is to serve other classes.
        temperature: of the cosines.
        mixup: alpha of the mixing of photos; 0 for none, below 0 for what the BiT-HyperRule says.
    """

    smoothing: float = 0.1
    temperature: float = 0.09
    mixup: float = -1.0

    def mixing(self, photos: int) -> float:
        """See `NetworkSettings`."""
        return self.mixup if self.mixup >= 0 else hyperrule(self, photos).mixup


def make_loss(settings: ClassifySettings, dim: int, classes: int) -> Loss:
    """Cross-entropy."""
    return ClassificationLoss(dim, classes, settings.smoothing, settings.temperature)


begin = OpenNetwork(NetworkRecipe, ClassifySettings(), make_loss)
"""Readies the recipe; raises EngineError."""
