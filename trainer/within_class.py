"""What varies among photos of one class: how to let it count less, and how to tell classes apart in spite of it.

What tells photos of one subject apart (light, ground, how they were cropped) is much the same for subjects that were
not learned, so they gain by it too.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer.heads import Layer

SHRINKAGE = 0.7
"""Towards the same variance in all directions; there are few photos for so many directions. 0.6 and 0.8 do as well."""
_NOISE = float(np.finfo(np.float32).eps) ** 2
"""Variance of an embedding's values that is only rounding: where no more varies, all directions are as good."""
Embeddings = NDArray[np.float32]
Numbers = NDArray[np.int64]
Values = NDArray[np.float64]


class _Spread(NamedTuple):
    """Photos of some classes: the mean of all [dim], of each class [classes, dim], and the covariance within classes.

    The covariance is ((1-s)·C + s·tr(C)/dim·I) of what was seen, in its axes (columns) and the variances along them.
    """

    mean: Values
    means: Values
    variances: Values
    axes: Values


def normalise_within_classes(embeddings: Embeddings, classes: Numbers) -> Layer:
    """The map x ↦ W(x - mean) with W the covariance within classes, shrunk, to the power -½.

    Hatch, Kajarekar and Stolcke, "Within-class covariance normalization for SVM-based speaker recognition",
    Interspeech 2006.

    Args:
        embeddings: of length 1, [pictures, dim].
        classes: [pictures].
    """
    spread = _spread(embeddings, classes)
    turn = (spread.axes / np.sqrt(spread.variances / spread.variances.mean())) @ spread.axes.T  # of about the old size
    return Layer(turn.astype(np.float32), (-turn @ spread.mean).astype(np.float32))


def discriminate_classes(embeddings: Embeddings, classes: Numbers, temperature: float) -> Layer:
    """Scores whose softmax are the classes' probabilities, where each is a Gaussian and all have the shrunk covariance.

    Regularised discriminant analysis (Friedman 1989): W = MC⁻¹/T and b = -diag(MC⁻¹Mᵀ)/2T of the classes' means M; all
    are as likely before.

    Args:
        embeddings: of length 1, [pictures, dim].
        classes: [pictures]; the layer's rows are in their order.
        temperature: T. The few photos a covariance is made of are surer than they may be.
    """
    spread = _spread(embeddings, classes)
    weight = (spread.means @ spread.axes / spread.variances) @ spread.axes.T / temperature
    bias = -(weight * spread.means).sum(axis=1) / 2
    return Layer(weight.astype(np.float32), bias.astype(np.float32))


def _spread(embeddings: Embeddings, classes: Numbers) -> _Spread:
    _, numbers, sizes = np.unique(classes, return_inverse=True, return_counts=True)
    dim = embeddings.shape[1]
    sums = np.zeros((len(sizes), dim))
    np.add.at(sums, numbers, embeddings)
    means = sums / sizes[:, None]
    within = embeddings - means[numbers]
    covariance = within.T @ within / len(within)
    even = max(np.trace(covariance) / dim, _NOISE)
    variances, axes = np.linalg.eigh((1 - SHRINKAGE) * covariance + SHRINKAGE * even * np.eye(dim))
    return _Spread(embeddings.mean(axis=0, dtype=np.float64), means, variances, axes)
