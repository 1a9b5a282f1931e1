"""Room on the disk: what the parts of a library take, and giving back what nobody needs."""

import os
import shutil
import time

import pytest

from engine.catalog import database
from engine.catalog.safety_copy import copy_of
from engine.disk_use import PartKind
from engine.errors import CatalogDamagedError, LibraryBusyError
from engine.jobs import Cancelled, Job
from engine.records import Query, QueryPicture
from tests.engine import children
from tests.faults.nightly import NIGHTLY
from tests.samples import write_model

PHOTOS = 6
LEFT_OVER = 2_000_000


@pytest.fixture
def files(make_photos, tmp_path):
    return make_photos(tmp_path / "photos", PHOTOS)


@pytest.fixture
def full(library, files):
    """A library that was used."""
    library.index([files[0].parent])
    library.search(Query((QueryPicture(files[0]),), k=3))
    return library


def swell(library, megabytes=3):
    """Leave free pages in the catalogue, as a model does that was removed."""
    database = library._catalog._database
    with database.writing() as connection:
        connection.execute("CREATE TABLE swollen (x BLOB)")
        connection.executemany("INSERT INTO swollen VALUES (zeroblob(100000))", [()] * (10 * megabytes))
    with database.writing() as connection:
        connection.execute("DROP TABLE swollen")
    database.row("PRAGMA wal_checkpoint(TRUNCATE)")


def cancelled_at(stage=None):
    """A job that is cancelled when it comes to a stage, or was before."""
    job = Job(lambda progress: job.cancel() if progress.done == stage else None)
    if stage is None:
        job.cancel()
    return job


def kinds(library):
    return {part.kind: part for part in library.care.health().disk}


def test_every_byte_of_a_library_belongs_to_a_part(full):
    (full.folder / "runs" / "one").mkdir(parents=True)
    (full.folder / "runs" / "one" / "report.html").write_bytes(bytes(1000))
    (full.folder / "models" / "mine").mkdir(parents=True)
    (full.folder / "models" / "mine" / "model.onnx").write_bytes(bytes(2000))
    (full.folder / "note.txt").write_bytes(bytes(10))
    (full.folder / "link").symlink_to("/dev/null")
    found = kinds(full)
    assert set(found) == set(PartKind)
    assert (found[PartKind.RUNS].bytes, found[PartKind.MODEL].bytes, found[PartKind.MODEL].name) == (1000, 2000, "mine")
    assert found[PartKind.INDEX].name == "tiny"
    assert found[PartKind.COPIES].bytes == copy_of(full.folder / "catalog.db").stat().st_size
    files = [path for path in full.folder.rglob("*") if path.is_file() or path.is_symlink()]
    assert sum(part.bytes for part in found.values()) == sum(path.lstat().st_size for path in files)


def test_free_room_is_given_back_and_the_library_is_as_before(full, files):
    history = full.history.list()
    assert full.care.health().spare_bytes == 0
    assert full.care.compact(Job()).done == ()
    swell(full)
    assert 3_000_000 < full.care.health().spare_bytes < 3_500_000
    report = full.care.compact(Job())
    assert report.freed_bytes >= 3_000_000
    assert report.done == ("The catalogue was written anew without the room that was free in it.",)
    assert (full.folder / "catalog.db").stat().st_size < 1_000_000
    assert full.care.health().spare_bytes == 0
    assert full.history.list() == history
    assert full.counts().searchable == PHOTOS
    assert full.verify().problems == ()


def test_what_nobody_needs_is_deleted_and_what_is_needed_stays(full, files):
    write_model(full.folder / "models", "gone", seed=5, dim=16)
    full.index(model="gone")
    full.index(model="tiny")
    shutil.rmtree(full.folder / "models" / "gone")
    full._thumbnails.put((bytes([number]) * 32, bytes(100_000)) for number in range(30))
    (tiny,) = (full.folder / "index").glob("tiny*")
    (tiny / "hnsw-000000000001-0.bin").write_bytes(bytes(LEFT_OVER))
    old, new = full.folder / ".backup-old", full.folder / ".backup-new"
    for half_done in (old, new):
        half_done.mkdir()
    schema = full.folder / "catalog-schema1.db"
    schema.write_bytes(bytes(10))
    month_ago = time.time() - 40 * 24 * 3600
    for path in (old, schema):
        os.utime(path, (month_ago, month_ago))
    spare = full.care.health().spare_bytes
    assert spare >= LEFT_OVER + 2_000_000
    report = full.care.compact(Job())
    assert report.freed_bytes >= LEFT_OVER + 3_000_000
    said = " ".join(report.done)
    assert "embeddings of the model gone" in said
    assert "not in the library any more were deleted (30)" in said
    assert [index.name.split("-")[0] for index in (full.folder / "index").iterdir()] == ["tiny"]
    assert not (tiny / "hnsw-000000000001-0.bin").exists()
    assert (old.exists(), new.exists(), schema.exists()) == (False, True, False)
    assert copy_of(full.folder / "catalog.db").exists()
    assert full.verify().problems == ()
    assert len(full.search(Query((QueryPicture(files[1]),), k=3)).matches) == 3


def test_thumbnails_that_are_deleted_here_and_there_give_their_room_back(full, monkeypatch):
    """They leave no page of the file free, and it would stay as large as it was."""
    pictures = {number.to_bytes(32, "big"): bytes(3000) for number in range(2000)}
    full._thumbnails.put(pictures.items())
    needed = set(list(pictures)[::2])
    monkeypatch.setattr(full._catalog.photos, "content_hashes", lambda: needed)
    spare = full.care.health().spare_bytes
    assert 2_900_000 < spare < 3_300_000
    assert full.care.compact(Job()).freed_bytes > 0.8 * spare
    assert full.care.health().spare_bytes == 0
    assert all(full._thumbnails.get(content) for content in needed)


def test_a_disk_without_room_for_it_is_said(full, monkeypatch):
    swell(full)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 0))
    size = (full.folder / "catalog.db").stat().st_size
    (said,) = full.care.compact(Job()).done
    assert "was left as it is: the disk needs" in said
    assert (full.folder / "catalog.db").stat().st_size == size


def test_a_damaged_catalogue_is_not_written_anew(full):
    swell(full)
    full._catalog._database.row("PRAGMA wal_checkpoint(TRUNCATE)")
    with (full.folder / "catalog.db").open("r+b") as stream:
        stream.seek(5 * 8192)
        stream.write(os.urandom(8192))
    with pytest.raises(CatalogDamagedError):
        full.care.compact(Job())


def test_it_can_be_cancelled(full, monkeypatch):
    """In SQLite's own work too, which takes longest."""
    swell(full)
    monkeypatch.setattr(database, "STEPS_BETWEEN_LOOKS", 1)
    for stop_at in range(3):
        with pytest.raises(Cancelled):
            full.care.compact(cancelled_at(stop_at))
    with pytest.raises(Cancelled):
        full._catalog.compact(cancelled_at())
    assert full.care.health().spare_bytes > 3_000_000
    assert full.verify().problems == ()


def test_it_waits_for_nobody_who_is_at_work(full):
    script = """
import sys, time
from pathlib import Path
from engine.locking import LibraryLock
with LibraryLock(Path(sys.argv[1])).held():
    print("held", flush=True)
    time.sleep(60)
"""
    child = children.start(script, full.folder)
    try:
        assert child.stdout.readline() == "held\n"
        with pytest.raises(LibraryBusyError):
            full.care.compact(Job())
    finally:
        child.kill()
        child.communicate()


@pytest.mark.faults
@pytest.mark.parametrize("round_", range(20 if NIGHTLY else 3))
def test_a_kill_in_the_middle_loses_nothing(full, open_library, models_folder, round_):
    swell(full, 30)
    history = full.history.list()
    full.close()
    script = """
import sys
from pathlib import Path
from engine.jobs import Job
from engine.library import Library
with Library.open(Path(sys.argv[1]), Path(sys.argv[2])) as library:
    library.care.compact(Job(lambda progress: print(progress.done, flush=True)))
"""
    child = children.start(script, full.folder, models_folder)
    while child.stdout.readline() not in ("2\n", ""):
        pass
    time.sleep(round_ * 0.01)
    child.kill()
    child.communicate()
    again = open_library()
    assert again.history.list() == history
    assert again.counts().searchable == PHOTOS
    assert again.verify().problems == ()
    again.care.compact(Job())
    assert again.care.health().spare_bytes == 0


@pytest.mark.faults
def test_a_full_disk_is_a_sentence_and_loses_nothing(full, open_library, models_folder):
    swell(full, 30)
    history = full.history.list()
    full.close()
    script = """
import sys
from pathlib import Path
from engine.errors import EngineError
from engine.jobs import Job
from engine.library import Library
with Library.open(Path(sys.argv[1]), Path(sys.argv[2])) as library:
    no_room(20_000)
    try:
        library.care.compact(Job())
    except EngineError as error:
        print(type(error).__name__)
"""
    assert children.run(children.NO_ROOM + script, full.folder, models_folder) == "StorageFullError\n"
    again = open_library()
    assert again.history.list() == history
    assert again.verify().problems == ()
