"""What is learned on top of a model that stays as it is: from its embeddings to better ones."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from engine.evaluation.ranking import unit

Embeddings = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Head:
    """A linear layer beside the embedding it starts from.

    The new embedding is [√(1-share)·old, √share·learned], of length 1: what was learned moves photos of the known
    subjects, and all others keep their old neighbours by the part that stays.

    Attributes:
        weight: float32 [out, dim].
        bias: float32 [out].
        posterior: the layer gives class scores. What is learned are the square roots of their probabilities, whose
            cosine is the Bhattacharyya coefficient (1943) of two photos' classes; else the layer's own direction.
        share: of what was learned in every cosine, 0 to 1.
    """

    weight: Embeddings
    bias: Embeddings
    posterior: bool
    share: float

    @property
    def dim(self) -> int:
        """Values of a new embedding."""
        return len(self.weight) + (self.weight.shape[1] if self.share < 1 else 0)

    def __call__(self, embeddings: Embeddings) -> Embeddings:
        """New embeddings float32 [N, dim], of length 1, from old ones."""
        old = unit(embeddings)
        learned = self._learned(old)
        if self.share == 1:
            return learned
        return np.concatenate([np.sqrt(1 - self.share) * old, np.sqrt(self.share) * learned], axis=1, dtype=np.float32)

    def with_share(self, share: float) -> "Head":
        """The same layer, with another share."""
        return Head(self.weight, self.bias, self.posterior, share)

    def _learned(self, old: Embeddings) -> Embeddings:
        scores = old @ self.weight.T + self.bias
        if not self.posterior:
            return unit(scores)
        learned: Embeddings = np.sqrt(softmax(scores, axis=1)).astype(np.float32)
        return learned
