"""The part of a network that learns, and what judges it while it does."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from trainer.backbones.embedding import EmbeddingNet
from trainer.fine_tuning.settings import NetworkSettings
from trainer.fine_tuning.shown import Shown, in_chunks
from trainer.losses.base import Loss
from trainer.training import State, parameter_groups


class Learner(nn.Module):
    """A network and a loss.

    Args:
        network: what learns.
        first: the first of its blocks that does; what is shown is what those before it give.
        loss: may learn too.
        knows: the network has learned before: its batch norms stay as they are.
    """

    def __init__(self, network: EmbeddingNet, first: int, loss: Loss, *, knows: bool) -> None:
        super().__init__()
        self.network, self.loss = network, loss
        self._first, self._knows = first, knows
        network.features[:first].requires_grad_(False)
        if knows:
            for norm in _batch_norms(network):
                norm.requires_grad_(False)

    def train(self, mode: bool = True) -> "Learner":
        """Training mode, except for what stays as it is."""
        super().train(mode)
        self.network.features[: self._first].eval()
        if self._knows:
            for norm in _batch_norms(self.network):
                norm.eval()
        return self

    def forward(self, shown: Tensor) -> Tensor:
        """Embeddings [N, dim] of length 1 of what is shown."""
        network = self.network
        maps = shown if self._first else network.normalised(shown)
        pooled = network.pool(network.features[self._first :](maps))
        return functional.normalize(network.head(functional.normalize(pooled, dim=1)), dim=1)

    def groups(self, settings: NetworkSettings) -> list[State]:
        """Parameters with their rates: the projection's is the plan's own."""
        body = settings.body_rate if self._knows else 1.0
        return [
            *parameter_groups(self.network.features, multiple=body),
            *parameter_groups(self.network.pool, multiple=body),
            *parameter_groups(self.network.head),
            *parameter_groups(self.loss, multiple=self.loss.rate),
        ]

    @torch.no_grad()
    def embed(self, shown: Shown, places: NDArray[np.int64], view: int = 0) -> NDArray[np.float32]:
        """Embeddings of one view of photos, float32 [places, dim]; in evaluation mode only."""
        parts = [self(shown.view(some, view)).float().cpu() for some in in_chunks(places)]
        embeddings: NDArray[np.float32] = torch.cat(parts).numpy()
        return embeddings


def blended(network: EmbeddingNet, start: State, share: float) -> EmbeddingNet:
    """Let a network's weights be the mean of its own and of those it started from, in place.

    Wortsman et al., "Robust fine-tuning of zero-shot models" (WiSE-FT), 2022 (arXiv:2109.01903): what it has learned
    of the subjects at hand mostly stays, and so does what it knew of all others.

    Args:
        network: as it was learned.
        start: the state it started from.
        share: of what it has learned, 0 to 1.
    """
    with torch.no_grad():
        for name, value in network.state_dict().items():
            if value.is_floating_point():
                value.copy_(torch.lerp(start[name].to(value.device), value, share))
    return network


def _batch_norms(network: nn.Module) -> list[nn.Module]:
    return [module for module in network.modules() if isinstance(module, nn.modules.batchnorm._BatchNorm)]
