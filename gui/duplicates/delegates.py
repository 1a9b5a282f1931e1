"""How a group of duplicates is drawn as a row, and each of its photos as a card."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from engine.duplicates.groups import DuplicateGroup, Member
from gui.duplicates.models import GroupRole, MemberRole
from gui.duplicates.wording import fate, group_detail, member_facts, member_verdict
from gui.icons import SMALL, icon
from gui.measures import grown
from gui.pictures import draw_square
from gui.theme import BY_ITS_LETTERS, CAPTION_RATIO, Colors, colors, font

Index = QModelIndex | QPersistentModelIndex
PICTURE = 40
PADDING = 6
CARD_WIDTH = 232
WIDEST_CARD = 420
AROUND = 8
LEADING = 2
RADIUS = 6
FADED = 0.4
"""How strongly a photo is seen that is to go."""
AT_THE_START = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
MIDDLE, RIGHT = Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight


class GroupDelegate(QStyledItemDelegate):
    """The best photo, its name, what the group would give back, and a tick if it was reviewed."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        small = QFontMetrics(font(option.font, CAPTION_RATIO)).height()
        return QSize(0, max(PICTURE, QFontMetrics(option.font).height() + small) + 2 * PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        group: DuplicateGroup | None = index.data(GroupRole.GROUP)
        if group is None:
            return
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        tones = colors(option.palette)
        _paint_ground(painter, option, tones)
        inside = option.rect.adjusted(2 * PADDING, PADDING, -2 * PADDING, -PADDING)
        picture = QRect(inside.left(), inside.center().y() - PICTURE // 2, PICTURE, PICTURE)
        tick = grown(SMALL) + PADDING if index.data(GroupRole.REVIEWED) else 0
        words = inside.adjusted(PICTURE + 10, 0, -tick, 0)
        self._paint_picture(painter, QStyle.visualRect(option.direction, inside, picture), index, tones)
        if tick:
            mark = QRect(inside.right() - grown(SMALL), inside.center().y() - grown(SMALL) // 2, grown(SMALL), tick)
            mark.setHeight(grown(SMALL))
            icon("done", "good").paint(painter, QStyle.visualRect(option.direction, inside, mark))
        words = QStyle.visualRect(option.direction, inside, words)
        small = font(option.font, CAPTION_RATIO, tabular=True)
        first, second = QFontMetrics(option.font).height(), QFontMetrics(small).height()
        top = words.center().y() - (first + second) // 2
        name = QRect(words.left(), top, words.width(), first)
        _line(painter, option, option.font, name, index.data(), tones.text, MIDDLE)
        detail = QRect(words.left(), top + first, words.width(), second)
        _line(painter, option, small, detail, group_detail(group), tones.secondary, RIGHT)
        painter.restore()

    def _paint_picture(self, painter: QPainter, target: QRect, index: Index, tones: Colors) -> None:
        pixmap: QPixmap | None = index.data(Qt.ItemDataRole.DecorationRole)
        if pixmap is not None:
            draw_square(painter, QRectF(target), pixmap)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tones.border)
            painter.drawRoundedRect(target, 4, 4)


@dataclass(frozen=True, slots=True)
class Card:
    """Where the parts of a card are.

    Attributes:
        fate: what becomes of the photo; a press there changes it.
        lines: name, verdict, facts, date and folder.
    """

    frame: QRect
    picture: QRect
    fate: QRect
    lines: tuple[QRect, ...]

    @classmethod
    def of(cls, cell: QRect, base: QFont) -> "Card":
        """Divide a cell."""
        frame = cell.adjusted(AROUND // 2, AROUND // 2, -AROUND // 2, -AROUND // 2)
        inside = frame.adjusted(AROUND, AROUND, -AROUND, -AROUND)
        line, small = QFontMetrics(base).height(), QFontMetrics(font(base, CAPTION_RATIO)).height()
        picture = QRect(inside.left(), inside.top(), inside.width(), _picture_height(cell.width()))
        fate_ = QRect(inside.left(), picture.bottom() + 1 + AROUND, inside.width(), line + AROUND)
        lines, top = [], fate_.bottom() + 1 + AROUND // 2
        for height in (line, small, small, small, small):
            lines.append(QRect(inside.left(), top, inside.width(), height))
            top += height + LEADING
        return cls(frame, picture, fate_, tuple(lines))

    @staticmethod
    def size(base: QFont, width: int) -> QSize:
        """Of a whole cell that is so wide."""
        line, small = QFontMetrics(base).height(), QFontMetrics(font(base, CAPTION_RATIO)).height()
        return QSize(width, _picture_height(width) + 2 * line + 4 * (small + LEADING) + 5 * AROUND + AROUND // 2)


class MemberDelegate(QStyledItemDelegate):
    """A photo as a card: what becomes of it, what it is to the best one, and all that tells it from the others.

    Attributes:
        width: of a card, in pixels.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.width = grown(CARD_WIDTH)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return Card.size(option.font, self.width)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        member: Member | None = index.data(MemberRole.MEMBER)
        group: DuplicateGroup | None = index.data(MemberRole.GROUP)
        if member is None or group is None:
            return
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        tones, card = colors(option.palette), Card.of(option.rect, option.font)
        leaves = bool(index.data(MemberRole.LEAVES))
        self._paint_frame(painter, option, card, tones)
        self._paint_picture(painter, card.picture, index, leaves, tones)
        self._paint_fate(painter, option, card.fate, fate(member, leaves=leaves), leaves, tones)
        facts, when, folder = member_facts(member.photo)
        name, *lines = card.lines
        _line(painter, option, font(option.font, 1.0, bold=True), name, index.data(), tones.text, MIDDLE)
        small = font(option.font, CAPTION_RATIO, tabular=True)
        verdict = member_verdict(group, member)
        first = tones.accent if member.verdict is None else tones.text
        for place, text, tone, elide in zip(
            lines,
            (verdict, facts, when, folder),
            (first, tones.secondary, tones.secondary, tones.secondary),
            (RIGHT, RIGHT, RIGHT, MIDDLE),
            strict=True,
        ):
            _line(painter, option, small, place, text, tone, elide)
        painter.restore()

    def _paint_frame(self, painter: QPainter, option: QStyleOptionViewItem, card: Card, tones: Colors) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        ring = tones.accent if focused else tones.secondary
        painter.setPen(QPen(ring, 2) if selected else QPen(tones.border, 1))
        painter.setBrush(tones.panel)
        painter.drawRoundedRect(QRectF(card.frame).adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def _paint_picture(self, painter: QPainter, box: QRect, index: Index, leaves: bool, tones: Colors) -> None:
        pixmap: QPixmap | None = index.data(Qt.ItemDataRole.DecorationRole)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tones.gallery_ground)
        painter.drawRoundedRect(box, 4, 4)
        if pixmap is None or pixmap.isNull():
            return
        size = pixmap.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        target = QStyle.alignedRect(Qt.LayoutDirection.LeftToRight, Qt.AlignmentFlag.AlignCenter, size, box)
        painter.setOpacity(FADED if leaves else 1.0)
        painter.drawPixmap(target, pixmap)
        painter.setOpacity(1.0)

    def _paint_fate(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, said: str, leaves: bool, tones: Colors
    ) -> None:
        """As a button that is pressed in: words and a sign, not a colour alone."""
        role = "bad" if leaves else "good"
        tone: QColor = tones.bad if leaves else tones.good
        painter.setPen(QPen(tone, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        side = grown(SMALL)
        mark = QRect(box.left() + AROUND, box.center().y() - side // 2, side, side)
        icon("delete" if leaves else "done", role).paint(painter, QStyle.visualRect(option.direction, box, mark))
        words = QStyle.visualRect(option.direction, box, box.adjusted(side + 2 * AROUND, 0, -AROUND, 0))
        _line(painter, option, font(option.font, 1.0, bold=True), words, said, tone, RIGHT)


def card_width(room: QSize, photos: int, base: QFont) -> int:
    """As wide as lets all photos of a group be seen at once, or as many as there is room for."""
    least = grown(CARD_WIDTH)
    beside = max(min(room.width() // least, photos), 1)
    words = Card.size(base, 0).height() - _picture_height(0)
    highest = (room.height() - words) * 4 // 3 + 3 * AROUND
    return max(min(room.width() // beside, highest, grown(WIDEST_CARD)), least)


def _picture_height(width: int) -> int:
    return (width - 3 * AROUND) * 3 // 4


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, tones: Colors) -> None:
    ground = QRectF(option.rect).adjusted(PADDING, 1, -PADDING, -1)
    painter.setPen(Qt.PenStyle.NoPen)
    if option.state & QStyle.StateFlag.State_Selected:
        painter.setPen(tones.border)
        painter.setBrush(tones.gallery_ground)
        painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(tones.window)
        painter.drawRoundedRect(ground, 6, 6)
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(tones.accent)
        painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


def _line(
    painter: QPainter,
    option: QStyleOptionViewItem,
    with_font: QFont,
    place: QRect,
    text: str,
    tone: QColor,
    elide: Qt.TextElideMode,
) -> None:
    painter.setFont(with_font)
    painter.setPen(tone)
    shown = QFontMetrics(with_font).elidedText(text, elide, place.width())
    painter.setLayoutDirection(BY_ITS_LETTERS)
    painter.drawText(place, QStyle.visualAlignment(option.direction, AT_THE_START), shown)


def on_fate(cell: QRect, base: QFont, point: QPoint) -> bool:
    """Whether a press there is for what becomes of the photo."""
    return Card.of(cell, base).fate.contains(point)
