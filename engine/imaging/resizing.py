"""From a decoded picture to the pixels that an embedding model wants."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

ResizeMode = Literal["squash", "crop", "pad"]
Interpolation = Literal["bilinear", "bicubic"]

_RESAMPLING = {"bilinear": Image.Resampling.BILINEAR, "bicubic": Image.Resampling.BICUBIC}
_PADDING = (0, 0, 0)
# Halving large pictures first costs nothing that could be seen from three times the wanted size on.
_REDUCING_GAP = 3.0


def model_input(
    image: Image.Image, size: tuple[int, int], mode: ResizeMode, interpolation: Interpolation, share: float = 1.0
) -> NDArray[np.uint8]:
    """An RGB picture as uint8 [height, width, 3], antialiased.

    Args:
        size: height and width.
        mode: "squash" ignores the aspect ratio, "crop" takes the middle, "pad" adds black borders.
        share: of the shorter side that "crop" takes; 224 / 256 is what most ImageNet models are shown.
    """
    target = (size[1], size[0])
    resampling = _RESAMPLING[interpolation]
    if mode == "pad":
        fitted = image.resize(_fitted(image.size, target), resampling, reducing_gap=_REDUCING_GAP)
        resized = ImageOps.pad(fitted, target, color=_PADDING)
    else:
        box = _middle(image.size, target, share) if mode == "crop" else None
        resized = image.resize(target, resampling, box, _REDUCING_GAP)
    return np.array(resized)


def _middle(size: tuple[int, int], target: tuple[int, int], share: float) -> tuple[float, float, float, float]:
    """That share of the largest box in the middle of a picture that has the target's aspect ratio."""
    scale = min(size[0] / target[0], size[1] / target[1]) * share
    width, height = target[0] * scale, target[1] * scale
    left, top = (size[0] - width) / 2, (size[1] - height) / 2
    return left, top, left + width, top + height


def _fitted(size: tuple[int, int], target: tuple[int, int]) -> tuple[int, int]:
    """The largest size with the picture's aspect ratio that fits into the target."""
    scale = min(target[0] / size[0], target[1] / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
