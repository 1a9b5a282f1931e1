"""How well a ranking brings together what belongs together.

Every metric is a function of the places of the hits and of R, the number of relevant items, and gives one value per
query; the mean over queries is what is usually reported. P@k, R@k and hit@k are three different things, whatever a
paper calls them: hits out of k, hits out of R, and whether there is a hit at all.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.ranking import Ranking

Values = NDArray[np.float64]

SELECTION = 50
"""The size of a good selection that the score of Remeus/simage takes for granted."""
VOTERS = 20
"""Neighbours that vote for a class."""
TEMPERATURE = 0.07
"""Of the weights with which neighbours vote."""


class OutOf(StrEnum):
    """Readings of mAP@k: what the sum of the precisions at hits is divided by."""

    REACHABLE = "min(k, R)"
    """What a perfect ranking would have in the top k; a query without a hit is 0. Reported unless said otherwise."""
    HITS = "hits, misses 0"
    """The hits found; a query without a hit is 0. So does open-metric-learning."""
    HITS_ONLY = "hits, misses left out"
    """The hits found; a query without a hit is no query (NaN). So does Ctushar721/img-to-img-retrieval."""
    RELEVANT = "R"
    """Everything relevant, within reach or not. So does pytorch-metric-learning."""


def precision_at(ranking: Ranking, k: int) -> Values:
    """P@k: hits in the top k, out of k."""
    return _in_top(ranking, k) / k


def recall_at(ranking: Ranking, k: int) -> Values:
    """R@k: hits in the top k, out of everything relevant."""
    return _in_top(ranking, k) / ranking.relevant


def hit_at(ranking: Ranking, k: int) -> Values:
    """hit@k: 1 if there is a hit in the top k. Also called CMC@k and, in metric learning, Recall@k."""
    return np.minimum(_in_top(ranking, k), 1)


def f1_at(ranking: Ranking, k: int) -> Values:
    """F1@k: the harmonic mean of P@k and R@k."""
    return 2 * _in_top(ranking, k) / (k + ranking.relevant)


def average_precision_at(ranking: Ranking, k: int, out_of: OutOf = OutOf.REACHABLE) -> Values:
    """mAP@k per query: precision at every hit in the top k, summed, out of what `out_of` says."""
    summed, hits = _summed(_precision_at_hits(ranking.hits[:, :k])), _in_top(ranking, k)
    match out_of:
        case OutOf.REACHABLE:
            return summed / np.minimum(k, ranking.relevant)
        case OutOf.RELEVANT:
            return summed / ranking.relevant
        case OutOf.HITS:
            return summed / np.maximum(hits, 1)
        case OutOf.HITS_ONLY:
            return np.where(hits > 0, summed / np.maximum(hits, 1), np.nan)


def average_precision(ranking: Ranking) -> Values:
    """Full AP: precision at every hit, summed, out of R; the ranking must hold everything."""
    return _summed(_precision_at_hits(ranking.hits)) / ranking.relevant


def average_precision_at_r(ranking: Ranking) -> Values:
    """MAP@R per query: AP within the top R, out of R; the ranking must reach that far."""
    top = _top_r(ranking)
    return _summed(_precision_at_hits(top)) / ranking.relevant


def trapezoid_average_precision(ranking: Ranking) -> Values:
    """AP of the Oxford protocol: the area below the line from each hit to the next; the ranking must hold everything.

    Junk must have been left out of the ranking.
    """
    places = np.arange(ranking.hits.shape[1])
    found = ranking.hits.cumsum(axis=1)
    before = np.where(places == 0, 1.0, (found - 1) / np.maximum(places, 1))
    return _summed(ranking.hits * (before + found / (places + 1)) / 2) / ranking.relevant


def capped_precision_at(ranking: Ranking, k: int) -> Values:
    """mP@k of the revisited Oxford protocol: P@k, with k no larger than the place of the last relevant item."""
    last = ranking.hits.shape[1] - ranking.hits[:, ::-1].argmax(axis=1)
    reach = np.minimum(k, np.where(ranking.hits.any(axis=1), last, k))
    inside = np.arange(ranking.hits.shape[1]) < reach[:, None]
    return _summed(ranking.hits & inside) / reach


def r_precision(ranking: Ranking) -> Values:
    """Hits in the top R, out of R; the ranking must reach that far."""
    return _summed(_top_r(ranking)) / ranking.relevant


def first_hit_rank(ranking: Ranking) -> Values:
    """Place of the first hit, counted from 1; infinity if the ranking holds none."""
    return np.where(ranking.hits.any(axis=1), ranking.hits.argmax(axis=1) + 1.0, np.inf)


def reciprocal_rank(ranking: Ranking) -> Values:
    """One by the place of the first hit; 0 if there is none. Its mean is MRR."""
    return 1 / first_hit_rank(ranking)


def mean_hit_rank(ranking: Ranking) -> Values:
    """Mean place of everything relevant, counted from 1; the ranking must hold everything."""
    return _summed(ranking.hits * np.arange(1, ranking.hits.shape[1] + 1)) / ranking.relevant


def ndcg_at(ranking: Ranking, k: int) -> Values:
    """nDCG@k with the gain 1 for what is relevant."""
    best = np.arange(k) < ranking.relevant[:, None]
    return graded_ndcg_at(ranking.hits.astype(np.float64), best.astype(np.float64), k)


def graded_ndcg_at(gains: Values, all_gains: Values, k: int) -> Values:
    """nDCG@k with any gains of at least 0; 0 where there is nothing to gain.

    Args:
        gains: of the items in the order of the ranking, [queries, depth].
        all_gains: of everything there is to find, in any order, [queries, items].
        k: how far to look.
    """
    best = -np.sort(-all_gains, axis=1)[:, :k]
    ideal = (best * _discounts(best.shape[1])).sum(axis=1)
    given = (gains[:, :k] * _discounts(gains[:, :k].shape[1])).sum(axis=1)
    shares: Values = np.divide(given, ideal, out=np.zeros_like(given), where=ideal > 0)
    return shares


def selection_score_at(ranking: Ranking, k: int, n: int = SELECTION) -> Values:
    """`selection_score` of the top k where every item has one label, and is sure of it."""
    return 2 / (k + n) * _in_top(ranking, k)


def selection_score(target: Mapping[str, float], selection: Sequence[Mapping[str, float]], n: int = SELECTION) -> float:
    """The F-score of Remeus/simage for a selection without the query; not bounded by 1.

    Args:
        target: the query's labels with their confidences.
        selection: the same of every item that was found.
        n: the size of a good selection.
    """
    sure = sum(target.values())
    if not sure:
        return 0.0
    shared = sum(
        confidence * target[label] for item in selection for label, confidence in item.items() if label in target
    )
    return 2 / (len(selection) + n) * shared / sure


def neighbours_right(
    similarities: NDArray[np.float32], classes: NDArray[np.int64], truth: NDArray[np.int64], k: int = VOTERS
) -> Values:
    """Whether the k nearest, each with a vote of exp(similarity / 0.07), elect the right class; its mean is accuracy.

    Args:
        similarities: of the neighbours, nearest first, [queries, depth]; minus infinity has no vote.
        classes: of the neighbours, [queries, depth].
        truth: the right class of every query.
        k: how many may vote.
    """
    votes = np.exp(similarities[:, :k].astype(np.float64) / TEMPERATURE)
    voting = classes[:, :k]
    ballot = np.zeros((len(votes), int(max(voting.max(), truth.max())) + 1))
    np.add.at(ballot, (np.arange(len(votes))[:, None], voting), votes)
    right: Values = (ballot.argmax(axis=1) == truth).astype(np.float64)
    return right


def _discounts(count: int) -> Values:
    discounts: Values = 1 / np.log2(np.arange(2, count + 2))
    return discounts


def _in_top(ranking: Ranking, k: int) -> Values:
    return _summed(ranking.hits[:, :k])


def _summed(places: NDArray[Any]) -> Values:
    sums: Values = places.sum(axis=1, dtype=np.float64)
    return sums


def _precision_at_hits(hits: NDArray[np.bool_]) -> Values:
    precision: Values = hits.cumsum(axis=1) / np.arange(1, hits.shape[1] + 1) * hits
    return precision


def _top_r(ranking: Ranking) -> NDArray[np.bool_]:
    """The hits in the top R of each query; no ranking is looked at further than the largest R."""
    hits = ranking.hits[:, : int(ranking.relevant.max(initial=0))]
    inside: NDArray[np.bool_] = hits & (np.arange(hits.shape[1]) < ranking.relevant[:, None])
    return inside
