"""Tables of figures for people."""

import io
import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.output import CONTROL_CHARACTERS

if TYPE_CHECKING:
    from engine.evaluation.evaluate import ModelFigures
    from engine.evaluation.statistics import Interval

TOP, OXFORD, WHOLE = "top of the ranking", "Oxford's protocol", "whole ranking"
EMBEDDING, OTHERS = "embedding", "readings of other programs"
SECTIONS = (TOP, OXFORD, WHOLE, EMBEDDING, OTHERS)
_PAIRS = ("auc", "fnmr@fmr=1%", "intra_cosine", "inter_cosine", "alignment", "uniformity", "effective_rank@0.9")
CLASS_COLUMNS = ("precision@1", "precision@5", "recall@10", "map@10", "map@r", "knn_accuracy", "mean_first_rank")
_WIDE = 400
"""Columns of the imagined terminal: a table is never squeezed, a pager can scroll."""


def figure_tables(models: "Sequence[ModelFigures]") -> Iterator[str]:
    """All metrics with their 95 % intervals; several models side by side, with how far they are from the first."""
    table = Table(box=SIMPLE, pad_edge=False)
    table.add_column("metric")
    for model in models:
        table.add_column(_cell(model.name), justify="right")
        table.add_column("95 % interval")
        if model.differences:
            table.add_column("difference", justify="right")
            table.add_column("95 % interval")
    if len(models) == 1:
        table.add_column("mean of classes", justify="right")
    for section in SECTIONS:
        names = [name for name in models[0].metrics if section_of(name) == section]
        for name in names:
            table.add_row(name, *(cell for model in models for cell in _cells(model, name, alone=len(models) == 1)))
        if names:
            table.add_section()
    yield from _rendered(table)
    if any(model.differences for model in models):
        yield "* the difference is more than chance"


def class_table(model: "ModelFigures") -> Iterator[str]:
    """The classes of one model, the worst first."""
    names = [name for name in (*CLASS_COLUMNS, "oxford_map", "oxford_map/medium") if _told(model, name)]
    table = Table(box=SIMPLE, pad_edge=False)
    table.add_column(_cell(f"class ({model.name})"))
    for name in ("queries", *names):
        table.add_column(name, justify="right")
    for label, figures in sorted(model.per_class.items(), key=lambda item: item[1].metrics["precision@1"]):
        cells = (_figure(figures.metrics.get(name, math.nan), name) for name in names)
        table.add_row(_cell(label), f"{figures.queries:,}", *cells)
    yield from _rendered(table)


def section_of(name: str) -> str:
    """Where a metric stands in the table."""
    if name.startswith(("oxford_", "query_")):
        return OXFORD
    if "/" in name or name.startswith(("score003@", "first_listed_")):
        return OTHERS
    if name in _PAIRS:
        return EMBEDDING
    return TOP if "@" in name and name != "map@r" else WHOLE


def _told(model: "ModelFigures", name: str) -> bool:
    return any(name in figures.metrics for figures in model.per_class.values())


def _cells(model: "ModelFigures", name: str, *, alone: bool) -> Iterator[str]:
    yield _figure(model.metrics.get(name, math.nan), name)
    yield _interval(model.intervals.get(name), name)
    if apart := model.differences.get(name):
        certain = apart.interval.low > 0 or apart.interval.high < 0
        yield _figure(apart.value, name, sign="+") + ("*" if certain else " ")
        yield _interval(apart.interval, name, sign="+")
    elif model.differences:
        yield from ("", "")
    if alone:
        yield _figure(model.macro[name], name) if name in model.macro else ""


def _interval(interval: "Interval | None", name: str, sign: str = "") -> str:
    if interval is None or not math.isfinite(interval.low):
        return ""
    return f"{_figure(interval.low, name, sign)} … {_figure(interval.high, name, sign)}"


def _figure(value: float, name: str, sign: str = "") -> str:
    if not math.isfinite(value):
        return "–"
    decimals = 0 if name.startswith("effective_rank") else 1 if name.endswith("_rank") else 3
    return f"{value:{sign},.{decimals}f}"


def _cell(text: str) -> Text:
    """Text as it is: the names of classes are not markup, and do not move the cursor."""
    return Text(text.translate(CONTROL_CHARACTERS))


def _rendered(table: Table) -> Iterator[str]:
    out = io.StringIO()
    Console(file=out, width=_WIDE, color_system=None, legacy_windows=False).print(table)
    return (line.rstrip() for line in out.getvalue().splitlines())
