"""The drawings of a report."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator, PercentFormatter
from numpy.typing import NDArray

from trainer.evidence import DEEPEST, EDGES, RECALLS, Evidence
from trainer.judging import Figure as Measured
from trainer.learning_curve import LearningPoint
from trainer.reports.confusion import Confusion
from trainer.reports.curves import Curve, Curves
from trainer.reports.drawing import AFTER, BEFORE, SECONDARY, TEXT, WRONG, Drawing, draw
from trainer.reports.maps import PhotoMap, Points
from trainer.reports.wording import plain

MOST_CLASSES = 15
"""Classes in a drawing; of more nobody could read the names."""
LONGEST = 18
"""Characters of a name in a drawing."""
MARKS = (
    ("o", "#0072b2"), ("s", "#d55e00"), ("^", "#009e73"), ("D", "#cc79a7"), ("v", "#e69f00"), ("P", "#56b4e9"),
    ("o", "#8c564b"), ("s", "#7f7f00"), ("^", "#6a3d9a"), ("D", "#b2182b"), ("v", "#1b9e77"), ("P", "#777777"),
)  # fmt: skip
"""Shapes and colours of the classes on a map, the most frequent first; the first six colours are Okabe and Ito's."""
_PARTS = {True: (AFTER, 1.8), False: (BEFORE, 0.8)}
"""Colour and width of the line of the part that made the model, and of the others."""
OTHERS = (".", "#999999")
"""Of classes for which no mark is left."""


def training_curves(curves: Curves) -> Drawing:
    """Loss, quality on photos that were kept back, and the rate, over the steps."""

    def paint(figure: Figure) -> None:
        loss, quality, rate = figure.subplots(1, 3)
        named = next((curve for curve in curves.parts if curve.quality), None)
        for curve in reversed(curves.parts):
            _paint_part(curve, (loss, rate), main=curve is curves.parts[0])
            _paint_quality(curve, quality, main=curve is curves.parts[0], named=curve is named)
        for axes, title in ((loss, "loss"), (quality, "quality"), (rate, "learning rate")):
            axes.set(title=title, xlabel="step")
            axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
            if curves.best_step is not None:
                axes.axvline(curves.best_step, color=WRONG, linestyle="--", linewidth=1.2)
        if quality.get_legend_handles_labels()[0]:
            quality.legend(loc="lower right")
        if curves.best_step is not None:
            loss.annotate(" best", (curves.best_step, 1), xycoords=("data", "axes fraction"), color=WRONG, va="top")

    return draw("curves", (10, 2.8), paint, "Loss, quality and learning rate over the steps of the training.")


def precision_curves(before: Evidence, after: Evidence) -> Drawing:
    """P@k and precision over recall, before and after."""

    def paint(figure: Figure) -> None:
        at_k, recall = figure.subplots(1, 2)
        depth = min(before.depth, after.depth, DEEPEST)
        ks = np.arange(1, depth + 1)
        at_k.plot(ks, after.reachable[:depth] / after.queries, color=SECONDARY, linestyle=":", label="perfect")
        for found, color, word, dashes in ((before, BEFORE, "before", "--"), (after, AFTER, "after", "-")):
            at_k.plot(ks, found.precision_at[:depth] / found.queries, color=color, linestyle=dashes, label=word)
            recall.plot(RECALLS, found.precision / found.queries, color=color, linestyle=dashes, label=word)
        at_k.set(title="Precision among the nearest k (P@k)", xlabel="k", ylim=(0, 1.02))
        at_k.xaxis.set_major_locator(MaxNLocator(6, integer=True))
        recall.set(title="Precision over recall", xlabel="recall", xlim=(0, 1), ylim=(0, 1.02))
        at_k.legend()
        recall.legend()

    return draw("precision", (10, 3.2), paint, "Precision among the nearest k, and over recall, before and after.")


def distance_histograms(before: Evidence, after: Evidence) -> Drawing:
    """Distances of pairs of one class and of two, before and after, with the suggested threshold."""

    def paint(figure: Figure) -> None:
        panels = figure.subplots(1, 2)
        for axes, found, title in zip(panels, (before, after), ("before", "after"), strict=True):
            for pairs, color, word, dashes in (
                (found.other, WRONG, "of two classes", "--"),
                (found.same, AFTER, "of one class", "-"),
            ):
                share = pairs.reshape(-1, 2).sum(axis=1) / max(1, pairs.sum())  # two bins in one: fewer teeth
                axes.stairs(share, EDGES[::2], color=color, fill=True, alpha=0.3)
                axes.stairs(share, EDGES[::2], color=color, linestyle=dashes, linewidth=1.4, label=word)
            if (threshold := found.threshold()) is not None:
                axes.axvline(threshold.distance, color=TEXT, linestyle=":", linewidth=1.4)
                title = f"{title}: parted best at {threshold.distance:.2f}"
            filled = np.flatnonzero(found.same + found.other)
            right = EDGES[filled[-1] + 1] if len(filled) else 1.0
            axes.set(title=title, xlabel="cosine distance", xlim=(0, right), ylim=(0, None))
            axes.yaxis.set_major_formatter(PercentFormatter(1))
            axes.legend(loc="upper right")

    return draw("distances", (10, 3.2), paint, "Distances of pairs of photos of one class and of two classes.")


def confusion_tables(found: Confusion) -> Drawing:
    """Which class is found for which, before and after."""

    def paint(figure: Figure) -> None:
        panels = figure.subplots(1, 2)
        for axes, shares, title in zip(panels, (found.before, found.after), ("before", "after"), strict=True):
            _paint_table(axes, found.labels, shares.toarray(), title)

    side = max(2.6, 0.36 * len(found.labels) + 1.2)
    return draw("confusion", (2 * side, side), paint, "Classes of the nearest photos of each class.")


def learning_points(points: Sequence[LearningPoint], before: float) -> Drawing:
    """MAP@R over the number of photos that were learned from."""

    def paint(figure: Figure) -> None:
        axes = figure.subplots()
        photos = [point.photos for point in points]
        axes.axhline(before, color=BEFORE, linestyle="--", label="before")
        quality = np.array([point.quality for point in points])
        bounds = np.array([(point.interval.low, point.interval.high) for point in points])
        reach = np.abs(bounds.T - quality)
        axes.errorbar(photos, quality, reach, color=AFTER, marker="o", capsize=3, elinewidth=1, label="after")
        axes.set(title="MAP@R by labelled photos", xlabel="photos learned from", xlim=(0, None))
        axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
        axes.legend()

    return draw("learning-curve", (5, 3), paint, "MAP@R by the number of photos that were learned from.")


def _paint_part(curve: Curve, panels: tuple[Axes, Axes], *, main: bool) -> None:
    """Loss and rate of one part of a training; those that were only judged stay in the background."""
    color, width = _PARTS[main]
    for axes, series in zip(panels, (curve.loss, curve.rate), strict=True):
        axes.plot(*_columns(series), color=color, linewidth=width)


def _paint_quality(curve: Curve, axes: Axes, *, main: bool, named: bool) -> None:
    color, width = _PARTS[main]
    for name, words, dashes in (("map@r", "MAP@R", "-"), ("precision@1", "P@1", ":")):
        if name in curve.quality:
            label = words if named else None
            axes.plot(*_columns(curve.quality[name]), color=color, linewidth=width, linestyle=dashes, label=label)


def _columns(series: Sequence[tuple[int, float]]) -> tuple[list[int], list[float]]:
    return [step for step, _ in series], [value for _, value in series]


def _paint_table(axes: Axes, labels: Sequence[str], shares: NDArray[np.float64], title: str) -> None:
    count = len(labels)
    for row in range(count):
        for column in range(count):
            share = float(shares[row, column])
            color = AFTER if row == column else WRONG
            axes.add_patch(Rectangle((column, row), 1, 1, facecolor=color, alpha=0.85 * share, linewidth=0))
            if round(100 * share):
                axes.text(column + 0.5, row + 0.5, f"{100 * share:.0f}", ha="center", va="center", fontsize=8)
    names = [plain(label, LONGEST) for label in labels]
    middle = np.arange(count) + 0.5
    axes.set(xlim=(0, count), ylim=(count, 0), title=f"{title}, in per cent", xlabel="found", ylabel="asked")
    axes.set_xticks(middle, names, rotation=40, ha="right", rotation_mode="anchor")
    axes.set_yticks(middle, names)
    axes.set_aspect("equal")
    axes.tick_params(length=0)
    axes.grid(visible=False)


def bars(before: Mapping[str, Measured], after: Mapping[str, Measured], words: Mapping[str, str]) -> Drawing:
    """Every metric before and after, with 95 % intervals."""

    def paint(figure: Figure) -> None:
        axes = figure.subplots()
        rows = np.arange(len(words))
        for shift, side, color, word in ((-0.19, before, BEFORE, "before"), (0.19, after, AFTER, "after")):
            values = np.array([side[name].value for name in words])
            bounds = np.array([[side[name].interval.low, side[name].interval.high] for name in words])
            reach = np.abs(bounds.T - values)
            axes.barh(rows + shift, values, 0.36, color=color, label=word, xerr=reach, ecolor=TEXT, capsize=2)
        axes.set_yticks(rows, list(words.values()))
        axes.set(xlim=(0, 1), ylim=(len(words) - 0.5, -0.5))
        figure.legend(loc="outside upper right", ncols=2)

    return draw("before-and-after", (8, 0.5 * len(words) + 1), paint, "Every metric before and after.")


def map_picture(shown: PhotoMap, labels: Sequence[str], marks: Mapping[str, tuple[str, str]]) -> Drawing:
    """The map before and after.

    Args:
        labels: of the photos on the map.
        marks: shape and colour by label.
    """

    def paint(figure: Figure) -> None:
        panels = figure.subplots(1, 2)
        for axes, points, title in zip(panels, (shown.before, shown.after), ("before", "after"), strict=True):
            _paint_map(axes, points, labels, marks)
            axes.spines[:].set_visible(True)
            axes.set(title=title, xlim=(-0.03, 1.03), ylim=(-0.03, 1.03), xticks=[], yticks=[], aspect="equal")
        handles, names = panels[0].get_legend_handles_labels()
        figure.legend(handles, names, loc="outside lower center", ncols=4)

    return draw("map", (10, 5.8), paint, "A map of photos that were kept back, before and after.")


def marks_of(labels: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Shapes and colours for the classes that are most frequent."""
    names, counts = np.unique(np.array(labels, dtype=object).astype(str), return_counts=True)
    frequent = [str(names[place]) for place in np.argsort(-counts, kind="stable")]
    return dict(zip(frequent, MARKS, strict=False))


def _paint_map(axes: Axes, points: Points, labels: Sequence[str], marks: Mapping[str, tuple[str, str]]) -> None:
    others = np.array([label not in marks for label in labels])
    if others.any():
        axes.scatter(points[others, 0], points[others, 1], marker=OTHERS[0], c=OTHERS[1], s=14, label="other classes")
    for label, (shape, color) in marks.items():
        places = np.array([one == label for one in labels])
        name = f" {plain(label, LONGEST)}"  # a name that begins with _ would be hidden
        axes.scatter(points[places, 0], points[places, 1], marker=shape, c=color, s=18, linewidths=0, label=name)
