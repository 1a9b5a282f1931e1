"""Camera raws: the preview that the camera put beside the sensor data or, where that is too small, the data itself."""

import io
from typing import Any, BinaryIO

import numpy as np
from PIL import Image

from engine.errors import UnreadablePhotoError
from engine.imaging import reasons
from engine.imaging.demand import Demand, Size
from engine.imaging.exif import read_exif
from engine.imaging.formats import RAW
from engine.imaging.orientation import UPRIGHT, exif_orientation, swaps_sides, upright_size
from engine.imaging.readers import OpenedPhoto, check_size, open_image

# LibRaw writes turns as 3, 5 and 6; its 5 is EXIF's 8.
_ORIENTATION_OF_FLIP = {3: 3, 5: 8, 6: 6}
_NEW_SUBFILE_TYPE = 254
_REDUCED = 1
_DNG_VERSION = 50706
_LAST_ROWS = 16


def open_raw(stream: BinaryIO, demand: Demand, max_pixels: int) -> OpenedPhoto | None:
    """Open a camera raw, developed as far as is needed; None if LibRaw knows no such kind of file."""
    import rawpy  # native and optional

    stream.seek(0)
    try:
        with rawpy.imread(stream) as raw:
            return _opened(raw, _tags(stream), demand, max_pixels)
    except rawpy.LibRawFileUnsupportedError:
        return None
    except (rawpy.LibRawError, EOFError) as error:
        raise UnreadablePhotoError(reasons.of_decoder(error, RAW)) from error


def is_camera_raw(stream: BinaryIO) -> bool:
    """Whether a file built like a TIFF is a camera raw: those begin with a small preview, or say they are DNG."""
    tags = _tags(stream)
    return _DNG_VERSION in tags or tags.get(_NEW_SUBFILE_TYPE) == _REDUCED


def _opened(raw: Any, tags: Image.Exif, demand: Demand, max_pixels: int) -> OpenedPhoto:
    orientation = _ORIENTATION_OF_FLIP.get(raw.sizes.flip, UPRIGHT)
    size = upright_size((raw.sizes.width, raw.sizes.height), orientation)
    check_size(size, max_pixels)
    if preview := _preview(raw):
        check_size(preview.size, max_pixels)
        preview_tags = read_exif(preview)
        turn = _turn_of_preview(preview.size, preview_tags, size, orientation)
        if demand.met_by(upright_size(preview.size, turn)):
            return OpenedPhoto(preview, size, orientation, turn, tags or preview_tags)
        tags = tags or preview_tags
    # LibRaw turns what it develops.
    return OpenedPhoto(_developed(raw, demand.reduction(size) >= 2), size, orientation, UPRIGHT, tags)


def _tags(stream: BinaryIO) -> Image.Exif:
    """The raw's own EXIF data, if it is built like a TIFF, as most are."""
    tags = Image.Exif()
    stream.seek(0)
    try:
        tags.load_from_fp(stream)
    except Exception:  # noqa: BLE001 - the preview has them too, perhaps
        return Image.Exif()
    return tags


def _preview(raw: Any) -> Image.Image | None:
    """The largest preview in the file, not decoded yet; None if there is none that can be read."""
    import rawpy  # native and optional

    try:
        thumb = raw.extract_thumb()
        if thumb.format == rawpy.ThumbFormat.JPEG:
            return open_image(io.BytesIO(thumb.data), "JPEG")
        return Image.fromarray(np.asarray(thumb.data)) if thumb.format == rawpy.ThumbFormat.BITMAP else None
    except (rawpy.LibRawError, OSError, SyntaxError, ValueError):
        return None


def _turn_of_preview(stored: Size, tags: Image.Exif, size: Size, orientation: int) -> int:
    """How to turn the preview: as it says itself or else as the raw says, unless that has been done already."""
    turn = exif_orientation(tags, default=orientation)
    # LibRaw gives previews without EXIF data the orientation of the raw: believe the shape of the preview first.
    turned_already = swaps_sides(turn) and (stored[0] > stored[1]) == (size[0] > size[1])
    return UPRIGHT if turned_already else turn


def _developed(raw: Any, half_size: bool) -> Image.Image:
    """The sensor data as an upright picture; raises EOFError if the last of it is missing."""
    import rawpy  # native and optional

    pixels = raw.postprocess(half_size=half_size, use_camera_wb=True, output_bps=8)
    # LibRaw says nothing about a file that ends too early: it leaves zeros, which no sensor does.
    if raw.raw_type == rawpy.RawType.Flat and not raw.raw_image_visible[-_LAST_ROWS:].any():
        raise EOFError
    return Image.fromarray(pixels)
