"""The recipe that changes the model itself: its last stage learns the subjects, then goes part of the way back.

It learns for as long as the number of photos says, which nobody needs to be asked. How much of it stays, and how much
of the layer of the recipe `linear` comes behind it, is tried in some divisions of the photos: other photos are kept
back in each, and other subjects, which shall lose nothing. To change nothing but for that layer is one of the choices.
"""

from dataclasses import dataclass

from engine.jobs import Job
from trainer.fine_tuning.finishing import best_finish, tried_finishes
from trainer.fine_tuning.learned import NetworkLearned, learned_network
from trainer.fine_tuning.recipe import NetworkTraining, OpenNetwork
from trainer.fine_tuning.settings import NetworkSettings
from trainer.fine_tuning.validation import inner_splits
from trainer.learning import Numbers
from trainer.losses.base import Loss
from trainer.losses.pairs import SupConLoss


@dataclass(frozen=True, slots=True)
class ThoroughSettings(NetworkSettings):
    """Settings of the recipe `thorough`; it takes fewer steps than others, from a model that knows a lot.

    Attributes:
        temperature: of supervised contrast: the lower, the more only the nearest count.
    """

    body_rate: float = 0.5
    most_steps: int = 300
    temperature: float = 0.1


class Thorough(NetworkTraining[ThoroughSettings]):
    """See `trainer.learning.Recipe`."""

    @property
    def tests(self) -> int:
        """Two divisions of each kind, since only the last stage learns."""
        return 2

    def learn(self, places: Numbers, part: str, job: Job) -> NetworkLearned:
        """See `trainer.learning.Recipe`."""
        ready, found = self._prepare(job), self._given.found
        divisions = []
        for number, split in enumerate(inner_splits(found, places, self._given.seed), 1):
            name = part if number == 1 else f"{part}, division {number}"
            learner, _ = self._train(split.train, name, job, asking=split.held_out)
            divisions.append(tried_finishes(learner, ready.start, ready.shown, found, split))
        learner, _ = self._train(places, f"{part}, all photos" if divisions else part, job)
        return learned_network(learner, ready, best_finish(divisions), found, places)


def make_loss(settings: ThoroughSettings, dim: int, classes: int) -> Loss:
    """Supervised contrast."""
    return SupConLoss(settings.temperature)


begin = OpenNetwork(Thorough, ThoroughSettings(), make_loss)
"""Readies the recipe; raises EngineError."""
