"""Dims the window while something hovers over it and names what a drop would do, on the query bar and elsewhere."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.drops import Addressed, Aim, Drop, Files, OwnPhotos
from gui.icons import SMALL, icon
from gui.measures import grown
from gui.theme import TITLE_RATIO, colors, font
from gui.translation import counted, later, tr

VEIL = 190
BAR_VEIL = 96
TINT = 48
INSET = 16
PICTURE = 44
CARD_WIDTH = 440
CARD_PADDING = 24
GAP = 8
SAVE_AND_DROP = later("Save it as a file and drop the file.")
WRAPPED = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True)
class Promise:
    """What a drop would do.

    Attributes:
        refused: it would do nothing, and the text says why.
    """

    icon: str
    text: str
    hint: str = ""
    refused: bool = False


class DropOverlay(QWidget):
    """Lies over the whole window; lets every event through.

    Attributes:
        text: what letting go where the pointer is would do.
        hint: what else there is to know about that.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.text = ""
        self.hint = ""
        self._bar = QRect()
        self._aim = Aim.ASK
        self._on_bar: Promise | None = None
        self._elsewhere: Promise | None = None
        self._below: Promise | None = None
        self.hide()

    def show_promise(self, drop: Drop, area: QRect, bar: QRect, aim: Aim) -> None:
        """Name what happens if this is let go on the bar, if that is a place of its own, and elsewhere in the area."""
        only_bar = area == bar
        self._aim = Aim.BAR if only_bar else aim
        self._on_bar = None if bar.isNull() else promise(drop, aim if only_bar else Aim.BAR)
        elsewhere = Aim.ASK if aim in (Aim.BAR, Aim.CHECK) else aim
        self._elsewhere = None if only_bar else promise(drop, elsewhere, with_bar=not bar.isNull())
        checked = isinstance(drop, Files) and drop.may_be_checked and not elsewhere.adds and not only_bar
        self._below = promise(drop, Aim.CHECK) if checked else None
        self._show(area, bar)

    def show_useless(self, area: QRect) -> None:
        """Say that there is nothing to be done with what hovers."""
        self._on_bar, self._below, self._aim = None, None, Aim.ASK
        self._elsewhere = Promise(
            "reject", tr("There is no picture in that."), tr("Drop or copy a photo or a folder."), refused=True
        )
        self._show(area, QRect())

    def _show(self, area: QRect, bar: QRect) -> None:
        said = {Aim.BAR: self._on_bar, Aim.CHECK: self._below}.get(self._aim, self._elsewhere)
        assert said is not None, "the pointer is somewhere"
        self.text, self.hint = said.text, said.hint
        self._bar = bar.translated(-area.topLeft())
        self.setAccessibleName(self.text)
        self.setGeometry(area)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = _below_bar(self.rect(), self._bar)
        if self._below is not None:
            part = part_for_checks(self.rect(), self._bar)
            self._paint_card(painter, part, self._below, chosen=self._aim is Aim.CHECK)
            ground.setBottom(part.top() - 1)
        if self._elsewhere is not None:
            chosen = self._aim not in (Aim.BAR, Aim.CHECK)
            self._paint_card(painter, ground, self._elsewhere, chosen=chosen)
        if self._on_bar is not None:
            self._paint_bar(painter, self._on_bar, chosen=self._aim is Aim.BAR)

    def _paint_bar(self, painter: QPainter, said: Promise, *, chosen: bool) -> None:
        """The chips stay in sight; what would happen lies over the middle, filled while the pointer is there."""
        of = colors(self.palette())
        tint = QColor(of.accent if chosen else of.panel)
        tint.setAlpha(TINT if chosen else BAR_VEIL)
        painter.fillRect(self._bar, tint)
        line = Qt.PenStyle.SolidLine if chosen else Qt.PenStyle.DashLine
        painter.setPen(QPen(of.accent if chosen else of.control, 2, line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self._bar).adjusted(3, 3, -3, -3), 8, 8)
        painter.setFont(font(self.font(), 1.0, bold=True))
        side = grown(SMALL)
        width = side + GAP + painter.fontMetrics().horizontalAdvance(said.text)
        inside = QRect(0, 0, width, max(painter.fontMetrics().height(), side))
        inside.moveCenter(self._bar.center())
        pill = QRectF(inside).adjusted(-14, -6, 14, 6)
        painter.setPen(QPen(of.accent if chosen else of.control, 1))
        painter.setBrush(of.accent if chosen else of.panel)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        self._paint_signed(painter, inside, said, "on_accent" if chosen else "secondary")

    def _paint_signed(self, painter: QPainter, line: QRect, said: Promise, role: str) -> None:
        """Icon and caption beside each other."""
        sign, words = QRect(line), QRect(line)
        if self.isRightToLeft():
            sign.setLeft(line.right() - grown(SMALL))
            words.setRight(sign.left() - GAP)
        else:
            sign.setWidth(grown(SMALL))
            words.setLeft(sign.right() + GAP)
        icon(said.icon, role).paint(painter, sign)
        painter.setPen(getattr(colors(self.palette()), role))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, said.text)

    def _paint_card(self, painter: QPainter, area: QRect, said: Promise, *, chosen: bool) -> None:
        of = colors(self.palette())
        ground = QRectF(area)
        veil = QColor(of.gallery_ground)
        veil.setAlpha(VEIL)
        painter.fillRect(ground, veil)
        line = of.bad if said.refused else of.accent if chosen else of.control
        painter.setPen(QPen(line, 2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(ground.adjusted(INSET, INSET, -INSET, -INSET), 12, 12)
        heading = font(self.font(), TITLE_RATIO, bold=True)
        inside = QRectF(0, 0, min(grown(CARD_WIDTH), ground.width() - 4 * INSET) - 2 * CARD_PADDING, 0)
        lines = [(said.text, heading, of.text if chosen else of.secondary), (said.hint, self.font(), of.secondary)]
        heights = [_height(text, of_text, inside.width()) for text, of_text, _ in lines if text]
        inside.setHeight(grown(PICTURE) + sum(GAP + height for height in heights))
        inside.moveCenter(ground.center())
        painter.setPen(QPen(of.border, 1))
        painter.setBrush(of.panel)
        painter.drawRoundedRect(inside.adjusted(-CARD_PADDING, -CARD_PADDING, CARD_PADDING, CARD_PADDING), 12, 12)
        picture = QRect(0, 0, grown(PICTURE), grown(PICTURE))
        picture.moveCenter(QPoint(round(inside.center().x()), round(inside.top()) + grown(PICTURE) // 2))
        icon(said.icon, "bad" if said.refused else "accent" if chosen else "secondary").paint(painter, picture)
        top = inside.top() + grown(PICTURE)
        for (text, of_text, color), height in zip(lines, heights, strict=False):
            painter.setFont(of_text)
            painter.setPen(color)
            painter.drawText(QRectF(inside.left(), top + GAP, inside.width(), height), WRAPPED, text)
            top += GAP + height


def part_for_checks(area: QRect, bar: QRect) -> QRect:
    """The lower part of a window, where what is let go is compared with the library; the bar takes its own."""
    whole = _below_bar(area, bar)
    return QRect(whole.left(), whole.top() + whole.height() * 3 // 5, whole.width(), whole.height() * 2 // 5 + 1)


def _below_bar(area: QRect, bar: QRect) -> QRect:
    ground = QRect(area)
    if not bar.isNull():
        ground.setTop(bar.bottom() + 1)
    return ground


def _height(text: str, of_text: QFont, width: float) -> float:
    return QFontMetricsF(of_text).boundingRect(QRectF(0, 0, width, 10_000), WRAPPED, text).height()


def promise(drop: Drop, aim: Aim, *, with_bar: bool = False) -> Promise:
    """What letting this go would do.

    Args:
        with_bar: there is a query that the bar would add to.
    """
    if isinstance(drop, Files) and not drop.paths:
        return Promise(
            "reject",
            tr("It cannot be read from where it is"),
            tr("Copy it to this computer and drop the copy."),
            refused=True,
        )
    if isinstance(drop, Files) and drop.look_like_models:
        return Promise("model", tr("Add this model"), tr("It is checked first."))
    if aim is Aim.CHECK:
        return _promise_of_check(drop)
    if isinstance(drop, Files) and drop.look_like_folders:
        return _promise_of_folders(len(drop.paths), aim)
    if isinstance(drop, Addressed) and not drop.count:
        return Promise("reject", tr("The page does not say where its picture is"), tr(SAVE_AND_DROP), refused=True)
    several = _count(drop)
    if aim.adds:
        return Promise("add", _added(several), tr("Photos like all of its pictures come first."))
    if isinstance(drop, Addressed) and drop.hosts:
        hint = _not_before_a_yes(drop.hosts)
    else:
        hint = tr("Let go on the bar above or hold Shift to add to the query.") if with_bar else ""
    return Promise("lookalikes", tr("Find lookalikes") if several == 1 else _several(several), hint)


def _count(drop: Drop) -> int:
    match drop:
        case Files(paths) | OwnPhotos(paths):
            return len(paths)
        case Addressed():
            return drop.count
    return 1


def _not_before_a_yes(hosts: tuple[str, ...]) -> str:
    if len(hosts) == 1:
        return tr("Nothing is downloaded from {host} before you agree.", host=hosts[0])
    return counted(
        "Nothing is downloaded from {n} site before you agree.",
        "Nothing is downloaded from {n} sites before you agree.",
        len(hosts),
    )


def _promise_of_folders(count: int, aim: Aim) -> Promise:
    if aim is Aim.BAR:
        return Promise("folder-add", tr("Index this folder?") if count == 1 else tr("Index these folders?"))
    text = tr("Index this folder") if count == 1 else tr("Index these folders")
    return Promise("folder-add", text, tr("Its photos become searchable."))


def _promise_of_check(drop: Drop) -> Promise:
    hint = tr("Each photo is compared with your library; nothing is added.")
    if isinstance(drop, Files) and drop.look_like_folders and len(drop.paths) == 1:
        return Promise("have", tr("Do I have what is in it?"), hint)
    return Promise("have", tr("Do I have these?"), hint)


def _added(pictures: int) -> str:
    if pictures == 1:
        return tr("Add to the query")
    return counted("Add {n} picture to the query", "Add {n} pictures to the query", pictures)


def _several(pictures: int) -> str:
    return counted("Find lookalikes of this {n} picture", "Find lookalikes of these {n} pictures", pictures)
