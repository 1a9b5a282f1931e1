"""Golden values: 20 items, 5 of them relevant, at the places 1, 3, 4, 7 and 15."""

import numpy as np
import pytest

from engine.errors import BadRequestError
from engine.evaluation.metrics import (
    Ranking,
    average_precision,
    average_precision_at,
    average_precision_at_r,
    first_hit_rank,
    leave_one_out,
    nearest,
    precision_at,
    r_precision,
    recall_at,
    summary,
)


def ranking(places, relevant, depth=20):
    hits = np.zeros((1, depth), dtype=bool)
    hits[0, [place - 1 for place in places]] = True
    return Ranking(hits, np.array([relevant]))


@pytest.fixture
def golden():
    return ranking([1, 3, 4, 7, 15], relevant=5)


@pytest.mark.parametrize(
    ("metric", "value"),
    [
        (lambda golden: precision_at(golden, 5), 0.6),
        (lambda golden: precision_at(golden, 10), 0.4),
        (lambda golden: recall_at(golden, 5), 0.6),
        (lambda golden: recall_at(golden, 10), 0.8),
        (lambda golden: average_precision_at(golden, 1), 1.0),
        (lambda golden: average_precision_at(golden, 5), 0.483333),
        (lambda golden: average_precision_at(golden, 10), 0.597619),
        (r_precision, 0.6),
        (average_precision_at_r, 0.483333),
        (average_precision, 0.664286),
        (first_hit_rank, 1.0),
    ],
)
def test_golden_values(golden, metric, value):
    assert metric(golden) == pytest.approx([value], abs=1e-6)


def test_a_query_without_a_hit_counts_as_zero():
    missed = ranking([], relevant=3)
    assert average_precision_at(missed, 10) == 0
    assert average_precision(missed) == 0
    assert np.isinf(first_hit_rank(missed))


def test_more_relevant_items_than_places_do_not_lower_average_precision_at_k():
    assert average_precision_at(ranking([1, 2, 3], relevant=50), 3) == 1


def test_first_hit_rank_counts_from_one():
    assert first_hit_rank(ranking([4, 6], relevant=2)) == 4


def test_nearest_leaves_the_query_out_and_puts_the_closest_first():
    angles = np.deg2rad([0, 10, 25, 180])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    assert nearest(vectors, 3).tolist() == [[1, 2, 3], [0, 2, 3], [1, 0, 3], [2, 1, 0]]


def test_nearest_ignores_the_length_of_vectors(rng):
    vectors = rng.normal(size=(50, 8)).astype(np.float32)
    lengths = rng.uniform(0.1, 10, size=(50, 1)).astype(np.float32)
    assert np.array_equal(nearest(vectors, 5), nearest(vectors * lengths, 5))


def test_equally_near_items_keep_their_order():
    assert nearest(np.ones((4, 3), dtype=np.float32), 3).tolist() == [[1, 2, 3], [0, 2, 3], [0, 1, 3], [0, 1, 2]]


def test_short_and_full_rankings_agree_beyond_one_block(rng):
    vectors = rng.normal(size=(1500, 8)).astype(np.float32)
    assert np.array_equal(nearest(vectors, 10), nearest(vectors, 1499)[:, :10])


def test_photos_alone_with_their_label_are_no_queries_but_still_distract():
    vectors = np.array([[1, 0], [0.9, 0.1], [0.99, 0.01]], dtype=np.float32)
    found = leave_one_out(vectors, ["cat", "cat", "dog"])
    assert found.skipped == 1
    assert found.relevant.tolist() == [1, 1]
    assert found.hits.tolist() == [[False, True], [False, True]]


def test_labels_that_occur_once_only_are_refused():
    with pytest.raises(BadRequestError, match="No label occurs twice"):
        leave_one_out(np.eye(3, dtype=np.float32), ["a", "b", "c"])


def test_a_perfect_embedding_scores_one_everywhere():
    vectors = np.repeat(np.eye(4, dtype=np.float32), 3, axis=0)
    scores = summary(leave_one_out(vectors, np.repeat(np.arange(4), 3).tolist()))
    assert scores["precision@1"] == scores["map@r"] == scores["map@10"] == scores["recall@10"] == 1
    assert scores["mean_first_rank"] == 1


def test_a_random_embedding_finds_as_much_as_chance(rng):
    labels = np.repeat(np.arange(10), 100)
    found = leave_one_out(rng.normal(size=(1000, 16)).astype(np.float32), labels.tolist())
    assert average_precision_at(found, 1).mean() == pytest.approx(99 / 999, abs=0.04)


def test_the_order_of_the_photos_does_not_matter(rng):
    vectors, labels = rng.normal(size=(60, 4)).astype(np.float32), rng.integers(0, 5, size=60)
    order = rng.permutation(60)
    straight = summary(leave_one_out(vectors, labels.tolist()))
    assert summary(leave_one_out(vectors[order], labels[order].tolist())) == pytest.approx(straight)


@pytest.fixture
def rng():
    return np.random.default_rng(0)
