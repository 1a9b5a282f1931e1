"""Pictures as arrays, and arrays laid where another picture has the same things."""

import io
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pictures
from PIL.Image import Image

from engine.errors import UnreadablePhotoError
from engine.imaging.border import has_black_corners, inside_border

Picture = Image
Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Array = TypeVar("Array", Floats, Bytes)

SMALL = (0.3, 0.5)
"""Of each side: what a picture takes of a ground that it lies small on; to an embedding, 0.2 to 0.6 are near these."""
PART = 0.7
"""Of each side: what a cut picture has of the whole; to an embedding, cuts to 60 and to 80 % are near it."""
SMALL_PART = 0.6


def picture_of(encoded: bytes, least_side: int | None = None) -> Image:
    """A thumbnail of ours as an RGB picture; raises UnreadablePhotoError if it is damaged.

    Args:
        least_side: pixels of the longer side that are enough: a JPEG is decoded smaller in less time.
    """
    try:
        with Pictures.open(io.BytesIO(encoded)) as image:
            if least_side is not None:
                scale = least_side / max(image.size)
                image.draft("RGB", (round(image.width * scale), round(image.height * scale)))
            return image.convert("RGB")
    except OSError as error:
        raise UnreadablePhotoError("The small picture of it in the library is damaged.") from error


def turned(image: Image) -> list[Image]:
    """A picture as copies of it may lie, without a border of one colour that it may have.

    Turned by quarters; turned by 45°, 135°, 225° and 315° within its frame.
    """
    inner = _inner(image)
    quarters = (Pictures.Transpose.ROTATE_90, Pictures.Transpose.ROTATE_180, Pictures.Transpose.ROTATE_270)
    ways = [inner.transpose(quarter) for quarter in quarters]
    return ways + [inner.rotate(degrees, Pictures.Resampling.BILINEAR) for degrees in (45, 135, 225, 315)]


def cut(image: Image) -> list[Image]:
    """A picture as copies of it may look that have less or more in their frame than itself.

    As what it is cut from may look, as a part of it may look, small on a black ground, and without a border that it may
    have.
    """
    inner = _inner(image)
    grounds = [_on_ground(inner, share) for share in SMALL]
    return [*_wholes(inner), _middle(inner), *grounds] + ([] if inner is image else [inner])


def part(image: Image) -> Image:
    """The middle of a picture, which to an embedding is near most that may be cut from it."""
    return _middle(_inner(image))


def _inner(image: Image) -> Image:
    return image.crop(box) if (box := inside_border(np.asarray(image))) else image


def _wholes(inner: Image) -> list[Image]:
    """Something like the pictures that this one may be cut from: it goes on mirrored, or in its mean colour.

    To an embedding a flower that fills its frame is another picture than one in a meadow.
    """
    width, height = (round(side * (1 / PART - 1) / 2) for side in inner.size)
    mirrored = Pictures.fromarray(np.pad(np.asarray(inner), ((height, height), (width, width), (0, 0)), "symmetric"))
    mean = tuple(np.asarray(inner).mean(axis=(0, 1)).round().astype(int).tolist())
    plain = Pictures.new("RGB", (round(inner.width / SMALL_PART), round(inner.height / SMALL_PART)), mean)
    plain.paste(inner, ((plain.width - inner.width) // 2, (plain.height - inner.height) // 2))
    return [mirrored, plain]


def _on_ground(inner: Image, share: float) -> Image:
    ground = Pictures.new("RGB", inner.size)
    small = inner.resize((max(1, round(inner.width * share)), max(1, round(inner.height * share))))
    ground.paste(small, ((inner.width - small.width) // 2, (inner.height - small.height) // 2))
    return ground


def _middle(inner: Image) -> Image:
    width, height = (max(1, round(side * PART)) for side in inner.size)
    left, top = (inner.width - width) // 2, (inner.height - height) // 2
    return inner.crop((left, top, left + width, top + height))


def freed(image: Image) -> list[Image]:
    """What a picture's original may look like if this is a copy of it on a ground; none if it lies on none.

    On a black ground it may be turned by any odd angle; a border of another colour has what it surrounds.
    """
    levels = np.asarray(image)
    inner = _inner(image)
    if has_black_corners(levels):
        return turned(inner) + ([] if inner is image else [inner])
    return [] if inner is image else [inner]


def pixels(image: Image, longest_side: int) -> NDArray[np.uint8]:
    """An RGB picture as uint8 [height, width, 3]; shrunk if its longer side is longer, never enlarged."""
    if max(image.size) > longest_side:
        scale = longest_side / max(image.size)
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        image = image.resize(size, Pictures.Resampling.LANCZOS, reducing_gap=3.0)
    return np.asarray(image)


def resized(values: Floats, size: tuple[int, int]) -> Floats:
    """One channel [height, width] in another size (width, height), antialiased."""
    image = Pictures.fromarray(values).resize(size, Pictures.Resampling.BILINEAR)
    return np.asarray(image)


def resized_pixels(channels: Bytes, size: tuple[int, int]) -> Bytes:
    """An RGB picture [height, width, 3] in another size (width, height), antialiased."""
    return np.asarray(Pictures.fromarray(channels).resize(size, Pictures.Resampling.LANCZOS, reducing_gap=3.0))


def warped(picture: Array, inverse: NDArray[np.float64], size: tuple[int, int]) -> tuple[Array, NDArray[np.bool_]]:
    """A picture seen through an affine map, and which pixels of the result lie inside it.

    Args:
        picture: one channel of float32 [height, width], or RGB of uint8 [height, width, 3].
        inverse: [2, 3]: where in the picture the pixel (x, y, 1) of the result comes from; a pixel's middle has whole
            numbers.
        size: width and height of the result.
    """
    (a, b, c), (d, e, f) = inverse
    # Pillow counts from the corner of a pixel, not from its middle.
    data = (a, b, c + 0.5 - 0.5 * (a + b), d, e, f + 0.5 - 0.5 * (d + e))
    image = Pictures.fromarray(picture).transform(size, Pictures.Transform.AFFINE, data, Pictures.Resampling.BILINEAR)
    x, y = np.arange(size[0]), np.arange(size[1])[:, None]
    there_x, there_y = a * x + b * y + c, d * x + e * y + f
    height, width = picture.shape[:2]
    inside = (there_x > -0.5) & (there_x < width - 0.5) & (there_y > -0.5) & (there_y < height - 0.5)
    return np.asarray(image), inside
