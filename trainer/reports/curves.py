"""What a network told while it learned, as its run keeps it."""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

CURVES = "curves.csv"
"""part, step, loss, rate, precision@1, map@r: a value where there is one."""
LEARNING = "learning"
"""The part that made the model; the others learned to be judged."""
METRICS = "metrics.json"
Series = tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """One part of a training: values over its steps.

    Attributes:
        quality: by metric, of photos that were kept back from this part.
    """

    part: str
    loss: Series
    rate: Series
    quality: dict[str, Series]


@dataclass(frozen=True, slots=True)
class Curves:
    """All parts of a training, the one that made the model first.

    Attributes:
        best_step: of that one; what came after is not in the model. None if it learned to the end.
    """

    parts: tuple[Curve, ...]
    best_step: int | None


def load_curves(run: Path) -> Curves | None:
    """The curves of a run; None for a recipe that has none."""
    file = run / CURVES
    if not file.exists():
        return None
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    parts = sorted(dict.fromkeys(row["part"] for row in rows), key=lambda part: part != LEARNING)
    curves = tuple(_curve(part, [row for row in rows if row["part"] == part]) for part in parts)
    told = json.loads((run / METRICS).read_text(encoding="utf-8")) if (run / METRICS).exists() else {}
    best = told.get("best_step")
    return Curves(curves, int(best) if best is not None else None) if curves else None


def _curve(part: str, rows: list[dict[str, str]]) -> Curve:
    quality = {name: _series(rows, name) for name in ("map@r", "precision@1")}
    return Curve(
        part, _series(rows, "loss"), _series(rows, "rate"), {name: one for name, one in quality.items() if one}
    )


def _series(rows: Iterable[dict[str, str]], column: str) -> Series:
    return tuple((int(row["step"]), float(row[column])) for row in rows if row.get(column))
