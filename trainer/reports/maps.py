"""A map of photos: what a model finds alike lies close together."""

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.ranking import unit
from trainer.judging import KeptBack

MOST = 5000
"""Photos on a map."""
FEWEST = 8
"""With fewer there is nothing to see."""
SEED = 0
_COMPONENTS = 50
"""Principal components that are mapped: more only add noise (van der Maaten and Hinton, 2008)."""
_NEIGHBOURS = 30
_MANY = 1000
"""Photos from which on threads are worth waiting for each other."""
_TINY = 1e-4
"""Spread of the places that t-SNE begins with."""
Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PhotoMap:
    """Where photos lie, before and after, from 0 to 1 in both directions.

    Attributes:
        places: of the photos in their list, int64 [photos].
        before: float64 [photos, 2].
        after: float64 [photos, 2].
    """

    places: NDArray[np.int64]
    before: Points
    after: Points


def photo_map(kept: KeptBack) -> PhotoMap | None:
    """Map photos by principal components, then t-SNE; the same photos always give the same map.

    The map of what was learned begins with the places of the one before, so that they can be compared.
    None if there are too few photos.
    """
    if len(kept.places) < FEWEST:
        return None
    chosen = np.sort(np.random.default_rng(SEED).permutation(len(kept.places))[:MOST])
    before = _mapped(kept.before[chosen], None)
    return PhotoMap(kept.places[chosen], _framed(before), _framed(_mapped(kept.after[chosen], before)))


def _mapped(embeddings: NDArray[np.float32], begin: Points | None) -> Points:
    from openTSNE import TSNE  # loads compiled code that no other part of a training needs

    components = _principal(unit(embeddings).astype(np.float64))
    begin = components[:, :2] if begin is None else begin
    spread = begin.std(axis=0).max()
    chance = np.random.default_rng(SEED).normal(scale=_TINY / 10, size=begin.shape)  # equal photos must come apart
    start = (begin - begin.mean(axis=0)) / (spread or 1.0) * _TINY + chance
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a perplexity that it lowers by itself
        found = TSNE(
            perplexity=min(_NEIGHBOURS, len(components) / 4),
            initialization=start,
            neighbors="exact",
            n_jobs=1 if len(components) < _MANY else -1,
            random_state=SEED,
        ).fit(components)
    mapped: Points = np.asarray(found, dtype=np.float64)
    return mapped


def _principal(vectors: Points) -> Points:
    """The first principal components, each with the sign that makes its largest value positive; at least two."""
    centred = vectors - vectors.mean(axis=0)
    left, sizes, _ = np.linalg.svd(centred, full_matrices=False)
    components = (left * sizes)[:, :_COMPONENTS]
    largest = np.take_along_axis(components, np.abs(components).argmax(axis=0)[None], axis=0)
    components = components * np.where(largest < 0, -1, 1)
    missing = max(0, 2 - components.shape[1])
    padded: Points = np.pad(components, ((0, 0), (0, missing)))
    return padded


def _framed(points: Points) -> Points:
    """The same picture between 0 and 1, with its proportions."""
    low, high = points.min(axis=0), points.max(axis=0)
    side = (high - low).max() or 1.0
    framed: Points = (points - (low + high) / 2) / side + 0.5
    return framed
