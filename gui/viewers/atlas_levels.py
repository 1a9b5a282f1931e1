"""Which photos stand for their surroundings on a map, at every level of detail."""

import numpy as np
from numpy.typing import NDArray

FINEST = 12
"""Level of the smallest cells, 4,096 across the map."""


class Levels:
    """Grids over a map, each with cells half as large as the one before; in each cell one photo stands for the others.

    It is the one nearest to the middle of its cell, so that those that are shown lie evenly. Panning changes nothing
    about it: the grids lie still on the map.

    Args:
        positions: [n, 2], each coordinate from 0 to 1.
    """

    def __init__(self, positions: NDArray[np.float32]) -> None:
        self._positions = positions
        self._kept: dict[int, NDArray[np.int64]] = {}

    def prepare(self) -> "Levels":
        """Choose now for all levels, so that no frame waits for it."""
        for level in range(FINEST + 1):
            self.standing_for(level)
        return self

    def standing_for(self, level: int) -> NDArray[np.int64]:
        """The rows of the photos that stand for the cells of a level."""
        level = min(max(level, 0), FINEST)
        if level not in self._kept:
            self._kept[level] = self._choose(level)
        return self._kept[level]

    def _choose(self, level: int) -> NDArray[np.int64]:
        across = 1 << level
        scaled = self._positions.astype(np.float64) * across
        cells = np.clip(scaled.astype(np.int64), 0, across - 1)
        off_middle = ((scaled - cells - 0.5) ** 2).sum(axis=1)
        order = np.argsort(off_middle, kind="stable")
        number = cells[order, 1] * across + cells[order, 0]
        _, first = np.unique(number, return_index=True)
        return np.sort(order[first])
