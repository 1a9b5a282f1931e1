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
        posterior: the layer gives class scores. What is learned are their probabilities, whose dot product is the
            probability that two photos are of the same class: the expected likelihood kernel of Jebara, Kondor and
            Howard, "Probability product kernels" (JMLR 2004). They are the shorter the less sure they are, so that
            photos of no known class are left where they were; else the layer's own direction.
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
        return len(self.weight) + (kept if self.share < 1 else 0)

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
        return softmax(scores, axis=1) if self.posterior else unit(scores)
