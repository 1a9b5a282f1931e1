"""What is the same, pixel by pixel, in two pictures that have been laid over each other."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.copies.alignment import Alignment
from engine.copies.features import Levels, smooth
from engine.imaging.warping import warped

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]

LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)
WINDOW = 13
"""Pixels of a side of the squares that are compared."""
STRIDE = 5
TEXTURE = 2.5
"""Levels of grey: the standard deviation from which on there is something to compare in a square."""
AGREEING = 0.8
"""The correlation from which on two squares show the same."""
MARK = 16.0
"""Levels by which the pixels of a square differ, on the quadratic mean, where something else is to be seen."""
MOST_BLUR = 24
"""Rounds of `smooth`: a Gaussian of 4.9 pixels."""
FEWEST_PIXELS = 500
TONE_SAMPLES = 6_000
SAME_COLOUR = 6
"""Levels by which corners of one colour may differ, which may have been coded as JPEG."""
_BESIDE = 10


@dataclass(frozen=True, slots=True)
class Comparison:
    """How far two pictures agree where they overlap.

    Attributes:
        agreeing: share 0..1 of the squares that show the same, of those that have texture.
        textured: how many squares have texture.
        detail: correlation of fine detail over the whole overlap, -1..1.
        residual: median difference in levels, 0..255, after tones and blur were matched.
        exact: mean difference in levels as the pictures are.
        covered_first: share 0..1 of the first picture's area that the second one covers.
        covered_second: share of the second picture's area that the first one covers.
        changed: share 0..1 of all squares, plain ones among them, in which something else is clearly to be seen.
        blur: how many pixels of Gaussian blur the second picture has more than the first; negative for less.
    """

    agreeing: float
    textured: int
    detail: float
    residual: float
    exact: float
    covered_first: float
    covered_second: float
    changed: float
    blur: float

    def swapped(self) -> "Comparison":
        """The same, told from the other picture."""
        return replace(self, covered_first=self.covered_second, covered_second=self.covered_first, blur=-self.blur)


def compared(first: Pixels, second: Pixels, there: Alignment) -> Comparison | None:
    """Compare two RGB pictures [height, width, 3] in the pixels of the first one; None if they hardly overlap.

    Args:
        second: about as fine as the first one.
    """
    other, inside = warped(second, there.matrix, (first.shape[1], first.shape[0]))
    covered_first = int(np.count_nonzero(inside)) / inside.size
    area = abs(float(np.linalg.det(there.matrix[:, :2])))
    covered_second = min(1.0, int(np.count_nonzero(inside)) * area / (second.shape[0] * second.shape[1]))
    inside &= content(first) & content(other)
    if np.count_nonzero(inside) < FEWEST_PIXELS:
        return None
    one, two = luma(first), luma(other)
    a, b, blur = _matched_blur(one, _matched_tone(two, one, inside), inside)
    squares = _squares(a, b, inside)
    return Comparison(
        agreeing=_share(squares.agree, squares.textured),
        textured=int(np.count_nonzero(squares.textured)),
        detail=_correlation(_detail(a)[inside], _detail(b)[inside]),
        residual=float(np.median(np.abs(a - b)[inside])),
        exact=float(np.abs(one - two)[inside].mean()),
        covered_first=covered_first,
        covered_second=covered_second,
        changed=_share(squares.changed, squares.whole),
        blur=blur,
    )


def luma(picture: Pixels) -> Levels:
    """The grey levels, 0..255 [height, width], of an RGB picture (ITU-R BT.601)."""
    levels: Levels = picture @ LUMA
    return levels


def content(picture: Pixels) -> Mask:
    """What is not the one colour that all four corners have: a turned picture has none of its own there."""
    corners = picture[[0, 0, -1, -1], [0, -1, 0, -1]].astype(np.int16)
    if np.abs(corners - corners[0]).max() > SAME_COLOUR:
        return np.ones(picture.shape[:2], dtype=bool)
    low, high = (np.clip(corners[0] + way, 0, 255).astype(np.uint8) for way in (-_BESIDE, _BESIDE))
    off = np.zeros(picture.shape[:2], dtype=bool)
    for channel in range(3):
        values = picture[..., channel]
        off |= (values < low[channel]) | (values > high[channel])
    return off


def _share(which: Mask, of: Mask) -> float:
    return int(np.count_nonzero(which & of)) / max(1, int(np.count_nonzero(of)))


def _detail(values: Levels) -> Levels:
    return values - smooth(smooth(smooth(values)))


def _matched_tone(values: Levels, wanted: Levels, inside: Mask) -> Levels:
    """Values through the curve, a polynomial of degree 3, that brings them nearest to what is wanted.

    The pixels that fit worst are left out of the second round: a text must not bend the curve.
    """
    x, y = values[inside], wanted[inside]
    step = max(1, len(x) // TONE_SAMPLES)
    x, y = x[::step].astype(np.float64), y[::step].astype(np.float64)
    middle, spread = x.mean(), x.std() + 1e-3
    x = (x - middle) / spread
    level = y.mean()
    keep = np.ones(len(x), dtype=bool)
    curve = np.zeros(4)
    for _ in range(2):
        powers = np.vander(x[keep], 4)
        ridge = 1e-3 * len(powers) * np.diag([1.0, 1.0, 1e-3, 0.0])
        curve = np.linalg.solve(powers.T @ powers + ridge + 1e-9 * np.eye(4), powers.T @ (y[keep] - level))
        off = np.abs(np.polyval(curve, x) + level - y)
        keep = off <= np.quantile(off, 0.8)
    outermost = np.clip((values - np.float32(middle)) / np.float32(spread), x.min(), x.max())
    bent: Levels = (np.polyval(curve, outermost) + level).astype(np.float32)
    return bent


def _matched_blur(one: Levels, other: Levels, inside: Mask) -> tuple[Levels, Levels, float]:
    """Both pictures as soft as the softer one, and how much more blur the other one has, in pixels."""
    target, sharper = (one, other) if _roughness(one, inside) < _roughness(other, inside) else (other, one)
    aim = _roughness(target, inside) * 1.02
    rounds, softened = 0, sharper
    while rounds < MOST_BLUR and (rough := _roughness(softened, inside)) > aim:
        if rounds == 0 and rough < 1.35 * aim:
            break  # coding and scaling do as much
        softened, rounds = smooth(softened), rounds + 1
    blur = float(np.sqrt(rounds))
    if sharper is other:
        return one, softened, -blur
    return softened, other, blur


def _roughness(values: Levels, inside: Mask) -> float:
    across, along = np.abs(np.diff(values, axis=1)), np.abs(np.diff(values, axis=0))
    return float(across[inside[:, 1:]].mean() + along[inside[1:]].mean()) + 1e-3


def _squares(a: Levels, b: Levels, inside: Mask) -> "_Squares":
    weight = inside.astype(np.float32)
    n = _sums(weight)
    whole = n >= 0.7 * WINDOW * WINDOW
    n = np.maximum(n, 1)
    a, b = a * weight, b * weight
    mean_a, mean_b = _sums(a) / n, _sums(b) / n
    square_a, square_b, product = _sums(a * a) / n, _sums(b * b) / n, _sums(a * b) / n
    var_a = np.maximum(square_a - mean_a * mean_a, 0)
    var_b = np.maximum(square_b - mean_b * mean_b, 0)
    textured = whole & (np.maximum(var_a, var_b) > TEXTURE**2)
    likeness = (product - mean_a * mean_b) / np.sqrt(np.maximum(var_a * var_b, 1e-3))
    agree = likeness > AGREEING
    off = square_a + square_b - 2 * product
    return _Squares(whole, textured, agree, whole & ~agree & (off > MARK**2))


@dataclass(frozen=True, slots=True)
class _Squares:
    """What holds for each of the squares of the overlap.

    Attributes:
        whole: it lies in both pictures, for the most part.
        textured: it has something to compare.
        agree: both pictures correlate in it.
        changed: something else is to be seen in one of them.
    """

    whole: Mask
    textured: Mask
    agree: Mask
    changed: Mask


def _sums(values: Levels) -> NDArray[np.float64]:
    """Sums of the squares of WINDOW pixels, every STRIDE pixels."""
    table = np.zeros((values.shape[0] + 1, values.shape[1] + 1))
    np.cumsum(np.cumsum(values, axis=0, dtype=np.float64), axis=1, out=table[1:, 1:])
    top, left = table[:-WINDOW:STRIDE], slice(None, -WINDOW, STRIDE)
    bottom, right = table[WINDOW::STRIDE], slice(WINDOW, None, STRIDE)
    sums: NDArray[np.float64] = bottom[:, right] - bottom[:, left] - top[:, right] + top[:, left]
    return sums


def _correlation(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    length = float(np.sqrt((one @ one) * (other @ other)))
    return float(one @ other) / length if length > 1e-3 else 0.0
