"""What lies on the corners of a photo: that it is pinned, new, on a drive that is not there, or lies upon others."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle

from engine.records import Photo
from gui.gallery.arrangement import Stacked
from gui.icons import SMALL, icon
from gui.measures import grown
from gui.theme import Colors
from gui.translation import tr
from gui.words import number

_INSET = 6
_TOP_START = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
_BOTTOM_START = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
_BOTTOM_END = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight
_AROUND = 4
_CARD_STEP = 2
_MINUS = "\N{MINUS SIGN}"
_CARDS = 2


def paint_marks(
    painter: QPainter,
    picture: QRect,
    photo: Photo,
    tones: Colors,
    direction: Qt.LayoutDirection,
    *,
    new: bool,
    stack: Stacked | None,
) -> None:
    """All marks of a photo, in the font that is set."""
    inside = picture.adjusted(_INSET, _INSET, -_INSET, -_INSET)
    beside, side = inside, grown(SMALL) + 2 * _AROUND
    if photo.pinned:
        disc = QStyle.alignedRect(direction, _TOP_START, QSize(side, side), inside)
        _paint_pill(painter, disc, tones.panel)
        icon("pinned").paint(painter, disc.adjusted(_AROUND, _AROUND, -_AROUND, -_AROUND))
        beside = QStyle.visualRect(direction, inside, inside.adjusted(side + 4, 0, 0, 0))
    if new:
        badge = QStyle.alignedRect(direction, _TOP_START, _pill_size(painter.fontMetrics(), tr("new")), beside)
        _paint_pill(painter, badge, tones.accent)
        painter.setPen(tones.on_accent)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, tr("new"))
    if photo.offline:
        disc = QStyle.alignedRect(direction, _BOTTOM_END, QSize(side, side), inside)
        _paint_pill(painter, disc, tones.panel)
        icon("folder-offline").paint(painter, disc.adjusted(_AROUND, _AROUND, -_AROUND, -_AROUND))
    if stack is not None and stack.best:
        badge = badge_area(picture, stack, painter.fontMetrics(), direction)
        _paint_pill(painter, badge, tones.accent if stack.open else tones.panel)
        painter.setPen(tones.on_accent if stack.open else tones.text)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, _badge_text(stack))


def badge_area(picture: QRect, stack: Stacked, metrics: QFontMetrics, direction: Qt.LayoutDirection) -> QRect:
    """Where the number of folded photos stands: a click on it opens or closes the stack."""
    inside = picture.adjusted(_INSET, _INSET, -_INSET, -_INSET)
    return QStyle.alignedRect(direction, _BOTTOM_START, _pill_size(metrics, _badge_text(stack)), inside)


def paint_cards(painter: QPainter, picture: QRect, tones: Colors) -> None:
    """The edges of what lies below the photo of a closed stack."""
    for card in range(1, _CARDS + 1):
        inset = _CARD_STEP * (card + 1)
        edge = QRect(picture.left() + inset, picture.top() - card * _CARD_STEP, picture.width() - 2 * inset, 1)
        painter.fillRect(edge, tones.disabled)


def _badge_text(stack: Stacked) -> str:
    return f"{_MINUS if stack.open else '+'}{number(stack.others)}"


def _pill_size(metrics: QFontMetrics, text: str) -> QSize:
    height = metrics.height() + 2
    return QSize(metrics.horizontalAdvance(text) + height, height)


def _paint_pill(painter: QPainter, area: QRect, color: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRoundedRect(QRectF(area), area.height() / 2, area.height() / 2)
