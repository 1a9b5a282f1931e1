"""Beyond the size where comparing with everything is quick: the graph answers, and must agree with the exact scan."""

import threading

import numpy as np
import pytest

from engine.jobs import Job
from engine.vectors import exact, live_index
from engine.vectors.live_index import LiveIndex
from tests.engine.shelf import unit_vectors

COUNT = 1500
QUERIES = unit_vectors(100, seed=99, clusters=30)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def shelf(shelf, monkeypatch):
    """A shelf with 1500 photos, which counts as large."""
    monkeypatch.setattr(live_index, "EXACT_BELOW", 500)
    monkeypatch.setattr(exact, "CHUNK", 400)
    shelf.add_many(unit_vectors(COUNT, clusters=30))
    return shelf


@pytest.fixture
def index(shelf, folder):
    index = LiveIndex(shelf.catalog, shelf.model, folder)
    index.merge(Job())
    return index


def names(first: int, last: int) -> list[str]:
    return [f"photo_{number:06}.jpg" for number in range(first, last)]


def agreement(index: LiveIndex, queries=QUERIES, k: int = 10) -> float:
    """The share of the exact scan's answers that the graph gives too."""
    hits = 0
    for query in queries:
        truth, quick = index.search(query, k, exact=True), index.search(query, k)
        assert len(truth[0]) == len(quick[0]) == min(k, len(index))
        assert len(set(quick[0].tolist())) == len(quick[0])
        assert len(set(truth[0].tolist())) == len(truth[0])
        hits += int((quick[1] <= truth[1][-1] + 1e-4).sum())  # the exact scan rounds to half precision
    return hits / (k * len(queries))


def test_the_exact_scan_in_chunks_is_right(shelf, index):
    seqs, vectors = zip(*shelf.embeddings.after(0, shelf.model), strict=True)
    seqs, vectors = np.concatenate(seqs), np.concatenate(vectors)
    for query in QUERIES[:20]:
        labels, distances = index.search(query, 25, exact=True)
        truth = np.sort(1 - vectors @ query)[:25]
        assert np.abs(distances - truth).max() < 2e-4
        by_label = 1 - vectors[np.searchsorted(seqs, labels)] @ query
        assert np.abs(by_label - distances).max() < 2e-4


def test_what_is_committed_while_all_vectors_are_read_is_found_once(shelf, index):
    shelf.add_many(unit_vectors(20, seed=7, clusters=30), prefix="late")
    index.prepare_exact()
    labels, _ = index.search(QUERIES[0], COUNT + 20, exact=True)
    assert sorted(labels.tolist()) == shelf.seqs().tolist()


def test_plain_searches_go_on_while_all_vectors_are_read_and_photos_come_and_go(shelf, index, monkeypatch):
    after, answered = shelf.embeddings.after, []

    def read(seq, model):
        chunks = list(after(seq, model))
        if seq == 0:
            shelf.vanish(*names(0, 20))
            shelf.add_many(unit_vectors(20, seed=7, clusters=30), prefix="late")
            asking = threading.Thread(target=lambda: answered.append(index.search(QUERIES[0], 5)))
            asking.start()
            asking.join(timeout=20)
        return iter(chunks)

    monkeypatch.setattr(shelf.embeddings, "after", read)
    index.prepare_exact()
    assert len(answered) == 1
    monkeypatch.undo()
    for how in ({}, {"exact": True}, {"among": shelf.seqs()}):
        labels, _ = index.search(QUERIES[0], COUNT + 100, **how)
        assert sorted(labels.tolist()) == shelf.seqs().tolist()


def test_filtered_answers_read_nothing_any_more_once_they_are_prepared(index, shelf, monkeypatch):
    some = shelf.seqs()[::3]
    truth = index.search(QUERIES[0], 10, among=some)
    index.rebuild(Job())
    index.prepare_exact()
    monkeypatch.setattr(shelf.embeddings, "after", lambda *_: pytest.fail("the vectors were read again"))
    found = index.search(QUERIES[0], 10, among=some)
    assert (found[0].tolist(), found[1].tolist()) == (truth[0].tolist(), truth[1].tolist())


def test_graph_and_exact_scan_agree(index):
    assert index.graph_answers
    assert agreement(index) >= 0.98
    assert index.recall() >= 0.98


def test_new_photos_are_found_before_they_are_linked(shelf, index):
    shelf.add_many(unit_vectors(200, seed=4, clusters=30), prefix="new")
    assert agreement(index) >= 0.98
    assert index.in_graph() == COUNT
    for number in range(0, 200, 20):
        vector = shelf.vector(f"new_{number:06}.jpg")
        assert index.search(vector, 1)[1][0] < 1e-6
    index.merge(Job())
    assert index.in_graph() == COUNT + 200
    assert agreement(index) >= 0.98


def test_missing_photos_leave_and_come_back(shelf, index):
    vector = shelf.vector("photo_000007.jpg")
    shelf.vanish(*names(0, 300))
    assert agreement(index) >= 0.98
    assert index.search(vector, 1)[1][0] > 1e-6
    shelf.come_back(*names(0, 300))
    assert index.search(vector, 1)[1][0] < 1e-6
    assert agreement(index) >= 0.98
    index.merge(Job())
    assert index.in_graph() == COUNT
    assert agreement(index) >= 0.98


def test_a_library_that_shrinks_below_the_limit_goes_on_answering(shelf, index):
    shelf.vanish(*names(0, 1200))
    assert agreement(index) >= 0.98
    assert len(index) == 300
    assert index.sample(1000).shape == (300, 32)
    index.merge(Job())
    assert len(index) == index.in_graph() == 300
    assert agreement(index) >= 0.98


def test_a_library_that_grows_past_the_limit_and_shrinks_and_grows_again(shelf, index):
    shelf.vanish(*names(0, 1200))
    assert agreement(index) >= 0.98
    shelf.add_many(unit_vectors(100, seed=5, clusters=30), prefix="new")
    assert agreement(index) >= 0.98
    shelf.come_back(*names(0, 1200))
    assert agreement(index) >= 0.98
    assert len(index) == COUNT + 100
    index.merge(Job())
    assert index.in_graph() == COUNT + 100
    assert agreement(index) >= 0.98


def test_a_filter_compares_one_by_one(shelf, index):
    among = shelf.seqs()[::9]
    for query in QUERIES[:20]:
        labels, distances = index.search(query, 10, among=among)
        assert set(labels.tolist()) <= set(among.tolist())
        (vectors,) = [vectors for _, vectors in shelf.embeddings.chosen(among, shelf.model)]
        assert np.abs(distances - np.sort(1 - vectors @ query)[:10]).max() < 2e-4


def test_a_large_index_is_loaded_as_it_was_published(shelf, folder, index):
    assert index.publish()
    again = LiveIndex(shelf.catalog, shelf.model, folder)
    assert (again.problem, again.in_graph()) == ("", COUNT)
    assert again.graph_answers
    assert agreement(again) >= 0.98


def test_building_anew_after_an_exact_answer_finds_each_photo_once(index):
    assert agreement(index) >= 0.98
    index.rebuild(Job())
    assert index.graph_answers
    assert agreement(index) >= 0.98


def test_an_unmerged_large_library_is_answered_rightly_at_once(shelf, folder):
    index = LiveIndex(shelf.catalog, shelf.model, folder)
    assert index.in_graph() == 0
    assert agreement(index) == 1


def test_searches_pass_while_another_thread_merges_and_photos_come_and_go(shelf, folder):
    index = LiveIndex(shelf.catalog, shelf.model, folder)
    (vectors,) = [vectors for _, vectors in shelf.embeddings.after(0, shelf.model)]
    seqs = shelf.seqs().tolist()
    failures: list[BaseException | str] = []
    merged = threading.Event()

    def search(seed: int) -> None:
        picks = np.random.default_rng(seed)
        try:
            while not merged.is_set():
                place = int(picks.integers(200, COUNT))
                labels, distances = index.search(vectors[place], 3)
                if labels[0] != seqs[place] or distances[0] > 1e-5:
                    failures.append(f"asked for {seqs[place]}, got {labels} at {distances}")
        except BaseException as error:  # noqa: BLE001 - shown by the assertion below
            failures.append(error)

    def come_and_go() -> None:
        try:
            for round_ in range(10):
                shelf.vanish(*names(0, 200))
                shelf.add_many(unit_vectors(20, seed=100 + round_), prefix=f"new{round_}")
                shelf.come_back(*names(0, 200))
        except BaseException as error:  # noqa: BLE001
            failures.append(error)

    threads = [threading.Thread(target=search, args=(seed,)) for seed in range(3)]
    threads.append(threading.Thread(target=come_and_go))
    for thread in threads:
        thread.start()
    index.merge(Job())
    threads[-1].join()
    index.merge(Job())
    merged.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert index.in_graph() == len(index) == COUNT + 200
    assert agreement(index) >= 0.98
