"""What a query's pictures add up to: one vector."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.errors import BadRequestError

BETA = 0.75
GAMMA = 0.15
"""Rocchio's weights of liked and disliked examples (Manning, Raghavan and Schuetze, "Introduction to Information
Retrieval", 2008, section 9.1.1)."""


def combined(vectors: Sequence[NDArray[np.float32]], weights: Sequence[float]) -> NDArray[np.float32]:
    """The direction to search in: the weighted mean of what is liked, less a part of the mean of what is not.

    J. J. Rocchio, "Relevance feedback in information retrieval", 1971, without an original query vector.

    Args:
        vectors: unit vectors [dim].
        weights: positive for "like this", negative for "less like this"; their sizes say how much.

    Returns:
        A unit vector [dim].

    Raises:
        BadRequestError: the pictures cancel each other out.
    """
    stacked, factors = np.stack(vectors), np.array(weights, dtype=np.float32)
    liked, disliked = np.maximum(factors, 0), np.maximum(-factors, 0)
    direction = BETA * (liked @ stacked) / liked.sum()
    if disliked.any():
        direction = direction - GAMMA * (disliked @ stacked) / np.count_nonzero(disliked)
    length = float(np.linalg.norm(direction))
    if length < 1e-6:
        raise BadRequestError("These pictures cancel each other out.", "Take away one that you like less of.")
    unit: NDArray[np.float32] = (direction / length).astype(np.float32)
    return unit
