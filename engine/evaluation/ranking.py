"""From embeddings to judged rankings, block by block, so that memory does not grow with the number of queries.

Nearer means a larger cosine similarity. What is equally near keeps the order of the gallery.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import BadRequestError
from engine.evaluation.relevance import Relevance, SameLabel

Embeddings = NDArray[np.float32]
Places = NDArray[np.int64]
Similarities = NDArray[np.float32]

_AT_ONCE = 4_000_000
"""Pairs of query and gallery item that are compared at once; bounds the memory, changes no result."""
_LOW_HALF = np.uint64(0xFFFF_FFFF)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rankings of several queries, all of which have something to find.

    Attributes:
        hits: whether each place holds something relevant, bool [queries, depth]; places past the end hold nothing.
        relevant: relevant items per query (R in the literature), int64 [queries], none of them 0.
        skipped: queries that were left out because there is nothing relevant to them.
    """

    hits: NDArray[np.bool_]
    relevant: NDArray[np.int64]
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class RankedBlock:
    """Some queries, with the gallery in the order of nearness to each.

    Attributes:
        queries: which they are, int64 [block].
        items: the gallery's items, nearest first, int64 [block, depth]; what is left out of a ranking comes last.
        similarities: of those items, float32 [block, depth]; minus infinity for what is left out.
        ranking: the same, judged.
        alike: similarities in the gallery's own order, float32 [block, gallery].
        relevant: what is relevant, in the gallery's own order, bool [block, gallery].
    """

    queries: Places
    items: Places
    similarities: Similarities
    ranking: Ranking
    alike: Similarities
    relevant: NDArray[np.bool_]


def ranked_blocks(
    queries: Embeddings, gallery: Embeddings, relevance: Relevance, *, whole: bool = True
) -> Iterator[RankedBlock]:
    """Rank the gallery for every query that has something to find, and judge it; flat in memory.

    Args:
        queries: [queries, dim], of any length.
        gallery: [items, dim], of any length.
        relevance: which items are relevant to a query, and which its ranking leaves out.
        whole: rank all items; else only as many as the query with the most to find needs to find them, which is all
            that MAP@R asks for and much quicker.
    """
    asking, searched = unit(queries), unit(gallery)
    for block in _blocks(np.arange(len(queries)), len(gallery)):
        relevant, left_out = relevance.of(block)
        relevant &= ~left_out
        totals = relevant.sum(axis=1)
        asked = totals > 0
        if not asked.any():
            continue
        chosen, relevant, left_out = block[asked], relevant[asked], left_out[asked]
        alike = asking[chosen] @ searched.T
        alike[left_out] = -np.inf
        items = nearest_first(alike, None if whole else int(totals.max()))
        ranking = Ranking(np.take_along_axis(relevant, items, axis=1), totals[asked].astype(np.int64))
        yield RankedBlock(chosen, items, np.take_along_axis(alike, items, axis=1), ranking, alike, relevant)


def nearest(embeddings: Embeddings, k: int) -> Places:
    """The k nearest others of every embedding, nearest first."""
    vectors = unit(embeddings)
    return np.concatenate([_nearest_of(vectors, block, k) for block in _blocks(np.arange(len(vectors)), len(vectors))])


def leave_one_out(embeddings: Embeddings, labels: Sequence[object]) -> Ranking:
    """Every item queries all others; what carries its label is relevant. Holds all rankings at once.

    Raises:
        BadRequestError: no label occurs twice, so there is nothing to find.
    """
    _, classes = np.unique(np.asarray(labels), return_inverse=True)
    itself = np.arange(len(classes))
    blocks = [block.ranking for block in ranked_blocks(embeddings, embeddings, SameLabel(classes, classes, itself))]
    if not blocks:
        raise BadRequestError(
            "No label occurs twice, so nothing can be found.", "Give at least two photos of one label."
        )
    relevant = np.concatenate([block.relevant for block in blocks])
    hits = np.concatenate([block.hits for block in blocks])[:, :-1]  # the last place is the query's own
    return Ranking(hits, relevant, len(classes) - len(relevant))


def nearest_first(similarities: Similarities, k: int | None = None) -> Places:
    """Columns in descending order of similarity, equal ones in ascending order, int64 [rows, columns or k]."""
    # One integer holds both, similarity above and column below: sorting it is stable, and faster than `argsort`.
    bits = (np.negative(similarities) + np.float32(0)).view(np.uint32)  # + 0: the two zeros are equally near
    ascending = np.where(bits >> np.uint32(31), ~bits, bits | np.uint32(0x8000_0000)).astype(np.uint64)
    keys = ascending << np.uint64(32) | np.arange(similarities.shape[1], dtype=np.uint64)
    if k is not None and k < keys.shape[1]:
        keys = np.partition(keys, k, axis=1)[:, :k]
    keys.sort(axis=1)
    return (keys & _LOW_HALF).astype(np.int64)


def unit(embeddings: Embeddings) -> Embeddings:
    """The same directions, each of length 1; nothing becomes of a vector of length 0."""
    lengths = np.linalg.norm(embeddings, axis=1, keepdims=True)
    vectors: Embeddings = (embeddings / np.maximum(lengths, np.finfo(np.float32).tiny)).astype(np.float32)
    return vectors


def _nearest_of(vectors: Embeddings, queries: Places, k: int) -> Places:
    alike = vectors[queries] @ vectors.T
    alike[np.arange(len(queries)), queries] = -np.inf
    return nearest_first(alike, k)


def _blocks(queries: Places, gallery: int) -> Iterator[Places]:
    size = max(1, _AT_ONCE // max(1, gallery))
    return (queries[start : start + size] for start in range(0, len(queries), size))
