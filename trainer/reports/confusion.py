"""Which classes are found for which: where a model takes one subject for another."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.lists import Entry
from trainer.judging import Query

Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A class whose photos find those of another one.

    Attributes:
        before: share of the nearest photos that are of the other class, with the model that was there.
        after: the same, with what was learned.
    """

    asked: str
    found: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Confusion:
    """The nearest photos of each class, by their classes.

    Attributes:
        labels: of rows and columns.
        before: shares with the model that was there, float64 [asked, found]; every row adds up to 1.
        after: the same, with what was learned.
    """

    labels: tuple[str, ...]
    before: Shares
    after: Shares

    def mistakes(self, most: int) -> list[Mistake]:
        """Pairs of classes that are mistaken for each other now or were, the worst first."""
        worst = np.maximum(self.before, self.after)
        np.fill_diagonal(worst, 0)
        order = np.argsort(-worst, axis=None, kind="stable")[:most]
        places = [tuple(map(int, np.unravel_index(place, worst.shape))) for place in order]
        return [
            Mistake(self.labels[row], self.labels[column], self.before[row, column], self.after[row, column])
            for row, column in places
            if worst[row, column] > 0
        ]


def confusion(entries: Sequence[Entry], queries: Sequence[Query]) -> Confusion:
    """Count which classes the nearest photos of every class are of; classes that ask nothing have no row."""
    labels = tuple(sorted({entries[query.place].label for query in queries}))
    rows = {label: row for row, label in enumerate(labels)}
    counts = np.zeros((2, len(labels), len(labels)))
    for query in queries:
        row = rows[entries[query.place].label]
        for side, neighbours in enumerate((query.neighbours_before, query.neighbours_after)):
            for neighbour in neighbours:
                if (column := rows.get(entries[neighbour.place].label)) is not None:
                    counts[side, row, column] += 1
    shares = counts / np.maximum(counts.sum(axis=2, keepdims=True), 1)
    return Confusion(labels, shares[0], shares[1])
