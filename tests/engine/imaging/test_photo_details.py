"""When, with what and where a photo was taken; damage costs the detail and never the photo."""

import random
from datetime import datetime

import pytest
from imaging_samples import INSTALLED, encoded, exif_bytes, scene
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo

from engine.imaging.decoding import decode
from engine.imaging.exif import PhotoDetails

PRAGUE = {
    GPS.GPSLatitudeRef: "N",
    GPS.GPSLatitude: (50.0, 5.0, 15.0),
    GPS.GPSLongitudeRef: "E",
    GPS.GPSLongitude: (14.0, 25.0, 12.0),
}


def details(exif: bytes | Image.Exif, name: str = "JPEG") -> PhotoDetails:
    return decode(encoded(scene(), name, exif=exif), short_side=8).details


def shot(**tags: object) -> Image.Exif:
    """EXIF data with tags of the directory about the shot."""
    exif = Image.Exif()
    exif.get_ifd(IFD.Exif).update({Base[name]: value for name, value in tags.items()})
    return exif


def located(**changes: object) -> Image.Exif:
    exif = Image.Exif()
    exif.get_ifd(IFD.GPSInfo).update(PRAGUE | {GPS[name]: value for name, value in changes.items()})
    return exif


@pytest.mark.parametrize("name", [name for name in INSTALLED if name not in ("GIF", "BMP")])
def test_every_format_with_exif_data(name: str) -> None:
    exif = Image.Exif()
    exif[Base.Make], exif[Base.Model], exif[Base.DateTime] = "Lookalike", "Pinhole", "2020:01:02 03:04:05"
    if name != "TIFF":  # Pillow writes no further directories into a TIFF
        exif.get_ifd(IFD.GPSInfo).update(PRAGUE)
    found = details(exif.tobytes(), name)
    assert (found.taken, found.camera) == (datetime(2020, 1, 2, 3, 4, 5), "Lookalike Pinhole")
    if name != "TIFF":
        assert found.latitude == pytest.approx(50.0875)
        assert found.longitude == pytest.approx(14.42)


def test_formats_without_exif_data() -> None:
    assert decode(encoded(scene(), "GIF"), short_side=8).details == PhotoDetails()
    assert decode(encoded(scene(), "BMP"), short_side=8).details == PhotoDetails()


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        ("Canon", "Canon EOS 5D", "Canon EOS 5D"),
        ("NIKON CORPORATION", "NIKON D1X", "NIKON D1X"),
        ("EASTMAN KODAK COMPANY", "KODAK DX6490 ZOOM", "KODAK DX6490 ZOOM"),
        ("SAMSUNG", "GT-I9000", "SAMSUNG GT-I9000"),
        ("Apple", "iPhone 8", "Apple iPhone 8"),
        ("  HTC  \0rubbish", " Desire\0", "HTC Desire"),
        ("Sony", "", "Sony"),
        ("", "Pinhole", "Pinhole"),
        ("", "", ""),
    ],
)
def test_camera_names_its_make_once(make: str, model: str, camera: str) -> None:
    assert details(exif_bytes(Make=make, Model=model)).camera == camera


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("2021:12:31 23:59:58", datetime(2021, 12, 31, 23, 59, 58)),
        ("2021-12-31T23:59:58+02:00", datetime(2021, 12, 31, 23, 59, 58)),
        ("2021/12/31 23:59", datetime(2021, 12, 31, 23, 59)),
        ("0000:00:00 00:00:00", None),
        ("2021:13:31 23:59:58", None),
        ("2021:02:30 12:00:00", None),
        ("    :  :     :  :  ", None),
        ("yesterday", None),
    ],
)
def test_capture_times(text: str, taken: datetime | None) -> None:
    assert details(shot(DateTimeOriginal=text)).taken == taken


def test_capture_time_falls_back() -> None:
    exif = shot(DateTimeOriginal="0000:00:00 00:00:00", DateTimeDigitized="2001:01:01 01:01:01")
    exif[Base.DateTime] = "2022:02:02 02:02:02"
    assert details(exif).taken == datetime(2001, 1, 1, 1, 1, 1)
    exif = shot(DateTimeOriginal="rubbish")
    exif[Base.DateTime] = "2022:02:02 02:02:02"
    assert details(exif).taken == datetime(2022, 2, 2, 2, 2, 2)


@pytest.mark.parametrize(("north_south", "east_west", "signs"), [("S", "W", (-1, -1)), ("n", "w", (1, -1))])
def test_hemispheres(north_south: str, east_west: str, signs: tuple[int, int]) -> None:
    found = details(located(GPSLatitudeRef=north_south, GPSLongitudeRef=east_west))
    assert (found.latitude, found.longitude) == (pytest.approx(signs[0] * 50.0875), pytest.approx(signs[1] * 14.42))


@pytest.mark.parametrize(
    "changes",
    [
        {"GPSLatitude": (91.0, 0.0, 0.0)},
        {"GPSLongitude": (181.0, 0.0, 0.0)},
        {"GPSLatitude": (50.0, 5.0)},
        {"GPSLatitude": (0.0, 0.0, 0.0), "GPSLongitude": (0.0, 0.0, 0.0)},
    ],
)
def test_a_place_that_cannot_be_is_none(changes: dict[str, object]) -> None:
    found = details(located(**changes))
    assert (found.latitude, found.longitude) == (None, None)


def test_a_place_divided_by_zero_is_none() -> None:
    exif = bytearray(located().tobytes())
    exif[-4:] = bytes(4)  # the last value is the denominator of a rational
    assert details(bytes(exif)).latitude in (None, pytest.approx(50.0875))


def test_exif_data_that_are_no_hexadecimal_digits_cost_only_themselves() -> None:
    text = PngInfo()
    text.add_text("Raw profile type exif", "\nexif\n      8\nno digits")
    photo = decode(encoded(scene(), "PNG", pnginfo=text), short_side=8)
    assert (photo.details, photo.orientation) == (PhotoDetails(), 1)


def test_damaged_exif_data_never_costs_the_photo() -> None:
    exif = located()
    exif[Base.Make], exif[Base.Orientation] = "Lookalike", 1
    exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = "2020:01:02 03:04:05"
    whole, chance = exif.tobytes(), random.Random(1)
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(chance.choice([1, 4, 16])):
            damaged[chance.randrange(6, len(damaged))] = chance.randrange(256)
        photo = decode(
            encoded(scene(16, 16), "JPEG", exif=bytes(damaged[: chance.choice([30, len(damaged)])])), short_side=8
        )
        assert isinstance(photo.details.camera, str)
        assert 1 <= photo.orientation <= 8
