"""A map of photos: alike ones lie near each other.

t-SNE (van der Maaten and Hinton, "Visualizing Data using t-SNE", 2008) in the implementation of openTSNE, on nearest
neighbours that are known already. It begins with the two principal axes and draws no random numbers, so the same photos
make the same map (Kobak and Berens, "The art of using t-SNE for single-cell transcriptomics", 2019, whose learning rate
and exaggeration openTSNE has).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.jobs import Job, Progress
from engine.vectors.index import Vectors
from engine.vectors.neighbours import Rows

STAGE = "drawing the map"
FEWEST = 8
"""Fewer photos make no map."""
PERPLEXITY = 15
NEIGHBOURS = 3 * PERPLEXITY
"""What openTSNE takes for that perplexity."""
_EARLY, _EXAGGERATION = 250, 12.0
_LATE = 500
_REPORTED = 10
"""Steps between two reports; a map that is cancelled stops at the next one."""
_EXACT_BELOW = 5_000
"""Fewer points are compared by Barnes and Hut's tree, more by interpolation on a grid, which is faster for them."""
BESIDE = 5
"""A new photo is placed between so many of its nearest."""
GROUPS = 12
"""As many as can be told apart by colour."""
_ROUNDS = 50

Positions = NDArray[np.float32]


def spread(vectors: Vectors, near: Rows, distances: Vectors, job: Job) -> Positions:
    """Positions of photos on a map, float32 [n, 2], each coordinate from 0 to 1.

    Args:
        vectors: unit vectors [n, dim], n at least `FEWEST`.
        near: rows of the nearest of each, nearest first, [n, k]; -1 where there are fewer.
        distances: their cosine distances.

    Raises:
        Cancelled: the job was cancelled.
    """
    job.step(Progress(STAGE, 0, _EARLY + _LATE))
    # Compiled, and slow to load: only when a map is wanted.
    from openTSNE import TSNEEmbedding
    from openTSNE.affinity import PerplexityBasedNN
    from openTSNE.nearest_neighbors import PrecomputedNeighbors

    rows, apart = _complete(near, distances)
    perplexity = max(2.0, min(PERPLEXITY, rows.shape[1] / 3))
    known = PrecomputedNeighbors(rows, np.sqrt(2 * apart.astype(np.float64)))
    affinities = PerplexityBasedNN(perplexity=perplexity, knn_index=known, n_jobs=1)
    job.checkpoint()
    method = "bh" if len(vectors) < _EXACT_BELOW else "fft"
    embedding = TSNEEmbedding(
        _principal_axes(vectors), affinities, negative_gradient_method=method, n_jobs=1, random_state=0
    )
    for begun, steps, exaggeration in ((0, _EARLY, _EXAGGERATION), (_EARLY, _LATE, 1.0)):
        embedding = embedding.optimize(
            steps,
            exaggeration=exaggeration,
            callbacks=[_reporting(job, begun)],
            callbacks_every_iters=_REPORTED,
        )
        job.checkpoint()
    return _within_one(np.asarray(embedding, dtype=np.float64))


def place_beside(new: Vectors, vectors: Vectors, positions: Positions) -> tuple[Positions, NDArray[np.intp]]:
    """Where new photos lie on a map that is there already: between those most like them, nearer to the nearer ones.

    Args:
        new: unit vectors [m, dim].
        vectors: of the photos on the map, [n, dim].
        positions: theirs [n, 2].

    Returns:
        Positions [m, 2], and the row on the map that each new photo is most like.
    """
    placed = np.empty((len(new), 2), dtype=np.float32)
    most_like = np.empty(len(new), dtype=np.intp)
    count = min(BESIDE, len(vectors))
    for start in range(0, len(new), 512):
        part = slice(start, min(start + 512, len(new)))
        similar = new[part] @ vectors.T
        best = np.argpartition(similar, len(vectors) - count, axis=1)[:, len(vectors) - count :]
        best.sort(axis=1)
        apart = np.maximum(1 - np.take_along_axis(similar, best, axis=1), 1e-6)
        weights = 1 / apart**2
        placed[part] = (positions[best] * weights[..., None]).sum(axis=1) / weights.sum(axis=1, keepdims=True)
        most_like[part] = np.take_along_axis(best, apart.argmin(axis=1)[:, None], axis=1)[:, 0]
    return placed, most_like


def groups_of(positions: Positions, count: int = GROUPS) -> NDArray[np.int32]:
    """Parts of a map that lie together, numbered from the largest: k-means from centres that are far apart.

    Lloyd's rounds from the farthest-first centres of Gonzalez ("Clustering to minimize the maximum intercluster
    distance", 1985) among the points of a grid, weighted by the photos at each.
    """
    cells, inverse, weights = np.unique(
        np.floor(positions * 255).astype(np.int64), axis=0, return_inverse=True, return_counts=True
    )
    points = cells.astype(np.float64)
    centres = _far_apart(points, weights, min(count, len(points)))
    nearest = np.zeros(len(points), dtype=np.int64)
    for _ in range(_ROUNDS):
        nearest = ((points[:, None] - centres[None]) ** 2).sum(axis=2).argmin(axis=1)
        total = np.bincount(nearest, weights, len(centres))
        moved = (
            np.stack([np.bincount(nearest, weights * points[:, axis], len(centres)) for axis in range(2)], axis=1)
            / np.maximum(total, 1)[:, None]
        )
        moved[total == 0] = centres[total == 0]
        if np.allclose(moved, centres):
            break
        centres = moved
    sizes = np.bincount(nearest, weights, len(centres))
    number = np.empty(len(centres), dtype=np.int32)
    number[np.argsort(-sizes, kind="stable")] = np.arange(len(centres))
    return number[nearest][inverse.reshape(-1)]


def _far_apart(points: NDArray[np.float64], weights: NDArray[np.int64], count: int) -> NDArray[np.float64]:
    """Points that are far from each other, dense ones first: the heaviest, then the farthest counted by its weight."""
    chosen = [int(np.argmax(weights))]
    apart = ((points - points[chosen[0]]) ** 2).sum(axis=1)
    while len(chosen) < count:
        chosen.append(int(np.argmax(apart * np.sqrt(weights))))
        apart = np.minimum(apart, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
    return points[chosen]


def _complete(near: Rows, distances: Vectors) -> tuple[NDArray[np.int64], Vectors]:
    """Missing neighbours replaced by ones that are too far to count."""
    rows, apart = near.astype(np.int64), distances.copy()
    missing = rows < 0
    rows[missing] = np.broadcast_to(((np.arange(len(rows)) + 1) % len(rows))[:, None], rows.shape)[missing]
    apart[missing] = 2
    return rows, apart


def _principal_axes(vectors: Vectors) -> NDArray[np.float64]:
    """The first two principal components [n, 2], as small as t-SNE's beginning has to be, with signs that are fixed."""
    centred = vectors - vectors.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    two = axes[:, [-1, -2]]
    two *= np.sign(two[np.abs(two).argmax(axis=0), [0, 1]])
    begun: NDArray[np.float64] = (centred @ two).astype(np.float64)
    begun *= 1e-4 / max(float(begun[:, 0].std()), 1e-12)
    return begun


def _reporting(job: Job, begun: int) -> Any:
    """What openTSNE calls now and then: tells how far it is, and whether to stop."""

    def report(step: int, _error: float, _embedding: object) -> bool:
        job.report(Progress(STAGE, begun + step, _EARLY + _LATE))
        return job.cancelled

    return report


def _within_one(positions: NDArray[np.float64]) -> Positions:
    """Both axes on one scale, the larger from 0 to 1, the other in the middle."""
    low, high = positions.min(axis=0), positions.max(axis=0)
    scale = max(float((high - low).max()), 1e-12)
    within: Positions = ((positions - (low + high) / 2) / scale + 0.5).astype(np.float32)
    return within
