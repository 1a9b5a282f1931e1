"""Measuring models on labelled photos, side by side on the very same queries."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.errors import BadRequestError
from engine.evaluation.degrees import Confidences, Degrees, confidence_matrix, label_weights
from engine.evaluation.embedding import EmbeddedPhoto, KnownPhotos, embed_photos
from engine.evaluation.labelled import LabelledPhoto, LabelledPhotos, Protocol
from engine.evaluation.measuring import (
    CUTOFFS,
    FIRST_RANK,
    Classes,
    Measurement,
    among_queries,
    measure,
    oxford_values,
)
from engine.evaluation.metrics import Values
from engine.evaluation.oxford import Setup, Truth
from engine.evaluation.ranking import Embeddings
from engine.evaluation.relevance import NOBODY, Listed, Numbers, Relevance, SameLabel
from engine.evaluation.statistics import Bootstrap, Interval, class_means, mean
from engine.jobs import Job
from engine.models.registry import InstalledModel
from engine.records import Skipped
from engine.settings import Settings

MEDIAN_RANK = "median_first_rank"
QUERY_CUTOFFS = (1, 5)
PER_CLASS = (
    "precision@1",
    "precision@5",
    "recall@10",
    "map@10",
    "map@r",
    "r_precision",
    FIRST_RANK,
    "knn_accuracy",
    "oxford_map",
    "oxford_map/easy",
    "oxford_map/medium",
    "oxford_map/hard",
)
"""What is told of every class."""


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """How the queries of one class fare.

    Attributes:
        queries: how many of them had something to find.
        metrics: means over them, by name.
    """

    queries: int
    metrics: dict[str, float]


@dataclass(frozen=True, slots=True)
class Difference:
    """How much better a model is than the first one on the same queries.

    Attributes:
        interval: of the difference; one that does not contain 0 is more than chance.
    """

    value: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class ModelFigures:
    """What one model reaches.

    Attributes:
        name: of the model.
        metrics: means over queries, and figures about the embedding as a whole, by name.
        intervals: of those metrics that are means or medians over queries.
        macro: means over classes of the means over their queries.
        differences: to the first model; empty for the first one.
        per_class: by label.
        tie_rate: share of the queries in whose top places likeness leaves the order open.
    """

    name: str
    metrics: dict[str, float]
    intervals: dict[str, Interval]
    macro: dict[str, float]
    differences: dict[str, Difference]
    per_class: dict[str, ClassFigures]
    tie_rate: float


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """What an evaluation found.

    Attributes:
        photos: that could be read, queries and gallery together.
        classes: different labels of the queries; of several, those that say most about one of them.
        queries: that had something to find.
        without_relevant: queries that had nothing to find, and count for nothing.
        references: where photos have several labels, the same figures of those who know nothing or everything.
        skipped: files that could not take part.
    """

    protocol: Protocol
    photos: int
    gallery: int
    classes: int
    queries: int
    without_relevant: int
    models: tuple[ModelFigures, ...]
    references: tuple[ModelFigures, ...]
    skipped: tuple[Skipped, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class _Read:
    """The labelled photos that could be read."""

    queries: tuple[LabelledPhoto, ...]
    gallery: tuple[LabelledPhoto, ...]
    truths: tuple[Truth, ...]
    embedded: dict[LabelledPhoto, EmbeddedPhoto]

    def vectors(self, photos: Sequence[LabelledPhoto], model: int) -> Embeddings:
        return np.stack([self.embedded[photo].vectors[model] for photo in photos])

    def contents(self, photos: Sequence[LabelledPhoto]) -> list[bytes]:
        return [self.embedded[photo].content_hash for photo in photos]


def evaluate(
    labelled: LabelledPhotos,
    models: Sequence[InstalledModel],
    settings: Settings,
    *,
    cutoffs: Sequence[int] = (),
    seed: int = 0,
    without_copies: bool = False,
    known: KnownPhotos | None = None,
    job: Job | None = None,
) -> EvaluationReport:
    """Embed labelled photos with some models and judge how each ranks them.

    Args:
        labelled: what to embed, and what belongs together.
        models: at least one; the others are compared with the first.
        cutoffs: more values of k than the usual ones.
        seed: of the intervals and of chance.
        without_copies: rankings leave out photos with the very content of the query.
        known: photos of a library, which need not be read again.
        job: told about progress; may cancel.

    Raises:
        BadRequestError: nothing can be measured with these photos.
        ModelError: a model fails.
        Cancelled: the job was cancelled.
    """
    started, job = time.monotonic(), job or Job()
    wanted = list(dict.fromkeys((*labelled.queries, *labelled.gallery)))
    embedded, unreadable = embed_photos(wanted, models, settings, known, job)
    read = _readable(labelled, embedded)
    relevance, classes = _relevance(labelled.protocol, read, without_copies)
    cutoffs = sorted({*CUTOFFS, *cutoffs})
    measured = [
        _measured(read, index, relevance, classes, cutoffs, labelled.protocol, job) for index in range(len(models))
    ]
    asked = measured[0].queries
    if not len(asked):
        raise BadRequestError(
            f"None of the {len(read.queries):,} queries has anything to find.",
            "Give at least two photos of one class, or a gallery with the queries' classes.",
        )
    labels = _labels(read, relevance, asked)
    bootstrap = Bootstrap(len(asked), seed)
    figures = [
        _figures(name, measurement, measured[0] if index else None, labels, bootstrap)
        for index, (name, measurement) in enumerate(zip(_names(models), measured, strict=True))
    ]
    return EvaluationReport(
        protocol=labelled.protocol,
        photos=len(embedded),
        gallery=len(read.gallery),
        classes=len(set(labels)),
        queries=len(asked),
        without_relevant=len(read.queries) - len(asked),
        models=tuple(figures),
        references=tuple(_references(relevance, labels, cutoffs, seed, bootstrap)),
        skipped=(*labelled.skipped, *unreadable),
        seconds=time.monotonic() - started,
    )


def _names(models: Sequence[InstalledModel]) -> list[str]:
    """The models' names; with their place where two have the same one."""
    often = Counter(model.manifest.name for model in models)
    return [
        model.manifest.name if often[model.manifest.name] == 1 else f"{model.manifest.name} ({model.folder})"
        for model in models
    ]


def _readable(labelled: LabelledPhotos, embedded: dict[LabelledPhoto, EmbeddedPhoto]) -> _Read:
    kept = [index for index, query in enumerate(labelled.queries) if query in embedded]
    gallery = tuple(photo for photo in labelled.gallery if photo in embedded)
    if not kept or not gallery:
        raise BadRequestError(
            f"None of the {len(labelled.queries):,} photos can be read.", "Name photos that open in Lookalike."
        )
    truths = tuple(labelled.truths[index] for index in kept) if labelled.truths else ()
    return _Read(tuple(labelled.queries[index] for index in kept), gallery, truths, embedded)


def _relevance(protocol: Protocol, read: _Read, without_copies: bool) -> tuple[Relevance, Classes | None]:
    if protocol is Protocol.OXFORD:
        return _listed([truth.setups[0] for truth in read.truths], read), None
    classes = Classes(*_numbered([photo.label for photo in read.queries], [photo.label for photo in read.gallery]))
    places = {photo.path: place for place, photo in enumerate(read.gallery)}
    itself = np.array([places.get(photo.path, NOBODY) for photo in read.queries])
    contents = _numbered(read.contents(read.queries), read.contents(read.gallery)) if without_copies else ()
    if any(photo.confidences for photo in (*read.queries, *read.gallery)):
        return Degrees(*_in_degrees(read), itself, *contents), None
    return SameLabel(classes.asked, classes.gallery, itself, *contents), classes


def _labels(read: _Read, relevance: Relevance, asked: Numbers) -> list[str]:
    """The class of each query, or of its labels the one that says most."""
    if not isinstance(relevance, Degrees):
        return [read.queries[query].label for query in asked]
    labels = _all_labels(read)
    return [labels[place] for place in relevance.most_telling(asked)]


def _all_labels(read: _Read) -> list[str]:
    return sorted({label for photo in (*read.queries, *read.gallery) for label in photo.labels})


def _in_degrees(read: _Read) -> tuple[Confidences, Confidences, Confidences]:
    """Confidences of the queries' and the gallery's labels, and what each label counts for."""
    labels = _all_labels(read)
    asked, gallery = (
        confidence_matrix([photo.labels for photo in photos], labels) for photos in (read.queries, read.gallery)
    )
    return asked, gallery, label_weights((gallery > 0).sum(axis=0), len(gallery))


def _numbered(asked: Sequence[str | bytes], searched: Sequence[str | bytes]) -> tuple[Numbers, Numbers]:
    """The same number for the same value."""
    numbers = {value: number for number, value in enumerate(dict.fromkeys((*asked, *searched)))}
    return np.array([numbers[value] for value in asked]), np.array([numbers[value] for value in searched])


def _listed(setups: Sequence[Setup], read: _Read) -> Listed:
    """The lists of names as places in the gallery; a name may or may not have its extension."""
    places = {}
    for place, photo in reversed(list(enumerate(read.gallery))):
        places[photo.path.stem] = places[photo.path.name] = place

    def found(names: frozenset[str]) -> Numbers:
        return np.array(sorted({places[name] for name in names if name in places}), dtype=np.int64)

    return Listed(
        [found(setup.relevant) for setup in setups], [found(setup.ignored) for setup in setups], len(read.gallery)
    )


def _measured(
    read: _Read,
    model: int,
    relevance: Relevance,
    classes: Classes | None,
    cutoffs: Sequence[int],
    protocol: Protocol,
    job: Job,
) -> Measurement:
    queries, gallery = read.vectors(read.queries, model), read.vectors(read.gallery, model)
    degrees = relevance if isinstance(relevance, Degrees) else None
    measured = measure(queries, gallery, relevance, classes=classes, degrees=degrees, cutoffs=cutoffs, job=job)
    if protocol is Protocol.OXFORD:
        for name, values in _oxford_values(read, queries, gallery, cutoffs).items():
            measured.values[name] = values[measured.queries]
    return measured


def _references(
    relevance: Relevance, labels: Sequence[str], cutoffs: Sequence[int], seed: int, bootstrap: Bootstrap
) -> Iterator[ModelFigures]:
    """What the very same queries find in degrees, with embeddings that know nothing, or the labels themselves."""
    if not isinstance(relevance, Degrees):
        return
    for name, (queries, gallery) in relevance.references(seed).items():
        measured = measure(queries, gallery, relevance, degrees=relevance, cutoffs=cutoffs)
        yield _figures(name, measured, None, labels, bootstrap)


def _oxford_values(read: _Read, queries: Embeddings, gallery: Embeddings, cutoffs: Sequence[int]) -> dict[str, Values]:
    """What the classic protocol reports, or the three revisited ones, and what the queries find among themselves."""
    found: dict[str, Values] = {}
    for setups in zip(*(truth.setups for truth in read.truths), strict=True):
        values = oxford_values(queries, gallery, _listed(setups, read), cutoffs)
        suffix = f"/{setups[0].name}" if setups[0].name else ""
        found |= {f"{name}{suffix}": column for name, column in values.items()}
    _, landmarks = np.unique([query.label for query in read.queries], return_inverse=True)
    return found | among_queries(queries, landmarks, QUERY_CUTOFFS)


def _figures(
    name: str, measured: Measurement, first: Measurement | None, labels: Sequence[str], bootstrap: Bootstrap
) -> ModelFigures:
    columns = list(measured.values.values())
    intervals = dict(zip(measured.values, bootstrap.of_means(columns), strict=True))
    means = {metric: mean(values) for metric, values in measured.values.items()}
    ranks = measured.values[FIRST_RANK]
    names, classes = np.unique(np.array(labels, dtype=object), return_inverse=True)
    by_class = {metric: class_means(values, classes, len(names)) for metric, values in measured.values.items()}
    sizes = np.bincount(classes, minlength=len(names))
    return ModelFigures(
        name=name,
        metrics=means | {MEDIAN_RANK: float(np.median(ranks))} | measured.health,
        intervals=intervals | {MEDIAN_RANK: bootstrap.of_median(ranks)},
        macro={metric: mean(values) for metric, values in by_class.items()},
        differences={} if first is None else _differences(measured, first, bootstrap),
        per_class={
            str(label): ClassFigures(int(sizes[number]), _of_class(by_class, number))
            for number, label in enumerate(names)
        },
        tie_rate=measured.tie_rate,
    )


def _of_class(by_class: Mapping[str, Values], number: int) -> dict[str, float]:
    return {metric: float(by_class[metric][number]) for metric in PER_CLASS if metric in by_class}


def _differences(measured: Measurement, first: Measurement, bootstrap: Bootstrap) -> dict[str, Difference]:
    apart = {metric: values - first.values[metric] for metric, values in measured.values.items()}
    intervals = bootstrap.of_means(list(apart.values()))
    return {
        metric: Difference(mean(values), interval)
        for (metric, values), interval in zip(apart.items(), intervals, strict=True)
    }
