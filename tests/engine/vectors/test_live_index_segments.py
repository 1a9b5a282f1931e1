"""An index of several graphs: what is sound and what is full is neither built nor written again."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine.jobs import Cancelled, Job
from engine.vectors import hnsw, index_file, live_index, segments
from engine.vectors.index_file import MANIFEST
from engine.vectors.live_index import LiveIndex
from tests.engine.shelf import unit_vectors

COUNT = 1000
QUERIES = unit_vectors(60, seed=99, clusters=30)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def shelf(shelf, monkeypatch):
    """A shelf with 1000 photos, for which four graphs are needed."""
    monkeypatch.setattr(live_index, "EXACT_BELOW", 100)
    monkeypatch.setattr(hnsw, "LARGEST", 300)
    monkeypatch.setattr(segments, "ALWAYS_SAVED", 50)
    # Where linking pauses, and so what is saved in between, must not depend on how busy the machine is.
    monkeypatch.setattr(live_index, "TURN_SECONDS", 60.0)
    shelf.add_many(unit_vectors(COUNT, clusters=30))
    return shelf


@pytest.fixture
def index(shelf, folder):
    """It is linked and saved."""
    index = LiveIndex(shelf.catalog, shelf.model, folder)
    index.merge(Job())
    assert index.publish()
    return index


def opened(shelf, folder) -> LiveIndex:
    return LiveIndex(shelf.catalog, shelf.model, folder)


def files(folder: Path) -> dict[str, int]:
    """The files of the graphs, and which of them is which: another file has another number."""
    return {file.name: file.stat().st_ino for file in folder.glob("*.bin")}


def names(first: int, last: int) -> list[str]:
    return [f"photo_{number:06}.jpg" for number in range(first, last)]


def agrees(index: LiveIndex, shelf) -> bool:
    """Whether the index finds what the catalogue says, nearly always, and nothing else."""
    seqs, vectors = zip(*shelf.embeddings.after(0, shelf.model), strict=True)
    seqs, vectors = np.concatenate(seqs), np.concatenate(vectors)
    hits = 0
    for query in QUERIES:
        labels, distances = index.search(query, 10)
        assert np.isin(labels, seqs).all()
        assert len(set(labels.tolist())) == 10
        hits += int((distances <= np.sort(1 - vectors @ query)[9] + 1e-5).sum())
    return len(index) == len(seqs) and hits >= 0.98 * 10 * len(QUERIES)


def test_several_graphs_answer_and_are_loaded_as_they_were_saved(shelf, folder, index):
    assert len(files(folder)) == 4
    assert agrees(index, shelf)
    again = opened(shelf, folder)
    assert again.graph_answers
    assert (again.problem, again.in_graph(), again.recall() >= 0.98) == ("", COUNT, True)
    assert agrees(again, shelf)
    assert not again.publish()


def test_of_many_new_photos_only_the_graph_that_takes_them_is_written(shelf, folder, index):
    before = files(folder)
    shelf.add_many(unit_vectors(50, seed=4, clusters=30), prefix="new")
    index.merge(Job())
    assert index.publish()
    after = files(folder)
    assert len(before.items() & after.items()) == 3
    assert len(after) == 4
    again = opened(shelf, folder)
    assert again.in_graph() == COUNT + 50
    assert agrees(again, shelf)


def test_for_few_new_photos_no_graph_is_written_and_they_are_found(shelf, folder, index):
    before = files(folder)
    vector = unit_vectors(1, seed=5)[0]
    shelf.add("new.jpg", vector)
    index.merge(Job())
    assert index.in_graph() == COUNT + 1
    assert index.publish()
    assert files(folder) == before
    again = opened(shelf, folder)
    assert again.search(vector, 1)[1][0] < 1e-5
    assert again.in_graph() == COUNT
    assert agrees(again, shelf)
    again.merge(Job())
    assert not again.publish(), "there is nothing to do"
    shelf.add_many(unit_vectors(20, seed=6), prefix="more")
    again.merge(Job())
    assert again.publish()
    assert opened(shelf, folder).in_graph() == COUNT + 21
    assert len(files(folder).items() & before.items()) == 3


def test_who_left_is_remembered_beside_the_files_and_not_looked_for_again(shelf, folder, index, monkeypatch):
    before = files(folder)
    shelf.vanish(*names(0, 5), *names(990, 995))
    index.merge(Job())
    assert index.publish()
    assert files(folder) == before
    right = sorted(shelf.seqs().tolist())
    monkeypatch.setattr(shelf.embeddings, "live", lambda model: pytest.fail("all of them were read"))
    again = opened(shelf, folder)
    assert again.search(QUERIES[0], COUNT)[0].tolist() == index.search(QUERIES[0], COUNT)[0].tolist()
    assert sorted(again.search(QUERIES[0], COUNT)[0].tolist()) == right
    shelf.come_back(*names(0, 5))
    assert agrees(again, shelf)
    assert len(again) == COUNT - 5


def test_who_comes_back_while_nobody_looks_is_found(shelf, folder, index):
    shelf.vanish(*names(0, 5))
    index.merge(Job())
    index.publish()
    shelf.come_back(*names(0, 3))
    shelf.vanish(*names(500, 502))
    again = opened(shelf, folder)
    assert len(again) == COUNT - 4
    assert agrees(again, shelf)
    again.merge(Job())
    assert again.publish()
    assert agrees(opened(shelf, folder), shelf)


@pytest.mark.faults
@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("mended", ["by opening it again", "by the program that has it open"])
def test_of_a_damaged_file_only_its_own_graph_is_built_again(shelf, folder, index, number, mended):
    before = files(folder)
    bad = folder / index_file.read_manifest(folder).segments[number].file
    sound = bad.read_bytes()
    bad.write_bytes(sound[:-1] + b"\x55")
    again = index if mended == "by the program that has it open" else opened(shelf, folder)
    assert bad.name in again.problem
    assert agrees(again, shelf)
    again.merge(Job())
    assert again.publish()
    assert again.problem == ""
    after = files(folder)
    assert len(before.items() & after.items()) >= 2, "one was damaged, one may have taken its vectors"
    healed = opened(shelf, folder)
    assert (healed.problem, healed.in_graph()) == ("", COUNT)
    assert agrees(healed, shelf)


@pytest.mark.faults
def test_a_file_that_is_gone_while_the_index_is_open_is_written_again(shelf, folder, index):
    for name in list(files(folder))[:2]:
        (folder / name).unlink()
    shelf.add("new.jpg")
    index.merge(Job())
    assert index.publish()
    assert index.problem == ""
    assert agrees(opened(shelf, folder), shelf)


@pytest.mark.faults
def test_an_index_of_an_older_format_is_built_again(shelf, folder, index):
    fields = json.loads((folder / MANIFEST).read_text())
    del fields["manifest_blake2b"], fields["segments"]
    fields |= {"format": 2, "file": "hnsw-000000000001-12345678.bin", "count": COUNT, "blake2b": ""}
    (folder / MANIFEST).write_text(json.dumps({**fields, "manifest_blake2b": index_file._text_digest(fields)}))
    again = opened(shelf, folder)
    assert "of another format: 2" in again.problem
    assert agrees(again, shelf)
    again.merge(Job())
    assert again.publish()
    assert (again.problem, opened(shelf, folder).in_graph()) == ("", COUNT)


def test_a_worn_graph_is_built_anew_and_the_others_stay(shelf, folder, index):
    before = files(folder)
    shelf.vanish(*names(0, 100))
    index.merge(Job())
    assert index.publish()
    assert len(before.items() & files(folder).items()) == 3
    again = opened(shelf, folder)
    assert again._graph.stored == again.in_graph() == COUNT - 100
    assert agrees(again, shelf)


def test_a_library_that_shrinks_has_fewer_graphs_in_the_end(shelf, folder, index):
    shelf.vanish(*names(0, 280), *names(300, 580))
    index.merge(Job())
    assert index.publish()
    assert len(files(folder)) < 4
    assert agrees(opened(shelf, folder), shelf)


def test_searches_are_right_while_a_worn_graph_is_built_anew(shelf, index):
    shelf.vanish(*names(0, 100))
    right = []
    index.merge(Job(report=lambda progress: right.append(agrees(index, shelf))))
    assert right
    assert all(right)


@pytest.mark.parametrize("noticed", [False, True])
def test_who_is_away_when_a_graph_is_built_anew_and_comes_back_is_not_lost(shelf, index, monkeypatch, noticed):
    shelf.vanish(*names(0, 100))
    index.refresh()
    chosen, first = shelf.embeddings.chosen, []

    def read(seqs, model):
        if first or len(seqs) != 200:
            return chosen(seqs, model)
        first.append(True)
        shelf.vanish("photo_000150.jpg")
        if noticed:
            index.refresh()
        rows = list(chosen(seqs, model))
        shelf.come_back("photo_000150.jpg")
        return iter(rows)

    monkeypatch.setattr(shelf.embeddings, "chosen", read)
    index.merge(Job())
    assert first
    assert index.search(shelf.vector("photo_000150.jpg"), 1)[1][0] < 1e-5
    index.merge(Job())
    assert agrees(index, shelf)
    assert len(index) == COUNT - 100


def test_a_cancelled_renewal_leaves_everything_as_it_was(shelf, folder, index):
    shelf.vanish(*names(0, 100))
    job = Job(report=lambda progress: job.cancel())
    with pytest.raises(Cancelled):
        index.merge(job)
    assert agrees(index, shelf)
    index.merge(Job())
    assert index.publish()
    assert agrees(opened(shelf, folder), shelf)


@pytest.mark.parametrize("named", [0, 10_000])
def test_a_first_index_that_is_cut_short_keeps_the_graphs_that_were_full(shelf, folder, monkeypatch, named):
    monkeypatch.setattr(live_index, "MOST_NAMED", named)
    monkeypatch.setattr(live_index, "MOST_LINKED", 64)
    index = opened(shelf, folder)
    job = Job(report=lambda progress: job.cancel() if progress.done > 700 else None)
    with pytest.raises(Cancelled):
        index.merge(job)
    assert agrees(index, shelf)
    assert COUNT - 664 < len(index._near) <= COUNT - 600, "what the graph finds is not compared one by one as well"
    again = opened(shelf, folder)
    assert agrees(again, shelf)
    assert again.problem == ""
    assert 600 <= again.in_graph() < 700
    before = files(folder)
    again.merge(Job())
    assert again.publish()
    assert len(before.items() & files(folder).items()) >= 2
    assert opened(shelf, folder).in_graph() == COUNT


def test_building_everything_anew_goes_graph_by_graph(shelf, folder, index):
    shelf.vanish(*names(0, 10))
    most = []
    job = Job(report=lambda progress: most.append(progress.total))
    index.rebuild(job)
    assert max(most) <= 300
    assert index.in_graph() == COUNT - 10
    assert index.publish()
    assert agrees(opened(shelf, folder), shelf)


def test_the_neighbours_of_many_are_looked_for_in_all_graphs(shelf, index, monkeypatch):
    monkeypatch.setattr(live_index, "COMPARED_ALL", 500)
    labels, vectors = index.vectors(shelf.seqs())
    rows, distances = index.neighbours(labels, vectors, 6, Job())
    similar = vectors @ vectors.T
    np.fill_diagonal(similar, -1)
    truth = 1 - np.sort(similar, axis=1)[:, ::-1][:, :6]
    assert rows.shape == (COUNT, 6)
    assert (rows != np.arange(COUNT)[:, None]).all()
    assert (distances <= truth[:, -1:] + 1e-3).mean() >= 0.98
