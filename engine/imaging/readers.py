"""Opens pictures with Pillow and the plugins that are installed; the only place that changes Pillow's settings."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO

# Naming the plugins keeps Pillow from loading all of its formats when it meets one of these for the first time.
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,  # noqa: F401
    GifImagePlugin,  # noqa: F401
    Image,
    ImageFile,
    JpegImagePlugin,  # noqa: F401
    MpoImagePlugin,  # noqa: F401
    PngImagePlugin,  # noqa: F401
    TiffImagePlugin,  # noqa: F401
    WebPImagePlugin,  # noqa: F401
)
from PIL.ExifTags import Base

from engine.errors import UnreadablePhotoError
from engine.imaging import jxl, reasons
from engine.imaging.demand import Size
from engine.imaging.exif import read_exif
from engine.imaging.orientation import UPRIGHT, exif_orientation, upright_size


@dataclass(frozen=True, slots=True)
class OpenedPhoto:
    """A photo whose header has been read, and of its pixels no more than could be helped.

    Attributes:
        image: as stored.
        size: of the whole upright photo in full resolution.
        orientation: EXIF orientation as stored.
        turn: the orientation that `image` still needs; 1 where the decoder turns it by itself.
        exif: its EXIF data, as long as the file is open.
    """

    image: Image.Image
    size: Size
    orientation: int
    turn: int
    exif: Image.Exif


def open_picture(stream: BinaryIO, name: str, max_pixels: int) -> OpenedPhoto:
    """Open a picture as the format that was found in its header."""
    if name == "JXL":  # its plugin decodes everything at once
        check_size(jxl.read_size(stream), max_pixels)
    image = open_image(stream, name)
    check_size(image.size, max_pixels)
    if name == "PNG":
        image.load()  # the EXIF data may lie behind the pixels
    tags = read_exif(image)
    orientation = _stored_orientation(image, name, tags)
    # Pillow tells the size of a TIFF, and libheif that of a HEIF, as it will be after turning.
    turn = UPRIGHT if _turned_by_decoder(image, name) else orientation
    return OpenedPhoto(image, upright_size(image.size, turn), orientation, turn, tags)


def open_image(stream: BinaryIO, name: str) -> ImageFile.ImageFile:
    """Open a picture with Pillow; its pixels are not read yet."""
    _set_up()
    stream.seek(0)
    return Image.open(stream, formats=[name])


def check_size(size: Size, max_pixels: int) -> None:
    """Refuse a picture that promises more pixels than allowed."""
    pixels = size[0] * size[1]
    if pixels > max_pixels:
        raise UnreadablePhotoError(reasons.too_large(pixels, max_pixels))


def _stored_orientation(image: ImageFile.ImageFile, name: str, tags: Image.Exif) -> int:
    if name == "HEIF":  # the plugin took it out of the tags
        return exif_orientation({Base.Orientation: image.info.get("original_orientation")})
    return exif_orientation(tags)


def _turned_by_decoder(image: ImageFile.ImageFile, name: str) -> bool:
    """Whether the pixels will be upright already: applying the orientation again would turn them twice."""
    # A JPEG XL file carries its own orientation beside that of EXIF, except for a JPEG packed without loss.
    return name in ("HEIF", "TIFF") or (name == "JXL" and not getattr(image, "jpeg", False))


@cache
def _set_up() -> None:
    """Make Pillow ours: our limit of pixels instead of its own, one thread per picture, the extra plugins."""
    # DecodeLimits decides, from the size in the header; Pillow's own limit would warn or refuse below it.
    Image.MAX_IMAGE_PIXELS = None
    # Pictures are decoded side by side, one per process; threads inside would only get in each other's way.
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    with suppress(ImportError):
        import pillow_heif  # native and optional

        pillow_heif.options.DECODE_THREADS = 1
        pillow_heif.register_heif_opener()
    with suppress(ImportError):
        from pillow_jxl import JpegXLImagePlugin  # native and optional

        JpegXLImagePlugin.DECODE_THREADS = 0


@contextmanager
def quiet() -> Iterator[None]:
    """Silence Pillow's warnings about damaged metadata: what matters raises, and nobody can act on the rest."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"PIL\.|pillow_")
        yield
