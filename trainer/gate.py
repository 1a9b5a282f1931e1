"""The parity gate: nothing is published unless ONNX Runtime computes what torch computes."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelError
from engine.evaluation.ranking import nearest

Pixels = NDArray[np.uint8]
Embeddings = NDArray[np.float32]
Embed = Callable[[Pixels], Embeddings]

BATCHES = (1, 3, 8)
LARGEST_DELTA = 1e-4
LOWEST_COSINE = 0.99999
NEIGHBOURS = 10
TIE = 1e-5
"""Neighbours whose similarities differ by less may change places."""


@dataclass(frozen=True, slots=True)
class Parity:
    """How far two runtimes are apart at worst."""

    largest_delta: float
    lowest_cosine: float


def check_parity(trained: Embed, exported: Embed, pixels: Pixels) -> Parity:
    """Compare a trained network with its export on pictures, in batches of several sizes.

    Raises:
        ModelError: they differ in values, directions or neighbours.
    """
    wanted = trained(pixels)
    for batch in BATCHES:
        parity = _compared(wanted, _in_batches(exported, pixels, batch))
        if not (parity.largest_delta <= LARGEST_DELTA and parity.lowest_cosine >= LOWEST_COSINE):
            raise ModelError(
                f"The exported model differs from the trained one (by {parity.largest_delta:.2g}, cosine "
                f"{parity.lowest_cosine:.6f}, batches of {batch}), so it was not published.",
                "Export it with another version of PyTorch.",
            )
    _check_neighbours(wanted, _in_batches(exported, pixels, BATCHES[-1]))
    return parity


def _compared(wanted: Embeddings, given: Embeddings) -> Parity:
    return Parity(float(np.abs(wanted - given).max()), float((wanted * given).sum(axis=1).min()))


def _check_neighbours(wanted: Embeddings, given: Embeddings) -> None:
    """Both rank the pictures alike: at every place stands a picture as similar as the trained network's choice."""
    k = min(NEIGHBOURS, len(wanted) - 1)
    similarities = wanted @ wanted.T
    ours, theirs = (np.take_along_axis(similarities, nearest(vectors, k), axis=1) for vectors in (wanted, given))
    if k and np.abs(ours - theirs).max() > TIE:
        raise ModelError(
            "The exported model finds other neighbours than the trained one, so it was not published.",
            "Export it with another version of PyTorch.",
        )


def _in_batches(embed: Embed, pixels: Pixels, size: int) -> Embeddings:
    return np.concatenate([embed(pixels[start : start + size]) for start in range(0, len(pixels), size)])
