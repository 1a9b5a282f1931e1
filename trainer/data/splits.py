"""Which photos are learned from and which are kept back to measure with, without a leak from one to the other."""

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import BadRequestError

FOLDS = 5
FEW = 300
"""Below so many photos one division says little: a second one is made."""
FEWEST_PHOTOS = 4
"""A class of fewer different photos is not measured: two to learn from, two of which one finds the other."""
_FEWEST_CLASSES = 2
_MANY_CLASSES = 200
"""Beyond, scikit-learn's search for the best division takes minutes: its time grows with their square."""
LABEL_FOLDS = 3
"""Divisions that keep labels back, where photos have several."""
_MOST_WITH_LABEL = 1 / 3
"""Share of the photos that may be kept back with the labels."""
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
    smallest = int(_different_photos(classes, groups)[rich].min())
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


def given_split(is_kept_back: NDArray[np.bool_], contents: Places, names: Sequence[str]) -> list[Fold]:
    """The division that a person has made.

    Args:
        is_kept_back: [photos].
        contents: the same number for files of the same content, [photos].
        names: of the photos, for the message.

    Raises:
        BadRequestError: a photo that is kept back is also learned from.
    """
    train, held_out = np.flatnonzero(~is_kept_back), np.flatnonzero(is_kept_back)
    known = {int(content): int(place) for place, content in zip(train, contents[train], strict=True)}
    leaks = [(int(place), known[int(contents[place])]) for place in held_out if int(contents[place]) in known]
    if leaks:
        tested, learned = leaks[0]
        raise BadRequestError(
            f"{len(leaks):,} of the {len(held_out):,} photos to test with are also among those to learn from, such as"
            f" {names[tested]} and {names[learned]}, which are the same file: a test with them would prove nothing.",
            "Put all copies of a file on one side, or leave out the split and let Lookalike make one.",
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


def disjoint_labels(labelled: NDArray[np.bool_], groups: Places, seed: int) -> list[Fold]:
    """Up to three folds, each with all photos of some labels kept back; the others have none of these labels.

    Args:
        labelled: which photos have which of the labels that count, [photos, labels].
        groups: of near-duplicates, which stay together, [photos].
        seed: the same seed gives the same folds.

    Returns:
        No fold for which a third of the photos is too few: every label is on more of them.
    """
    found: list[Fold] = []
    order = np.random.default_rng(seed).permutation(labelled.shape[1])
    for number in range(LABEL_FOLDS):
        kept_back = np.zeros(len(groups), dtype=bool)
        for label in np.roll(order, -number * len(order) // LABEL_FOLDS):
            more = kept_back | np.isin(groups, groups[labelled[:, label]])
            if more.mean() <= _MOST_WITH_LABEL:
                kept_back = more
        fold = Fold(np.flatnonzero(~kept_back), np.flatnonzero(kept_back))
        if len(fold.held_out) and not any(np.array_equal(fold.held_out, one.held_out) for one in found):
            found.append(fold)
    return found


def _measurable(classes: Places, groups: Places) -> NDArray[np.bool_]:
    """Whether each photo's class has enough different photos to find one of them with another."""
    return _different_photos(classes, groups) >= FEWEST_PHOTOS


def _different_photos(classes: Places, groups: Places) -> Places:
    """How many groups of near-duplicates the class of each photo has, [photos]."""
    _, numbers = np.unique(classes, return_inverse=True)
    pairs = np.unique(np.stack([numbers, groups]), axis=1)
    sizes: Places = np.bincount(pairs[0])[numbers]
    return sizes


def _divided(classes: Places, groups: Places, folds: int, seed: int) -> Iterator[tuple[Places, Places]]:
    if len(np.unique(classes)) > _MANY_CLASSES:
        yield from _dealt(classes, groups, folds, seed)
        return
    from sklearn.model_selection import StratifiedGroupKFold  # takes a second to load; an examination divides nothing

    splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of classes with fewer photos than folds: they are in some folds only
        yield from splitter.split(np.zeros(len(classes)), classes, groups)


def _dealt(classes: Places, groups: Places, folds: int, seed: int) -> Iterator[tuple[Places, Places]]:
    """Deal the groups of each class out in turn, like cards; a group of two classes goes where its first photo does."""
    chance = np.random.default_rng(seed)
    _, first, of_photo = np.unique(groups, return_index=True, return_inverse=True)
    shuffled = chance.permutation(len(first))
    by_class = shuffled[np.argsort(classes[first][shuffled], kind="stable")]
    fold = np.empty(len(first), dtype=np.int64)
    fold[by_class] = (np.arange(len(first)) + chance.integers(folds)) % folds
    for number in range(folds):
        held_out = fold[of_photo] == number
        yield np.flatnonzero(~held_out), np.flatnonzero(held_out)
