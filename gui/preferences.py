"""The settings as the window knows them: read once, changed at once, saved behind the user's back."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.settings import Settings
from engine.settings_file import SettingsFile
from gui.tasks import Lane, TaskRunner


class Preferences(QObject):
    """Owns the settings of this run of the program.

    Attributes:
        file: where they are kept.
        settings: what holds now.
        problem: why the file, or a part of it, did not count when it was read; None if all of it did.

    Signals:
        changed: other Settings hold from now on.
        failed: a change holds for now, but could not be saved, and why.
    """

    changed = Signal(object)
    failed = Signal(Exception)

    def __init__(self, file: SettingsFile, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self.file = file
        self._tasks = tasks
        self._saved = True
        loaded = file.load()
        self.settings = loaded.settings
        self.problem = loaded.problem

    def change(self, **values: Any) -> None:
        """Let other values hold, and save them.

        Raises:
            BadRequestError: a value makes no sense; nothing changes.
        """
        settings: Settings = replace(self.settings, **values)
        if settings == self.settings:
            return
        self.settings = settings
        self.changed.emit(settings)
        self._saved = False
        self._tasks.submit(
            lambda job: self.file.save(settings),
            lane=Lane.FETCHING,
            owner=self,
            on_success=lambda _: self._on_saved(settings),
            on_failure=self.failed.emit,
        )

    def save_rest(self) -> None:
        """On a worker, when the window closes: save what was changed so late that its call was cancelled."""
        if not self._saved:
            self.file.save(self.settings)

    def _on_saved(self, settings: Settings) -> None:
        self._saved = settings == self.settings
