"""Points of a picture that can be found again when it is turned, scaled or cut, and what is around them.

Multi-scale oriented patches (M. Brown, R. Szeliski and S. Winder, "Multi-image matching using multi-scale oriented
patches", CVPR 2005): Harris corners of a pyramid, each with a patch of 8 x 8 samples that is turned with the picture.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.imaging.warping import resized

Levels = NDArray[np.float32]

PYRAMID_STEP = 2**0.5
LEAST_SIDE = 40
"""Pixels of the shorter side of the smallest level: smaller ones have no room for patches."""
POINTS_OF_LEVEL = 110
"""Of the largest level; a smaller one has fewer, as it has fewer pixels, and never fewer than the next number."""
FEWEST_POINTS = 36
PATCH = 8
SPACING = 2.6
"""Pixels of its level between the samples of a patch."""
_REACH = 4
"""A corner is the strongest of the square that reaches so far around it."""
_GRID = (np.arange(PATCH) - (PATCH - 1) / 2) * SPACING
_OFFSETS = (_GRID[None, :] + 1j * _GRID[:, None]).ravel()


@dataclass(frozen=True, slots=True)
class Features:
    """Corners of a picture.

    Attributes:
        places: complex [n]: x + iy in pixels of the picture.
        directions: complex [n]: which way the grey values rise; its length is the size of a level's pixel.
        patches: float32 [n, 64], each of mean 0 and length 1.
    """

    places: NDArray[np.complex128]
    directions: NDArray[np.complex128]
    patches: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.places)

    def mirrored_patches(self) -> NDArray[np.float32]:
        """What the patches would be in a mirrored picture: upside down, because the direction is mirrored too."""
        return self.patches.reshape(-1, PATCH, PATCH)[:, ::-1].reshape(-1, PATCH * PATCH)


def features(grey: Levels) -> Features:
    """The corners of a grey picture [height, width]."""
    found = [_of_level(level, grey.shape) for level in _pyramid(grey)]
    return Features(*(np.concatenate(parts) for parts in zip(*found, strict=True)))


def _pyramid(grey: Levels) -> list[Levels]:
    levels = [grey]
    sides = np.array(grey.shape, dtype=float)
    while min(sides := sides / PYRAMID_STEP) >= LEAST_SIDE:
        levels.append(resized(levels[-1], (round(sides[1]), round(sides[0]))))
    return levels


def _of_level(
    level: Levels, shape: tuple[int, ...]
) -> tuple[NDArray[np.complex128], NDArray[np.complex128], NDArray[np.float32]]:
    wanted = max(FEWEST_POINTS, round(POINTS_OF_LEVEL * level.size / (shape[0] * shape[1])))
    once = smooth(level)
    rows, columns = _corners(once, wanted)
    soft = smooth(once)
    softer = smooth(smooth(smooth(soft)))
    here = columns + 1j * rows
    rise = (_at(softer, here + 1) - _at(softer, here - 1)) + 1j * (_at(softer, here + 1j) - _at(softer, here - 1j))
    length = np.abs(rise)
    direction = np.where(length > 1e-6, rise / np.maximum(length, 1e-6), 1)
    patches = _at(soft, here[:, None] + direction[:, None] * _OFFSETS).astype(np.float32)
    patches -= patches.mean(axis=1, keepdims=True)
    norms = np.linalg.norm(patches, axis=1, keepdims=True)
    kept = norms[:, 0] > 4.0
    ratio = (shape[1] / level.shape[1], shape[0] / level.shape[0])
    places = ((here.real + 0.5) * ratio[0] - 0.5) + 1j * ((here.imag + 0.5) * ratio[1] - 0.5)
    return places[kept], direction[kept] * ratio[0], (patches / np.maximum(norms, 1e-6))[kept]


def _corners(soft: Levels, count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Rows and columns of the strongest corners of a picture that is smooth, to a fraction of a pixel."""
    strength = _harris(soft)
    edge = 6
    strength[:edge] = strength[-edge:] = 0
    strength[:, :edge] = strength[:, -edge:] = 0
    peaks = np.flatnonzero((strength >= _largest_around(strength, _REACH)) & (strength > 1.0))
    values = strength.ravel()[peaks]
    if len(peaks) > count:
        strongest = np.argpartition(-values, count)[:count]
        peaks = peaks[strongest]
    rows, columns = np.unravel_index(peaks, strength.shape)
    down = _peak(strength[rows - 1, columns], strength[rows, columns], strength[rows + 1, columns])
    right = _peak(strength[rows, columns - 1], strength[rows, columns], strength[rows, columns + 1])
    return rows + down, columns + right


def _harris(soft: Levels) -> Levels:
    """The harmonic mean of the eigenvalues of the structure tensor (equation 2 of the paper)."""
    across = np.zeros_like(soft)
    along = np.zeros_like(soft)
    across[:, 1:-1] = soft[:, 2:] - soft[:, :-2]
    along[1:-1] = soft[2:] - soft[:-2]
    xx, yy, xy = smooth(across * across), smooth(along * along), smooth(across * along)
    strength: Levels = (xx * yy - xy * xy) / (xx + yy + 1e-3)
    return strength


def _largest_around(values: Levels, reach: int) -> Levels:
    """The largest value of the square of 2 reach + 1 pixels around each pixel."""
    result = values
    for axis in (0, 1):
        down, right = (reach, 0) if axis == 0 else (0, reach)
        wide = np.zeros((result.shape[0] + 2 * down, result.shape[1] + 2 * right), dtype=np.float32)
        wide[down : down + result.shape[0], right : right + result.shape[1]] = result
        result = wide
        for step in _steps(2 * reach + 1):
            ahead = (slice(step, None), slice(None)) if axis == 0 else (slice(None), slice(step, None))
            behind = (slice(None, -step), slice(None)) if axis == 0 else (slice(None), slice(None, -step))
            result = np.maximum(result[behind], result[ahead])
    return result


def _steps(width: int) -> list[int]:
    """How far to move and take the larger value, again and again, until windows of this width are covered."""
    steps, covered = [], 1
    while covered < width:
        steps.append(min(covered, width - covered))
        covered += steps[-1]
    return steps


def _peak(before: Levels, middle: Levels, after: Levels) -> NDArray[np.float64]:
    """Where the parabola through three neighbours has its top, -0.5..0.5."""
    bend = before - 2 * middle + after
    return np.clip(0.5 * (before - after) / np.where(np.abs(bend) > 1e-9, bend, -1e9), -0.5, 0.5).astype(np.float64)


def smooth(values: Levels) -> Levels:
    """Blurred with the binomial filter 1 4 6 4 1 both ways: a Gaussian of one pixel."""
    height, width = values.shape
    sums = np.empty((height + 4, width + 4), dtype=np.float32)
    sums[2:-2, 2:-2] = values
    sums[:2], sums[-2:] = sums[2], sums[-3]
    sums[:, :2], sums[:, -2:] = sums[:, 2:3], sums[:, -3:-2]
    for _ in range(4):  # four times 1 1 is 1 4 6 4 1
        sums = sums[:, :-1] + sums[:, 1:]
    for _ in range(4):
        sums = sums[:-1] + sums[1:]
    sums *= np.float32(1 / 256)
    return sums


def _at(values: Levels, places: NDArray[np.complex128]) -> NDArray[np.float32]:
    """Values between the pixels, by bilinear interpolation; places outside take the nearest pixel."""
    height, width = values.shape
    x = np.clip(places.real, 0, width - 1.001)
    y = np.clip(places.imag, 0, height - 1.001)
    left, top = x.astype(np.intp), y.astype(np.intp)
    right, down = (x - left).astype(np.float32), (y - top).astype(np.float32)
    flat, start = values.ravel(), top * width + left
    upper = flat[start] * (1 - right) + flat[start + 1] * right
    lower = flat[start + width] * (1 - right) + flat[start + width + 1] * right
    between: NDArray[np.float32] = upper * (1 - down) + lower * down
    return between
