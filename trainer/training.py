"""The training loop: optimiser, schedule, running average, checkpoints. It knows no data and no loss."""

import copy
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import torch
from torch import Tensor, nn

from engine.errors import EngineError
from engine.jobs import Cancelled, Job
from trainer.checkpoints import Checkpoints
from trainer.pace import Pace
from trainer.schedules import average_decay, learning_rate_factor

Network = TypeVar("Network", bound=nn.Module)


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """How long and how fast to learn.

    Attributes:
        steps: optimiser steps in all.
        learning_rate: at its highest.
        weight_decay: of AdamW, on matrices only; biases and batch norms are left alone.
        warm_up: share of the steps in which the learning rate rises.
        average_decay: of the running average of the weights, which is what a training yields.
        clip: largest norm of a gradient.
        scale_rate: learning rate of biases and batch norms, in multiples of the others'.
        checkpoint_seconds: time between checkpoints.
    """

    steps: int
    learning_rate: float = 3e-3
    weight_decay: float = 0.02
    warm_up: float = 0.05
    average_decay: float = 0.999
    clip: float = 1.0
    scale_rate: float = 1.0
    checkpoint_seconds: float = 180.0


class Training(Generic[Network]):
    """Trains a network; continues from the newest checkpoint.

    Args:
        network: what learns; it is trained in place.
        plan: how.
        checkpoints: where to keep states, and to continue from.
        device: where the network lives.
        stage: what to call this in the progress.
    """

    def __init__(
        self,
        network: Network,
        plan: TrainingPlan,
        checkpoints: Checkpoints,
        device: torch.device,
        stage: str = "training",
    ) -> None:
        self._network = network.to(device).to(memory_format=torch.channels_last).train()
        self._average = copy.deepcopy(self._network).eval()
        self._plan, self._checkpoints, self._device, self._stage = plan, checkpoints, device, stage
        # Blocks that were fixed since may hold old gradients: they must not count, or a resumed training would differ.
        self._learning = [one for one in network.parameters() if one.requires_grad]
        self._optimizer = torch.optim.AdamW(_parameter_groups(network, plan))
        self._step = 0
        self._restore()

    def run(self, loss_of: Callable[[int], Tensor], job: Job) -> Network:
        """Train to the end and return the running average, in evaluation mode.

        Args:
            loss_of: the loss of a step; it alone decides what a step sees, so that a resumed training sees the same.
            job: where to report and who may cancel.

        Raises:
            EngineError: the training diverged.
            StorageFullError: a checkpoint could not be written.
            Cancelled: the caller asked to stop; a checkpoint was kept.
        """
        pace = Pace(job, self._stage, self._plan.steps, done=self._step, provider=self._device.type.upper())
        saved = time.monotonic()
        try:
            while self._step < self._plan.steps:
                pace.step(self._step)
                self._learn(loss_of(self._step))
                if time.monotonic() - saved > self._plan.checkpoint_seconds:
                    self._save()
                    saved = time.monotonic()
            pace.step(self._step)
        except Cancelled:
            self._save()
            raise
        self._save()
        return self._average

    def _learn(self, loss: Tensor) -> None:
        if not loss.isfinite():
            raise EngineError(
                f"The training diverged at step {self._step}: its loss is no number any more.",
                "Start it again with a lower learning rate or other photos.",
            )
        factor = learning_rate_factor(self._step, self._plan.steps, self._plan.warm_up)
        for group in self._optimizer.param_groups:
            group["lr"] = group["highest_rate"] * factor
        self._optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(self._learning, self._plan.clip)
        self._optimizer.step()
        self._step += 1
        self._follow()

    @torch.no_grad()
    def _follow(self) -> None:
        """Move the running average towards the network, batch norm statistics included."""
        decay = average_decay(self._step, self._plan.average_decay)
        for slow, fast in zip(self._average.state_dict().values(), self._network.state_dict().values(), strict=True):
            if slow.is_floating_point():
                slow.lerp_(fast, 1 - decay)
            else:
                slow.copy_(fast)

    def _save(self) -> None:
        self._checkpoints.save(
            {
                "step": self._step,
                "network": self._network.state_dict(),
                "average": self._average.state_dict(),
                "optimizer": self._optimizer.state_dict(),
            }
        )

    def _restore(self) -> None:
        state = self._checkpoints.load()
        if state is not None:
            self._network.load_state_dict(state["network"])
            self._average.load_state_dict(state["average"])
            self._optimizer.load_state_dict(state["optimizer"])
            self._step = state["step"]


def _parameter_groups(network: nn.Module, plan: TrainingPlan) -> list[dict[str, object]]:
    """Matrices decay; biases and batch norms do not, and have a learning rate of their own."""
    learning = [parameter for parameter in network.parameters() if parameter.requires_grad]
    return [
        {"params": [one for one in learning if one.ndim > 1], **_rates(plan.learning_rate, plan.weight_decay)},
        {"params": [one for one in learning if one.ndim <= 1], **_rates(plan.learning_rate * plan.scale_rate, 0.0)},
    ]


def _rates(highest: float, weight_decay: float) -> dict[str, object]:
    return {"lr": highest, "highest_rate": highest, "weight_decay": weight_decay}
