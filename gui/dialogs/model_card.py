"""One model on the shelf: what it is, how good and how fast it is, and what can be done with it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from engine.jobs import Progress
from gui.controls import Button, button, caption, label, surface
from gui.model_shelf import Shelf
from gui.theme import TITLE_RATIO
from gui.translation import counted, later, tr
from gui.words import number, rate, short_date, size, time_left

if TYPE_CHECKING:
    from engine.models.installed import ModelCard

# What trainers call their figures.
FIGURES = {
    "held_out_cosine": later("Held-out photos: likeness to the teacher’s embedding"),
    "held_out_neighbours@10": later("Held-out photos: of the ten nearest, those the teacher has too"),
    "precision@1": later("Precision of the first match"),
    "precision@5": later("Precision of the first five matches"),
    "recall@10": later("Recall in the first ten matches"),
    "map@10": later("Mean average precision, first ten matches"),
    "map@r": later("Mean average precision at R"),
}
MOST_FIGURES = 8


class ModelCardView(QFrame):
    """Shows one model; buttons appear where they make sense, and say why not where they do not.

    Signals:
        use_wanted, keep_wanted, go_on_wanted, export_wanted, remove_wanted: the buttons.
        try_wanted, stop_wanted: let the model answer for now, and no more.
        measure_wanted, cancel_wanted: begin and stop to measure how fast it is.
    """

    use_wanted = Signal()
    try_wanted = Signal()
    stop_wanted = Signal()
    keep_wanted = Signal()
    go_on_wanted = Signal()
    export_wanted = Signal()
    remove_wanted = Signal()
    measure_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, card: "ModelCard") -> None:
        super().__init__()
        self.card = card
        surface(self, "panel", "around")
        self.setAccessibleName(card.name)
        self.state = label("", "accent", bold=True)
        self.embedded = caption("", wrap=True)
        self.speed = caption(tr("Speed on this machine: not measured yet"))
        self.measure = button(tr("Measure"), self._toggle_measuring, "plain")
        self.use = button("", self.use_wanted.emit)
        self.attempt = button("", self._toggle_trying)
        self.keep = button(tr("Keep the present model"), self.keep_wanted.emit)
        self.go_on = button(tr("Go on"), self.go_on_wanted.emit)
        self.export = button(tr("Export…"), self.export_wanted.emit)
        self.remove = button(tr("Remove…"), self.remove_wanted.emit)
        self._measuring = self._tried = False
        self._lay_out()
        self._name_buttons()

    def buttons(self) -> list[Button]:
        """What can be done, in order."""
        return [self.measure, self.use, self.attempt, self.keep, self.go_on, self.export, self.remove]

    def show_state(self, shelf: Shelf, *, indexing: bool, tried: bool) -> None:
        """What the model does now, and what can be done with it; `tried` says whether it answers for now."""
        card, ready = self.card, shelf.is_ready(self.card)
        self._tried = tried
        self.state.setText(tr("Answers for now") if tried else _state_text(card))
        self.state.setVisible(bool(self.state.text()))
        self.attempt.setVisible(not card.in_use and (tried or card.photos > 0))
        self.attempt.setText(tr("Stop trying it") if tried else tr("Try it"))
        self.attempt.setToolTip("" if tried else tr("It answers for now, with the photos that it has embedded."))
        self.use.setVisible(not card.in_use and not card.filling)
        self.use.setText(tr("Back to this model") if ready and card.photos else tr("Use this model"))
        self.use.setToolTip(tr("It answers at once.") if ready else tr("Every photo is embedded with it first."))
        self.keep.setVisible(card.filling)
        self.go_on.setVisible(card.filling and not indexing)
        self.embedded.setText(_embedded_text(card, shelf))
        self._show_removable(indexing=indexing)
        self._name_buttons()

    def show_progress(self, progress: Progress) -> None:
        """How far embedding with this model has come."""
        parts = [tr("{done} of {total} photos embedded", done=number(progress.done), total=number(progress.total or 0))]
        if progress.per_second:
            parts.append(rate(progress.per_second))
        if progress.seconds_left is not None:
            parts.append(time_left(progress.seconds_left))
        self.embedded.setText(" · ".join(parts))

    def show_speed(self, measured: float | None, *, measuring: bool) -> None:
        """Milliseconds per picture, if they are known, and whether they are being found out."""
        self._measuring = measuring
        self.measure.setText(tr("Cancel") if measuring else tr("Measure"))
        if measuring:
            self.speed.setText(tr("Measuring on this machine…"))
        elif measured is None:
            self.speed.setText(tr("Speed on this machine: not measured yet"))
        else:
            time, each = f"{number(measured, 1)} ms", rate(1000 / measured)
            self.speed.setText(tr("{time} per picture on one thread of this machine ({rate})", time=time, rate=each))
        self._name_buttons()

    def _toggle_trying(self) -> None:
        (self.stop_wanted if self._tried else self.try_wanted).emit()

    def _toggle_measuring(self) -> None:
        (self.cancel_wanted if self._measuring else self.measure_wanted).emit()

    def _show_removable(self, *, indexing: bool) -> None:
        card = self.card
        if card.source == "bundled":
            why = tr("It is part of the program.")
        elif card.in_use:
            why = tr("It answers searches. Choose another model first.")
        elif card.filling:
            why = tr("It is about to take over. Keep the present model first.")
        elif self._tried:
            why = tr("You are trying it. Stop that first.")
        elif indexing:
            why = tr("Wait until indexing has ended.")
        else:
            why = ""
        self.remove.setEnabled(not why)
        self.remove.setToolTip(why)
        self.remove.setAccessibleDescription(why)

    def _name_buttons(self) -> None:
        """A screen reader says which model a button is for."""
        for one in self.buttons():
            one.setAccessibleName(f"{one.text()} {self.card.name}")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        column.addLayout(self._head())
        column.addWidget(label(_learned_text(self.card), wrap=True))
        column.addWidget(caption(_facts_text(self.card), wrap=True))
        figures = list(_figures(self.card.training.get("metrics")))
        if figures:
            column.addLayout(_table(figures[:MOST_FIGURES]))
        column.addWidget(self.embedded)
        speed = QHBoxLayout()
        speed.addWidget(self.speed)
        speed.addWidget(self.measure)
        speed.addStretch()
        column.addLayout(speed)
        row = QHBoxLayout()
        row.setSpacing(8)
        for one in self.buttons()[1:]:
            row.addWidget(one)
        row.addStretch()
        column.addLayout(row)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        name = label(self.card.name, "", TITLE_RATIO, bold=True, wrap=True)
        row.addWidget(name, 1)
        row.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        return row


def _state_text(card: "ModelCard") -> str:
    if card.in_use:
        return tr("Answers searches")
    return tr("Takes over next") if card.filling else ""


def _embedded_text(card: "ModelCard", shelf: Shelf) -> str:
    if card.filling and shelf.change is not None:
        done, total = number(shelf.change.done), number(shelf.change.total)
        return tr("{done} of {total} photos embedded", done=done, total=total)
    kept = counted("{n} photo embedded", "{n} photos embedded", card.photos)
    if card.in_use or not card.photos:
        return kept
    return tr("{kept}; that is kept, so a change back is quick", kept=kept)


def _learned_text(card: "ModelCard") -> str:
    data = card.training.get("data")
    if data:
        return tr("Learned from {data}", data=_plain(str(data)))
    return tr("Its maker does not say what it learned from.")


def _facts_text(card: "ModelCard") -> str:
    height, width = card.input
    training = card.training
    recipe = " · ".join(str(training[name]) for name in ("recipe", "backbone") if training.get(name))
    parts = [
        tr("Version {version}", version=card.version),
        tr("{dim} values per photo", dim=number(card.dim)),
        tr("looks at {width} × {height} pixels", width=width, height=height),
        size(card.bytes),
        recipe,
        _day(training.get("date")),
        tr("licence {name}", name=card.licence) if card.licence else tr("no licence named"),
    ]
    return " · ".join(part for part in parts if part)


def _day(text: Any) -> str:
    try:
        return short_date(date.fromisoformat(str(text)[:10]))
    except ValueError:  # a manifest may say anything
        return ""


def _plain(text: str) -> str:
    """The card is no place for a pointer to a file beside the model."""
    return text.removesuffix(": see README.md").rstrip(".")


def _figures(metrics: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """The figures of a training with their names, those in groups after the name of their group."""
    if not isinstance(metrics, Mapping):
        return
    for name, value in metrics.items():
        known = FIGURES.get(str(name))
        said = before + (tr(known) if known else str(name).replace("_", " "))
        if isinstance(value, Mapping) and not before:
            yield from _figures(value, f"{said}: ")
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield said, number(value) if isinstance(value, int) else number(value, 3)


def _table(figures: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(2)
    for row, (name, value) in enumerate(figures):
        grid.addWidget(_selectable(caption(name, wrap=True)), row, 0)
        grid.addWidget(_selectable(caption(value)), row, 1, Qt.AlignmentFlag.AlignRight)
    grid.setColumnStretch(0, 1)
    return grid


def _selectable(of: QLabel) -> QLabel:
    of.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return of
