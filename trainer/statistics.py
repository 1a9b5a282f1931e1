"""Batch norm statistics that fit the weights they are used with."""

from collections.abc import Iterable

import torch
from torch import Tensor, nn

_STEPS = 100
"""So many batches say enough."""


@torch.no_grad()
def refresh_statistics(network: nn.Module, batches: Iterable[Tensor]) -> None:
    """Measure the batch norms' means and variances anew, and leave the network in evaluation mode.

    What they gathered while the weights were learned lags behind, the more so the shorter the training was. Norms that
    the network's own training mode leaves in evaluation mode keep theirs: what follows has learned with those.
    """
    network.train()
    norms = [one for one in network.modules() if isinstance(one, nn.BatchNorm2d) and one.training]
    momenta = [norm.momentum for norm in norms]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None  # the plain mean of all batches
    for pictures in batches:
        network(pictures)
    for norm, momentum in zip(norms, momenta, strict=True):
        norm.momentum = momentum
    network.eval()


def last_steps(steps: int) -> range:
    """The steps of a training whose batches its statistics are measured from."""
    return range(max(0, steps - _STEPS), steps)
