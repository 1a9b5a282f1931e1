"""Pictures without the ground that they lie on."""

import numpy as np
from PIL import Image, ImageOps

from engine.imaging.border import has_black_corners
from engine.imaging.warping import freed
from tests.samples import scene


def test_a_picture_that_lies_on_no_ground_is_what_it_is():
    assert freed(scene(1)) == []


def test_a_border_is_taken_off():
    (inner,) = freed(ImageOps.expand(scene(1), 40, "white"))
    assert inner.size == scene(1).size


def test_on_a_black_ground_it_may_lie_in_any_way():
    turned = freed(scene(1).rotate(45))
    assert len(turned) == 7, "by quarters, by odd multiples of 45°"
    ground = Image.new("RGB", (360, 270))
    ground.paste(scene(1).resize((90, 68)), (120, 100))
    *_, upright = freed(ground)
    assert upright.size == (90, 68)


def test_corners_are_black_only_if_all_four_are():
    pixels = np.full((60, 90, 3), 200, dtype=np.uint8)
    assert not has_black_corners(pixels)
    for rows in (slice(6), slice(-6, None)):
        for columns in (slice(6), slice(-6, None)):
            assert not has_black_corners(pixels)
            pixels[rows, columns] = 9
    assert has_black_corners(pixels)
