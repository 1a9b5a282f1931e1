"""Perceptual hashes: the documented layout, what they forgive, and what they tell apart."""

import io

import numpy as np
import pytest
from imaging_samples import blobs, encoded, stored_turned
from PIL import Image, ImageEnhance

from engine.imaging.hashing import perceptual_hash, symmetric_hashes


def distance(one: int, other: int) -> int:
    return (one ^ other).bit_count()


def slow_hash(image: Image.Image) -> int:
    """The definition, written out: DCT-II of 32 x 32 grey pixels, the lowest 8 x 8 against their median."""
    grey = np.asarray(image.convert("L").resize((32, 32), Image.Resampling.LANCZOS), dtype=float)
    places = np.arange(32)
    low = np.empty((8, 8))
    for row in range(8):
        for column in range(8):
            down = np.cos(np.pi * row * (2 * places + 1) / 64)
            across = np.cos(np.pi * column * (2 * places + 1) / 64)
            low[row, column] = (grey * np.outer(down, across)).sum()
    bits = "".join("1" if value > np.median(low) else "0" for value in low.flat)
    return int(bits, 2)


@pytest.mark.parametrize("seed", range(5))
def test_layout(seed: int) -> None:
    assert perceptual_hash(blobs(128, 96, seed)) == slow_hash(blobs(128, 96, seed))
    assert distance(perceptual_hash(blobs(640, 480, seed)), slow_hash(blobs(640, 480, seed))) <= 2


def test_forgives_what_copies_go_through() -> None:
    original = blobs(640, 480, 3)
    expected = perceptual_hash(original)
    recoded = Image.open(io.BytesIO(encoded(original, "JPEG", quality=30)))
    assert distance(expected, perceptual_hash(recoded)) <= 4
    assert distance(expected, perceptual_hash(original.resize((200, 150)))) <= 4
    assert distance(expected, perceptual_hash(ImageEnhance.Brightness(original).enhance(0.8))) <= 6
    assert distance(expected, perceptual_hash(original.convert("L").convert("RGB"))) <= 2


def test_tells_pictures_apart() -> None:
    hashes = [perceptual_hash(blobs(320, 240, seed)) for seed in range(12)]
    distances = [distance(one, other) for i, one in enumerate(hashes) for other in hashes[:i]]
    assert min(distances) > 12


def test_fits_into_64_bits() -> None:
    assert all(0 <= perceptual_hash(blobs(64, 64, seed)) < 2**64 for seed in range(20))


@pytest.mark.parametrize("grey", [0, 1, 77, 128, 254, 255])
def test_blank_pictures_have_one_hash(grey: int) -> None:
    expected = 0 if grey == 0 else 1 << 63
    assert perceptual_hash(Image.new("RGB", (50, 40), (grey,) * 3)) == expected


def test_symmetries_are_those_of_the_exif_orientations() -> None:
    picture = blobs(320, 240, 4)
    hashes = symmetric_hashes(picture)
    assert len(set(hashes)) == 8
    assert hashes[0] == perceptual_hash(picture)
    # What is stored turned must be shown by the orientation, so it hashes like the inverse of it: 6 and 8 trade places.
    inverse = {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6}
    for orientation in range(1, 9):
        turned = perceptual_hash(stored_turned(picture, orientation))
        assert distance(turned, hashes[inverse[orientation] - 1]) <= 2
