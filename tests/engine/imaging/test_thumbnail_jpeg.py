"""The small pictures of the gallery."""

import io

import pytest
from imaging_samples import blobs, corner_colors, farthest, scene
from PIL import Image

from engine.imaging.thumbnails import THUMBNAIL_SIDE, encode_thumbnail


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1600, 1200), (320, 240)),
        ((1200, 1600), (240, 320)),
        ((321, 10), (320, 10)),
        ((320, 320), (320, 320)),
        ((40, 30), (40, 30)),
        ((5000, 1), (320, 1)),
        ((1, 1), (1, 1)),
    ],
)
def test_size(size: tuple[int, int], expected: tuple[int, int]) -> None:
    with Image.open(io.BytesIO(encode_thumbnail(Image.new("RGB", size, "teal")))) as thumbnail:
        assert thumbnail.format == "JPEG"
        assert thumbnail.size == expected


def test_colours_and_weight() -> None:
    data = encode_thumbnail(scene(960, 640))
    with Image.open(io.BytesIO(data)) as thumbnail:
        assert farthest(corner_colors(thumbnail)) < 12
    assert len(encode_thumbnail(blobs(1600, 1200))) < 20_000


def test_the_picture_itself_is_left_as_it_is() -> None:
    picture = scene(THUMBNAIL_SIDE * 2, 400)
    encode_thumbnail(picture)
    assert picture.size == (THUMBNAIL_SIDE * 2, 400)
