"""Means, medians and their intervals."""

import numpy as np
import pytest

from engine.evaluation.statistics import Bootstrap, Interval, class_means, mean


def test_the_interval_is_that_of_the_normal_law(rng):
    values = rng.normal(5, 2, size=400)
    (interval,) = Bootstrap(400, seed=0).of_means([values])
    half = 1.96 * values.std() / 20
    assert interval.low == pytest.approx(values.mean() - half, abs=0.03)
    assert interval.high == pytest.approx(values.mean() + half, abs=0.03)


def test_the_interval_holds_the_truth_as_often_as_it_says(rng):
    held = 0
    for trial in range(200):
        (interval,) = Bootstrap(80, seed=trial, resamples=300).of_means([rng.random(80)])
        held += interval.low <= 0.5 <= interval.high
    assert 0.9 <= held / 200 <= 0.99


def test_the_same_seed_gives_the_same_interval(rng):
    values = rng.random(50)
    assert Bootstrap(50, seed=3).of_means([values]) == Bootstrap(50, seed=3).of_means([values])
    assert Bootstrap(50, seed=3).of_means([values]) != Bootstrap(50, seed=4).of_means([values])


def test_columns_are_drawn_alike(rng):
    """A difference that is the same for every query is certain, however far the queries are apart."""
    values = rng.normal(size=100)
    (interval,) = Bootstrap(100, seed=0).of_means([values + 1 - values])
    assert (interval.low, interval.high) == pytest.approx((1, 1))


def test_many_queries_are_drawn_in_parts(rng, monkeypatch):
    values = rng.random(500)
    whole = Bootstrap(500, seed=0, resamples=40)
    (wanted,), median = whole.of_means([values]), whole.of_median(values)
    monkeypatch.setattr("engine.evaluation.statistics._AT_ONCE", 1500)
    (parts,) = whole.of_means([values])
    assert (parts.low, parts.high) == pytest.approx((wanted.low, wanted.high))
    assert whole.of_median(values) == median


def test_no_value_is_not_zero():
    values = np.array([1.0, np.nan, 3.0])
    assert mean(values) == 2
    assert np.isnan(mean(np.array([np.nan])))
    (interval,) = Bootstrap(3, seed=0).of_means([values])
    assert (interval.low, interval.high) == (1, 3)
    (nothing,) = Bootstrap(2, seed=0).of_means([np.full(2, np.nan)])
    assert np.isnan([nothing.low, nothing.high]).all()


def test_the_median_of_equal_values_is_certain():
    assert Bootstrap(9, seed=0).of_median(np.full(9, 4.0)) == Interval(4, 4)


def test_class_means_count_every_class_once():
    means = class_means(np.array([1.0, 0.0, 0.0, 0.0, np.nan]), np.array([0, 1, 1, 1, 2]), 3)
    assert means[:2].tolist() == [1, 0]
    assert np.isnan(means[2])
    assert mean(means) == 0.5


@pytest.fixture
def rng():
    return np.random.default_rng(0)
