"""Tells the library where a folder is now, and makes sure first that it is the right one."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.records import Root
from gui.changing import Changes
from gui.dialogs.choosing import choose_folder
from gui.dialogs.question import Question, ask
from gui.gallery.wording import displayable, shown_path
from gui.messages import Offer
from gui.panels.folder_row import folder_name
from gui.tasks import Lane
from gui.translation import counted, tr
from gui.words import number

if TYPE_CHECKING:
    from engine.library import Library


class Relocating(QObject):
    """Asks where a folder is now; asks again if hardly any of its photos are there. It can be undone.

    Signals:
        update_wanted: a folder to look through, because more may have changed than its place.
    """

    update_wanted = Signal(object)

    def __init__(self, changes: Changes, window: QWidget) -> None:
        super().__init__(window)
        self._changes = changes
        self._window = window
        self.chooser: QFileDialog | None = None

    def ask(self, root: Root) -> None:
        """Let the new place be chosen."""
        title = tr("Where is “{name}” now?", name=folder_name(root))
        self.chooser = choose_folder(self._window, title, lambda folder: self.check(root, folder))

    def check(self, root: Root, folder: Path) -> None:
        """Take this folder if the photos are there; on the lane of what may wait for a sleeping drive."""
        library = self._changes.library
        self._changes.tasks.submit(
            lambda job: library.roots.found_in(root.id, folder),
            lane=Lane.FETCHING,
            owner=self,
            on_success=lambda found: self._on_checked(root, folder, *found),
            on_failure=self._changes.messages.error,
        )

    def _on_checked(self, root: Root, folder: Path, found: int, sought: int) -> None:
        if 2 * found >= sought:
            self._relocate(root, folder)
            return
        place = shown_path(folder)
        said = counted(
            "Of {n} photo that was looked for, {found} is there; what is not there leaves the search.",
            "Of {n} photos that were looked for, {found} are there; what is not there leaves the search.",
            sought,
            found=number(found),
        )
        question = Question(
            tr("Is this the folder?"),
            tr("Hardly any photo of “{name}” is in “{folder}”.", name=folder_name(root), folder=place),
            said,
            yes=tr("Take it all the same"),
            no=tr("Leave it as it is"),
        )
        ask(self._window, question, lambda: self._relocate(root, folder))

    def _relocate(self, root: Root, folder: Path) -> None:
        def relocate(library: "Library") -> Root:
            return library.roots.relocate(root.path, folder)

        def then(moved: Root) -> None:
            text = tr("“{name}” is in {folder} now.", name=folder_name(moved), folder=displayable(str(folder.parent)))
            back = Offer(tr("Undo"), lambda: self._relocate(moved, root.path)) if root.online else None
            self._changes.messages.tell(text, "", back)
            self.update_wanted.emit(moved)

        self._changes.make(relocate, then)
