"""Several pictures become one direction."""

import numpy as np
import pytest

from engine.errors import BadRequestError
from engine.search.queries import BETA, GAMMA, combined

X, Y, Z = np.eye(3, dtype=np.float32)


def test_one_picture_is_its_own_direction():
    assert combined([X], [1.0]) == pytest.approx(X)
    assert combined([X], [5.0]) == pytest.approx(X)


def test_liked_pictures_pull_by_their_weights():
    assert combined([X, Y], [1, 1]) == pytest.approx((X + Y) / np.sqrt(2))
    assert combined([X, Y], [3, 1]) == pytest.approx((3 * X + Y) / np.sqrt(10))


def test_a_disliked_picture_pushes_as_rocchio_says():
    expected = BETA * X - GAMMA * Y
    assert combined([X, Y], [1, -1]) == pytest.approx(expected / np.linalg.norm(expected))
    assert combined([X, Y], [1, -3])[1] < combined([X, Y], [1, -1])[1]


def test_pictures_that_cancel_each_other_out():
    with pytest.raises(BadRequestError, match="cancel each other out"):
        combined([X, X], [1, -BETA / GAMMA])


def test_the_direction_is_a_unit_vector():
    rng = np.random.default_rng(0)
    vectors = [v / np.linalg.norm(v) for v in rng.normal(size=(5, 16)).astype(np.float32)]
    assert np.linalg.norm(combined(vectors, [1, 2, -1, 0.5, -2])) == pytest.approx(1, abs=1e-6)
