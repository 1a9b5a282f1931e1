"""Which part of a picture is seen, and how large: the arithmetic of zooming and panning."""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF

LARGEST_SCALE = 32.0
FIT_ENLARGES_AT_MOST = 2.0
"""A small picture in a large window is not blown up beyond this."""
_SEEN_AT_LEAST = 128
"""Logical pixels that even a picture of one pixel gets, or nobody would find it."""


@dataclass(frozen=True, slots=True)
class Place:
    """What is seen of a picture, whatever its size and proportions: how two pictures are looked at alike.

    Attributes:
        zoom: how many times larger than fitting; None while all of it is seen.
        x: of the middle, as a share of the picture's width.
        y: of the middle, as a share of its height.
    """

    zoom: float | None = None
    x: float = 0.5
    y: float = 0.5


@dataclass(frozen=True, slots=True)
class Framing:
    """A picture behind a window. Points of the window are logical pixels, points of the picture its own pixels.

    Attributes:
        picture: full size of the picture, however many of its pixels are loaded.
        view: size of the window.
        ratio: device pixels per logical pixel.
        chosen_scale: device pixels per picture pixel, so that 1 shows every pixel as it is; None to fit the window.
        center: the point of the picture in the middle of the window; means nothing while fitting.
        enlarges: how much a small picture is enlarged at most to fit the window.
    """

    picture: QSize
    view: QSizeF
    ratio: float = 1.0
    chosen_scale: float | None = None
    center: QPointF = field(default_factory=QPointF)
    enlarges: float = FIT_ENLARGES_AT_MOST

    @property
    def fits(self) -> bool:
        """Whether all of the picture is seen."""
        return self.chosen_scale is None

    @property
    def fit_scale(self) -> float:
        """The scale that shows all of the picture."""
        if self.picture.isEmpty() or self.view.isEmpty():
            return 1.0
        across = self.view.width() * self.ratio / self.picture.width()
        down = self.view.height() * self.ratio / self.picture.height()
        findable = _SEEN_AT_LEAST * self.ratio / max(self.picture.width(), self.picture.height())
        return min(across, down, max(self.enlarges, findable))

    @property
    def scale(self) -> float:
        """Device pixels per picture pixel."""
        return self.fit_scale if self.chosen_scale is None else self.chosen_scale

    @property
    def area(self) -> QRectF:
        """Where the whole picture lies, in points of the window."""
        scale = self.scale / self.ratio
        size = QSizeF(self.picture) * scale
        middle = QPointF(self.view.width() / 2, self.view.height() / 2)
        if self.fits:
            return QRectF(middle - QPointF(size.width(), size.height()) / 2, size)
        return QRectF(middle - self.center * scale, size)

    def at(self, point: QPointF) -> QPointF:
        """The point of the picture under a point of the window."""
        return (point - self.area.topLeft()) * (self.ratio / self.scale)

    @property
    def seen(self) -> QRectF:
        """The part of the picture that can be seen, in its own pixels."""
        whole = QRectF(QPointF(), QSizeF(self.picture))
        return QRectF(self.at(QPointF()), self.view * (self.ratio / self.scale)).intersected(whole)

    @property
    def place(self) -> Place:
        """What is seen, in terms that mean the same for another picture."""
        if self.chosen_scale is None or self.picture.isEmpty():
            return Place()
        x, y = self.center.x() / self.picture.width(), self.center.y() / self.picture.height()
        return Place(self.chosen_scale / self.fit_scale, x, y)

    def placed(self, place: Place) -> "Framing":
        """The same part as of another picture."""
        if place.zoom is None:
            return self.fitted()
        center = QPointF(place.x * self.picture.width(), place.y * self.picture.height())
        return replace(self, chosen_scale=place.zoom * self.fit_scale, center=center)._held()

    def fitted(self) -> "Framing":
        """All of the picture."""
        return replace(self, chosen_scale=None)

    def scaled(self, scale: float, about: QPointF) -> "Framing":
        """Another scale, with the picture point at `about` staying there; smaller than the window means fitting."""
        scale = min(scale, max(LARGEST_SCALE, self.fit_scale))
        if scale <= min(self.fit_scale, 1.0):
            return self.fitted()
        middle = QPointF(self.view.width() / 2, self.view.height() / 2)
        center = self.at(about) - (about - middle) * (self.ratio / scale)
        return replace(self, chosen_scale=scale, center=center)._held()

    def panned(self, by: QPointF) -> "Framing":
        """The picture pushed by so many logical pixels."""
        if self.fits:
            return self
        return replace(self, center=self.center - by * (self.ratio / self.scale))._held()

    def in_view(self, view: QSizeF, ratio: float) -> "Framing":
        """The same in a window of another size."""
        return replace(self, view=view, ratio=ratio)._held()

    def _held(self) -> "Framing":
        """No emptier a window than need be: the picture fills it, or lies in its middle."""
        seen = self.view * (self.ratio / self.scale)
        return replace(
            self,
            center=QPointF(
                _held(self.center.x(), seen.width(), self.picture.width()),
                _held(self.center.y(), seen.height(), self.picture.height()),
            ),
        )


def _held(center: float, seen: float, length: float) -> float:
    if seen >= length:
        return length / 2
    return min(max(center, seen / 2), length - seen / 2)
