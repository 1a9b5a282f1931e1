"""What the details panel reads from a file: complete where the file is, and never a failure where it is damaged."""

import random
from datetime import datetime
from pathlib import Path

import pytest
from imaging_samples import INSTALLED, blobs, dng, encoded, exif_bytes, scene
from PIL import Image, ImageCms
from PIL.ExifTags import GPS, IFD, Base

from engine.errors import UnreadablePhotoError
from engine.imaging.metadata import ColorProfile, PhotoMetadata, read_metadata

SHOT = {
    Base.DateTimeOriginal: "2021:03:12 14:03:05",
    Base.ISOSpeedRatings: 200,
    Base.FNumber: 5.6,
    Base.ExposureTime: 1 / 250,
    Base.ExposureBiasValue: -0.7,
    Base.FocalLength: 35.0,
    Base.FocalLengthIn35mmFilm: 52,
    Base.Flash: 16,
    Base.LensMake: "Lookalike",
    Base.LensModel: "Plano 35mm",
}


def read(shot: dict[int, object], place: dict[int, object] | None = None, **tags: object) -> PhotoMetadata:
    exif = Image.Exif()
    for name, value in tags.items():
        exif[Base[name]] = value
    exif.get_ifd(IFD.Exif).update(shot)
    exif.get_ifd(IFD.GPSInfo).update(place or {})
    return read_metadata(encoded(scene(), "JPEG", exif=exif))


def test_everything_a_camera_writes() -> None:
    place = {GPS.GPSLatitudeRef: "S", GPS.GPSLatitude: (50.0, 30.0, 0.0), GPS.GPSLongitudeRef: "E",
             GPS.GPSLongitude: (14.0, 15.0, 0.0), GPS.GPSAltitudeRef: b"\x00", GPS.GPSAltitude: 399.5}  # fmt: skip
    found = read(SHOT, place, Make="Lookalike", Model="Pinhole", Software="Firm 1", Artist="A. Painter",
                 Copyright="Nobody", ImageDescription="A wall")  # fmt: skip
    assert found == PhotoMetadata(
        "JPEG", 96, 64, ColorProfile(), datetime(2021, 3, 12, 14, 3, 5), "Lookalike Pinhole", "Lookalike Plano 35mm",
        200, pytest.approx(5.6), pytest.approx(0.004), pytest.approx(-0.7), 35.0, 52, False, -50.5, 14.25,
        pytest.approx(399.5), "Firm 1", "A. Painter", "Nobody", "A wall",
    )  # fmt: skip


def test_a_picture_without_metadata() -> None:
    assert read_metadata(encoded(scene(), "PNG")) == PhotoMetadata("PNG", 96, 64, ColorProfile())


@pytest.mark.parametrize("name", INSTALLED)
def test_every_format(name: str) -> None:
    found = read_metadata(encoded(scene(), name))
    assert (found.format, found.width, found.height) == (name, 96, 64)


def test_the_size_is_that_of_the_upright_picture() -> None:
    assert read_metadata(encoded(scene(), "JPEG", exif=exif_bytes(6))).width == 64


def test_a_camera_raw() -> None:
    pytest.importorskip("rawpy")
    found = read_metadata(dng(blobs(64, 48), preview=scene(48, 36)))
    assert (found.format, found.camera, found.taken) == ("RAW", "Lookalike Pinhole 1", datetime(2024, 5, 6, 7, 8, 9))


def test_what_stands_in_for_the_usual_tags() -> None:
    found = read({Base.ApertureValue: 4.0, Base.ShutterSpeedValue: 3.0, Base.ISOSpeedRatings: 65535,
                  Base.RecommendedExposureIndex: 102400, Base.LensSpecification: (18.0, 55.0, 3.5, 5.6)})  # fmt: skip
    assert (found.aperture, found.exposure_seconds, found.iso) == (pytest.approx(4.0), 0.125, 102400)
    assert found.lens == "18-55 mm f/3.5-5.6"
    assert read({Base.LensSpecification: (35.0, 35.0, 0.0, 0.0)}).lens == "35 mm"
    assert read({Base.ISOSpeedRatings: (400, 0)}).iso == 400


def test_what_cannot_be_true_is_left_out() -> None:
    found = read({Base.FNumber: 0.0, Base.ExposureTime: 0.0, Base.FocalLength: 0.0, Base.ISOSpeedRatings: 0,
                  Base.ExposureBiasValue: 99.0, Base.LensModel: "\x1b[31mLens"})  # fmt: skip
    assert (found.aperture, found.exposure_seconds, found.focal_length, found.iso) == (None, None, None, None)
    assert found.exposure_bias is None
    assert found.lens == "[31mLens"


def test_a_height_without_a_place_is_no_place() -> None:
    assert read({}, {GPS.GPSAltitude: 12.0}).altitude is None


def test_below_the_sea() -> None:
    place = {GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (31.0, 30.0, 0.0), GPS.GPSLongitudeRef: "E",
             GPS.GPSLongitude: (35.0, 30.0, 0.0), GPS.GPSAltitudeRef: b"\x01", GPS.GPSAltitude: 430.0}  # fmt: skip
    assert read({}, place).altitude == -430.0


def test_color_profiles() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert read_metadata(encoded(scene(), "JPEG", icc_profile=profile)).color_profile == ColorProfile("sRGB built-in")
    damaged = read_metadata(encoded(scene(), "JPEG", icc_profile=b"rubbish" * 40))
    assert damaged.color_profile == ColorProfile("", usable=False)


def test_damaged_metadata_never_costs_the_photo() -> None:
    exif = Image.Exif()
    exif[Base.Make] = "Lookalike"
    exif.get_ifd(IFD.Exif).update(SHOT)
    exif.get_ifd(IFD.GPSInfo).update({GPS.GPSLatitude: (50.0, 5.0, 15.0), GPS.GPSLatitudeRef: "N"})
    whole, chance = exif.tobytes(), random.Random(1)
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(chance.choice([1, 4, 16])):
            damaged[chance.randrange(6, len(damaged))] = chance.randrange(256)
        data = encoded(scene(16, 16), "JPEG", exif=bytes(damaged[: chance.choice([30, len(damaged)])]))
        found = read_metadata(data)
        assert (found.format, sorted((found.width, found.height))) == ("JPEG", [16, 16])
        assert found.lens.isprintable()


def test_no_picture_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.jpg").write_text("hello")
    with pytest.raises(UnreadablePhotoError, match="not a picture"):
        read_metadata(tmp_path / "notes.jpg")


def test_a_library_reads_it_in_a_worker(library: object, tmp_path: Path) -> None:
    scene().save(tmp_path / "photo.png")
    assert library.metadata(tmp_path / "photo.png").width == 96
