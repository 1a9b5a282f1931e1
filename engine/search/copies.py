"""The same picture again: perceptual hashes find it re-encoded, resized, mirrored or turned."""

import numpy as np
from numpy.typing import NDArray

MOST_DIFFERENT_BITS = 10
"""Of 64: Zauner ("Implementation and benchmarking of perceptual image hash functions", 2010) separates different
pictures from copies between 0.15 and 0.2 of the bits; 10 of 64 is 0.156."""


def copies_among(hashes: tuple[int, ...], stored: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Positions of the stored perceptual hashes [n] that are close to one of these, a picture's eight symmetries."""
    if len(stored) == 0:
        return np.empty(0, dtype=np.intp)
    different = np.full(len(stored), 64, dtype=np.uint8)
    for one in hashes:
        np.minimum(different, np.bitwise_count(stored ^ np.uint64(one)), out=different)
    return np.flatnonzero(different <= MOST_DIFFERENT_BITS)
