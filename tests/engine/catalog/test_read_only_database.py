"""A database where nothing may be written: what is committed is read, whoever writes, and nothing is touched."""

import errno
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest

from engine.catalog import places
from engine.catalog.database import Database
from engine.catalog.thumbnails import Thumbnails
from engine.errors import CatalogTooNewError, LibraryReadOnlyError, LibraryUnusableError, StorageFullError
from tests.closed import DRIVE, RIGHTS, closed
from tests.engine import children
from tests.engine.catalog.test_database import ONE, TWO, insert, words


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "library"
    made.mkdir()
    return made


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go; nothing may be left of them."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def fill(folder: Path, *texts: str) -> None:
    database = Database(folder / "words.db", ONE)
    for text in texts:
        insert(database, text)
    database.close()


def left_by_a_killed_writer(folder: Path, *, index: bool) -> None:
    """The file with a log that holds the last word, and the log's index or not."""
    with tempfile.TemporaryDirectory() as name:
        fill(Path(name), "written")
        database = Database(Path(name) / "words.db", ONE)
        insert(database, "logged")
        for suffix in ("", "-wal", *(["-shm"] if index else [])):
            shutil.copyfile(Path(name) / f"words.db{suffix}", folder / f"words.db{suffix}")
        database.close()


@pytest.mark.parametrize("how", [DRIVE, RIGHTS])
def test_what_is_there_is_read_and_writing_is_one_sentence(folder, temporary, how):
    fill(folder, "there")
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    with closed(folder, how) as place:
        database = Database(place / "words.db", ONE)
        assert database.read_only
        assert words(database) == ["there"]
        for refused in (lambda: insert(database, "refused"), database.compact):
            with pytest.raises(LibraryReadOnlyError, match="is read-only: it can be searched") as told:
                refused()
            assert str(place) in told.value.message
        assert database.problems() == []
        assert words(database) == ["there"]
        database.close()
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    assert not list(temporary.iterdir())


@pytest.mark.parametrize("how", [DRIVE, RIGHTS])
@pytest.mark.parametrize("index", [True, False])
def test_what_a_killed_writer_has_committed_to_the_log_is_read(folder, temporary, how, index):
    left_by_a_killed_writer(folder, index=index)
    with closed(folder, how) as place:
        database = Database(place / "words.db", ONE)
        assert words(database) == ["written", "logged"]
        database.close()
    assert not list(temporary.iterdir())


def test_what_others_write_meanwhile_is_followed(folder):
    fill(folder, "before")
    writer = Database(folder / "words.db", ONE)
    insert(writer, "logged")
    with closed(folder, DRIVE) as place:
        reader = Database(place / "words.db", ONE)
        assert reader.read_only
        assert words(reader) == ["before", "logged"]
        commits = reader.commits()
        insert(writer, "meanwhile")
        assert words(reader) == ["before", "logged", "meanwhile"]
        assert reader.commits() != commits
        writer.close()  # folds the log into the file, and may not delete it under the reader
        assert words(reader) == ["before", "logged", "meanwhile"]
        again = Database(folder / "words.db", ONE)
        insert(again, "later")
        assert words(reader)[-1] == "later"
        again.close()
        reader.close()


def test_who_begins_to_write_where_we_may_not_does_not_disturb_the_copy(folder):
    """Without rights, as another person: nobody could be asked to wait, so what is read is a copy."""
    loaded = """
import sys
from pathlib import Path
from engine.catalog.database import Database
from tests.engine.catalog.test_database import ONE, words
"""
    script = """
database = Database(Path(sys.argv[1]), ONE)
print(database.read_only, words(database), flush=True)
sys.stdin.readline()
print(len(words(database)), database.problems())
database.close()
"""
    with children.folder_for_everyone() as open_to_all:
        fill(open_to_all, "before")
        file = open_to_all / "words.db"
        file.chmod(0o644)
        open_to_all.chmod(0o555)
        reader = children.start(loaded + children.AS_NOBODY + script, file, listens=True)
        assert reader.stdout.readline() == "True ['before']\n"
        open_to_all.chmod(0o755)
        writer = Database(file, ONE)
        for number in range(500):
            insert(writer, f"{number} {'x' * 2000}")
        writer.compact()
        writer.close()
        assert reader.communicate("\n", timeout=60)[0] == "1 []\n"


@pytest.mark.parametrize("how", [DRIVE, RIGHTS])
def test_an_older_schema_is_brought_up_to_date_in_a_copy(folder, temporary, how):
    fill(folder, "old")
    before = (folder / "words.db").read_bytes()
    with closed(folder, how) as place:
        database = Database(place / "words.db", TWO)
        assert database.rows("SELECT length FROM words") == [(3,)]
        with pytest.raises(LibraryReadOnlyError):
            insert(database, "refused")
        database.close()
    assert (folder / "words.db").read_bytes() == before
    assert [file.name for file in folder.iterdir()] == ["words.db"]
    assert not list(temporary.iterdir())


@pytest.mark.parametrize("how", [DRIVE, RIGHTS])
def test_a_newer_schema_is_refused_there_too(folder, how):
    Database(folder / "words.db", TWO).close()
    with closed(folder, how) as place, pytest.raises(CatalogTooNewError):
        Database(place / "words.db", ONE)


def test_a_system_that_promises_rights_it_does_not_give_is_believed_when_it_refuses(folder, monkeypatch):
    """As on a share: only trying tells."""
    fill(folder, "there")
    with closed(folder, DRIVE) as place:
        monkeypatch.setattr(places.os, "access", lambda *_, **__: True)
        monkeypatch.setattr(places.os, "supports_effective_ids", set())
        database = Database(place / "words.db", ONE)
        assert database.read_only
        assert words(database) == ["there"]
        database.close()


def test_a_library_that_is_to_be_made_there_is_not(folder):
    with closed(folder, RIGHTS) as place, pytest.raises(LibraryUnusableError) as told:
        Database(place / "words.db", ONE)
    assert not isinstance(told.value, LibraryReadOnlyError)


def test_no_room_for_the_copy_is_a_sentence(folder, temporary, monkeypatch):
    left_by_a_killed_writer(folder, index=False)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with closed(folder, RIGHTS) as place:
        monkeypatch.setattr(places.shutil, "copyfile", full)
        with pytest.raises(StorageFullError, match="cannot be read without a copy there"):
            Database(place / "words.db", ONE)
    assert not list(temporary.iterdir())


@pytest.mark.parametrize("how", [DRIVE, RIGHTS])
def test_thumbnails_are_read_and_damaged_ones_made_anew(folder, temporary, how):
    file = folder / "thumbnails.db"
    thumbnails = Thumbnails(file)
    thumbnails.put([(b"one", b"picture")])
    thumbnails.close()
    with closed(folder, how) as place:
        reader = Thumbnails(place / file.name, read_only=True)
        assert reader.get(b"one") == b"picture"
        with pytest.raises(LibraryReadOnlyError):
            reader.put([(b"two", b"other")])
        with pytest.raises(LibraryReadOnlyError):
            reader.recreate()
        reader.close()
    file.write_bytes(b"no database" * 1000)
    with closed(folder, how) as place:
        reader = Thumbnails(place / file.name, read_only=True)
        assert reader.get(b"one") is None
        reader.put([(b"one", b"again")])
        assert reader.get(b"one") == b"again"
        reader.close()
    assert file.read_bytes() == b"no database" * 1000
    assert not list(temporary.iterdir())


def test_thumbnails_that_somebody_else_writes_meanwhile_are_not_trusted(folder):
    file = folder / "thumbnails.db"
    Thumbnails(file).close()
    with closed(folder, DRIVE) as place:
        reader = Thumbnails(place / file.name, read_only=True)
        assert reader.get(b"one") is None
        writer = Thumbnails(file)
        writer.put([(b"one", b"picture")])
        assert reader.get(b"one") is None
        writer.close()
        assert reader.get(b"one") is None
        reader.close()
        with sqlite3.connect(f"{(place / file.name).as_uri()}?mode=ro&immutable=1", uri=True) as now:
            assert now.execute("SELECT jpeg FROM thumbnails").fetchall() == [(b"picture",)]
        now.close()
