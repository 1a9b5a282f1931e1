"""A picture on which a region is drawn with the mouse, pulled at its edges and moved."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from engine.records import Region
from gui.theme import colors
from gui.viewers import outline
from gui.viewers.canvas import PictureCanvas
from gui.viewers.outline import Grip

REACH = 10.0
"""Logical pixels within which an edge is caught."""
LEAST = 16
"""Pixels of the picture that a region has on each side: below that there is nothing to recognise."""
_HANDLE = 8.0
_SHADE = QColor(0, 0, 0, 150)
_DIAGONAL = Qt.CursorShape.SizeFDiagCursor
_CURSORS = {
    (-1, -1): _DIAGONAL,
    (1, 1): _DIAGONAL,
    (-1, 1): Qt.CursorShape.SizeBDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 0): Qt.CursorShape.SizeHorCursor,
    (1, 0): Qt.CursorShape.SizeHorCursor,
    (0, -1): Qt.CursorShape.SizeVerCursor,
    (0, 1): Qt.CursorShape.SizeVerCursor,
    (0, 0): Qt.CursorShape.SizeAllCursor,
}


@dataclass(frozen=True, slots=True)
class _Pull:
    """The mouse has something: an edge, the whole outline, or with nothing held a new one.

    Attributes:
        at: where it was taken, in fractions of the picture.
        region: as it was then.
    """

    at: QPointF
    grip: Grip | None
    region: Region | None
    pressed: QPointF


class RegionCanvas(PictureCanvas):
    """Shows a picture with the outline of a region; the rest of the picture is dimmed.

    Signals:
        region_changed: another outline, or none.
        confirmed: a double click into the region.
    """

    region_changed = Signal()
    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, enlarges=float("inf"))
        self.region: Region | None = None
        self._pull: _Pull | None = None
        self.setMouseTracking(True)

    @property
    def least(self) -> QSizeF:
        """The smallest region, as a share of the picture."""
        size = self.layer.size
        if size.isEmpty():
            return QSizeF(1, 1)
        return QSizeF(min(LEAST / size.width(), 1), min(LEAST / size.height(), 1))

    @property
    def ready(self) -> bool:
        """Whether there is a picture to draw on."""
        return self.message is None and not self.layer.empty

    def begin(self, full_size: QSize, preview: QPixmap | None) -> None:
        self._pull = None
        super().begin(full_size, preview)

    def set_region(self, region: Region | None) -> None:
        """Outline this part; None for the whole picture."""
        if region != self.region:
            self.region = region
            self.update()
            self.region_changed.emit()

    def move_region(self, across: int, down: int, step: float) -> None:
        """Move the outline by steps, each a share of the picture's shorter side; without one, begin in the middle."""
        share = self._share(step)
        self._change(
            lambda region: outline.moved(region, across * share.width(), down * share.height()), outline.MIDDLE
        )

    def grow_region(self, across: int, down: int, step: float) -> None:
        """Move its right and lower edges by steps."""
        share = self._share(step)
        self._change(
            lambda region: outline.grown(region, across * share.width(), down * share.height(), self.least),
            outline.MIDDLE,
        )

    def grip_at(self, point: QPointF) -> Grip | None:
        """What of the outline is under a point of the window: an edge, a corner, the inside (0, 0), or nothing."""
        if self.region is None:
            return None
        area = outline.in_window(self.region, self.framing.area)
        if not area.adjusted(-REACH, -REACH, REACH, REACH).contains(point):
            return None
        return Grip(
            _edge(point.x(), area.left(), area.right()),
            _edge(point.y(), area.top(), area.bottom()),
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if event.button() == Qt.MouseButton.MiddleButton and not self.framing.fits:
            self._grip = at
        elif event.button() == Qt.MouseButton.LeftButton and self.ready:
            self._pull = _Pull(self._fraction(at), self.grip_at(at), self.region, at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            super().mouseMoveEvent(event)
        elif self._pull is None:
            self._show_cursor(event.position())
        elif self._is_pulled(self._pull, event.position()):
            self.set_region(self._pulled(self._pull, self._fraction(event.position())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pull = self._grip = None
        self._show_cursor(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.grip_at(event.position()) is not None:
            self.confirmed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.region is None or not self.ready:
            return
        painter = QPainter(self)
        seen = self.framing.area.intersected(QRectF(self.rect()))
        area = outline.in_window(self.region, self.framing.area)
        around = QPainterPath()
        around.addRect(seen)
        around.addRect(area.intersected(seen))
        painter.fillPath(around, _SHADE)
        self._paint_outline(painter, area)

    def _paint_outline(self, painter: QPainter, area: QRectF) -> None:
        """Seen on any picture: light within dark."""
        accent = colors(self.palette()).accent
        for color, width in ((QColor(0, 0, 0, 160), 4), (QColor("white"), 2)):
            painter.setPen(QPen(color, width))
            painter.drawRect(area)
        painter.setPen(QPen(accent, 2))
        painter.setBrush(QColor("white"))
        for grip in outline.GRIPS:
            handle = QRectF(0, 0, _HANDLE, _HANDLE)
            handle.moveCenter(
                area.center() + QPointF(grip.x * area.width() / 2, grip.y * area.height() / 2),
            )
            painter.drawRect(handle)

    def _change(self, change: Callable[[Region], Region], otherwise: Region) -> None:
        if self.ready:
            self.set_region(otherwise if self.region is None else change(self.region))

    def _share(self, step: float) -> QSizeF:
        size = self.layer.size
        pixels = step * min(size.width(), size.height())
        return QSizeF(pixels / max(size.width(), 1), pixels / max(size.height(), 1))

    def _fraction(self, point: QPointF) -> QPointF:
        at, size = self.framing.at(point), self.layer.size
        return QPointF(at.x() / size.width(), at.y() / size.height())

    def _is_pulled(self, pull: _Pull, at: QPointF) -> bool:
        """A new outline needs a real movement: a click beside the old one does not lose it."""
        far = (at - pull.pressed).manhattanLength() >= QApplication.startDragDistance()
        return far or pull.grip is not None or self.region != pull.region

    def _pulled(self, pull: _Pull, to: QPointF) -> Region:
        if pull.grip is None or pull.region is None:
            return outline.drawn(pull.at, to, self.least)
        if pull.grip == Grip(0, 0):
            return outline.moved(pull.region, to.x() - pull.at.x(), to.y() - pull.at.y())
        return outline.pulled(pull.region, pull.grip, to, self.least)

    def _show_cursor(self, at: QPointF) -> None:
        grip = self.grip_at(at)
        self.setCursor(Qt.CursorShape.CrossCursor if grip is None else _CURSORS[grip.x, grip.y])

    def _show_grip(self) -> None:
        self.setCursor(Qt.CursorShape.CrossCursor)


def _edge(at: float, low: float, high: float) -> int:
    """Which of two edges is caught; a small outline can still be taken in its middle."""
    inside = min(REACH, (high - low) / 4)
    if at <= low + inside:
        return -1
    return 1 if at >= high - inside else 0
