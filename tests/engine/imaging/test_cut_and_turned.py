"""A picture as copies of it may be."""

import numpy as np
import pytest
from PIL import Image, ImageOps

from engine.imaging.border import inside_border
from engine.imaging.warping import cut, turned
from tests.samples import scene


def test_it_may_be_a_part_or_have_parts():
    picture = scene(1)
    mirrored, plain, part, *_ = cut(picture)
    assert part.size == (round(0.7 * picture.width), round(0.7 * picture.height))
    for whole, share in ((mirrored, 0.7), (plain, 0.6)):
        assert np.allclose(np.array(picture.size) / whole.size, share, atol=0.01)
        left, top = (whole.width - picture.width) // 2, (whole.height - picture.height) // 2
        inner = whole.crop((left, top, left + picture.width, top + picture.height))
        assert np.array_equal(np.asarray(inner), np.asarray(picture))


def test_it_may_lie_small_on_black():
    picture = scene(1)
    for ground in cut(picture)[3:]:
        assert ground.size == picture.size
        left, top, right, bottom = inside_border(np.asarray(ground))
        assert 0.2 < (right - left) / picture.width == pytest.approx((bottom - top) / picture.height, abs=0.05)
        assert ground.getpixel((0, 0)) == (0, 0, 0)


def test_a_mirrored_whole_goes_on_where_the_picture_ends():
    picture = scene(1)
    mirrored = np.asarray(cut(picture)[0])
    left = (mirrored.shape[1] - picture.width) // 2
    assert np.array_equal(mirrored[:, left - 1], mirrored[:, left])


def test_a_border_is_taken_off_first():
    picture = scene(1)
    framed = ImageOps.expand(picture, 40, "white")
    mirrored, _, part, *_, upright = cut(framed)
    assert upright.size == picture.size
    assert [way.size for way in (mirrored, part)] == [way.size for way in (cut(picture)[0], cut(picture)[2])]
    quarter, half, *_ = turned(framed)
    assert (quarter.size, half.size) == (picture.size[::-1], picture.size)


def test_the_smallest_pictures_have_parts_too():
    tiny = Image.new("RGB", (1, 3), "red")
    assert all(min(way.size) > 0 for way in [*turned(tiny), *cut(tiny)])
