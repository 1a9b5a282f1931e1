"""From embeddings to judged rankings: order, ties, blocks, and what is left out."""

import numpy as np
import pytest

from engine.errors import BadRequestError
from engine.evaluation import ranking
from engine.evaluation.ranking import leave_one_out, nearest, nearest_first, ranked_blocks
from engine.evaluation.relevance import NOBODY, Listed, SameLabel


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


def test_short_and_full_rankings_agree(rng):
    vectors = rng.normal(size=(1500, 8)).astype(np.float32)
    assert np.array_equal(nearest(vectors, 10), nearest(vectors, 1499)[:, :10])


def test_similarities_of_every_sign_are_put_in_order(rng):
    similar = rng.normal(size=(20, 300)).astype(np.float32)
    similar[:, ::7] = 0.0
    similar[:, 3::7] = -0.0
    similar[0, 5], similar[1, 5] = -np.inf, np.inf
    assert np.array_equal(nearest_first(similar), np.argsort(-similar, axis=1, kind="stable"))
    assert np.array_equal(nearest_first(similar, 9), np.argsort(-similar, axis=1, kind="stable")[:, :9])


def test_photos_alone_with_their_label_are_no_queries_but_still_distract():
    vectors = np.array([[1, 0], [0.9, 0.1], [0.99, 0.01]], dtype=np.float32)
    found = leave_one_out(vectors, ["cat", "cat", "dog"])
    assert found.skipped == 1
    assert found.relevant.tolist() == [1, 1]
    assert found.hits.tolist() == [[False, True], [False, True]]


def test_labels_that_occur_once_only_are_refused():
    with pytest.raises(BadRequestError, match="No label occurs twice"):
        leave_one_out(np.eye(3, dtype=np.float32), ["a", "b", "c"])


def test_the_size_of_blocks_changes_nothing(rng, monkeypatch):
    vectors, labels = rng.normal(size=(90, 4)).astype(np.float32), rng.integers(0, 6, size=90)
    whole = leave_one_out(vectors, labels)
    monkeypatch.setattr(ranking, "_AT_ONCE", 400)
    assert len(list(ranked_blocks(vectors, vectors, SameLabel(labels, labels, np.arange(90))))) > 10
    assert np.array_equal(leave_one_out(vectors, labels).hits, whole.hits)


def test_queries_may_search_a_gallery_they_are_not_in():
    gallery = np.array([[1, 0], [0, 1]], dtype=np.float32)
    queries = np.array([[1, 0.1], [0.1, 1], [1, 1]], dtype=np.float32)
    relevance = SameLabel(np.array([0, 0, 5]), np.array([0, 1]), np.full(3, NOBODY))
    (block,) = ranked_blocks(queries, gallery, relevance)
    assert block.queries.tolist() == [0, 1]
    assert block.items.tolist() == [[0, 1], [1, 0]]
    assert block.ranking.hits.tolist() == [[True, False], [False, True]]


def test_copies_of_the_query_are_left_out_if_asked():
    vectors = np.array([[1, 0], [1, 0], [0.6, 0.8], [0.8, 0.6]], dtype=np.float32)
    labels, contents = np.array([0, 0, 0, 1]), np.array([4, 4, 5, 6])
    with_copies = SameLabel(labels, labels, np.arange(4))
    without = SameLabel(labels, labels, np.arange(4), contents, contents)
    (block,) = ranked_blocks(vectors, vectors, with_copies)
    assert block.ranking.relevant.tolist() == [2, 2, 2]
    (block,) = ranked_blocks(vectors, vectors, without)
    assert block.ranking.relevant.tolist() == [1, 1, 2]
    assert block.ranking.hits[0].tolist() == [False, True, False, False]


def test_what_is_listed_as_left_out_is_never_relevant():
    vectors = np.eye(3, dtype=np.float32)
    listed = Listed([np.array([0, 1]), np.array([2])], [np.array([1]), np.array([2])], 3)
    (block,) = ranked_blocks(vectors[:2], vectors, listed)
    assert block.queries.tolist() == [0]
    assert block.ranking.relevant.tolist() == [1]


@pytest.fixture
def rng():
    return np.random.default_rng(0)
