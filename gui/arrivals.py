"""What was named on the command line, of this start or of a later one, comes into the window."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from engine.records import QueryPicture
from gui.intake import sort_files
from gui.messages import Messages, Offer
from gui.tasks import Lane, TaskRunner
from gui.translation import tr

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class Arrivals(QObject):
    """Pictures become the query; a folder is offered to be indexed, since naming one may be a slip of the hand.

    What comes before the library is open waits for it.
    """

    def __init__(self, window: "MainWindow", messages: Messages, tasks: TaskRunner) -> None:
        super().__init__(window)
        self._window = window
        self._messages = messages
        self._tasks = tasks
        self._waiting: list[Path] = []

    def arrive(self, paths: list[Path]) -> None:
        """Take these, and come to the front."""
        self._waiting += paths
        self.look()
        self._come_forward()

    def look(self) -> None:
        """Take what waits, if the library is open."""
        if self._window.workspace is None or not self._waiting:
            return
        paths, self._waiting = tuple(self._waiting), []
        self._tasks.submit(
            lambda job: sort_files(paths),
            lane=Lane.FETCHING,
            owner=self,
            on_success=lambda found: self._use(*found),
            on_failure=self._messages.error,
        )

    def _use(self, folders: list[Path], files: list[Path]) -> None:
        workspace = self._window.workspace
        if workspace is None:
            return
        if files:
            workspace.take_pictures([QueryPicture(path=path) for path in files], False)
        for folder in folders:
            self._offer(folder)

    def _offer(self, folder: Path) -> None:
        self._messages.ask(
            tr("Index “{name}”?", name=folder.name or folder),
            tr("Its photos become searchable. They stay where they are."),
            Offer(tr("Index this folder"), lambda: self._index(folder)),
        )

    def _index(self, folder: Path) -> None:
        if self._window.workspace is not None:
            self._window.workspace.add_folders([folder])

    def _come_forward(self) -> None:
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
