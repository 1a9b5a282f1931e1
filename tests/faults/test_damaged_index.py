"""A byte flipped anywhere in the published index: a rebuild without decoding, never a crash or a wrong answer."""

import random
from pathlib import Path

import pytest

from engine.records import Query, QueryPicture
from tests.faults.nightly import NIGHTLY

pytestmark = pytest.mark.faults

FLIPS = 400 if NIGHTLY else 30


def answers(library, files) -> list[list[str]]:
    return [
        [match.photo.path.name for match in library.search(Query((QueryPicture(file),), k=5), remember=False).matches]
        for file in files[:5]
    ]


def index_files(library) -> list[Path]:
    return sorted(file for file in (library.folder / "index").rglob("*") if file.is_file())


@pytest.fixture
def indexed(open_library, make_photos, tmp_path):
    files = make_photos(tmp_path / "photos", 30)
    library = open_library()
    library.index([tmp_path / "photos"])
    return library, files


def test_flipped_bytes_never_change_an_answer(indexed, open_library, monkeypatch):
    monkeypatch.setattr("engine.vectors.live_index.EXACT_BELOW", 4)  # let the graph itself answer
    library, files = indexed
    right = answers(library, files)
    rng = random.Random(1)
    for _ in range(FLIPS):
        file = rng.choice(index_files(library))
        sound = file.read_bytes()
        damaged = bytearray(sound)
        damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
        file.write_bytes(damaged)
        again = open_library()
        assert answers(again, files) == right
        assert again.status().index.problem
        again.close()
        file.write_bytes(sound)


def test_the_next_update_rebuilds_without_reading_a_photo(indexed, open_library):
    library, files = indexed
    right = answers(library, files)
    graph = next(file for file in index_files(library) if file.suffix == ".bin")
    graph.write_bytes(b"\0" * graph.stat().st_size)
    again = open_library()
    assert not again.verify().ok
    report = again.index()
    assert (report.unchanged, report.photos_per_second) == (30, 0)
    assert again.verify().ok
    assert answers(again, files) == right
    fresh = open_library()
    assert fresh.status().index.problem == ""


def test_repair_rebuilds_it_too_and_says_so(indexed, open_library):
    library, _ = indexed
    for file in index_files(library):
        file.write_bytes(file.read_bytes()[:-1])
    again = open_library()
    report = again.verify(repair=True)
    assert report.ok
    assert "built again from the stored embeddings" in " ".join(report.repaired)
    assert again.verify().problems == ()


def test_an_index_that_is_gone_is_no_damage_and_is_built_by_the_next_update(indexed, open_library):
    library, files = indexed
    right = answers(library, files)
    library.close()
    for file in index_files(library):
        file.unlink()
    again = open_library()
    assert again.verify().problems == ()
    assert answers(again, files) == right
    again.index()
    assert len(index_files(again)) == 2


def test_damaged_embeddings_are_found_and_read_again(indexed, open_library):
    library, files = indexed
    with library._catalog._database.writing() as connection:
        connection.execute("UPDATE embeddings SET vector = zeroblob(length(vector)) WHERE seq IN (3, 5)")
    again = open_library()
    assert again.verify().problems[0] == "2 embeddings are damaged."
    assert again.verify(repair=True).ok
    again.index()
    assert again.verify().problems == ()
    assert again.counts().searchable == 30
    assert answers(again, files) == answers(open_library(), files)


def test_a_deleted_or_damaged_thumbnail_cache_is_made_again(indexed, open_library):
    library, files = indexed
    photo = library.photos.at(files[0])
    before = library.thumbnail(photo.id)
    library.close()
    (library.folder / "thumbnails.db").write_bytes(b"not a database at all" * 1000)
    again = open_library()
    assert again.thumbnail(photo.id) == before
    assert again.verify().ok
