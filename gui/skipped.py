"""The list of the files that are not searchable, kept up to date while it is open."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.jobs import Job
from engine.records import Skipped
from gui.changing import Changes
from gui.dialogs.choosing import choose_table
from gui.dialogs.skipped import SkippedDialog
from gui.dialogs.skipped_model import SkippedRow, rows_of
from gui.tasks import Lane
from gui.translation import tr

if TYPE_CHECKING:
    from engine.library import Library

PAUSE_MS = 1000


class SkippedFiles(QObject):
    """Opens the list, reads it again when the library has changed, and does what is asked for in it.

    Signals:
        update_wanted: photos wait to be read again.
    """

    update_wanted = Signal()

    def __init__(self, changes: Changes, window: QWidget) -> None:
        super().__init__(window)
        self._changes = changes
        self._window = window
        self._reading = False
        self._files: list[Skipped] | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.read)
        self.dialog: SkippedDialog | None = None
        self.chooser: QFileDialog | None = None

    def show(self) -> None:
        """Open the list, or bring it to the front."""
        if self.dialog is None:
            self.dialog = SkippedDialog(self._window)
            self.dialog.retry_wanted.connect(self._retry)
            self.dialog.save_wanted.connect(self._ask_where)
            self.dialog.destroyed.connect(self._forget)
            self._files = None
            self.read()
        else:
            self.dialog.raise_()
            self.dialog.activateWindow()

    def follow(self) -> None:
        """The library has changed: look again in a moment, because a run changes it time and again."""
        if self.dialog is not None and not self._pause.isActive():
            self._pause.start()

    def read(self) -> None:
        """Look again at what is not searchable, if anybody sees it."""
        if self.dialog is None or self._reading:
            return
        self._reading = True
        library, before = self._changes.library, self._files
        self._changes.tasks.submit(
            lambda job: _read(library, before),
            lane=Lane.READING,
            owner=self,
            on_success=self._on_read,
            on_failure=self._on_not_read,
        )

    def _on_read(self, rows: list[SkippedRow] | None) -> None:
        self._reading = False
        if self.dialog is None or rows is None:
            return
        self._files = [row.file for row in rows]
        self.dialog.show_files(rows)
        self.dialog.show()  # only now, so that nobody sees an empty list that fills

    def _on_not_read(self, error: Exception) -> None:
        self._reading = False
        self._changes.messages.error(error)

    def _forget(self) -> None:
        self.dialog = None

    def _retry(self, photo_ids: list[str]) -> None:
        def then(_tried: int) -> None:
            self.follow()
            self.update_wanted.emit()

        self._changes.make(lambda library: library.coverage.retry(photo_ids), then)

    def _ask_where(self, files: list[Skipped]) -> None:
        name = tr("Files that are not searchable")
        self.chooser = choose_table(self._window, name, lambda file: self._save(files, file))

    def _save(self, files: list[Skipped], file: Path) -> None:
        self._changes.tasks.submit(
            lambda job: _save(files, file, job),
            lane=Lane.FETCHING,
            owner=self,
            on_success=lambda _: self._say(tr("“{name}” was saved.", name=file.name)),
            on_failure=self._changes.messages.error,
        )

    def _say(self, text: str) -> None:
        if self.dialog is not None:
            self.dialog.note.setText(text)
        else:
            self._changes.messages.tell(text)


def _read(library: "Library", before: list[Skipped] | None) -> list[SkippedRow] | None:
    """The rows; None if they are the ones that are shown."""
    files = library.coverage.rest()
    return None if files == before else rows_of(files)


def _save(files: list[Skipped], file: Path, job: Job) -> None:
    from engine.export.skipped import save_skipped  # on the worker: the window's first frame does not wait for it

    save_skipped(files, file, job)
