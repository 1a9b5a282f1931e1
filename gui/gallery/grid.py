"""A view of equal cells that needs no layout pass: scrolling, moving and selecting by arithmetic."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QAccessible, QAccessibleEvent, QMouseEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QRubberBand, QWidget

from gui.accessible import Told
from gui.gallery.geometry import Grid

Action = QAbstractItemView.CursorAction
Index = QModelIndex | QPersistentModelIndex


class GridView(Told, QAbstractItemView):
    """Knows where cells are and how to move between them; a subclass says what they are and paints them.

    A subclass overrides `fit_grid`, tells screen readers of its cells (`cells_told.CellsTold`), and overrides
    `can_drag_from` if not every point of a cell starts a drag.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = Grid.fit(0, (), width=0, reserved=0, thumbnail_size=1, caption_height=0, strip_height=0)
        self._anchor = QPersistentModelIndex()  # this cell stays where it is when the geometry changes ...
        self._anchor_y = 0  # ... at this height of the viewport
        self._laying_out = False
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, self.viewport())
        self._band_start = QPoint()
        self.setSelectionMode(self.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(self.EditTrigger.NoEditTriggers)
        self.setDragDropMode(self.DragDropMode.DragOnly)

    @property
    def grid(self) -> Grid:
        """Where the cells are, in content coordinates."""
        return self._grid

    def fit_grid(self) -> Grid:
        """The grid for the model, the size of the viewport and the font as they are now."""
        raise NotImplementedError

    def can_drag_from(self, index: QModelIndex, position: QPoint) -> bool:
        """Whether pressing here and moving drags the item; otherwise it draws a selection rectangle."""
        return True

    def lay_out(self) -> None:
        """Take the grid that fits now, with the anchor staying where it is on the screen."""
        bar = self.verticalScrollBar()
        self._laying_out = True
        self._grid = self.fit_grid()
        self.horizontalScrollBar().setRange(0, 0)
        bar.setRange(0, max(self._grid.height - self.viewport().height(), 0))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(max(self._grid.cell_height // 5, 16))
        if self._anchor.isValid():
            bar.setValue(self._grid.rect(self._anchor.row()).top() - self._anchor_y)
        else:  # its photo is gone, or there was none
            self._hold_first_visible()
        self._laying_out = False
        self.viewport().update()
        self.moved()

    def hold(self, row: int) -> None:
        """Keep this cell where it is on the screen while the geometry changes."""
        self._anchor = QPersistentModelIndex(self._index(row))
        self._anchor_y = self._grid.rect(row).top() - self.verticalOffset()

    def show_top(self) -> None:
        """Scroll to the first row."""
        self._anchor = QPersistentModelIndex()
        self.verticalScrollBar().setValue(0)

    def moved(self) -> None:
        """Other cells are on the screen than before; for subclasses."""

    def visible_rows(self) -> range:
        """The rows on the screen."""
        top = self.verticalOffset()
        return self._grid.rows_between(top, top + self.viewport().height())

    # What QAbstractItemView asks of every view.

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid():
            return QRect()
        return self._grid.rect(index.row()).translated(0, -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        return self._index(self._grid.row_at(point + QPoint(0, self.verticalOffset())))

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if not index.isValid():
            return
        rect, bar, height = self._grid.rect(index.row()), self.verticalScrollBar(), self.viewport().height()
        lowest, highest = rect.bottom() + 1 - height, rect.top()
        if hint == self.ScrollHint.PositionAtTop:
            bar.setValue(highest)
        elif hint == self.ScrollHint.PositionAtBottom:
            bar.setValue(lowest)
        elif hint == self.ScrollHint.PositionAtCenter:
            bar.setValue((lowest + highest) // 2)
        else:
            bar.setValue(min(max(bar.value(), lowest), highest))

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        return False

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        if not self._grid.count:
            return QModelIndex()
        current = self.currentIndex()
        if not current.isValid():
            return self._index(self._grid.count - 1 if action == Action.MoveEnd else 0)
        return self._index(self._row_after(action, current.row()))

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select a rectangle of cells while the mouse draws one, all rows from one corner to the other otherwise."""
        if self.state() == self.State.DragSelectingState:
            runs = self._grid.rows_in(rect.normalized().translated(0, self.verticalOffset()))
        else:
            first, last = sorted((self.indexAt(rect.topLeft()).row(), self.indexAt(rect.bottomRight()).row()))
            runs = [range(first, last + 1)] if first >= 0 else []
        self.selectionModel().select(self._selection_of(runs), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Only what is on the screen: the selection may be a million cells."""
        region = QRegion()
        visible = self.visible_rows()
        for part in selection.toList():
            for row in range(max(part.top(), visible.start), min(part.bottom() + 1, visible.stop)):
                region += self.visualRect(self._index(row))
        return region

    # Where the base class is told of changes.

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            model.rowsInserted.connect(self.lay_out)
            model.rowsRemoved.connect(self.lay_out)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if self.model() is not None:  # Qt calls this before a subclass is complete
            self.lay_out()

    def reset(self) -> None:
        self._anchor = QPersistentModelIndex()
        super().reset()
        if self.model() is not None:
            self.lay_out()
        self.verticalScrollBar().setValue(0)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.scrollDirtyRegion(0, dy)
        self.viewport().scroll(0, dy)
        if not self._laying_out:
            self._hold_first_visible()
            self.moved()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if QAccessible.isActive() and current.isValid() and self.hasFocus():
            event = QAccessibleEvent(self, QAccessible.Event.Focus)
            event.setChild(current.row())
            QAccessible.updateAccessibility(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts here, not a search for a name."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        position = event.position().toPoint()
        index = self.indexAt(position)
        # The base class either drags or selects by rectangle; which one is known only by where it starts.
        self.setDragEnabled(index.isValid() and self.can_drag_from(index, position))
        self._band_start = position + QPoint(0, self.verticalOffset())
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self.state() == self.State.DragSelectingState:
            start = self._band_start - QPoint(0, self.verticalOffset())
            self._band.setGeometry(QRect(start, event.position().toPoint()).normalized())
            self._band.show()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._band.hide()
        super().mouseReleaseEvent(event)

    def _index(self, row: int) -> QModelIndex:
        return self.model().index(row, 0) if row >= 0 else QModelIndex()

    def _hold_first_visible(self) -> None:
        visible = self.visible_rows()
        if visible and self.verticalOffset():
            self.hold(visible.start)
        else:  # whoever looks at the top goes on looking at the best matches
            self._anchor = QPersistentModelIndex()

    def _row_after(self, action: QAbstractItemView.CursorAction, row: int) -> int:
        last = self._grid.count - 1
        ahead = -1 if self.isRightToLeft() else 1
        page = max(self.viewport().height() // self._grid.cell_height, 1)
        targets: dict[QAbstractItemView.CursorAction, Callable[[], int]] = {
            Action.MoveLeft: lambda: row - ahead,
            Action.MoveRight: lambda: row + ahead,
            Action.MovePrevious: lambda: row - 1,
            Action.MoveNext: lambda: row + 1,
            Action.MoveUp: lambda: self._grid.row_lines_away(row, -1),
            Action.MoveDown: lambda: self._grid.row_lines_away(row, 1),
            Action.MovePageUp: lambda: self._grid.row_lines_away(row, -page),
            Action.MovePageDown: lambda: self._grid.row_lines_away(row, page),
            Action.MoveHome: lambda: 0,
            Action.MoveEnd: lambda: last,
        }
        return min(max(targets[action](), 0), last)

    def _selection_of(self, runs: Iterable[range]) -> QItemSelection:
        selection = QItemSelection()
        for run in runs:
            selection.select(self._index(run.start), self._index(run.stop - 1))
        return selection
