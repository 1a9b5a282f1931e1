"""What all losses have in common."""

from torch import Tensor, nn


class Loss(nn.Module):
    """Judges embeddings.

    A loss may learn something itself, such as a proxy of every class: its parameters belong into the optimiser.

    Attributes:
        rate: learning rate of its own parameters, in multiples of the network's.
        collapsed: what the loss is when all embeddings are the same, if that does not depend on the batch.
        active: share of the last batch that still teaches something, for losses that know.
    """

    rate: float = 1.0
    collapsed: float | None = None
    active: Tensor | None = None

    def forward(self, embeddings: Tensor, targets: Tensor) -> Tensor:
        """A scalar; no number if any of the embeddings is none, though miners would find nothing wrong in that.

        Args:
            embeddings: [N, dim], of any precision; computed with float32.
            targets: class numbers, int64 [N], or what else the loss asks for.
        """
        embeddings = embeddings.float()
        return self.measured(embeddings, targets) + 0 * embeddings.sum()

    def measured(self, embeddings: Tensor, targets: Tensor) -> Tensor:
        """The loss of embeddings that are numbers."""
        raise NotImplementedError

    def at(self, epoch: float) -> None:
        """Tell how far the training is, before each step, in epochs from 0; some losses get stricter."""

    def ease(self) -> None:
        """Ask for less, because embeddings have collapsed; some losses can."""
