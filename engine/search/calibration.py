"""Scores that mean something: how a distance compares with the distances of random pairs of this library.

Raw cosine distances say little: for one model 0.3 is the same scene, for another it is chance. The background
distribution of a model on a library makes them comparable: a score of 0.99 means that 99 % of random pairs of this
library are farther apart.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SAMPLE_PHOTOS = 2_000
"""Photos whose pairs are the background: two million pairs, so that one pair in a million can be told apart."""
FEWEST_PHOTOS = 16
"""Fewer photos have too few pairs to call anything rare."""
STALE_SHARE = 0.2
"""The background is measured again when the library has grown or shrunk by this much."""
NOISE_SCORE = 0.95
"""One random pair in twenty is this close: below, a match is chance."""
_TAIL = np.logspace(-6.5, -1, 111)
_BODY = np.linspace(0.1, 1, 91)[1:]
SHARES = np.concatenate([[0.0], _TAIL, _BODY])
"""The shares of pairs whose distances are kept: fine near zero, where matches are."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Turns cosine distances into scores.

    Attributes:
        quantiles: distances below which the shares `SHARES` of random pairs lie; rising.
    """

    quantiles: NDArray[np.float32]

    @classmethod
    def measure(cls, vectors: NDArray[np.float32]) -> "Calibration":
        """From unit vectors [n, dim] of photos chosen at random. Few photos are helped out with random directions."""
        if len(vectors) < FEWEST_PHOTOS:
            dim = vectors.shape[1] if vectors.ndim == 2 else 2
            return cls.of_random_directions(dim)
        similarities = vectors @ vectors.T
        pairs = np.concatenate([similarities[row, row + 1 :] for row in range(len(vectors))])
        distances = np.maximum(1 - pairs, 0)
        quantiles = np.quantile(distances, SHARES, method="linear")
        # Identical pairs are found at distance 0 whatever the library holds; nothing scores better than those.
        quantiles[0] = 0
        return cls(np.maximum.accumulate(quantiles).astype(np.float32))

    @classmethod
    def of_random_directions(cls, dim: int) -> "Calibration":
        """The background when there are no photos to measure: angles between random vectors.

        The cosine of two random directions in d dimensions has mean 0 and variance 1 / d; real embeddings crowd
        together more than that, which a standard deviation three times as wide allows for.
        """
        spread = np.random.default_rng(0).normal(1, 3 / np.sqrt(dim), 200_000)
        quantiles = np.quantile(np.clip(spread, 0, 2), SHARES)
        quantiles[0] = 0
        return cls(np.maximum.accumulate(quantiles).astype(np.float32))

    def scores(self, distances: NDArray[np.float32]) -> NDArray[np.float64]:
        """For cosine distances [n] the shares of random pairs that are farther apart, 0..1."""
        levels, first = np.unique(self.quantiles, return_index=True)
        # Where several shares have the same distance, the largest of them counts: it is not rare to be that close.
        last = np.append(first[1:], len(self.quantiles)) - 1
        shares = SHARES[last]
        shares[0] = 0.0 if levels[0] == 0 else shares[0]
        scores: NDArray[np.float64] = np.clip(1 - np.interp(distances, levels, shares), 0, 1)
        return scores

    def distance_of(self, score: float) -> float:
        """The cosine distance that has this score: the way back."""
        return float(np.interp(1 - score, SHARES, self.quantiles))


def is_stale(photos_then: int, photos_now: int) -> bool:
    """Whether a background measured on so many photos should be measured again."""
    return abs(photos_now - photos_then) > STALE_SHARE * max(photos_then, FEWEST_PHOTOS)
