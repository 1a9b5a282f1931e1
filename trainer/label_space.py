"""What photos with several labels have in common: latent semantic analysis of their labels' confidences.

Two photos are alike if their labels are, and labels are if they come together: "rose" and "tulip" need not be on the
same photo for that. Photos that come later are placed with what was learned from the first ones.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from engine.evaluation.degrees import FEWEST_PHOTOS, LARGEST_SHARE, label_weights

DIMENSIONS = 100
_TINY = 1e-9
_ROUNDING = 1e-6

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LabelSpace:
    """Places photos by their labels.

    Attributes:
        labels: columns that count, int64 [kept].
        weights: of those labels, rarer ones more, float32 [kept].
        axes: orthonormal columns, float32 [kept, dim].
    """

    labels: NDArray[np.int64]
    weights: Vectors
    axes: Vectors

    def project(self, confidences: Any) -> Vectors:
        """Unit vectors, float32 [photos, dim], of confidences in 0..1, dense or sparse [photos, labels].

        A photo without any label that counts is zero, and like no other.
        """
        return _unit(_weighted(confidences, self.labels, self.weights) @ self.axes)


def fit_label_space(
    confidences: Any,
    dim: int = DIMENSIONS,
    *,
    fewest: int = FEWEST_PHOTOS,
    largest_share: float = LARGEST_SHARE,
    seed: int = 0,
) -> LabelSpace:
    """Learn which labels come together.

    Args:
        confidences: in 0..1, dense or sparse [photos, labels]; 0 for a label that a photo has not.
        dim: most values of a photo's vector; fewer if the labels tell no more.
        fewest: photos that a label must be on to count.
        largest_share: of the photos that it may be on.
        seed: of the decomposition.

    Raises:
        BadRequestError: no label is on some photos and not on most.
    """
    matrix = sparse.csr_array(confidences)
    all_weights = label_weights(
        np.asarray((matrix > 0).sum(axis=0)).ravel(), matrix.shape[0], fewest=fewest, largest_share=largest_share
    )
    labels = np.flatnonzero(all_weights)
    weights = all_weights[labels]
    if len(labels) == 1:  # there is nothing to take apart, which scikit-learn would complain of
        return LabelSpace(labels, weights, np.ones((1, 1), dtype=np.float32))
    from sklearn.decomposition import TruncatedSVD  # takes a second to load, which an examination does without

    weighted = _weighted(matrix, labels, weights)
    decomposition = TruncatedSVD(min(dim, *weighted.shape), random_state=seed).fit(weighted)
    telling = decomposition.singular_values_ > _ROUNDING * decomposition.singular_values_.max()
    return LabelSpace(labels, weights, decomposition.components_[telling].T.astype(np.float32))


def neighbour_targets(vectors: Vectors, k: int) -> NDArray[np.bool_]:
    """Which photos are among the `k` nearest of each, itself included, by Euclidean distance: [photos, photos]."""
    squares = (vectors**2).sum(axis=1)
    distances = squares[:, None] + squares[None] - 2 * vectors @ vectors.T
    np.fill_diagonal(distances, -1)
    nearest = np.argsort(distances, axis=1, kind="stable")[:, :k]
    targets = np.zeros(distances.shape, dtype=np.bool_)
    np.put_along_axis(targets, nearest, True, axis=1)
    return targets


def _weighted(confidences: Any, labels: NDArray[np.int64], weights: Vectors) -> Any:
    """Rows of unit length, sparse [photos, kept]."""
    chosen = sparse.csr_array(confidences).astype(np.float32)[:, labels].multiply(weights[None]).tocsr()
    lengths = np.sqrt(np.asarray(chosen.multiply(chosen).sum(axis=1)).ravel())
    return sparse.diags_array(1 / np.maximum(lengths, _TINY)) @ chosen


def _unit(vectors: NDArray[Any]) -> Vectors:
    unit: Vectors = (vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), _TINY)).astype(np.float32)
    return unit
