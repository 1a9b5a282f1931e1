"""What the gallery shows beside its photos: the line where chance begins, waiting cells, and the word for nothing."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle

from gui.gallery.delegate import CellLayout, caption_font, caption_line_height, paint_skeleton
from gui.gallery.geometry import PADDING, Grid
from gui.theme import TITLE_RATIO, Colors, font
from gui.translation import later, tr

_NOISE_TEXT = later("below here it is chance")
_STRIP_AIR = 12
_TEXT_GAP = 12
_MESSAGE_GAP = 8
_MESSAGE_WIDTH = 520


def strip_height(base: QFont) -> int:
    """Height of what lies between two blocks of photos: the line where chance begins, or a heading."""
    return caption_line_height(base) + 2 * _STRIP_AIR


def paint_noise_line(painter: QPainter, strip: QRect, base: QFont, tones: Colors) -> None:
    """A hairline from edge to edge with its meaning in the middle."""
    painter.setFont(caption_font(base))
    text_width = painter.fontMetrics().horizontalAdvance(tr(_NOISE_TEXT)) + 2 * _TEXT_GAP
    middle = strip.center()
    painter.setPen(QPen(tones.disabled, 1))
    for start, end in (
        (strip.left() + _TEXT_GAP // 2, middle.x() - text_width // 2),
        (middle.x() + text_width // 2, strip.right() - _TEXT_GAP // 2),
    ):
        painter.drawLine(start, middle.y(), end, middle.y())
    painter.setPen(tones.secondary)
    painter.drawText(strip, Qt.AlignmentFlag.AlignCenter, tr(_NOISE_TEXT))


def paint_heading(
    painter: QPainter, strip: QRect, title: str, base: QFont, tones: Colors, direction: Qt.LayoutDirection
) -> None:
    """What the photos below have in common, such as their day."""
    painter.setFont(font(base, 1, bold=True))
    painter.setPen(tones.text)
    area = strip.adjusted(PADDING, 0, -PADDING, 0)
    shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, area.width())
    start = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft)
    painter.drawText(area, start | Qt.AlignmentFlag.AlignVCenter, shown)


def paint_skeletons(painter: QPainter, grid: Grid, base: QFont, tones: Colors, lines: int) -> None:
    """Cells whose photos are not known yet, in the places where they will be."""
    line = caption_line_height(base)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tones.border)
    for row in range(grid.count):
        paint_skeleton(painter, CellLayout.of(grid.rect(row), line, lines))


def paint_message(painter: QPainter, area: QRect, title: str, hint: str, base: QFont, tones: Colors) -> None:
    """A title and what to do about it, in the middle."""
    title_font = font(base, TITLE_RATIO)
    width = min(_MESSAGE_WIDTH, area.width())
    title_area = _text_rect(title_font, title, width)
    hint_area = _text_rect(base, hint, width)
    top = area.center().y() - (title_area.height() + _MESSAGE_GAP + hint_area.height()) // 2
    left = area.center().x() - width // 2
    for words, words_font, color, y, height in (
        (title, title_font, tones.text, top, title_area.height()),
        (hint, base, tones.secondary, top + title_area.height() + _MESSAGE_GAP, hint_area.height()),
    ):
        painter.setFont(words_font)
        painter.setPen(color)
        painter.drawText(QRect(left, y, width, height), _WRAPPED, words)


_WRAPPED = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


def _text_rect(words_font: QFont, words: str, width: int) -> QRect:
    return QFontMetrics(words_font).boundingRect(QRect(0, 0, width, 10_000), _WRAPPED, words)
