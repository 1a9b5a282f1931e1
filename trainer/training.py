"""The training loop: optimiser, schedule, running average, checkpoints, ways out of trouble. It knows no data."""

import copy
import math
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import torch
from torch import Tensor, nn

from engine.errors import EngineError
from engine.jobs import Cancelled, Job
from trainer import parallel
from trainer.checkpoints import Checkpoints
from trainer.muon import Muon
from trainer.pace import Pace
from trainer.schedules import average_decay, learning_rate_factor

Network = TypeVar("Network", bound=nn.Module)
Factor = Callable[[int, int], float]
"""The learning rate of a step, in shares of the highest, by the step and all steps."""
State = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """How long and how fast to learn.

    Attributes:
        steps: optimiser steps in all.
        learning_rate: at its highest.
        weight_decay: on matrices only; biases and batch norms are left alone.
        warm_up: share of the steps in which the learning rate rises.
        average_decay: of the running average of the weights, which is what a training yields.
        clip: largest norm of a gradient.
        scale_rate: learning rate of biases and batch norms, in multiples of the others'.
        checkpoint_seconds: time between checkpoints.
        accumulate: losses whose gradients make up a step.
        factor: of the learning rate; a cosine after the warm-up if None.
        momentum: of plain gradient descent; AdamW if None.
        precision: of the forward pass, where less than single precision has been proved to work; single if None.
        settled: whether the network learns in evaluation mode, so that batch norms keep the statistics they have. Those
            of a small batch are chance, which a network that imitates another one can only see as error.
        matrix_rate: highest learning rate of `Muon` on convolutions that mix channels; AdamW for all weights if None.
    """

    steps: int
    learning_rate: float = 3e-3
    weight_decay: float = 0.02
    warm_up: float = 0.05
    average_decay: float = 0.999
    clip: float = 1.0
    scale_rate: float = 1.0
    checkpoint_seconds: float = 180.0
    accumulate: int = 1
    factor: Factor | None = None
    momentum: float | None = None
    precision: torch.dtype | None = None
    settled: bool = False
    matrix_rate: float | None = None


class Coach(Protocol):
    """Looks on while a training runs, and decides what becomes of it."""

    def took(self, step: int, loss: float, rate: float) -> bool:
        """Hear of a step that was taken, counted from 1, its loss and learning rate; True slows the training down."""

    def ends(self, step: int, average: nn.Module) -> bool:
        """Look at what a step has led to, in evaluation mode; True ends the training."""

    def state(self) -> State:
        """What it needs to go on from here: tensors and plain values."""

    def restore(self, state: State) -> None:
        """Go on from there."""


class Training(Generic[Network]):
    """Trains a network; continues from the newest checkpoint.

    Args:
        network: what learns; it is trained in place.
        plan: how.
        checkpoints: where to keep states, and to continue from.
        device: where the network lives.
        stage: what to call this in the progress.
        coach: who looks on.
        groups: of parameters, as optimisers take them, with rates in multiples of the plan's; all alike if None.
    """

    def __init__(
        self,
        network: Network,
        plan: TrainingPlan,
        checkpoints: Checkpoints,
        device: torch.device,
        stage: str = "training",
        *,
        coach: Coach | None = None,
        groups: list[State] | None = None,
    ) -> None:
        self._network = network.to(device).to(memory_format=torch.channels_last).train(not plan.settled)
        self._average = copy.deepcopy(self._network).eval()
        self._plan, self._checkpoints, self._device, self._stage = plan, checkpoints, device, stage
        # Blocks that were fixed since may hold old gradients: they must not count, or a resumed training would differ.
        self._learning = [one for one in network.parameters() if one.requires_grad]
        self._optimizer = _optimizer(groups or _groups(network, plan), plan)
        self._scaler = torch.amp.GradScaler(device.type, enabled=plan.precision is torch.float16)
        self._coach, self._step, self._ended, self._slowness, self._went_back = coach, 0, False, 1.0, False
        state = checkpoints.load()
        if state is not None:
            self._restore(state)
        self._good = copy.deepcopy(self._state())

    def run(self, loss_of: Callable[[int], Tensor], job: Job) -> Network:
        """Train to the end and return the running average, in evaluation mode.

        A loss that is no number takes the training back to its last checkpoint, once, and halves its rate.

        Args:
            loss_of: the loss of a step, or of a part of one where gradients are accumulated; it alone decides what is
                seen, so that a resumed training sees the same.
            job: where to report and who may cancel.

        Raises:
            EngineError: the training diverged.
            StorageFullError: a checkpoint could not be written.
            Cancelled: the caller asked to stop; a checkpoint was kept.
        """
        pace = Pace(job, self._stage, self._plan.steps, done=self._step, provider=self._device.type.upper())
        saved = time.monotonic()
        try:
            while self._step < self._plan.steps and not self._ended:
                pace.step(self._step)
                self._learn(loss_of)
                if parallel.any_says(time.monotonic() - saved > self._plan.checkpoint_seconds):
                    self._save()
                    saved = time.monotonic()
            pace.step(self._step)
        except Cancelled:
            self._save()
            raise
        self._save()
        return self._average

    def _learn(self, loss_of: Callable[[int], Tensor]) -> None:
        """Take a step, or go back."""
        rate = self._set_rate()
        self._optimizer.zero_grad(set_to_none=True)
        total = 0.0
        for part in range(self._plan.accumulate):
            with self._autocast():
                loss = loss_of(self._step * self._plan.accumulate + part) / self._plan.accumulate
            total += parallel.mean(loss)
            if not math.isfinite(total):  # on any of the processes
                self._go_back()
                return
            torch.autograd.backward(self._scaler.scale(loss))
        parallel.average([one.grad for one in self._learning if one.grad is not None])
        self._scaler.unscale_(self._optimizer)  # what float16 cannot hold is looked for here, so that all find the same
        nn.utils.clip_grad_norm_(self._learning, self._plan.clip)
        with self._autocast():  # for the products that Muon needs
            self._scaler.step(self._optimizer)
        self._scaler.update()
        self._step += 1
        self._follow()
        if self._coach is not None:
            self._consult(self._coach, total, rate)

    def _consult(self, coach: Coach, loss: float, rate: float) -> None:
        if coach.took(self._step, loss, rate):
            self._slowness /= 2
        self._ended = coach.ends(self._step, self._average)

    def _set_rate(self) -> float:
        plan = self._plan
        factor = (
            plan.factor(self._step, plan.steps)
            if plan.factor
            else learning_rate_factor(self._step, plan.steps, plan.warm_up)
        )
        rate = plan.learning_rate * factor * self._slowness
        for group in self._optimizer.param_groups:
            group["lr"] = rate * group["multiple"]
        return rate

    def _autocast(self) -> AbstractContextManager[Any]:
        precision = self._plan.precision
        return torch.autocast(self._device.type, dtype=precision) if precision else nullcontext()

    @torch.no_grad()
    def _follow(self) -> None:
        """Move the running average towards the network, batch norm statistics included."""
        parallel.agree([value for value in self._network.buffers() if value.is_floating_point()])
        decay = average_decay(self._step, self._plan.average_decay)
        for slow, fast in zip(self._average.state_dict().values(), self._network.state_dict().values(), strict=True):
            if slow.is_floating_point():
                slow.lerp_(fast, 1 - decay)
            else:
                slow.copy_(fast)

    def _go_back(self) -> None:
        if self._went_back:
            raise EngineError(
                f"The training diverged at step {self._step}: its loss is no number any more.",
                "Start it again with a lower learning rate or other photos.",
            )
        self._restore(copy.deepcopy(self._good))
        self._went_back, self._slowness = True, self._slowness / 2

    def _save(self) -> None:
        state = self._state()
        self._good = copy.deepcopy(state)
        if parallel.is_first():
            self._checkpoints.save(state)

    def _state(self) -> State:
        return {
            "step": self._step,
            "ended": self._ended,
            "slowness": self._slowness,
            "network": self._network.state_dict(),
            "average": self._average.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "scaler": self._scaler.state_dict(),
            "coach": self._coach.state() if self._coach else {},
        }

    def _restore(self, state: State) -> None:
        self._network.load_state_dict(state["network"])
        self._average.load_state_dict(state["average"])
        self._optimizer.load_state_dict(state["optimizer"])
        if state.get("scaler"):  # older checkpoints have none
            self._scaler.load_state_dict(state["scaler"])
        self._step, self._ended, self._slowness = state["step"], state["ended"], state["slowness"]
        if self._coach is not None:
            self._coach.restore(state["coach"])


def parameter_groups(network: nn.Module, scale_rate: float = 1.0, multiple: float = 1.0) -> list[State]:
    """Groups for an optimiser: matrices decay; biases and batch norms do not, and may have a rate of their own.

    Args:
        network: whose parameters; those that do not learn are left out.
        scale_rate: of biases and batch norms, in multiples of the matrices'.
        multiple: of the plan's learning rate that the matrices have.
    """
    learning = [parameter for parameter in network.parameters() if parameter.requires_grad]
    matrices, others = [one for one in learning if one.ndim > 1], [one for one in learning if one.ndim <= 1]
    return [
        {"params": matrices, "multiple": multiple},
        {"params": others, "multiple": multiple * scale_rate, "weight_decay": 0.0},
    ]


def _groups(network: nn.Module, plan: TrainingPlan) -> list[State]:
    """Those of a plan: the matrices apart from what else decays if Muon takes them."""
    decaying, others = parameter_groups(network, plan.scale_rate)
    if plan.matrix_rate is None:
        return [decaying, others]
    matrices = [one for one in decaying["params"] if _is_matrix(one)]
    rest = [one for one in decaying["params"] if not _is_matrix(one)]
    multiple = plan.matrix_rate / plan.learning_rate
    return [{"params": matrices, "multiple": multiple, "orthogonal": True}, {**decaying, "params": rest}, others]


def _is_matrix(weights: Tensor) -> bool:
    """Whether it mixes channels inside the network: neither a depthwise filter nor a layer at the end."""
    return weights.ndim > 2 and weights.shape[1] > 1


def _optimizer(groups: list[State], plan: TrainingPlan) -> torch.optim.Optimizer:
    if plan.matrix_rate is not None:
        return Muon(groups, plan.learning_rate, plan.weight_decay)
    if plan.momentum is None:
        return torch.optim.AdamW(groups, plan.learning_rate, weight_decay=plan.weight_decay)
    return torch.optim.SGD(groups, plan.learning_rate, momentum=plan.momentum, weight_decay=plan.weight_decay)
