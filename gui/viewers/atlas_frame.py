"""What part of a map is seen, and how its points become pixels."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

MARGIN = 0.94
"""All of a map fills so much of the window."""
LARGEST = 4096.0
"""How many times larger than fitted a map can be looked at."""

Positions = NDArray[np.float32]
Colours = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Frame:
    """A look at a map.

    Attributes:
        width: of the view, in logical pixels.
        height: likewise.
        x: what of the map is in the middle, 0..1.
        y: likewise.
        zoom: 1 shows all of it.
    """

    width: int
    height: int
    x: float = 0.5
    y: float = 0.5
    zoom: float = 1.0

    @property
    def scale(self) -> float:
        """Logical pixels across the whole map."""
        return MARGIN * max(1, min(self.width, self.height)) * self.zoom

    def zoomed(self, factor: float, at: tuple[float, float] | None = None) -> "Frame":
        """Larger or smaller about a point of the view, by default its middle."""
        zoom = min(max(self.zoom * factor, 1.0), LARGEST)
        at_x, at_y = at or (self.width / 2, self.height / 2)
        fresh = replace(self, zoom=zoom)
        map_x, map_y = self.to_map(at_x, at_y)
        x = map_x - (at_x - self.width / 2) / fresh.scale
        y = map_y - (at_y - self.height / 2) / fresh.scale
        return replace(fresh, x=x, y=y).held()

    def panned(self, across: float, down: float) -> "Frame":
        """The view moved by so many logical pixels."""
        return replace(self, x=self.x + across / self.scale, y=self.y + down / self.scale).held()

    def held(self) -> "Frame":
        """Some of the map stays in the middle."""
        if self.zoom == 1.0:
            return replace(self, x=0.5, y=0.5)
        return replace(self, x=min(max(self.x, 0.0), 1.0), y=min(max(self.y, 0.0), 1.0))

    def to_map(self, x: float, y: float) -> tuple[float, float]:
        """A point of the view on the map."""
        return self.x + (x - self.width / 2) / self.scale, self.y + (y - self.height / 2) / self.scale

    def to_view(self, positions: Positions, ratio: float = 1.0) -> Positions:
        """Positions on the map as pixels of the view, [n, 2]; `ratio` device pixels are one logical pixel."""
        offset = np.array([self.width / 2 - self.x * self.scale, self.height / 2 - self.y * self.scale])
        placed: Positions = positions * np.float32(self.scale * ratio) + (offset * ratio).astype(np.float32)
        return placed


def paint_points(
    frame: Frame, positions: Positions, colours: Colours, ground: int, ratio: float, side: int
) -> NDArray[np.uint32]:
    """The points of a map as pixels 0xffRRGGBB, [height, width]; later points lie over earlier ones.

    Args:
        positions: [n, 2] on the map.
        colours: of each point.
        ground: where there is none.
        ratio: device pixels for a logical one.
        side: of a point, in device pixels.
    """
    width, height = round(frame.width * ratio), round(frame.height * ratio)
    image = np.full((height + side, width + side), ground, dtype=np.uint32)
    placed = frame.to_view(positions, ratio)
    seen = (placed[:, 0] >= 0) & (placed[:, 0] < width) & (placed[:, 1] >= 0) & (placed[:, 1] < height)
    corners = placed[seen].astype(np.int32)
    flat, stride, painted = image.reshape(-1), width + side, colours[seen]
    first = corners[:, 1] * stride + corners[:, 0]
    for down in range(side):
        for across in range(side):
            flat[first + (down * stride + across)] = painted
    return np.ascontiguousarray(image[:height, :width])
