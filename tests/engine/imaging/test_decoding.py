"""Pictures of every format and kind come out as sRGB of the wanted size."""

import io
from pathlib import Path

import numpy as np
import pytest
from imaging_samples import CORNERS, INSTALLED, blobs, corner_colors, encoded, farthest, scene
from PIL import Image

from engine.imaging.decoding import decode
from engine.records import Region

LOSSY = 40


@pytest.mark.parametrize("name", INSTALLED)
def test_every_format(name: str, tmp_path: Path) -> None:
    file = tmp_path / "a photo"
    file.write_bytes(encoded(scene(), name))
    photo = decode(file, short_side=64)
    assert photo.format == name
    assert photo.image.mode == "RGB"
    assert (photo.width, photo.height) == photo.image.size == (96, 64)
    assert farthest(corner_colors(photo.image)) < (90 if name == "GIF" else LOSSY)


@pytest.mark.parametrize("name", ["a.heic", "a.png", "a.nef", "a.psd", "a.mp4", "a"])
def test_the_content_decides_about_the_format(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(encoded(scene(), "JPEG"))
    assert decode(tmp_path / name, short_side=64).format == "JPEG"


def test_a_tiff_named_like_a_camera_raw_is_read_as_what_it_is(tmp_path: Path) -> None:
    pytest.importorskip("rawpy")
    (tmp_path / "a.nef").write_bytes(encoded(scene(), "TIFF"))
    photo = decode(tmp_path / "a.nef", short_side=64)
    assert photo.format == "TIFF"
    assert corner_colors(photo.image) == list(CORNERS)


def test_multi_picture_jpeg_shows_its_first_picture() -> None:
    stream = io.BytesIO()
    scene().save(stream, "MPO", save_all=True, append_images=[Image.new("RGB", (96, 64))])
    photo = decode(stream.getvalue(), short_side=16)
    assert photo.format == "JPEG"
    assert farthest(corner_colors(photo.image)) < LOSSY


@pytest.mark.parametrize("name", ["GIF", "PNG", "WEBP", "TIFF"])
def test_animations_show_their_first_frame(name: str) -> None:
    frames = [Image.new("RGB", (96, 64)), Image.new("RGB", (96, 64), "white")]
    photo = decode(encoded(scene(), name, save_all=True, append_images=frames), short_side=64)
    assert farthest(corner_colors(photo.image)) < 90


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("short_side", [1, 75, 76, 150, 151, 299, 300, 301, 600, 601, 5000])
@pytest.mark.parametrize("long_side", [0, 320, 800])
def test_a_jpeg_is_decoded_small_but_never_too_small(short_side: int, long_side: int, progressive: bool) -> None:
    photo = decode(
        encoded(blobs(803, 601), "JPEG", progressive=progressive), short_side=short_side, long_side=long_side
    )
    assert (photo.width, photo.height) == (803, 601)
    assert min(photo.image.size) >= min(short_side, 601)
    assert max(photo.image.size) >= min(long_side, 803)


def test_a_large_jpeg_is_decoded_at_an_eighth() -> None:
    photo = decode(encoded(blobs(1600, 1200), "JPEG"), short_side=150)
    assert photo.image.size == (200, 150)


@pytest.mark.parametrize("name", ["PNG", "TIFF", "BMP", "WEBP"])
def test_other_formats_are_reduced_to_twice_the_wanted_size(name: str) -> None:
    photo = decode(encoded(blobs(1200, 800), name), short_side=100, long_side=120)
    assert (photo.width, photo.height) == (1200, 800)
    assert photo.image.size == (300, 200)


@pytest.mark.parametrize("name", ["JPEG", "PNG"])
@pytest.mark.parametrize("region", [Region(0.1, 0.2, 0.5, 0.4), Region(0.9, 0.9, 0.1, 0.1), Region(0, 0, 1, 1)])
@pytest.mark.parametrize("short_side", [40, 100, 300])
def test_a_region_has_the_wanted_size(name: str, region: Region, short_side: int) -> None:
    whole = blobs(1000, 800)
    photo = decode(encoded(whole, name), short_side=short_side, long_side=short_side + 10, region=region)
    least_short = min(region.width * 1000, region.height * 800)
    assert min(photo.image.size) >= min(short_side, least_short)
    assert max(photo.image.size) >= min(short_side + 10, max(region.width * 1000, region.height * 800))
    left, top = round(region.x * 1000), round(region.y * 800)
    box = (left, top, left + round(region.width * 1000), top + round(region.height * 800))
    expected = whole.crop(box).resize((8, 8), Image.Resampling.BOX)
    found = photo.image.resize((8, 8), Image.Resampling.BOX)
    assert np.abs(np.asarray(found, int) - np.asarray(expected, int)).mean() < 6


def test_the_smallest_region_is_a_pixel() -> None:
    photo = decode(encoded(scene(), "PNG"), short_side=100, region=Region(0.999, 0.999, 0.001, 0.001))
    assert photo.image.size == (1, 1)
    assert photo.image.getpixel((0, 0)) == CORNERS[3]


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (7, 5)])
@pytest.mark.parametrize("name", ["JPEG", "PNG"])
def test_slivers(size: tuple[int, int], name: str) -> None:
    photo = decode(encoded(Image.new("RGB", size, "red"), name), short_side=32, long_side=64)
    assert (photo.width, photo.height) == photo.image.size == size


@pytest.mark.parametrize("short_side", [0, 32])
def test_nothing_wanted_of_a_side_means_no_reduction_for_its_sake(short_side: int) -> None:
    photo = decode(encoded(blobs(800, 100), "JPEG"), short_side=short_side, long_side=0)
    assert min(photo.image.size) >= (100 if short_side == 0 else 32)


def test_a_large_thumbnail_of_heic_saves_decoding_the_picture() -> None:
    pytest.importorskip("pillow_heif")
    picture = encoded(blobs(1024, 768), "HEIF", thumbnails=[512])
    assert decode(picture, short_side=200, long_side=320).image.size == (512, 384)
    assert min(decode(picture, short_side=300, long_side=320).image.size) >= 600
    photo = decode(picture, short_side=200, long_side=320)
    assert (photo.width, photo.height) == (1024, 768)


def test_reduced_and_whole_pictures_look_the_same() -> None:
    picture = encoded(blobs(1600, 1200), "JPEG", quality=95)
    small = decode(picture, short_side=150).image
    whole = decode(picture, short_side=1200).image.resize(small.size, Image.Resampling.BOX)
    assert np.abs(np.asarray(small, int) - np.asarray(whole, int)).mean() < 2
