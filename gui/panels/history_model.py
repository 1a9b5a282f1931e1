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
        self._row_of: dict[str, int] = {}
        self._wanted: tuple[str, ...] = ()
        self._days = DayNames(date.today())
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
        return self._row_of.get(entry_id, -1)

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
        if (today := date.today()) != self._days.today:
            self._days = DayNames(today)
        rows = grouped([entry for entry in self._entries if self._fits(entry)], self._days)
        if rows == self._rows:
            return
        if [_key(row) for row in rows] == [_key(row) for row in self._rows]:
            changed = [at for at, (row, before) in enumerate(zip(rows, self._rows, strict=True)) if row != before]
            self._rows = rows
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
            return
        self.beginResetModel()
        self._rows = rows
        self._row_of = {row.id: number for number, row in enumerate(rows) if isinstance(row, HistoryEntry)}
        self.endResetModel()

    def _fits(self, entry: HistoryEntry) -> bool:
        """Whether every word is in its title, the names of its pictures, or its day in one of the usual ways."""
        if not self._wanted:
            return True
        names = "\n".join([entry.title, *entry.titles]).casefold()
        missing = [word for word in self._wanted if word not in names]
        return not missing or all(word in self._days.searched(entry.when.date()) for word in missing)

    def _on_thumbnail(self, entry_id: str, position: int) -> None:
        row = self.row_of(entry_id)
        if position == 0 and row >= 0:
            self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole])


class DayNames:
    """What days are called; each is put into words once, because thousands of queries have few days."""

    def __init__(self, today: date) -> None:
        self.today = today
        self._names: dict[date, str] = {}
        self._searched: dict[date, str] = {}

    def name(self, of: date) -> str:
        """Such as "Yesterday"."""
        if of not in self._names:
            self._names[of] = day(of, self.today)
        return self._names[of]

    def searched(self, of: date) -> str:
        """The day in every usual way, in small letters."""
        if of not in self._searched:
            ways = (self.name(of), dated(of, tr("dddd, d MMMM yyyy")), short_date(of), of.isoformat())
            self._searched[of] = "\n".join(ways).casefold()
        return self._searched[of]


def grouped(entries: Sequence[HistoryEntry], days: DayNames) -> list[HistoryEntry | str]:
    """Entries under headings: those pinned, then by day, newest first."""
    rows: list[HistoryEntry | str] = []
    pinned = [entry for entry in entries if entry.pinned]
    if pinned:
        rows += [tr(PINNED), *pinned]
    heading = ""
    for entry in sorted((entry for entry in entries if not entry.pinned), key=lambda entry: entry.when, reverse=True):
        if (name := days.name(entry.when.date())) != heading:
            heading = name
            rows.append(heading)
        rows.append(entry)
    return rows


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
    """Such as "112 matches · 14:02", "200 nearest photos · 14:02"; pinned queries, under no day, show theirs."""
    when = dated(entry.when, tr("d MMM")) if entry.pinned else clock(entry.when)
    if entry.match_count >= entry.query.k:  # there may have been more
        return " · ".join((counted("{n} nearest photo", "{n} nearest photos", entry.match_count), when))
    return counted("{n} match · {when}", "{n} matches · {when}", entry.match_count, when=when)


def entry_news(entry: HistoryEntry) -> str:
    """Such as "3 new"; empty if the last run found nothing that the one before had not."""
    return counted("{n} new", "{n} new", entry.new_count) if entry.new_count else ""


def _key(row: HistoryEntry | str) -> tuple[str, str]:
    return ("entry", row.id) if isinstance(row, HistoryEntry) else ("heading", row)
