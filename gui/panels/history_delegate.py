"""How past queries are drawn, and how one is given a title in its place."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from engine.records import HistoryEntry
from gui.icons import icon
from gui.measures import grown
from gui.panels.history_model import HistoryRole, automatic_title, entry_title
from gui.pictures import draw_square
from gui.theme import BY_ITS_LETTERS, CAPTION_RATIO, colors, font
from gui.translation import tr

Index = QModelIndex | QPersistentModelIndex
PICTURE = 36
PADDING = 6
PIN = 14
LONGEST_TITLE = 200


class HistoryDelegate(QStyledItemDelegate):
    """Draws a heading as small text, an entry as thumbnail, name, number of matches and time; edits titles.

    Signals:
        renamed: an entry and the title that was typed, empty for the automatic one.
    """

    renamed = Signal(object, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._measured: QFont | None = None
        self._heading = self._entry = QSize()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Asked of every row whenever the list is laid out: two heights are all there is, reckoned once for a font."""
        if option.font != self._measured:
            line = QFontMetrics(option.font).height()
            small = QFontMetrics(font(option.font, CAPTION_RATIO)).height()
            self._measured = QFont(option.font)
            self._heading = QSize(0, line + 2 * PADDING)
            self._entry = QSize(0, max(PICTURE, line + small) + 2 * PADDING)
        return self._heading if index.data(HistoryRole.ENTRY) is None else self._entry

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        entry = index.data(HistoryRole.ENTRY)
        if entry is None:
            self._paint_heading(painter, option, index)
        else:
            self._paint_entry(painter, option, index, entry)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        entry = index.data(HistoryRole.ENTRY)
        editor.setText(entry_title(entry))
        editor.setPlaceholderText(automatic_title(entry))
        editor.setMaxLength(LONGEST_TITLE)
        editor.setAccessibleName(tr("Title of the query; empty for the names of its pictures"))
        editor.setAcceptDrops(False)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The editor has its text from the beginning; news of the entry must not undo what is being typed."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """The title goes to the library; the row follows when the history has been read again."""
        entry = index.data(HistoryRole.ENTRY)
        if entry is None or not isinstance(editor, QLineEdit):
            return
        typed = " ".join(editor.text().split())
        title = "" if typed == automatic_title(entry) else typed
        if title != entry.title:
            self.renamed.emit(entry, title)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        inside = option.rect.adjusted(2 * PADDING, 0, -2 * PADDING, 0)
        _, words = self._parts(inside, option.direction, pinned=False)
        place = QRect(0, 0, words.width() + PADDING, min(editor.sizeHint().height(), inside.height()))
        place.moveCenter(words.center())
        editor.setGeometry(place)

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.setPen(colors(option.palette).secondary)
        painter.setFont(font(option.font, CAPTION_RATIO, bold=True))
        inside = option.rect.adjusted(PADDING + 6, PADDING, -PADDING, -PADDING // 2)
        painter.drawText(inside, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeading, index.data())

    def _paint_entry(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, entry: HistoryEntry) -> None:
        self._paint_ground(painter, option)
        inside = option.rect.adjusted(2 * PADDING, PADDING, -2 * PADDING, -PADDING)
        picture, words = self._parts(inside, option.direction, pinned=entry.pinned)
        # A file name gives way in the middle, which leaves its extension; a title is read from its beginning.
        option.textElideMode = Qt.TextElideMode.ElideRight if entry.title else Qt.TextElideMode.ElideMiddle
        self._paint_picture(painter, option, picture, index.data(Qt.ItemDataRole.DecorationRole))
        self._paint_words(painter, option, words, index)
        if entry.pinned:
            side = grown(PIN)
            pin = QRect(0, 0, side, side)
            pin.moveCenter(QPoint(inside.right() - side // 2, inside.center().y()))
            icon("pinned", "secondary").paint(painter, QStyle.visualRect(option.direction, inside, pin))

    def _parts(self, inside: QRect, direction: Qt.LayoutDirection, *, pinned: bool) -> tuple[QRect, QRect]:
        picture = QRect(inside.left(), inside.center().y() - PICTURE // 2, PICTURE, PICTURE)
        words = inside.adjusted(PICTURE + 10, 0, -(grown(PIN) + PADDING) if pinned else 0, 0)
        return (QStyle.visualRect(direction, inside, picture), QStyle.visualRect(direction, inside, words))

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        of = colors(option.palette)
        ground = QRectF(option.rect).adjusted(PADDING, 1, -PADDING, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(of.border)
            painter.setBrush(of.gallery_ground)
            painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
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
        if news := index.data(HistoryRole.NEW):
            words = self._paint_news(painter, option, words, news)
        self._line(painter, small, words, index.data(HistoryRole.DETAIL), Qt.AlignmentFlag.AlignBottom, option)

    def _paint_news(self, painter: QPainter, option: QStyleOptionViewItem, words: QRect, news: str) -> QRect:
        """At the end of the second line, where it is not cut off; returns the room that is left."""
        bold = font(option.font, CAPTION_RATIO, bold=True, tabular=True)
        width = QFontMetrics(bold).horizontalAdvance(news)
        place = QRect(words.right() - width, words.top(), width + 1, words.height())
        painter.setFont(bold)
        painter.setPen(colors(option.palette).accent)
        end = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignTrailing
        painter.drawText(QStyle.visualRect(option.direction, words, place), end, news)
        return QStyle.visualRect(option.direction, words, words.adjusted(0, 0, -width - PADDING, 0))

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
        shown = QFontMetrics(with_font).elidedText(text, option.textElideMode, words.width())
        painter.setLayoutDirection(BY_ITS_LETTERS)
        painter.drawText(words, edge | QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeading), shown)
