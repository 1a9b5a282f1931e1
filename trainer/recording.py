"""What a network tells while it learns: to those who listen, and for the run's folder."""

import csv
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trainer.storage import storing

Tell = Callable[[str, Mapping[str, Any]], None]
"""Takes the name of an event and what it says, as JSON knows it."""
COLUMNS = ("part", "step", "loss", "rate", "precision@1", "map@r")
SECONDS = 1.0
"""Between two readings of a curve."""
Row = dict[str, float]


def silent(_event: str, _told: Mapping[str, Any]) -> None:
    """Nobody listens."""


@dataclass(slots=True)
class Recorder:
    """Curves, validations and troubles of one training, part by part.

    Attributes:
        tell: who listens.
        parts: what was read of each part, by step; a part that goes on from a checkpoint brings its own along.
        troubles: what went wrong, as sentences, in the order of time.
        best_steps: by part, after how many steps photos that were kept back inside the training had it end.
    """

    tell: Tell = silent
    parts: dict[str, dict[int, Row]] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)
    best_steps: dict[str, int] = field(default_factory=dict)
    _told: float = 0.0

    def curve(self, part: str, step: int, steps: int, loss: float, rate: float) -> None:
        """A step was taken, counted from 1; it is told and kept about once a second, and the last one always."""
        now = time.monotonic()
        if step < steps and now - self._told < SECONDS and step > 1:
            return
        self._told = now
        self._row(part, step).update({"loss": loss, "rate": rate})
        self.tell("curve", {"part": part, "step": step, "steps": steps, "loss": loss, "rate": rate})

    def validated(self, part: str, step: int, metrics: Mapping[str, float], best: bool) -> None:
        """Photos that were kept back inside the training were asked; at best they found more than ever before."""
        self._row(part, step).update(metrics)
        self.tell("validated", {"part": part, "step": step, "metrics": dict(metrics), "best": best})

    def sample(self, part: str, step: int, query: Path, neighbours: Sequence[Path], hits: Sequence[bool]) -> None:
        """What one of those photos finds at present."""
        told = {"query": str(query), "neighbours": [str(one) for one in neighbours], "hits": list(hits)}
        self.tell("sample", {"part": part, "step": step, **told})

    def trouble(self, part: str, step: int, message: str, hint: str) -> None:
        """Something is wrong with the training."""
        self.troubles.append(message)
        self.tell("trouble", {"part": part, "step": step, "message": message, "hint": hint})

    def write(self, file: Path) -> None:
        """The curves as CSV, empty where nothing was measured; raises StorageFullError."""
        with storing(file), file.open("w", encoding="utf-8", newline="") as stream:
            rows = csv.DictWriter(stream, COLUMNS)
            rows.writeheader()
            for part, steps in self.parts.items():
                rows.writerows({"part": part, "step": step, **row} for step, row in sorted(steps.items()))

    def _row(self, part: str, step: int) -> Row:
        return self.parts.setdefault(part, {}).setdefault(step, {})
