"""Exact nearest neighbours by comparing with everything: the truth that HNSW is measured against."""

import numpy as np
from numpy.typing import NDArray

from engine.vectors.index import Labels, Vectors, checked, nearest

CHUNK = 512
"""Vectors that are compared at a time: as many as the processor keeps at hand while it widens and multiplies them."""
GAPS = 0.1
"""The rows of removed vectors are taken out when they are more than this share of all."""


class ExactIndex:
    """Vectors in one growing matrix; a search is a matrix product.

    Removed rows stay until there are many: to close the gaps of a large matrix takes as long as a hundred searches.

    Args:
        dim: values of a vector.
        dtype: float16 halves the memory and rounds distances to about 0.00005.
        capacity: vectors to have room for from the beginning.
    """

    def __init__(self, dim: int, dtype: type[np.float32 | np.float16] = np.float32, capacity: int = 0) -> None:
        self.dim = dim
        self._matrix: NDArray[np.float32 | np.float16] = np.empty((capacity, dim), dtype=dtype)
        self._labels: Labels = np.empty(capacity, dtype=np.int64)
        self._gone: NDArray[np.bool_] = np.zeros(capacity, dtype=bool)
        self._count = 0
        """Rows in use, those of removed vectors included."""
        self._removed = 0
        self._ascending = True
        """Whether the labels are in order, as they nearly always are: then none of them has to be looked for."""

    def __len__(self) -> int:
        return self._count - self._removed

    def labels(self) -> Labels:
        """The labels in ascending order of insertion, int64 [n]."""
        return self._labels[: self._count][~self._gone[: self._count]]

    def vectors(self, labels: Labels) -> Vectors:
        """The stored vectors with these labels; raises KeyError for an unknown one."""
        return self._matrix[self._positions(labels)].astype(np.float32)

    def holds(self, labels: Labels) -> NDArray[np.bool_]:
        """Which of these labels are here, bool [n]."""
        rows, known = self._rows(labels)
        known[known] = ~self._gone[rows[known]]
        return known

    def add(self, labels: Labels, vectors: Vectors) -> None:
        """Store unit vectors under new labels."""
        rows = checked(vectors, self.dim)
        if self._removed:  # whose row is still there comes back to it
            places, here = self._rows(labels)
            self._matrix[places[here]] = rows[here]
            self._gone[places[here]] = False
            self._removed = int(self._gone[: self._count].sum())
            labels, rows = labels[~here], rows[~here]
        needed = self._count + len(rows)
        if needed > len(self._labels):
            self._grow(max(needed, 2 * len(self._labels), 64))
        self._matrix[self._count : needed] = rows
        self._labels[self._count : needed] = labels
        self._gone[self._count : needed] = False
        self._ascending &= bool((np.diff(self._labels[max(self._count - 1, 0) : needed]) > 0).all())
        self._count = needed

    def remove(self, labels: Labels) -> None:
        """Drop vectors; unknown labels are passed over."""
        rows, known = self._rows(labels)
        self._gone[rows[known]] = True
        self._removed = int(self._gone[: self._count].sum())
        if self._removed > GAPS * self._count:
            self._close_gaps()

    def search(self, query: Vectors, k: int) -> tuple[Labels, Vectors]:
        """The k nearest vectors of a unit vector: labels and cosine distances, best first."""
        return self._ranked(query, None, k)

    def search_among(self, query: Vectors, labels: Labels, k: int) -> tuple[Labels, Vectors]:
        """Like `search`, but only among these labels; unknown ones are passed over."""
        return self._ranked(query, np.flatnonzero(self._are_among(labels)), k)

    def _ranked(self, query: Vectors, chosen: NDArray[np.intp] | None, k: int) -> tuple[Labels, Vectors]:
        """The best of the chosen places, or of all."""
        unit = checked(query, self.dim)[0]
        labels = self._labels[: self._count] if chosen is None else self._labels[chosen]
        distances = np.empty(len(labels), dtype=np.float32)
        for start in range(0, len(labels), CHUNK):
            part = slice(start, min(start + CHUNK, len(labels)))
            rows = self._matrix[part] if chosen is None else self._matrix[chosen[part]]
            # Widened first: numpy multiplies float16 a hundred times slower than float32.
            distances[part] = 1 - rows.astype(np.float32, copy=False) @ unit
        if chosen is None and self._removed:
            distances[self._gone[: self._count]] = np.inf
        order = nearest(distances, min(k, len(self)))
        return labels[order], np.maximum(distances[order], 0)

    def _are_among(self, labels: Labels) -> NDArray[np.bool_]:
        """Which rows have one of these labels and are not removed."""
        return np.isin(self._labels[: self._count], labels) & ~self._gone[: self._count]

    def _positions(self, labels: Labels) -> NDArray[np.intp]:
        if not self.holds(labels).all():
            raise KeyError("a label is not in the index")
        return self._rows(labels)[0]

    def _rows(self, labels: Labels) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """The row of each label, removed or not, and whether it has one at all."""
        stored = self._labels[: self._count]
        if not len(stored):
            return np.zeros(len(labels), dtype=np.intp), np.zeros(len(labels), dtype=bool)
        order = None if self._ascending else np.argsort(stored, kind="stable")
        places = np.minimum(np.searchsorted(stored, labels, sorter=order), len(stored) - 1)
        if order is not None:
            places = order[places]
        return places, stored[places] == labels

    def _close_gaps(self) -> None:
        """Copy what is left, so that the memory of the rest is given back."""
        kept = ~self._gone[: self._count]
        self._matrix = self._matrix[: self._count][kept]
        self._labels = self._labels[: self._count][kept]
        self._gone = np.zeros(len(self._labels), dtype=bool)
        self._count, self._removed = len(self._labels), 0
        self._ascending = bool((np.diff(self._labels) > 0).all())

    def _grow(self, capacity: int) -> None:
        matrix = np.empty((capacity, self.dim), dtype=self._matrix.dtype)
        matrix[: self._count] = self._matrix[: self._count]
        labels, gone = np.empty(capacity, dtype=np.int64), np.zeros(capacity, dtype=bool)
        labels[: self._count], gone[: self._count] = self._labels[: self._count], self._gone[: self._count]
        self._matrix, self._labels, self._gone = matrix, labels, gone
