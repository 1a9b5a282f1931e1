"""The exact index against a naive loop, and the checks that guard every index."""

import numpy as np
import pytest

from engine.vectors.exact import ExactIndex
from engine.vectors.index import checked, nearest
from tests.engine.shelf import unit_vectors

DIM = 32


def naive(query, labels, vectors, k):
    """Labels by cosine distance, one by one; equal distances in their order."""
    ranked = sorted(range(len(labels)), key=lambda place: (1 - float(np.dot(vectors[place], query)), place))
    return [int(labels[place]) for place in ranked[:k]]


@pytest.fixture
def filled():
    index, vectors = ExactIndex(DIM), unit_vectors(300)
    labels = np.random.default_rng(1).permutation(1000)[:300]
    index.add(labels, vectors)
    return index, labels, vectors


WRONG = [
    ("NaN", np.full((1, DIM), np.nan)),
    ("one NaN", np.concatenate([unit_vectors(3)[:2], np.full((1, DIM), np.nan)])),
    ("infinite", np.full((1, DIM), np.inf)),
    ("zero", np.zeros((1, DIM))),
    ("too long", unit_vectors(1) * 1.02),
    ("too short", unit_vectors(1) * 0.98),
    ("too narrow", unit_vectors(1, dim=DIM - 1)),
    ("too wide", unit_vectors(1, dim=DIM + 1)),
    ("no vector", np.float32(1)),
    ("a cube", np.ones((2, 2, DIM))),
]


@pytest.mark.parametrize("wrong", [vectors for _, vectors in WRONG], ids=[name for name, _ in WRONG])
def test_what_is_no_unit_vector_is_refused(wrong):
    with pytest.raises(ValueError, match=r"expected vectors of 32 values|finite and of length 1"):
        checked(wrong, DIM)
    index = ExactIndex(DIM)
    with pytest.raises(ValueError):
        index.add(np.arange(len(np.atleast_2d(wrong))), wrong)
    assert len(index) == 0


def test_unit_vectors_become_contiguous_float32():
    vectors = unit_vectors(4, dim=2 * DIM).astype(np.float64)[:, ::2]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ready = checked(vectors, DIM)
    assert ready.dtype == np.float32
    assert ready.flags.c_contiguous
    assert np.abs(ready - vectors).max() < 1e-7
    assert checked(vectors[0], DIM).shape == (1, DIM)
    assert checked(np.empty((0, DIM)), DIM).shape == (0, DIM)


@pytest.mark.parametrize("k", [0, 1, 7, 50, 999, 1000, 5000])
@pytest.mark.parametrize("values", [1000, 5, 1])
def test_nearest_takes_the_smallest_and_equal_ones_in_their_order(values, k):
    distances = np.random.default_rng(values).integers(0, values, 1000).astype(np.float32)
    assert nearest(distances, k).tolist() == np.argsort(distances, kind="stable")[:k].tolist()


def test_nearest_of_nothing_is_nothing():
    assert nearest(np.empty(0, dtype=np.float32), 10).tolist() == []


@pytest.mark.parametrize("k", [1, 10, 300, 1000])
def test_search_agrees_with_a_naive_loop(filled, k):
    index, labels, vectors = filled
    for query in unit_vectors(10, seed=7):
        found, distances = index.search(query, k)
        assert found.tolist() == naive(query, labels, vectors, k)
        assert distances.dtype == np.float32
        assert (np.diff(distances) >= 0).all()
        assert distances[0] == pytest.approx(1 - float((vectors @ query).max()), abs=1e-6)


def test_a_stored_vector_is_its_own_nearest_at_no_negative_distance(filled):
    index, labels, vectors = filled
    for label, vector in zip(labels[:50], vectors, strict=False):
        found, distances = index.search(vector, 1)
        assert found[0] == label
        assert 0 <= distances[0] < 1e-6


def test_search_among_some_labels_passes_over_unknown_ones(filled):
    index, labels, vectors = filled
    (query,) = unit_vectors(1, seed=3)
    chosen = np.concatenate([labels[50:80], [10**6]])
    found, _ = index.search_among(query, chosen, 10)
    assert found.tolist() == naive(query, labels[50:80], vectors[50:80], 10)
    assert index.search_among(query, np.array([10**6]), 5)[0].tolist() == []


def test_vectors_come_back_in_the_order_of_their_labels(filled):
    index, labels, vectors = filled
    assert np.array_equal(index.vectors(labels[[5, 1, 299]]), vectors[[5, 1, 299]])
    assert index.vectors(np.empty(0, dtype=np.int64)).shape == (0, DIM)
    for unknown in (-1, 10**6):
        with pytest.raises(KeyError):
            index.vectors(np.array([labels[0], unknown]))
    with pytest.raises(KeyError):
        ExactIndex(DIM).vectors(np.array([1]))


def test_removed_vectors_are_not_found_and_may_come_back(filled):
    index, labels, vectors = filled
    index.remove(np.concatenate([labels[:100], [10**6]]))
    assert len(index) == 200
    assert index.labels().tolist() == labels[100:].tolist()
    (query,) = unit_vectors(1, seed=2)
    assert index.search(query, 300)[0].tolist() == naive(query, labels[100:], vectors[100:], 300)
    index.add(labels[:100], vectors[:100])
    assert set(index.search(query, 300)[0].tolist()) == set(labels.tolist())


def test_vectors_come_and_go_in_any_order_whether_gaps_are_closed_or_not(filled):
    index, labels, vectors = filled
    there = dict(zip(labels.tolist(), vectors, strict=True))
    chance = np.random.default_rng(4)
    for _ in range(60):
        gone = chance.choice(labels, chance.integers(0, 40), replace=False)
        index.remove(gone)
        there = {label: vector for label, vector in there.items() if label not in gone}
        back = chance.permutation([label for label in labels.tolist() if label not in there])[: chance.integers(0, 30)]
        rows = np.searchsorted(labels, back, sorter=(order := np.argsort(labels)))
        index.add(back.astype(np.int64), vectors[order[rows]])
        there |= {int(label): vectors[order[row]] for label, row in zip(back, rows, strict=True)}
        assert sorted(index.labels().tolist()) == sorted(there)
        assert len(index) == len(there)
        assert index.holds(labels).tolist() == [label in there for label in labels.tolist()]
        (query,) = unit_vectors(1, seed=int(chance.integers(1000)))
        nearest_first = sorted(there, key=lambda label: 1 - float(there[label] @ query))
        assert index.search(query, 1000)[0].tolist() == nearest_first
        among = [label for label in nearest_first if label % 3]
        assert index.search_among(query, np.array([label for label in labels if label % 3]), 9)[0].tolist() == among[:9]
        some = np.array(nearest_first[:20])
        assert np.array_equal(index.vectors(some), np.array([there[label] for label in some.tolist()]))
        if len(gone) and gone[0] not in there:
            with pytest.raises(KeyError):
                index.vectors(gone[:1])


def test_an_empty_index_finds_nothing():
    index = ExactIndex(DIM)
    index.remove(np.array([1, 2]))
    found, distances = index.search(unit_vectors(1)[0], 10)
    assert (found.tolist(), distances.tolist(), len(index)) == ([], [], 0)
    index.add(np.array([1]), unit_vectors(1))
    index.remove(np.array([1]))
    assert index.search(unit_vectors(1)[0], 10)[0].tolist() == []


def test_growing_one_by_one_is_growing_at_once():
    vectors, one_by_one, at_once = unit_vectors(200), ExactIndex(DIM), ExactIndex(DIM)
    for label, vector in enumerate(vectors):
        one_by_one.add(np.array([label]), vector)
    at_once.add(np.arange(200), vectors)
    assert np.array_equal(one_by_one.vectors(np.arange(200)), at_once.vectors(np.arange(200)))


@pytest.mark.parametrize("query", [np.full(DIM, np.nan), np.zeros(DIM), unit_vectors(1, dim=DIM + 1)[0]])
def test_a_query_that_is_no_unit_vector_is_refused(filled, query):
    with pytest.raises(ValueError):
        filled[0].search(query, 3)
