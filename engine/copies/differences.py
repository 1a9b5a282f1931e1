"""In what two copies of one picture differ, apart from how they lie on each other."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.copies.alignment import Alignment
from engine.copies.comparison import Pixels, content, luma
from engine.copies.features import Levels
from engine.imaging.warping import warped

COLOURLESS = 7
"""Levels between the channels of a pixel that JPEG leaves in a grey picture."""
OTHER_BALANCE = 0.02
"""Of the sum of a pixel's channels, by which one of them may be off in a picture that was only made brighter."""


@dataclass(frozen=True, slots=True)
class Tones:
    """How the second of two copies differs in brightness and colour.

    Attributes:
        stops: by how many photographic stops it is brighter; negative if it is darker.
        lost_colour: it is black and white, the first one is not.
        gained_colour: the first one is black and white, it is not.
        recoloured: its colours differ in more than brightness.
    """

    stops: float = 0.0
    lost_colour: bool = False
    gained_colour: bool = False
    recoloured: bool = False


def tones(first: Pixels, second: Pixels, there: Alignment) -> Tones:
    """Compare brightness and colours where two RGB pictures [height, width, 3] overlap."""
    other, inside = warped(second, there.matrix, (first.shape[1], first.shape[0]))
    inside &= content(first) & content(other)
    one, two = first[inside], other[inside]
    grey_first, grey_second = _is_grey(one), _is_grey(two)
    return Tones(
        _stops(luma(one), luma(two)),
        grey_second and not grey_first,
        grey_first and not grey_second,
        not grey_first and not grey_second and _recoloured(one, two),
    )


def _stops(one: Levels, other: Levels) -> float:
    """The ratio of linear light where neither is black nor blown out; sRGB is a gamma of about 2.2."""
    fair = (one > 8) & (one < 247) & (other > 8) & (other < 247)
    if np.count_nonzero(fair) < 100:
        return 0.0
    return float(np.median(2.2 * np.log2(other[fair] / one[fair])))


def _is_grey(colours: NDArray[np.uint8]) -> bool:
    """Whether pixels [n, 3] have no colour."""
    red, green, blue = colours.astype(np.int16).T
    spread = np.maximum(np.maximum(red, green), blue) - np.minimum(np.minimum(red, green), blue)
    return int(np.count_nonzero(spread > COLOURLESS)) < 0.02 * len(spread)


def _recoloured(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> bool:
    """Whether the balance of the colours, and not only how bright they are, differs."""
    off = _balance(one) - _balance(other)
    return bool(np.abs(np.median(off, axis=0)).max() > OTHER_BALANCE)


def _balance(colours: NDArray[np.uint8]) -> NDArray[np.float32]:
    values = colours.astype(np.float32)
    sums = values @ np.ones(3, dtype=np.float32)
    return (values / np.maximum(sums, 30)[:, None]).astype(np.float32)
