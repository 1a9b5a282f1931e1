"""Paints one cell of the gallery: the photo, its score in figures and a word, its name, its marks."""

from dataclasses import dataclass

from PySide6.QtCore import QDate, QLocale, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemDelegate, QStyle, QStyleOptionViewItem

from engine.records import Match, Photo
from gui.gallery.geometry import PADDING
from gui.gallery.model import Role
from gui.gallery.wording import Wording
from gui.icons import SMALL, icon
from gui.theme import CAPTION_RATIO, Colors, colors, font
from gui.translation import tr

RADIUS = 4
RING = 2
_CAPTION_GAP = 6
_BELOW_CAPTION = 8
_MARK_INSET = 6
_WORD_GAP = 6
_NAME_INSET = 4
_FLOOR = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter
_TOP_START = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
_BOTTOM_END = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight

Index = QModelIndex | QPersistentModelIndex
State = QStyle.StateFlag


@dataclass(frozen=True, slots=True)
class CellLayout:
    """Where the parts of one cell are."""

    box: QRect
    figures: QRect
    name: QRect

    @classmethod
    def of(cls, cell: QRect, line_height: int) -> "CellLayout":
        """Divide a cell; `line_height` is that of the caption font."""
        side = cell.width() - 2 * PADDING
        box = QRect(cell.left() + PADDING, cell.top() + PADDING, side, side)
        figures = QRect(box.left(), box.bottom() + 1 + _CAPTION_GAP, side, line_height)
        return cls(box, figures, figures.translated(0, line_height))

    def picture(self, photo: Photo) -> QRect:
        """The part of the box that a photo of these proportions fills."""
        return fitted(self.box, QSize(photo.width, photo.height))


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


def cell_extra_height(base: QFont) -> int:
    """What a cell is higher than wide."""
    return _CAPTION_GAP + 2 * caption_line_height(base) + _BELOW_CAPTION - PADDING


class CellDelegate(QAbstractItemDelegate):
    """Paints cells from what the model says; keeps nothing itself."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return option.rect.size()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell into `option.rect`; State_HasFocus asks for the keyboard's frame."""
        photo: Photo | None = index.data(Role.PHOTO)
        match: Match | None = index.data(Role.MATCH)
        tones = colors(option.palette)
        small = caption_font(option.font)
        layout = CellLayout.of(option.rect, QFontMetrics(small).height())
        painter.save()
        painter.setFont(small)
        _paint_plate(painter, option, tones)
        picture = layout.box if photo is None else _paint_picture(painter, layout, index, photo, tones)
        if option.state & State.State_Selected:
            _paint_ring(painter, picture, tones)
        if photo is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tones.border)
            paint_skeleton(painter, layout)
        else:
            _paint_marks(painter, picture, photo, tones, option.direction, new=match is not None and match.new)
            self._paint_caption(painter, option, layout, index, photo)
        painter.restore()

    def _paint_caption(
        self, painter: QPainter, option: QStyleOptionViewItem, layout: CellLayout, index: Index, photo: Photo
    ) -> None:
        tones, wording, name = colors(option.palette), index.data(Role.WORDING), layout.name
        if wording is None:
            name = layout.figures
            _paint_line(painter, layout.name, _day(photo), tones.secondary)
        else:
            _paint_figures(painter, layout.figures, wording, tones, option.direction, dimmed=photo.offline)
        _paint_line(painter, name, index.data(Qt.ItemDataRole.DisplayRole), tones.secondary)


def paint_skeleton(painter: QPainter, layout: CellLayout) -> None:
    """A cell whose photo is not known yet, in the pen and brush that are set."""
    painter.drawRoundedRect(layout.box, RADIUS, RADIUS)
    for text, share in ((layout.figures, 0.4), (layout.name, 0.7)):
        width, height = text.width() * share, text.height() * 0.5
        bar = QRectF(text.center().x() - width / 2, text.center().y() - height / 2, width, height)
        painter.drawRoundedRect(bar, RADIUS / 2, RADIUS / 2)


def _day(photo: Photo) -> str:
    when = photo.taken or photo.modified
    return QLocale().toString(QDate(when.year, when.month, when.day), QLocale.FormatType.ShortFormat)


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


def _paint_picture(painter: QPainter, layout: CellLayout, index: Index, photo: Photo, tones: Colors) -> QRect:
    """The photo, or what stands for it; answers where it is."""
    pixmap: QPixmap | None = index.data(Qt.ItemDataRole.DecorationRole)
    area = fitted(layout.box, pixmap.size()) if pixmap else layout.picture(photo)
    if pixmap is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tones.border)
        painter.drawRoundedRect(area, RADIUS, RADIUS)
        if index.data(Role.FAILURE) is not None:
            _paint_failure(painter, area, tones)
        return area
    _paint_rounded(painter, area, pixmap)
    return area


def _paint_rounded(painter: QPainter, area: QRect, pixmap: QPixmap) -> None:
    """The photo with round corners; only the strips with the corners are clipped, which takes a tenth of the time."""
    top, middle, bottom = (
        QRectF(area.left(), area.top() + start, area.width(), height)
        for start, height in ((0, RADIUS), (RADIUS, area.height() - 2 * RADIUS), (area.height() - RADIUS, RADIUS))
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


def _paint_marks(
    painter: QPainter, picture: QRect, photo: Photo, tones: Colors, direction: Qt.LayoutDirection, *, new: bool
) -> None:
    """In the corners of the photo: what is new since the last look, what is on a drive that is not there."""
    inside = picture.adjusted(_MARK_INSET, _MARK_INSET, -_MARK_INSET, -_MARK_INSET)
    if new:
        height = painter.fontMetrics().height() + 2
        size = QSize(painter.fontMetrics().horizontalAdvance("new") + height, height)
        badge = QStyle.alignedRect(direction, _TOP_START, size, inside)
        _paint_pill(painter, badge, tones.accent)
        painter.setPen(tones.on_accent)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, "new")
    if photo.offline:
        disc = QStyle.alignedRect(direction, _BOTTOM_END, QSize(SMALL + 8, SMALL + 8), inside)
        _paint_pill(painter, disc, tones.panel)
        icon("folder-offline").paint(painter, disc.adjusted(4, 4, -4, -4))


def _paint_pill(painter: QPainter, area: QRect, color: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)


def _paint_figures(
    painter: QPainter, area: QRect, wording: Wording, tones: Colors, direction: Qt.LayoutDirection, *, dimmed: bool
) -> None:
    """The score in text colour and its word in a quieter one, centred together; figures alone where it is tight."""
    texts = [text for text in (wording.figures, wording.word) if text]
    tone = tones.secondary if dimmed else tones.text
    parts = [
        (text, color, painter.fontMetrics().horizontalAdvance(text))
        for text, color in zip(texts, (tone, tones.secondary), strict=False)
    ]
    if _row_width(parts) > area.width():
        del parts[1:]
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
