"""Makes long trainings faster where the machine can."""

from collections.abc import Callable

import torch
from torch import Tensor, nn

LONG = 500
"""Steps from which compiling, which takes a minute, pays."""


def accelerated(network: nn.Module, steps: int) -> Callable[[Tensor], tuple[Tensor, Tensor]]:
    """The network compiled, twice as fast on a CPU; as it is if that does not pay or the machine has no compiler.

    Args:
        network: what is going to be trained.
        steps: that lie ahead.
    """
    if steps < LONG or not _compiler_works():
        return network
    compiled: Callable[[Tensor], tuple[Tensor, Tensor]] = torch.compile(network, dynamic=False)
    return compiled


def _compiler_works() -> bool:
    try:
        return bool(torch.compile(torch.square)(torch.ones(2)).sum() == 2)
    except Exception:  # noqa: BLE001 - whatever a missing or odd compiler leads to: slower is not an error
        return False
