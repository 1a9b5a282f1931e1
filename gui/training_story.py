"""What a network tells while it learns: how its loss falls, how much is found, and what a photo finds by now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gui.training_records import KEY_METRIC

MOST_POINTS = 1000
"""Of a curve; with more, every other one goes, which nobody can see."""
LEARNING = "learning"
"""What the trainer calls the part that makes the model; all others learn to be tested."""


@dataclass(frozen=True, slots=True)
class Check:
    """How much photos that were kept back find at a step.

    Attributes:
        quality: of 1, by metric.
        best: it is the best so far.
    """

    step: int
    quality: Mapping[str, float]
    best: bool


@dataclass(frozen=True, slots=True)
class Sample:
    """What a photo that was kept back finds at a step.

    Attributes:
        hits: whether each neighbour is of the same subject.
    """

    step: int
    query: Path
    neighbours: tuple[Path, ...]
    hits: tuple[bool, ...]


@dataclass(slots=True)
class Part:
    """One learning from beginning to end.

    Attributes:
        steps: at which the loss was told, ascending.
        total: steps that it will take at most.
        checks: in the order of their steps.
    """

    name: str
    total: int = 0
    steps: list[int] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    _each: int = 1
    _told: int = 0

    @property
    def best(self) -> Check | None:
        """The best check so far."""
        return next((check for check in reversed(self.checks) if check.best), None)

    def at(self, step: int) -> tuple[int, float] | None:
        """The last step up to this one whose loss is known, and the loss."""
        known = [place for place, one in enumerate(self.steps) if one <= step]
        return (self.steps[known[-1]], self.losses[known[-1]]) if known else None

    def add(self, step: int, loss: float, rate: float) -> None:
        """Go on with the curve; an earlier step begins it anew from there, as a training that was continued does."""
        if self.steps and step <= self.steps[-1]:
            self._cut(step)
        self._told += 1
        if self._told % self._each:
            return
        self.steps.append(step)
        self.losses.append(loss)
        self.rates.append(rate)
        if len(self.steps) > MOST_POINTS:
            self.steps, self.losses, self.rates = self.steps[::2], self.losses[::2], self.rates[::2]
            self._each *= 2

    def _cut(self, step: int) -> None:
        kept = sum(1 for one in self.steps if one < step)
        for values in (self.steps, self.losses, self.rates):
            del values[kept:]
        self.checks = [check for check in self.checks if check.step < step]


class Story:
    """All that was told of one training.

    Attributes:
        parts: in the order in which they began.
        sample: the newest.
        troubles: what went wrong and was mended, with what else can be done about it.
    """

    def __init__(self) -> None:
        self.parts: dict[str, Part] = {}
        self.troubles: list[str] = []
        self.sample: Sample | None = None

    def __bool__(self) -> bool:
        return bool(self.parts)

    @property
    def now(self) -> Part | None:
        """The part that is being learned."""
        return next(reversed(self.parts.values()), None)

    def take(self, event: str, told: Mapping[str, Any]) -> bool:
        """Take what was told; returns whether it was any of this.

        Raises:
            KeyError, TypeError, ValueError, AttributeError: it makes no sense.
        """
        if event == "curve":
            step, total = int(told["step"]), int(told["steps"])
            loss, rate = float(told["loss"]), float(told["rate"])
            part = self._part(told)
            part.total = total
            part.add(step, loss, rate)
        elif event == "validated":
            quality = {str(name): float(value) for name, value in told["metrics"].items()}
            check = Check(int(told["step"]), quality, bool(told["best"]))
            self._part(told).checks.append(check)
        elif event == "sample":
            neighbours, hits = tuple(map(Path, told["neighbours"])), tuple(map(bool, told["hits"]))
            if len(neighbours) != len(hits):
                raise ValueError("every neighbour is a hit or none")
            self.sample = Sample(int(told["step"]), Path(told["query"]), neighbours, hits)
        elif event == "trouble":
            self.troubles.append(f"{told['message']} {told['hint']}".strip())
        else:
            return False
        return True

    def _part(self, told: Mapping[str, Any]) -> Part:
        name = str(told["part"])
        return self.parts.setdefault(name, Part(name))


def found_of_100(check: Check) -> int:
    """Of 100 photos, so many have one of the same subject nearest."""
    return round(100 * check.quality.get(KEY_METRIC, 0.0))
