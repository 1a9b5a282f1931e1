"""The entries of the log as rows, the oldest first, of those levels and with those words that are wanted."""

import logging
from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from gui.gallery.wording import displayable
from gui.icons import icon
from gui.log_tail import LogEntry
from gui.translation import later, tr
from gui.words import from_the_left

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
WHEN, LEVEL, SOURCE, MESSAGE = range(4)
COLUMNS = (later("When"), later("Level"), later("From"), later("Message"))
LEVELS = {
    logging.DEBUG: later("Detail"),
    logging.INFO: later("Information"),
    logging.WARNING: later("Warning"),
    logging.ERROR: later("Error"),
    logging.CRITICAL: later("Fault"),
}
MOST_CHARACTERS = 8_000_000
MOST_ENTRIES = 50_000
MOST_IN_A_CELL = 300
_ROOT = QModelIndex()


class LogRole(IntEnum):
    """What the model answers beside Qt's own roles."""

    ENTRY = Role.UserRole + 1
    """The LogEntry."""


class LogModel(QAbstractTableModel):
    """Keeps the newest entries, as many as fit into a bound; rows are those of them that are wanted.

    Attributes:
        entries: all of them.
        rows: those that are shown.
        least: the level from which on they are.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries: list[LogEntry] = []
        self.rows: list[LogEntry] = []
        self.least = logging.DEBUG
        self._words: list[str] = []

    def add(self, entries: Sequence[LogEntry]) -> None:
        """These are the newest."""
        self.entries += entries
        if self._drop_oldest():
            self._rebuild()
            return
        wanted = [entry for entry in entries if self._is_wanted(entry)]
        if wanted:
            self.beginInsertRows(_ROOT, len(self.rows), len(self.rows) + len(wanted) - 1)
            self.rows += wanted
            self.endInsertRows()

    def show_from(self, level: int) -> None:
        """Show only entries of this level or worse."""
        self.least = level
        self._rebuild()

    def seek(self, text: str) -> None:
        """Show only entries that have every word of the text."""
        self._words = text.casefold().split()
        self._rebuild()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self.rows[index.row()]
        match role:
            case LogRole.ENTRY:
                return entry
            case Role.DisplayRole:
                return _cell(entry, index.column())
            case Role.DecorationRole if index.column() == LEVEL and entry.level >= logging.WARNING:
                return icon("warning", "warning" if entry.level < logging.ERROR else "bad")
        return None

    def _is_wanted(self, entry: LogEntry) -> bool:
        return entry.level >= self.least and all(word in entry.sought for word in self._words)

    def _drop_oldest(self) -> bool:
        """Keep within the bound; returns whether anything went."""
        characters = sum(len(entry.text) for entry in self.entries)
        gone = max(len(self.entries) - MOST_ENTRIES, 0)
        characters -= sum(len(entry.text) for entry in self.entries[:gone])
        while characters > MOST_CHARACTERS:
            characters -= len(self.entries[gone].text)
            gone += 1
        del self.entries[:gone]
        return gone > 0

    def _rebuild(self) -> None:
        self.beginResetModel()
        self.rows = [entry for entry in self.entries if self._is_wanted(entry)]
        self.endResetModel()


def _cell(entry: LogEntry, column: int) -> str:
    match column:
        case 0:
            return entry.when
        case 1:
            return tr(LEVELS.get(entry.level, LEVELS[logging.INFO]))
        case 2:
            return entry.source
    return from_the_left(displayable(entry.text.partition("\n")[0][:MOST_IN_A_CELL]))
