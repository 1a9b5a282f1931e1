"""Looks after the library: checks, repairs, tests and compacts it, backs it up, and unpacks backups of it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from engine.jobs import Job, Progress
from engine.records import SelfTest
from gui.dialogs.choosing import choose_backup, choose_backup_file
from gui.dialogs.health import HealthDialog
from gui.dialogs.question import Question, ask
from gui.messages import Messages
from gui.tasks import Lane, Task, TaskRunner
from gui.translation import counted, tr
from gui.words import dated, number, size

if TYPE_CHECKING:
    from engine.backup import Backup, Unpacked
    from engine.care import LibraryHealth
    from engine.compacting import CompactReport
    from engine.library import Library
    from engine.verification import VerifyReport


class Health(QObject):
    """One thing at a time, on a worker; it goes on when the dialog is closed.

    Attributes:
        dialog: while it is open.

    Signals:
        list_wanted: the list of what is not searchable is to be shown.
        folder_wanted: the library's folder is to be opened.
        log_wanted: the log is to be shown.
        restored: an Unpacked backup is to take the place of the library, which has to be closed for that.
    """

    list_wanted = Signal()
    folder_wanted = Signal()
    log_wanted = Signal()
    restored = Signal(object)

    def __init__(self, library: "Library", tasks: TaskRunner, messages: Messages, window: QWidget) -> None:
        super().__init__(window)
        self._library = library
        self._tasks = tasks
        self._messages = messages
        self._window = window
        self._task: Task | None = None
        self._progress: Progress | None = None
        self.dialog: HealthDialog | None = None
        self.chooser: QFileDialog | None = None
        self.question: QMessageBox | None = None
        self._unpacked: Unpacked | None = None

    def show(self) -> None:
        """Open the dialog, or bring it to the front."""
        if self.dialog is None:
            self._make_dialog()
            self.read()
        else:
            self.dialog.raise_()
            self.dialog.activateWindow()

    def read(self) -> None:
        """Look again at what is known; with a million photos that takes seconds, and no list waits for it."""
        self._tasks.submit(
            lambda job: self._library.care.health(), lane=Lane.COUNTING, owner=self, on_success=self._on_read
        )

    def _make_dialog(self) -> None:
        self.dialog = dialog = HealthDialog(self._window)
        dialog.check_wanted.connect(self._check)
        dialog.repair_wanted.connect(self._repair)
        dialog.test_wanted.connect(self._test)
        dialog.compact_wanted.connect(self._compact)
        dialog.back_up_wanted.connect(self._ask_where_to)
        dialog.restore_wanted.connect(self._ask_for_backup)
        dialog.cancel_wanted.connect(self._cancel)
        dialog.list_wanted.connect(self.list_wanted)
        dialog.folder_wanted.connect(self.folder_wanted)
        dialog.log_wanted.connect(self.log_wanted)
        dialog.finished.connect(self._forget)

    def _forget(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None

    def _on_read(self, health: "LibraryHealth") -> None:
        if self.dialog is None:
            return
        self.dialog.show_health(health)
        self.dialog.show_running(self._progress)
        self.dialog.show()  # only now, so that nobody sees an empty one that fills

    def _check(self) -> None:
        self._run(lambda job: self._library.verify(job=job), "checking the catalogue", _verify_outcome)

    def _repair(self) -> None:
        self._write(lambda job: self._library.verify(repair=True, job=job), "checking the catalogue", _verify_outcome)

    def _test(self) -> None:
        self._run(self._library.care.test_index, "testing the index", _test_outcome)

    def _compact(self) -> None:
        self._write(self._library.care.compact, "checking the catalogue", _compact_outcome)

    def _ask_where_to(self) -> None:
        self.chooser = choose_backup_file(self._window, self._back_up)

    def _back_up(self, file: Path) -> None:
        self._run(lambda job: self._library.back_up(file, job), "writing the backup", _backup_outcome)

    def _ask_for_backup(self) -> None:
        self.chooser = choose_backup(self._window, self._unpack)

    def _unpack(self, file: Path) -> None:
        def unpack(job: Job) -> "Unpacked":
            from engine.backup import unpack  # on the worker: the window's first frame does not wait for it

            return unpack(file, self._library.folder, job)

        self._run(unpack, "restoring the library", self._ask_to_replace)

    def _ask_to_replace(self, unpacked: "Unpacked") -> str:
        backup = unpacked.backup
        holds = {
            "when": dated(backup.when.date(), tr("d MMMM yyyy")),
            "photos": counted("{n} photo", "{n} photos", backup.photos),
            "queries": counted("{n} past query", "{n} past queries", backup.queries),
        }
        question = Question(
            tr("Restore the library"),
            tr("Replace this library with the backup of {when}?", **holds),
            tr(
                "The backup is whole. It holds {photos} and {queries}. The library as it is now is kept beside it under"
                " another name. Lookalike closes and opens again with the backup.",
                **holds,
            ),
            yes=tr("Replace and restart"),
            no=tr("Leave it as it is"),
        )
        self._unpacked = unpacked
        self.question = ask(self.dialog or self._window, question, self._take)
        self.question.finished.connect(lambda _: self._leave())
        return ""

    def _take(self) -> None:
        unpacked, self._unpacked = self._unpacked, None
        if unpacked is not None:  # the question closes once more, with the window that closes because of the answer
            self.restored.emit(unpacked)

    def _leave(self) -> None:
        """If it was not taken."""
        self._tasks.submit(lambda job: self.discard(), lane=Lane.CARING, owner=self)

    def discard(self) -> None:
        """Delete a backup that was unpacked for nothing; on a worker."""
        unpacked, self._unpacked = self._unpacked, None
        if unpacked is not None:
            unpacked.discard()

    def _write(self, call: Callable[[Job], Any], stage: str, outcome: Callable[[Any], str]) -> None:
        """What nothing else may write during: it does not wait for an update, which may take hours."""
        if self._tasks.works(Lane.WRITING):
            self._tell(tr("An update is under way. Try again when it has finished, or cancel it first."))
        else:
            self._run(call, stage, outcome, Lane.WRITING)

    def _run(
        self, call: Callable[[Job], Any], stage: str, outcome: Callable[[Any], str], lane: Lane = Lane.CARING
    ) -> None:
        if self._task is not None:
            return
        self._show_progress(Progress(stage, 0))
        self._task = self._tasks.submit(
            call,
            lane=lane,
            owner=self,
            on_success=lambda found: self._on_end(outcome(found)),
            on_failure=self._on_failed,
            on_progress=self._show_progress,
            on_cancel=lambda: self._on_end(tr("Cancelled. What was done before stays done, and nothing is lost.")),
        )

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _show_progress(self, progress: Progress | None) -> None:
        self._progress = progress
        if self.dialog is not None:
            self.dialog.show_running(progress)

    def _on_failed(self, error: Exception) -> None:
        self._on_end("")
        self._messages.error(error)
        if self.dialog is not None:
            self.dialog.say(str(error))

    def _on_end(self, said: str) -> None:
        self._task = None
        self._show_progress(None)
        if said:
            self._tell(said)
        self.read()

    def _tell(self, text: str) -> None:
        if self.dialog is not None:
            self.dialog.say(text)
        else:
            self._messages.tell(text)


def _verify_outcome(report: "VerifyReport") -> str:
    if not report.ok:
        return counted("{n} problem was found.", "{n} problems were found.", len(report.problems))
    return tr("The library was repaired; it is sound.") if report.repaired else tr("The library is sound.")


def _test_outcome(test: SelfTest | None) -> str:
    if test is None:
        return tr("There is nothing to test yet.")
    return tr("The index finds {share} % of the nearest photos.", share=number(100 * test.recall, 1))


def _compact_outcome(report: "CompactReport") -> str:
    return "\n".join([tr("{size} were given back.", size=size(report.freed_bytes)), *report.done])


def _backup_outcome(done: "Backup") -> str:
    return tr("“{name}” was written and checked: {size}.", name=done.file.name, size=size(done.bytes))
