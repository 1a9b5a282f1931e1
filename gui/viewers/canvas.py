"""The picture area of a viewer: one picture, or a message in its place."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from gui.gallery.ground import paint_message
from gui.pictures import Pixels
from gui.theme import colors
from gui.viewers.framing import FIT_ENLARGES_AT_MOST
from gui.viewers.layer import Layer
from gui.viewers.surface import ZoomSurface


class PictureCanvas(ZoomSurface):
    """Shows one picture, of which sharper versions may arrive later, or a message in its place."""

    def __init__(self, parent: QWidget | None = None, *, enlarges: float = FIT_ENLARGES_AT_MOST) -> None:
        super().__init__(parent, enlarges=enlarges)
        self.layer = Layer()
        self._message: tuple[str, str] | None = None
        self._heat: tuple[QImage, QRectF] | None = None

    @property
    def message(self) -> tuple[str, str] | None:
        """The message shown instead of the picture."""
        return self._message

    def begin(self, full_size: QSize, preview: QPixmap | None) -> None:
        """Start with another picture: its size if known, and something to look at until `add`."""
        self.layer.begin(full_size, preview)
        self._message = self._heat = None
        self.frame_new(self.layer.size)

    def add(self, pixels: Pixels) -> None:
        """A sharper version, or a sharper region, has arrived."""
        before = self.layer.size
        self.layer.add(pixels)
        self._message = None
        if self.layer.size != before:
            self.frame_new(self.layer.size)
        self.update()

    @property
    def heat(self) -> QImage | None:
        """The map that is shown over the picture."""
        return self._heat[0] if self._heat is not None else None

    def show_heat(self, image: QImage | None, covered: QRectF | None = None) -> None:
        """Lay a map over the picture, or take it away; another picture begins without.

        Args:
            covered: what of the picture the map covers, in fractions of it; None for all of it.
        """
        self._heat = None if image is None else (image, covered or QRectF(0, 0, 1, 1))
        self.update()

    def show_message(self, title: str, hint: str) -> None:
        """Say why there is no picture."""
        self.layer.clear()
        self._message = (title, hint)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tones = colors(self.palette())
        painter = QPainter(self)
        painter.fillRect(event.rect(), tones.gallery_ground)
        if self._message is not None:
            paint_message(painter, self.rect(), *self._message, self.font(), tones)
        else:
            self.layer.paint(painter, self.framing, QRectF(self.rect()), tones)
            self._paint_heat(painter)

    def _paint_heat(self, painter: QPainter) -> None:
        if self._heat is None or self.layer.empty:
            return
        image, covered = self._heat
        area = self.framing.area
        place = QRectF(
            area.x() + covered.x() * area.width(),
            area.y() + covered.y() * area.height(),
            covered.width() * area.width(),
            covered.height() * area.height(),
        )
        painter.setClipRect(area)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, image)
