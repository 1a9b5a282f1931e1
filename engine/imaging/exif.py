"""What a photo tells about itself: when, with what and where it was taken.

Metadata is often damaged in photos that are otherwise fine, so nothing here fails: what cannot be read is left out.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

Tags = Mapping[int, Any]

_DATE = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D(\d{1,2})\D(\d{1,2})(?:\D(\d{1,2}))?")
_NO_FIX = (0.0, 0.0)  # what phones write that do not know where they are


@dataclass(frozen=True, slots=True)
class PhotoDetails:
    """What is known about how a photo was taken.

    Attributes:
        taken: capture time without time zone, as cameras write it.
        camera: make and model, or empty.
        latitude: degrees north.
        longitude: degrees east.
    """

    taken: datetime | None = None
    camera: str = ""
    latitude: float | None = None
    longitude: float | None = None


def read_exif(image: Image.Image) -> Image.Exif:
    """The EXIF data of an opened picture; empty if there is none or it cannot be read."""
    try:
        return image.getexif()
    except Exception:  # noqa: BLE001 - damaged metadata raises anything, and never makes a photo unreadable
        return Image.Exif()


def details(exif: Image.Exif) -> PhotoDetails:
    """Capture time, camera and place."""
    shot = directory(exif, IFD.Exif)
    latitude, longitude = _position(directory(exif, IFD.GPSInfo))
    return PhotoDetails(_taken(shot, exif), _camera(exif), latitude, longitude)


def directory(exif: Image.Exif, tag: int) -> Tags:
    """One of the directories below the main one; empty if it is not there or cannot be read."""
    try:
        return exif.get_ifd(tag)
    except Exception:  # noqa: BLE001 - as above
        return {}


def _taken(shot: Tags, exif: Tags) -> datetime | None:
    candidates = (shot.get(Base.DateTimeOriginal), shot.get(Base.DateTimeDigitized), exif.get(Base.DateTime))
    return next((moment for value in candidates if (moment := _moment(value))), None)


def _moment(value: object) -> datetime | None:
    match = _DATE.match(text(value))
    if match is None:
        return None
    try:
        return datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]
    except ValueError:  # cameras without a set clock write 0000:00:00
        return None


def _camera(exif: Tags) -> str:
    make, model = text(exif.get(Base.Make)), text(exif.get(Base.Model))
    words = model.split(maxsplit=1)
    if words and words[0].casefold() in make.casefold().split():
        return model  # "EASTMAN KODAK COMPANY" and "KODAK DX6490" name the make twice
    return f"{make} {model}".strip()


def text(value: object) -> str:
    """A text without padding and without what cameras leave behind its end."""
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    if not isinstance(value, str):
        return ""
    return " ".join(value.split("\0", 1)[0].split())


def _position(gps: Tags) -> tuple[float | None, float | None]:
    latitude = _degrees(gps.get(GPS.GPSLatitude), text(gps.get(GPS.GPSLatitudeRef)), 90)
    longitude = _degrees(gps.get(GPS.GPSLongitude), text(gps.get(GPS.GPSLongitudeRef)), 180)
    if latitude is None or longitude is None or (latitude, longitude) == _NO_FIX:
        return None, None
    return latitude, longitude


def _degrees(value: object, side: str, limit: float) -> float | None:
    """Degrees, minutes and seconds as signed degrees."""
    try:
        degrees, minutes, seconds = (float(part) for part in value)  # type: ignore[attr-defined]
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    result = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(result) or abs(result) > limit:
        return None
    return -result if side.upper() in ("S", "W") else result
