"""A picture that is ready to be compared."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.copies.comparison import luma
from engine.copies.features import Features, Levels, features
from engine.imaging.border import inside_border
from engine.imaging.warping import resized, resized_pixels

WORKING_SIDE = 256
"""Pixels of the longer side in which pictures are aligned: a thumbnail has enough of them."""
GLANCE_SIDE = 128
"""Of a picture that is only glanced at: that takes a quarter of the time."""
FRAME_SIDE = 32
LEAST_SHRINKING = 1.15


class ComparedPicture:
    """The pixels of a picture without a border of one colour, and what was found in them.

    Attributes:
        pixels: uint8 RGB [height, width, 3], without the border.
        bordered: share 0..1 of the area that the border takes.
        whole: width and height with the border.
    """

    def __init__(self, pixels: NDArray[np.uint8], *, trim: bool = True) -> None:
        box = inside_border(pixels) if trim else None
        left, top, right, bottom = box or (0, 0, pixels.shape[1], pixels.shape[0])
        self.pixels = np.ascontiguousarray(pixels[top:bottom, left:right])
        self.whole = (pixels.shape[1], pixels.shape[0])
        self.bordered = 1 - self.pixels.size / pixels.size

    def shrunk(self, times: float) -> "ComparedPicture":
        """So many times smaller along each side; itself if that is hardly different."""
        if times < LEAST_SHRINKING:
            return self
        size = (max(1, round(self.size[0] / times)), max(1, round(self.size[1] / times)))
        return ComparedPicture(resized_pixels(self.pixels, size), trim=False)

    @cached_property
    def grey(self) -> Levels:
        """[height, width], 0..255."""
        return luma(self.pixels)

    @cached_property
    def features(self) -> Features:
        """Its corners."""
        return features(self.grey)

    @cached_property
    def frame(self) -> NDArray[np.float32]:
        """The whole picture as 32 x 32 grey values [1024], of mean 0 and length 1."""
        return _unit(self._small)

    @cached_property
    def symmetric_frames(self) -> NDArray[np.float32]:
        """The frame [8, 1024] as it would be in a picture that lies as `alignment.frames` says."""
        ways = [np.rot90(small, turns) for small in (self._small, self._small[:, ::-1]) for turns in range(4)]
        return np.stack([_unit(way) for way in ways])

    @cached_property
    def _small(self) -> Levels:
        return resized(self.grey, (FRAME_SIDE, FRAME_SIDE))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.pixels.shape[1], self.pixels.shape[0]


def _unit(levels: Levels) -> NDArray[np.float32]:
    centred = (levels - levels.mean()).ravel()
    unit: NDArray[np.float32] = centred / max(float(np.linalg.norm(centred)), 1e-6)
    return unit
