"""Whether what was learned is better than what was there: on photos of the person's own that it has not seen."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import reduce
from operator import add
from typing import Any, NamedTuple

import numpy as np

from engine.errors import BadRequestError
from engine.evaluation.measuring import Classes, measure
from engine.evaluation.metrics import Values
from engine.evaluation.ranking import nearest, unit
from engine.evaluation.relevance import SameLabel
from engine.evaluation.statistics import Bootstrap, Interval, class_means, mean
from engine.jobs import Job, Progress
from trainer.data.splits import Fold
from trainer.evidence import Evidence, gather
from trainer.examining import Examination
from trainer.learning import Embeddings, Numbers, Recipe
from trainer.quality import unseen_quality

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


class Neighbour(NamedTuple):
    """A photo that was found: its place, and its cosine distance from the query."""

    place: int
    distance: float


@dataclass(frozen=True, slots=True)
class Query:
    """A photo that was kept back, and how it fared.

    Attributes:
        place: of the photo.
        before: MAP@R with the model that was there.
        after: MAP@R with what was learned.
        neighbours_before: the nearest others that were kept back with it, nearest first.
        neighbours_after: the same, with what was learned.
    """

    place: int
    before: float
    after: float
    neighbours_before: tuple[Neighbour, ...]
    neighbours_after: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class KeptBack:
    """The photos that the first fold kept back, as both models see them.

    Attributes:
        places: of the photos, int64 [photos].
        before: embeddings by the model that was there, float32 [photos, dim].
        after: the same, with what was learned from the other photos.
    """

    places: Numbers
    before: Embeddings
    after: Embeddings


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
        evidence_before: how they found one another with the model that was there.
        evidence_after: the same, with what was learned.
        kept_back: those of the first fold, to be mapped.
    """

    before: dict[str, Figure]
    after: dict[str, Figure]
    gain: Figure
    standard_error: float
    unseen_before: float | None
    unseen_after: float | None
    queries: tuple[Query, ...]
    evidence_before: Evidence
    evidence_after: Evidence
    kept_back: KeptBack

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
            "accepted": not self.problems,
            "reasons": self.problems,
            "threshold": asdict(threshold) if (threshold := self.evidence_after.threshold()) else None,
        }


def judge(
    found: Examination, folds: Sequence[Fold], disjoint: Sequence[Fold], recipe: Recipe, seed: int, job: Job
) -> Judgement:
    """Learn from a part of the photos and measure with the rest, fold after fold.

    Args:
        found: the photos.
        folds: at least one.
        disjoint: folds that keep whole classes back; may be empty.
        recipe: what learns.
        seed: of the bootstrap.
        job: told about progress; may cancel.

    Raises:
        BadRequestError: nothing can be measured with these folds.
        EngineError: nothing could be learned.
        Cancelled: the caller asked to stop.
    """
    whole, classes, groups = found.whole, found.classes, found.groups
    measured: list[_Measured] = []
    unseen: list[tuple[Values, Values]] = []
    for number, fold in enumerate((*folds, *disjoint)):
        job.step(Progress("learning and testing", number, len(folds) + len(disjoint)))
        after = recipe.learn(fold.train, f"testing {number + 1}", job).embeddings()
        if number >= len(folds):
            unseen.append((unseen_quality(whole, classes, groups, fold), unseen_quality(after, classes, groups, fold)))
        elif one := _measured(fold.held_out, whole, after, classes, groups):
            measured.append(one)
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
    evidence: tuple[Evidence, Evidence]
    kept_back: KeptBack


def _measured(places: Numbers, old: Embeddings, new: Embeddings, classes: Numbers, groups: Numbers) -> _Measured | None:
    """The photos at these places search each other, before and after; None if nothing can be found among them."""
    classes, groups = classes[places], groups[places]
    embeddings = (old[places], new[places])
    relevance = SameLabel(classes, classes, np.arange(len(places)), groups, groups)  # near-duplicates are no proof
    first, second = (measure(one, one, relevance, classes=Classes(classes, classes)) for one in embeddings)
    if not len(first.queries):
        return None
    before, after = ({name: one.values[name] for name in TOLD} for one in (first, second))
    neighbours = [_neighbours(one, places) for one in embeddings]
    queries = tuple(
        Query(
            int(places[query]),
            float(before[DECISIVE][row]),
            float(after[DECISIVE][row]),
            *(near[query] for near in neighbours),
        )
        for row, query in enumerate(first.queries)
    )
    evidence = (gather(embeddings[0], relevance), gather(embeddings[1], relevance))
    return _Measured(before, after, queries, evidence, KeptBack(places, *embeddings))


def _neighbours(embeddings: Embeddings, places: Numbers) -> list[tuple[Neighbour, ...]]:
    """Of every photo the nearest others, by their places among all photos."""
    vectors = unit(embeddings)
    near = nearest(vectors, min(NEIGHBOURS, len(places) - 1))
    return [
        tuple(
            Neighbour(int(place), float(distance))
            for place, distance in zip(places[row], np.maximum(1 - vectors[row] @ vector, 0), strict=True)
        )
        for vector, row in zip(vectors, near, strict=True)
    ]


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
        reduce(add, [one.evidence[0] for one in measured]),
        reduce(add, [one.evidence[1] for one in measured]),
        measured[0].kept_back,
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
