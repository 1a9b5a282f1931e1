"""Photos that show nearly the same picture: they stay together when photos are divided, and must not disagree."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

CLOSE_BITS = 6
"""Of the 64 bits of a perceptual hash, how many may differ."""
CLOSE_COSINE = 0.97
_AT_ONCE = 4_000_000
"""Pairs that are compared at once; bounds the memory, changes no result."""


def near_duplicate_groups(
    contents: Sequence[bytes],
    hashes: NDArray[np.uint64],
    embeddings: NDArray[np.float32],
    apart: Iterable[tuple[bytes, bytes]] = (),
) -> NDArray[np.int64]:
    """A number for every photo, the same for photos of the same content, of close perceptual hashes or embeddings.

    Args:
        contents: content hashes.
        hashes: perceptual hashes, [photos].
        embeddings: of length 1, [photos, dim].
        apart: contents of which a person said that they are no copies of each other; others may still link them.
    """
    count = len(contents)
    _, same = np.unique(np.array(contents, dtype=object), return_inverse=True)
    pairs = [np.stack([np.arange(count), _first_of(same)])]
    for rows in _blocks(count):
        differ = np.bitwise_count(hashes[rows, None] ^ hashes[None, :])
        close = (differ <= CLOSE_BITS) | (embeddings[rows] @ embeddings.T >= CLOSE_COSINE)
        found = np.stack(close.nonzero())
        found[0] += rows.start
        pairs.append(found)
    links = np.concatenate(pairs, axis=1)
    left, right = links[:, ~np.isin(count * same[links[0]] + same[links[1]], _numbered(contents, same, apart))]
    linked = coo_array((np.ones(len(left), dtype=bool), (left, right)), shape=(count, count))
    groups: NDArray[np.int64] = connected_components(linked, directed=False)[1].astype(np.int64)
    return groups


def _numbered(contents: Sequence[bytes], same: NDArray[np.int64], pairs: Iterable[tuple[bytes, bytes]]) -> list[int]:
    """Pairs of contents in both orders, each as one number: the first one's times all photos, plus the second one's."""
    numbers = dict(zip(contents, same.tolist(), strict=True))
    known = [(numbers[one], numbers[other]) for one, other in pairs if one != other and {one, other} <= numbers.keys()]
    return [len(contents) * one + other for pair in known for one, other in (pair, pair[::-1])]


def _first_of(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each number stands first."""
    _, first, inverse = np.unique(numbers, return_index=True, return_inverse=True)
    places: NDArray[np.int64] = first[inverse]
    return places


def _blocks(count: int) -> Iterator[slice]:
    size = max(1, _AT_ONCE // max(1, count))
    return (slice(start, min(start + size, count)) for start in range(0, count, size))
