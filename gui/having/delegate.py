"""Paints one file of a check: its picture, that of its match beside it, and the verdict in words."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemDelegate, QStyle, QStyleOptionViewItem

from gui.gallery.thumbnails import ThumbnailLoader
from gui.gallery.wording import shown_path
from gui.having.model import HavingRole
from gui.having.rows import GROUPS, Row
from gui.icons import SMALL, icon
from gui.measures import grown
from gui.pictures import draw_rounded
from gui.theme import BY_ITS_LETTERS, CAPTION_RATIO, Colors, colors, font

PICTURE = 76
PADDING = 10
GAP = 12
RADIUS = 4
BESIDE = 420
"""Pixels of usual text from which on there is room for the file and its match beside each other."""

Index = QModelIndex | QPersistentModelIndex
State = QStyle.StateFlag
Elide = Qt.TextElideMode


class HavingDelegate(QAbstractItemDelegate):
    """Asks the loaders for what they have; what is missing comes later.

    Args:
        files: pictures of files from outside, by `Row.file`.
        photos: those of the library.
    """

    def __init__(self, files: ThumbnailLoader, photos: ThumbnailLoader, parent: QObject) -> None:
        super().__init__(parent)
        self._files = files
        self._photos = photos

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for all rows."""
        line, small = _heights(option.font)
        return QSize(2 * (PICTURE + GAP), max(PICTURE, 2 * (line + small)) + 2 * PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(HavingRole.ROW)
        tones = colors(option.palette)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        _paint_ground(painter, option, tones)
        inside = option.rect.adjusted(PADDING + 4, PADDING, -PADDING - 4, -PADDING)
        box = QRect(inside.left(), inside.center().y() - PICTURE // 2, PICTURE, PICTURE)
        self._paint_file(painter, QStyle.visualRect(option.direction, inside, box), row, tones)
        box.translate(PICTURE + GAP, 0)
        if row.readable:
            self._paint_match(painter, QStyle.visualRect(option.direction, inside, box), row, tones)
        words = inside.adjusted(2 * (PICTURE + GAP), 0, 0, 0)
        _Words(painter, option, tones).paint(QStyle.visualRect(option.direction, inside, words), row)
        painter.restore()

    def _paint_file(self, painter: QPainter, box: QRect, row: Row, tones: Colors) -> None:
        if not row.readable:
            _paint_empty(painter, box, tones)
            _paint_sign(painter, box, "warning", "bad")
        elif self._files.failure(row.file.id) is not None:
            _paint_empty(painter, box, tones)
            _paint_sign(painter, box, "warning", "secondary")
        else:
            _paint_picture(painter, box, self._files.image(row.file.id), tones)

    def _paint_match(self, painter: QPainter, box: QRect, row: Row, tones: Colors) -> None:
        if row.match is None:
            painter.setPen(QPen(tones.control, 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        elif self._photos.failure(row.match.id) is not None:
            _paint_empty(painter, box, tones)
            _paint_sign(painter, box, "warning", "secondary")
        else:
            _paint_picture(painter, box, self._photos.image(row.match.id), tones)


class _Words:
    """Writes about one row."""

    def __init__(self, painter: QPainter, option: QStyleOptionViewItem, tones: Colors) -> None:
        self._painter = painter
        self._direction = option.direction
        self._usual = QFont(option.font)
        self._bold = font(option.font, 1.0, bold=True)
        self._small = font(option.font, CAPTION_RATIO)
        self._tones = tones
        self._line, self._caption = _heights(option.font)

    def paint(self, area: QRect, row: Row) -> None:
        """In two columns, or below each other where it is narrow."""
        if area.width() >= grown(BESIDE):
            width = (area.width() - GAP) * 2 // 5
            first = QRect(area.left(), area.top(), width, area.height())
            second = area.adjusted(width + GAP, 0, 0, 0)
            self._paint_file(self._centred(QStyle.visualRect(self._direction, area, first), 1), row)
            self._paint_verdict(self._centred(QStyle.visualRect(self._direction, area, second), 2), row)
        else:
            whole = 2 * (self._line + self._caption)
            top = area.top() + max(area.height() - whole, 0) // 2
            self._write(QRect(area.left(), top, area.width(), self._line), row.name, self._usual, self._tones.text)
            rest = QRect(area.left(), top + self._line, area.width(), whole - self._line)
            self._paint_verdict(rest, row)

    def _centred(self, area: QRect, captions: int) -> QRect:
        """The height of a line and some captions, in the middle."""
        height = self._line + captions * self._caption
        return QRect(area.left(), area.top() + max(area.height() - height, 0) // 2, area.width(), height)

    def _paint_file(self, area: QRect, row: Row) -> None:
        line = QRect(area.left(), area.top(), area.width(), self._line)
        self._write(line, row.name, self._usual, self._tones.text)
        below = QRect(area.left(), line.bottom() + 1, area.width(), self._caption)
        self._write(below, row.folder, self._small, self._tones.secondary)

    def _paint_verdict(self, area: QRect, row: Row) -> None:
        of = GROUPS[row.group]
        side = grown(SMALL)
        line = QRect(area.left(), area.top(), area.width(), self._line)
        mark = QRect(area.left(), line.center().y() - side // 2, side, side)
        icon(of.icon, of.role).paint(self._painter, QStyle.visualRect(self._direction, line, mark))
        rest = QStyle.visualRect(self._direction, line, line.adjusted(side + 6, 0, 0, 0))
        self._write(rest, row.title, self._bold, self._tones.text, Elide.ElideRight)
        below = QRect(area.left(), line.bottom() + 1, area.width(), self._caption)
        self._write(below, row.words, self._small, self._tones.secondary, Elide.ElideRight)
        if row.match is not None:
            below.translate(0, self._caption)
            self._write(below, shown_path(row.match.path), self._small, self._tones.secondary)

    def _write(
        self, area: QRect, text: str, of: QFont, color: QColor, elide: Qt.TextElideMode = Elide.ElideMiddle
    ) -> None:
        """One line; of a name or a path the middle gives way, which leaves both ends."""
        painter = self._painter
        painter.setFont(of)
        painter.setPen(color)
        painter.setLayoutDirection(BY_ITS_LETTERS)
        shown = painter.fontMetrics().elidedText(text, elide, area.width())
        edge = QStyle.visualAlignment(self._direction, Qt.AlignmentFlag.AlignLeft)
        painter.drawText(area, edge | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)


def _heights(base: QFont) -> tuple[int, int]:
    """Of a line of the usual text and of a small one."""
    return QFontMetrics(base).height(), QFontMetrics(font(base, CAPTION_RATIO)).height()


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, tones: Colors) -> None:
    """A hairline below; lighter under the pointer; a ring around what is chosen, a thicker one where the keys are."""
    ground = QRectF(option.rect).adjusted(4, 2, -4, -3)
    line = QRect(option.rect.left() + PADDING, option.rect.bottom(), option.rect.width() - 2 * PADDING, 1)
    painter.fillRect(line, tones.border)
    if option.state & State.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tones.window)
        painter.drawRoundedRect(ground, 6, 6)
    if option.state & State.State_Selected:
        current = bool(option.state & State.State_HasFocus)
        focused = current or (option.widget is not None and option.widget.hasFocus())
        painter.setPen(QPen(tones.accent if focused else tones.control, 2 if current else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), 6, 6)
    elif option.state & State.State_HasFocus:
        painter.setPen(QPen(tones.secondary, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), 6, 6)


def _paint_empty(painter: QPainter, box: QRect, tones: Colors) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tones.border)
    painter.drawRoundedRect(box, RADIUS, RADIUS)


def _paint_sign(painter: QPainter, box: QRect, name: str, role: str) -> None:
    mark = QRect(0, 0, SMALL, SMALL)
    mark.moveCenter(box.center())
    icon(name, role).paint(painter, mark)


def _paint_picture(painter: QPainter, box: QRect, pixmap: QPixmap | None, tones: Colors) -> None:
    if pixmap is None:
        _paint_empty(painter, box, tones)
        return
    fit = pixmap.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
    area = QStyle.alignedRect(Qt.LayoutDirection.LeftToRight, Qt.AlignmentFlag.AlignCenter, fit, box)
    draw_rounded(painter, QRectF(area), pixmap, RADIUS)
