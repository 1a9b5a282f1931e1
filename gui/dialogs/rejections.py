"""Every "not a match": which photo, for which picture, since when; and the way back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QDateTime, QLocale, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from gui.controls import button, caption, title
from gui.gallery.wording import shown_name, shown_path
from gui.translation import counted, later, tr

if TYPE_CHECKING:
    from engine.library import Library
    from engine.records import Photo

Index = QModelIndex | QPersistentModelIndex
Pair = tuple[bytes, bytes]
COLUMNS = (later("Photo"), later("is no match for"), later("Since"))


@dataclass(frozen=True, slots=True)
class RejectedPhoto:
    """A row of the list.

    Attributes:
        pair: what `Decisions.accept` takes.
        photo, query: names of the files, or what else is known of the pictures.
        place: the whole path of the photo, if it is in the library.
    """

    pair: Pair
    photo: str
    query: str
    place: str
    when: datetime


def rejected_photos(library: "Library") -> list[RejectedPhoto]:
    """All rows, the newest first; for a worker."""
    rejections = library.decisions.rejections()
    known = library.photos.with_contents({content for one in rejections for content in one.pair})
    titles = library.history.titles()
    return [
        RejectedPhoto(
            one.pair,
            name_of_picture(one.photo, known, {}),
            name_of_picture(one.query, known, titles),
            shown_path(known[one.photo][0].path) if one.photo in known else "",
            one.when,
        )
        for one in rejections
    ]


def name_of_picture(content: bytes, known: Mapping[bytes, Sequence["Photo"]], titles: Mapping[bytes, str]) -> str:
    """The file that has this content, or else what the picture was called when it was searched with."""
    if content in known:
        return shown_name(known[content][0].path)
    return titles.get(content, "") or tr("A picture that is not in the library now")


class RejectionsModel(QAbstractTableModel):
    """A row per pair."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[RejectedPhoto] = []

    def show(self, rows: list[RejectedPhoto]) -> None:
        """Show these."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.place
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        moment = QDateTime.fromSecsSinceEpoch(int(row.when.timestamp()))
        since = QLocale().toString(moment, QLocale.FormatType.ShortFormat)
        return (row.photo, row.query, since)[index.column()]


class RejectionsDialog(QDialog):
    """Lists them and takes back the selected ones.

    Args:
        accept: called with the pairs that are to be matches again.
    """

    def __init__(self, accept: Callable[[list[Pair]], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._accept = accept
        self.setWindowTitle(tr("Not a match"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(720, 440)
        self.model = RejectionsModel(self)
        self.title = title("")
        self.table = self._table()
        self.back = button(tr("A match after all"), self._take_back, "", "back")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.title)
        column.addWidget(
            caption(tr("They stay away from what you ask with that picture, wherever the files go."), wrap=True)
        )
        column.addWidget(self.table, 1)
        column.addLayout(self._buttons())
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.show_rows([])

    def show_rows(self, rows: list[RejectedPhoto]) -> None:
        """Show these."""
        self.model.show(rows)
        self.title.setText(
            counted("{n} photo is no match", "{n} photos are no match", len(rows))
            if rows
            else tr("Nothing was said to be no match")
        )
        self._on_selection()

    def _take_back(self) -> None:
        pairs = [self.model.rows[index.row()].pair for index in self.table.selectionModel().selectedRows()]
        self._accept(pairs)
        self.show_rows([row for row in self.model.rows if row.pair not in set(pairs)])

    def _on_selection(self) -> None:
        self.back.setEnabled(self.table.selectionModel().hasSelection())

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(tr("Not a match"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        return table

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch()
        close = button(tr("Close"), self.close, "primary")
        close.setDefault(True)
        row.addWidget(close)
        return row
