"""Looks on while a network learns: its curve, its validation, its troubles."""

import copy
import math
from dataclasses import dataclass, field

import torch
from torch import nn

from trainer import parallel
from trainer.fine_tuning.learner import Learner
from trainer.fine_tuning.shown import Shown
from trainer.fine_tuning.validation import Validation
from trainer.guards import STEPS, Verdict, embedding_trouble, loss_trouble
from trainer.losses.base import Loss
from trainer.recording import Recorder
from trainer.training import State


@dataclass(slots=True)
class NetworkCoach:
    """See `trainer.training.Coach`.

    Attributes:
        part: of the training.
        steps: that are planned.
        stop: the step to end at.
        recorder: told of everything.
        loss: made easier when embeddings collapse.
        shown: the photos.
        validation: decides; None if the step to end at is known.
        every: steps between two validations.
        patience: validations without a gain that end the training; if it is infinite, they only tell how it goes.
        best: MAP@R that was reached.
        best_step: after which step that was; the last one if nothing is validated.
    """

    part: str
    steps: int
    stop: int
    recorder: Recorder
    loss: Loss
    shown: Shown
    validation: Validation | None = None
    every: int = 1
    patience: float = 5
    best: float = -1.0
    best_step: int = 0
    _worse: int = 0
    _losses: list[float] = field(default_factory=list)
    _active: list[float] = field(default_factory=list)
    _idle: bool = False
    _slow: bool = False

    def took(self, step: int, loss: float, rate: float) -> bool:
        """See `Coach`."""
        self.recorder.curve(self.part, step, self.stop, loss, rate)
        self._losses = [*self._losses, loss][-STEPS:]
        if self.loss.active is not None:
            self._active = [*self._active, parallel.mean(self.loss.active)][-STEPS:]
        self._heed(loss_trouble(self._losses, self.loss.collapsed, self._active), step)
        slow, self._slow = self._slow, False
        return slow

    def ends(self, step: int, average: nn.Module) -> bool:
        """See `Coach`."""
        last = step >= self.stop
        if self.validation is None:
            self.best_step = step
            return last
        if last or step % self.every == 0:
            assert isinstance(average, Learner)
            self._validate(self.validation, step, average)
        return last or self._worse >= self.patience

    def state(self) -> State:
        """See `Coach`."""
        return {
            "best": self.best,
            "best_step": self.best_step,
            "worse": self._worse,
            "losses": self._losses,
            "active": self._active,
            "idle": self._idle,
            "rows": self.recorder.parts.get(self.part, {}),
        }

    def restore(self, state: State) -> None:
        """See `Coach`."""
        self.best, self.best_step = state["best"], state["best_step"]
        self._worse, self._losses, self._active = state["worse"], state["losses"], state["active"]
        self._idle = state["idle"]
        if state["rows"]:
            self.recorder.parts[self.part] = copy.deepcopy(state["rows"])
            self._mark()

    def _validate(self, validation: Validation, step: int, average: Learner) -> None:
        embeddings = average.embed(self.shown, validation.places)
        metrics = validation.measure(embeddings)
        reached = parallel.mean(torch.tensor(metrics["map@r"], dtype=torch.float64))  # all processes decide alike
        better = reached > self.best
        if better:
            self.best, self.best_step, self._worse = reached, step, 0
            self._mark()
        else:
            self._worse += 1
        self.recorder.validated(self.part, step, metrics, better)
        validation.tell(embeddings, self.part, step, self.recorder)
        self._heed(embedding_trouble(torch.from_numpy(embeddings)), step)

    def _mark(self) -> None:
        """Tell which step decides for how long is learned, if one does."""
        if self.validation is not None and math.isfinite(self.patience):
            self.recorder.best_steps[self.part] = self.best_step

    def _heed(self, verdict: Verdict | None, step: int) -> None:
        """Say what is wrong, and do something about it."""
        if verdict is None or (verdict.trouble == "idle" and self._idle):
            return
        self.recorder.trouble(self.part, step, verdict.message, verdict.hint)
        if verdict.trouble == "idle":
            self._idle = True
            return
        self._losses, self._active, self._slow = [], [], True
        self.loss.ease()
