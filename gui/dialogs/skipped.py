"""Every file that is not searchable, with the reason."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from engine.records import PhotoState, Skipped
from gui.controls import button, caption, title
from gui.desktop import copy_paths, reveal
from gui.icons import icon
from gui.translation import counted, later, tr

Index = QModelIndex | QPersistentModelIndex
COLUMNS = (later("File"), later("Why"), later("Folder"))


class SkippedModel(QAbstractTableModel):
    """A row per file; unreadable photos come before what is no photo at all."""

    def __init__(self, skipped: Sequence[Skipped], parent: QWidget) -> None:
        super().__init__(parent)
        self.files = sorted(skipped, key=lambda file: (file.state is PhotoState.IGNORED, str(file.path)))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.files)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        file = self.files[index.row()]
        return (file.path.name, file.reason, str(file.path.parent))[index.column()]


class SkippedDialog(QDialog):
    """A sortable list is not needed: what can be mended comes first.

    Signals:
        retry_wanted: ids of the photos to read again although they have not changed.
    """

    retry_wanted = Signal(list)

    def __init__(self, skipped: Sequence[Skipped], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Files that are not searchable"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 460)
        self.model = SkippedModel(skipped, self)
        self.table = self._table()
        unreadable = sum(file.state is PhotoState.UNREADABLE for file in skipped)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(title(counted("{n} photo could not be read", "{n} photos could not be read", unreadable)))
        others = sum(file.state is PhotoState.IGNORED for file in skipped)
        hint = tr("They are tried again when they change.")
        if others:
            hint += " " + counted("{n} other file is no photo.", "{n} other files are no photos.", others)
        column.addWidget(caption(hint, wrap=True))
        column.addWidget(self.table, 1)
        column.addLayout(self._buttons())

    def selected(self) -> list[Path]:
        """The files of the selected rows."""
        return [self.model.files[index.row()].path for index in self.table.selectionModel().selectedRows()]

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(tr("Files that are not searchable"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.verticalHeader().hide()
        table.setColumnWidth(0, 220)
        table.setColumnWidth(1, 280)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._show_menu)
        return table

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(button(tr("Show in file manager"), self._reveal, "", "reveal"))
        row.addWidget(button(tr("Copy path"), lambda: copy_paths(self.selected()), "", "link"))
        self.again = button(tr("Try again"), self._retry, "", "update")
        self.again.setToolTip(tr("Read the selected files again; without a selection, all that could not be read"))
        row.addWidget(self.again)
        row.addStretch()
        close = button(tr("Close"), self.close, "primary")
        close.setDefault(True)
        row.addWidget(close)
        return row

    def _retry(self) -> None:
        rows = [index.row() for index in self.table.selectionModel().selectedRows()] or range(len(self.model.files))
        files = [self.model.files[row] for row in rows]
        self.retry_wanted.emit([file.id for file in files if file.state is PhotoState.UNREADABLE])
        self.close()

    def _reveal(self) -> None:
        if files := self.selected():
            reveal(files)

    def _show_menu(self, position: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("reveal"), tr("Show in file manager"), self._reveal)
        menu.addAction(icon("link"), tr("Copy path"), lambda: copy_paths(self.selected()))
        menu.popup(self.table.viewport().mapToGlobal(position))
