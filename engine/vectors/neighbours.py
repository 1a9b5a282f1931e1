"""The nearest neighbours of many vectors among each other."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine.jobs import Job, Progress
from engine.vectors.index import Labels, Vectors

STAGE = "comparing photos"
BLOCK = 512
"""Rows that are compared with all others at a time: the similarities of 100,000 take 200 MB."""
ASKED_TOGETHER = 64
"""Vectors whose neighbours an index is asked for at a time: another search waits for them at most."""

Rows = NDArray[np.int32]


def nearest_among(vectors: Vectors, k: int, job: Job | None = None) -> tuple[Rows, Vectors]:
    """The k nearest of the other rows for every row, by comparing all with all.

    Args:
        vectors: unit vectors float32 [n, dim].
        k: at most; fewer if there are fewer others.

    Returns:
        Rows int32 [n, k] and cosine distances float32 [n, k], nearest first, equally near ones by row.

    Raises:
        Cancelled: the job was cancelled.
    """
    job, count = job or Job(), len(vectors)
    k = max(0, min(k, count - 1))
    rows = np.zeros((count, k), dtype=np.int32)
    distances = np.zeros((count, k), dtype=np.float32)
    if k == 0:
        return rows, distances
    for start in range(0, count, BLOCK):
        job.step(Progress(STAGE, start, count))
        part = slice(start, min(start + BLOCK, count))
        similar = vectors[part] @ vectors.T
        similar[np.arange(len(similar)), np.arange(part.start, part.stop)] = -np.inf
        found = np.argpartition(similar, count - k, axis=1)[:, count - k :]
        found.sort(axis=1)  # so that equally near ones come by row
        near = np.take_along_axis(similar, found, axis=1)
        order = np.argsort(-near, axis=1, kind="stable")
        rows[part] = np.take_along_axis(found, order, axis=1)
        distances[part] = np.maximum(1 - np.take_along_axis(near, order, axis=1), 0)
    return rows, distances


def nearest_by_search(
    search: Callable[[Vectors, int], tuple[Labels, Vectors]], labels: Labels, vectors: Vectors, k: int, job: Job
) -> tuple[Rows, Vectors]:
    """The k nearest of the other rows for every row, as far as an index finds them among all that it holds.

    Args:
        search: of queries [n, dim] and a number the labels and distances [n, number] that are nearest.
        labels: of the vectors, int64 [n], each once.
        vectors: unit vectors float32 [n, dim].

    Returns:
        Rows int32 [n, k] and cosine distances float32 [n, k], nearest first; -1 and 2 where there are fewer.

    Raises:
        Cancelled: the job was cancelled.
    """
    order = np.argsort(labels)
    rows = np.full((len(labels), k), -1, dtype=np.int32)
    distances = np.full((len(labels), k), 2, dtype=np.float32)
    for start in range(0, len(labels), ASKED_TOGETHER):
        job.step(Progress(STAGE, start, len(labels)))
        part = slice(start, min(start + ASKED_TOGETHER, len(labels)))
        found, apart = search(vectors[part], k + 1)
        places = order[np.minimum(np.searchsorted(labels, found, sorter=order), len(labels) - 1)]
        others = (labels[places] == found) & (found != labels[part, None])
        first = np.argsort(~others, axis=1, kind="stable")[:, :k]  # what counts, nearest first, then the rest
        kept = np.take_along_axis(others, first, axis=1)
        width = first.shape[1]
        rows[part, :width] = np.where(kept, np.take_along_axis(places, first, axis=1), -1)
        distances[part, :width] = np.where(kept, np.take_along_axis(apart, first, axis=1), 2)
    return rows, distances
