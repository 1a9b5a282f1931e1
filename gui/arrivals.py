"""What was named on the command line, of this start or of a later one, comes into the window."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from gui.drops import Aim, Files

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class Arrivals(QObject):
    """Pictures become the query, models are added; a folder is offered to be indexed.

    What comes before the library is open waits for it.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
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
        self._window.intake.take(Files(paths), Aim.NAMED)

    def _come_forward(self) -> None:
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
