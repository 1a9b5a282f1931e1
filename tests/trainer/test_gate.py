import numpy as np
import pytest

from engine.errors import ModelError
from trainer.gate import check_parity


def embed(pixels):
    """A network of one layer: the same projection of the pixels, whatever else is in the batch."""
    weights = np.random.default_rng(0).normal(size=(pixels[0].size, 8))
    projected = pixels.reshape(len(pixels), -1) @ weights
    return (projected / np.linalg.norm(projected, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def pixels():
    return np.random.default_rng(1).integers(0, 256, size=(20, 4, 4, 3), dtype=np.uint8)


def test_an_equal_export_passes(pixels):
    parity = check_parity(embed, embed, pixels)
    assert parity.largest_delta == 0
    assert parity.lowest_cosine == pytest.approx(1, abs=1e-6)


def test_a_single_picture_is_enough(pixels):
    assert check_parity(embed, embed, pixels[:1]).largest_delta == 0


def test_values_that_differ_are_refused(pixels):
    with pytest.raises(ModelError, match=r"differs from the trained one .* was not published"):
        check_parity(embed, lambda given: embed(given) + np.float32(2e-4), pixels)


def test_values_that_are_no_numbers_are_refused(pixels):
    with pytest.raises(ModelError, match="not published"):
        check_parity(embed, lambda given: embed(given) * np.float32("nan"), pixels)


def test_an_export_that_fails_for_larger_batches_only_is_refused(pixels):
    def mixes_batches_of_eight(given):
        return embed(given) if len(given) < 8 else embed(given[::-1])

    with pytest.raises(ModelError, match="batches of 8"):
        check_parity(embed, mixes_batches_of_eight, pixels)


def test_neighbours_that_differ_are_refused_even_if_every_value_is_close():
    wanted = np.array([[1, 0, 0], [0.5, 0.866, 0], [0.50005, 0, 0.866]], dtype=np.float32)
    given = wanted + np.float32(9e-5) * np.array([[0, 0, 0], [1, 0, 0], [0, 0, 0]], dtype=np.float32)
    wanted, given = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True) for vectors in (wanted, given))
    places = np.arange(3, dtype=np.uint8)
    with pytest.raises(ModelError, match="other neighbours"):
        check_parity(lambda asked: wanted[asked], lambda asked: given[asked], places)
