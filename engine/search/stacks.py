"""Near-identical matches: the shots of one burst, the copies of one picture.

A stack is its best shot and every other match that is near-identical to *it*. Nothing is chained: two photos never
share a stack because a third one lies between them, as when a camera pans.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.records import Match, Photo
from engine.search.copies import MOST_DIFFERENT_BITS

BURST_SECONDS = 10
"""Shots of a burst are at most this far from its best one. Cameras write whole seconds."""
BURST_BITS = 16
"""Of 64: between two moments things move, which changes more bits than encoding a picture again does. Hashes of
different pictures differ in 31 bits on average, and in 16 or less for 4 of 10,000 pairs of unrelated photos."""
NEAR_IDENTICAL_SCORE = 0.999
"""Two photos are near-identical to the model if only one random pair in a thousand is nearer."""
MOST_MATCHES = 2_000
"""So many matches, from the best, are worth comparing with each other: it takes a tenth of a second."""


def stacks_among(
    matches: Sequence[Match], vectors: NDArray[np.float32], near_distance: float
) -> tuple[tuple[str, ...], ...]:
    """The stacks of two photos and more, as photo ids, each with its best shot first.

    Args:
        vectors: unit embeddings of the matches [n, dim]; a row of NaN where there is none.
        near_distance: cosine distance below which two photos are near-identical to the model.
    """
    shots = _Shots([match.photo for match in matches], vectors, near_distance)
    stacks: list[list[int]] = []
    free = np.ones(len(shots.photos), dtype=bool)
    order = shots.best_first()
    for best in order:
        if not free[best]:
            continue
        members = shots.like(best) & free
        members[best] = True
        free &= ~members
        if np.count_nonzero(members) > 1:
            stacks.append([best, *(row for row in order if members[row] and row != best)])
    return tuple(tuple(matches[row].photo.id for row in stack) for stack in stacks)


class _Shots:
    """Photos with what it takes to compare one of them with all others."""

    def __init__(self, photos: Sequence[Photo], vectors: NDArray[np.float32], near_distance: float) -> None:
        self.photos = photos
        self._vectors = vectors
        self._near_distance = near_distance
        self._hashed = np.array([photo.perceptual_hash is not None for photo in photos], dtype=bool)
        self._hashes = np.array([photo.perceptual_hash or 0 for photo in photos], dtype=np.uint64)
        self._taken = np.array([photo.taken or "NaT" for photo in photos], dtype="datetime64[s]")
        # A burst is one camera's.
        _, self._cameras = np.unique([photo.camera for photo in photos], return_inverse=True)
        contents: dict[bytes, int] = {}
        self._contents = np.array([contents.setdefault(photo.content_hash, len(contents)) for photo in photos])
        self._unread = contents.get(b"", -1)

    def best_first(self) -> list[int]:
        """By sharpness among photos of about the same size, as the shots of a burst are; a large photo before its
        small copies; by pixels where the sharpness is not known.
        """
        return sorted(range(len(self.photos)), key=lambda row: (_badness(self.photos[row]), row))

    def like(self, row: int) -> NDArray[np.bool_]:
        """Which photos are near-identical to this one."""
        photo = self.photos[row]
        same: NDArray[np.bool_] = (self._contents == self._contents[row]) & (self._contents != self._unread)
        bits = np.bitwise_count(self._hashes ^ self._hashes[row])
        bits[~(self._hashed & self._hashed[row])] = 64
        copies = bits <= MOST_DIFFERENT_BITS
        burst = np.zeros_like(same)
        if photo.taken is not None:
            # NaT is never near anything.
            apart = np.abs(self._taken - self._taken[row])
            burst = (apart <= np.timedelta64(BURST_SECONDS, "s")) & (self._cameras == self._cameras[row])
        # The hash alone is not enough for copies: bare skies have the same. Within seconds either will do.
        asked = np.flatnonzero((copies | burst) & ~same)
        if len(asked):
            near = 1 - self._vectors[asked] @ self._vectors[row] <= self._near_distance
            same[asked] = np.where(burst[asked], near | (bits[asked] <= BURST_BITS), near)
        return same


def _badness(photo: Photo) -> tuple[float, float, float]:
    pixels = photo.width * photo.height
    sharpness = -1.0 if photo.sharpness is None else photo.sharpness
    return -round(math.log2(max(pixels, 1))), -sharpness, -pixels
