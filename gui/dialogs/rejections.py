"""Every "not a match": which photo, for which picture, since when; and the way back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QDateTime, QLocale, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QWidget

from gui.controls import button
from gui.dialogs.list_dialog import ListDialog, RowsView
from gui.gallery.wording import shown_name, shown_path
from gui.measures import open_with_size
from gui.panels.search_field import SearchField
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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.all: list[RejectedPhoto] = []
        self.rows: list[RejectedPhoto] = []
        self.sought = ""

    def show(self, rows: list[RejectedPhoto]) -> None:
        """Show these."""
        self.all = rows
        self.seek(self.sought)

    def seek(self, text: str) -> None:
        """Show only those that have every word of the text in one of their names, or in their place."""
        self.sought = text.strip()
        words = self.sought.casefold().split()
        self.beginResetModel()
        self.rows = [row for row in self.all if all(word in _sought(row) for word in words)]
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


def _sought(row: RejectedPhoto) -> str:
    return f"{row.photo}\n{row.query}\n{row.place}".casefold()


class RejectionsDialog(ListDialog):
    """Lists them and takes back the selected ones.

    Args:
        accept: called with the pairs that are to be matches again.
    """

    def __init__(self, accept: Callable[[list[Pair]], object], parent: QWidget) -> None:
        self.model = RejectionsModel()
        view = RowsView(self.model, tr("Not a match"))
        field = SearchField(tr("Name or folder"), tr("Search these photos by name or folder"))
        super().__init__(tr("Not a match"), view, field, self.model.seek, parent)
        self.model.setParent(self)
        self._accept = accept
        open_with_size(self, 720, 440)
        self.back = button(tr("A match after all"), self._take_back, "", "back")
        self.add_button(self.back)
        self.hint.setText(tr("They stay away from what you ask with that picture, wherever the files go."))
        header = view.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        view.selectionModel().selectionChanged.connect(self._on_selection)
        self.model.modelReset.connect(self._on_rows)
        self.show_rows([])

    def show_rows(self, rows: list[RejectedPhoto]) -> None:
        """Show these."""
        self.title.setText(
            counted("{n} photo is no match", "{n} photos are no match", len(rows))
            if rows
            else tr("Nothing was said to be no match")
        )
        self.search.setEnabled(bool(rows))
        self.model.show(rows)

    def _take_back(self) -> None:
        pairs = [self.model.rows[place].pair for place in self.view.selected_rows()]
        self._accept(pairs)
        self.show_rows([row for row in self.model.all if row.pair not in set(pairs)])

    def _on_rows(self) -> None:
        if not self.model.all:
            self.show_nothing(tr("“Not a match” in the results keeps a photo away from a question."))
        elif not self.model.rows:
            self.show_nothing(tr("No photo has “{text}” in its name or folder.", text=self.model.sought))
        else:
            self.show_nothing("")
        self._on_selection()

    def _on_selection(self) -> None:
        self.back.setEnabled(self.view.selectionModel().hasSelection())
