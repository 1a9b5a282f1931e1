"""The status bar: how much is searchable, what is going on, how fast, and how to stop it."""

from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from engine.catalog.photos import Counts
from engine.jobs import Progress
from engine.records import IndexReport, LastUpdate
from gui.controls import button, caption, surface, tool
from gui.folding import APART, Folding, beside
from gui.icons import icon
from gui.measures import control_height, grown, margins
from gui.overview import Overview
from gui.progress_bar import ProgressBar
from gui.theme import CAPTION_RATIO, font
from gui.translation import counted, later, tr
from gui.words import day_and_time, duration, number, rate, time_left

AROUND = 4
PROGRESS_WIDTH = 120


class ActivityBar(QFrame):
    """One quiet line at the lower edge.

    Signals:
        pause_wanted, cancel_wanted, details_wanted, go_on_wanted, training_wanted: the buttons.
    """

    pause_wanted = Signal()
    cancel_wanted = Signal()
    details_wanted = Signal()
    go_on_wanted = Signal()
    training_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        surface(self, "panel", "above")
        self.setMinimumHeight(control_height() + AROUND)
        self.setAccessibleName(tr("Activity"))
        self.searchable = button("", self.details_wanted.emit, "quiet")
        self.searchable.setFont(font(self.searchable.font(), CAPTION_RATIO))
        self.searchable.setAccessibleDescription(tr("Searchable photos"))
        self.searchable.setToolTip(tr("Which files are not searchable, and why"))
        self.read_only = _status(tr("Read-only"))
        self.stage = _status(tr("Activity"))
        self.download = _status(tr("Download"))
        self.machine = _status(tr("Model and processor"))
        self.details = button("", self.details_wanted.emit, "plain")
        self.details.setToolTip(tr("Which files are not searchable, and why"))
        self.bar = ProgressBar(tr("Progress of indexing"))
        self.bar.setFixedWidth(grown(PROGRESS_WIDTH))
        self.pause = tool("pause", tr("Pause"), self.pause_wanted.emit)
        self.cancel = tool("close", tr("Cancel indexing; what is done is kept"), self.cancel_wanted.emit)
        self.go_on = button(tr("Go on"), self.go_on_wanted.emit, "plain")
        self.go_on.setToolTip(tr("Do what is left undone: look through those folders again"))
        self.training = button("", self.training_wanted.emit, "quiet")
        self.training.setFont(font(self.training.font(), CAPTION_RATIO))
        self.training.setToolTip(tr("See how far the training has come"))
        self._provider = ""
        self._model = ""
        self._paused = False
        self._running = False
        self._unfinished = False
        self._last: Progress | None = None
        self._last_update: LastUpdate | None = None
        self._build()
        self._show_running(False)

    def show_overview(self, overview: Overview) -> None:
        """How much of the library is searchable, and with which model."""
        counts = overview.counts
        empty = counts.photos == 0
        self.searchable.setText("" if empty else _share_text(counts))
        self.searchable.setVisible(not empty)
        self.details.setText(counted("{n} file not readable", "{n} files not readable", counts.unreadable))
        self.details.setVisible(counts.unreadable > 0)
        self._model = tr("{model} · {dim}-d", model=overview.model, dim=overview.dim) if overview.model else ""
        self._provider = overview.provider or self._provider
        self._show_machine()
        if overview.last_update != self._last_update:
            self._last_update = overview.last_update
            if not self._running and self._last_update is not None:
                self._show_done(self._last_update)

    def show_started(self) -> None:
        """A run begins."""
        self._last = None
        self.stage.setText(tr("Looking for photos…"))
        self.stage.setToolTip("")
        self.bar.show_share(0, None)
        self._show_running(True)

    def show_progress(self, progress: Progress) -> None:
        """How far the run has come; what was under way when it was paused may still report."""
        self._last = progress
        self._provider = progress.provider or self._provider
        self._show_machine()
        self.bar.show_share(progress.done, progress.total)
        if not self._paused:
            self.stage.setText(progress_text(progress))

    def show_paused(self, paused: bool) -> None:
        """The run waits, or goes on."""
        self._show_button(paused=paused)
        if paused:
            self.stage.setText(tr("Paused"))
        elif self._last is not None:
            self.stage.setText(progress_text(self._last))

    def show_finished(self, report: IndexReport) -> None:
        """What the run did."""
        self._provider = report.provider or self._provider
        self._show_machine()
        self._show_running(False)
        self._show_done(report.summary(datetime.now()))

    def show_idle(self, text: str = "") -> None:
        """Nothing goes on, for this reason."""
        self._show_running(False)
        self.stage.setText(text)
        self.stage.setToolTip("")

    def show_read_only(self, why: str) -> None:
        """The library cannot be changed, as long as it is open."""
        self.read_only.setText(tr("Read-only"))
        self.read_only.setToolTip(why)
        self.read_only.show()

    def show_unfinished(self, unfinished: bool) -> None:
        """Whether something is left undone that can be gone on with."""
        self._unfinished = unfinished
        self.go_on.setVisible(unfinished and not self._running)

    def show_downloading(self, site: str) -> None:
        """A picture is on its way from a site; "" when it has arrived or failed."""
        self.download.setText(tr("Downloading from {site}…", site=site) if site else "")

    def show_training_running(self, running: bool) -> None:
        """A model is being trained, or no longer."""
        self.training.setText(tr("Training…"))
        self.training.setVisible(running)

    def show_training(self, progress: Progress) -> None:
        """How far the training has come in its present stage."""
        if progress.total:
            self.training.setText(tr("Training: {share} %", share=number(100 * progress.done // progress.total)))

    def _build(self) -> None:
        known = beside(self.searchable, self.details, self.read_only)
        running = beside(self.bar, self.stage, self.go_on, self.pause, self.cancel, self.training, self.download)
        row = QHBoxLayout(self)
        margins(row, 4, 0, 12, 0)
        row.addWidget(Folding(Folding(known, running), self.machine, shares=APART))
        self.details.hide()
        self.read_only.hide()
        self.searchable.hide()
        self.go_on.hide()
        self.training.hide()

    def _show_done(self, done: LastUpdate) -> None:
        """The last update, shortly; all of it is in the tooltip."""
        today = date.today()
        self.stage.setText(last_update_text(done, today))
        self.stage.setToolTip("\n".join(last_update_lines(done, today)))

    def _show_running(self, running: bool) -> None:
        self._running = running
        for widget in (self.bar, self.pause, self.cancel):
            widget.setVisible(running)
        self.go_on.setVisible(self._unfinished and not running)
        self._show_button(paused=False)

    def _show_button(self, *, paused: bool) -> None:
        self._paused = paused
        self.pause.setIcon(icon("resume" if paused else "pause"))
        self.pause.setToolTip(tr("Go on") if paused else tr("Pause"))
        self.pause.setAccessibleName(self.pause.toolTip())

    def _show_machine(self) -> None:
        self.machine.setText(" · ".join(part for part in (self._provider, self._model) if part))
        where = tr("The last photos were embedded on: {name}", name=self._provider)
        self.machine.setToolTip(where if self._provider else "")


# What the engine calls its stages.
STAGES = {
    "scanning": later("Scanning"),
    "indexing": later("Indexing"),
    "embedding again": later("Embedding again"),
    "embedding with the new model": later("Embedding with the new model"),
    "building the index": later("Building the index"),
    "saving the index": later("Saving the index"),
    "exporting": later("Exporting"),
    "downloading": later("Downloading"),
    "reading the files": later("Reading the files"),
    "unpacking pictures": later("Unpacking pictures"),
    "looking at the photos": later("Looking at the photos"),
    "reading the pictures": later("Reading the pictures"),
    "preparing the photos": later("Preparing the photos"),
    "training the network": later("Training the network"),
    "learning and testing": later("Learning and testing"),
    "learning from fewer photos": later("Learning from fewer photos"),
    "learning from all photos": later("Learning from all photos"),
    "writing the report": later("Writing the report"),
}

IN_STEPS = {"training the network"}
"""Stages that count steps of many photos each."""


def progress_text(progress: Progress) -> str:
    """Such as "Indexing 310 of 1,204 · 58 photos/s · 3 min left"."""
    stage = tr(STAGES.get(progress.stage, progress.stage.capitalize()))
    parts = [f"{stage} {_done_text(progress)}"]
    if progress.per_second and progress.stage not in IN_STEPS:
        parts.append(rate(progress.per_second))
    if progress.seconds_left is not None:
        parts.append(time_left(progress.seconds_left))
    return " · ".join(parts)


def last_update_text(done: LastUpdate, today: date) -> str:
    """Such as "Up to date, 14:02 · 12 added · 3 gone"."""
    when = tr("Up to date, {when}", when=day_and_time(done.when, today))
    return " · ".join([when, *_changes(done)])


def last_update_lines(done: LastUpdate, today: date) -> list[str]:
    """When the folders were looked through, how long it took, and what was found."""
    when = tr("The folders were looked through: {when}", when=day_and_time(done.when, today))
    took = [tr("It took {duration}", duration=duration(done.seconds))] if done.seconds else []
    return [when, *took, *(_changes(done) or [tr("Nothing had changed")])]


def _changes(done: LastUpdate) -> list[str]:
    parts = [
        (done.added, counted("{n} added", "{n} added", done.added)),
        (done.updated, counted("{n} changed", "{n} changed", done.updated)),
        (done.moved, counted("{n} moved", "{n} moved", done.moved)),
        (done.missing, counted("{n} gone", "{n} gone", done.missing)),
        (done.unreadable, counted("{n} not readable", "{n} not readable", done.unreadable)),
        (done.offline, counted("{n} folder not connected", "{n} folders not connected", done.offline)),
    ]
    return [text for some, text in parts if some]


def _share_text(counts: Counts) -> str:
    searchable, photos = number(counts.searchable), number(counts.photos)
    return tr("{searchable} of {photos} searchable", searchable=searchable, photos=photos)


def _done_text(progress: Progress) -> str:
    if progress.total is None:
        return number(progress.done)
    return tr("{done} of {total}", done=number(progress.done), total=number(progress.total))


def _status(name: str) -> QLabel:
    made = caption("")
    made.setAccessibleDescription(name)
    return made
