"""Paints one cell of the gallery: the photo, its score in figures and a word, its name, its marks."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemDelegate, QStyle, QStyleOptionViewItem

from engine.records import Match, Photo
from gui.gallery.arrangement import Stacked
from gui.gallery.captions import DEFAULT, Caption, text_of
from gui.gallery.geometry import PADDING
from gui.gallery.marks import paint_cards, paint_marks
from gui.gallery.model import Role
from gui.gallery.wording import Wording
from gui.icons import SMALL, icon
from gui.theme import CAPTION_RATIO, Colors, colors, font
from gui.translation import tr

RADIUS = 4
RING = 2
_CAPTION_GAP = 6
_BELOW_CAPTION = 8
_WORD_GAP = 6
_NAME_INSET = 4
_FLOOR = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter

Index = QModelIndex | QPersistentModelIndex
State = QStyle.StateFlag


@dataclass(frozen=True, slots=True)
class CellLayout:
    """Where the parts of one cell are: the box of the picture, and the lines below it."""

    box: QRect
    lines: tuple[QRect, ...]

    @classmethod
    def of(cls, cell: QRect, line_height: int, lines: int) -> "CellLayout":
        """Divide a cell; `line_height` is that of the caption font."""
        side = cell.width() - 2 * PADDING
        box = QRect(cell.left() + PADDING, cell.top() + PADDING, side, side)
        first = QRect(box.left(), box.bottom() + 1 + _CAPTION_GAP, side, line_height)
        return cls(box, tuple(first.translated(0, line * line_height) for line in range(lines)))

    def picture(self, photo: Photo | None, pixmap: QPixmap | None = None) -> QRect:
        """The part of the box that the photo fills, by its thumbnail or else by what is on record; all if none is."""
        if pixmap is not None:
            return fitted(self.box, pixmap.size())
        return self.box if photo is None else fitted(self.box, QSize(photo.width, photo.height))


def fitted(box: QRect, size: QSize) -> QRect:
    """The largest rectangle of these proportions, standing on the floor of the box, so that its caption is near.

    The box itself if the proportions are unknown.
    """
    if size.isEmpty():
        return box
    fit = size.scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
    return QStyle.alignedRect(Qt.LayoutDirection.LeftToRight, _FLOOR, fit, box)


def caption_font(base: QFont) -> QFont:
    """Small, with figures of equal width."""
    return font(base, CAPTION_RATIO, tabular=True)


def caption_line_height(base: QFont) -> int:
    """Height of one of the two caption lines."""
    return QFontMetrics(caption_font(base)).height()


def cell_extra_height(base: QFont, lines: int) -> int:
    """What a cell with so many lines of caption is higher than wide."""
    return _CAPTION_GAP + lines * caption_line_height(base) + _BELOW_CAPTION - PADDING if lines else 0


class CellDelegate(QAbstractItemDelegate):
    """Paints cells from what the model says.

    Attributes:
        captions: the lines under a photo.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.captions: tuple[Caption, ...] = DEFAULT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return option.rect.size()

    def layout_of(self, cell: QRect, base: QFont) -> CellLayout:
        """Where the parts of a cell are."""
        return CellLayout.of(cell, caption_line_height(base), len(self.captions))

    def picture(self, cell: QRect, base: QFont, index: Index) -> QRect:
        """Where the photo of a cell is."""
        layout = self.layout_of(cell, base)
        return layout.picture(index.data(Role.PHOTO), index.data(Qt.ItemDataRole.DecorationRole))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell into `option.rect`; State_HasFocus asks for the keyboard's frame."""
        photo: Photo | None = index.data(Role.PHOTO)
        match: Match | None = index.data(Role.MATCH)
        stack: Stacked | None = index.data(Role.STACK)
        pixmap: QPixmap | None = index.data(Qt.ItemDataRole.DecorationRole)
        tones = colors(option.palette)
        painter.save()
        painter.setFont(caption_font(option.font))
        layout = CellLayout.of(option.rect, painter.fontMetrics().height(), len(self.captions))
        if stack is not None and stack.open:
            painter.fillRect(option.rect, tones.panel)
        _paint_plate(painter, option, tones)
        picture = layout.picture(photo, pixmap)
        selected = bool(option.state & State.State_Selected)
        if stack is not None and stack.best and not stack.open and not selected:
            paint_cards(painter, picture, tones)
        if photo is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tones.border)
            paint_skeleton(painter, layout)
        else:
            _paint_picture(painter, picture, index, pixmap, tones)
            new = match is not None and match.new
            paint_marks(painter, picture, photo, tones, option.direction, new=new, stack=stack)
            self._paint_captions(painter, option, layout, index, photo)
        if selected:
            _paint_ring(painter, picture, tones)
        painter.restore()

    def _paint_captions(
        self, painter: QPainter, option: QStyleOptionViewItem, layout: CellLayout, index: Index, photo: Photo
    ) -> None:
        tones = colors(option.palette)
        for caption, line in zip(self.captions, layout.lines, strict=True):
            if caption is not Caption.SCORE:
                _paint_line(painter, line, text_of(caption, photo), tones.secondary)
                continue
            wording: Wording | None = index.data(Role.WORDING)
            if wording is not None:
                _paint_figures(painter, line, wording, tones, option.direction, dimmed=photo.offline)


def paint_skeleton(painter: QPainter, layout: CellLayout) -> None:
    """A cell whose photo is not known yet, in the pen and brush that are set."""
    painter.drawRoundedRect(layout.box, RADIUS, RADIUS)
    for text, share in zip(layout.lines, (0.4, 0.7, 0.6, 0.5), strict=False):
        width, height = text.width() * share, text.height() * 0.5
        bar = QRectF(text.center().x() - width / 2, text.center().y() - height / 2, width, height)
        painter.drawRoundedRect(bar, RADIUS / 2, RADIUS / 2)


def _paint_plate(painter: QPainter, option: QStyleOptionViewItem, tones: Colors) -> None:
    """Behind the whole cell: lighter under the pointer, framed where the keyboard is."""
    hovered = bool(option.state & State.State_MouseOver)
    focused = bool(option.state & State.State_HasFocus)
    if not (hovered or focused):
        return
    plate = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -2.5)
    painter.setPen(QPen(tones.secondary, 1) if focused else Qt.PenStyle.NoPen)
    painter.setBrush(tones.window if hovered else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(plate, RADIUS + RING, RADIUS + RING)


def _paint_picture(painter: QPainter, area: QRect, index: Index, pixmap: QPixmap | None, tones: Colors) -> None:
    """The photo, or what stands for it."""
    if pixmap is not None:
        _paint_rounded(painter, area, pixmap)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tones.border)
    painter.drawRoundedRect(area, RADIUS, RADIUS)
    if index.data(Role.FAILURE) is not None:
        _paint_failure(painter, area, tones)


def _paint_rounded(painter: QPainter, area: QRect, pixmap: QPixmap) -> None:
    """The photo with round corners; only the strips with the corners are clipped, which takes a tenth of the time.

    The rest of it begins and ends a pixel inside of them: at a scale of 150 % the edge of a strip is half a pixel.
    """
    rest = max(area.height() - 2 * RADIUS + 2, 0)
    top, middle, bottom = (
        QRectF(area.left(), area.top() + start, area.width(), height)
        for start, height in ((0, RADIUS), (RADIUS - 1, rest), (area.height() - RADIUS, RADIUS))
    )
    outline = QPainterPath()
    outline.addRoundedRect(QRectF(area), RADIUS, RADIUS)
    painter.save()
    painter.setClipPath(outline)
    for strip in (top, bottom):
        painter.drawPixmap(strip, pixmap, _source(strip, area, pixmap))
    painter.restore()
    painter.drawPixmap(middle, pixmap, _source(middle, area, pixmap))


def _source(strip: QRectF, area: QRect, pixmap: QPixmap) -> QRectF:
    """The part of the pixmap that belongs to this part of the area."""
    stretch = pixmap.height() / area.height()
    return QRectF(0, (strip.top() - area.top()) * stretch, pixmap.width(), strip.height() * stretch)


def _paint_failure(painter: QPainter, area: QRect, tones: Colors) -> None:
    mark = QRect(0, 0, SMALL, SMALL)
    mark.moveCenter(area.center())
    icon("warning", "secondary").paint(painter, mark.translated(0, -SMALL // 2))
    painter.setPen(tones.text)
    below = QRect(area.left(), mark.bottom() - SMALL // 4, area.width(), painter.fontMetrics().height() + 4)
    painter.drawText(below, Qt.AlignmentFlag.AlignCenter, tr("No preview"))


def _paint_ring(painter: QPainter, picture: QRect, tones: Colors) -> None:
    """Around the photo with a hair of ground between, so that the photo itself stays as it is."""
    painter.setPen(QPen(tones.accent, RING))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    out = PADDING - 1 - RING / 2
    painter.drawRoundedRect(QRectF(picture).adjusted(-out, -out, out, out), RADIUS + out, RADIUS + out)


def _paint_figures(
    painter: QPainter, area: QRect, wording: Wording, tones: Colors, direction: Qt.LayoutDirection, *, dimmed: bool
) -> None:
    """The score in text colour and its word in a quieter one, centred together; figures alone where it is tight."""
    texts = [text for text in (wording.figures, wording.words) if text]
    tone = tones.secondary if dimmed else tones.text
    parts = [
        (text, color, painter.fontMetrics().horizontalAdvance(text))
        for text, color in zip(texts, (tone, tones.secondary), strict=False)
    ]
    if _row_width(parts) > area.width():
        text, color, width = parts[0]
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        parts = [(text, color, min(width, area.width()))]
    x = area.left() + max((area.width() - _row_width(parts)) // 2, 0)
    for text, color, width in parts:
        painter.setPen(color)
        place = QStyle.visualRect(direction, area, QRect(x, area.top(), width + 1, area.height()))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)
        x += width + _WORD_GAP


def _row_width(parts: list[tuple[str, QColor, int]]) -> int:
    return sum(width + _WORD_GAP for _, _, width in parts) - _WORD_GAP


def _paint_line(painter: QPainter, area: QRect, text: str, color: QColor) -> None:
    painter.setPen(color)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, area.width() - 2 * _NAME_INSET)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, shown)
