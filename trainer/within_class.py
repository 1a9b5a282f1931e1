"""Within-class covariance normalisation: what varies among photos of one class counts less.

Hatch, Kajarekar and Stolcke, "Within-class covariance normalization for SVM-based speaker recognition", Interspeech
2006. What tells photos of one subject apart (light, ground, how they were cropped) is much the same for subjects that
were not learned, so they gain by it too.
"""

import numpy as np
from numpy.typing import NDArray

from trainer.heads import Layer

SHRINKAGE = 0.7
"""Towards the same variance in all directions; there are few photos for so many directions. 0.6 and 0.8 do as well."""


def normalise_within_classes(embeddings: NDArray[np.float32], classes: NDArray[np.int64]) -> Layer:
    """The map x ↦ W(x - mean) with W = ((1-s)·C + s·tr(C)/dim·I)^-½ of the covariance C within classes.

    Args:
        embeddings: of length 1, [pictures, dim].
        classes: [pictures].
    """
    dim = embeddings.shape[1]
    mean = embeddings.mean(axis=0, dtype=np.float64)
    _, numbers = np.unique(classes, return_inverse=True)
    sums = np.zeros((numbers.max() + 1, dim))
    np.add.at(sums, numbers, embeddings)
    within = embeddings - (sums / np.bincount(numbers)[:, None])[numbers]
    covariance = within.T @ within / len(within)
    even = np.trace(covariance) / dim
    variances, axes = np.linalg.eigh((1 - SHRINKAGE) * covariance + SHRINKAGE * even * np.eye(dim))
    scales = np.sqrt(even / variances) if even > 0 else np.ones(dim)  # the length does not matter
    turn = (axes * scales) @ axes.T
    return Layer(turn.astype(np.float32), (-turn @ mean).astype(np.float32))
