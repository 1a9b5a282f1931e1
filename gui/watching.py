"""Lets the library follow its folders by itself: what the system tells of changes becomes an update."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from engine.paths import is_folder
from engine.records import Root
from engine.settings import Settings
from gui.indexing import Indexing
from gui.overview import LibraryWatch, Overview
from gui.tasks import Lane, TaskRunner

if TYPE_CHECKING:
    from engine.indexing.watcher import Watcher
    from engine.library import Library

QUIET_MS = 2000
MOST_ROUNDS = 15  # a folder that is written to without end is looked through after that many times QUIET_MS
RETRY_MS = 15_000
LONGEST_RETRY_MS = 600_000
AWAY_SECONDS = 600.0
AWAY_UNWATCHED_SECONDS = 30.0


class Watching(QObject):
    """Starts an update of the folders in which something changed, once it has been quiet there for a moment.

    Nothing runs while nothing changes: the watcher's thread sleeps in the system, and the timer is started by it.

    Attributes:
        problem: why not all folders are watched, one sentence; empty if they are.
        clock: seconds, to tell how long the window was left.

    Signals:
        problem_changed: another `problem`.

    What it has handed to a run stays owed until a run over those folders has come to its end. If the run fails, it is
    tried again by itself, ever less often; if a person cancels it, with the next change that is heard of.
    """

    problem_changed = Signal(str)
    _heard = Signal()  # emitted by the watcher's thread

    def __init__(
        self, library: "Library", tasks: TaskRunner, indexing: Indexing, watch: LibraryWatch, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._read_only = library.read_only
        self._indexing = indexing
        self._watcher = library.watcher(self._heard.emit)
        self._settings: Settings | None = None
        self._roots: tuple[Root, ...] = ()
        self._watched: tuple[object, ...] = ()
        self._pending: set[Path] = set()
        self._owed: set[Path] = set()
        self._failures = 0
        self._rounds = 0
        self._left: float | None = None
        self.clock = time.monotonic
        self.problem = ""
        self._quiet = QTimer(self, interval=QUIET_MS, singleShot=True)
        self._quiet.timeout.connect(self._take)
        self._retry = QTimer(self, singleShot=True)
        self._retry.timeout.connect(self._take)
        indexing.covered.connect(self._on_covered)
        indexing.stopped.connect(self._take_back)
        for broken in (indexing.failed, indexing.busy_elsewhere):
            broken.connect(lambda _: self._try_later())
        self._heard.connect(self._on_heard, Qt.ConnectionType.QueuedConnection)
        watch.looked.connect(self._on_look)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._on_application_state)

    @property
    def on(self) -> bool:
        """Whether the folders are watched, as far as the system can; not for a library that cannot take in changes."""
        return self._settings is not None and self._settings.watch and not self._read_only

    def obey(self, settings: Settings) -> None:
        """Watch or not, as the settings say."""
        self._settings = settings
        if not self.on:
            self._forget_all()
        self._watch()

    def stop(self) -> None:
        """Ask for nothing more: the library is about to be closed, and ends the watcher."""
        self._settings = None
        self._forget_all()

    def _forget_all(self) -> None:
        self._hand_over()
        self._owed.clear()
        self._failures = 0

    def _hand_over(self) -> list[Path]:
        """What has changed, to be owed from now on."""
        self._quiet.stop()
        self._retry.stop()
        self._rounds = 0
        folders = sorted(self._pending)
        self._pending.clear()
        self._owed.update(folders)
        return folders

    def _on_covered(self, folders: Sequence[Path]) -> None:
        """A run over these folders, or over all, has come to its end."""
        covers = {owed for owed in self._owed if not folders or any(owed.is_relative_to(one) for one in folders)}
        self._owed -= covers
        self._failures = 0

    def _take_back(self) -> None:
        """No run is going to do what is owed: it waits for the next change again."""
        self._pending |= self._owed
        self._owed.clear()

    def _try_later(self) -> None:
        self._take_back()
        if self.on and self._pending:
            self._retry.start(min(RETRY_MS * 2**self._failures, LONGEST_RETRY_MS))
            self._failures += 1

    def _on_look(self, overview: Overview) -> None:
        away = {root.id for root in self._roots if not root.online}
        self._roots = overview.roots
        back = {root.path for root in self._roots if root.online and root.id in away}
        if self.on and back:
            self._pending |= back
            self._quiet.start()
        self._watch()

    def _watch(self) -> None:
        """Watch what is there now, unless that is what is watched already."""
        settings = self._settings
        if settings is None:
            return
        roots = [root for root in self._roots if root.online] if self.on else []
        wanted = (settings.extensions_off, *((root.path, root.excludes) for root in roots))
        if wanted == self._watched or not (roots or self._watched):
            return
        self._watched = wanted
        self._tasks.submit(
            lambda job: self._watcher.watch(roots, settings.extensions_off),
            lane=Lane.FETCHING,
            owner=self,
            on_success=self._on_watched,
        )

    def _on_watched(self, problem: str) -> None:
        if problem != self.problem:
            self.problem = problem
            self.problem_changed.emit(problem)

    def _on_heard(self) -> None:
        if self.on:
            self._quiet.start()

    def _take(self) -> None:
        watcher, roots = self._watcher, self._roots
        self._tasks.submit(
            lambda job: _touched(watcher, roots), lane=Lane.FETCHING, owner=self, on_success=self._on_taken
        )

    def _on_taken(self, touched: list[Path]) -> None:
        """Wait on while something still changes: a photo that is being copied is not whole yet."""
        if not self.on:
            return
        self._pending.update(touched)
        self._rounds += 1
        if touched and self._rounds < MOST_ROUNDS:
            self._quiet.start()
            return
        if folders := self._hand_over():
            self._indexing.add(folders)

    def _on_application_state(self, state: Qt.ApplicationState) -> None:
        if state != Qt.ApplicationState.ApplicationActive:
            self._left = self.clock() if self._left is None else self._left
            return
        left, self._left = self._left, None
        enough = AWAY_UNWATCHED_SECONDS if self.problem else AWAY_SECONDS
        if self.on and self._roots and left is not None and self.clock() - left >= enough:
            self._indexing.update_next()


def _touched(watcher: "Watcher", roots: Sequence[Root]) -> list[Path]:
    """The roots in which something changed; those that are there."""
    changed = watcher.take()
    return [
        root.path
        for root in roots
        if any(folder.is_relative_to(root.path) or root.path.is_relative_to(folder) for folder in changed)
        and is_folder(root.path)
    ]
