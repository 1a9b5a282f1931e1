"""All metrics of one embedding at once: what must hold whatever the embedding is."""

import tracemalloc

import numpy as np
import pytest

from engine.evaluation.measuring import Classes, among_queries, measure, oxford_values
from engine.evaluation.relevance import Listed, SameLabel
from engine.jobs import Cancelled, Job


def leave_one_out(vectors, labels, **options):
    vectors, labels = np.asarray(vectors, dtype=np.float32), np.asarray(labels)
    relevance = SameLabel(labels, labels, np.arange(len(labels)))
    return measure(vectors, vectors, relevance, classes=Classes(labels, labels), **options)


def means(measured):
    return {name: np.nanmean(values) for name, values in measured.values.items()} | measured.health


def test_a_perfect_embedding_scores_one_everywhere():
    found = means(leave_one_out(np.repeat(np.eye(4), 15, axis=0), np.repeat(np.arange(4), 15)))
    for name in ("precision@1", "precision@10", "hit@5", "map@10", "map@r", "map", "ndcg@10", "r_precision", "mrr"):
        assert found[name] == 1, name
    assert found["mean_first_rank"] == found["knn_accuracy"] == found["auc"] == found["intra_cosine"] == 1
    assert found["fnmr@fmr=1%"] == found["alignment"] == 0
    assert found["mean_rank"] == 7.5


def test_a_random_embedding_finds_as_much_as_chance(rng):
    measured = leave_one_out(rng.normal(size=(1000, 16)), np.repeat(np.arange(10), 100))
    found = means(measured)
    prior = 99 / 999
    assert found["map@1"] == found["precision@1"] == pytest.approx(prior, abs=0.04)
    assert found["map@1/hits-only"] == 1
    assert found["auc"] == pytest.approx(0.5, abs=0.02)
    assert found["mean_rank"] == pytest.approx(500, rel=0.02)
    assert measured.tie_rate == 0


def test_the_order_of_the_photos_does_not_matter(rng):
    vectors, labels = rng.normal(size=(60, 4)), rng.integers(0, 5, size=60)
    order = rng.permutation(60)
    straight, shuffled = means(leave_one_out(vectors, labels)), means(leave_one_out(vectors[order], labels[order]))
    del straight["first_listed_rank"], shuffled["first_listed_rank"]  # depends on it by definition
    assert shuffled == pytest.approx(straight, abs=1e-5)


def test_the_first_listed_rank_is_that_of_an_arbitrary_photo():
    vectors = [[1, 0], [0, 1], [0.9, 0.1], [0.5, 0.5]]
    values = leave_one_out(vectors, [0, 0, 0, 1]).values
    assert values["first_listed_rank"].tolist() == [3, 3, 1]
    assert values["mean_first_rank"].tolist() == [1, 2, 1]


def test_ties_between_hits_and_misses_are_told():
    assert leave_one_out(np.ones((6, 2)), [0, 0, 0, 1, 1, 1]).tie_rate == 1
    assert leave_one_out(np.repeat(np.eye(2), 3, axis=0), [0, 0, 0, 1, 1, 1]).tie_rate == 0


def test_every_k_that_is_asked_for_is_reported():
    values = leave_one_out(np.eye(4), [0, 0, 1, 1], cutoffs=(3,)).values
    assert {"precision@3", "recall@3", "hit@3", "map@3", "f1@3", "ndcg@3", "score003@3"} < set(values)
    assert "precision@5" not in values


def test_nothing_to_find_measures_nothing():
    measured = leave_one_out(np.eye(3), [0, 1, 2])
    assert len(measured.queries) == 0
    assert measured.values == {}


def test_the_three_oxford_protocols_agree_with_the_lists_worked_by_hand():
    angles = np.arange(6) / 10
    gallery = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    query = gallery[:1]
    easy, hard = np.array([0]), np.array([2])  # ranked 1st and 3rd
    medium = oxford_values(query, gallery, Listed([np.append(easy, hard)], [np.array([1])], 6), (1, 5))
    assert medium["oxford_map"] == 1
    only_hard = oxford_values(query, gallery, Listed([hard], [easy], 6), (1,))
    assert only_hard["oxford_map"] == pytest.approx([0.25])  # one miss before it: between 0 and 1/2
    assert np.isnan(oxford_values(query, gallery, Listed([np.array([], int)], [easy], 6), (1,))["oxford_map"])


def test_queries_that_search_each_other_find_themselves_first():
    vectors = np.array([[1, 0], [0.6, 0.8], [0.8, 0.6], [0, 1]], dtype=np.float32)
    found = among_queries(vectors, np.array([0, 0, 1, 1]), (1, 2))
    assert found["query_precision@1/self"].tolist() == [1, 1, 1, 1]
    assert found["query_precision@1"].tolist() == [0, 0, 0, 0]
    assert found["query_precision@2/self"].tolist() == [0.5, 0.5, 0.5, 0.5]


def test_memory_does_not_grow_with_the_queries(rng):
    gallery, labels = rng.normal(size=(4000, 8)).astype(np.float32), rng.integers(0, 20, size=4000)
    peaks = []
    for queries in (2000, 4000):
        tracemalloc.start()
        measure(gallery[:queries], gallery, SameLabel(labels[:queries], labels, np.arange(queries)))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.1 * peaks[0]


def test_measuring_can_be_cancelled():
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        leave_one_out(np.eye(4), [0, 0, 1, 1], job=job)


@pytest.fixture
def rng():
    return np.random.default_rng(0)
