"""Keeps the library in step with the disk while the window goes on answering."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.errors import EngineError, LibraryBusyError
from engine.jobs import Progress
from engine.records import IndexReport, Skipped
from gui.tasks import Lane, Task, TaskRunner
from gui.translation import counted

if TYPE_CHECKING:
    from engine.library import Library


@dataclass(frozen=True, slots=True)
class Undone:
    """What was to be looked through: folders, which may not be in the library yet, and everything besides."""

    folders: tuple[Path, ...] = ()
    everything: bool = False


class Indexing(QObject):
    """One run at a time; folders that come meanwhile are indexed next.

    Signals:
        started: a run begins.
        progressed: a Progress, at most ten a second.
        paused_changed: the run waits, or goes on.
        finished: a run is done; its IndexReport.
        stopped: a run was cancelled; what it had done is kept.
        busy_elsewhere: another program is indexing this library; its LibraryBusyError.
        failed: a run broke off, and why.
        closed_found: folders could not be read, others than the last time; an EngineError that says which.
        ended: a run is over, however; before it is said how.
        covered: folders that a run has looked through to its end; none for all of them.
        unfinished: whether something that was begun or waited for its turn is left undone, see `go_on`.
    """

    started = Signal()
    progressed = Signal(object)
    paused_changed = Signal(bool)
    finished = Signal(object)
    stopped = Signal()
    busy_elsewhere = Signal(Exception)
    failed = Signal(Exception)
    closed_found = Signal(Exception)
    ended = Signal()
    covered = Signal(object)
    unfinished = Signal(bool)

    def __init__(self, library: "Library", tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._task: Task | None = None
        self._folders: tuple[Path, ...] = ()
        self._next: tuple[Path, ...] = ()
        self._again = False
        self._left: Undone | None = None
        self._closed: frozenset[Path] = frozenset()

    @property
    def running(self) -> bool:
        """Whether a run is under way, paused or not."""
        return self._task is not None

    @property
    def paused(self) -> bool:
        """Whether the run has been asked to wait."""
        return self._task is not None and self._task.paused

    def add(self, folders: Sequence[Path]) -> None:
        """Add folders and index them, now or after the run that is under way."""
        if self.running:
            self._next += tuple(folder for folder in folders if folder not in self._next)
        else:
            self._start(tuple(folders))

    def update(self) -> None:
        """Look through every folder for what has changed."""
        if not self.running:
            self._start(())

    def update_next(self) -> None:
        """Look through every folder now, or once more after the run that is under way."""
        if self.running:
            self._again = True
        else:
            self._start(())

    def go_on(self) -> None:
        """Do what was left undone when a run was cancelled or broke off."""
        if self._left is not None and not self.running:
            self._again = self._left.everything and bool(self._left.folders)
            self._start(self._left.folders)

    def pause_or_resume(self) -> None:
        """Wait at the next step, or go on."""
        if self._task is None:
            return
        if self._task.paused:
            self._task.resume()
        else:
            self._task.pause()
        self.paused_changed.emit(self._task.paused)

    def cancel(self) -> None:
        """Stop after the batch at hand; nothing that is done is lost."""
        if self._task is not None:
            self._leave()
            self._task.cancel()
        self._forget_next()

    def _start(self, folders: tuple[Path, ...]) -> None:
        self._folders = folders
        self._task = self._tasks.submit(
            lambda job: self._library.index(folders, job=job),
            lane=Lane.WRITING,
            owner=self,
            on_progress=self._on_progress,
            on_success=self._on_finished,
            on_failure=self._on_failed,
            on_cancel=self._on_stopped,
        )
        self.started.emit()

    def _on_progress(self, progress: Progress) -> None:
        self.progressed.emit(progress)

    def _on_finished(self, report: IndexReport) -> None:
        self._end()
        self._cover(self._folders)
        self.finished.emit(report)
        self._tell_closed(report.closed)
        self._go_on()

    def _tell_closed(self, closed: Sequence[Skipped]) -> None:
        """Once, not after every run: a folder may be closed for good."""
        before, self._closed = self._closed, frozenset(folder.path for folder in closed)
        new = [folder for folder in closed if folder.path not in before]
        if new:
            said = counted("{n} folder could not be read.", "{n} folders could not be read.", len(new))
            self.closed_found.emit(EngineError(said, f"{new[0].path}: {new[0].reason}"))

    def _on_stopped(self) -> None:
        self._end()
        self.stopped.emit()
        self._go_on()

    def _on_failed(self, error: Exception) -> None:
        self._end()
        self._leave()
        self._forget_next()
        if isinstance(error, LibraryBusyError):
            self.busy_elsewhere.emit(error)
        else:
            self.failed.emit(error)

    def _end(self) -> None:
        self._task = None
        self.ended.emit()

    def _go_on(self) -> None:
        folders, again = self._next, self._again
        self._forget_next()
        if folders or again:
            self._again = again and bool(folders)
            self._start(folders)

    def _leave(self) -> None:
        """Note what is left undone: the run at hand, and what waits."""
        before = self._left or Undone()
        folders = dict.fromkeys((*before.folders, *self._folders, *self._next))
        self._left = Undone(tuple(folders), before.everything or self._again or not self._folders)
        self.unfinished.emit(True)

    def _cover(self, folders: tuple[Path, ...]) -> None:
        """A run over these folders, or over all, has come to its end."""
        self.covered.emit(folders)
        if self._left is None:
            return
        rest = tuple(folder for folder in self._left.folders if folder not in folders)
        self._left = Undone(rest, self._left.everything and bool(folders))
        if not rest and not self._left.everything:
            self._left = None
            self.unfinished.emit(False)

    def _forget_next(self) -> None:
        self._next = ()
        self._again = False
