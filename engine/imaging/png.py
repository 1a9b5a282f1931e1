"""Pixels as a file that loses nothing of them."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_QUICK = 1


def write_png(pixels: NDArray[np.uint8], file: Path) -> None:
    """Write a picture, uint8 RGB [height, width, 3], as a PNG; raises OSError."""
    Image.fromarray(pixels).save(file, "PNG", compress_level=_QUICK)
