"""Pictures to look at: scaled to what is wanted, and handed out a few rows at a time.

A large picture that travels between processes in one piece takes its memory four times and holds up the window while
it is copied. In strips it takes it once here, once there, and nobody waits.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from engine.errors import UnreadablePhotoError
from engine.imaging import reasons
from engine.imaging.decoding import DecodeLimits, decode
from engine.imaging.demand import Box, Demand, Size
from engine.records import Region

STRIP_BYTES = 8 * 2**20
BYTES_PER_PIXEL = 4


@dataclass(frozen=True, slots=True)
class PictureTask:
    """Hand out rows of a scaled picture.

    Attributes:
        source: a file, or what is in one.
        longest_side: of the whole upright picture, scaled; it is never enlarged.
        region: the part that is wanted; None for all of it.
        first_row: of the region, in pixels of the scaled picture.
        keep_bytes: a scaled picture up to this size is kept for the tasks that follow.
    """

    source: Path | bytes
    longest_side: int
    region: Region | None = None
    first_row: int = 0
    keep_bytes: int = 0


@dataclass(frozen=True, slots=True)
class ForgetPictureTask:
    """Nobody looks at a picture any more."""


@dataclass(frozen=True, slots=True)
class PictureStrip:
    """Some rows of a scaled picture, upright and in sRGB.

    Attributes:
        full_size: width and height of the whole picture in full resolution.
        scaled_size: width and height of the whole picture as it was scaled.
        box: left, top, right and bottom of the wanted region, in pixels of the scaled picture.
        first_row: of the region.
        rows: how many there are.
        pixels: four bytes each: blue, green, red, 255. What Qt paints without converting.
    """

    full_size: Size
    scaled_size: Size
    box: Box
    first_row: int
    rows: int
    pixels: bytes

    @property
    def last(self) -> bool:
        """Whether the region ends here."""
        return self.first_row + self.rows >= self.box[3] - self.box[1]


@dataclass(frozen=True, slots=True)
class _Scaled:
    """A scaled picture, or a part of it.

    Attributes:
        identity: of the file when it was read, and how it was scaled.
        box: where `image` lies in the scaled picture.
    """

    identity: tuple[object, ...]
    image: Image.Image
    full_size: Size
    scaled_size: Size
    box: Box

    @property
    def whole(self) -> bool:
        return self.box == (0, 0, *self.scaled_size)

    @property
    def bytes(self) -> int:
        return self.image.width * self.image.height * BYTES_PER_PIXEL

    def covers(self, box: Box) -> bool:
        left, top, right, bottom = self.box
        return left <= box[0] and top <= box[1] and right >= box[2] and bottom >= box[3]


class Lightbox:
    """Holds the picture that is being looked at, so that its strips and regions are decoded once."""

    def __init__(self, limits: DecodeLimits) -> None:
        self._limits = limits
        self._held: _Scaled | None = None

    def strip(self, task: PictureTask) -> PictureStrip:
        """As many rows as travel well together; raises UnreadablePhotoError."""
        held = self._scaled(task)
        box = _box(task.region, held.scaled_size)
        strip = _cut(held, box, task.first_row)
        # A whole picture is handed out once. One whose regions are looked at is asked for again and again.
        if strip.last and (task.region is None or held.bytes > task.keep_bytes):
            self.forget()
        return strip

    def forget(self) -> None:
        """Hold nothing."""
        self._held = None

    def _scaled(self, task: PictureTask) -> _Scaled:
        identity = (*_identity(task.source), task.longest_side)
        held = self._held
        if held is not None and held.identity == identity and held.covers(_box(task.region, held.scaled_size)):
            return held
        self._held = held = None  # before the next one takes its memory
        held = self._held = self._read(task, identity)
        return held

    def _read(self, task: PictureTask, identity: tuple[object, ...]) -> _Scaled:
        decoded = decode(task.source, short_side=0, long_side=task.longest_side, limits=self._limits)
        image = decoded.image
        if max(image.size) > task.longest_side:
            image.thumbnail((task.longest_side, task.longest_side), reducing_gap=2.0)
        full_size, size = (decoded.width, decoded.height), image.size
        scaled = _Scaled(identity, image, full_size, size, (0, 0, *size))
        if task.region is None or scaled.bytes <= task.keep_bytes:
            return scaled
        box = _box(task.region, size)
        return _Scaled(identity, image.crop(box), full_size, size, box)


def strips(ask: Callable[[PictureTask], PictureStrip], task: PictureTask) -> Iterator[PictureStrip]:
    """All strips of a region, from its top.

    Args:
        ask: answers one task; the process that does may be another one each time.

    Raises:
        UnreadablePhotoError: it cannot be read, or is another picture than a moment ago.
    """
    strip = ask(task)
    size, box = strip.scaled_size, strip.box
    yield strip
    while not strip.last:
        task = replace(task, first_row=strip.first_row + strip.rows)
        strip = ask(task)
        if (strip.scaled_size, strip.box) != (size, box):
            raise UnreadablePhotoError("The file was replaced while it was read.", "Open it again.")
        yield strip


def _cut(held: _Scaled, box: Box, first_row: int) -> PictureStrip:
    left, top, right, bottom = box
    rows = max(1, STRIP_BYTES // (BYTES_PER_PIXEL * (right - left)))
    rows = max(0, min(rows, bottom - top - first_row))
    x, y = left - held.box[0], top - held.box[1] + first_row
    part = held.image.crop((x, y, x + right - left, y + rows))
    # Qt wants the fourth byte to be 255, and Pillow fills it only for pictures with alpha.
    pixels = part.convert("RGBA").tobytes("raw", "BGRA") if rows else b""
    return PictureStrip(held.full_size, held.scaled_size, box, first_row, rows, pixels)


def _box(region: Region | None, size: Size) -> Box:
    return Demand(0, 0, region).box(size) or (0, 0, *size)


def _identity(source: Path | bytes) -> tuple[object, ...]:
    if isinstance(source, bytes):
        return (source,)
    try:
        status = source.stat()
    except OSError as error:
        raise UnreadablePhotoError(reasons.of_file_system(error)) from error
    return source, status.st_mtime_ns, status.st_size
