"""Several graphs that answer as one, and what of them is worth writing to the disk."""

import threading

import numpy as np
import pytest

from engine.vectors import hnsw, segments
from engine.vectors.exact import ExactIndex
from engine.vectors.hnsw import HnswIndex
from engine.vectors.segments import SegmentFile, Segments
from tests.engine.shelf import unit_vectors

DIM, COUNT = 32, 1000
VECTORS = unit_vectors(COUNT, clusters=20)
QUERIES = unit_vectors(50, seed=9, clusters=20)


@pytest.fixture(autouse=True)
def small_graphs(monkeypatch):
    """Graphs are full with 300 vectors, and those of over 50 are not written for each new one."""
    monkeypatch.setattr(hnsw, "LARGEST", 300)
    monkeypatch.setattr(segments, "ALWAYS_SAVED", 50)


@pytest.fixture
def index():
    """Four graphs, three of which are full."""
    index = Segments(DIM)
    index.add(np.arange(COUNT), VECTORS)
    return index


def sizes(index: Segments) -> list[tuple[int, int]]:
    """Vectors that are stored and that can be found, of each graph."""
    return [(part.graph.stored, len(part.graph)) for part in index.parts]


def save(index: Segments) -> None:
    """As if each graph had been written."""
    for number, part in enumerate(index.parts):
        part.saved(SegmentFile(f"{number}", part.graph.stored, ""))


def recall(index: Segments, k: int) -> float:
    exact = ExactIndex(DIM)
    labels = index.labels()
    exact.add(labels, VECTORS[labels])
    hits = 0
    for query in QUERIES:
        truth, (found, distances) = exact.search(query, k)[1], index.search(query, k)
        assert len(set(found.tolist())) == len(found) == min(k, len(labels))
        assert (np.diff(distances) >= 0).all()
        assert np.abs(distances - np.maximum(1 - VECTORS[found] @ query, 0)).max() < 1e-6
        hits += int((distances <= truth[-1] + 1e-6).sum())
    return hits / (len(QUERIES) * min(k, len(labels)))


def test_a_full_graph_is_followed_by_another(index):
    assert sizes(index) == [(300, 300)] * 3 + [(100, 100)]
    assert (len(index), index.stored) == (COUNT, COUNT)
    assert index.labels().tolist() == list(range(COUNT))
    index.add(np.arange(COUNT, COUNT + 7), unit_vectors(7, seed=3))
    assert sizes(index)[-1] == (107, 107)


@pytest.mark.parametrize("k", [1, 10, 80, 200, COUNT, 5000])
def test_they_find_together_what_one_graph_would(index, k):
    assert recall(index, k) >= 0.99


@pytest.mark.parametrize(("processors", "at_once"), [(1, 1), (2, 2), (3, 2), (4, 4), (64, 4)])
def test_every_processor_asks_some_of_them_and_the_answer_is_the_same(monkeypatch, index, processors, at_once):
    monkeypatch.setattr(segments, "PROCESSORS", 1)
    expected = [one.tolist() for one in index.search(QUERIES[0], 12)]
    monkeypatch.setattr(segments, "PROCESSORS", processors)
    asking, search = set(), HnswIndex.search

    def watched(graph, *asked):
        asking.add(threading.get_ident())
        all_there.wait(10)
        return search(graph, *asked)

    all_there = threading.Barrier(at_once)
    monkeypatch.setattr(HnswIndex, "search", watched)
    assert [one.tolist() for one in index.search(QUERIES[0], 12)] == expected
    assert len(asking) == at_once


def test_what_is_alike_and_came_together_is_found_in_its_one_graph():
    """None of the other graphs has a match; a fair share of them from each would miss most."""
    index = Segments(DIM)
    around = unit_vectors(250, seed=5) * 0.05 + VECTORS[0]
    around = (around / np.linalg.norm(around, axis=1, keepdims=True)).astype(np.float32)
    index.add(np.arange(250), around)
    index.add(np.arange(1000, 1900), unit_vectors(900, seed=6))
    assert len(index.parts) == 4
    assert sorted(index.search(VECTORS[0], 200)[0].tolist())[-1] < 250


def test_many_questions_at_once_are_answered_like_one_by_one(index):
    labels, distances = index.search_many(QUERIES, 12)
    assert labels.shape == distances.shape == (len(QUERIES), 12)
    for query, some, apart in zip(QUERIES, labels, distances, strict=True):
        one = index.search(query, 12)
        assert (some.tolist(), apart.tolist()) == (one[0].tolist(), one[1].tolist())


def test_an_empty_index_finds_nothing():
    index = Segments(DIM)
    assert [one.tolist() for one in index.search(QUERIES[0], 5)] == [[], []]
    assert index.search_many(QUERIES, 5)[0].shape == (len(QUERIES), 0)
    assert index.labels().tolist() == index.unsaved().tolist() == index.removed().tolist() == []
    assert index.finds(np.arange(3)).tolist() == [False] * 3
    assert index.worn() == []


def test_who_is_removed_comes_back_where_it_was(index):
    gone = np.array([3, 299, 300, 950, 10**6])
    index.remove(gone)
    assert len(index) == COUNT - 4
    assert not index.finds(gone).any()
    assert recall(index, 10) >= 0.99
    index.add(gone[:4], VECTORS[gone[:4]])
    assert sizes(index) == [(300, 300)] * 3 + [(100, 100)]
    assert index.holds(np.arange(COUNT), VECTORS)
    other = VECTORS.copy()
    other[950] = VECTORS[0]
    assert not index.holds(np.arange(COUNT), other)


def test_a_file_is_not_written_again_for_few_vectors_and_they_are_named(index):
    assert [part.worth_saving for part in index.parts] == [True] * 4
    assert index.unsaved().tolist() == list(range(COUNT))
    save(index)
    assert [part.worth_saving for part in index.parts] == [False] * 4
    assert index.unsaved().tolist() == []
    index.add(np.array([2000]), QUERIES[:1])
    assert not index.parts[3].worth_saving, "one of 101 is not more than a hundredth"
    assert index.unsaved().tolist() == [2000]
    index.add(np.array([2001, 1999]), QUERIES[1:3])
    assert [part.worth_saving for part in index.parts] == [False] * 3 + [True]
    assert index.unsaved().tolist() == [1999, 2000, 2001]
    save(index)
    assert index.unsaved().tolist() == []


def test_what_is_added_between_writing_and_its_end_is_not_taken_for_written(index):
    written = index.parts[3].graph.stored
    index.add(np.array([2000, 2001]), QUERIES[:2])
    index.parts[3].saved(SegmentFile("late", written, ""))
    assert index.parts[3].unsaved().tolist() == [2000, 2001]


def test_a_small_graph_is_written_for_each_new_vector(monkeypatch, index):
    monkeypatch.setattr(segments, "ALWAYS_SAVED", 300)
    save(index)
    assert [part.worth_saving for part in index.parts] == [False] * 4
    index.add(np.array([2000]), QUERIES[:1])
    assert index.parts[3].worth_saving


def test_what_left_is_named_if_a_file_has_it(index):
    save(index)
    index.add(np.array([2000, 2001]), QUERIES[:2])
    index.remove(np.array([7, 950, 2000]))
    assert index.removed().tolist() == [7, 950], "2000 is in no file"
    assert index.unsaved().tolist() == [2001]
    assert not index.parts[0].worth_saving, "whoever left is named beside the files"
    index.add(np.array([7]), VECTORS[7:8])
    assert index.removed().tolist() == [950]
    index.parts[3].file = None
    assert index.removed().tolist() == []
    assert 950 not in index.unsaved()
    assert len(index.unsaved()) == 100


def test_graphs_that_have_lost_much_are_worn(index):
    index.remove(np.arange(75))
    assert index.worn() == []
    index.remove(np.arange(76))
    assert index.worn() == index.parts[:1]


def test_two_small_graphs_become_one(index):
    first, second, third, newest = index.parts
    index.remove(np.arange(300, 550))
    index.remove(np.arange(600, 740))
    index.remove(np.arange(900, 950))
    assert set(index.worn()) == {second, third, newest}
    fresh = Segments(DIM)
    for part in index.worn():
        labels = part.graph.labels()
        fresh.add(labels, VECTORS[labels])
    index.replace(index.worn(), fresh)
    assert sizes(index) == [(300, 300), (260, 260)]
    assert index.parts[0] is first
    assert recall(index, 10) >= 0.99


def test_new_vectors_go_to_the_fullest_that_is_not_full(index):
    index.remove(np.arange(0, 100))
    (worn,) = index.worn()
    labels = worn.graph.labels()
    fresh = Segments(DIM)
    fresh.add(labels, VECTORS[labels])
    index.replace([worn], fresh)
    index.add(np.arange(2000, 2150), unit_vectors(150, seed=8))
    assert sizes(index) == [(300, 300), (300, 300), (150, 150), (300, 300)]
