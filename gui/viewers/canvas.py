"""The picture area of a viewer: zooms about the pointer, pans, and shows the best pixels there are so far."""

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from gui.gallery.ground import paint_message
from gui.theme import colors
from gui.viewers.framing import Framing

STEP = 1.25
_NOTCH = 120
_PIXELS_VISIBLE_FROM = 4.0
"""From this scale on, pixels are shown as squares: nobody zooms in so far to see a blur."""


class PictureCanvas(QWidget):
    """Shows one picture, of which sharper versions may arrive later, or a message in its place.

    Signals:
        framed: the scale or the visible part has changed.
    """

    framed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._framing = Framing(QSize(), QSizeF(self.size()))
        self._versions: list[QPixmap] = []  # of the same picture, fewest pixels first
        self._message: tuple[str, str] | None = None
        self._grip: QPointF | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def framing(self) -> Framing:
        """What is seen, and how large."""
        return self._framing

    @property
    def loaded_side(self) -> int:
        """Longest side of the sharpest version, 0 if there is none."""
        return max((max(pixmap.width(), pixmap.height()) for pixmap in self._versions), default=0)

    @property
    def message(self) -> tuple[str, str] | None:
        """The message shown instead of the picture."""
        return self._message

    def begin(self, full_size: QSize, preview: QPixmap | None) -> None:
        """Start with another picture: its size if known, and something to look at until `add`."""
        self._versions = [] if preview is None else [preview]
        if full_size.isEmpty() and preview is not None:
            full_size = preview.size()
        self._message = None
        self._frame(Framing(full_size, QSizeF(self.size()), self.devicePixelRatioF()))

    def add(self, version: QPixmap) -> None:
        """A sharper version has arrived."""
        self._versions = sorted([*self._versions, version], key=QPixmap.width)
        if not _alike(version.size(), self._framing.picture):  # its size was not known, or the file is another one now
            self._versions = [version]
            self._frame(Framing(version.size(), QSizeF(self.size()), self.devicePixelRatioF()))
        self._message = None
        self.update()

    def show_message(self, title: str, hint: str) -> None:
        """Say why there is no picture."""
        self._versions = []
        self._message = (title, hint)
        self.update()

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

    def paintEvent(self, event: QPaintEvent) -> None:
        tones = colors(self.palette())
        painter = QPainter(self)
        painter.fillRect(event.rect(), tones.gallery_ground)
        if self._message is not None:
            paint_message(painter, self.rect(), *self._message, self.font(), tones)
            return
        area = self._framing.area
        seen = area.intersected(QRectF(self.rect()))
        if seen.isEmpty():
            return
        if not self._versions:
            painter.fillRect(seen, tones.border)
            return
        pixmap = self._best_version(area.width() * self._framing.ratio)
        smooth = self._framing.scale < _PIXELS_VISIBLE_FROM or pixmap.width() < self._framing.picture.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        # Only what is seen: the whole picture at 3,200 % would leave the painter's number range.
        stretch = pixmap.width() / area.width()
        source = QRectF((seen.topLeft() - area.topLeft()) * stretch, seen.size() * stretch)
        painter.drawPixmap(seen, pixmap, source)

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

    def _best_version(self, width: float) -> QPixmap:
        """The one with just enough pixels: far more would flicker when reduced, fewer would blur."""
        return next((pixmap for pixmap in self._versions if pixmap.width() >= width - 1), self._versions[-1])

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


def _alike(size: QSize, other: QSize) -> bool:
    """The same proportions, apart from rounding."""
    if other.isEmpty():
        return False
    scaled = size.height() * other.width() / other.height()
    return abs(scaled - size.width()) <= 2 * max(other.width() / other.height(), 1)
