"""The folders of the library: how much of each is searchable, whether it can be reached, what is going on there."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from engine.jobs import FolderProgress, Progress
from engine.records import Root
from gui.commands import command
from gui.controls import Scrolling, button, caption, empty, heading, tool, widgets_in
from gui.keymap import KeyTip
from gui.measures import margins
from gui.panels.folder_row import FolderRow
from gui.translation import tr


class FoldersPanel(QWidget):
    """All folders, with the buttons to add one and to look for changes, and the switch to watch them.

    Signals:
        add_wanted, update_wanted: the buttons.
        watch_wanted: whether the folders are to be watched.
        update_one_wanted, exclude_wanted, remove_wanted, locate_wanted, open_wanted: with the Root.
    """

    add_wanted = Signal()
    update_wanted = Signal()
    watch_wanted = Signal(bool)
    update_one_wanted = Signal(object)
    exclude_wanted = Signal(object)
    remove_wanted = Signal(object)
    locate_wanted = Signal(object)
    open_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._roots: tuple[Root, ...] | None = None
        self._read_only = False
        self._at: FolderProgress | None = None
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
        margins(self._rows, 4, 0, 8, 8)
        self._rows.setSpacing(2)
        self._build()
        self.show_roots(())

    def show_roots(self, roots: Sequence[Root]) -> None:
        """Show these folders; those that were there already keep their rows, with focus and menus."""
        if self._roots == tuple(roots):
            return
        before, self._roots = self._roots, tuple(roots)
        if before and [root.id for root in before] == [root.id for root in roots]:
            for row, root in zip(self.rows(), roots, strict=True):
                row.show_root(root)
            return
        self._update.setEnabled(bool(roots) and not self._read_only)
        self.watching.setVisible(bool(roots))
        empty(self._rows)
        for root in roots:
            self._rows.addWidget(self._row(root))
        if not roots:
            self._rows.addWidget(self._empty())
        self._rows.addStretch()

    def show_progress(self, progress: Progress | None) -> None:
        """Which folder a run is at, and how far; None if there is no run."""
        self._at = progress.folder if progress is not None else None
        for row in self.rows():
            self._show_progress_in(row)

    def show_watching(self, on: bool) -> None:
        """Show whether the folders are watched."""
        self.watching.setChecked(on)

    def show_problem(self, problem: str) -> None:
        """Say why not all folders are watched; nothing if they are."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def show_read_only(self) -> None:
        """No folder can be added or looked through: the library cannot be changed."""
        self._read_only = True
        for control in (self._add, self._update, self.watching):
            control.setEnabled(False)

    def rows(self) -> list[FolderRow]:
        """The rows, in the order shown."""
        return widgets_in(self._rows, FolderRow)

    def _build(self) -> None:
        top = QHBoxLayout()
        margins(top, 12, 8, 8, 4)
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
        column.addWidget(Scrolling(inside), 1)
        foot = QVBoxLayout()
        margins(foot, 12, 0, 8, 8)
        foot.addWidget(self.watching)
        foot.addWidget(self.problem)
        self.problem.hide()
        column.addLayout(foot)

    def _show_progress_in(self, row: FolderRow) -> None:
        row.show_progress(self._at if self._at is not None and self._at.path == row.root.path else None)

    def _row(self, root: Root) -> FolderRow:
        row = FolderRow(root)
        self._show_progress_in(row)
        row.update_wanted.connect(lambda: self.update_one_wanted.emit(row.root))
        row.exclude_wanted.connect(lambda: self.exclude_wanted.emit(row.root))
        row.remove_wanted.connect(lambda: self.remove_wanted.emit(row.root))
        row.locate_wanted.connect(lambda: self.locate_wanted.emit(row.root))
        row.open_wanted.connect(lambda: self.open_wanted.emit(row.root))
        return row

    def _empty(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        margins(column, 8, 0, 0, 0)
        column.addWidget(caption(tr("No folder yet. Lookalike finds photos in the folders you add."), wrap=True))
        column.addWidget(
            button(tr("Add folder…"), self.add_wanted.emit, "plain", "folder-add"), 0, Qt.AlignmentFlag.AlignLeft
        )
        return made
