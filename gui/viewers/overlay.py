"""Two pictures laid over each other: wiped with a divider, in turn, or as their difference."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from engine.imaging.difference import amplified_difference
from gui.theme import LIGHT, colors
from gui.translation import tr
from gui.viewers.framing import Framing
from gui.viewers.layer import Layer
from gui.viewers.surface import ZoomSurface
from gui.words import number

DIVIDER_STEP = 0.02
FLICKER_MS = 700
GAINS = (1, 2, 4, 8, 16)
_GRIP = 8  # logical pixels beside the divider that take hold of it
_KNOB = 7
_DIFFER_AFTER_MS = 80

Compute = Callable[[Callable[[], QImage], Callable[[QImage], None]], object]


class Overlay(StrEnum):
    """How two pictures share one place."""

    SWIPE = "swipe"
    FLICKER = "flicker"
    DIFFERENCE = "difference"


class OverlayCanvas(ZoomSurface):
    """Paints two layers over each other. Each is framed by itself, so that other sizes and proportions lie well.

    Args:
        compute: runs a call off the GUI thread and hands over what it returns.

    Signals:
        flipped: the other picture is shown now.
    """

    flipped = Signal()

    def __init__(self, compute: Compute, parent: QWidget | None = None) -> None:
        super().__init__(parent, enlarges=float("inf"))
        self._compute = compute
        self._layers: tuple[Layer, Layer] = (Layer(), Layer())
        self.overlay = Overlay.SWIPE
        self.divider = 0.5
        self.second_shown = False
        self.gain = GAINS[2]
        self._difference: QImage | None = None
        self._held = False
        self._differ = QTimer(self, singleShot=True, interval=_DIFFER_AFTER_MS)
        self._differ.timeout.connect(self._start_difference)
        self.flicker = QTimer(self, interval=FLICKER_MS)
        self.flicker.timeout.connect(self.flip)
        self.framed.connect(self.refresh)
        self.setMouseTracking(True)

    @property
    def difference(self) -> QImage | None:
        """What is shown as the difference; None while it is computed."""
        return self._difference

    def accessible_state(self) -> str:
        if self.overlay is Overlay.SWIPE:
            return tr("Divider at {share} %", share=number(100 * self.divider))
        if self.overlay is Overlay.FLICKER:
            return tr("The second picture is shown") if self.second_shown else tr("The first picture is shown")
        return tr("Differences {gain} times as strong", gain=self.gain)

    def show_layers(self, first: Layer, second: Layer) -> None:
        """Lay the second over the first."""
        self._layers = (first, second)
        self.refresh()

    def show_as(self, overlay: Overlay) -> None:
        """Show both in another way."""
        self.overlay = overlay
        self.flicker.stop()
        self.refresh()

    def refresh(self) -> None:
        """The pictures, or what is seen of them, have changed."""
        self._difference = None
        if self.overlay is Overlay.DIFFERENCE and self.isVisible():
            self._differ.start()
        self.update()

    def flip(self) -> None:
        """Show the other one."""
        self.second_shown = not self.second_shown
        self.update()
        self.tell_state()
        self.flipped.emit()

    def move_divider(self, to: float) -> None:
        """Put the divider at this share of the width, counted from where one begins to read."""
        self.divider = min(max(to, 0.0), 1.0)
        self.update()
        self.tell_state()

    def set_gain(self, gain: int) -> None:
        """Show differences so many times as strong."""
        self.gain = gain
        self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        tones = colors(self.palette())
        painter = QPainter(self)
        painter.fillRect(event.rect(), tones.gallery_ground)
        whole = QRectF(self.rect())
        first, second = self._layers
        if self.overlay is Overlay.FLICKER:
            self._paint(painter, second if self.second_shown else first, whole)
        elif self.overlay is Overlay.SWIPE:
            at = self._divider_x()
            left, right = (second, first) if self.isRightToLeft() else (first, second)
            self._paint(painter, left, QRectF(0, 0, at, whole.height()))
            self._paint(painter, right, QRectF(at, 0, whole.width() - at, whole.height()))
            self._paint_divider(painter, at)
        elif self._difference is not None:
            painter.drawImage(whole, self._difference)

    def hideEvent(self, event: object) -> None:
        super().hideEvent(event)  # type: ignore[arg-type]
        self.flicker.stop()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = event.button() == Qt.MouseButton.LeftButton and self._near_divider(event.position())
        if not self._held:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held:
            self.move_divider(self._from_start(event.position().x() / max(1, self.width())))
            return
        super().mouseMoveEvent(event)
        if not event.buttons():
            self._show_grip()
            if self._near_divider(event.position()):
                self.setCursor(Qt.CursorShape.SplitHCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = False
        super().mouseReleaseEvent(event)

    def _divider_x(self) -> float:
        return self.width() * self._from_start(self.divider)

    def _from_start(self, share: float) -> float:
        """A share of the width counted from the other edge, where one reads from the right."""
        return 1 - share if self.isRightToLeft() else share

    def _near_divider(self, point: QPointF) -> bool:
        return self.overlay is Overlay.SWIPE and abs(point.x() - self._divider_x()) <= _GRIP

    def _paint(self, painter: QPainter, layer: Layer, clip: QRectF) -> None:
        painter.save()
        painter.setClipRect(clip)
        layer.paint(painter, _framed_alike(self.framing, layer), clip, colors(self.palette()))
        painter.restore()

    def _paint_divider(self, painter: QPainter, at: float) -> None:
        """Seen on any picture: white between dark lines."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for width, color in ((3.0, LIGHT.text), (1.5, LIGHT.panel)):
            painter.setPen(QPen(color, width))
            painter.drawLine(QPointF(at, 0), QPointF(at, self.height()))
        painter.setPen(QPen(LIGHT.text, 1))
        painter.setBrush(LIGHT.panel)
        painter.drawEllipse(QPointF(at, self.height() / 2), _KNOB, _KNOB)

    def _start_difference(self) -> None:
        size = self.size() * self.devicePixelRatioF()
        gain, framing = self.gain, self.framing
        first, second = (layer.copy() for layer in self._layers)

        def keep(image: QImage) -> None:
            if (gain, framing, size) == (self.gain, self.framing, self.size() * self.devicePixelRatioF()):
                self._difference = image
                self.update()

        if not size.isEmpty():
            self._compute(lambda: _difference(first, second, framing, size, gain), keep)


def _framed_alike(framing: Framing, layer: Layer) -> Framing:
    """The same part of another picture."""
    return replace(framing, picture=layer.size).placed(framing.place)


def _difference(first: Layer, second: Layer, framing: Framing, size: QSize, gain: int) -> QImage:
    """Both as they are seen, one taken from the other. Runs on a worker thread."""
    one, other = (_rendered(layer, framing, size) for layer in (first, second))
    pixels = amplified_difference(memoryview(one.bits()), memoryview(other.bits()), gain)
    return QImage(pixels, size.width(), size.height(), 4 * size.width(), QImage.Format.Format_RGB32).copy()


def _rendered(layer: Layer, framing: Framing, size: QSize) -> QImage:
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    painter.scale(framing.ratio, framing.ratio)
    layer.paint(painter, _framed_alike(framing, layer), QRectF(QPointF(), framing.view), LIGHT)
    painter.end()
    return image
