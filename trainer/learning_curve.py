"""How much better what is learned becomes with more labelled photos: whether more of them would pay."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import NamedTuple

import numpy as np

from engine.errors import BadRequestError
from engine.evaluation.metrics import Values
from engine.evaluation.statistics import Bootstrap, Interval, mean
from engine.jobs import Job, Progress
from trainer.data.splits import Fold
from trainer.examining import Examination
from trainer.judging import Query
from trainer.learning import Numbers, Recipe
from trainer.quality import quality

SHARES = (0.25, 0.5)
"""Of the photos that a fold learns from; what all of them teach is known already."""
MOST_SECONDS = 10.0
"""No further fold is tried after that, and a recipe that needs longer for one is not asked: it is worth seconds."""
_FEWEST = 2
"""Groups of a class that are always kept: one photo teaches nothing about what a class has in common."""


@dataclass(frozen=True, slots=True)
class LearningPoint:
    """What a share of the photos teaches.

    Attributes:
        photos: that were learned from, on average.
        quality: MAP@R of photos that were kept back.
        interval: where it lies with 95 % confidence.
    """

    photos: int
    quality: float
    interval: Interval


def learning_curve(
    found: Examination, folds: Sequence[Fold], queries: Sequence[Query], recipe: Recipe, seed: int, job: Job
) -> tuple[LearningPoint, ...]:
    """Learn from a quarter and a half of what the folds of a round learn from; measure with what they keep back.

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
    began, tried, told = perf_counter(), _first_round(folds), list[list[_Told]]()
    for number, fold in enumerate(tried):
        of_fold = []
        for place, share in enumerate(SHARES):
            job.step(Progress("learning from fewer photos", number * len(SHARES) + place, len(tried) * len(SHARES)))
            if perf_counter() - began > MOST_SECONDS:
                break
            try:
                of_fold.append(_tell(found, fold, recipe, share, seed, job))
            except BadRequestError:  # so few photos have too little in common
                return ()
        if len(of_fold) < len(SHARES):
            break
        told.append(of_fold)
    if not told:
        return ()
    asked = {query.place: query.after for query in reversed(queries)}  # in the first round
    whole = [
        _Told(len(fold.train), np.array([asked[place] for place in fold.held_out if place in asked]))
        for fold in tried[: len(told)]
    ]
    return tuple(_point(of_share, seed) for of_share in (*zip(*told, strict=True), whole))


class _Told(NamedTuple):
    """Of one fold: how many photos were learned from, and MAP@R of each that was kept back."""

    photos: int
    values: Values


def _tell(found: Examination, fold: Fold, recipe: Recipe, share: float, seed: int, job: Job) -> _Told:
    """Learn from a share of what a fold learns from."""
    some = _some(fold.train, found.classes, found.groups, share, seed)
    kept = recipe.learn(some, f"learning from {share:.0%}", job).embeddings()[fold.held_out]
    return _Told(len(some), quality(kept, kept, found.relevance(fold.held_out, fold.held_out)))


def _first_round(folds: Sequence[Fold]) -> list[Fold]:
    """The folds until one keeps a photo back that was kept back before."""
    found: list[Fold] = []
    for fold in folds:
        if any(np.isin(fold.held_out, one.held_out).any() for one in found):
            break
        found.append(fold)
    return found


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


def _point(told: Sequence[_Told], seed: int) -> LearningPoint:
    values = np.concatenate([one.values for one in told])
    (interval,) = Bootstrap(len(values), seed).of_means([values])
    return LearningPoint(round(float(np.mean([one.photos for one in told]))), mean(values), interval)
