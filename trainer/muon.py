"""Muon for the weight matrices of a network, AdamW for everything else.

Jordan et al., "Muon: An optimizer for hidden layers in neural networks", 2024, https://kellerjordan.github.io/posts/muon.
torch.optim.Muon takes matrices only; most weights of a convolutional network are matrices in four dimensions.
"""

from collections.abc import Callable, Iterable
from typing import Any, overload

import torch
from torch import Tensor

MOMENTUM = 0.95
_POLYNOMIAL = (3.4445, -4.7750, 2.0315)
"""Coefficients of the odd quintic that draws singular values towards one fastest, from Jordan et al."""
_ITERATIONS = 5
_TINY = 1e-7


class Muon(torch.optim.AdamW):
    """Steps along orthogonalised momentum in groups that say `"orthogonal": True`, AdamW's in all others.

    Every direction of a matrix is learned at the same pace, however small its gradient is beside the largest.

    Args:
        groups: of parameters; those of orthogonal groups have two dimensions or more, the first of them the outputs'.
        learning_rate: where a group has none of its own. An orthogonal step's singular values are about that large,
            times the root of outputs per input where there are more outputs.
        weight_decay: where a group has none of its own.
    """

    def __init__(self, groups: Iterable[dict[str, Any]], learning_rate: float, weight_decay: float) -> None:
        super().__init__(
            [{"orthogonal": False, **group} for group in groups], lr=learning_rate, weight_decay=weight_decay
        )

    @overload
    def step(self, closure: None = None) -> None: ...

    @overload
    def step(self, closure: Callable[[], float]) -> float: ...

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> float | None:
        """Take a step; gradients of orthogonal groups are used up by it."""
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            if group["orthogonal"]:
                for parameter in group["params"]:
                    self._turn(parameter, group["lr"], group["weight_decay"])
        super().step()  # passes over parameters that have no gradient
        return loss

    def _turn(self, parameter: Tensor, rate: float, decay: float) -> None:
        if parameter.grad is None:
            return
        state = self.state[parameter]
        if not state:  # AdamW loads none without a step
            state.update(momentum=torch.zeros_like(parameter), step=torch.tensor(0.0))
        momentum = state["momentum"]
        momentum.lerp_(parameter.grad, 1 - MOMENTUM)
        ahead = parameter.grad.lerp(momentum, MOMENTUM).flatten(1)  # Nesterov's
        parameter.mul_(1 - rate * decay)
        widening = max(1.0, ahead.shape[0] / ahead.shape[1]) ** 0.5
        parameter.add_(orthogonalised(ahead).view_as(parameter), alpha=-rate * widening)
        parameter.grad = None


def orthogonalised(matrix: Tensor) -> Tensor:
    """Nearly the nearest matrix of orthonormal rows or columns: all singular values between about 0.7 and 1.2.

    Newton and Schulz's iteration with the polynomial of Jordan et al.; small singular values take longer than there is.
    """
    a, b, c = _POLYNOMIAL
    tall = matrix.shape[0] > matrix.shape[1]
    turned: Tensor = matrix.T if tall else matrix
    turned = turned / (turned.norm() + _TINY)
    for _ in range(_ITERATIONS):
        products = turned @ turned.T
        turned = a * turned + (b * products + c * products @ products) @ turned
    return turned.T if tall else turned
