"""How much better what is learned becomes with more labelled photos: whether more of them would pay."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from engine.errors import BadRequestError
from engine.evaluation.metrics import Values
from engine.evaluation.statistics import mean
from engine.jobs import Job, Progress
from trainer.data.splits import Fold
from trainer.examining import Examination
from trainer.judging import Query
from trainer.learning import Numbers, Recipe
from trainer.quality import quality

SHARES = (0.25, 0.5)
"""Of the photos that a fold learns from; what all of them teach is known already."""
TRIED_FOLDS = 2
MOST_SECONDS = 10.0
"""A recipe that needs longer is not asked; this is worth seconds, not minutes."""
_FEWEST = 2
"""Groups of a class that are always kept: one photo teaches nothing about what a class has in common."""


@dataclass(frozen=True, slots=True)
class LearningPoint:
    """What a share of the photos teaches.

    Attributes:
        photos: that were learned from, on average.
        quality: MAP@R of photos that were kept back.
    """

    photos: int
    quality: float


def learning_curve(
    found: Examination, folds: Sequence[Fold], queries: Sequence[Query], recipe: Recipe, seed: int, job: Job
) -> tuple[LearningPoint, ...]:
    """Learn from a quarter and a half of what the first folds learn from; measure with what they keep back.

    Args:
        found: the photos.
        folds: at least one.
        queries: how the photos that these folds keep back fared, in the order of the folds.
        recipe: what learns.
        seed: of the choice.
        job: told about progress; may cancel.

    Returns:
        Points with more and more photos, up to all; none if that would take long, or a part of them teaches nothing.

    Raises:
        Cancelled: the caller asked to stop.
    """
    if recipe.tests is not None:  # too slow to be judged in every way there is
        return ()
    tried, points, began = folds[:TRIED_FOLDS], [], perf_counter()
    for number, share in enumerate(SHARES):
        sizes, values = [], []
        for fold in tried:
            job.step(Progress("learning from fewer photos", number, len(SHARES)))
            if perf_counter() - began > MOST_SECONDS:
                return ()
            some = _some(fold.train, found.classes, found.groups, share, seed)
            try:
                embeddings = recipe.learn(some, f"learning from {share:.0%}", job).embeddings()
            except BadRequestError:  # so few photos have too little in common
                return ()
            sizes.append(len(some))
            kept = embeddings[fold.held_out]
            values.append(quality(kept, kept, found.relevance(fold.held_out, fold.held_out)))
        points.append(_point(sizes, values))
    asked = {query.place: query.after for query in reversed(queries)}  # in the first round
    known = [np.array([asked[place] for place in fold.held_out if place in asked]) for fold in tried]
    return (*points, _point([len(fold.train) for fold in tried], known))


def _some(places: Numbers, classes: Numbers, groups: Numbers, share: float, seed: int) -> Numbers:
    """A share of every class, near-duplicates together; fewer are always among more."""
    chance = np.random.default_rng(seed)
    kept = []
    for one in np.unique(classes[places]):
        of_class = places[classes[places] == one]
        names = chance.permutation(np.unique(groups[of_class]))
        some = names[: max(_FEWEST, round(share * len(names)))]
        kept.append(of_class[np.isin(groups[of_class], some)])
    return np.sort(np.concatenate(kept))


def _point(sizes: Sequence[int], values: Sequence[Values]) -> LearningPoint:
    return LearningPoint(round(float(np.mean(sizes))), mean(np.concatenate(values)))
