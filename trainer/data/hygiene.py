"""What is wrong with labels, as far as the photos themselves tell: found before anything is learned from them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.degrees import FEWEST_PHOTOS as FEWEST_PHOTOS_OF_LABEL
from engine.evaluation.degrees import LARGEST_SHARE
from engine.evaluation.lists import Entry
from engine.evaluation.ranking import nearest
from trainer.data.labels import kept_back
from trainer.data.splits import FEWEST_PHOTOS

VOTERS = 10
"""Nearest photos that are asked what a photo's class is."""
AGAINST = 0.8
"""Share of them that must agree on another class."""
IN_FAVOUR = 0.1
"""Share of them with the photo's own class that excuses it."""
_MOST = 200
"""Photos of one kind of problem that are told."""
_NAMED = 10
"""Labels that are named in one sentence."""


class ProblemKind(StrEnum):
    """What may be wrong."""

    SMALL_CLASS = "small class"
    TWO_LABELS = "two labels"
    SUSPICIOUS = "suspicious label"
    REJECTED = "rejected match"
    UNUSED = "unused label"
    LEAK = "on both sides"


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

    Of photos with several labels, those labels are told that say nothing about likeness.

    Args:
        entries: the labelled photos.
        embeddings: of length 1, [photos, dim].
        groups: of near-duplicates, [photos].
    """
    if any(entry.confidences for entry in entries):
        yield from _unused_labels(entries)
        return
    labels = np.array([entry.label for entry in entries], dtype=object)
    yield from _small_classes(entries, labels, groups)
    yield from _two_labels(entries, labels, groups)
    yield from _suspicious(entries, labels, embeddings)


def contradictions(
    entries: Sequence[Entry], contents: Sequence[bytes], rejected: Iterable[tuple[bytes, bytes]]
) -> Iterator[LabelProblem]:
    """Photos with the same labels of which a person has said that one is no match for the other.

    Args:
        entries: the labelled photos.
        contents: their content hashes.
        rejected: content hashes of pictures and of photos that are no match for them.
    """
    known = dict(zip(reversed(contents), reversed(entries), strict=True))
    pairs = dict.fromkeys(frozenset(pair) for pair in rejected if set(pair) <= known.keys() and len(set(pair)) > 1)
    for pair in list(pairs)[:_MOST]:
        first, second = sorted((known[content] for content in pair), key=lambda entry: entry.path)
        if first.labels == second.labels:
            yield LabelProblem(
                ProblemKind.REJECTED,
                f"{first.path.name} and {second.path.name} are both labelled {', '.join(first.labels)}, though you said"
                " that one is no match for the other.",
                "Look at them: if one has the wrong label, move it.",
                (first.path, second.path),
            )


def leaks(entries: Sequence[Entry], contents: Sequence[bytes]) -> Iterator[LabelProblem]:
    """Files that are to be learned from although the very same file is kept back to test with.

    Args:
        entries: the labelled photos.
        contents: their content hashes.
    """
    tested = {content: entry for entry, content in zip(entries, contents, strict=True) if kept_back(entry)}
    both = [
        (entry, tested[content])
        for entry, content in zip(entries, contents, strict=True)
        if content in tested and not kept_back(entry)
    ]
    for entry, test in both[:_MOST]:
        yield LabelProblem(
            ProblemKind.LEAK,
            f"{entry.path.name} is to be learned from, and the same file is kept back to test with"
            f" ({test.path.parent.name}/{test.path.name}).",
            "Leave it out: a test with what was learned would prove nothing.",
            (entry.path,),
        )


def _unused_labels(entries: Sequence[Entry]) -> Iterator[LabelProblem]:
    """Labels that do not count for likeness: see `engine.evaluation.degrees`."""
    counts = Counter(label for entry in entries for label in entry.labels)
    rare = sorted(label for label, photos in counts.items() if photos < FEWEST_PHOTOS_OF_LABEL)
    for label, photos in sorted(counts.items()):
        if photos > LARGEST_SHARE * len(entries):
            yield LabelProblem(
                ProblemKind.UNUSED,
                f"{label} is on {photos:,} of {len(entries):,} photos: it tells little of how they differ, and does not"
                " count.",
                "That is as it should be, unless it is a mistake.",
                (),
            )
    if rare:
        named = ", ".join(rare[:_NAMED]) + (", …" if len(rare) > _NAMED else "")
        yield LabelProblem(
            ProblemKind.UNUSED,
            f"{len(rare):,} of {len(counts):,} labels are on fewer than {FEWEST_PHOTOS_OF_LABEL} photos and do not"
            f" count: {named}.",
            "Give them to more photos, or leave them out.",
            (),
        )


def _small_classes(
    entries: Sequence[Entry], labels: NDArray[np.object_], groups: NDArray[np.int64]
) -> Iterator[LabelProblem]:
    names, numbers = np.unique(labels.astype(str), return_inverse=True)
    order = np.argsort(numbers, kind="stable")
    for label, places in zip(names, np.split(order, np.cumsum(np.bincount(numbers))[:-1]), strict=True):
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
