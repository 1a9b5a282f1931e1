"""One picture of a viewer, painted from the best pixels that there are so far."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap

from gui.pictures import Pixels
from gui.theme import Colors
from gui.viewers.framing import Framing

_PIXELS_VISIBLE_FROM = 4.0
"""From this scale on, pixels are shown as squares: nobody zooms in so far to see a blur."""


class Layer:
    """Versions of one picture, of which sharper ones may arrive later, and the detail that is looked at.

    Attributes:
        size: of the picture in full resolution; empty while it is not known.
    """

    def __init__(self) -> None:
        self.size = QSize()
        self._versions: list[Pixels] = []  # fewest pixels first
        self._stand_in: Pixels | None = None  # a thumbnail: no version, however large
        self._detail: Pixels | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look at."""
        return not self._versions and self._stand_in is None

    @property
    def loaded_side(self) -> int:
        """Longest side of the sharpest version, 0 if there is none."""
        return max((version.longest_side for version in self._versions), default=0)

    @property
    def detail(self) -> Pixels | None:
        """A region that is sharper than the versions of the whole."""
        return self._detail

    def copy(self) -> "Layer":
        """The same, to be painted on another thread: what comes later does not change it."""
        made = Layer()
        made.size, made._versions = self.size, list(self._versions)
        made._stand_in, made._detail = self._stand_in, self._detail
        return made

    def begin(self, full_size: QSize, preview: QPixmap | None) -> None:
        """Start with another picture: its size if known, and something to look at until `add`."""
        self._detail = self._stand_in = None
        self._versions = []
        self.size = full_size
        if preview is not None:
            self.size = preview.size() if full_size.isEmpty() else full_size
            self._stand_in = Pixels.of(preview.toImage(), self.size)

    def add(self, pixels: Pixels) -> None:
        """A sharper version, or a sharper region, has arrived."""
        if not pixels.whole:
            self._detail = pixels if pixels.full_size == self.size else self._detail
            return
        if not _alike(pixels.full_size, self.size):  # its size was not known, or the file is another one now
            self._versions, self._detail = [], None
        if self._stand_in is not None and pixels.longest_side >= self._stand_in.longest_side:
            self._stand_in = None
        self.size = pixels.full_size
        self._versions = sorted([*self._versions, pixels], key=lambda version: version.longest_side)

    def clear(self) -> None:
        """Show nothing."""
        self.begin(QSize(), None)

    def paint(self, painter: QPainter, framing: Framing, clip: QRectF, tones: Colors) -> None:
        """Paint what is seen of the picture."""
        seen = framing.area.intersected(clip)
        if seen.isEmpty():
            return
        if self.empty:
            painter.fillRect(seen, tones.border)
            return
        best = self._best_version(framing.area.width() * framing.ratio)
        _paint(painter, best, framing, seen)
        if self._detail is not None and self._detail.longest_side > best.longest_side:
            _paint(painter, self._detail, framing, seen)

    def _best_version(self, width: float) -> Pixels:
        """The one with just enough pixels: far more would flicker when reduced, fewer would blur."""
        versions = [self._stand_in, *self._versions] if self._stand_in is not None else self._versions
        enough = (version for version in versions if version.scaled_size.width() >= width - 1)
        return next(enough, versions[-1])


def _paint(painter: QPainter, pixels: Pixels, framing: Framing, seen: QRectF) -> None:
    """Only what is seen: the whole picture at 3,200 % would leave the painter's number range."""
    scale = framing.scale / framing.ratio
    area, origin = pixels.area, framing.area.topLeft()
    place = QRectF(origin + area.topLeft() * scale, area.size() * scale)
    target = place.intersected(seen)
    if target.isEmpty():
        return
    across, down = pixels.image.width() / place.width(), pixels.image.height() / place.height()
    offset = target.topLeft() - place.topLeft()
    source = QRectF(
        offset.x() * across,
        offset.y() * down,
        target.width() * across,
        target.height() * down,
    )
    smooth = framing.scale < _PIXELS_VISIBLE_FROM or pixels.scaled_size != pixels.full_size
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    painter.drawImage(target, pixels.image, source)


def _alike(size: QSize, other: QSize) -> bool:
    """The same proportions, apart from rounding."""
    if other.isEmpty():
        return False
    scaled = size.height() * other.width() / other.height()
    return abs(scaled - size.width()) <= 2 * max(other.width() / other.height(), 1)
