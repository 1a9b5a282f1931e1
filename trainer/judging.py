"""Whether what was learned is better than what was there: on photos of the person's own that it has not seen."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import reduce
from operator import add
from typing import Any, NamedTuple

import numpy as np

from engine.errors import BadRequestError
from engine.evaluation.degrees import Degrees
from engine.evaluation.measuring import Classes, Measurement, measure
from engine.evaluation.metrics import Values
from engine.evaluation.ranking import nearest, unit
from engine.evaluation.relevance import Relevance
from engine.evaluation.statistics import Bootstrap, Interval, class_means, mean
from engine.jobs import Job, Progress
from trainer.data.splits import Fold
from trainer.evidence import Evidence, gather
from trainer.examining import Examination
from trainer.learning import Embeddings, Numbers, Recipe
from trainer.rival import Duel, Rival, Round, duel, meet

DECISIVE = "map@r"
TOLD = ("precision@1", "precision@5", "recall@10", "map@10", DECISIVE, "mrr", "knn_accuracy")
"""What is told of a training."""
TOLD_IN_DEGREES = (*TOLD[:-1], "ndcg@10", "score003@10", "score003@10/best")
"""What is told where photos have several labels."""
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
    """A photo that was found: its place, its cosine distance from the query, and whether it belongs to that."""

    place: int
    distance: float
    alike: bool


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
        unseen_before: MAP@R for classes, or labels of several, that were not learned from; None if there are too few.
        unseen_after: the same, with what was learned from the others.
        queries: every photo that was kept back, once per round.
        evidence_before: how they found one another with the model that was there.
        evidence_after: the same, with what was learned.
        kept_back: those of the first fold, to be mapped.
        references: where photos have several labels, the figures of chance, of what is common and of the labels.
        duel: with the model that answers now, if that is another and can be compared.
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
    references: dict[str, dict[str, Figure]] = field(default_factory=dict)
    duel: Duel | None = None

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
        if self.duel and not self.duel.won:
            found.append(
                f"on {self.duel.photos:,} photos that {self.duel.rival}, the model in use, has not learned, it is not"
                f" better than that: MAP@R {self.duel.after:.3f} after {self.duel.before:.3f} (standard error"
                f" {self.duel.standard_error:.3f})"
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
            "references": {name: _document(figures) for name, figures in self.references.items()},
            "duel": asdict(self.duel) if self.duel else None,
        }


def judge(
    found: Examination,
    folds: Sequence[Fold],
    disjoint: Sequence[Fold],
    recipe: Recipe,
    seed: int,
    job: Job,
    rival: Rival | None = None,
) -> Judgement:
    """Learn from a part of the photos and measure with the rest, fold after fold.

    Args:
        found: the photos.
        folds: at least one.
        disjoint: folds that keep whole classes or labels back; may be empty.
        recipe: what learns.
        seed: of the bootstrap.
        job: told about progress; may cancel.
        rival: the model that answers now, if that is another than what the training starts from.

    Raises:
        BadRequestError: nothing can be measured with these folds.
        EngineError: nothing could be learned.
        Cancelled: the caller asked to stop.
    """
    measured: list[_Measured] = []
    unseen: list[tuple[Values, Values]] = []
    rounds: list[Round] = []
    for number, fold in enumerate((*folds, *disjoint)):
        job.step(Progress("learning and testing", number, len(folds) + len(disjoint)))
        after = recipe.learn(fold.train, f"testing {number + 1}", job).embeddings()
        if number >= len(folds):
            unseen.append((found.unseen_quality(found.whole, fold), found.unseen_quality(after, fold)))
            continue
        if rival:
            rounds.append(meet(rival, found, fold.held_out, after))
        if one := _measured(found, fold.held_out, after, seed):
            measured.append(one)
    if not measured:
        raise BadRequestError(
            "None of the photos that were kept back has another of its class to find.", "Add photos to the classes."
        )
    judgement = _judgement(measured, unseen, seed)
    return replace(judgement, duel=duel(rival, rounds)) if rival else judgement


@dataclass(frozen=True, slots=True)
class _Measured:
    """What the photos that one fold keeps back say: values per query, by metric."""

    before: dict[str, Values]
    after: dict[str, Values]
    queries: tuple[Query, ...]
    evidence: tuple[Evidence, Evidence]
    kept_back: KeptBack
    references: dict[str, dict[str, Values]]


def _measured(found: Examination, places: Numbers, after: Embeddings, seed: int) -> _Measured | None:
    """The photos at these places search each other, before and after; None if nothing can be found among them."""
    relevance, classes = found.relevance(places, places), found.classes[places]
    embeddings = (found.whole[places], after[places])
    first, second = (_measurement(one, one, relevance, classes) for one in embeddings)
    if not len(first.queries):
        return None
    degrees = relevance if isinstance(relevance, Degrees) else None
    told = TOLD if degrees is None else TOLD_IN_DEGREES
    references = {} if degrees is None else degrees.references(seed)
    neighbours = [_neighbours(one, places, relevance) for one in embeddings]
    queries = tuple(
        Query(
            int(places[query]),
            float(first.values[DECISIVE][row]),
            float(second.values[DECISIVE][row]),
            *(near[query] for near in neighbours),
        )
        for row, query in enumerate(first.queries)
    )
    return _Measured(
        _values(first, told),
        _values(second, told),
        queries,
        (gather(embeddings[0], relevance), gather(embeddings[1], relevance)),
        KeptBack(places, *embeddings),
        {name: _values(_measurement(*one, relevance, classes), told) for name, one in references.items()},
    )


def _neighbours(embeddings: Embeddings, places: Numbers, relevance: Relevance) -> list[tuple[Neighbour, ...]]:
    """Of every photo the nearest others, by their places among all photos."""
    vectors = unit(embeddings)
    near = nearest(vectors, min(NEIGHBOURS, len(places) - 1))
    found = []
    for query, row in enumerate(near):
        alike = relevance.of(np.array([query]))[0][0]
        distances = np.maximum(1 - vectors[row] @ vectors[query], 0)
        found.append(
            tuple(
                Neighbour(int(places[one]), float(distance), bool(alike[one]))
                for one, distance in zip(row, distances, strict=True)
            )
        )
    return found


def _measurement(queries: Embeddings, gallery: Embeddings, relevance: Relevance, classes: Numbers) -> Measurement:
    if isinstance(relevance, Degrees):
        return measure(queries, gallery, relevance, degrees=relevance)
    return measure(queries, gallery, relevance, classes=Classes(classes, classes))


def _values(measured: Measurement, told: Sequence[str]) -> dict[str, Values]:
    return {name: measured.values[name] for name in told}


def _judgement(measured: Sequence[_Measured], unseen: Sequence[tuple[Values, Values]], seed: int) -> Judgement:
    queries = [query for one in measured for query in one.queries]
    photos, asked = np.unique([query.place for query in queries], return_inverse=True)

    def together(sides: Sequence[dict[str, Values]]) -> dict[str, Values]:
        """Of every photo the mean over the rounds."""
        return {
            name: class_means(np.concatenate([side[name] for side in sides]), asked, len(photos)) for name in sides[0]
        }

    before, after = (together(sides) for sides in ([one.before for one in measured], [one.after for one in measured]))
    references = {name: together([one.references[name] for one in measured]) for name in measured[0].references}
    gains = after[DECISIVE] - before[DECISIVE]
    bootstrap = Bootstrap(len(gains), seed)
    (interval,) = bootstrap.of_means([gains])
    others = [mean(np.concatenate(side)) for side in zip(*unseen, strict=True)]
    others = [] if np.isnan(others).any() else others  # no class that was kept back has two photos
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
        {name: _figures(values, bootstrap) for name, values in references.items()},
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
