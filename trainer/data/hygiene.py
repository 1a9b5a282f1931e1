"""What is wrong with labels, as far as the photos themselves tell: found before anything is learned from them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.lists import Entry
from engine.evaluation.ranking import nearest
from trainer.data.splits import FEWEST_PHOTOS

VOTERS = 10
"""Nearest photos that are asked what a photo's class is."""
AGAINST = 0.8
"""Share of them that must agree on another class."""
IN_FAVOUR = 0.1
"""Share of them with the photo's own class that excuses it."""
_MOST = 200
"""Photos of one kind of problem that are told."""


class ProblemKind(StrEnum):
    """What may be wrong."""

    SMALL_CLASS = "small class"
    TWO_LABELS = "two labels"
    SUSPICIOUS = "suspicious label"


@dataclass(frozen=True, slots=True)
class LabelProblem:
    """Something to look at.

    Attributes:
        message: what it is; one sentence.
        hint: what to do about it.
        photos: that it is about.
        suggestion: the label that these photos probably should have; empty if that cannot be told.
    """

    kind: ProblemKind
    message: str
    hint: str
    photos: tuple[Path, ...]
    suggestion: str = ""


def examine(
    entries: Sequence[Entry], embeddings: NDArray[np.float32], groups: NDArray[np.int64]
) -> Iterator[LabelProblem]:
    """Look for classes that are too small, pictures with two labels, and labels that all neighbours contradict.

    Args:
        entries: the labelled photos.
        embeddings: of length 1, [photos, dim].
        groups: of near-duplicates, [photos].
    """
    labels = np.array([entry.label for entry in entries], dtype=object)
    yield from _small_classes(entries, labels, groups)
    yield from _two_labels(entries, labels, groups)
    yield from _suspicious(entries, labels, embeddings)


def _small_classes(
    entries: Sequence[Entry], labels: NDArray[np.object_], groups: NDArray[np.int64]
) -> Iterator[LabelProblem]:
    for label in sorted(set(labels)):
        places = np.flatnonzero(labels == label)
        different = len(np.unique(groups[places]))
        if different < FEWEST_PHOTOS:
            yield LabelProblem(
                ProblemKind.SMALL_CLASS,
                f"{label} has {different} different {'photo' if different == 1 else 'photos'}: it is learned, but what"
                " was learned of it cannot be tested.",
                f"Add photos until there are {FEWEST_PHOTOS} or more.",
                tuple(entries[int(place)].path for place in places),
            )


def _two_labels(
    entries: Sequence[Entry], labels: NDArray[np.object_], groups: NDArray[np.int64]
) -> Iterator[LabelProblem]:
    numbers, sizes = np.unique(groups, return_counts=True)
    for group in numbers[sizes > 1]:
        places = np.flatnonzero(groups == group)
        given = sorted(set(labels[places]))
        if len(given) > 1:
            yield LabelProblem(
                ProblemKind.TWO_LABELS,
                f"{len(places)} files show nearly the same picture and are labelled {' and '.join(given)}.",
                "Leave the picture in the folder where it belongs.",
                tuple(entries[int(place)].path for place in places),
            )


def _suspicious(
    entries: Sequence[Entry], labels: NDArray[np.object_], embeddings: NDArray[np.float32]
) -> Iterator[LabelProblem]:
    """Labels that nearly all of the nearest photos contradict, the most certain first."""
    voters = min(VOTERS, len(entries) - 1)
    if voters < VOTERS:
        return
    votes = labels[nearest(embeddings, voters)]
    found = []
    for place, (own, ballot) in enumerate(zip(labels, votes, strict=True)):
        names, counts = np.unique(ballot.astype(str), return_counts=True)
        elected, share = str(names[counts.argmax()]), counts.max() / voters
        if elected != own and share >= AGAINST and (ballot == own).mean() <= IN_FAVOUR:
            found.append((share, place, elected))
    for _, place, elected in sorted(found, reverse=True)[:_MOST]:
        yield LabelProblem(
            ProblemKind.SUSPICIOUS,
            f"{entries[place].path.name} is labelled {labels[place]}, but the photos most like it are {elected}.",
            "Look at it, and move it if the label is wrong.",
            (entries[place].path,),
            elected,
        )
