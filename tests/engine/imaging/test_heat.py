"""Maps over pictures, and what of a picture a model is shown."""

import io

import numpy as np
import pytest
from PIL import Image

from engine.imaging.heat import MAP_SIDE, beside, overlay
from engine.imaging.resizing import model_input, shown_part


def test_what_counts_more_than_an_even_share_is_warm_and_what_counts_less_dark():
    heat = np.zeros((5, 5), dtype=np.float32)
    heat[2, 2] = 1
    made = overlay(heat)
    assert made.shape == (MAP_SIDE, MAP_SIDE, 4)
    middle, corner = made[MAP_SIDE // 2, MAP_SIDE // 2], made[0, 0]
    assert middle[0] > middle[2]  # warm
    assert middle[3] > 100
    assert corner[:3].tolist() == [0, 0, 0]
    assert corner[3] > 150


def test_an_even_map_leaves_the_picture_as_it_is():
    assert overlay(np.full((7, 7), 1 / 49, dtype=np.float32))[..., 3].max() <= 1
    assert overlay(np.zeros((7, 7), dtype=np.float32))[..., :3].max() == 0


def test_a_map_keeps_its_proportions():
    assert overlay(np.ones((2, 4), dtype=np.float32)).shape == (MAP_SIDE // 2, MAP_SIDE, 4)


def test_two_pictures_side_by_side():
    heat = np.zeros((2, 2), dtype=np.float32)
    heat[0, 0] = 1
    white = Image.new("RGB", (200, 100), "white")
    drawn = Image.open(io.BytesIO(beside((white, heat, (0, 0, 1, 1)), (white, heat, (0.25, 0, 0.75, 1)), 100)))
    assert drawn.size == (208, 50)
    warm, dark, outside = (np.array(drawn.getpixel(place), dtype=int) for place in ((5, 5), (95, 45), (110, 5)))
    assert warm[0] > warm[2] + 50
    assert dark.max() < 120
    assert outside.max() < 120  # the model was not shown it


@pytest.mark.parametrize("mode", ["squash", "crop", "pad"])
@pytest.mark.parametrize("size", [(160, 80), (80, 160)])
def test_what_a_model_is_shown(mode, size):
    """A white picture on black: where the input is white, the picture is."""
    image = Image.new("RGB", size, "white")
    shown = model_input(image, (64, 64), mode, "bilinear", 0.5 if mode == "crop" else 1.0)
    left, top, right, bottom = shown_part(size, (64, 64), mode, 0.5 if mode == "crop" else 1.0)
    inside = (shown[..., 0] > 128).mean()
    covered = min(1, 1 / (right - left)) * min(1, 1 / (bottom - top))
    assert inside == pytest.approx(covered, abs=0.02)
    if mode == "crop":  # half of the shorter side, in the middle
        across, down = (right - left) * size[0], (bottom - top) * size[1]
        assert (across, down) == (40, 40)
        assert left == pytest.approx(1 - right)
