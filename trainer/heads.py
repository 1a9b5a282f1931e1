"""What is learned on top of a model that stays as it is: from its embeddings to better ones."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from engine.evaluation.ranking import unit

Embeddings = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Layer:
    """A linear map of embeddings: weight [out, dim] and bias [out], float32."""

    weight: Embeddings
    bias: Embeddings

    def __call__(self, embeddings: Embeddings) -> Embeddings:
        """Of embeddings [N, dim]: [N, out]."""
        return embeddings @ self.weight.T + self.bias


@dataclass(frozen=True, slots=True)
class Head:
    """A linear layer beside the embedding it starts from.

    The new embedding is [√(1-share)·kept, √share·learned], made of length 1: what was learned moves photos of the known
    subjects, and all others keep about their old neighbours by the other part.

    Attributes:
        weight: float32 [out, dim].
        bias: float32 [out].
        posterior: the layer gives class scores, and a last one for none of these. What is learned are the square roots
            of the classes' probabilities, whose dot product is the Bhattacharyya coefficient (1943) of two photos'
            classes, where none of these is nothing to have in common. So they are the shorter the less sure they are,
            and photos of which nothing is known keep their old neighbours. Else it is the layer's own direction.
        share: of what was learned, 0 to 1.
        turn: makes the part that is kept of the old embedding, before that gets length 1; it is kept as it is if None.
    """

    weight: Embeddings
    bias: Embeddings
    posterior: bool
    share: float
    turn: Layer | None = None

    @property
    def dim(self) -> int:
        """Values of a new embedding."""
        kept = self.weight.shape[1] if self.turn is None else len(self.turn.weight)
        learned = len(self.weight) - self.posterior
        return learned + (kept if self.share < 1 else 0)

    def __call__(self, embeddings: Embeddings) -> Embeddings:
        """New embeddings float32 [N, dim], of length 1, from old ones."""
        old = unit(embeddings)
        learned = self._learned(old)
        if self.share == 1:
            return unit(learned)
        kept = old if self.turn is None else unit(self.turn(old))
        both = [np.sqrt(1 - self.share) * kept, np.sqrt(self.share) * learned]
        return unit(np.concatenate(both, axis=1, dtype=np.float32))

    def with_share(self, share: float) -> "Head":
        """The same layer, with another share."""
        return replace(self, share=share)

    def with_turn(self, turn: Layer | None) -> "Head":
        """The same layer, with another part kept."""
        return replace(self, turn=turn)

    def _learned(self, old: Embeddings) -> Embeddings:
        scores = Layer(self.weight, self.bias)(old)
        if not self.posterior:
            return unit(scores)
        learned: Embeddings = np.sqrt(softmax(scores, axis=1)[:, :-1])
        return learned
