"""Which classes are found for which: where a model takes one subject for another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from scipy.sparse import coo_array, csr_array, diags_array

from engine.evaluation.lists import Entry
from trainer.judging import Query

Shares: TypeAlias = Any  # scipy.sparse.csr_array, which scipy does not describe
"""float64 [asked, found]: of most pairs of classes there is nothing to tell."""


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
        before: shares with the model that was there; every row adds up to 1.
        after: the same, with what was learned.
    """

    labels: tuple[str, ...]
    before: Shares
    after: Shares

    def mistakes(self, most: int) -> list[Mistake]:
        """Pairs of classes that are mistaken for each other now or were, the worst first."""
        worst = self.before.maximum(self.after).tocoo()
        pairs = [
            (float(share), int(row), int(column))
            for row, column, share in zip(*worst.coords, worst.data, strict=True)
            if row != column and share > 0
        ]
        worst_first = sorted(pairs, key=lambda pair: (-pair[0], *pair[1:]))[:most]
        return [self._mistake(row, column) for _, row, column in worst_first]

    def _mistake(self, row: int, column: int) -> Mistake:
        before, after = (float(shares[row, column]) for shares in (self.before, self.after))
        return Mistake(self.labels[row], self.labels[column], before, after)


def confusion(entries: Sequence[Entry], queries: Sequence[Query]) -> Confusion:
    """Count which classes the nearest photos of every class are of; classes that ask nothing have no row."""
    labels = tuple(sorted({entries[query.place].label for query in queries}))
    rows = {label: row for row, label in enumerate(labels)}
    found: list[list[tuple[int, int]]] = [[], []]
    for query in queries:
        row = rows[entries[query.place].label]
        for pairs, neighbours in zip(found, (query.neighbours_before, query.neighbours_after), strict=True):
            columns = (rows.get(entries[neighbour.place].label) for neighbour in neighbours)
            pairs += [(row, column) for column in columns if column is not None]
    return Confusion(labels, *(_shares(pairs, len(labels)) for pairs in found))


def _shares(pairs: Sequence[tuple[int, int]], classes: int) -> Shares:
    """What of each row is in each column."""
    places = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    counts = coo_array((np.ones(len(pairs)), tuple(places)), shape=(classes, classes)).tocsr()
    return csr_array(diags_array(1 / np.maximum(counts.sum(axis=1), 1)) @ counts)
