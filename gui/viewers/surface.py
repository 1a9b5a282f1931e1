"""What the picture areas of the viewers have in common: zooming about the pointer, and panning."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QAccessible, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from gui.accessible import Told
from gui.viewers.framing import FIT_ENLARGES_AT_MOST, Framing, Place

STEP = 1.25
PAN_STEP = 0.125
"""How far an arrow key pans, as a share of the window."""
_NOTCH = 120


class ZoomSurface(Told, QWidget):
    """Looks at something as large as a picture; what it paints is up to the subclass.

    Signals:
        framed: the scale or the visible part has changed.
    """

    framed = Signal()
    accessible_role = QAccessible.Role.Graphic

    def __init__(self, parent: QWidget | None = None, *, enlarges: float = FIT_ENLARGES_AT_MOST) -> None:
        super().__init__(parent)
        self._framing = Framing(QSize(), QSizeF(self.size()), enlarges=enlarges)
        self._grip: QPointF | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def framing(self) -> Framing:
        """What is seen, and how large."""
        return self._framing

    def frame_new(self, full_size: QSize) -> None:
        """Another picture of this size, all of it."""
        view, ratio = QSizeF(self.size()), self.devicePixelRatioF()
        self._frame(replace(self._framing, picture=full_size, view=view, ratio=ratio).fitted())

    def follow(self, place: Place) -> None:
        """Look at the same part as somebody else does."""
        framing = self._framing.placed(place)
        if framing != self._framing:
            self._frame(framing)

    def fit(self) -> None:
        """Show all of the picture."""
        self._frame(self._framing.fitted())

    def zoom_to(self, scale: float, about: QPointF | None = None) -> None:
        """Show the picture at this scale; 1 is one pixel of the picture per pixel of the screen."""
        self._frame(self._framing.scaled(scale, self._middle() if about is None else about))

    def zoom_by(self, factor: float, about: QPointF | None = None) -> None:
        """Enlarge or reduce about a point, by default the middle."""
        self.zoom_to(self._framing.scale * factor, about)

    def toggle_full_size(self, about: QPointF | None = None) -> None:
        """From all of the picture to every pixel of it, or back; a picture that fits at full size is doubled."""
        if not self._framing.fits:
            self.fit()
        else:
            self.zoom_to(1.0 if self._framing.scale < 1.0 else 2.0 * self._framing.scale, about)

    def pan(self, right: int, down: int) -> None:
        """Look so many steps farther to the right and down; negative numbers to the left and up."""
        step = QPointF(right * self.width() * PAN_STEP, down * self.height() * PAN_STEP)
        self._frame(self._framing.panned(-step))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:  # the window went to another screen
            self._frame(self._framing.in_view(QSizeF(self.size()), self.devicePixelRatioF()))
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._frame(self._framing.in_view(QSizeF(self.size()), self.devicePixelRatioF()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(STEP ** (event.angleDelta().y() / _NOTCH), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._framing.fits:
            self._grip = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self._frame(self._framing.panned(event.position() - self._grip))
            self._grip = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        self._show_grip()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.toggle_full_size(event.position())

    def _frame(self, framing: Framing) -> None:
        self._framing = framing
        self._show_grip()
        self.update()
        self.framed.emit()

    def _show_grip(self) -> None:
        if self._grip is None:
            fits = self._framing.fits
            self.setCursor(Qt.CursorShape.ArrowCursor if fits else Qt.CursorShape.OpenHandCursor)

    def _middle(self) -> QPointF:
        return QRectF(self.rect()).center()
