"""Small changes to the library that the user makes from the panels: folders and their files."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from engine.jobs import Job
from engine.records import Root
from gui.dialogs.excludes import Answer, ExcludesDialog
from gui.dialogs.question import Question, ask
from gui.overview import LibraryWatch
from gui.panels.folder_row import folder_name
from gui.tasks import Lane, TaskRunner
from gui.translation import tr

if TYPE_CHECKING:
    from engine.library import Library


class Upkeep(QObject):
    """Every change runs on a worker; the panels follow when the library has been looked at again.

    Signals:
        update_wanted: files wait to be read.
    """

    update_wanted = Signal()

    def __init__(self, library: "Library", tasks: TaskRunner, watch: LibraryWatch, window: QWidget) -> None:
        super().__init__(window)
        self._library = library
        self._tasks = tasks
        self._watch = watch
        self._window = window

    def ask_to_remove(self, root: Root) -> None:
        """Ask first: indexing a large folder again takes a while."""
        question = Question(
            tr("Remove this folder?"),
            tr("Remove “{name}” from the library?", name=folder_name(root)),
            tr("Its photos stay where they are, but no longer appear among the lookalikes."),
            yes=tr("Remove"),
            no=tr("Keep"),
        )
        ask(self._window, question, lambda: self._change(lambda job: self._library.roots.remove(root.id)))

    def ask_what_to_leave_out(self, root: Root) -> None:
        """Let patterns be typed; what they leave out leaves the search at once, the next update finds what is new."""

        def preview(patterns: list[str], owner: QObject, show: Answer) -> None:
            self._tasks.submit(
                lambda job: self._library.left_out(root, patterns), lane=Lane.READING, owner=owner, on_success=show
            )

        dialog = ExcludesDialog(root, preview, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(lambda patterns: self._exclude(root, patterns))
        dialog.open()

    def _exclude(self, root: Root, patterns: list[str]) -> None:
        self._change(lambda job: self._library.exclude(root, patterns), self.update_wanted.emit)

    def _change(self, call: Callable[[Job], object], then: Callable[[], None] = lambda: None) -> None:
        """On the answering lane: a decision of the user must not wait for an indexing run."""

        def on_success(outcome: object) -> None:
            then()
            self._watch.look()

        self._tasks.submit(call, lane=Lane.ANSWERING, owner=self, on_success=on_success)
