"""Do I have this? Asks for a folder, has it compared in the background, and takes in what is found as it comes."""

import queue
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.errors import EngineError
from engine.having.records import HaveReport
from engine.jobs import Job, Progress
from engine.paths import lies_in
from engine.records import QueryPicture
from gui.dialogs.choosing import choose_folder, choose_list
from gui.gallery.thumbnails import ThumbnailLoader
from gui.having.copying import Copying
from gui.having.page import HavingPage, title_of
from gui.having.rows import Row, row_of
from gui.indexing import Indexing
from gui.messages import Messages, Offer
from gui.panels.stage import Stage
from gui.pictures import PictureReader
from gui.searching import Searching
from gui.tasks import Lane, Task, TaskRunner
from gui.translation import tr

if TYPE_CHECKING:
    from engine.library import Library


class Checking(QObject):
    """Owns the page, which is made when somebody first wants it.

    Attributes:
        page: None until then.
        dialog: the chooser that was opened last.

    Signals:
        checked: a check has come to an end of any kind.
    """

    checked = Signal()

    def __init__(
        self,
        library: "Library",
        tasks: TaskRunner,
        messages: Messages,
        stage: Stage,
        loader: ThumbnailLoader,
        reader: PictureReader,
        searching: Searching,
        indexing: Indexing,
    ) -> None:
        super().__init__(stage)
        self._library = library
        self._tasks = tasks
        self._messages = messages
        self._stage = stage
        self._loader = loader
        self._reader = reader
        self._searching = searching
        self._indexing = indexing
        self._files = ThumbnailLoader(lambda path: library.thumbnail_of_file(Path(path)), self)
        self._places: tuple[Path, ...] = ()
        self._task: Task | None = None
        self._copying: Copying | None = None
        self.page: HavingPage | None = None
        self.dialog: QFileDialog | None = None

    def show(self) -> None:
        """Bring what was checked to the front; the first time, ask for a folder."""
        self._shown()
        if not self._places:
            self.choose()

    def choose(self) -> None:
        """Ask for a folder to check."""
        title = tr("Choose a folder or memory card to check")
        self.dialog = choose_folder(self._window, title, lambda folder: self.check([folder]))

    def check(self, places: Sequence[Path]) -> None:
        """Check these photos and folders; whatever is being checked is given up."""
        page = self._shown()
        if self._copying is not None and self._copying.running:
            hint = tr("Wait until that is done, or cancel it.")
            page.outcome.say(tr("Files are still being copied."), hint, good=False)
            return
        self._cancel()
        self._places = tuple(places)
        page.begin(self._places)
        found: queue.SimpleQueue[Row] = queue.SimpleQueue()
        self._files.forget_failures()
        given = self._places

        def call(job: Job) -> tuple[HaveReport, bool]:
            report = self._library.having.check(given, job, lambda one: found.put(row_of(one, given)))
            return report, _is_own(self._library, given)

        self._task = task = self._tasks.submit(
            call,
            lane=Lane.CHECKING,
            owner=self,
            on_progress=lambda progress: self._on_progress(task, found, progress),
            on_success=lambda outcome: self._on_checked(task, found, *outcome),
            on_failure=lambda error: self._on_failed(task, found, error),
            on_cancel=lambda: self._on_cancelled(task, found),
        )

    def stop(self) -> None:
        """The library is about to be closed."""
        self._cancel()
        if self._copying is not None:
            self._copying.cancel()
        self._files.shutdown()

    @property
    def _window(self) -> QWidget:
        return self._stage.window()

    def _shown(self) -> HavingPage:
        if self.page is None:
            self.page = self._made()
        self._stage.visit(self.page, self.page.step_back)
        return self.page

    def _made(self) -> HavingPage:
        page = HavingPage(self._files, self._loader, self._reader, self._stage)
        self._copying = copying = Copying(self._library, self._tasks, self._messages, self._indexing, page)
        page.choose_wanted.connect(self.choose)
        page.again_wanted.connect(lambda: self.check(self._places))
        page.cancel_wanted.connect(self._give_up)
        page.save_wanted.connect(self._ask_where_to_save)
        page.copy_wanted.connect(lambda files: copying.ask(files, self._places))
        page.lookalikes_wanted.connect(lambda path: self._searching.ask_for([QueryPicture(path=path)]))
        page.closed.connect(lambda: self._stage.leave(page))
        return page

    def _give_up(self) -> None:
        """What the button asks for: the end of what is being done."""
        if self._task is not None:
            self._task.cancel()
        elif self._copying is not None:
            self._copying.cancel()

    def _cancel(self) -> None:
        """Want nothing any more of what is being checked."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _on_progress(self, task: Task, found: "queue.SimpleQueue[Row]", progress: Progress) -> None:
        if task is self._task and self.page is not None:
            self._take(self.page, found)
            self.page.show_progress(progress)

    def _end(self, task: Task, found: "queue.SimpleQueue[Row]") -> HavingPage | None:
        """Take in the rest; None if nobody waits for it any more."""
        if task is not self._task or self.page is None:
            return None
        self._task = None
        self._take(self.page, found)
        return self.page

    def _on_checked(self, task: Task, found: "queue.SimpleQueue[Row]", report: HaveReport, own: bool) -> None:
        page = self._end(task, found)
        if page is None:
            return
        if report.stopped is not None:
            self._say(page, report.stopped)
        elif own:
            page.outcome.say(tr("This is in your library: photos were found that are the files themselves."), good=True)
        page.show_progress(None)
        if not page.isVisible():
            self._messages.tell(
                tr("“{name}” was checked.", name=title_of(report.places)),
                page.header.summary.text(),
                Offer(tr("Show"), self.show),
            )
        self.checked.emit()

    def _on_failed(self, task: Task, found: "queue.SimpleQueue[Row]", error: Exception) -> None:
        page = self._end(task, found)
        if page is None:
            return
        if isinstance(error, EngineError):
            self._say(page, error)
        page.show_progress(None)
        if not isinstance(error, EngineError):
            self._tasks.on_failure(error)
        self.checked.emit()

    def _on_cancelled(self, task: Task, found: "queue.SimpleQueue[Row]") -> None:
        page = self._end(task, found)
        if page is None:
            return
        hint = tr("What was found so far is shown.") if page.model.total else ""
        page.outcome.say(tr("The check was cancelled."), hint, good=False, offers=[self._again])
        page.show_progress(None)
        self.checked.emit()

    @property
    def _again(self) -> Offer:
        return Offer(tr("Check once more"), lambda: self.check(self._places))

    def _say(self, page: HavingPage, error: EngineError) -> None:
        page.outcome.say(error.message, error.hint, good=False, offers=[self._again])

    def _take(self, page: HavingPage, found: "queue.SimpleQueue[Row]") -> None:
        rows = []
        while not found.empty():
            rows.append(found.get_nowait())
        if rows:
            page.model.add(rows)

    def _ask_where_to_save(self) -> None:
        page = self.page
        if page is not None:
            report = page.model.report(self._places)
            self.dialog = choose_list(self._window, title_of(self._places), lambda file: self._save(page, report, file))

    def _save(self, page: HavingPage, report: HaveReport, file: Path) -> None:
        self._tasks.submit(
            lambda job: _save(report, file, job),
            lane=Lane.FETCHING,
            owner=self,
            on_success=lambda _: page.outcome.say(tr("“{name}” was saved.", name=file.name), good=True),
            on_failure=self._messages.error,
        )


def _is_own(library: "Library", places: Sequence[Path]) -> bool:
    """Whether all of it lies in folders of the library, where every indexed photo finds itself."""
    roots = [root.path for root in library.roots.list()]
    return all(any(lies_in(place, root) for root in roots) for place in places)


def _save(report: HaveReport, file: Path, job: Job) -> None:
    from engine.export.having import save_have  # on the worker: the window's first frame does not wait for it

    save_have(report, file, job)
