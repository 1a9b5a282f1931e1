"""Which photos of a training are learned from, and which judge it."""

import numpy as np

from engine.errors import BadRequestError
from trainer.data.labels import kept_back
from trainer.data.splits import (
    FEW,
    FEWEST_PHOTOS,
    FOLDS,
    Fold,
    Places,
    cross_validation,
    disjoint_classes,
    given_split,
    grouped_folds,
)
from trainer.examining import Examination


def folds(found: Examination, seed: int) -> list[Fold]:
    """What the person keeps back, or else each photo once or twice in turn.

    Raises:
        BadRequestError: what is kept back is nearly the same as what is learned from, or there are too few photos.
    """
    entries = found.labelled.entries
    is_kept_back = np.array([kept_back(entry) for entry in entries])
    if is_kept_back.any() and not is_kept_back.all():
        return given_split(is_kept_back, found.groups, [entry.path.name for entry in entries])
    if found.labelled.has_several_labels:
        return _rounds(found, seed)
    divided = cross_validation(found.classes, found.groups, seed)
    if not divided:
        raise BadRequestError(
            f"Fewer than two classes have at least {FEWEST_PHOTOS} different photos, so nothing can be learned and"
            " proved.",
            "Add photos to the classes.",
        )
    return divided


def disjoint_folds(found: Examination, seed: int) -> list[Fold]:
    """Folds that keep whole classes back; none where photos have several labels, of which others are learned from."""
    return [] if found.labelled.has_several_labels else disjoint_classes(found.classes, seed)


def learned_from(found: Examination) -> Places:
    """All photos; what a person keeps back for tests stays out of the model for ever."""
    entries = found.labelled.entries
    chosen = np.array([place for place, entry in enumerate(entries) if not kept_back(entry)], dtype=np.int64)
    return chosen if len(chosen) else np.arange(len(entries))


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
