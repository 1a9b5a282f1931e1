"""How photos that were kept back find one another with one model: what the curves of a report are drawn from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.metrics import Values
from engine.evaluation.ranking import Embeddings, RankedBlock, Ranking, ranked_blocks
from engine.evaluation.relevance import Relevance

DEEPEST = 50
"""The largest k of P@k that is looked at."""
RECALLS: Values = np.linspace(0, 1, 51)
"""Where the curve of precision over recall is sampled."""
EDGES: Values = np.linspace(0, 2, 201)
"""Bounds of the bins into which cosine distances are counted."""
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Threshold:
    """A distance that parts photos of one class from those of others.

    Attributes:
        distance: cosine distance, 0 to 2; what is nearer is taken to be of one class.
        caught: share of the pairs of one class that are nearer.
        mistaken: share of the pairs of two classes that are nearer too.
    """

    distance: float
    caught: float
    mistaken: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """Sums over queries, so that those of several folds can be added.

    Attributes:
        queries: that had something to find.
        depth: photos that each of them could find; P@k says nothing beyond.
        precision_at: P@k for k = 1 … DEEPEST, float64 [DEEPEST].
        reachable: the P@k of a perfect ranking, float64 [DEEPEST].
        precision: the highest precision at no less than each recall of `RECALLS` (interpolated, as TREC does),
            float64 [RECALLS].
        same: pairs of photos of one class by cosine distance, int64 [bins of EDGES].
        other: pairs of photos of two classes, likewise.
    """

    queries: int
    depth: int
    precision_at: Values
    reachable: Values
    precision: Values
    same: Counts
    other: Counts

    def __add__(self, more: "Evidence") -> "Evidence":
        return Evidence(
            self.queries + more.queries,
            min(self.depth, more.depth),
            self.precision_at + more.precision_at,
            self.reachable + more.reachable,
            self.precision + more.precision,
            self.same + more.same,
            self.other + more.other,
        )

    def threshold(self) -> Threshold | None:
        """The distance at which the shares caught and mistaken differ most (Youden's J, 1950).

        It does not depend on how many classes there are. None if there are no pairs of both kinds.
        """
        if not (self.same.any() and self.other.any()):
            return None
        caught, mistaken = (np.cumsum(pairs) / pairs.sum() for pairs in (self.same, self.other))
        best = int(np.argmax(caught - mistaken))
        return Threshold(float(EDGES[best + 1]), float(caught[best]), float(mistaken[best]))


def gather(embeddings: Embeddings, relevance: Relevance) -> Evidence:
    """Let photos search each other, block by block; at least one must have something to find.

    Args:
        embeddings: [photos, dim].
        relevance: what is to be found.
    """
    depth = min(DEEPEST, len(embeddings) - 1)
    total: Evidence | None = None
    for block in ranked_blocks(embeddings, embeddings, relevance):
        found = _evidence(block, depth)
        total = found if total is None else total + found
    if total is None:
        raise ValueError("no photo has another to find")
    return total


def _evidence(block: RankedBlock, depth: int) -> Evidence:
    ks = np.arange(1, DEEPEST + 1)
    hits = np.zeros((len(block.queries), DEEPEST), dtype=bool)
    top = block.ranking.hits[:, :DEEPEST]
    hits[:, : top.shape[1]] = top
    judged = np.isfinite(block.alike)
    same, other = (
        np.histogram(np.clip(1 - block.alike[chosen], 0, 2), EDGES)[0]
        for chosen in (judged & block.relevant, judged & ~block.relevant)
    )
    return Evidence(
        len(block.queries),
        depth,
        (hits.cumsum(axis=1) / ks).sum(axis=0),
        (np.minimum(ks, block.ranking.relevant[:, None]) / ks).sum(axis=0),
        _interpolated(block.ranking).sum(axis=0),
        same.astype(np.int64),
        other.astype(np.int64),
    )


def _interpolated(ranking: Ranking) -> Values:
    """For every query the highest precision at no less than each recall, float64 [queries, RECALLS]."""
    rows, places = np.nonzero(ranking.hits)
    first = np.concatenate([[0], np.cumsum(ranking.relevant)[:-1]])  # of each query's hits in `places`
    number = np.arange(len(places)) - first[rows] + 1
    best = number / (places + 1.0)
    for row, start in enumerate(first):
        of_row = best[start : start + ranking.relevant[row]]
        of_row[:] = np.maximum.accumulate(of_row[::-1])[::-1]
    wanted = np.maximum(np.ceil(RECALLS * ranking.relevant[:, None] - 1e-9).astype(np.int64), 1)
    curve: Values = best[first[:, None] + wanted - 1]
    return curve
