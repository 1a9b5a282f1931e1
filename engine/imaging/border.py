"""Borders of one colour around a picture, as frames, scanners and programs for slides add them."""

import numpy as np
from numpy.typing import NDArray

Box = tuple[int, int, int, int]

LEAST_CONTENT = 0.09
"""Of the longer side: what is narrower without its border is no picture. Pictures on a ground are at least a fifth."""
CORNER = 0.06
"""Of the shorter side: how much of each corner is black in a picture that was turned within its frame."""
BLACK = 24
"""Levels."""
UNIFORM = 5.0
"""Levels: the standard deviation of a row of a border, which may have been coded as JPEG."""


def inside_border(pixels: NDArray[np.uint8]) -> Box | None:
    """Left, top, right and bottom of what a border of one colour surrounds; None if there is none, or nothing in it.

    Args:
        pixels: RGB [height, width, 3].
    """
    height, width = pixels.shape[:2]
    least = LEAST_CONTENT * max(height, width)
    top, bottom = _run(pixels), height - _run(pixels[::-1])
    if bottom - top < least:
        return None
    across = pixels[top:bottom].swapaxes(0, 1)
    left, right = _run(across), width - _run(across[::-1])
    if right - left < least or (left, top, right, bottom) == (0, 0, width, height):
        return None
    return left, top, right, bottom


def has_black_corners(pixels: NDArray[np.uint8]) -> bool:
    """Whether a picture may lie on a black ground: small, or turned within its frame; RGB [height, width, 3]."""
    side = max(3, round(CORNER * min(pixels.shape[:2])))
    corners = (pixels[rows, columns] for rows in _ends(side) for columns in _ends(side))
    return all(int(corner.max()) <= BLACK for corner in corners)


def _ends(count: int) -> tuple[slice, slice]:
    return slice(count), slice(-count, None)


def _run(rows: NDArray[np.uint8]) -> int:
    """How many of the first rows [n, length, 3] are of the very colour of the first one."""
    first = rows[0].mean(axis=0)
    for number, row in enumerate(rows):
        if row.std(axis=0).max() >= UNIFORM or np.abs(row.mean(axis=0) - first).max() >= UNIFORM:
            return number
    return len(rows)
