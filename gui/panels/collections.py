"""The collections at the side: to open, to fill by dropping photos on them, to name and to delete."""

from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QMenu,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui.controls import Scrolling, caption, heading, keyed, tool
from gui.gallery.drag import PHOTO_IDS_MIME, dragged_photo_ids
from gui.icons import SMALL, icon
from gui.measures import grown, margins
from gui.theme import BY_ITS_LETTERS, CAPTION_RATIO, colors, font
from gui.translation import counted, tr
from gui.words import number

if TYPE_CHECKING:
    from engine.catalog.collections import PhotoCollection

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 30
LOWEST = 40
PADDING = 6
_ROOT = QModelIndex()


class CollectionRole(IntEnum):
    """What the model answers beside Qt's own roles."""

    COLLECTION = Qt.ItemDataRole.UserRole + 1


class CollectionsModel(QAbstractListModel):
    """One row for each collection, by name."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.collections: tuple[PhotoCollection, ...] = ()

    def show(self, collections: Sequence["PhotoCollection"]) -> None:
        """Show these. If only numbers differ, the rows stay."""
        new = tuple(collections)
        if [one.id for one in new] == [one.id for one in self.collections]:
            self.collections = new
            if new:
                self.dataChanged.emit(self.index(0), self.index(len(new) - 1))
            return
        self.beginResetModel()
        self.collections = new
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.collections)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        one = self.collections[index.row()]
        if role == CollectionRole.COLLECTION:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return one.name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return collection_detail(one)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDropEnabled


class CollectionDelegate(QStyledItemDelegate):
    """Draws an icon, the name, and how many photos there are.

    Attributes:
        target: the row that photos would be dropped on, or -1.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.target = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, max(ROW_HEIGHT, option.fontMetrics.height() + 2 * PADDING))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one = index.data(CollectionRole.COLLECTION)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, target=index.row() == self.target)
        inside = option.rect.adjusted(2 * PADDING, 0, -2 * PADDING, 0)
        self._paint_row(painter, option, inside, one.name, number(one.photos))
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, *, target: bool) -> None:
        of = colors(option.palette)
        ground = QRectF(option.rect).adjusted(PADDING + 0.5, 1.5, -PADDING - 0.5, -1.5)
        painter.setPen(Qt.PenStyle.NoPen)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(of.border)
            painter.setBrush(of.gallery_ground)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(of.window)
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        if target or option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(of.accent)
        painter.drawRoundedRect(ground, 6, 6)

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, inside: QRect, name: str, count: str) -> None:
        of, small = colors(option.palette), font(option.font, CAPTION_RATIO, tabular=True)
        painter.setFont(small)
        width = painter.fontMetrics().horizontalAdvance(count)
        side = grown(SMALL)
        mark = QRect(inside.left(), inside.center().y() - side // 2, side, side)
        figures = QRect(inside.right() - width, inside.top(), width + 1, inside.height())
        words = inside.adjusted(side + 8, 0, -width - 8, 0)
        mark, figures, words = (QStyle.visualRect(option.direction, inside, part) for part in (mark, figures, words))
        icon("collection", "secondary").paint(painter, mark)
        painter.setPen(of.secondary)
        painter.drawText(figures, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing, count)
        painter.setFont(option.font)
        painter.setPen(of.text)
        shown = option.fontMetrics.elidedText(name, Qt.TextElideMode.ElideMiddle, words.width())
        painter.setLayoutDirection(BY_ITS_LETTERS)
        start = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeading)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | start, shown)


class CollectionsView(QListView):
    """The rows. A click or Enter opens, F2 renames, Delete deletes, a drop of photos adds them.

    Signals:
        opened, rename, delete: wanted for a collection; `menu` at a global position.
        dropped: a collection and the ids of photos.
    """

    opened = Signal(object)
    rename = Signal(object)
    delete = Signal(object)
    menu = Signal(object, QPoint)
    dropped = Signal(object, list)

    def __init__(self, model: CollectionsModel) -> None:
        super().__init__()
        self.setModel(model)
        self._delegate = CollectionDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(tr("Collections"))
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAcceptDrops(True)
        self.clicked.connect(lambda index: self.opened.emit(index.data(CollectionRole.COLLECTION)))
        self.customContextMenuRequested.connect(self._on_menu)

    def minimumSizeHint(self) -> QSize:
        """Low enough for the sidebar to fit a small screen with large text."""
        return QSize(super().minimumSizeHint().width(), grown(LOWEST))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {
            Qt.Key.Key_Return: self.opened,
            Qt.Key.Key_Enter: self.opened,
            Qt.Key.Key_F2: self.rename,
            Qt.Key.Key_Delete: self.delete,
            Qt.Key.Key_Backspace: self.delete,
        }
        wanted, index = keys.get(Qt.Key(event.key())), self.currentIndex()
        if wanted is not None and index.isValid() and not event.isAutoRepeat():
            wanted.emit(index.data(CollectionRole.COLLECTION))
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(PHOTO_IDS_MIME):
            event.acceptProposedAction()
        else:
            event.ignore()  # for the window

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._aim_at(index.row())
        if index.isValid() and event.mimeData().hasFormat(PHOTO_IDS_MIME):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._aim_at(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._aim_at(-1)
        self.drop_on(index, event.mimeData())
        event.acceptProposedAction()

    def drop_on(self, index: Index, mime: QMimeData) -> None:
        """Photos of the gallery were let go over a row."""
        ids = dragged_photo_ids(mime)
        if index.isValid() and ids:
            self.dropped.emit(index.data(CollectionRole.COLLECTION), ids)

    def _aim_at(self, row: int) -> None:
        if row != self._delegate.target:
            self._delegate.target = row
            self.viewport().update()

    def _on_menu(self, position: QPoint) -> None:
        index = self.indexAt(position)
        if index.isValid():
            self.menu.emit(index.data(CollectionRole.COLLECTION), self.viewport().mapToGlobal(position))


class CollectionsPanel(QWidget):
    """All collections, with the button to make one.

    Signals:
        add_wanted: the button.
        open_wanted, filter_wanted, rename_wanted, delete_wanted, export_wanted: with a collection.
        photos_dropped: with a collection and the ids of photos.
    """

    add_wanted = Signal()
    open_wanted = Signal(object)
    filter_wanted = Signal(object)
    rename_wanted = Signal(object)
    delete_wanted = Signal(object)
    export_wanted = Signal(object)
    photos_dropped = Signal(object, list)

    def __init__(self) -> None:
        super().__init__()
        self.model = CollectionsModel(self)
        self.view = CollectionsView(self.model)
        self._pages = QStackedLayout()
        self._build()
        self.view.opened.connect(self.open_wanted)
        self.view.rename.connect(self.rename_wanted)
        self.view.delete.connect(self.delete_wanted)
        self.view.dropped.connect(self.photos_dropped)
        self.view.menu.connect(lambda one, position: self.menu(one).popup(position))

    def show_collections(self, collections: Sequence["PhotoCollection"]) -> None:
        """Show these; a list that has not changed is left alone."""
        if self.model.collections != tuple(collections):
            self.model.show(collections)
        self._pages.setCurrentIndex(0 if collections else 1)

    def mark(self, collection_id: str) -> None:
        """Select the collection that is looked at; none for an empty id."""
        row = next((row for row, one in enumerate(self.model.collections) if one.id == collection_id), -1)
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row))
        else:
            self.view.clearSelection()

    def menu(self, collection: "PhotoCollection") -> QMenu:
        """What can be done with a collection."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("preview"), keyed(tr("Open"), tr("Enter")), lambda: self.open_wanted.emit(collection))
        menu.addAction(icon("filter"), tr("Use as a filter"), lambda: self.filter_wanted.emit(collection))
        menu.addSeparator()
        menu.addAction(keyed(tr("Rename…"), "F2"), lambda: self.rename_wanted.emit(collection))
        menu.addAction(icon("export"), tr("Export…"), lambda: self.export_wanted.emit(collection))
        menu.addSeparator()
        menu.addAction(icon("delete"), keyed(tr("Delete"), tr("Del")), lambda: self.delete_wanted.emit(collection))
        return menu

    def _build(self) -> None:
        top = QHBoxLayout()
        margins(top, 12, 8, 8, 4)
        top.setSpacing(0)
        top.addWidget(heading(tr("COLLECTIONS")))
        top.addStretch()
        top.addWidget(tool("add", tr("New collection…"), self.add_wanted.emit))
        words = QWidget()
        inside = QVBoxLayout(words)
        inside.setContentsMargins(12, 0, 12, 8)
        inside.addWidget(
            caption(tr("Sets of photos under a name. Make one, then drop photos on it from the results."), wrap=True)
        )
        inside.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(self._pages, 1)
        # Only now: a stacked layout shows its first page, which without a place would be a window of its own.
        self._pages.addWidget(self.view)
        self._pages.addWidget(Scrolling(words))


def collection_detail(collection: "PhotoCollection") -> str:
    """Such as "Beach, 12 photos", "Beach, 12 photos, 3 of them not in the library now"."""
    text = counted("{name}, {n} photo", "{name}, {n} photos", collection.photos, name=collection.name)
    gone = collection.photos - collection.present
    lacking = counted("{n} not in the library now", "{n} not in the library now", gone)
    return f"{text}, {lacking}" if gone else text
