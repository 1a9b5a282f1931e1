"""Photos on their way out of the window: what a drag or a copy carries, and what it looks like."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QMimeData, QPointF, QRectF, QSize, Qt, QUrl
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen, QPixmap

from engine.records import Photo
from gui.gallery.wording import shown_path
from gui.theme import Colors
from gui.words import number

PHOTO_IDS_MIME = "application/x-lookalike-photos"
STACKED = 3
"""Pictures in the stack under the pointer; the count tells the rest."""
_SIDE = 96
_STEP = 8
_BADGE = 22
_RADIUS = 4


def mime_of(photos: Sequence[Photo]) -> QMimeData:
    """The photos as files for other programs, as text, and by id for our own drop targets."""
    mime = QMimeData()
    # as_uri escapes the bytes of the name, so names that are not UTF-8 arrive unharmed.
    mime.setUrls([QUrl.fromEncoded(QByteArray(photo.path.as_uri().encode())) for photo in photos])
    mime.setText("\n".join(shown_path(photo.path) for photo in photos))
    mime.setData(PHOTO_IDS_MIME, QByteArray("\n".join(photo.id for photo in photos).encode()))
    return mime


def dragged_photo_ids(mime: QMimeData) -> list[str]:
    """The ids that `mime_of` put there; empty if the drag comes from elsewhere."""
    return bytes(mime.data(PHOTO_IDS_MIME).data()).decode().split()


def stack_of(pictures: Sequence[QPixmap], count: int, colors: Colors, font: QFont, ratio: float) -> QPixmap:
    """The drag picture: up to three thumbnails in a stack, and how many photos there are if more than one."""
    shown = pictures[:STACKED]
    side = _SIDE + _STEP * max(len(shown) - 1, 0) + _BADGE // 2
    stack = QPixmap(QSize(side, side) * ratio)
    stack.setDevicePixelRatio(ratio)
    stack.fill(Qt.GlobalColor.transparent)
    painter = QPainter(stack)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    for depth in reversed(range(len(shown))):
        _paint_card(painter, shown[depth], QPointF(depth * _STEP, _BADGE / 2 + depth * _STEP), colors)
    if count > 1:
        _paint_count(painter, count, QPointF(_SIDE, _BADGE / 2), colors, font)
    painter.end()
    return stack


def _paint_card(painter: QPainter, picture: QPixmap, corner: QPointF, colors: Colors) -> None:
    size = picture.size().scaled(_SIDE, _SIDE, Qt.AspectRatioMode.KeepAspectRatio)
    area = QRectF(corner, QSize(size.width(), size.height()))
    outline = QPainterPath()
    outline.addRoundedRect(area, _RADIUS, _RADIUS)
    painter.save()
    painter.setClipPath(outline)
    painter.drawPixmap(area, picture, QRectF(picture.rect()))
    painter.restore()
    painter.setPen(QPen(colors.panel, 1))
    painter.drawPath(outline)


def _paint_count(painter: QPainter, count: int, center: QPointF, colors: Colors, font: QFont) -> None:
    painter.setFont(font)
    text = number(count)
    height = max(painter.fontMetrics().height() + 2, _BADGE)
    width = max(painter.fontMetrics().horizontalAdvance(text) + height // 2, height)
    badge = QRectF(0, 0, width, height)
    badge.moveCenter(center)
    badge.moveLeft(max(center.x() + _BADGE / 2 - width, 0))
    badge.moveTop(max(badge.top(), 0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colors.accent)
    painter.drawRoundedRect(badge, height / 2, height / 2)
    painter.setPen(colors.on_accent)
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
