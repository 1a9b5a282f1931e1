"""Photos that are kept back inside a training, and decide for how long it learns: never those it is judged by."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.lists import Entry
from engine.evaluation.metrics import average_precision_at_r, precision_at
from engine.evaluation.ranking import nearest, ranked_blocks
from engine.evaluation.relevance import SameLabel
from trainer.data.splits import Fold, cross_validation
from trainer.examining import Examination
from trainer.learning import Embeddings, Numbers
from trainer.recording import Recorder

SAMPLES = 3
"""Photos whose neighbours are told of."""
NEIGHBOURS = 6
_PRECISION, _DECISIVE = "precision@1", "map@r"
MOST_DIVISIONS = 3
ENOUGH = 100
"""Photos that are kept back, in all divisions: what thirty say is mostly chance."""
_SET_ASIDE = 5
"""One class of so many is kept back whole."""
_FEWEST_CLASSES = 4
"""Of fewer none is: too little would be left to learn from."""


@dataclass(frozen=True, slots=True)
class InnerSplit:
    """A way to divide photos once more that may be learned from.

    Attributes:
        train: to learn from.
        held_out: other photos of the same classes.
        others: photos of classes that are kept back whole; may be none.
    """

    train: Numbers
    held_out: Numbers
    others: Numbers

    @property
    def unseen(self) -> Fold:
        """The classes that are kept back, among all that is learned from."""
        return Fold(self.train, self.others)


def inner_split(found: Examination, places: Numbers, seed: int) -> InnerSplit | None:
    """A fifth of the photos is kept back; None where too few would be left.

    Args:
        found: the photos.
        places: those that may be learned from.
        seed: of the division.
    """
    folds = cross_validation(found.classes[places], found.groups[places], seed)
    return InnerSplit(places[folds[0].train], places[folds[0].held_out], places[:0]) if folds else None


def inner_splits(found: Examination, places: Numbers, seed: int) -> list[InnerSplit]:
    """Divisions that keep back other photos each, and other classes: as many as it takes until enough photos were.

    Args:
        found: the photos.
        places: those that may be learned from.
        seed: of the divisions.

    Returns:
        None at all where too few photos would be left.
    """
    classes = found.classes[places]
    names = np.unique(classes)
    count = len(names) // _SET_ASIDE if len(names) >= _SET_ASIDE else int(len(names) >= _FEWEST_CLASSES)
    shuffled = np.random.default_rng(seed).permutation(names)
    made: list[InnerSplit] = []
    for number, fold in enumerate(cross_validation(classes, found.groups[places], seed)[:MOST_DIVISIONS]):
        aside = np.roll(shuffled, -number * count)[:count]
        train, held_out = (part[~np.isin(classes[part], aside)] for part in (fold.train, fold.held_out))
        if len(held_out):
            made.append(InnerSplit(places[train], places[held_out], places[np.isin(classes, aside)]))
        if sum(len(split.held_out) for split in made) >= ENOUGH:
            break
    return made


@dataclass(frozen=True, slots=True)
class Validation:
    """Asks the photos that are kept back.

    Attributes:
        entries: of the training.
        classes: [photos].
        groups: of near-duplicates, [photos].
        places: of the photos that are kept back.
    """

    entries: Sequence[Entry]
    classes: Numbers
    groups: Numbers
    places: Numbers

    def measure(self, embeddings: Embeddings) -> dict[str, float]:
        """How they find each other: precision@1 and MAP@R by name; the latter decides.

        Args:
            embeddings: theirs, [places, dim].
        """
        classes, groups = self.classes[self.places], self.groups[self.places]
        relevance = SameLabel(classes, classes, np.arange(len(classes)), groups, groups)
        first, whole = [], []
        for block in ranked_blocks(embeddings, embeddings, relevance):
            first.append(precision_at(block.ranking, 1))
            whole.append(average_precision_at_r(block.ranking))
        return {name: _mean(values) for name, values in ((_PRECISION, first), (_DECISIVE, whole))}

    def tell(self, embeddings: Embeddings, part: str, step: int, recorder: Recorder) -> None:
        """Tell what some of them find, always the same ones."""
        near = nearest(embeddings, min(NEIGHBOURS, len(embeddings) - 1))
        for query in np.linspace(0, len(self.places) - 1, min(SAMPLES, len(self.places))).round().astype(int):
            asked, found = self.places[query], self.places[near[query]]
            paths = [self.entries[place].path for place in found]
            hits = [bool(hit) for hit in self.classes[found] == self.classes[asked]]
            recorder.sample(part, step, self.entries[asked].path, paths, hits)


def _mean(values: Sequence[NDArray[np.float64]]) -> float:
    return float(np.concatenate(values).mean()) if values else 0.0
