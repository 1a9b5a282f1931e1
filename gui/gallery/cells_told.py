"""The photos of the gallery for screen readers: a list whose items are made when somebody asks for them."""

from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface

from gui.accessible import ToldWidget
from gui.gallery.grid import GridView

Role = QAccessible.Role
Cell = Any  # an interface or None, which Qt's signatures do not tell of
MOST_KEPT = 512


class CellsTold(ToldWidget):
    """A list of as many items as there are rows, be it a million."""

    def __init__(self, view: GridView) -> None:
        super().__init__(view, Role.List)
        self._cells = Cells(view)

    def childCount(self) -> int:
        return self._cells.view.grid.count

    def child(self, row: int) -> Cell:
        return self._cells.at(row)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return child.row if isinstance(child, CellTold) else -1

    def childAt(self, x: int, y: int) -> Cell:
        view = self._cells.view
        return self._cells.at(view.indexAt(view.viewport().mapFromGlobal(QPoint(x, y))).row())

    def focusChild(self) -> Cell:
        return self._cells.at(self._cells.view.currentIndex().row())


class CellTold(QAccessibleInterface):
    """One row, whatever photo is in it."""

    def __init__(self, view: GridView, row: int) -> None:
        super().__init__()
        self.row = row
        self._view = view

    def isValid(self) -> bool:
        return self.row < self._view.grid.count

    def object(self) -> Any:
        return None

    def window(self) -> Any:
        return self.parent().window()

    def parent(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._view)

    def child(self, row: int) -> Cell:
        return None

    def childCount(self) -> int:
        return 0

    def childAt(self, x: int, y: int) -> Cell:
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def role(self) -> QAccessible.Role:
        return Role.ListItem

    def text(self, which: QAccessible.Text) -> str:
        if which is not QAccessible.Text.Name or not self.isValid():
            return ""
        index = self._view.model().index(self.row, 0)
        return str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or "")

    def setText(self, which: QAccessible.Text, text: str) -> None:
        """Nobody renames a photo here."""

    def rect(self) -> QRect:
        if not self.isValid():
            return QRect()
        cell = self._view.visualRect(self._view.model().index(self.row, 0))
        return QRect(self._view.viewport().mapToGlobal(cell.topLeft()), cell.size())

    def state(self) -> QAccessible.State:
        state, view = QAccessible.State(), self._view
        selection: QItemSelectionModel | None = view.selectionModel()
        if not self.isValid() or selection is None:
            state.invalid = True
            return state
        index = view.model().index(self.row, 0)
        state.selectable = state.focusable = state.extSelectable = True
        state.selected = selection.isSelected(index)
        state.focused = view.hasFocus() and view.currentIndex() == index
        state.offscreen = self.row not in view.visible_rows()
        return state


class Cells(QObject):
    """The items that somebody has asked for. Qt's own register keeps them too, and has to be told before they go."""

    def __init__(self, view: GridView) -> None:
        super().__init__(view)
        self.view = view
        self._kept: OrderedDict[int, tuple[CellTold, int]] = OrderedDict()
        view.destroyed.connect(self.forget)

    def at(self, row: int) -> CellTold | None:
        """The item of a row; None if there is no such row."""
        if not 0 <= row < self.view.grid.count:
            return None
        if row not in self._kept:
            cell = CellTold(self.view, row)
            self._kept[row] = cell, QAccessible.registerAccessibleInterface(cell)
        self._kept.move_to_end(row)
        while len(self._kept) > MOST_KEPT:
            _, (_, oldest) = self._kept.popitem(last=False)
            QAccessible.deleteAccessibleInterface(oldest)
        return self._kept[row][0]

    def forget(self) -> None:
        """The view goes."""
        for _, number in self._kept.values():
            QAccessible.deleteAccessibleInterface(number)
        self._kept.clear()
