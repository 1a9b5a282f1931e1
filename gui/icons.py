"""Line icons from resources/icons, drawn in the colour of the palette they are shown with."""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gui.measures import grown
from gui.theme import colors

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "icons"
SMALL = 16
LARGE = 20
DIRECTED = {"back", "forward", "undo", "redo"}
"""They point along the line of reading, and the other way where one reads from the right."""


class LineIcon(QIconEngine):
    """Draws one SVG with its `currentColor` replaced at paint time, so a new theme needs no new icons."""

    def __init__(self, name: str, role: str = "text") -> None:
        super().__init__()
        self._name = name
        self._role = role

    def color(self, mode: QIcon.Mode) -> QColor:
        """The colour for a state of the widget that shows the icon."""
        of = colors(QGuiApplication.palette())
        if mode == QIcon.Mode.Disabled:
            return of.disabled
        if mode == QIcon.Mode.Selected:
            return QGuiApplication.palette().color(QPalette.ColorRole.HighlightedText)
        return getattr(of, self._role)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        painter.save()
        if self._name in DIRECTED and QGuiApplication.isRightToLeft():
            painter.translate(2 * square.center().x(), 0)
            painter.scale(-1, 1)
        _renderer(self._name, self.color(mode).name()).render(painter, square)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return drawn

    def clone(self) -> QIconEngine:
        return LineIcon(self._name, self._role)


@cache
def _renderer(name: str, color: str) -> QSvgRenderer:
    drawing = (FOLDER / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", color)
    return QSvgRenderer(QByteArray(drawing.encode()))


@cache
def icon(name: str, role: str = "text") -> QIcon:
    """The icon of that file name; `role` is a field of `theme.Colors`."""
    return QIcon(LineIcon(name, role))


def sign(name: str, role: str = "text", size: int = SMALL) -> QPixmap:
    """The icon as a picture to stand beside words, in step with their size."""
    return icon(name, role).pixmap(grown(size), grown(size))


def app_icon() -> QIcon:
    """The program's own icon, in colour."""
    return QIcon(str(FOLDER / "lookalike.svg"))
