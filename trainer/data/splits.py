"""Which photos are learned from and which are kept back to measure with, without a leak from one to the other."""

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold

from engine.errors import BadRequestError

FOLDS = 5
FEW = 300
"""Below so many photos one division says little: a second one is made."""
FEWEST_PHOTOS = 4
"""A class of fewer different photos is not measured: two to learn from, two of which one finds the other."""
_FEWEST_CLASSES = 2
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fold:
    """One division of the photos, as places in their list.

    Attributes:
        train: to learn from.
        held_out: to measure with.
    """

    train: Places
    held_out: Places


def cross_validation(classes: Places, groups: Places, seed: int) -> list[Fold]:
    """Five folds, twice for few photos: every photo is kept back once per round, together with its near-duplicates.

    Photos of classes with fewer than four groups are learned from and never kept back.

    Args:
        classes: [photos].
        groups: of near-duplicates, [photos].
        seed: the same seed gives the same folds.

    Returns:
        No fold at all if fewer than two classes can be measured.
    """
    rich = _measurable(classes, groups)
    if len(np.unique(classes[rich])) < _FEWEST_CLASSES:
        return []
    smallest = min(len(np.unique(groups[classes == one])) for one in np.unique(classes[rich]))
    folds = min(FOLDS, smallest // 2)  # two of every class in each fold, or nothing could be found there
    alone = np.flatnonzero(~rich)
    places = np.flatnonzero(rich)
    return [
        Fold(np.sort(np.concatenate([places[train], alone])), places[held_out])
        for round_ in range(2 if len(classes) < FEW else 1)
        for train, held_out in _divided(classes[rich], groups[rich], folds, seed + round_)
    ]


def grouped_folds(groups: Places, folds: int, seed: int) -> list[Fold]:
    """Folds that keep near-duplicates together, whatever is on the photos; none if there are too few.

    Args:
        groups: of near-duplicates, [photos].
        folds: how many; every photo is kept back in one of them.
        seed: the same seed gives the same folds.
    """
    names = np.unique(groups)
    if len(names) < FEWEST_PHOTOS * folds:
        return []
    shuffled = np.random.default_rng(seed).permutation(names)
    kept_back = [np.isin(groups, some) for some in np.array_split(shuffled, folds)]
    return [Fold(np.flatnonzero(~some), np.flatnonzero(some)) for some in kept_back]


def given_split(is_kept_back: NDArray[np.bool_], groups: Places, names: Sequence[str]) -> list[Fold]:
    """The division that a person has made.

    Args:
        is_kept_back: [photos].
        groups: of near-duplicates, [photos].
        names: of the photos, for the message.

    Raises:
        BadRequestError: a photo that is kept back is nearly the same as one that is learned from.
    """
    train, held_out = np.flatnonzero(~is_kept_back), np.flatnonzero(is_kept_back)
    known = {int(group): int(place) for place, group in zip(train, groups[train], strict=True)}
    leaks = [(int(place), known[int(groups[place])]) for place in held_out if int(groups[place]) in known]
    if leaks:
        tested, learned = leaks[0]
        raise BadRequestError(
            f"{len(leaks):,} of the {len(held_out):,} photos to test with are nearly the same as photos to learn from,"
            f" such as {names[tested]} and {names[learned]}: a test with them would prove nothing.",
            "Put all copies of a picture on one side, or leave out the split and let Lookalike make one.",
        )
    return [Fold(train, held_out)]


def disjoint_classes(classes: Places, seed: int) -> list[Fold]:
    """Up to five folds, each with some classes kept back whole; none if fewer than two would be left to learn from."""
    names = np.unique(classes)
    if len(names) <= _FEWEST_CLASSES:
        return []
    shuffled = np.random.default_rng(seed).permutation(names)
    kept_back = [np.isin(classes, some) for some in np.array_split(shuffled, min(FOLDS, len(names)))]
    return [Fold(np.flatnonzero(~some), np.flatnonzero(some)) for some in kept_back]


def _measurable(classes: Places, groups: Places) -> NDArray[np.bool_]:
    """Whether each photo's class has enough different photos to find one of them with another."""
    sizes = {int(one): len(np.unique(groups[classes == one])) for one in np.unique(classes)}
    return np.array([sizes[int(one)] >= FEWEST_PHOTOS for one in classes])


def _divided(classes: Places, groups: Places, folds: int, seed: int) -> Iterator[tuple[Places, Places]]:
    splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of classes with fewer photos than folds: they are in some folds only
        yield from splitter.split(np.zeros(len(classes)), classes, groups)
