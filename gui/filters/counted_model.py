"""Values to choose from, each with the number of photos that have it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from gui.translation import counted
from gui.words import number

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_ROOT = QModelIndex()
COUNT = 1
"""The column of the numbers."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value, what it is called, and how many photos have it."""

    value: str
    title: str
    photos: int


class CountedModel(QAbstractTableModel):
    """Any number of the values can be checked.

    Signals:
        chosen: the checked values, in their order, after the user has changed one.
    """

    chosen = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self._checked: tuple[str, ...] = ()

    def show(self, choices: Sequence[Choice], checked: Sequence[str]) -> None:
        """Show these; rows stay where only numbers and checks differ."""
        same = [one.value for one in choices] == [one.value for one in self._choices]
        if not same:
            self.beginResetModel()
        self._choices, self._checked = tuple(choices), tuple(checked)
        if not same:
            self.endResetModel()
        elif choices:
            self.dataChanged.emit(self.index(0, 0), self.index(len(choices) - 1, COUNT))

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._choices)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 2

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        choice = self._choices[index.row()]
        if index.column() == COUNT:
            return count_data(choice.photos, role)
        match role:
            case Role.DisplayRole | Role.ToolTipRole:
                return choice.title
            case Role.CheckStateRole:
                return Qt.CheckState.Checked if choice.value in self._checked else Qt.CheckState.Unchecked
            case Role.AccessibleTextRole:
                return f"{choice.title}, " + counted("{n} photo", "{n} photos", choice.photos)
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if not index.isValid() or role != Role.CheckStateRole:
            return False
        changed, on = self._choices[index.row()].value, Qt.CheckState(value) == Qt.CheckState.Checked
        kept = [one.value for one in self._choices if one.value in self._checked and one.value != changed]
        wanted = {*kept, changed} if on else {*kept}
        self._checked = tuple(one.value for one in self._choices if one.value in wanted)
        self.dataChanged.emit(index, index)
        self.chosen.emit(self._checked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags


def count_data(photos: int, role: int) -> Any:
    """What a model says in its column of numbers."""
    if role == Role.DisplayRole:
        return number(photos)
    return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter if role == Role.TextAlignmentRole else None
