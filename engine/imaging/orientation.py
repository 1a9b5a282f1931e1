"""Which way up a picture is stored, and how to turn it."""

from collections.abc import Mapping
from typing import Any

from PIL import Image
from PIL.ExifTags import Base

from engine.imaging.demand import Size

UPRIGHT = 1

_TRANSPOSITIONS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_FIRST_QUARTER_TURN = 5


def exif_orientation(tags: Mapping[int, Any], default: int = UPRIGHT) -> int:
    """What EXIF data says, 1 to 8; the default if they say nothing, upright if they say nonsense."""
    value = tags.get(Base.Orientation, default)
    return value if isinstance(value, int) and (value == UPRIGHT or value in _TRANSPOSITIONS) else UPRIGHT


def swaps_sides(orientation: int) -> bool:
    """Whether showing the picture upright swaps its width and height."""
    return orientation >= _FIRST_QUARTER_TURN


def upright_size(size: Size, orientation: int) -> Size:
    """The size of the upright picture, from the size as stored."""
    return (size[1], size[0]) if swaps_sides(orientation) else size


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """The picture as it is meant to be seen."""
    transposition = _TRANSPOSITIONS.get(orientation)
    return image if transposition is None else image.transpose(transposition)
