"""How many pixels it takes to show what is looked at."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF

from engine.records import Photo, Region
from gui.viewers.framing import Framing
from gui.viewers.layer import Layer
from gui.viewers.shelf import Wish

_SIDE_STEP = 256  # so that a window that is drawn larger does not read its picture at every pixel
_MARGIN = 0.25  # of what is seen, on every side: panning a little needs no reading


def side_to_fit(framing: Framing) -> int:
    """Longest side that fills the window."""
    seen = max(framing.view.width(), framing.view.height()) * framing.ratio
    return _stepped(seen)


def largest_side(size: QSize, whole_pixels: int) -> int:
    """Longest side of a picture that is held as a whole: all there is, unless that is too much."""
    if size.isEmpty():
        return math.isqrt(whole_pixels)  # whatever its proportions, it will not be more
    pixels = size.width() * size.height()
    share = min(1.0, math.sqrt(whole_pixels / pixels))
    return int(max(size.width(), size.height()) * share)


def is_huge(size: QSize, whole_pixels: int) -> bool:
    """Whether a picture is too large to be held as a whole."""
    return size.width() * size.height() > whole_pixels


def wishes(photo: Photo, framing: Framing, layer: Layer, whole_pixels: int, *, lingering: bool) -> list[Wish]:
    """What to read of the photo on show, in this order.

    Args:
        lingering: somebody looks at it longer, so that all of its pixels may soon be wanted.
    """
    most = largest_side(layer.size, whole_pixels)
    wanted = [Wish(photo, min(side_to_fit(framing), most))]
    if not framing.fits:
        detail = _detail(photo, framing, layer, most)
        wanted += [detail] if detail else []
    if lingering or not framing.fits:
        wanted.append(Wish(photo, most))
    return wanted


def _detail(photo: Photo, framing: Framing, layer: Layer, most: int) -> Wish | None:
    """The region on show, if no version of the whole may be as sharp as it is seen."""
    full = max(layer.size.width(), layer.size.height())
    side = min(_stepped(full * framing.scale), full)
    if full <= most or side <= most:
        return None
    kept = layer.detail
    if kept is not None and kept.longest_side >= side and kept.area.contains(framing.seen):
        return None
    region = _region(_widened(framing.seen), layer.size)
    return None if region is None else Wish(photo, side, region)


def _widened(seen: QRectF) -> QRectF:
    across, down = seen.width() * _MARGIN, seen.height() * _MARGIN
    return seen.adjusted(-across, -down, across, down)


def _region(area: QRectF, size: QSize) -> Region | None:
    inside = area.intersected(QRectF(QPointF(), QSizeF(size)))
    if inside.isEmpty():
        return None
    x, y = inside.x() / size.width(), inside.y() / size.height()
    return Region(x, y, min(inside.width() / size.width(), 1 - x), min(inside.height() / size.height(), 1 - y))


def _stepped(pixels: float) -> int:
    return _SIDE_STEP * max(1, math.ceil(pixels / _SIDE_STEP))
