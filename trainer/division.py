"""Which photos of a training are learned from, and which judge it."""

import numpy as np
from numpy.typing import NDArray

from engine.errors import BadRequestError
from engine.evaluation.degrees import FEWEST_PHOTOS as FEWEST_PHOTOS_OF_LABEL
from engine.evaluation.degrees import LARGEST_SHARE
from trainer.data.labels import LabelledSet, kept_back
from trainer.data.splits import (
    FEW,
    FEWEST_PHOTOS,
    FOLDS,
    Fold,
    Places,
    cross_validation,
    disjoint_classes,
    disjoint_labels,
    given_split,
    grouped_folds,
)
from trainer.examining import Examination

_FEWEST_CLASSES = 2


def folds(found: Examination, seed: int) -> list[Fold]:
    """What the person keeps back, or else each photo once or twice in turn.

    Raises:
        BadRequestError: what is kept back is nearly the same as what is learned from, or there are too few photos.
    """
    entries = found.labelled.entries
    is_kept_back = np.array([kept_back(entry) for entry in entries])
    if is_kept_back.any() and not is_kept_back.all():
        _, contents = np.unique(np.array(found.seen.contents, dtype=object), return_inverse=True)
        return given_split(is_kept_back, contents, [entry.path.name for entry in entries])
    if found.labelled.has_several_labels:
        return _rounds(found, seed)
    divided = cross_validation(found.classes, found.groups, seed)
    if not divided:
        raise _too_small(found.labelled)
    return divided


def check_labels(labelled: LabelledSet) -> None:
    """Refuse what nothing could be learned from and proved with, whatever the photos show; raises BadRequestError."""
    if labelled.has_several_labels or any(kept_back(entry) for entry in labelled.entries):
        return
    if not _enough_files(labelled):
        raise _too_small(labelled)


def disjoint_folds(found: Examination, seed: int) -> list[Fold]:
    """Folds that keep whole classes back, or all photos of some labels where photos have several."""
    if found.labelled.has_several_labels:
        return label_folds(found, np.arange(len(found.groups)), seed)
    return disjoint_classes(found.classes, seed)


def label_folds(found: Examination, places: Places, seed: int) -> list[Fold]:
    """Divisions of some of the photos that keep all those of some labels back, as places among all photos."""
    given = found.confidences[places] > 0
    divided = disjoint_labels(given[:, found.label_weights > 0], found.groups[places], seed)
    return [Fold(places[one.train], places[one.held_out]) for one in divided if _can_be_learned(given[one.train])]


def _can_be_learned(given: NDArray[np.bool_]) -> bool:
    """Whether any label tells photos [photos, labels] apart."""
    counts = given.sum(axis=0)
    return bool(((counts >= FEWEST_PHOTOS_OF_LABEL) & (counts <= LARGEST_SHARE * len(given))).any())


def learned_from(found: Examination) -> Places:
    """All photos; what a person keeps back for tests stays out of the model for ever."""
    entries = found.labelled.entries
    chosen = np.array([place for place, entry in enumerate(entries) if not kept_back(entry)], dtype=np.int64)
    return chosen if len(chosen) else np.arange(len(entries))


def _enough_files(labelled: LabelledSet) -> bool:
    return sum(photos >= FEWEST_PHOTOS for photos in labelled.classes.values()) >= _FEWEST_CLASSES


def _too_small(labelled: LabelledSet) -> BadRequestError:
    sizes = labelled.classes
    largest = max(sizes, key=lambda label: sizes[label])
    files = f"{sizes[largest]:,} {'file' if sizes[largest] == 1 else 'files'}"
    return BadRequestError(
        f"Fewer than two of the {len(sizes):,} classes have at least {FEWEST_PHOTOS} different photos, so nothing can"
        f" be learned and proved; the largest, {largest}, has {files}.",
        "Add photos that differ more. To a model that has learned these very photos all of a class look the same: start"
        " from the one that it was made from."
        if _enough_files(labelled)
        else "Add photos to the classes, or put folders of the same subject together.",
    )


def _rounds(found: Examination, seed: int) -> list[Fold]:
    rounds = 2 if len(found.groups) < FEW else 1
    divided = [fold for round_ in range(rounds) for fold in grouped_folds(found.groups, FOLDS, seed + round_)]
    if not divided:
        raise BadRequestError(
            f"There are {len(np.unique(found.groups)):,} different photos, which are too few to learn and to prove it:"
            f" {FOLDS * FEWEST_PHOTOS} are needed.",
            "Label more photos.",
        )
    return divided
