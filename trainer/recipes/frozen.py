"""The recipe without labels: a model's embeddings, whitened to what varies among the photos at hand.

PCA whitening with shrinkage: directions in which the photos hardly differ are not blown up to noise.
"""

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.ranking import unit
from trainer.heads import Head

RECIPE = "frozen"
SHRINKAGE = 0.1
"""Of the mean variance, added to each where photos are few."""
_PLENTY = 10
"""So many photos per dimension need no shrinkage."""
_PHOTOS_PER_DIMENSION = 4
_LARGEST = 256


def whiten(embeddings: NDArray[np.float32], power: float = 0.5) -> Head:
    """A head that whitens: y = (Λ + εI)^-power Eᵀ (x - mean), as many dimensions as the photos can tell apart.

    Args:
        embeddings: of length 1, [photos, dim].
        power: 0.5 whitens wholly; less does it in part.
    """
    count, dim = embeddings.shape
    mean = embeddings.mean(axis=0)
    variances, axes = np.linalg.eigh(np.cov(embeddings - mean, rowvar=False, dtype=np.float64).reshape(dim, dim))
    kept = max(1, min(_LARGEST, count // _PHOTOS_PER_DIMENSION, dim))
    variances, axes = np.maximum(variances[::-1][:kept], 0), axes[:, ::-1][:, :kept]
    more = SHRINKAGE * variances.mean() if count < _PLENTY * dim else 0.0
    weight = (axes / (variances + more + np.finfo(np.float32).tiny) ** power).T
    weight = weight / np.linalg.norm(weight, axis=1).max()  # the length does not matter, and this one fits any number
    return Head(weight.astype(np.float32), (-weight @ mean).astype(np.float32), posterior=False, share=1.0)


def learn(views: NDArray[np.float32], _classes: NDArray[np.int64], _groups: NDArray[np.int64], _seed: int) -> Head:
    """See `trainer.recipes.on_views.LearnHead`: whitens the whole pictures, whatever is on them."""
    return whiten(unit(views[:, 0]))
