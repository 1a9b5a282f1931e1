"""The folders of the library: how much of each is searchable, and whether it can be reached."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QMenu, QScrollArea, QVBoxLayout, QWidget

from engine.records import Root
from gui.commands import command
from gui.controls import ElidedLabel, button, caption, empty, heading, scrolling, tool, widgets_in
from gui.icons import SMALL, icon
from gui.keymap import KeyTip
from gui.theme import CAPTION_RATIO
from gui.translation import counted, tr
from gui.words import number


class FolderRow(QFrame):
    """One folder: name, how many of its photos are searchable, and its menu.

    Signals:
        update_wanted, exclude_wanted, remove_wanted, relocate_wanted, reveal_wanted: from the menu.
    """

    update_wanted = Signal()
    exclude_wanted = Signal()
    remove_wanted = Signal()
    relocate_wanted = Signal()
    reveal_wanted = Signal()

    def __init__(self, root: Root) -> None:
        super().__init__()
        self.root = root
        self.setObjectName("folder")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(str(root.path))
        self.detail = folder_detail(root)
        self.setAccessibleName(f"{root.path.name or root.path}, {self.detail}")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 0, 2)
        row.setSpacing(8)
        row.addWidget(self._icon())
        row.addLayout(self._words(), 1)
        row.addWidget(tool("more", tr("What to do with {name}", name=root.path.name or root.path), self._open_menu))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_menu()
        else:
            super().keyPressEvent(event)

    def _icon(self) -> QLabel:
        made = QLabel()
        name, role = ("folder", "secondary") if self.root.online else ("folder-offline", "warning")
        made.setPixmap(icon(name, role).pixmap(SMALL, SMALL))
        return made

    def _words(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(ElidedLabel(self.root.path.name or str(self.root.path)))
        column.addWidget(ElidedLabel(self.detail, "secondary", CAPTION_RATIO))
        return column

    def _open_menu(self) -> None:
        self._popup(self.mapToGlobal(QPoint(self.width() - 24, self.height() - 4)))

    def _popup(self, position: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.root.online:
            menu.addAction(icon("update"), tr("Look for changes here"), self.update_wanted.emit)
            menu.addAction(icon("hide"), tr("Leave out…"), self.exclude_wanted.emit)
            menu.addAction(icon("reveal"), tr("Show in file manager"), self.reveal_wanted.emit)
        else:
            menu.addAction(icon("folder"), tr("It has moved: choose where…"), self.relocate_wanted.emit)
        menu.addAction(icon("delete"), tr("Remove from the library…"), self.remove_wanted.emit)
        menu.popup(position)


class FoldersPanel(QWidget):
    """All folders, with the buttons to add one and to look for changes, and the switch to watch them.

    Signals:
        add_wanted, update_wanted: the buttons.
        watch_wanted: whether the folders are to be watched.
        update_one_wanted, exclude_wanted, remove_wanted, relocate_wanted, reveal_wanted: with the Root.
    """

    add_wanted = Signal()
    update_wanted = Signal()
    watch_wanted = Signal(bool)
    update_one_wanted = Signal(object)
    exclude_wanted = Signal(object)
    remove_wanted = Signal(object)
    relocate_wanted = Signal(object)
    reveal_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._roots: tuple[Root, ...] | None = None
        self._add = tool("folder-add", tr("Add a folder…"), self.add_wanted.emit)
        KeyTip(self._add, tr("Add a folder…"), command("add_folder"))
        self._update = tool("update", tr("Look for changes now"), self.update_wanted.emit)
        KeyTip(self._update, tr("Look for changes now"), command("update"))
        self.watching = QCheckBox(tr("Watch for changes"))
        self.watching.setToolTip(tr("Bring the library up to date by itself when photos come, change or go"))
        self.watching.setAccessibleName(tr("Watch for changes"))
        self.watching.clicked.connect(self.watch_wanted)
        self.problem = caption("", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(4, 0, 8, 8)
        self._rows.setSpacing(2)
        self._build()
        self.show_roots(())

    def show_roots(self, roots: Sequence[Root]) -> None:
        """Show these folders; a list that has not changed leaves focus and menus alone."""
        if self._roots == tuple(roots):
            return
        self._roots = tuple(roots)
        self._update.setEnabled(bool(roots))
        self.watching.setVisible(bool(roots))
        empty(self._rows)
        for root in roots:
            self._rows.addWidget(self._row(root))
        if not roots:
            self._rows.addWidget(self._empty())
        self._rows.addStretch()

    def show_watching(self, on: bool) -> None:
        """Show whether the folders are watched."""
        self.watching.setChecked(on)

    def show_problem(self, problem: str) -> None:
        """Say why not all folders are watched; nothing if they are."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def rows(self) -> list[FolderRow]:
        """The rows, in the order shown."""
        return widgets_in(self._rows, FolderRow)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(12, 8, 8, 4)
        top.setSpacing(0)
        top.addWidget(heading(tr("FOLDERS")))
        top.addStretch()
        top.addWidget(self._update)
        top.addWidget(self._add)
        inside = QWidget()
        inside.setLayout(self._rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(scrolling(inside, QScrollArea()), 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 0, 8, 8)
        foot.addWidget(self.watching)
        foot.addWidget(self.problem)
        self.problem.hide()
        column.addLayout(foot)

    def _row(self, root: Root) -> FolderRow:
        row = FolderRow(root)
        row.update_wanted.connect(lambda: self.update_one_wanted.emit(root))
        row.exclude_wanted.connect(lambda: self.exclude_wanted.emit(root))
        row.remove_wanted.connect(lambda: self.remove_wanted.emit(root))
        row.relocate_wanted.connect(lambda: self.relocate_wanted.emit(root))
        row.reveal_wanted.connect(lambda: self.reveal_wanted.emit(root))
        return row

    def _empty(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(8, 0, 0, 0)
        column.addWidget(caption(tr("No folder yet. Lookalike finds photos in the folders you add."), wrap=True))
        column.addWidget(
            button(tr("Add folder…"), self.add_wanted.emit, "plain", "folder-add"), 0, Qt.AlignmentFlag.AlignLeft
        )
        return made


def folder_detail(root: Root) -> str:
    """Such as "1,204 photos", "310 of 1,204 searchable", "not connected, 1,204 photos"."""
    photos = counted("{n} photo", "{n} photos", root.photos)
    if not root.online:
        return tr("not connected · {photos}", photos=photos)
    if root.searchable >= root.photos:
        return photos
    searchable, all_photos = number(root.searchable), number(root.photos)
    return tr("{searchable} of {photos} searchable", searchable=searchable, photos=all_photos)
