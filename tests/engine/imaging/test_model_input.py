"""The pixels that an embedding model gets."""

import numpy as np
import pytest
from imaging_samples import BLUE, GREEN, RED, YELLOW, blobs, scene
from PIL import Image

from engine.imaging.resizing import model_input


@pytest.mark.parametrize("mode", ["squash", "crop", "pad"])
@pytest.mark.parametrize("interpolation", ["bilinear", "bicubic"])
@pytest.mark.parametrize("size", [(160, 160), (96, 128), (7, 3)])
@pytest.mark.parametrize("picture", [(320, 240), (240, 320), (3, 500), (1, 1)])
def test_shape(mode, interpolation, size, picture) -> None:
    pixels = model_input(Image.new("RGB", picture, RED), size, mode, interpolation)
    assert pixels.shape == (*size, 3)
    assert pixels.dtype == np.uint8
    assert pixels.flags.c_contiguous
    assert pixels.flags.writeable
    middle = pixels[size[0] // 2, size[1] // 2]
    assert tuple(middle) == RED


def test_squash_keeps_everything() -> None:
    pixels = model_input(scene(400, 100), (64, 64), "squash", "bilinear")
    assert [tuple(pixels[y, x]) for y in (2, 61) for x in (2, 61)] == [RED, GREEN, BLUE, YELLOW]


def test_crop_takes_the_middle() -> None:
    picture = Image.new("RGB", (300, 100), BLUE)
    picture.paste(RED, (100, 0, 200, 100))
    pixels = model_input(picture, (50, 50), "crop", "bicubic")
    assert np.abs(pixels.astype(int) - RED).max() <= 60, "a border of half a pixel is interpolated"
    assert np.abs(pixels[:, 2:-2].astype(int) - RED).max() == 0


def test_crop_takes_a_share_of_the_middle() -> None:
    picture = Image.new("RGB", (300, 200), BLUE)
    picture.paste(RED, (100, 50, 200, 150))
    pixels = model_input(picture, (50, 50), "crop", "bilinear", 0.5)
    assert (pixels[1:-1, 1:-1] == RED).all()
    assert (model_input(picture, (50, 50), "crop", "bilinear", 0.6)[[0, -1]] == BLUE).all()


def test_pad_adds_black_borders_on_both_sides() -> None:
    pixels = model_input(Image.new("RGB", (200, 100), RED), (80, 80), "pad", "bilinear")
    assert not pixels[:19].any()
    assert not pixels[-19:].any()
    assert (pixels[21:-21] == RED).all()


@pytest.mark.parametrize("mode", ["squash", "crop", "pad"])
def test_antialiased(mode) -> None:
    stripes = np.zeros((400, 400, 3), np.uint8)
    stripes[:, ::2] = 255
    pixels = model_input(Image.fromarray(stripes), (40, 40), mode, "bilinear")
    assert np.abs(pixels[:, 2:-2].astype(int) - 127).max() <= 3


def test_small_pictures_are_enlarged_smoothly() -> None:
    pixels = model_input(blobs(20, 15), (160, 160), "squash", "bicubic").astype(int)
    assert np.abs(np.diff(pixels, axis=0)).max() < 60
