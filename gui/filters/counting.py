"""Counts photos for the filter panel, off the GUI thread and only while somebody looks."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from engine.filters import Filters
from gui.tasks import Lane, Task, TaskRunner

if TYPE_CHECKING:
    from engine.library import Library

SIZES = (640, 1280, 1920, 2560, 3840, 6000)
PAUSE_MS = 60
"""Changes that follow each other faster are counted once."""


class Counting(QObject):
    """Counts for the newest filters only.

    Signals:
        counted: the Facets, and the Filters they are for.
        failed: why photos cannot be counted.
    """

    counted = Signal(object, object)
    failed = Signal(Exception)

    def __init__(self, library: "Library", tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._filters = Filters()
        self._active = False
        self._task: Task | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._count)

    def set_active(self, active: bool) -> None:
        """Whether somebody looks at the numbers."""
        self._active = active
        self.again()

    def stop(self) -> None:
        """Count no more: the library is about to be closed."""
        self._active = False
        self._pause.stop()

    def count(self, filters: Filters) -> None:
        """Count for these filters from now on."""
        self._filters = filters
        self.again()

    def again(self) -> None:
        """Photos, decisions or filters have changed."""
        if self._active:
            self._pause.start()

    def _count(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task.on_success = lambda facets: None
        filters = self._filters
        self._task = self._tasks.submit(
            lambda job: self._library.browsing.facets(filters, SIZES, job),
            lane=Lane.COUNTING,
            owner=self,
            on_success=lambda facets: self.counted.emit(facets, filters),
            on_failure=self.failed.emit,
        )
