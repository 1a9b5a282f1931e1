"""Everything a file tells about its picture, read when somebody asks for it.

The catalogue keeps what a search needs. The rest stays in the file: lens, exposure, colour profile. As in `exif`,
nothing here fails because of damaged metadata: what cannot be read, or cannot be true, is left out.
"""

import io
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PIL import Image, ImageCms
from PIL.ExifTags import GPS, IFD, Base

from engine.imaging.decoding import DecodeLimits, open_photo
from engine.imaging.demand import Demand
from engine.imaging.exif import Tags, details, directory, text

_HEADER_ONLY = Demand(short_side=1)
_USUAL_LIMITS = DecodeLimits()
_UNKNOWN_ISO = 65535  # what a camera writes whose sensitivity does not fit into 16 bits
_FASTEST_LENS = 0.7
_LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class ColorProfile:
    """What a file says about its colours.

    Attributes:
        name: as the profile calls itself; empty if the file has none.
        usable: whether the colours can be converted with it; without, they are taken for sRGB.
    """

    name: str = ""
    usable: bool = True


@dataclass(frozen=True, slots=True)
class PhotoMetadata:
    """What a file tells about its picture. None, or empty, is what it does not tell.

    Attributes:
        format: "JPEG", "HEIF", "RAW", ...
        width: of the upright picture in pixels.
        height: of the upright picture in pixels.
        taken: capture time without time zone, as cameras write it.
        camera: make and model.
        lens: make and model, or its range.
        iso: sensitivity.
        aperture: f-number.
        exposure_seconds: how long the shutter was open.
        exposure_bias: correction in EV.
        focal_length: in millimetres.
        focal_length_35mm: the focal length with the same view on 35 mm film.
        flash: whether it fired.
        latitude: degrees north.
        longitude: degrees east.
        altitude: metres above the sea.
    """

    format: str
    width: int
    height: int
    color_profile: ColorProfile
    taken: datetime | None = None
    camera: str = ""
    lens: str = ""
    iso: int | None = None
    aperture: float | None = None
    exposure_seconds: float | None = None
    exposure_bias: float | None = None
    focal_length: float | None = None
    focal_length_35mm: int | None = None
    flash: bool | None = None
    latitude: float | None = None
    longitude: float | None = None
    altitude: float | None = None
    software: str = ""
    artist: str = ""
    copyright: str = ""
    description: str = ""


def read_metadata(source: Path | bytes, limits: DecodeLimits = _USUAL_LIMITS) -> PhotoMetadata:
    """Read what a file tells, without decoding its picture where the format allows that.

    Raises:
        UnreadablePhotoError: it is no picture that can be read, with a sentence that says why.
    """
    with open_photo(source, _HEADER_ONLY, limits) as (name, opened):
        exif = opened.exif
        shot, place, basics = directory(exif, IFD.Exif), directory(exif, IFD.GPSInfo), details(exif)
        return PhotoMetadata(
            format=name,
            width=opened.size[0],
            height=opened.size[1],
            color_profile=_color_profile(opened.image),
            taken=basics.taken,
            camera=basics.camera,
            lens=_lens(shot),
            iso=_iso(shot),
            aperture=_aperture(shot),
            exposure_seconds=_exposure(shot),
            exposure_bias=_number(shot.get(Base.ExposureBiasValue), -20, 20),
            focal_length=_above_zero(shot.get(Base.FocalLength), 20_000),
            focal_length_35mm=_whole(shot.get(Base.FocalLengthIn35mmFilm), 20_000),
            flash=_flash(shot),
            latitude=basics.latitude,
            longitude=basics.longitude,
            altitude=None if basics.latitude is None else _altitude(place),
            software=_line(exif.get(Base.Software)),
            artist=_line(exif.get(Base.Artist)),
            copyright=_line(exif.get(Base.Copyright)),
            description=_line(exif.get(Base.ImageDescription)),
        )


def _color_profile(image: Image.Image) -> ColorProfile:
    profile = image.info.get("icc_profile")
    if not isinstance(profile, bytes) or not profile:
        return ColorProfile()
    try:
        opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        name = _line(ImageCms.getProfileDescription(opened))
    except Exception:  # noqa: BLE001 - a damaged profile raises anything, and never makes a photo unreadable
        return ColorProfile(usable=False)
    return ColorProfile(name or "unnamed")


def _lens(shot: Tags) -> str:
    make, model = _line(shot.get(Base.LensMake)), _line(shot.get(Base.LensModel))
    if model:
        return model if not make or model.casefold().startswith(make.casefold()) else f"{make} {model}"
    return _lens_range(shot.get(Base.LensSpecification))


def _lens_range(value: object) -> str:
    """Such as "18-55 mm f/3.5-5.6", from the shortest and longest focal length and the f-number at each."""
    parts = list(value)[:4] if isinstance(value, Iterable) and not isinstance(value, (str, bytes)) else []
    numbers = [_above_zero(part, 20_000) for part in parts]
    if len(numbers) < 2 or numbers[0] is None or numbers[1] is None:
        return ""
    lengths = f"{_range(numbers[0], numbers[1])} mm"
    if len(numbers) < 4 or numbers[2] is None or numbers[3] is None:
        return lengths
    return f"{lengths} f/{_range(numbers[2], numbers[3])}"


def _range(first: float, last: float) -> str:
    return f"{first:.3g}" if first == last else f"{first:.3g}-{last:.3g}"


def _iso(shot: Tags) -> int | None:
    usual = _whole(shot.get(Base.ISOSpeedRatings), 10_000_000)
    if usual is not None and usual != _UNKNOWN_ISO:
        return usual
    others = (shot.get(Base.RecommendedExposureIndex), shot.get(Base.ISOSpeed))
    return next((iso for value in others if (iso := _whole(value, 10_000_000))), usual)


def _aperture(shot: Tags) -> float | None:
    number = _number(shot.get(Base.FNumber), _FASTEST_LENS, 1000)
    if number is not None:
        return number
    apex = _number(shot.get(Base.ApertureValue), 0, 20)
    return None if apex is None else math.sqrt(2) ** apex


def _exposure(shot: Tags) -> float | None:
    seconds = _above_zero(shot.get(Base.ExposureTime), 1_000_000)
    if seconds is not None:
        return seconds
    apex = _number(shot.get(Base.ShutterSpeedValue), -20, 20)
    return None if apex is None else 2.0**-apex


def _flash(shot: Tags) -> bool | None:
    value = _number(shot.get(Base.Flash), 0, 65535)
    return None if value is None else bool(int(value) & 1)


def _altitude(place: Tags) -> float | None:
    metres = _number(place.get(GPS.GPSAltitude), 0, 100_000)
    below = place.get(GPS.GPSAltitudeRef) in (1, b"\x01")
    return -metres if metres is not None and below else metres


def _whole(value: object, most: float) -> int | None:
    number = _above_zero(value, most)
    return None if number is None else round(number) or None


def _above_zero(value: object, most: float) -> float | None:
    number = _number(value, 0, most)
    return number or None  # zero is what cameras write that do not know


def _number(value: object, least: float, most: float) -> float | None:
    """A number that can be true; of several, which some cameras write, the first."""
    if isinstance(value, tuple):
        value = value[0] if value else None
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return number if math.isfinite(number) and least <= number <= most else None


def _line(value: object) -> str:
    """A text that can be shown: cameras, and attackers, put control characters and kilobytes into these."""
    return "".join(character for character in text(value)[:_LONGEST_TEXT] if character.isprintable())
