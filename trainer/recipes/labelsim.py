"""The recipe for photos with several labels: photos shall be alike as far as their labels are. Seconds.

Likeness is what latent semantic analysis says of the labels (`trainer.label_space`). A linear layer behind a model that
stays as it is learns it from cached views (`trainer.label_heads`).
"""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

import numpy as np

from engine.evaluation.ranking import unit
from engine.evaluation.relevance import Relevance
from engine.evaluation.statistics import mean
from engine.jobs import Job
from trainer.data.splits import Fold, grouped_folds
from trainer.division import label_folds
from trainer.heads import Head
from trainer.label_space import fit_label_space
from trainer.learning import Assignment, Numbers
from trainer.quality import quality
from trainer.recipes.linear import MOST_LOST_BY_OTHERS
from trainer.recipes.on_views import HeadOnBase

if TYPE_CHECKING:
    from trainer.label_heads import FitHead

RECIPES = {"labelsim": "contrast", "labelsim-regression": "regression", "labelsim-compat": "neighbours"}
"""What of `trainer.label_heads` each recipe fits its layer with."""
SHARES = (0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.85)
"""Of what was learned in the embedding, that are tried."""
UNTRIED = 0.5
"""The share where there are too few photos to choose."""
_PARTS = 3


def fit_head(recipe: str) -> "FitHead":
    """What fits the layer of a recipe; torch takes seconds to load, which other recipes do without."""
    fit: FitHead = getattr(import_module("trainer.label_heads"), RECIPES[recipe])
    return fit


@dataclass(frozen=True, slots=True)
class LabelSimilarity:
    """See `trainer.learning.Recipe`.

    Attributes:
        recipe: a key of `RECIPES`.
        given: the training.
    """

    recipe: str
    given: Assignment
    tests: int | None = None

    def learn(self, places: Numbers, _part: str, job: Job) -> HeadOnBase:
        """See `trainer.learning.Recipe`; photos and labels that the layer was not shown decide how much it counts."""
        found = self.given.found
        folds = grouped_folds(found.groups[places], _PARTS, self.given.seed)
        share = self._best_share(folds[0], places, job) if folds else UNTRIED
        return HeadOnBase(self._fitted(places, job).with_share(share), found, self.given.base)

    def _best_share(self, fold: Fold, places: Numbers, job: Job) -> float:
        """The share that photos kept back like best, among those that cost labels kept back next to nothing."""
        held_out = places[fold.held_out]
        relevance = self.given.found.relevance(held_out, held_out)
        head = self._fitted(places[fold.train], job)
        seen = {share: self._quality(head.with_share(share), held_out, relevance) for share in SHARES}
        unseen = self._unseen_trials(places, job)
        least = unseen.get(0.0, np.nan) - MOST_LOST_BY_OTHERS
        # Where nothing can be told of others (NaN), nothing is forbidden.
        return max((share for share in SHARES if not unseen.get(share, np.nan) < least), key=lambda one: seen[one])

    def _unseen_trials(self, places: Numbers, job: Job) -> dict[float, float]:
        """MAP@R by share for labels that are kept back; empty where none can be."""
        found, trials = self.given.found, dict[float, float]()
        for fold in label_folds(found, places, self.given.seed)[:1]:
            head = self._fitted(fold.train, job)
            for share in SHARES:
                trials[share] = mean(found.unseen_quality(head.with_share(share)(found.whole), fold))
        return trials

    def _fitted(self, places: Numbers, job: Job) -> Head:
        found = self.given.found
        confidences = found.confidences[places]
        labels = fit_label_space(confidences).project(confidences)
        count, per_photo, dim = found.seen.views[places].shape
        views = unit(found.seen.views[places].reshape(-1, dim)).reshape(count, per_photo, dim)
        return fit_head(self.recipe)(views, labels, self.given.seed, job)

    def _quality(self, head: Head, places: Numbers, relevance: Relevance) -> float:
        """MAP@R of photos that search each other."""
        embeddings = head(self.given.found.whole[places])
        return mean(quality(embeddings, embeddings, relevance))
