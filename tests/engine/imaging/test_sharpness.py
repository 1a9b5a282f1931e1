"""The measure that tells sharp shots from blurred ones."""

import numpy as np
import pytest
from PIL import Image, ImageFilter

from engine.imaging.sharpness import SIDE, sharpness


def textured(size: tuple[int, int]) -> Image.Image:
    """Patches with hard edges, as leaves and windows have."""
    patches = np.random.default_rng(1).integers(0, 256, (60, 80, 3), dtype=np.uint8)
    return Image.fromarray(patches).resize(size, Image.Resampling.NEAREST)


def test_a_blurred_shot_is_less_sharp_the_more_it_is_blurred():
    sharp = textured((1200, 900))
    values = [sharpness(sharp.filter(ImageFilter.GaussianBlur(radius))) for radius in (0, 3, 6, 12)]
    assert values == sorted(values, reverse=True)
    assert values[0] > 2 * values[3]


def test_a_blank_picture_has_none():
    assert sharpness(Image.new("RGB", (640, 480), "teal")) == 0


def test_it_is_the_variance_of_the_laplacian():
    levels = np.random.default_rng(0).integers(0, 256, (SIDE, SIDE), dtype=np.uint8)
    image = Image.fromarray(levels).convert("RGB")
    wide = levels.astype(int)
    naive = [
        wide[y - 1, x] + wide[y + 1, x] + wide[y, x - 1] + wide[y, x + 1] - 4 * wide[y, x]
        for y in range(1, SIDE - 1)
        for x in range(1, SIDE - 1)
    ]
    assert sharpness(image) == pytest.approx(np.var(naive), rel=1e-6)


def test_the_size_of_the_picture_hardly_matters():
    large = textured((1280, 960))
    assert sharpness(large.resize((640, 480), Image.Resampling.LANCZOS)) == pytest.approx(sharpness(large), rel=0.25)


def test_an_enlarged_copy_is_no_sharper_than_the_original():
    original = textured((1280, 960))
    assert sharpness(original.resize((80, 60))) < sharpness(original)


@pytest.mark.parametrize("size", [(1, 1), (4000, 2), (1, 500)])
def test_pictures_of_any_shape(size):
    assert sharpness(Image.new("RGB", size, "white")) == 0
