"""Photos that show nearly the same picture: they stay together when photos are divided, and must not disagree."""

from collections.abc import Iterator, Sequence

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
    contents: Sequence[bytes], hashes: NDArray[np.uint64], embeddings: NDArray[np.float32]
) -> NDArray[np.int64]:
    """A number for every photo, the same for photos of the same content, of close perceptual hashes or embeddings.

    Args:
        contents: content hashes.
        hashes: perceptual hashes, [photos].
        embeddings: of length 1, [photos, dim].
    """
    count = len(contents)
    _, same = np.unique(np.array(contents, dtype=object), return_inverse=True)
    pairs = [np.stack([np.arange(count), _first_of(same)])]
    for rows in _blocks(count):
        apart = np.bitwise_count(hashes[rows, None] ^ hashes[None, :])
        close = (apart <= CLOSE_BITS) | (embeddings[rows] @ embeddings.T >= CLOSE_COSINE)
        found = np.stack(close.nonzero())
        found[0] += rows.start
        pairs.append(found)
    left, right = np.concatenate(pairs, axis=1)
    links = coo_array((np.ones(len(left), dtype=bool), (left, right)), shape=(count, count))
    groups: NDArray[np.int64] = connected_components(links, directed=False)[1].astype(np.int64)
    return groups


def _first_of(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each number stands first."""
    _, first, inverse = np.unique(numbers, return_index=True, return_inverse=True)
    places: NDArray[np.int64] = first[inverse]
    return places


def _blocks(count: int) -> Iterator[slice]:
    size = max(1, _AT_ONCE // max(1, count))
    return (slice(start, min(start + size, count)) for start in range(0, count, size))
