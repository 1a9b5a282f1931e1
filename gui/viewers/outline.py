"""The outline of a region: drawn, moved, pulled at an edge or a corner. All in fractions of the picture."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

from engine.records import Region

MIDDLE = Region(0.25, 0.25, 0.5, 0.5)
"""Where a region begins that is made with the keys alone."""
_ALL = 1 - 1e-6


@dataclass(frozen=True, slots=True)
class Grip:
    """What of an outline is held: -1 is its left or upper edge, 1 the right or lower one, 0 neither of the two."""

    x: int
    y: int


GRIPS = tuple(Grip(x, y) for y in (-1, 0, 1) for x in (-1, 0, 1) if x or y)


def drawn(start: QPointF, end: QPointF, least: QSizeF) -> Region:
    """From one corner to the opposite one; never smaller than `least`, never beyond the picture."""
    left, right = _span(_held(start.x()), end.x(), least.width())
    top, bottom = _span(_held(start.y()), end.y(), least.height())
    return _between(left, top, right, bottom)


def pulled(region: Region, grip: Grip, to: QPointF, least: QSizeF) -> Region:
    """With one edge or corner at another place, which may be beyond the opposite one."""
    left, right, top, bottom = region.x, region.x + region.width, region.y, region.y + region.height
    if grip.x:
        left, right = _span(right if grip.x < 0 else left, to.x(), least.width())
    if grip.y:
        top, bottom = _span(bottom if grip.y < 0 else top, to.y(), least.height())
    return _between(left, top, right, bottom)


def moved(region: Region, across: float, down: float) -> Region:
    """The same size at another place."""
    x = min(max(region.x + across, 0.0), 1 - region.width)
    y = min(max(region.y + down, 0.0), 1 - region.height)
    return Region(max(x, 0.0), max(y, 0.0), region.width, region.height)


def grown(region: Region, across: float, down: float, least: QSizeF) -> Region:
    """With the right and the lower edge farther out, or farther in; the others give way at the picture's edge."""
    width = min(max(region.width + across, least.width()), 1.0)
    height = min(max(region.height + down, least.height()), 1.0)
    return moved(Region(max(min(region.x, 1 - width), 0.0), max(min(region.y, 1 - height), 0.0), width, height), 0, 0)


def unless_whole(region: Region | None) -> Region | None:
    """None for an outline around the whole picture."""
    return None if region is None or min(region.width, region.height) >= _ALL else region


def in_window(region: Region, area: QRectF) -> QRectF:
    """Where the outline lies, in the units of the area that shows the whole picture."""
    return QRectF(
        area.x() + region.x * area.width(),
        area.y() + region.y * area.height(),
        region.width * area.width(),
        region.height * area.height(),
    )


def _span(anchor: float, to: float, least: float) -> tuple[float, float]:
    """From the edge that stays to the one that is pulled."""
    end = _held(to)
    if abs(end - anchor) < least:
        ahead = anchor + least <= 1 if end >= anchor else anchor - least < 0
        end = _held(anchor + least if ahead else anchor - least)
    return min(anchor, end), max(anchor, end)


def _between(left: float, top: float, right: float, bottom: float) -> Region:
    return Region(left, top, right - left, bottom - top)


def _held(share: float) -> float:
    return min(max(share, 0.0), 1.0)
