"""One folder of the library at the side: what it is called, where it is, and what is going on with it."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QVBoxLayout

from engine.jobs import FolderProgress
from engine.records import Root
from gui.accessible import Told
from gui.controls import ElidedLabel, tool
from gui.gallery.wording import displayable, shown_name
from gui.icons import icon, sign
from gui.measures import margins
from gui.progress_bar import ProgressBar
from gui.theme import CAPTION_RATIO
from gui.translation import counted, tr
from gui.words import number


class FolderRow(Told, QFrame):
    """Name, place, state, and the menu; follows the folder, so that focus and menu stay where they are.

    Signals:
        update_wanted, exclude_wanted, remove_wanted, locate_wanted, open_wanted: from the menu.
    """

    update_wanted = Signal()
    exclude_wanted = Signal()
    remove_wanted = Signal()
    locate_wanted = Signal()
    open_wanted = Signal()
    accessible_role = QAccessible.Role.ListItem

    def __init__(self, root: Root) -> None:
        super().__init__()
        self.root = root
        self.detail = ""
        self.progress: FolderProgress | None = None
        self.setObjectName("folder")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._icon = QLabel()
        self._name = ElidedLabel()
        self._place = ElidedLabel("", "secondary", CAPTION_RATIO)
        self._state = ElidedLabel("", "secondary", CAPTION_RATIO)
        self._bar = ProgressBar(tr("Progress of indexing"))
        self._more = tool("more", "", self._open_menu)
        self._lay_out()
        self.show_root(root)

    def show_root(self, root: Root) -> None:
        """What is known of the folder now."""
        self.root = root
        self._name.setText(folder_name(root))
        self._place.setText(displayable(str(root.path.parent)))
        self._more.setToolTip(tr("What to do with {name}", name=folder_name(root)))
        self._more.setAccessibleName(self._more.toolTip())
        self._show_state()

    def show_progress(self, progress: FolderProgress | None) -> None:
        """How far a run has come with this folder; None if it is not at it."""
        if progress != self.progress:
            self.progress = progress
            self._show_state()

    def accessible_press(self) -> Callable[[], object]:
        return self._open_menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._popup(event.globalPos())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.root.online:
            self.open_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_menu()
        else:
            super().keyPressEvent(event)

    def _show_state(self) -> None:
        progress = self.progress
        name, role = ("folder", "secondary") if self.root.online else ("folder-offline", "warning")
        if progress is not None:
            name, role = "update", "accent"
        self._icon.setPixmap(sign(name, role))
        self.detail = folder_detail(self.root) if progress is None else progress_detail(progress)
        self._state.setText(self.detail)
        self._bar.setVisible(progress is not None)
        if progress is not None:
            self._bar.show_share(progress.done, progress.total)
        self.setToolTip(f"{displayable(str(self.root.path))}\n{self.detail}")
        self.setAccessibleName(f"{folder_name(self.root)}, {self.detail}")

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        for line in (self._name, self._place, self._state):
            words.addWidget(line)
        words.addWidget(self._bar)
        row = QHBoxLayout(self)
        margins(row, 8, 4, 0, 4)
        row.setSpacing(8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)

    def _open_menu(self) -> None:
        self._popup(self.mapToGlobal(QPoint(self.width() - 24, self.height() - 4)))

    def _popup(self, position: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.root.online:
            menu.addAction(icon("update"), tr("Look for changes here"), self.update_wanted.emit)
            menu.addAction(icon("hide"), tr("Leave out…"), self.exclude_wanted.emit)
            menu.addAction(icon("reveal"), tr("Open in the file manager"), self.open_wanted.emit)
        menu.addAction(icon("folder"), tr("It is somewhere else now: locate…"), self.locate_wanted.emit)
        menu.addAction(icon("delete"), tr("Remove from the library…"), self.remove_wanted.emit)
        menu.popup(position)


def folder_name(root: Root) -> str:
    """What a folder is called; a whole drive by its path."""
    return shown_name(root.path) or displayable(str(root.path))


def folder_detail(root: Root) -> str:
    """Such as "1,204 photos", "310 of 1,204 searchable", "not connected, 1,204 photos"."""
    photos = counted("{n} photo", "{n} photos", root.photos)
    if not root.online:
        return tr("not connected · {photos}", photos=photos)
    if root.searchable >= root.photos:
        return photos
    searchable, all_photos = number(root.searchable), number(root.photos)
    return tr("{searchable} of {photos} searchable", searchable=searchable, photos=all_photos)


def progress_detail(progress: FolderProgress) -> str:
    """Such as "looking for photos: 1,204 files", "reading 310 of 1,204"."""
    if progress.total is None:
        return counted("looking for photos: {n} file", "looking for photos: {n} files", progress.done)
    return tr("reading {done} of {total}", done=number(progress.done), total=number(progress.total))
