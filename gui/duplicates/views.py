"""The list of groups, and the cards of the photos of one: which keys and clicks they answer to."""

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle

from gui.duplicates.delegates import CARD_WIDTH, GroupDelegate, MemberDelegate, card_width, on_fate
from gui.duplicates.models import GroupsModel, MembersModel
from gui.measures import grown
from gui.translation import tr

OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
NOTHING_HELD = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
NARROWEST = 150
LOWEST = 80


class OpeningList(QListView):
    """A list without a frame, whose current row is opened with Enter and Space.

    Signals:
        opened: wanted for the current row.
        moved: other rows are on the screen.
    """

    opened = Signal()
    moved = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.moved.emit())

    def rows_seen(self) -> range:
        """The rows on the screen, at most one more."""
        count = self.model().rowCount()
        if not count:
            return range(0)
        view = self.viewport().rect()
        first = self.indexAt(QPoint(view.center().x(), 1)).row()
        last = self.indexAt(QPoint(view.center().x(), view.bottom())).row()
        return range(max(first, 0), (last if last >= 0 else count - 1) + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in OPENING and event.modifiers() in NOTHING_HELD:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.moved.emit()


class GroupsView(OpeningList):
    """The groups, one above the other."""

    def __init__(self, model: GroupsModel) -> None:
        super().__init__(tr("Groups of duplicates"))
        self.setModel(model)
        self.setItemDelegate(GroupDelegate(self))

    def minimumSizeHint(self) -> QSize:
        return QSize(grown(NARROWEST), grown(LOWEST))


class MembersView(OpeningList):
    """The photos of a group beside each other.

    Signals:
        fate_pressed(int): what becomes of the photo in a row is to be the other thing.
        menu(int, QPoint): the context menu of a row at a global position.
    """

    fate_pressed = Signal(int)
    menu = Signal(int, QPoint)

    def __init__(self, model: MembersModel) -> None:
        super().__init__(tr("Photos of the group"))
        self.setModel(model)
        self._cards = MemberDelegate(self)
        self.setItemDelegate(self._cards)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setDragEnabled(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.doubleClicked.connect(lambda _: self.opened.emit())
        model.modelReset.connect(self._fit)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for a card, be its text large."""
        return QSize(grown(CARD_WIDTH) + self.verticalScrollBar().sizeHint().width(), grown(LOWEST))

    def rows_seen(self) -> range:
        view = self.viewport().rect()
        rows = range(self.model().rowCount())
        seen = [row for row in rows if view.intersects(self.visualRect(self.model().index(row, 0)))]
        return range(seen[0], seen[-1] + 1) if seen else range(0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self._pressed(event)
        if index.isValid():
            self.fate_pressed.emit(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick presses on what becomes of a photo are two presses."""
        if self._pressed(event).isValid():
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self._on_fate(event.position().toPoint()).isValid()
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        """Few photos are shown larger."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)  # Qt leaves room for that of the style
        room = self.size() - QSize(max(bar, self.verticalScrollBar().sizeHint().width()) + 2, 0)
        width = card_width(room, self.model().rowCount(), self.font())
        if width != self._cards.width:
            self._cards.width = width
            self.scheduleDelayedItemsLayout()

    def _pressed(self, event: QMouseEvent) -> QModelIndex:
        left = event.button() == Qt.MouseButton.LeftButton
        return self._on_fate(event.position().toPoint()) if left else QModelIndex()

    def _on_fate(self, point: QPoint) -> QModelIndex:
        index = self.indexAt(point)
        inside = index.isValid() and on_fate(self.visualRect(index), self.font(), point)
        return index if inside else QModelIndex()

    def _on_menu(self, position: QPoint) -> None:
        index = self.indexAt(position)
        if index.isValid():
            self.menu.emit(index.row(), self.viewport().mapToGlobal(position))
