"""Dims the window while something hovers over it and names what a drop would do."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.drops import Drop, Files, OwnPhotos, WebLink
from gui.icons import icon
from gui.theme import TITLE_RATIO, colors, font
from gui.translation import counted, tr

VEIL = 190
INSET = 16
PICTURE = 44
CARD = QSize(440, 168)


class DropOverlay(QWidget):
    """Lies over the whole window; lets every event through."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.icon_name = ""
        self.text = ""
        self.hint = ""
        self.hide()

    def show_promise(self, drop: Drop, area: QRect, *, add: bool, has_query: bool) -> None:
        """Name what happens if this is let go in the area."""
        self.icon_name, self.text, self.hint = promise_text(drop, add=add, has_query=has_query)
        self.setAccessibleName(self.text)
        self.setGeometry(area)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.height() < CARD.height():
            self._paint_line(painter)
        else:
            self._paint_card(painter)

    def _paint_line(self, painter: QPainter) -> None:
        """Over a bar there is room for the caption only."""
        of = colors(self.palette())
        painter.fillRect(self.rect(), of.panel)
        painter.setPen(QPen(of.accent, 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), 8, 8)
        self._words(painter, QRectF(self.rect()), self.text, 1.0, of.accent, bold=True)

    def _paint_card(self, painter: QPainter) -> None:
        of = colors(self.palette())
        veil = QColor(of.gallery_ground)
        veil.setAlpha(VEIL)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(of.accent, 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(INSET, INSET, -INSET, -INSET), 12, 12)
        card = QRectF(0, 0, CARD.width(), CARD.height())
        card.moveCenter(QRectF(self.rect()).center())
        painter.setPen(QPen(of.border, 1))
        painter.setBrush(of.panel)
        painter.drawRoundedRect(card, 12, 12)
        picture = QRect(0, 0, PICTURE, PICTURE)
        picture.moveCenter(QPoint(round(card.center().x()), round(card.top()) + 24 + PICTURE // 2))
        icon(self.icon_name, "accent").paint(painter, picture)
        caption_top = picture.bottom() + (12 if self.hint else 28)
        self._words(
            painter, QRectF(card.left(), caption_top, card.width(), 28), self.text, TITLE_RATIO, of.text, bold=True
        )
        self._words(painter, QRectF(card.left(), caption_top + 32, card.width(), 24), self.hint, 1.0, of.secondary)

    def _words(
        self, painter: QPainter, line: QRectF, text: str, ratio: float, color: QColor, *, bold: bool = False
    ) -> None:
        painter.setFont(font(self.font(), ratio, bold=bold))
        painter.setPen(color)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)


def promise_text(drop: Drop, *, add: bool, has_query: bool) -> tuple[str, str, str]:
    """Icon, caption and hint for a drop that hovers."""
    if isinstance(drop, Files) and drop.look_like_models:
        return "model", tr("Add this model"), tr("It is checked first.")
    if isinstance(drop, Files) and drop.look_like_folders:
        one = len(drop.paths) == 1
        return (
            "folder-add",
            tr("Index this folder") if one else tr("Index these folders"),
            tr("Its photos become searchable."),
        )
    if add and has_query:
        return "add", tr("Add to the query"), tr("Photos like all of its pictures come first.")
    hint = tr("Hold Shift to add to the query.") if has_query else ""
    if isinstance(drop, WebLink):
        return (
            "link",
            tr("Find lookalikes"),
            tr("Nothing is downloaded from {host} before you agree.", host=drop.host),
        )
    if isinstance(drop, Files | OwnPhotos) and len(drop.paths) > 1:
        return "lookalikes", _several(len(drop.paths)), hint
    return "lookalikes", tr("Find lookalikes"), hint


def _several(pictures: int) -> str:
    return counted("Find lookalikes of this {n} picture", "Find lookalikes of these {n} pictures", pictures)
