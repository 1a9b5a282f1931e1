"""Which pairs of photos are worth comparing: a few for each photo, never all pairs.

Memory and time grow with the number of photos: hashes are looked up in tables of their parts, embeddings in the index.
"""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from engine.jobs import Job
from engine.vectors.index import Vectors
from engine.vectors.live_index import LiveIndex

Pairs = NDArray[np.int64]
Hashes = NDArray[np.uint64]

NEIGHBOURS = 8
"""Nearest embeddings of each photo that are looked at."""
FREED_NEIGHBOURS = 3
"""Nearest to each way in which a picture may lie without its ground."""
CROPS = NEIGHBOURS + 1
"""Nearest to the middle of each photo, mostly with itself among them."""
CROP_DISTANCE = 0.28
"""Cosine distance of a crop to the middle of its original, at most; measured in docs/experiments.md, “Same picture or
not”."""
FARTHEST = 2.0
PARTS = 4
"""A hash is looked up by each of its four parts of 16 bits, of its rows and of its columns: two hashes that differ in
up to three bits share one for certain, and most of those that differ in six."""
MOST_BITS = 10
CROWD = 24
"""Photos with one part of a hash that are compared with each other: more are bare skies and blank pages, each of which
is compared with as many neighbours in the order of their whole hashes."""
FEWEST = 2

_ODD_COLUMNS = np.uint64(int("01010101" * 8, 2))
_ODD_ROWS = np.uint64(int(("0" * 8 + "1" * 8) * 4, 2))
"""Mirroring changes the sign of every other column (or row) of the frequencies, and so, nearly, these bits."""


def near_hashes(seqs: Pairs, hashes: Hashes) -> Pairs:
    """Pairs [n, 2] of photos (their `seq`) whose perceptual hashes are near each other under the eight symmetries."""
    found: Pairs = np.empty((0, 2), dtype=np.int64)
    for symmetry in range(8):
        changed = _as_turned(hashes, symmetry)
        for one, other in ((hashes, changed), (_transposed(hashes), _transposed(changed))):
            for part in range(PARTS):  # put together at once: most parts find the same pairs
                found = unique_pairs(np.concatenate([found, _near_by_part(seqs, one, other, part)]))
    return found


def near_embeddings(index: LiveIndex, seqs: Pairs, distance: float, job: Job) -> Pairs:
    """Pairs [n, 2] of photos (their `seq`), one of them among the nearest of the other, up to this cosine distance."""
    labels, vectors = index.vectors(seqs)
    if len(labels) < FEWEST:
        return np.empty((0, 2), dtype=np.int64)
    rows, distances = index.neighbours(labels, vectors, min(NEIGHBOURS, len(labels) - 1), job)
    one, place = np.nonzero((rows >= 0) & (distances <= distance))
    return unique_pairs(np.column_stack([labels[one], labels[rows[one, place]]]))


def near_freed(index: LiveIndex, freed: Iterable[tuple[int, Vectors]]) -> Pairs:
    """Pairs [n, 2] of photos that lie on a ground (their `seq`) and what they are near without it.

    Args:
        freed: embeddings [n, dim] of each of them without its ground.
    """
    return _near_each(index, freed, FREED_NEIGHBOURS, FARTHEST)


def near_parts(index: LiveIndex, parts: Iterable[tuple[int, Vectors]]) -> Pairs:
    """Pairs [n, 2] of photos (their `seq`) and what may be cut from them.

    Args:
        parts: embeddings [1, dim] of the middle of each photo.
    """
    return _near_each(index, parts, CROPS, CROP_DISTANCE)


def _near_each(index: LiveIndex, embedded: Iterable[tuple[int, Vectors]], neighbours: int, distance: float) -> Pairs:
    """Pairs of a photo and what is near one of its embeddings, up to this cosine distance."""
    found = [np.empty((0, 2), dtype=np.int64)]
    for seq, vectors in embedded:
        for vector in vectors:
            labels, distances = index.search(vector, neighbours)
            near = labels[distances <= distance]
            found.append(np.column_stack([np.full(len(near), seq), near]))
    return unique_pairs(np.concatenate(found))


def unique_pairs(pairs: Pairs) -> Pairs:
    """Each pair once, the smaller number first; none of a photo with itself."""
    ordered = np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1)
    unique: Pairs = np.unique(ordered, axis=0)
    return unique


def _near_by_part(seqs: Pairs, hashes: Hashes, changed: Hashes, part: int) -> Pairs:
    """Pairs of a hash and a changed one that share a part and are near each other as a whole."""
    shift = np.uint64(16 * part)
    keys = (np.concatenate([hashes, changed]) >> shift) & np.uint64(0xFFFF)
    values = np.concatenate([hashes, changed])
    owner = np.concatenate([np.arange(len(hashes)), np.arange(len(hashes))])
    order = np.lexsort((values, keys))
    keys, values, owner = keys[order], values[order], owner[order]
    found = [np.empty((0, 2), dtype=np.int64)]
    for one, other in _beside_each_other(len(order)):
        near = (keys[one] == keys[other]) & (np.bitwise_count(values[one] ^ values[other]) <= MOST_BITS)
        near &= owner[one] != owner[other]
        found.append(np.column_stack([seqs[owner[one][near]], seqs[owner[other][near]]]))
    return np.concatenate(found)


def _beside_each_other(count: int) -> Iterator[tuple[slice, slice]]:
    """Everything with its neighbour, with the one after that, and so on: a crowd is cut to its nearest."""
    for apart in range(1, min(CROWD, count - 1) + 1):
        yield slice(None, -apart), slice(apart, None)


def _as_turned(hashes: Hashes, symmetry: int) -> Hashes:
    """About what the hashes were if the pictures were mirrored (1), upside down (2) and turned by a quarter (4)."""
    changed = hashes
    if symmetry & 4:
        changed = _transposed(changed)
    if symmetry & 1:
        changed = changed ^ _ODD_COLUMNS
    if symmetry & 2:
        changed = changed ^ _ODD_ROWS
    return changed


def _transposed(hashes: Hashes) -> Hashes:
    """The hashes with rows and columns of their 8 x 8 bits exchanged."""
    bits = np.unpackbits(hashes.astype(">u8").view(np.uint8)).reshape(-1, 8, 8)
    exchanged: Hashes = np.packbits(bits.swapaxes(1, 2)).view(">u8").astype(np.uint64)
    return exchanged
