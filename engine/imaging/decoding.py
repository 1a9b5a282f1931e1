"""From a file or its bytes to an upright sRGB picture that is no larger than it has to be."""

import io
import math
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from engine.errors import UnreadablePhotoError
from engine.imaging import reasons
from engine.imaging.color import eight_bit, to_srgb
from engine.imaging.demand import Demand
from engine.imaging.exif import PhotoDetails, details
from engine.imaging.formats import HEADER_BYTES, RAW, READABLE, UNREAD, format_by_name, is_video, sniff
from engine.imaging.orientation import upright, upright_size
from engine.imaging.raw import is_camera_raw, open_raw
from engine.imaging.readers import OpenedPhoto, open_picture, quiet
from engine.records import Region

# A picture that no decoder can shrink is left at twice the wanted size: the antialiased resize that follows does the
# rest better.
_SPARE = 2
# An embedded thumbnail is softer than a picture scaled down to its size. At one and a half times the wanted size that
# no longer matters much to a model, and the whole picture costs forty times as much to decode.
_THUMBNAIL_SPARE = 1.5


@dataclass(frozen=True, slots=True)
class DecodeLimits:
    """What a picture may cost.

    Attributes:
        max_pixels: width times height, checked before a pixel is decoded.
    """

    max_pixels: int = 300_000_000


@dataclass(frozen=True, slots=True)
class DecodedPhoto:
    """One decoded picture.

    Attributes:
        image: the upright picture, or the region of it that was asked for, in sRGB, mode RGB; reduced where that was
            cheap, but never below the size that was asked for unless the file is smaller.
        width: of the whole upright picture in full resolution.
        height: of the whole upright picture in full resolution.
        orientation: EXIF orientation 1 to 8 as stored in the file; it has been applied.
        format: "JPEG", "HEIF", "RAW", ...
        details: when, with what and where it was taken.
    """

    image: Image.Image
    width: int
    height: int
    orientation: int
    format: str
    details: PhotoDetails


def decode(
    source: Path | bytes,
    *,
    short_side: int,
    long_side: int = 0,
    region: Region | None = None,
    limits: DecodeLimits = DecodeLimits(),
) -> DecodedPhoto:
    """Decode a picture; its content decides about the format, never its name.

    Args:
        source: a file, or what is in one.
        short_side: the least size of the shorter side of `DecodedPhoto.image`.
        long_side: the least size of its longer side.
        region: the part of the upright picture that is wanted; None for all of it.

    Raises:
        UnreadablePhotoError: with a sentence that says why.
    """
    demand = Demand(short_side, long_side, region)
    with open_photo(source, demand, limits) as (name, opened):
        return DecodedPhoto(
            image=_finished(opened, demand),
            width=opened.size[0],
            height=opened.size[1],
            orientation=opened.orientation,
            format=name,
            details=details(opened.exif),
        )


@contextmanager
def open_photo(source: Path | bytes, demand: Demand, limits: DecodeLimits) -> Iterator[tuple[str, OpenedPhoto]]:
    """Open a picture and say what it really is; whatever goes wrong with it inside becomes a sentence.

    Raises:
        UnreadablePhotoError: with that sentence.
    """
    claimed = format_by_name(source.name) if isinstance(source, Path) else None
    with _stream(source) as stream, quiet():
        name = _found_format(stream, claimed)
        try:
            yield _open(stream, name, claimed, demand, limits)
        except UnreadablePhotoError:
            raise
        except Exception as error:  # decoders raise anything on damaged files
            raise UnreadablePhotoError(reasons.of_decoder(error, name)) from error


def require_plain(source: Path) -> None:
    """Raise UnreadablePhotoError for a pipe or a device: opening it could take for ever. OSError if it is not there."""
    mode = source.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise UnreadablePhotoError(reasons.NO_FILE)


@contextmanager
def _stream(source: Path | bytes) -> Iterator[BinaryIO]:
    if isinstance(source, bytes):
        yield io.BytesIO(source)
        return
    try:
        require_plain(source)
        stream = source.open("rb")
    except OSError as error:
        raise UnreadablePhotoError(reasons.of_file_system(error)) from error
    with stream:
        yield stream


def _found_format(stream: BinaryIO, claimed: str | None) -> str:
    """The format that the first bytes tell; raises UnreadablePhotoError if it is none that can be read here."""
    try:
        header = stream.read(HEADER_BYTES)
    except OSError as error:
        raise UnreadablePhotoError(reasons.of_file_system(error)) from error
    name = sniff(header)
    if name is None or name not in READABLE:
        raise UnreadablePhotoError(_why_no_picture(header, name, claimed))
    _require_reader(name)
    return name


def _require_reader(name: str) -> None:
    if not READABLE[name].available:
        raise UnreadablePhotoError(reasons.reader_missing(name))


def _why_no_picture(header: bytes, name: str | None, claimed: str | None) -> str:
    if not header:
        return reasons.EMPTY
    if is_video(header):
        return reasons.a_video(claimed)
    if claimed == "BMP" and header.startswith(b"BM"):  # two letters that prove nothing without the name
        return reasons.damaged(claimed)
    unread = name or (claimed if claimed in UNREAD else None)
    return reasons.unread_format(unread) if unread else reasons.not_a_picture(claimed)


def _open(
    stream: BinaryIO, name: str, claimed: str | None, demand: Demand, limits: DecodeLimits
) -> tuple[str, OpenedPhoto]:
    """Open a picture and say what it really is: most camera raws are built like a TIFF."""
    if name == RAW or (name == "TIFF" and (claimed == RAW or is_camera_raw(stream))):
        _require_reader(RAW)
        if opened := open_raw(stream, demand, limits.max_pixels):
            return RAW, opened
        if name == RAW:
            raise UnreadablePhotoError(reasons.UNKNOWN_CAMERA)
    return name, open_picture(stream, name, limits.max_pixels)


def _finished(opened: OpenedPhoto, demand: Demand) -> Image.Image:
    """Decode what was opened, cheap steps first: shrink, turn, cut, and only then bring the colours into order."""
    image = _loaded(opened, demand)
    spare = int(demand.reduction(upright_size(image.size, opened.turn)) / _SPARE)
    if spare > 1:
        image = image.reduce(spare)
    image = upright(image, opened.turn)
    image = image.crop(box) if (box := demand.box(image.size)) else image
    return to_srgb(image, opened.image.info.get("icc_profile"))


def _loaded(opened: OpenedPhoto, demand: Demand) -> Image.Image:
    image = opened.image
    if image.format == "HEIF":
        demand = replace(demand, short_side=int(demand.short_side * _THUMBNAIL_SPARE))
    reduction = demand.reduction(upright_size(image.size, opened.turn))
    # JPEG decodes at 1/2, 1/4 or 1/8 and HEIF may carry thumbnails: neither comes out smaller than this.
    image.draft(None, (math.ceil(image.width / reduction), math.ceil(image.height / reduction)))
    image.load()
    return eight_bit(image)
