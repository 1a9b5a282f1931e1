"""How much of a picture is asked for, and how far that lets it shrink."""

import math
from dataclasses import dataclass

from engine.records import Region

Size = tuple[int, int]
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Demand:
    """The least size of what is handed out: the upright picture or a region of it.

    Attributes:
        short_side: pixels of its shorter side; 0 if that does not matter.
        long_side: pixels of its longer side; 0 if that does not matter.
    """

    short_side: int
    long_side: int = 0
    region: Region | None = None

    def reduction(self, size: Size) -> float:
        """How many times smaller an upright picture of this size may become; at least 1."""
        width, height = self._asked(size)
        sides = ((min(width, height), self.short_side), (max(width, height), self.long_side))
        return max(1.0, min((side / least for side, least in sides if least > 0), default=1.0))

    def met_by(self, size: Size) -> bool:
        """Whether an upright picture of this size is large enough."""
        width, height = self._asked(size)
        return min(width, height) >= self.short_side and max(width, height) >= self.long_side

    def box(self, size: Size) -> Box | None:
        """The region in the pixels of an upright picture of this size, never empty; None for all of it."""
        if self.region is None:
            return None
        left, top = int(self.region.x * size[0]), int(self.region.y * size[1])
        right = math.ceil((self.region.x + self.region.width) * size[0] - 1e-6)
        bottom = math.ceil((self.region.y + self.region.height) * size[1] - 1e-6)
        return left, top, max(left + 1, min(right, size[0])), max(top + 1, min(bottom, size[1]))

    def _asked(self, size: Size) -> tuple[float, float]:
        if self.region is None:
            return size
        return self.region.width * size[0], self.region.height * size[1]
