"""Scores: monotone, 1 for the same vector, and worth what they say."""

import numpy as np
import pytest

from engine.search.calibration import FEWEST_PHOTOS, NOISE_SCORE, Calibration, is_stale


def unit(vectors: np.ndarray) -> np.ndarray:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def vectors() -> np.ndarray:
    rng = np.random.default_rng(1)
    return unit(rng.normal(size=(600, 32)) + 2 * rng.normal(size=(1, 32)))


def test_a_score_is_the_share_of_random_pairs_that_are_farther_apart(vectors):
    calibration = Calibration.measure(vectors[:300])
    one, other = vectors[300:450], vectors[450:]
    distances = (1 - one @ other.T).ravel()
    for share in (0.5, 0.9, 0.99):
        threshold = np.quantile(distances, 1 - share)
        score = calibration.scores(np.array([threshold]))[0]
        assert 1 - score == pytest.approx(1 - share, rel=0.3)


def test_scores_fall_with_distance_and_end_at_0_and_1(vectors):
    scores = Calibration.measure(vectors).scores(np.linspace(0, 2, 500, dtype=np.float32))
    assert scores[0] == 1
    assert scores[-1] == 0
    assert np.all(np.diff(scores) <= 0)


def test_identical_photos_all_over_the_library_do_not_lower_the_score_of_an_identical_match(vectors):
    twins = np.concatenate([vectors[:20]] * 10)
    scores = Calibration.measure(twins).scores(np.array([0.0, 0.5], dtype=np.float32))
    assert scores[0] == 1
    assert scores[1] < 1


def test_few_photos_are_scored_by_random_directions():
    few = unit(np.random.default_rng(0).normal(size=(FEWEST_PHOTOS - 1, 256)))
    scores = Calibration.measure(few).scores(np.array([0, 0.01, 1.0, 1.9], dtype=np.float32))
    assert scores[0] == 1
    assert scores[1] > 0.99 > NOISE_SCORE
    assert scores[2] == pytest.approx(0.5, abs=0.02)
    assert scores[3] < 0.1


def test_stored_quantiles_score_alike(vectors):
    calibration = Calibration.measure(vectors)
    again = Calibration(np.frombuffer(calibration.quantiles.tobytes(), dtype=np.float32))
    distances = np.linspace(0, 1.5, 50, dtype=np.float32)
    assert np.array_equal(calibration.scores(distances), again.scores(distances))


@pytest.mark.parametrize(
    ("then", "now", "stale"), [(100, 119, False), (100, 121, True), (100, 79, True), (0, 10, True), (3, 4, False)]
)
def test_the_background_is_measured_again_when_the_library_changed_much(then, now, stale):
    assert is_stale(then, now) is stale


def test_from_a_score_back_to_its_distance(vectors):
    calibration = Calibration.measure(vectors)
    for score in (0.0, 0.5, 0.95, 0.999):
        distance = np.array([calibration.distance_of(score)], dtype=np.float32)
        assert calibration.scores(distance)[0] == pytest.approx(score, abs=1e-3)
