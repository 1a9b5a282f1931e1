"""Copies what is new, or what was selected, to a folder of the person's choice, and offers what may come next."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from engine.errors import EngineError
from engine.having.copying import CopyReport, check_target, copy_files
from engine.having.records import CheckedFile
from engine.jobs import Job, Progress
from engine.paths import lies_in
from gui.desktop import open_with_system
from gui.dialogs.choosing import choose_folder
from gui.gallery.wording import shown_name, shown_path
from gui.having.page import HavingPage
from gui.indexing import Indexing
from gui.messages import Messages, Offer
from gui.tasks import Lane, Task, TaskRunner
from gui.translation import counted, tr

if TYPE_CHECKING:
    from engine.library import Library


class Copied(NamedTuple):
    """What became of copying.

    Attributes:
        within: the folder of the library that the target lies in; None if it lies in none.
    """

    report: CopyReport
    within: Path | None


class Copying(QObject):
    """One at a time. Nothing is overwritten, and the files that are copied stay as they are.

    Attributes:
        dialog: the chooser that was opened last.
    """

    def __init__(
        self, library: "Library", tasks: TaskRunner, messages: Messages, indexing: Indexing, page: HavingPage
    ) -> None:
        super().__init__(page)
        self._library = library
        self._tasks = tasks
        self._messages = messages
        self._indexing = indexing
        self._page = page
        self._task: Task | None = None
        self.dialog: QFileDialog | None = None

    @property
    def running(self) -> bool:
        """Whether files are being copied."""
        return self._task is not None

    def ask(self, files: Sequence[CheckedFile], places: Sequence[Path]) -> None:
        """Ask where these files are to go, which were found in these places."""
        title = counted("Copy {n} photo to a folder", "Copy {n} photos to a folder", len(files))
        self.dialog = choose_folder(self._page.window(), title, lambda folder: self.copy(files, places, folder))

    def copy(self, files: Sequence[CheckedFile], places: Sequence[Path], folder: Path) -> None:
        """Copy these files, which were found in these places, to this folder."""
        if self.running:
            return
        self._page.outcome.clear()
        self._page.show_progress(Progress("copying", 0, len(files)))
        self._task = self._tasks.submit(
            lambda job: _copy(self._library, files, places, folder, job),
            lane=Lane.CHECKING,
            owner=self,
            on_progress=self._page.show_progress,
            on_success=lambda copied: self._on_copied(folder, copied),
            on_failure=self._on_failed,
            on_cancel=self._end,
        )

    def cancel(self) -> None:
        """Copy no more files; those that were copied stay."""
        if self._task is not None:
            self._task.cancel()

    def _end(self) -> None:
        self._task = None
        self._page.show_progress(None)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, EngineError):
            self._page.outcome.say(error.message, error.hint, good=False)
        else:
            self._tasks.on_failure(error)

    def _on_copied(self, folder: Path, copied: Copied) -> None:
        cancelled = self._task is not None and self._task.job.cancelled
        self._end()
        report = copied.report
        offers = [Offer(tr("Show folder"), lambda: self._open(folder))]
        if copied.within is not None:
            self._indexing.add([copied.within])
        elif report.copied:
            offers.append(Offer(tr("Add folder to library"), lambda: self._add(folder)))
        said, hint = _sentence(folder, copied, cancelled=cancelled), _rest(copied)
        self._page.outcome.say(said, hint, good=not report.errors and not cancelled, offers=offers)
        if not self._page.isVisible():
            self._messages.tell(said, hint, offers[0])

    def _add(self, folder: Path) -> None:
        self._indexing.add([folder])
        self._page.outcome.clear()

    def _open(self, folder: Path) -> None:
        try:
            open_with_system(folder)
        except EngineError as error:
            self._messages.error(error)


def _copy(library: "Library", files: Sequence[CheckedFile], places: Sequence[Path], folder: Path, job: Job) -> Copied:
    check_target(folder, places, library.folder)
    copied = copy_files(files, folder, job)
    roots = [root.path for root in library.roots.list()] if copied.copied else []
    return Copied(copied, next((root for root in roots if lies_in(folder, root)), None))


def _sentence(folder: Path, copied: Copied, *, cancelled: bool) -> str:
    count, name = len(copied.report.copied), shown_name(folder) or shown_path(folder)
    said = counted("{n} photo was copied to “{name}”", "{n} photos were copied to “{name}”", count, name=name)
    if cancelled:
        return tr("{what}; then it was cancelled.", what=said)
    if copied.within is not None:
        return tr("{what}, which is in your library: it is looked through now.", what=said)
    return f"{said}."


def _rest(copied: Copied) -> str:
    """What was not copied, and why."""
    report = copied.report
    parts = []
    if repeated := len(report.repeated):
        parts.append(
            counted(
                "{n} has the content of another one that is there.",
                "{n} have the content of others that are there.",
                repeated,
            )
        )
    if report.refused:
        parts += [
            counted("{n} could not be copied:", "{n} could not be copied:", len(report.refused)),
            str(report.refused[0]),
        ]
    if report.stopped is not None:
        parts.append(str(report.stopped))
    return " ".join(parts)
