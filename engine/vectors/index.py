"""What every vector index can do, and the checks that guard the native ones."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int64]
Vectors = NDArray[np.float32]
NORM_TOLERANCE = 1e-2


class VectorIndex(Protocol):
    """Finds the stored vectors with the smallest cosine distance (1 - dot product of unit vectors)."""

    dim: int

    def __len__(self) -> int:
        """Number of vectors that can be found."""
        ...

    def labels(self) -> Labels:
        """The labels of all vectors that can be found, int64 [n]."""
        ...

    def add(self, labels: Labels, vectors: Vectors) -> None:
        """Store unit vectors, float32 [n, dim], under labels that are not in use."""
        ...

    def remove(self, labels: Labels) -> None:
        """Let these vectors not be found any more; unknown labels are passed over."""
        ...

    def search(self, query: Vectors, k: int) -> tuple[Labels, Vectors]:
        """The k nearest vectors of a unit vector [dim], best first: labels and distances, `len(self)` at most."""
        ...


def checked(vectors: Vectors, dim: int) -> Vectors:
    """Contiguous float32 [n, dim] of finite unit vectors.

    HNSW accepts NaN and wrong dimensions silently and answers wrongly from then on, or reads beyond its memory.

    Raises:
        ValueError: the vectors are not what an index may be given.
    """
    rows = np.ascontiguousarray(np.atleast_2d(vectors), dtype=np.float32)
    if rows.ndim != 2 or rows.shape[1] != dim:
        raise ValueError(f"expected vectors of {dim} values, not of shape {np.shape(vectors)}")
    norms = np.linalg.norm(rows, axis=1)
    if not np.all(np.abs(norms - 1) <= NORM_TOLERANCE):  # also false for NaN
        raise ValueError("vectors must be finite and of length 1")
    return rows


def nearest(distances: Vectors, k: int) -> NDArray[np.intp]:
    """Positions of the k smallest values, smallest first, equal ones in their order."""
    if not 0 < k < len(distances):
        return np.argsort(distances, kind="stable")[: max(k, 0)]
    farthest = np.partition(distances, k - 1)[k - 1]
    candidates = np.flatnonzero(distances <= farthest)
    return candidates[np.argsort(distances[candidates], kind="stable")[:k]]


def found_in(ascending: Labels, labels: Labels) -> NDArray[np.bool_]:
    """Which of some labels are among others that are in ascending order, bool [n]."""
    if not len(ascending):
        return np.zeros(len(labels), dtype=bool)
    found: NDArray[np.bool_] = ascending[np.minimum(np.searchsorted(ascending, labels), len(ascending) - 1)] == labels
    return found


def merged(one: tuple[Labels, Vectors], other: tuple[Labels, Vectors], k: int) -> tuple[Labels, Vectors]:
    """The k best of two answers, each label once."""
    labels = np.concatenate([one[0], other[0]])
    distances = np.concatenate([one[1], other[1]])
    labels, first = np.unique(labels, return_index=True)
    distances = distances[first]
    order = nearest(distances, k)
    return labels[order], distances[order]
