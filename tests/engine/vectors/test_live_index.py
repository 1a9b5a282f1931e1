"""The index that answers: always what the catalogue says, whatever state graph and file are in."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.catalog.meta import bump
from engine.errors import StorageFullError
from engine.jobs import Cancelled, Job
from engine.vectors import index_file, live_index
from engine.vectors.live_index import LiveIndex
from tests.engine import children
from tests.engine.shelf import Shelf, unit_vectors

QUERIES = unit_vectors(20, seed=99)


def opened(shelf: Shelf, folder: Path) -> LiveIndex:
    return LiveIndex(shelf.catalog, shelf.model, folder)


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def filled(shelf):
    """A shelf with 300 photos."""
    shelf.add_many(unit_vectors(300))
    return shelf


def truth(shelf: Shelf, query, k: int, among=None) -> list[int]:
    """What the catalogue says is nearest."""
    found = {}
    for seqs, vectors in shelf.embeddings.after(0, shelf.model):
        found |= zip(seqs.tolist(), (1 - vectors @ query).tolist(), strict=True)
    wanted = found if among is None else found.keys() & set(among)
    return sorted(wanted, key=lambda seq: (found[seq], seq))[:k]


def answers_rightly(index: LiveIndex, shelf: Shelf, **how) -> bool:
    return all(index.search(query, 10, **how)[0].tolist() == truth(shelf, query, 10) for query in QUERIES)


def test_an_empty_library_finds_nothing(shelf, folder):
    index = opened(shelf, folder)
    for how in ({}, {"exact": True}, {"among": np.array([1, 2])}):
        labels, distances = index.search(QUERIES[0], 5, **how)
        assert (labels.tolist(), distances.tolist()) == ([], [])
    assert len(index) == index.in_graph() == 0
    assert index.recall() is None
    assert index.sample(10).shape == (0, 32)
    index.merge(Job())
    assert index.publish()
    assert opened(shelf, folder).problem == ""


def test_it_answers_from_the_catalogue_before_any_file_exists(filled, folder):
    index = opened(filled, folder)
    assert index.problem == ""
    assert len(index) == 300
    assert index.in_graph() == 0
    assert answers_rightly(index, filled)
    assert answers_rightly(index, filled, exact=True)


def test_a_photo_is_found_the_moment_its_row_is_committed(filled, folder):
    index = opened(filled, folder)
    index.merge(Job())
    (vector,) = unit_vectors(1, seed=5)
    assert index.search(vector, 1)[1][0] > 0.1
    filled.add("new.jpg", vector)
    labels, distances = index.search(vector, 1)
    assert labels.tolist() == [filled.seqs().max()]
    assert distances[0] < 1e-3
    assert len(index) == 301


def test_another_process_committing_is_seen_too(filled, folder, tmp_path):
    index = opened(filled, folder)
    script = """
import sys
from pathlib import Path
from tests.engine.shelf import Shelf, unit_vectors
shelf = Shelf(Path(sys.argv[1]))
shelf.add("theirs.jpg", unit_vectors(1, seed=6)[0])
shelf.vanish("photo_000000.jpg")
shelf.catalog.close()
"""
    children.run(script, tmp_path)
    assert index.search(unit_vectors(1, seed=6)[0], 1)[1][0] < 1e-3
    assert len(index) == 300
    assert answers_rightly(index, filled)


@pytest.mark.parametrize("merged", [False, True])
def test_a_missing_photo_leaves_the_answers_and_comes_back(filled, folder, merged):
    index = opened(filled, folder)
    if merged:
        index.merge(Job())
    (nearest,) = index.search(QUERIES[0], 1)[0]
    name = filled.catalog.photos.with_embeddings([int(nearest)])[int(nearest)].path.name
    filled.vanish(name)
    assert nearest not in index.search(QUERIES[0], 300)[0]
    assert len(index) == 299
    assert answers_rightly(index, filled)
    filled.come_back(name)
    assert index.search(QUERIES[0], 1)[0].tolist() == [nearest]
    index.merge(Job())
    assert index.in_graph() == len(index) == 300
    assert answers_rightly(index, filled)


def test_a_photo_that_changed_is_found_by_its_new_content_only(filled, folder):
    index = opened(filled, folder)
    index.merge(Job())
    old = filled.vector("photo_000010.jpg")
    batch = filled.updates.transaction()
    batch.embedded(filled.key("photo_000010.jpg"), filled.model, unit_vectors(1, seed=8)[0])
    filled.vanish("photo_000011.jpg")
    batch.commit()
    assert index.search(old, 1)[1][0] > 0.1
    assert index.search(unit_vectors(1, seed=8)[0], 1)[1][0] < 1e-3
    assert len(index) == 299


def test_only_chosen_photos_are_compared_with_a_filter(filled, folder):
    index = opened(filled, folder)
    seqs = filled.seqs()
    for among in (seqs[::7], seqs[:3], np.array([10**6]), np.empty(0, dtype=np.int64)):
        for query in QUERIES[:5]:
            assert index.search(query, 10, among=among)[0].tolist() == truth(filled, query, 10, among.tolist())


@pytest.mark.parametrize("how", [{}, {"exact": True}, {"among": np.arange(1, 100)}])
@pytest.mark.parametrize("query", [np.full(32, np.nan), np.zeros(32), np.ones(32), np.ones(31) / 31**0.5])
def test_a_query_that_is_no_unit_vector_is_refused(filled, folder, how, query):
    index = opened(filled, folder)
    with pytest.raises(ValueError):
        index.search(query.astype(np.float32), 5, **how)


def test_damaged_embeddings_are_left_out_and_the_rest_answers(filled, folder):
    with filled.embeddings._database.writing() as connection:
        connection.execute("UPDATE embeddings SET crc = crc + 1 WHERE seq IN (5, 300)")
    index = opened(filled, folder)
    assert len(index) == 298
    assert answers_rightly(index, filled)
    filled.add("new.jpg")
    assert answers_rightly(index, filled)
    index.merge(Job())
    assert index.in_graph() == 299


def test_a_published_index_is_loaded_and_need_not_be_built_again(filled, folder):
    index = opened(filled, folder)
    index.merge(Job())
    assert index.publish()
    assert index.problem == ""
    assert not index.publish(), "the file has it already"
    again = opened(filled, folder)
    assert (again.problem, again.in_graph()) == ("", 300)
    assert not again.publish()
    assert answers_rightly(again, filled)
    assert again.recall() == 1


def test_an_old_file_is_brought_up_to_date(filled, folder):
    index = opened(filled, folder)
    index.merge(Job())
    index.publish()
    filled.add_many(unit_vectors(50, seed=2), prefix="new")
    filled.vanish("photo_000001.jpg", "new_000001.jpg")
    again = opened(filled, folder)
    assert len(again) == 348
    assert again.in_graph() == 299
    assert answers_rightly(again, filled)
    again.merge(Job())
    assert again.in_graph() == 348
    assert again.publish()
    assert opened(filled, folder).in_graph() == 348


@pytest.mark.faults
@pytest.mark.parametrize("damage", ["graph", "manifest", "gone", "other model"])
def test_a_damaged_file_is_named_and_replaced_without_touching_a_photo(filled, folder, damage):
    index = opened(filled, folder)
    index.merge(Job())
    index.publish()
    (graph,) = folder.glob("*.bin")
    if damage == "graph":
        graph.write_bytes(graph.read_bytes()[:-1] + b"\x55")
    elif damage == "manifest":
        (folder / index_file.MANIFEST).write_text("{}")
    elif damage == "gone":
        graph.unlink()
    else:
        manifest = index_file.read_manifest(folder)
        index_file._write_manifest(folder, replace(manifest, model="another"))
    again = opened(filled, folder)
    assert "index file" in again.problem
    assert answers_rightly(again, filled)
    again.merge(Job())
    assert again.publish()
    assert again.problem == ""
    healed = opened(filled, folder)
    assert (healed.problem, healed.in_graph()) == ("", 300)


def test_sound_files_are_read_once_and_again_when_they_are_others(filled, folder, monkeypatch):
    index = opened(filled, folder)
    index.merge(Job())
    index.publish()
    read: list[Path] = []
    check = index_file.check
    monkeypatch.setattr(index_file, "check", lambda at, **how: read.append(at) or check(at, **how))
    for _ in range(3):
        index.merge(Job())
        assert not index.publish()
    assert len(read) == 1
    (file,) = folder.glob("hnsw-*.bin")
    damaged = bytearray(file.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    file.write_bytes(damaged)
    index.merge(Job())
    assert len(read) == 2
    assert index.publish(), "damage was overlooked"
    assert opened(filled, folder).problem == ""


@pytest.fixture(params=["few photos", "many photos"])
def size(request, monkeypatch):
    """Whether the photos are few enough to compare with each of them, or the graph has to answer."""
    monkeypatch.setattr(live_index, "EXACT_BELOW", 20_000 if request.param == "few photos" else 50)
    return request.param


@pytest.mark.faults
def test_the_index_of_another_library_is_not_believed(filled, folder, tmp_path, size):
    """Same program, same model, sound file: but its numbers stand for other photos."""
    other = Shelf(tmp_path / "other")
    other.add_many(unit_vectors(300, seed=50))
    index = LiveIndex(other.catalog, other.model, tmp_path / "other" / "index")
    index.merge(Job())
    index.publish()
    other.catalog.close()
    shutil.copytree(tmp_path / "other" / "index", folder)
    ours = opened(filled, folder)
    assert answers_rightly(ours, filled)
    filled.add("new.jpg")
    ours.merge(Job())
    assert ours.publish()
    again = opened(filled, folder)
    assert again.problem == ""
    assert again.recall() == 1
    assert answers_rightly(again, filled)


@pytest.mark.faults
@pytest.mark.parametrize("count", [1, 5, 150])
def test_an_index_that_is_ahead_of_a_restored_catalogue_is_not_believed(shelf, folder, size, count):
    """The catalogue was put back from a backup: numbers that the index knows are given to other photos."""
    shelf.add_many(unit_vectors(200), prefix="old")
    before = int(shelf.seqs().max())
    shelf.add_many(unit_vectors(100, seed=1), prefix="lost")
    index = opened(shelf, folder)
    index.merge(Job())
    index.publish()
    with shelf.embeddings._database.writing() as connection:  # what a restored backup looks like
        connection.execute("DELETE FROM photos WHERE name >= CAST('lost' AS BLOB) AND name < CAST('losu' AS BLOB)")
        connection.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'embeddings'", (before,))
    shelf.add_many(unit_vectors(count, seed=2), prefix="after")
    assert shelf.seqs().max() == before + count
    again = opened(shelf, folder)
    assert answers_rightly(again, shelf)
    shelf.add("new.jpg")
    again.merge(Job())
    again.publish()
    assert again.recall() == 1
    assert answers_rightly(opened(shelf, folder), shelf)


def test_removed_photos_stay_away_after_opening_again(filled, folder, size):
    index = opened(filled, folder)
    index.merge(Job())
    filled.vanish(*(f"photo_{number:06}.jpg" for number in range(30)))
    index.merge(Job())
    index.publish()
    again = opened(filled, folder)
    assert len(again) == 270
    assert answers_rightly(again, filled)
    filled.come_back("photo_000001.jpg")
    assert answers_rightly(again, filled)
    assert len(again) == 271


def test_photos_that_are_not_linked_yet_when_the_graph_is_saved_are_found_after_opening_again(filled, folder, size):
    index = opened(filled, folder)
    index.merge(Job())
    filled.add_many(unit_vectors(20, seed=3), prefix="new")
    index.refresh()
    index.publish()
    again = opened(filled, folder)
    assert len(again) == 320
    assert answers_rightly(again, filled)
    again.merge(Job())
    again.publish()
    assert opened(filled, folder).in_graph() == 320


@pytest.mark.faults
def test_a_full_disk_keeps_the_old_file_and_the_answers(filled, folder):
    index = opened(filled, folder)
    index.merge(Job())
    index.publish()
    filled.add("new.jpg")
    index.merge(Job())
    (file,) = folder.glob("*.bin")
    file.with_name("hnsw.tmp").symlink_to("/dev/full")
    with pytest.raises(StorageFullError):
        index.publish()
    assert answers_rightly(index, filled)
    assert file.exists()
    file.with_name("hnsw.tmp").unlink(missing_ok=True)
    assert index.publish(), "it was not forgotten that the file is old"
    assert opened(filled, folder).in_graph() == 301


def test_rebuilding_gives_the_same_answers(filled, folder):
    index = opened(filled, folder)
    index.merge(Job())
    filled.vanish("photo_000003.jpg")
    index.rebuild(Job())
    assert index.in_graph() == len(index) == 299
    assert answers_rightly(index, filled)
    assert index.publish()


def test_a_cancelled_merge_leaves_the_answers_right_and_goes_on_next_time(filled, folder):
    index = opened(filled, folder)
    steps = []
    job = Job(report=lambda progress: (steps.append(progress), len(steps) == 3 and job.cancel()))
    with pytest.raises(Cancelled):
        index.merge(job)
    assert 0 < index.in_graph() < 300
    assert steps[0].total == 300
    assert answers_rightly(index, filled)
    index.merge(Job())
    assert index.in_graph() == 300


def test_a_sample_is_of_searchable_photos_each_once(filled, folder):
    index = opened(filled, folder)
    filled.vanish("photo_000000.jpg")
    sample = index.sample(1000, seed=3)
    assert sample.shape == (299, 32)
    assert len(np.unique(sample, axis=0)) == 299
    assert np.array_equal(index.sample(10, seed=3), index.sample(10, seed=3))
    assert index.sample(10).shape == (10, 32)


def test_a_graph_with_many_removed_vectors_is_built_anew(filled, folder):
    index = opened(filled, folder)
    index.merge(Job())
    filled.vanish(*(f"photo_{number:06}.jpg" for number in range(60)))
    index.merge(Job())
    assert index._graph.stored == 300, "a fifth is no reason yet"
    filled.vanish(*(f"photo_{number:06}.jpg" for number in range(60, 100)))
    index.merge(Job())
    assert index._graph.stored == len(index) == 200
    assert index.publish()
    assert answers_rightly(opened(filled, folder), filled)
    filled.come_back(*(f"photo_{number:06}.jpg" for number in range(100)))
    assert answers_rightly(index, filled)
    assert len(index) == 300


@pytest.mark.parametrize("merged", [False, True])
def test_who_comes_and_goes_is_told_without_reading_who_is_there(filled, folder, merged, monkeypatch):
    """With a million photos that reading takes a second, and a search would wait for it."""
    index = opened(filled, folder)
    if merged:
        index.merge(Job())
    filled.vanish("photo_000001.jpg", "photo_000002.jpg")
    index.refresh()
    right = [truth(filled, query, 10) for query in QUERIES]
    monkeypatch.setattr(filled.embeddings, "live", lambda model: pytest.fail("all of them were read"))
    filled.vanish("photo_000003.jpg")
    filled.come_back("photo_000003.jpg")
    assert [index.search(query, 10)[0].tolist() for query in QUERIES] == right
    filled.vanish("photo_000004.jpg")
    filled.come_back("photo_000001.jpg")
    filled.add("new.jpg")
    index.refresh()
    assert len(index) == 299
    assert answers_rightly(index, filled)


def test_deleted_embeddings_are_noticed_among_others_that_come_and_go(filled, folder):
    index = opened(filled, folder)
    chance = np.random.default_rng(3)
    for number in range(30):
        names = [f"photo_{one:06}.jpg" for one in chance.choice(300, 6, replace=False)]
        filled.vanish(*names[:3])
        if number % 3 == 0:
            with filled.embeddings._database.writing() as connection:
                connection.execute("DELETE FROM embeddings WHERE photo = ?", (filled.key(names[3]),))
                bump(connection, membership=True)
        filled.add(f"new_{number}.jpg")
        if number % 2:
            filled.come_back(*names[:2])
        assert answers_rightly(index, filled)
        assert len(index) == len(filled.seqs())
