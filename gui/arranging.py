"""Brings the photos of an answer into the order of their looks, off this thread."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.panels.results import ResultsPanel
from gui.tasks import Lane, Task, TaskRunner

if TYPE_CHECKING:
    from engine.library import Library


class Arranging(QObject):
    """Answers what the results ask for; a newer wish takes the place of an older one."""

    def __init__(self, library: "Library", tasks: TaskRunner, results: ResultsPanel) -> None:
        super().__init__(results)
        self._library = library
        self._tasks = tasks
        self._results = results
        self._task: Task | None = None
        results.looks_wanted.connect(self._arrange)

    def _arrange(self, ids: Sequence[str]) -> None:
        if self._task is not None:
            self._task.cancel()
        task = self._tasks.submit(
            lambda job: self._library.looks.order(ids, job),
            lane=Lane.EXPLAINING,
            owner=self,
            on_success=lambda found: self._results.show_looks(found) if self._task is task else None,
        )
        self._task = task
