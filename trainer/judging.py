"""Whether what was learned is better than what was there: on photos of the person's own that it has not seen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import BadRequestError
from engine.evaluation.measuring import Classes, measure
from engine.evaluation.metrics import Values
from engine.evaluation.ranking import nearest, unit
from engine.evaluation.relevance import SameLabel
from engine.evaluation.statistics import Bootstrap, Interval, class_means, mean
from engine.jobs import Job, Progress
from trainer.data.splits import Fold
from trainer.heads import Head
from trainer.quality import unseen_quality

Numbers = NDArray[np.int64]
Views = NDArray[np.float32]
Learn = Callable[[Views, Numbers, Numbers, int], Head]
"""A recipe: views float32 [photos, views, dim], classes [photos], groups of near-duplicates [photos] and a seed."""

DECISIVE = "map@r"
TOLD = ("precision@1", "precision@5", "recall@10", "map@10", DECISIVE, "mrr", "knn_accuracy")
"""What is told of a training."""
NEIGHBOURS = 6
"""Of a query, that are kept to be looked at."""
LARGEST_LOSS = 0.01
"""What the quality for subjects that were not learned may fall by."""


@dataclass(frozen=True, slots=True)
class Figure:
    """The mean of a metric over the queries, and where it lies with 95 % confidence."""

    value: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Query:
    """A photo that was kept back, and how it fared.

    Attributes:
        place: of the photo.
        before: MAP@R with the model that was there.
        after: MAP@R with what was learned.
        neighbours_before: places of the nearest others that were kept back with it, nearest first.
        neighbours_after: the same, with what was learned.
    """

    place: int
    before: float
    after: float
    neighbours_before: tuple[int, ...]
    neighbours_after: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the photos that were kept back say.

    Attributes:
        before: of the model that was there, by metric.
        after: of what was learned.
        gain: of MAP@R, query by query.
        standard_error: of the gain, photo by photo: what a paired bootstrap over them comes to.
        unseen_before: MAP@R for classes that were not learned from; None if there are too few classes.
        unseen_after: the same, with what was learned from the others.
        queries: every photo that was kept back, once per round.
    """

    before: dict[str, Figure]
    after: dict[str, Figure]
    gain: Figure
    standard_error: float
    unseen_before: float | None
    unseen_after: float | None
    queries: tuple[Query, ...]

    @property
    def problems(self) -> list[str]:
        """Why what was learned should not take the place of what was there; empty if it should."""
        found = []
        if not self.gain.value > self.standard_error:
            found.append(
                f"MAP@R on your photos went from {self.before[DECISIVE].value:.3f} to {self.after[DECISIVE].value:.3f},"
                f" which is no gain beyond chance (standard error {self.standard_error:.3f})"
            )
        if self.unseen_before is not None and self.unseen_after is not None:
            loss = self.unseen_before - self.unseen_after
            if loss > LARGEST_LOSS:
                found.append(
                    f"for subjects it has not learned it is worse: MAP@R {self.unseen_before:.3f} fell to"
                    f" {self.unseen_after:.3f}"
                )
        return found

    def document(self) -> dict[str, Any]:
        """The figures as JSON knows them."""
        return {
            "before": _document(self.before),
            "after": _document(self.after),
            "gain": {"value": self.gain.value, "interval": [self.gain.interval.low, self.gain.interval.high]},
            "standard_error": self.standard_error,
            "unseen": {"before": self.unseen_before, "after": self.unseen_after},
            "queries": len(self.queries),
        }


def judge(
    views: Views,
    classes: Numbers,
    groups: Numbers,
    folds: Sequence[Fold],
    disjoint: Sequence[Fold],
    learn: Learn,
    seed: int,
    job: Job,
) -> Judgement:
    """Learn from a part of the photos and measure with the rest, fold after fold.

    Args:
        views: [photos, views, dim].
        classes: [photos].
        groups: of near-duplicates, [photos].
        folds: at least one.
        disjoint: folds that keep whole classes back; may be empty.
        learn: the recipe.
        seed: of the recipe and of the bootstrap.
        job: told about progress; may cancel.

    Raises:
        BadRequestError: nothing can be measured with these folds.
        Cancelled: the caller asked to stop.
    """
    whole = unit(views[:, 0])
    measured: list[_Measured] = []
    unseen: list[tuple[Values, Values]] = []
    for number, fold in enumerate((*folds, *disjoint)):
        job.step(Progress("learning and testing", number, len(folds) + len(disjoint)))
        head = learn(views[fold.train], classes[fold.train], groups[fold.train], seed)
        if number >= len(folds):
            unseen.append(
                (unseen_quality(whole, classes, groups, fold), unseen_quality(head(whole), classes, groups, fold))
            )
        elif found := _measured(fold.held_out, whole, head, classes, groups):
            measured.append(found)
    if not measured:
        raise BadRequestError(
            "None of the photos that were kept back has another of its class to find.", "Add photos to the classes."
        )
    return _judgement(measured, unseen, seed)


@dataclass(frozen=True, slots=True)
class _Measured:
    """What the photos that one fold keeps back say: values per query, by metric."""

    before: dict[str, Values]
    after: dict[str, Values]
    queries: tuple[Query, ...]


def _measured(places: Numbers, whole: Views, head: Head, classes: Numbers, groups: Numbers) -> _Measured | None:
    """The photos at these places search each other, before and after; None if nothing can be found among them."""
    classes, groups = classes[places], groups[places]
    embeddings = (whole[places], head(whole[places]))
    relevance = SameLabel(classes, classes, np.arange(len(places)), groups, groups)  # near-duplicates are no proof
    old, new = (measure(one, one, relevance, classes=Classes(classes, classes)) for one in embeddings)
    if not len(old.queries):
        return None
    before, after = ({name: one.values[name] for name in TOLD} for one in (old, new))
    neighbours = [nearest(one, min(NEIGHBOURS, len(places) - 1)) for one in embeddings]
    queries = tuple(
        Query(
            int(places[query]),
            float(before[DECISIVE][row]),
            float(after[DECISIVE][row]),
            *(tuple(int(place) for place in places[near[query]]) for near in neighbours),
        )
        for row, query in enumerate(old.queries)
    )
    return _Measured(before, after, queries)


def _judgement(measured: Sequence[_Measured], unseen: Sequence[tuple[Values, Values]], seed: int) -> Judgement:
    queries = [query for one in measured for query in one.queries]
    photos, asked = np.unique([query.place for query in queries], return_inverse=True)
    before, after = (
        {name: class_means(np.concatenate([side[name] for side in sides]), asked, len(photos)) for name in TOLD}
        for sides in ([one.before for one in measured], [one.after for one in measured])
    )
    gains = after[DECISIVE] - before[DECISIVE]
    bootstrap = Bootstrap(len(gains), seed)
    (interval,) = bootstrap.of_means([gains])
    others = [mean(np.concatenate(side)) for side in zip(*unseen, strict=True)]
    return Judgement(
        _figures(before, bootstrap),
        _figures(after, bootstrap),
        Figure(float(gains.mean()), interval),
        float(gains.std(ddof=1) / np.sqrt(len(gains))) if len(gains) > 1 else float("inf"),
        others[0] if others else None,
        others[1] if others else None,
        tuple(queries),
    )


def _figures(values: dict[str, Values], bootstrap: Bootstrap) -> dict[str, Figure]:
    intervals = bootstrap.of_means(list(values.values()))
    return {
        name: Figure(mean(column), interval) for (name, column), interval in zip(values.items(), intervals, strict=True)
    }


def _document(figures: dict[str, Figure]) -> dict[str, Any]:
    return {
        name: {"value": figure.value, "interval": [figure.interval.low, figure.interval.high]}
        for name, figure in figures.items()
    }
