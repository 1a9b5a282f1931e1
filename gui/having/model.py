"""The files of a check as a Qt model: they come as they are found, and only what is wanted is shown."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from enum import IntEnum
from itertools import groupby
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from engine.errors import EngineError
from engine.having.records import CheckedFile, HaveReport
from engine.records import Skipped
from gui.gallery.wording import shown_path
from gui.having.rows import KEYS, Order, Row, files_of

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class HavingRole(IntEnum):
    """What `data` answers beside Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1
    """The Row."""


class HavingModel(QAbstractListModel):
    """Rows in an order, of one verdict or of all.

    Attributes:
        rows: what is shown.
        counts: how many files have which verdict, shown or not.
        sought: the text that names, folders, matches and words are searched for.
        group: the verdict that is shown; empty for all.
        order: what the rows are sorted by.

    Signals:
        changed: other rows are shown, or there are more.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.counts: Counter[str] = Counter()
        self.sought = ""
        self.group = ""
        self.order = Order.FOLDER
        self._all: list[Row] = []
        self._answers: dict[int, Callable[[Row], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda row: row.name,
            Qt.ItemDataRole.ToolTipRole: _tooltip,
            Qt.ItemDataRole.AccessibleTextRole: _told,
            HavingRole.ROW: lambda row: row,
        }

    @property
    def new(self) -> list[CheckedFile]:
        """The files whose pictures the library does not have, shown or not, by path."""
        return sorted((file for file in files_of(self._all) if file.is_new), key=lambda file: file.path)

    @property
    def total(self) -> int:
        """How many files there are, shown or not."""
        return len(self._all)

    def clear(self) -> None:
        """Begin anew, with every verdict shown."""
        self._all, self.counts, self.sought, self.group = [], Counter(), "", ""
        self._rebuild()

    def add(self, rows: Sequence[Row]) -> None:
        """Take in more files, each in its place."""
        self._all += rows
        self.counts.update(row.group for row in rows)
        key = KEYS[self.order]
        shown = sorted(filter(self._passes, rows), key=key)
        runs = [(at, list(run)) for at, run in groupby(shown, lambda row: bisect_right(self.rows, key(row), key=key))]
        for at, run in reversed(runs):
            self.beginInsertRows(_ROOT, at, at + len(run) - 1)
            self.rows[at:at] = run
            self.endInsertRows()
        self.changed.emit()

    def show_group(self, group: str) -> None:
        """Show only the files with this verdict; empty for all."""
        self.group = group
        self._rebuild()

    def seek(self, text: str) -> None:
        """Show only the files that have every word of the text in their name, folder, match or verdict."""
        self.sought = text.strip()
        self._rebuild()

    def sort_by(self, order: Order) -> None:
        """Sort by this from now on."""
        self.order = order
        self._rebuild()

    def report(self, places: Sequence[Path], stopped: EngineError | None = None) -> HaveReport:
        """All files that were found so far, as the engine tells of them."""
        found = sorted((row.found for row in self._all), key=lambda one: one.path)
        checked = tuple(one for one in found if isinstance(one, CheckedFile))
        skipped = tuple(one for one in found if isinstance(one, Skipped))
        return HaveReport(tuple(places), checked, skipped, stopped)

    def row_of(self, file_id: str) -> int:
        """The row of a file, or -1."""
        return next((place for place, row in enumerate(self.rows) if row.file.id == file_id), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        answer = self._answers.get(role)
        return answer(self.rows[index.row()]) if answer is not None and index.isValid() else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def _passes(self, row: Row) -> bool:
        return self.group in ("", row.group) and all(word in row.sought for word in self.sought.casefold().split())

    def _rebuild(self) -> None:
        self.beginResetModel()
        self.rows = sorted(filter(self._passes, self._all), key=KEYS[self.order])
        self.endResetModel()
        self.changed.emit()


def _tooltip(row: Row) -> str:
    match = [shown_path(row.match.path)] if row.match is not None else []
    return "\n".join([shown_path(row.path), f"{row.title}: {row.words}", *match])


def _told(row: Row) -> str:
    match = [row.match.path.name] if row.match is not None else []
    return ", ".join([row.name, row.title, row.words, *match, row.folder])
