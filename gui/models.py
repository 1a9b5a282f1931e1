"""What a person does with embedding models: choose, give up, add, measure, export and remove them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from engine.errors import EngineError
from engine.jobs import Job, Progress
from gui.changing import Changes
from gui.desktop import reveal
from gui.indexing import Indexing
from gui.messages import Offer
from gui.model_shelf import Shelf
from gui.overview import Overview
from gui.tasks import Lane, Task
from gui.translation import tr
from gui.trial import Trial

if TYPE_CHECKING:
    from engine.library import Library
    from engine.models.installed import Change

FILLING_STAGE = "embedding with the new model"  # what the engine calls it


@dataclass(slots=True)
class _Work:
    """What goes on, and what was found out, until the window is closed."""

    adding: Task | None = None
    queue: list[Path] = field(default_factory=list)
    measuring: dict[str, Task] = field(default_factory=dict)


class Models(QObject):
    """Every call runs on a worker. Embedding with another model is a part of indexing, and paused and cancelled there.

    Attributes:
        dialog: the one that shows them, once it has been opened.
        shelf: the models as they were seen last.
        trial: lets another model answer for now.
        speeds: measured milliseconds per picture, by model.

    Signals:
        listed: the models have changed, or what can be done with them.
        measured: the name of a model whose measurement has begun or ended.
        adding_changed: the name of the file that is being checked, or "".
        added: the name of a model that was added.
        progressed: the Progress of embedding with another model.
        done: a sentence about something that is finished.
        failed: why something was not done.
        train_wanted: somebody wants a model of their own.
    """

    listed = Signal()
    measured = Signal(str)
    adding_changed = Signal(str)
    added = Signal(str)
    progressed = Signal(object)
    done = Signal(str)
    failed = Signal(Exception)
    train_wanted = Signal()

    def __init__(
        self, changes: Changes, indexing: Indexing, window: QWidget, dialog: Callable[["Models", QWidget], QDialog]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._new_dialog = dialog
        self.dialog: QDialog | None = None
        self._changes = changes
        self._library = changes.library
        self._indexing = indexing
        self._work = _Work()
        self._filling = False
        self._answering = ""
        self.shelf = Shelf()
        self.trial = Trial(changes, self)
        self.trial.changed.connect(self.listed)
        self.speeds: dict[str, float] = {}
        indexing.progressed.connect(self._on_progress)
        for changed in (indexing.started, indexing.finished, indexing.stopped, indexing.failed):
            changed.connect(self._on_run)

    @property
    def adding(self) -> bool:
        """Whether a model is being checked."""
        return self._work.adding is not None

    @property
    def indexing(self) -> bool:
        """Whether a run of any kind is under way."""
        return self._indexing.running

    def show(self) -> None:
        """Open the dialog, or bring it to the front."""
        if self.dialog is None or not isValid(self.dialog):
            self.dialog = self._new_dialog(self, self._window)
            self.look()
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def look(self) -> None:
        """Read the list again."""
        self._submit(lambda job: _read(self._library), self._on_read, Lane.READING)

    def show_overview(self, overview: Overview) -> None:
        """Tell when another model has begun to answer, and offer the way back."""
        before, self._answering = self._answering, overview.model
        if not before or before == overview.model:
            return
        back = Offer(tr("Back to “{name}”", name=before), lambda: self.use(before))
        self._changes.messages.tell(tr("“{name}” answers searches now.", name=overview.model), "", back)
        self.trial.end()
        self.look()

    def use(self, name: str) -> None:
        """Let a model answer: at once if it has embedded every photo, else after it has."""

        def choose(job: Job) -> "Change | None":
            self._library.use_model(name)
            return self._library.models.change()

        self._submit(choose, self._on_chosen)

    def keep(self) -> None:
        """Give up the change to another model; what it has embedded is kept."""
        self._submit(lambda job: self._library.models.keep_answering(), self._on_kept)

    def go_on(self) -> None:
        """Embed what is still missing."""
        self._indexing.update_next()

    def add(self, sources: Sequence[Path]) -> None:
        """Check and install models, one after the other, in the dialog that says how it goes."""
        self.show()
        self._work.queue += sources
        if self._work.adding is None:
            self._add_next()

    def cancel_adding(self) -> None:
        """Check nothing more; what is being checked is not added."""
        self._work.queue.clear()
        if self._work.adding is not None:
            self._work.adding.cancel()

    def is_measured(self, name: str) -> bool:
        """Whether a measurement of this model is under way."""
        return name in self._work.measuring

    def measure(self, name: str) -> None:
        """Find out how fast a model is on this machine."""
        if name in self._work.measuring:
            return
        task = self._changes.tasks.submit(
            lambda job: self._library.models.measure(name, job).milliseconds,
            lane=Lane.FETCHING,
            owner=self,
            on_success=lambda milliseconds: self._on_measured(name, milliseconds),
            on_failure=lambda error: self._on_measured(name, None, error),
            on_cancel=lambda: self._on_measured(name, None),
        )
        self._work.measuring[name] = task
        self.measured.emit(name)

    def cancel_measuring(self, name: str) -> None:
        """Stop a measurement."""
        if name in self._work.measuring:
            self._work.measuring[name].cancel()

    def remove(self, name: str) -> None:
        """Delete a model with all it made; whoever asks for this has asked the user."""
        self._submit(
            lambda job: self._library.remove_model(name),
            lambda _: self._say(tr("“{name}” was removed.", name=name)),
        )

    def export(self, name: str, file: Path) -> None:
        """Write a model as one file."""

        def on_written(written: Path) -> None:
            show = Offer(tr("Show in file manager"), lambda: reveal([written]))
            self._changes.messages.tell(tr("“{name}” was saved.", name=written.name), "", show)
            self.done.emit(tr("“{name}” was saved.", name=written.name))

        self._submit(lambda job: self._library.models.export(name, file), on_written, Lane.FETCHING)

    def stop(self) -> None:
        """Begin nothing more."""
        self._work.queue.clear()
        if self.dialog is not None and isValid(self.dialog):
            self.dialog.close()

    def _submit(self, call: Callable[[Job], Any], then: Callable[[Any], None], lane: Lane = Lane.ANSWERING) -> None:
        self._changes.tasks.submit(call, lane=lane, owner=self, on_success=then, on_failure=self._fail)

    def _on_read(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.listed.emit()

    def _on_chosen(self, change: "Change | None") -> None:
        self._changes.look()
        self.look()
        if change is None:
            self.trial.end()
            return
        self._indexing.update_next()
        keep = Offer(tr("Keep the present model"), self.keep)
        text = tr("“{name}” takes over once it has embedded every photo.", name=change.name)
        self._changes.messages.tell(text, tr("Until then searches are answered as before."), keep)

    def _on_kept(self, outcome: object) -> None:
        if self._filling:
            self._indexing.cancel()
        self.look()

    def _add_next(self) -> None:
        if not self._work.queue:
            return
        source = self._work.queue.pop(0)
        self._work.adding = self._changes.tasks.submit(
            lambda job: self._library.models.add(source, job),
            lane=Lane.FETCHING,
            owner=self,
            on_success=self._on_added,
            on_failure=lambda error: self._on_not_added(source, error),
            on_cancel=self._after_adding,
        )
        self.adding_changed.emit(source.name)

    def _on_added(self, name: str) -> None:
        self._after_adding()
        self.added.emit(name)
        self._say(tr("“{name}” was added.", name=name))

    def _on_not_added(self, source: Path, error: Exception) -> None:
        if isinstance(error, EngineError):
            why = f"{error.message} {error.hint}".strip()
            error = EngineError(tr("“{name}” was not added.", name=source.name), why)
        self._fail(error)
        self._after_adding()

    def _after_adding(self) -> None:
        self._work.adding = None
        self.adding_changed.emit("")
        self._add_next()

    def _on_measured(self, name: str, milliseconds: float | None, error: Exception | None = None) -> None:
        del self._work.measuring[name]
        if milliseconds is not None:
            self.speeds[name] = milliseconds
        self.measured.emit(name)
        if error is not None:
            self._fail(error)

    def _on_progress(self, progress: Progress) -> None:
        filling = progress.stage == FILLING_STAGE
        if filling != self._filling:
            self._filling = filling
            self.listed.emit()
        if filling:
            self.progressed.emit(progress)

    def _on_run(self, *_: object) -> None:
        self._filling = False
        self.look()

    def _fail(self, error: Exception) -> None:
        """In the dialog, if it is open: a message over the window would lie behind it."""
        if isinstance(error, EngineError) and self.dialog is not None and isValid(self.dialog):
            self.failed.emit(error)
        else:
            self._changes.messages.error(error)

    def _say(self, text: str) -> None:
        self.look()
        self.done.emit(text)


def _read(library: "Library") -> Shelf:
    return Shelf(tuple(library.models.list()), library.models.change())
