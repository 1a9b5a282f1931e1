"""Small pictures for the tests of the imaging package, made on the spot."""

import io
import struct
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.ExifTags import Base

from engine.imaging.formats import READABLE

Directory = dict[int, tuple[int, Any]]
"""Of a TIFF: type and values by tag; a name stands for where something will lie."""

with suppress(ImportError):
    import pillow_heif

    pillow_heif.register_heif_opener()
with suppress(ImportError):
    import pillow_jxl  # noqa: F401

INSTALLED = [name for name, entry in READABLE.items() if entry.available and name != "RAW"]
"""What `encoded` can write."""

RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 180, 40), (40, 60, 220), (230, 210, 40)
CORNERS = (RED, GREEN, BLUE, YELLOW)
"""Of `scene`: top left, top right, bottom left, bottom right."""

# What was done to an upright picture whose file says this orientation: the inverse of what shows it upright.
_STORED_AS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}

_BYTE, _ASCII, _SHORT, _LONG, _RATIONAL, _SIGNED_RATIONAL = 1, 2, 3, 4, 5, 10


def scene(width: int = 96, height: int = 64) -> Image.Image:
    """A picture that looks different in each of its eight symmetries."""
    picture = np.zeros((height, width, 3), np.uint8)
    middle, centre = height // 2, width // 2
    picture[:middle, :centre], picture[:middle, centre:] = RED, GREEN
    picture[middle:, :centre], picture[middle:, centre:] = BLUE, YELLOW
    return Image.fromarray(picture)


def blobs(width: int, height: int, seed: int = 0) -> Image.Image:
    """A picture of large soft blobs: something that compresses like a photo."""
    grid = np.random.default_rng(seed).integers(0, 256, (9, 12, 3), dtype=np.uint8)
    return Image.fromarray(grid).resize((width, height), Image.Resampling.BICUBIC)


def encoded(image: Image.Image, name: str, **options: Any) -> bytes:
    """The picture as a file of this format."""
    stream = io.BytesIO()
    image.save(stream, name, **options)
    return stream.getvalue()


def stored_turned(image: Image.Image, orientation: int) -> Image.Image:
    """The picture as a camera that was held that way would store it."""
    return image.transpose(_STORED_AS[orientation]) if orientation in _STORED_AS else image


def exif_bytes(orientation: int | None = None, **tags: Any) -> bytes:
    """EXIF data with an orientation; further tags by their names in `PIL.ExifTags.Base`."""
    exif = Image.Exif()
    if orientation is not None:
        exif[Base.Orientation] = orientation
    for name, value in tags.items():
        exif[Base[name]] = value
    return exif.tobytes()


def corner_colors(image: Image.Image) -> list[Any]:
    """The colours near the corners, in the order of `CORNERS`."""
    x, y = image.width // 8, image.height // 8
    places = ((x, y), (image.width - 1 - x, y), (x, image.height - 1 - y), (image.width - 1 - x, image.height - 1 - y))
    return [image.getpixel(place) for place in places]


def farthest(colors: Sequence[Any], expected: Sequence[Any] = CORNERS) -> int:
    """The largest difference of any channel between two lists of colours."""
    return int(np.abs(np.array(colors, dtype=int) - np.array(expected, dtype=int)).max())


def dng(
    image: Image.Image, *, orientation: int = 1, preview: Image.Image | None = None, preview_exif: bytes = b""
) -> bytes:
    """A tiny DNG: uncompressed Bayer data of the picture and, if wanted, a JPEG preview before it."""
    sensor = _mosaic(image)
    directory = _sensor_directory(sensor, orientation)
    jpeg = encoded(preview, "JPEG", quality=95, exif=preview_exif) if preview else b""
    if preview_exif:
        jpeg = jpeg[:2] + jpeg[20:]  # cameras write EXIF data in place of the JFIF header
    return _tiff([_preview_directory(preview, jpeg, orientation), directory] if preview else [directory], jpeg, sensor)


def _mosaic(image: Image.Image) -> NDArray[np.uint16]:
    colors = np.asarray(image, dtype=np.uint16) * 64
    mosaic = colors[:, :, 1].copy()
    mosaic[0::2, 0::2] = colors[0::2, 0::2, 0]
    mosaic[1::2, 1::2] = colors[1::2, 1::2, 2]
    return mosaic


def _sensor_directory(sensor: NDArray[np.uint16], orientation: int) -> Directory:
    height, width = sensor.shape
    identity = [(int(row == column), 1) for row in range(3) for column in range(3)]
    return {
        254: (_LONG, [0]),
        256: (_LONG, [width]),
        257: (_LONG, [height]),
        258: (_SHORT, [16]),
        259: (_SHORT, [1]),
        262: (_SHORT, [32803]),
        271: (_ASCII, b"Lookalike\0"),
        272: (_ASCII, b"Pinhole 1\0"),
        273: (_LONG, ["sensor"]),
        274: (_SHORT, [orientation]),
        277: (_SHORT, [1]),
        278: (_LONG, [height]),
        279: (_LONG, [sensor.nbytes]),
        306: (_ASCII, b"2024:05:06 07:08:09\0"),
        33421: (_SHORT, [2, 2]),
        33422: (_BYTE, bytes([0, 1, 1, 2])),
        50706: (_BYTE, bytes([1, 4, 0, 0])),
        50708: (_ASCII, b"Lookalike Pinhole 1\0"),
        50717: (_LONG, [16383]),
        50721: (_SIGNED_RATIONAL, identity),
        50728: (_RATIONAL, [(1, 1), (1, 1), (1, 1)]),
        50778: (_SHORT, [21]),
    }


def _preview_directory(preview: Image.Image, jpeg: bytes, orientation: int) -> Directory:
    return {
        254: (_LONG, [1]),
        256: (_LONG, [preview.width]),
        257: (_LONG, [preview.height]),
        258: (_SHORT, [8, 8, 8]),
        259: (_SHORT, [7]),
        262: (_SHORT, [6]),
        271: (_ASCII, b"Lookalike\0"),
        272: (_ASCII, b"Pinhole 1\0"),
        273: (_LONG, ["jpeg"]),
        274: (_SHORT, [orientation]),
        277: (_SHORT, [3]),
        278: (_LONG, [preview.height]),
        279: (_LONG, [len(jpeg)]),
        306: (_ASCII, b"2024:05:06 07:08:09\0"),
        330: (_LONG, ["next"]),
        50706: (_BYTE, bytes([1, 4, 0, 0])),
        50708: (_ASCII, b"Lookalike Pinhole 1\0"),
    }


def _tiff(directories: list[Directory], jpeg: bytes, sensor: NDArray[np.uint16]) -> bytes:
    """Directories one after the other, each with its long values behind it, then the pixels."""
    sizes = [2 + 12 * len(entries) + 4 + sum(_spill(entry) for entry in entries.values()) for entries in directories]
    pixels = 8 + sum(sizes)
    places = {"jpeg": pixels, "sensor": pixels + len(jpeg) + len(jpeg) % 2, "next": 8 + sizes[0]}
    parts, start = [b"II*\0" + struct.pack("<I", 8)], 8
    for entries, size in zip(directories, sizes, strict=True):
        parts.append(_directory(entries, start, places))
        start += size
    return b"".join(parts) + jpeg + b"\0" * (len(jpeg) % 2) + sensor.astype("<u2").tobytes()


def _directory(entries: Directory, start: int, places: dict[str, int]) -> bytes:
    fixed, spilled = struct.pack("<H", len(entries)), b""
    behind = start + 2 + 12 * len(entries) + 4
    for tag, (kind, values) in sorted(entries.items()):
        data = _packed(kind, values, places)
        count = len(data) // {_BYTE: 1, _ASCII: 1, _SHORT: 2, _LONG: 4}.get(kind, 8)
        if len(data) > 4:
            fixed += struct.pack("<HHII", tag, kind, count, behind + len(spilled))
            spilled += data + b"\0" * (len(data) % 2)
        else:
            fixed += struct.pack("<HHI", tag, kind, count) + data.ljust(4, b"\0")
    return fixed + struct.pack("<I", 0) + spilled


def _packed(kind: int, values: Any, places: dict[str, int]) -> bytes:
    if kind in (_BYTE, _ASCII):
        return values
    if kind in (_RATIONAL, _SIGNED_RATIONAL):
        return b"".join(struct.pack("<II", *value) for value in values)
    numbers = [places.get(value, 0) if isinstance(value, str) else value for value in values]
    return struct.pack(f"<{len(numbers)}{'H' if kind == _SHORT else 'I'}", *numbers)


def _spill(entry: tuple[int, Any]) -> int:
    size = len(_packed(*entry, {}))
    return size + size % 2 if size > 4 else 0
