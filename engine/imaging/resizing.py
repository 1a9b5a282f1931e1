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


def shown_part(
    size: tuple[int, int], target: tuple[int, int], mode: ResizeMode, share: float = 1.0
) -> tuple[float, float, float, float]:
    """What `model_input` shows of a picture: left, top, right and bottom in fractions of it; borders lie outside 0..1.

    Args:
        size: width and height of the picture.
        target: height and width of the model's input.
    """
    wanted = (target[1], target[0])
    if mode == "crop":
        left, top, right, bottom = _middle(size, wanted, share)
        return left / size[0], top / size[1], right / size[0], bottom / size[1]
    if mode == "pad":
        width, height = _fitted(size, wanted)
        across, down = (wanted[0] / width - 1) / 2, (wanted[1] / height - 1) / 2
        return -across, -down, 1 + across, 1 + down
    return 0.0, 0.0, 1.0, 1.0


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
