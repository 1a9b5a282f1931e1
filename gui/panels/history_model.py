"""Past queries as rows: pinned first, then day by day, each group under a heading."""

from collections.abc import Sequence
from datetime import date
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from engine.records import HistoryEntry
from gui.pictures import QueryPictures
from gui.translation import counted, later, tr
from gui.words import clock, dated, day, short_date

Index = QModelIndex | QPersistentModelIndex
PINNED = later("Pinned")


class HistoryRole(IntEnum):
    """What a row holds beside its text."""

    ENTRY = Qt.ItemDataRole.UserRole + 1
    """The HistoryEntry, or None for a heading."""
    DETAIL = Qt.ItemDataRole.UserRole + 2
    """The second line."""
    NEW = Qt.ItemDataRole.UserRole + 3
    """How many matches the last run found anew, in words; empty without any."""


class HistoryModel(QAbstractListModel):
    """Headings and entries. The same rows in the same order are told as changed data, so selection and scroll stay."""

    def __init__(self, pictures: QueryPictures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._entries: tuple[HistoryEntry, ...] = ()
        self._rows: list[HistoryEntry | str] = []
        self._wanted: tuple[str, ...] = ()
        pictures.ready.connect(self._on_thumbnail)

    def show_entries(self, entries: Sequence[HistoryEntry]) -> None:
        """Show this history."""
        self._entries = tuple(entries)
        self._rebuild()

    def set_filter(self, text: str) -> None:
        """Show only entries that have every word of the text in their title, names or day."""
        self._wanted = tuple(text.casefold().split())
        self._rebuild()

    def entry(self, index: Index) -> HistoryEntry | None:
        """The entry of a row; None for a heading."""
        row = self._rows[index.row()] if index.isValid() else None
        return row if isinstance(row, HistoryEntry) else None

    def row_of(self, entry_id: str) -> int:
        """The row of an entry, or -1."""
        rows = (number for number, row in enumerate(self._rows) if isinstance(row, HistoryEntry) and row.id == entry_id)
        return next(rows, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.entry(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, str):
            named = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return row if named else None
        return self._entry_data(row, role)

    def _entry_data(self, entry: HistoryEntry, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry_title(entry)
            case Qt.ItemDataRole.DecorationRole:
                return self._pictures.get(entry.id)
            case Qt.ItemDataRole.ToolTipRole:
                lines = [entry.title, *entry.titles, entry_detail(entry), entry_news(entry)]
                return "\n".join(line for line in lines if line)
            case Qt.ItemDataRole.AccessibleTextRole:
                pinned = tr("pinned") if entry.pinned else ""
                parts = [entry_title(entry), entry_detail(entry), entry_news(entry), pinned]
                return ", ".join(part for part in parts if part)
            case HistoryRole.ENTRY:
                return entry
            case HistoryRole.DETAIL:
                return entry_detail(entry)
            case HistoryRole.NEW:
                return entry_news(entry)
        return None

    def _rebuild(self) -> None:
        today = date.today()
        rows = grouped([entry for entry in self._entries if self._fits(entry, today)], today)
        if rows == self._rows:
            return
        if [_key(row) for row in rows] == [_key(row) for row in self._rows]:
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def _fits(self, entry: HistoryEntry, today: date) -> bool:
        if not self._wanted:
            return True
        found_by = searched_text(entry, today).casefold()
        return all(word in found_by for word in self._wanted)

    def _on_thumbnail(self, entry_id: str, position: int) -> None:
        row = self.row_of(entry_id)
        if position == 0 and row >= 0:
            self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole])


def grouped(entries: Sequence[HistoryEntry], today: date) -> list[HistoryEntry | str]:
    """Entries under headings: those pinned, then by day, newest first."""
    rows: list[HistoryEntry | str] = []
    pinned = [entry for entry in entries if entry.pinned]
    if pinned:
        rows += [tr(PINNED), *pinned]
    heading = ""
    for entry in sorted((entry for entry in entries if not entry.pinned), key=lambda entry: entry.when, reverse=True):
        if (name := day(entry.when.date(), today)) != heading:
            heading = name
            rows.append(heading)
        rows.append(entry)
    return rows


def searched_text(entry: HistoryEntry, today: date) -> str:
    """All that an entry can be found by: its title, the names of its pictures, and its day in every usual way."""
    asked = entry.when.date()
    day_names = (day(asked, today), dated(asked, tr("dddd, d MMMM yyyy")), short_date(asked), asked.isoformat())
    return "\n".join([entry.title, *entry.titles, *day_names])


def entry_title(entry: HistoryEntry) -> str:
    """What the user calls it, or else such as "beach.jpg", "beach.jpg and 2 more"."""
    return entry.title or automatic_title(entry)


def automatic_title(entry: HistoryEntry) -> str:
    """What a query is called as long as it has no title."""
    first = entry.titles[0] if entry.titles else tr("Query")
    if entry.query.pictures and entry.query.pictures[0].region is not None:
        first = tr("region of {name}", name=first)
    more = len(entry.titles) - 1
    return first if more < 1 else counted("{first} and {n} more", "{first} and {n} more", more, first=first)


def entry_detail(entry: HistoryEntry) -> str:
    """Such as "112 matches · 14:02"; pinned queries stand under no day, so they show theirs."""
    when = dated(entry.when, tr("d MMM")) if entry.pinned else clock(entry.when)
    return counted("{n} match · {when}", "{n} matches · {when}", entry.match_count, when=when)


def entry_news(entry: HistoryEntry) -> str:
    """Such as "3 new"; empty if the last run found nothing that the one before had not."""
    return counted("{n} new", "{n} new", entry.new_count) if entry.new_count else ""


def _key(row: HistoryEntry | str) -> tuple[str, str]:
    return ("entry", row.id) if isinstance(row, HistoryEntry) else ("heading", row)
