"""Every metric of one embedding, from one pass over the rankings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from engine.evaluation import metrics
from engine.evaluation.degrees import Degrees
from engine.evaluation.health import PairStatistics, effective_rank
from engine.evaluation.metrics import OutOf, Values
from engine.evaluation.ranking import Embeddings, RankedBlock, Ranking, Similarities, ranked_blocks
from engine.evaluation.relevance import NOBODY, Relevance, SameLabel
from engine.jobs import Job, Progress

CUTOFFS = (1, 5, 10)
"""Where the tops of rankings are cut off to be judged."""
FIRST_RANK = "mean_first_rank"
Metric = Callable[[Ranking], Values]


@dataclass(frozen=True, slots=True)
class Classes:
    """Labels as numbers, where query and gallery both have one.

    Attributes:
        asked: of the queries.
        gallery: of the gallery.
    """

    asked: NDArray[np.int64]
    gallery: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one embedding reaches.

    Attributes:
        queries: those that had something to find, ascending.
        values: of every metric that has one value per query, by name: [queries].
        health: of every metric of the embedding as a whole, by name.
        tie_rate: share of the queries in whose top places a hit and a miss are equally near.
    """

    queries: NDArray[np.int64]
    values: dict[str, Values]
    health: dict[str, float]
    tie_rate: float


def measure(
    queries: Embeddings,
    gallery: Embeddings,
    relevance: Relevance,
    *,
    classes: Classes | None = None,
    degrees: Degrees | None = None,
    cutoffs: Sequence[int] = CUTOFFS,
    job: Job | None = None,
) -> Measurement:
    """Rank the gallery for every query and judge the rankings; memory does not grow with the number of queries.

    Args:
        queries: [queries, dim].
        gallery: [items, dim].
        relevance: what is to be found.
        classes: with these, neighbours vote for a query's class.
        degrees: with these, what is found counts in degrees, where a metric knows degrees.
        cutoffs: the k of all metrics at k.
        job: told about progress; may cancel.
    """
    job = job or Job()
    chosen = per_query_metrics(cutoffs)
    pairs = PairStatistics()
    columns: dict[str, list[Values]] = {name: [] for name in chosen}
    graded: list[dict[str, Values]] = []
    asked, ties, right, listed, done = [], [], [], [], 0
    for block in ranked_blocks(queries, gallery, relevance):
        for name, metric in chosen.items():
            columns[name].append(metric(block.ranking))
        if degrees is not None:
            graded.append(degrees.values(block, cutoffs))
        if classes is not None:
            right.append(_neighbours_right(block, classes))
        listed.append(_first_listed_rank(block))
        pairs.add(block.alike, block.relevant)
        asked.append(block.queries)
        ties.append(_undecided(block, max(cutoffs)))
        done += len(block.queries)
        job.step(Progress("ranking", done, len(queries)))
    if not asked:
        return Measurement(np.empty(0, dtype=np.int64), {}, {}, 0.0)
    values = {name: np.concatenate(column) for name, column in columns.items()}
    values |= {name: np.concatenate([part[name] for part in graded]) for name in (graded[0] if graded else ())}
    values["first_listed_rank"] = np.concatenate(listed)
    if right:
        values["knn_accuracy"] = np.concatenate(right)
    health = {"effective_rank@0.9": float(effective_rank(gallery))} | pairs.summary()
    return Measurement(np.concatenate(asked), values, health, float(np.concatenate(ties).mean()))


def per_query_metrics(cutoffs: Sequence[int]) -> dict[str, Metric]:
    """The metrics that have a value per query, by the names they are reported under."""
    at: dict[str, Callable[[Ranking, int], Values]] = {
        "precision@{}": metrics.precision_at,
        "recall@{}": metrics.recall_at,
        "hit@{}": metrics.hit_at,
        "map@{}": metrics.average_precision_at,
        "f1@{}": metrics.f1_at,
        "ndcg@{}": metrics.ndcg_at,
        "map@{}/hits": partial(metrics.average_precision_at, out_of=OutOf.HITS),
        "map@{}/hits-only": partial(metrics.average_precision_at, out_of=OutOf.HITS_ONLY),
        "map@{}/relevant": partial(metrics.average_precision_at, out_of=OutOf.RELEVANT),
        "score003@{}": metrics.selection_score_at,
    }
    whole: dict[str, Metric] = {
        "map@r": metrics.average_precision_at_r,
        "r_precision": metrics.r_precision,
        "map": metrics.average_precision,
        "mrr": metrics.reciprocal_rank,
        FIRST_RANK: metrics.first_hit_rank,
        "mean_rank": metrics.mean_hit_rank,
    }
    return {name.format(k): partial(_at, metric, k) for name, metric in at.items() for k in cutoffs} | whole


def oxford_values(
    queries: Embeddings, gallery: Embeddings, relevance: Relevance, cutoffs: Sequence[int]
) -> dict[str, Values]:
    """What an Oxford protocol reports, for all queries: NaN for those that have nothing to find."""
    chosen: dict[str, Metric] = {"oxford_map": metrics.trapezoid_average_precision}
    for k in cutoffs:
        chosen[f"oxford_precision@{k}"] = partial(_at, metrics.capped_precision_at, k)
    return _values(queries, gallery, relevance, chosen)


def among_queries(queries: Embeddings, landmarks: NDArray[np.int64], cutoffs: Sequence[int]) -> dict[str, Values]:
    """P@k where the queries search each other: without themselves, and with (Marakuia/ImageRetrieval_Oxford5k)."""
    found: dict[str, Values] = {}
    for suffix, itself in (("", np.arange(len(queries))), ("/self", np.full(len(queries), NOBODY))):
        chosen: dict[str, Metric] = {
            f"query_precision@{k}{suffix}": partial(_at, metrics.precision_at, k) for k in cutoffs
        }
        found |= _values(queries, queries, SameLabel(landmarks, landmarks, itself), chosen)
    return found


def _values(
    queries: Embeddings, gallery: Embeddings, relevance: Relevance, chosen: Mapping[str, Metric]
) -> dict[str, Values]:
    values = {name: np.full(len(queries), np.nan) for name in chosen}
    for block in ranked_blocks(queries, gallery, relevance):
        for name, metric in chosen.items():
            values[name][block.queries] = metric(block.ranking)
    return values


def _at(metric: Callable[[Ranking, int], Values], k: int, ranking: Ranking) -> Values:
    return metric(ranking, k)


def _neighbours_right(block: RankedBlock, classes: Classes) -> Values:
    return metrics.neighbours_right(
        block.similarities, classes.gallery[block.items[:, : metrics.VOTERS]], classes.asked[block.queries]
    )


def _first_listed_rank(block: RankedBlock) -> Values:
    """The place of the relevant item that the gallery lists first, whatever it is like: a compatible mean rank."""
    first = block.relevant.argmax(axis=1)
    places: Values = (block.items == first[:, None]).argmax(axis=1) + 1.0
    return places


def _undecided(block: RankedBlock, top: int) -> NDArray[np.bool_]:
    """Whether the order of the gallery, and not likeness, decides where a hit of the top places stands."""
    similar: Similarities = block.similarities[:, : top + 1]
    hits = block.ranking.hits[:, : top + 1]
    same = (similar[:, 1:] == similar[:, :-1]) & np.isfinite(similar[:, 1:])
    undecided: NDArray[np.bool_] = (same & (hits[:, 1:] != hits[:, :-1])).any(axis=1)
    return undecided
