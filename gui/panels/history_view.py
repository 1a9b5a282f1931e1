"""How past queries are drawn and which keys they answer to."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from engine.records import HistoryEntry
from gui.icons import icon
from gui.panels.history_model import HistoryModel, HistoryRole
from gui.pictures import draw_square
from gui.theme import CAPTION_RATIO, colors, font
from gui.translation import tr

Index = QModelIndex | QPersistentModelIndex
PICTURE = 36
PADDING = 6
PIN = 14


class HistoryDelegate(QStyledItemDelegate):
    """Draws a heading as small text, an entry as thumbnail, name, number of matches and time."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = QFontMetrics(option.font).height()
        if index.data(HistoryRole.ENTRY) is None:
            return QSize(0, line + 2 * PADDING)
        small = QFontMetrics(font(option.font, CAPTION_RATIO)).height()
        return QSize(0, max(PICTURE, line + small) + 2 * PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        entry = index.data(HistoryRole.ENTRY)
        if entry is None:
            self._paint_heading(painter, option, index)
        else:
            self._paint_entry(painter, option, index, entry)
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.setPen(colors(option.palette).secondary)
        painter.setFont(font(option.font, CAPTION_RATIO, bold=True))
        inside = option.rect.adjusted(PADDING + 6, PADDING, -PADDING, -PADDING // 2)
        painter.drawText(inside, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeading, index.data())

    def _paint_entry(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, entry: HistoryEntry) -> None:
        self._paint_ground(painter, option)
        inside = option.rect.adjusted(2 * PADDING, PADDING, -2 * PADDING, -PADDING)
        picture, words = self._parts(inside, option.direction, pinned=entry.pinned)
        self._paint_picture(painter, option, picture, index.data(Qt.ItemDataRole.DecorationRole))
        self._paint_words(painter, option, words, index)
        if entry.pinned:
            pin = QRect(0, 0, PIN, PIN)
            pin.moveCenter(QPoint(inside.right() - PIN // 2, inside.center().y()))
            icon("pinned", "secondary").paint(painter, QStyle.visualRect(option.direction, inside, pin))

    def _parts(self, inside: QRect, direction: Qt.LayoutDirection, *, pinned: bool) -> tuple[QRect, QRect]:
        picture = QRect(inside.left(), inside.center().y() - PICTURE // 2, PICTURE, PICTURE)
        words = inside.adjusted(PICTURE + 10, 0, -(PIN + PADDING) if pinned else 0, 0)
        return (QStyle.visualRect(direction, inside, picture), QStyle.visualRect(direction, inside, words))

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        of = colors(option.palette)
        ground = QRectF(option.rect).adjusted(PADDING, 1, -PADDING, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(of.gallery_ground)
            painter.drawRoundedRect(ground, 6, 6)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(of.window)
            painter.drawRoundedRect(ground, 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(of.accent)
            painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _paint_picture(
        self, painter: QPainter, option: QStyleOptionViewItem, target: QRect, pixmap: QPixmap | None
    ) -> None:
        if pixmap is not None:
            draw_square(painter, QRectF(target), pixmap)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors(option.palette).border)
        painter.drawRoundedRect(target, 4, 4)

    def _paint_words(self, painter: QPainter, option: QStyleOptionViewItem, words: QRect, index: Index) -> None:
        small = font(option.font, CAPTION_RATIO, tabular=True)
        top, bottom = QFontMetrics(option.font).height(), QFontMetrics(small).height()
        words = QRect(words.left(), words.center().y() - (top + bottom) // 2, words.width(), top + bottom)
        self._line(painter, option.font, words, index.data(), Qt.AlignmentFlag.AlignTop, option)
        self._line(painter, small, words, index.data(HistoryRole.DETAIL), Qt.AlignmentFlag.AlignBottom, option)

    def _line(
        self,
        painter: QPainter,
        with_font: QFont,
        words: QRect,
        text: str,
        edge: Qt.AlignmentFlag,
        option: QStyleOptionViewItem,
    ) -> None:
        of = colors(option.palette)
        painter.setFont(with_font)
        painter.setPen(of.text if edge == Qt.AlignmentFlag.AlignTop else of.secondary)
        shown = QFontMetrics(with_font).elidedText(text, Qt.TextElideMode.ElideMiddle, words.width())
        painter.drawText(words, edge | Qt.AlignmentFlag.AlignLeading, shown)


class HistoryView(QListView):
    """The rows. A click or Enter runs again, P pins, Delete deletes.

    Signals:
        run, pin, delete: wanted for an entry; `menu` at a global position.
    """

    run = Signal(object)
    pin = Signal(object)
    delete = Signal(object)
    menu = Signal(object, QPoint)

    def __init__(self, model: HistoryModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(HistoryDelegate(self))
        self.setAccessibleName(tr("History of queries"))
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.clicked.connect(lambda index: self._emit(self.run, index))
        self.customContextMenuRequested.connect(self._on_menu)

    def entry(self, index: Index) -> HistoryEntry | None:
        """The entry of a row."""
        entry = index.data(HistoryRole.ENTRY) if index.isValid() else None
        return entry if isinstance(entry, HistoryEntry) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {
            Qt.Key.Key_Return: self.run,
            Qt.Key.Key_Enter: self.run,
            Qt.Key.Key_P: self.pin,
            Qt.Key.Key_Delete: self.delete,
            Qt.Key.Key_Backspace: self.delete,
        }
        wanted = keys.get(Qt.Key(event.key()))
        if wanted is None or event.modifiers() not in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            super().keyPressEvent(event)
        else:
            self._emit(wanted, self.currentIndex())

    def _emit(self, wanted: SignalInstance, index: Index) -> None:
        entry = self.entry(index)
        if entry is not None:
            wanted.emit(entry)

    def _on_menu(self, position: QPoint) -> None:
        entry = self.entry(self.indexAt(position))
        if entry is not None:
            self.menu.emit(entry, self.viewport().mapToGlobal(position))
