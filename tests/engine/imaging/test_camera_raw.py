"""Camera raws, made as tiny DNG files: the preview where it is large enough, the sensor data where it is not."""

from pathlib import Path

import pytest
from imaging_samples import corner_colors, dng, encoded, exif_bytes, farthest, scene, stored_turned
from PIL import Image

from engine.errors import UnreadablePhotoError
from engine.imaging.decoding import DecodeLimits, decode
from engine.imaging.reasons import INCOMPLETE

pytest.importorskip("rawpy")

SIZE = (640, 480)
PREVIEW = (320, 240)
TURNS = [1, 3, 6, 8]


def raw(orientation: int = 1, *, preview: Image.Image | None = None, preview_exif: bytes = b"") -> bytes:
    sensor = stored_turned(scene(*SIZE), orientation)
    return dng(sensor, orientation=orientation, preview=preview, preview_exif=preview_exif)


def looks_like_the_scene(image: Image.Image) -> bool:
    """LibRaw's colours are its own, so only the strongest channels are compared."""
    red, green, blue, yellow = corner_colors(image)
    return (
        red[0] > 200 > red[1] and green[1] > 200 > green[0] and blue[2] > 200 > blue[0] and yellow[1] > 200 > yellow[2]
    )


@pytest.mark.parametrize("orientation", TURNS)
def test_sensor_data_is_upright(orientation: int) -> None:
    photo = decode(raw(orientation), short_side=100)
    assert photo.format == "RAW"
    assert photo.orientation == orientation
    assert (photo.width, photo.height) == SIZE
    assert photo.image.size == (320, 240), "half size is enough"
    assert looks_like_the_scene(photo.image)


def test_sensor_data_is_developed_whole_where_half_is_not_enough() -> None:
    assert decode(raw(), short_side=300).image.size == SIZE


@pytest.mark.parametrize("orientation", TURNS)
def test_preview_is_turned_like_the_raw(orientation: int) -> None:
    preview = stored_turned(scene(*PREVIEW), orientation)
    photo = decode(raw(orientation, preview=preview), short_side=240)
    assert (photo.width, photo.height, photo.image.size) == (*SIZE, PREVIEW)
    assert farthest(corner_colors(photo.image)) < 10


@pytest.mark.parametrize("orientation", [6, 8])
def test_preview_that_is_upright_already_is_not_turned_again(orientation: int) -> None:
    photo = decode(raw(orientation, preview=scene(*PREVIEW)), short_side=240)
    assert photo.image.size == PREVIEW
    assert farthest(corner_colors(photo.image)) < 10


def test_orientation_of_the_preview_itself_counts_for_the_preview() -> None:
    photo = decode(raw(3, preview=scene(*PREVIEW), preview_exif=exif_bytes(1)), short_side=240)
    assert photo.orientation == 3
    assert farthest(corner_colors(photo.image)) < 10


@pytest.mark.parametrize("orientation", TURNS)
def test_small_preview_is_left_alone(orientation: int) -> None:
    preview = stored_turned(Image.new("RGB", PREVIEW), orientation)
    photo = decode(raw(orientation, preview=preview), short_side=400)
    assert photo.image.size == SIZE
    assert looks_like_the_scene(photo.image)


def test_details() -> None:
    details = decode(raw(preview=scene(*PREVIEW)), short_side=10).details
    assert details.camera == "Lookalike Pinhole 1"
    assert str(details.taken) == "2024-05-06 07:08:09"


@pytest.mark.parametrize("name", ["a.dng", "a.jpg", "a"])
def test_a_raw_is_recognised_without_its_name(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(raw(preview=scene(*PREVIEW)))
    assert decode(tmp_path / name, short_side=100).format == "RAW"


@pytest.mark.parametrize("share", [0.05, 0.5, 0.9])
def test_a_raw_that_ends_too_early_is_incomplete(share: float) -> None:
    picture = raw()
    with pytest.raises(UnreadablePhotoError) as caught:
        decode(picture[: int(len(picture) * share)], short_side=100)
    assert caught.value.message == INCOMPLETE


def test_a_raw_of_an_unknown_camera() -> None:
    with pytest.raises(UnreadablePhotoError, match="the camera is unknown or the file is damaged"):
        decode(b"IIU\0" + bytes(600), short_side=100)


def test_too_many_pixels() -> None:
    with pytest.raises(UnreadablePhotoError, match="megapixels; the limit is"):
        decode(raw(), short_side=100, limits=DecodeLimits(max_pixels=1000))


def test_a_tiff_that_begins_with_a_small_picture_but_is_no_raw() -> None:
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

    tags = ImageFileDirectory_v2()
    tags[254] = 1
    photo = decode(encoded(scene(), "TIFF", tiffinfo=tags), short_side=64)
    assert photo.format == "TIFF"
    assert farthest(corner_colors(photo.image)) == 0
