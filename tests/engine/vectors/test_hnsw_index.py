"""The graph against the exact truth: hnswlib checks nothing, so everything it could do wrong is tried here."""

import numpy as np
import pytest

from engine.vectors.exact import ExactIndex
from engine.vectors.hnsw import HnswIndex
from tests.engine.shelf import unit_vectors
from tests.engine.vectors.test_exact_index import WRONG

DIM = 32


def graph_of(vectors, labels=None) -> HnswIndex:
    index = HnswIndex(vectors.shape[1], capacity=16)
    index.add(np.arange(len(vectors)) if labels is None else labels, vectors)
    return index


@pytest.fixture
def vectors():
    return unit_vectors(500)


@pytest.fixture
def index(vectors):
    return graph_of(vectors)


def recall(index: HnswIndex, exact: ExactIndex, queries, k: int = 10) -> float:
    """The share of the exact answers that the graph finds, by distance: equal ones may come in any order."""
    hits = 0
    for query in queries:
        _, truth = exact.search(query, k)
        _, distances = index.search(query, k)
        hits += int((distances <= truth[-1] + 1e-6).sum())
    return hits / (k * len(queries))


def test_recall_at_10_of_5000_clustered_vectors():
    vectors = unit_vectors(5000, dim=64, clusters=50)
    exact = ExactIndex(64)
    exact.add(np.arange(5000), vectors)
    index = graph_of(vectors)
    queries = unit_vectors(200, seed=9, dim=64, clusters=50)
    assert recall(index, exact, queries) >= 0.98
    assert recall(index, exact, vectors[:200]) >= 0.98
    gone = np.random.default_rng(0).choice(5000, 2500, replace=False)
    index.remove(gone)
    exact.remove(gone)
    assert recall(index, exact, queries) >= 0.98


def test_distances_are_cosine_distances_best_first(index, vectors):
    for query in unit_vectors(20, seed=4):
        labels, distances = index.search(query, 20)
        assert labels.dtype == np.int64
        assert distances.dtype == np.float32
        assert (np.diff(distances) >= 0).all()
        assert np.abs(distances - (1 - vectors[labels] @ query)).max() < 1e-6


def test_no_distance_is_negative(index, vectors):
    for label, vector in enumerate(vectors[:100]):
        labels, distances = index.search(vector, 1)
        assert labels[0] == label
        assert distances[0] >= 0


@pytest.mark.parametrize("wrong", [vectors for _, vectors in WRONG], ids=[name for name, _ in WRONG])
def test_what_is_no_unit_vector_is_refused(index, wrong):
    with pytest.raises(ValueError):
        index.add(np.arange(1000, 1000 + len(np.atleast_2d(wrong))), wrong)
    assert len(index) == index.stored == 500
    if np.ndim(wrong) != 3:
        with pytest.raises(ValueError):
            index.search(np.atleast_2d(wrong)[-1], 5)


def test_more_matches_than_vectors_are_all_vectors(index):
    labels, _ = index.search(unit_vectors(1, seed=1)[0], 100_000)
    assert sorted(labels.tolist()) == list(range(500))


def test_an_empty_index_finds_nothing_and_can_be_filled(tmp_path, vectors):
    index = HnswIndex(DIM)
    assert len(index) == index.stored == 0
    assert index.labels().tolist() == []
    assert index.holds(np.arange(3), vectors[:3])
    assert index.search(vectors[0], 10)[0].tolist() == []
    index.remove(np.array([1, 2]))
    index.add(np.empty(0, dtype=np.int64), np.empty((0, DIM), dtype=np.float32))
    index.save(tmp_path / "empty.bin")
    index = HnswIndex.load(tmp_path / "empty.bin", DIM, 0)
    assert index.search(vectors[0], 10)[0].tolist() == []
    index.add(np.arange(500), vectors)
    assert index.search(vectors[7], 1)[0].tolist() == [7]


def test_removed_vectors_are_not_found(index, vectors):
    index.remove(np.array([*range(0, 500, 2), 10**6]))
    assert (len(index), index.stored) == (250, 500)
    assert sorted(index.labels().tolist()) == list(range(1, 500, 2))
    for query in unit_vectors(10, seed=5):
        labels, _ = index.search(query, 500)
        assert sorted(labels.tolist()) == list(range(1, 500, 2))


def test_removing_twice_is_removing_once(index):
    index.remove(np.array([1, 2, 2]))
    index.remove(np.array([2, 3]))
    assert len(index) == 497


def test_an_index_whose_vectors_are_all_removed_finds_nothing(index, vectors):
    index.remove(np.arange(500))
    assert len(index) == 0
    assert index.labels().tolist() == []
    assert index.search(vectors[0], 10)[0].tolist() == []
    index.add(np.array([3]), vectors[3:4])
    assert index.search(vectors[0], 10)[0].tolist() == [3]


def test_it_can_tell_whether_labels_stand_for_certain_vectors(index, vectors):
    other = vectors.copy()
    other[7] = unit_vectors(1, seed=55)[0]
    assert index.holds(np.arange(500), vectors)
    assert not index.holds(np.arange(500), other)
    assert index.holds(np.array([10**6, 3]), other[[7, 3]]), "an unknown label stands for nothing"
    index.remove(np.array([7]))
    assert index.holds(np.arange(500), other)


def test_few_left_among_many_removed_are_found(vectors):
    vectors = unit_vectors(3000)
    index = graph_of(vectors)
    left = np.array([17, 1234, 2999])
    index.remove(np.setdiff1d(np.arange(3000), left))
    for query in unit_vectors(20, seed=8):
        assert sorted(index.search(query, 10)[0].tolist()) == left.tolist()


def test_removed_vectors_come_back_as_they_were(index, vectors):
    index.remove(np.arange(100))
    index.add(np.array([5, 700, 7]), np.concatenate([vectors[5:6], unit_vectors(1, seed=3), vectors[7:8]]))
    assert len(index) == 403
    assert index.stored == 501
    assert index.search(vectors[5], 1)[0].tolist() == [5]
    assert index.holds(np.array([5, 7]), vectors[[5, 7]])


def test_capacity_grows_and_nothing_is_forgotten():
    vectors = unit_vectors(2000)
    index = HnswIndex(DIM, capacity=1)
    for start in range(0, 2000, 37):
        labels = np.arange(start, min(start + 37, 2000))
        index.add(labels, vectors[labels])
    assert len(index) == 2000
    assert index.holds(np.arange(2000), vectors)
    assert all(index.search(vectors[label], 1)[0][0] == label for label in range(0, 2000, 50))


def test_large_labels_survive(tmp_path, vectors):
    labels = np.array([0, 1, 2**40, 2**62])
    index = graph_of(vectors[:4], labels)
    assert index.search(vectors[3], 1)[0].tolist() == [2**62]
    index.save(tmp_path / "graph.bin")
    again = HnswIndex.load(tmp_path / "graph.bin", DIM, 4)
    assert sorted(again.labels().tolist()) == labels.tolist()


def test_a_loaded_graph_answers_like_the_saved_one(tmp_path, index, vectors):
    size = index.save(tmp_path / "graph.bin")
    assert (tmp_path / "graph.bin").stat().st_size == size
    again = HnswIndex.load(tmp_path / "graph.bin", DIM, 500)
    for query in unit_vectors(30, seed=6):
        ours, theirs = index.search(query, 25), again.search(query, 25)
        assert ours[0].tolist() == theirs[0].tolist()
        assert ours[1].tolist() == theirs[1].tolist()
    assert again.holds(np.arange(500), vectors)
    again.save(tmp_path / "again.bin")
    assert (tmp_path / "again.bin").read_bytes() == (tmp_path / "graph.bin").read_bytes()
    again.add(np.array([500]), unit_vectors(1, seed=77))
    assert len(again) == 501


def test_a_saved_file_holds_removed_vectors_as_live_and_the_index_goes_on_without_them(tmp_path, index):
    index.remove(np.arange(100))
    index.save(tmp_path / "graph.bin")
    assert len(index) == 400
    assert sorted(index.labels().tolist()) == list(range(100, 500))
    again = HnswIndex.load(tmp_path / "graph.bin", DIM, 500)
    assert len(again) == 500
    assert sorted(again.search(unit_vectors(1)[0], 500)[0].tolist()) == list(range(500))


def test_a_graph_with_another_count_is_refused(tmp_path, index):
    index.save(tmp_path / "graph.bin")
    with pytest.raises(RuntimeError, match="500 vectors instead of 499"):
        HnswIndex.load(tmp_path / "graph.bin", DIM, 499)


@pytest.mark.parametrize("content", [b"", b"x", b"\xff\xd8\xff\xe0" * 1000, bytes(5000)])
def test_what_is_no_graph_is_refused(tmp_path, content):
    (tmp_path / "graph.bin").write_bytes(content)
    with pytest.raises(RuntimeError):
        HnswIndex.load(tmp_path / "graph.bin", DIM, 500)
    with pytest.raises(RuntimeError):
        HnswIndex.load(tmp_path / "nowhere.bin", DIM, 500)


def test_a_burst_of_one_picture_hides_no_other():
    """Equal vectors crowd a graph's links; far more of them than here do make others unreachable."""
    vectors = unit_vectors(3000)
    equal = np.random.default_rng(0).choice(3000, 60, replace=False)
    vectors[equal] = vectors[equal[0]]
    index = graph_of(vectors)
    others = np.setdiff1d(np.arange(3000), equal)[::10]
    assert sum(label in index.search(vectors[label], 10)[0] for label in others) / len(others) >= 0.98
    labels, distances = index.search(vectors[equal[0]], 60)
    assert sorted(labels.tolist()) == sorted(equal.tolist())
    assert distances.max() < 1e-6
