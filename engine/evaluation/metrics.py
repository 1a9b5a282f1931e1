"""How well a ranking brings together what belongs together.

A ranking is judged query by query: `hits[q, i]` tells whether place i + 1 of query q holds something relevant,
`relevant[q]` how many relevant items there are in all (R in the literature). Every metric is a function of those two
and gives one value per query; the mean over queries is what is usually reported. Where the literature has several
readings, the denominator of mAP@k is min(k, R), and a query without a hit counts as 0.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import BadRequestError

Embeddings = NDArray[np.float32]
Values = NDArray[np.float64]

_BLOCK = 1024
"""Queries that are ranked at once; bounds the memory, changes no result."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rankings of several queries, all of which have something to find.

    Attributes:
        hits: bool [queries, depth].
        relevant: relevant items per query, int64 [queries], none of them 0.
        skipped: queries that were left out because there is nothing relevant to them.
    """

    hits: NDArray[np.bool_]
    relevant: NDArray[np.int64]
    skipped: int = 0


def nearest(embeddings: Embeddings, k: int) -> NDArray[np.int64]:
    """The k nearest others of every embedding by cosine similarity, nearest first; equal ones in their own order."""
    unit = embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)
    return np.concatenate([_nearest_of(unit, block, k) for block in _blocks(len(unit))])


def leave_one_out(embeddings: Embeddings, labels: Sequence[object], depth: int | None = None) -> Ranking:
    """Every item queries all others; what carries its label is relevant.

    Args:
        embeddings: [items, dim], of any length.
        labels: one per item.
        depth: length of the rankings; by default they hold everything.

    Raises:
        BadRequestError: no label occurs twice, so there is nothing to find.
    """
    _, classes, sizes = np.unique(np.asarray(labels), return_inverse=True, return_counts=True)
    relevant = sizes[classes] - 1
    asked = relevant > 0
    if not asked.any():
        raise BadRequestError(
            "No label occurs twice, so nothing can be found.", "Give at least two photos of one label."
        )
    neighbours = nearest(embeddings, min(depth or len(embeddings), len(embeddings) - 1))
    hits = classes[neighbours] == classes[:, None]
    return Ranking(hits[asked], relevant[asked].astype(np.int64), int(np.count_nonzero(~asked)))


def precision_at(ranking: Ranking, k: int) -> Values:
    """P@k: hits in the top k, out of k."""
    return _in_top(ranking, k) / k


def recall_at(ranking: Ranking, k: int) -> Values:
    """R@k: hits in the top k, out of everything relevant."""
    return _in_top(ranking, k) / ranking.relevant


def average_precision_at(ranking: Ranking, k: int) -> Values:
    """mAP@k per query: precision at every hit in the top k, summed, out of min(k, R)."""
    return _summed(_precision_at_hits(ranking)[:, :k]) / np.minimum(k, ranking.relevant)


def average_precision(ranking: Ranking) -> Values:
    """Full AP: precision at every hit, summed, out of R; the ranking must hold everything."""
    return _summed(_precision_at_hits(ranking)) / ranking.relevant


def average_precision_at_r(ranking: Ranking) -> Values:
    """MAP@R per query: AP within the top R, out of R; the ranking must reach that far."""
    return _summed(_precision_at_hits(ranking) * _top_r(ranking)) / ranking.relevant


def r_precision(ranking: Ranking) -> Values:
    """Hits in the top R, out of R; the ranking must reach that far."""
    return _summed(ranking.hits & _top_r(ranking)) / ranking.relevant


def first_hit_rank(ranking: Ranking) -> Values:
    """Place of the first hit, counted from 1; infinity if the ranking holds none."""
    return np.where(ranking.hits.any(axis=1), ranking.hits.argmax(axis=1) + 1.0, np.inf)


def summary(ranking: Ranking) -> dict[str, float]:
    """The means that are reported of a ranking that holds everything."""
    values = {
        "precision@1": precision_at(ranking, 1),
        "precision@5": precision_at(ranking, 5),
        "recall@10": recall_at(ranking, 10),
        "map@10": average_precision_at(ranking, 10),
        "map@r": average_precision_at_r(ranking),
        "r_precision": r_precision(ranking),
        "mean_first_rank": first_hit_rank(ranking),
    }
    return {name: float(value.mean()) for name, value in values.items()}


def _in_top(ranking: Ranking, k: int) -> Values:
    return _summed(ranking.hits[:, :k])


def _summed(places: NDArray[Any]) -> Values:
    sums: Values = places.sum(axis=1, dtype=np.float64)
    return sums


def _precision_at_hits(ranking: Ranking) -> Values:
    places = np.arange(1, ranking.hits.shape[1] + 1)
    precision: Values = ranking.hits.cumsum(axis=1) / places * ranking.hits
    return precision


def _top_r(ranking: Ranking) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = np.arange(ranking.hits.shape[1]) < ranking.relevant[:, None]
    return inside


def _blocks(count: int) -> Iterator[NDArray[np.int64]]:
    return (np.arange(start, min(start + _BLOCK, count)) for start in range(0, count, _BLOCK))


def _nearest_of(unit: Embeddings, queries: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    distances = -(unit[queries] @ unit.T)
    distances[np.arange(len(queries)), queries] = np.inf
    if k < len(unit) // 4:
        candidates = np.sort(np.argpartition(distances, k, axis=1)[:, :k], axis=1)
    else:
        candidates = np.broadcast_to(np.arange(len(unit)), distances.shape)
    order = np.argsort(np.take_along_axis(distances, candidates, axis=1), axis=1, kind="stable")[:, :k]
    return np.take_along_axis(candidates, order, axis=1)
