"""A damaged catalogue: detected, explained, and put together again from what can be read and the newest good copy."""

import contextlib
import os
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.catalog import recovery
from engine.catalog.catalog import Catalog
from engine.catalog.safety_copy import KEPT_SECONDS, copied_at, copy_of
from engine.errors import CatalogDamagedError, CatalogTooNewError, EngineError, LibraryBusyError
from engine.records import Query, QueryPicture
from engine.repairing import repair
from tests.engine import children
from tests.faults.nightly import NIGHTLY

pytestmark = pytest.mark.faults

PAGE = 8192
PHOTOS = 24
DAMAGES = 200 if NIGHTLY else 12
"""Places that are damaged one after the other; more of them at night."""


@pytest.fixture
def kept(open_library, make_photos, tmp_path):
    """The folder of a closed library with photos, queries and decisions, and a copy that holds all of them."""
    files = make_photos(tmp_path / "photos", PHOTOS)
    library = open_library()
    library.index([tmp_path / "photos"])
    for file in files[:3]:
        library.search(Query((QueryPicture(file),), k=5))
    library.collections.create("Beach")
    library._catalog.renew_copy()
    library.close()
    return library.folder


@pytest.fixture
def mend(models_folder):
    return lambda folder: repair(folder, bundled_models=models_folder)


def root_page(catalog: Path, table: str) -> int:
    with contextlib.closing(sqlite3.connect(catalog)) as connection:
        return connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]


def zero_page(file: Path, number: int) -> None:
    """Pages are counted from 1."""
    with file.open("r+b") as stream:
        stream.seek((number - 1) * PAGE)
        stream.write(bytes(PAGE))


def whole(library) -> bool:
    return (
        library.counts().searchable == PHOTOS
        and len(library.history.list()) == 3
        and [one.name for one in library.collections.list()] == ["Beach"]
        and len(library.roots.list()) == 1
    )


def test_every_update_keeps_a_copy_but_not_more_than_one_an_hour(open_library, make_photos, tmp_path):
    make_photos(tmp_path / "photos", 3)
    library = open_library()
    library.index([tmp_path / "photos"])
    copy = copy_of(library.folder / "catalog.db")
    first = copy.stat()
    assert [file.name for file in library.folder.glob("catalog-copy*")] == [copy.name]
    library.index()
    assert copy.stat().st_mtime_ns == first.st_mtime_ns
    for age in (KEPT_SECONDS + 1, -KEPT_SECONDS):  # a clock that was set back makes nothing young for ever
        os.utime(copy, (time.time() - age,) * 2)
        library.index()
        assert abs(copied_at(library.folder / "catalog.db").timestamp() - time.time()) < 60


def test_a_disk_without_room_for_two_gets_no_copy(open_library, make_photos, tmp_path, monkeypatch):
    make_photos(tmp_path / "photos", 3)
    monkeypatch.setattr("engine.catalog.safety_copy.SPARE_BYTES", 2**62)
    library = open_library()
    assert library.index([tmp_path / "photos"]).added == 3
    assert copied_at(library.folder / "catalog.db") is None


def test_a_copy_that_cannot_be_written_fails_no_update(open_library, make_photos, tmp_path):
    make_photos(tmp_path / "photos", 3)
    library = open_library()
    (library.folder / "catalog-copy.db").mkdir()
    os.utime(library.folder / "catalog-copy.db", (0, 0))
    assert library.index([tmp_path / "photos"]).added == 3


def test_a_damaged_catalogue_never_takes_the_place_of_its_good_copy(kept, open_library):
    copy = copy_of(kept / "catalog.db")
    good = copy.read_bytes()
    zero_page(kept / "catalog.db", root_page(kept / "catalog.db", "photos_by_size"))
    library = open_library()
    os.utime(copy, (0, 0))
    with pytest.raises(CatalogDamagedError, match="is damaged") as caught:
        library.index()
    assert "verify --repair" in caught.value.hint
    assert copy.read_bytes() == good


@pytest.mark.parametrize("table", ["photos_by_moment", "query_pictures", "collections", "photos", "embeddings", "meta"])
def test_a_zeroed_page_is_found_explained_and_cured(kept, open_library, mend, table):
    zero_page(kept / "catalog.db", root_page(kept / "catalog.db", table))
    report = mend(kept)
    assert report.ok
    assert "is damaged" in report.problems[0]
    assert any("catalog-damaged.db" in line for line in report.repaired)
    library = open_library()
    assert whole(library)
    assert library.verify().problems == ()
    assert library.index().unchanged == PHOTOS, "no photo is read again"


def test_what_only_an_index_lost_is_lost_to_nobody(kept, open_library, mend):
    """All rows are there: even what came after the copy stays."""
    with Catalog(kept / "catalog.db")._database.writing() as connection:
        connection.execute("UPDATE collections SET name = 'Sea'")
    zero_page(kept / "catalog.db", root_page(kept / "catalog.db", "photos_facts"))
    assert mend(kept).ok
    assert [one.name for one in open_library().collections.list()] == ["Sea"]


@pytest.mark.parametrize("content", [b"", b"\0" * 50_000, b"not a database" * 5000])
def test_a_catalogue_that_is_overwritten_comes_from_its_copy(kept, open_library, mend, content):
    (kept / "catalog.db").write_bytes(content)
    with pytest.raises(CatalogDamagedError, match=r"is damaged|is empty") as caught:
        open_library()
    assert "verify --repair" in caught.value.hint
    report = mend(kept)
    assert report.ok
    assert sum("are those of the copy of" in line for line in report.repaired) == 4
    assert whole(open_library())


def test_a_catalogue_that_is_gone_is_no_new_library(kept, open_library, mend):
    (kept / "catalog.db").unlink()
    with pytest.raises(CatalogDamagedError, match="is gone"):
        open_library()
    assert not (kept / "catalog.db").exists()
    assert mend(kept).ok
    assert whole(open_library())


def test_the_next_update_finds_what_came_after_the_copy(kept, open_library, mend, make_photos, tmp_path):
    library = open_library()
    make_photos(tmp_path / "photos", 5, first=PHOTOS)
    library.index()
    library.close()
    (kept / "catalog.db").write_bytes(b"gone")
    report = mend(kept)
    assert any("lookalike index" in line for line in report.repaired)
    again = open_library()
    assert again.index().added == 5
    assert again.verify().problems == ()
    file = tmp_path / "photos" / "photo_026.jpg"
    assert again.search(Query((QueryPicture(file),), k=1)).matches[0].photo.path == file


@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_a_truncated_catalogue_is_cured(kept, open_library, mend, share):
    file = kept / "catalog.db"
    os.truncate(file, int(file.stat().st_size * share))
    assert mend(kept).ok
    assert whole(open_library())


def test_damage_anywhere_is_cured_or_harmless(kept, open_library, mend):
    file = kept / "catalog.db"
    sound, copy = file.read_bytes(), copy_of(file).read_bytes()
    rng = random.Random(7)
    for _ in range(DAMAGES):
        damaged = bytearray(sound)
        start, length = rng.randrange(100, len(sound)), rng.choice((1, 16, 600, PAGE))
        damaged[start : start + length] = rng.randbytes(len(damaged[start : start + length]))
        file.write_bytes(damaged)
        copy_of(file).write_bytes(copy)
        assert mend(kept).ok
        library = open_library()
        library.index()
        assert whole(library)
        assert library.verify().problems == ()
        library.close()
        for left in kept.glob("catalog.db-*"):
            left.unlink()


def test_without_a_copy_what_can_be_read_is_kept(kept, open_library, mend):
    copy_of(kept / "catalog.db").unlink()
    zero_page(kept / "catalog.db", root_page(kept / "catalog.db", "photos"))
    report = mend(kept)
    assert report.ok
    assert any(line.startswith("There is no copy of the photos") for line in report.repaired)
    library = open_library()
    assert len(library.history.list()) == 3
    assert [one.name for one in library.collections.list()] == ["Beach"]
    assert len(library.roots.list()) == 1
    assert library.index().added == PHOTOS


def test_without_copy_and_catalogue_there_is_a_new_library_that_says_what_is_lost(kept, open_library, mend):
    copy_of(kept / "catalog.db").unlink()
    (kept / "catalog.db").write_bytes(b"gone" * 5000)
    report = mend(kept)
    assert report.ok
    assert any("could be read" in line or "are lost" in line for line in report.repaired)
    assert open_library().counts().photos == 0


def test_a_damaged_copy_is_found_and_made_again_and_never_used(kept, open_library, mend):
    zero_page(copy_of(kept / "catalog.db"), 3)
    library = open_library()
    report = library.verify()
    assert not report.ok
    assert report.problems[0].startswith("The copy of the catalogue is damaged")
    library.close()
    assert mend(kept).repaired == ("The catalogue was copied again.",)
    assert open_library().verify().problems == ()


def test_a_newer_schema_is_refused_and_left_alone(kept, mend):
    with contextlib.closing(sqlite3.connect(kept / "catalog.db")) as connection:
        connection.execute("PRAGMA user_version = 1000")
    before = (kept / "catalog.db").read_bytes()
    with pytest.raises(CatalogTooNewError):
        mend(kept)
    assert (kept / "catalog.db").read_bytes() == before


def test_a_catalogue_that_is_open_elsewhere_is_not_replaced(kept, mend):
    script = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT count(*) FROM photos").fetchone()
print("open", flush=True)
sys.stdin.read()
"""
    other = subprocess.Popen(
        [sys.executable, "-c", script, kept / "catalog.db"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with other:
        assert other.stdout.readline() == b"open\n"
        zero_page(kept / "catalog.db", root_page(kept / "catalog.db", "photos_by_size"))
        with pytest.raises(LibraryBusyError, match="is open in another Lookalike"):
            mend(kept)
        other.stdin.close()
    assert mend(kept).ok


def test_a_disk_that_is_full_leaves_everything_as_it_was(kept, models_folder):
    zero_page(kept / "catalog.db", root_page(kept / "catalog.db", "photos_by_size"))
    before = (kept / "catalog.db").read_bytes()
    script = """
import sys
from pathlib import Path
from engine.errors import EngineError
from engine.repairing import repair
no_room(60_000)
try:
    repair(Path(sys.argv[1]), bundled_models=Path(sys.argv[2]))
except EngineError as error:
    print(type(error).__name__)
"""
    assert children.run(children.NO_ROOM + script, kept, models_folder).split() == ["StorageFullError"]
    assert (kept / "catalog.db").read_bytes() == before
    assert [file.name for file in kept.glob("catalog-recovered*")] == []


def test_a_repair_that_is_killed_can_be_done_again(kept, open_library, models_folder, mend):
    """Killed right before and right after the damaged file is set aside."""
    damaged = None
    for place in ("_set_aside", "Path.replace"):
        if damaged is None:
            zero_page(kept / "catalog.db", root_page(kept / "catalog.db", "photos_by_size"))
            damaged = (kept / "catalog.db").read_bytes()
        script = f"""
import os, signal, sys
from pathlib import Path
from engine.catalog import recovery
from engine.repairing import repair
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
if "{place}" == "Path.replace":
    Path.replace = die
else:
    recovery._set_aside = die
repair(Path(sys.argv[1]), bundled_models=Path(sys.argv[2]))
"""
        child = children.start(script, kept, models_folder)
        child.communicate(timeout=60)
        assert child.returncode == -9
        assert (kept / "catalog.db").exists()
    assert mend(kept).ok
    assert whole(open_library())


def test_the_command_cures_what_it_could_not_even_open(kept, models_folder):
    (kept / "catalog.db").write_bytes(b"not a database" * 5000)
    command = [sys.executable, "-m", "main", "--library", str(kept)]
    said = subprocess.run([*command, "status"], capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert "lookalike verify --repair" in said.stderr
    cured = subprocess.run([*command, "verify", "--repair"], capture_output=True, text=True, check=False)
    assert cured.returncode == 0, cured.stderr
    assert "problem: " in cured.stdout
    assert "are those of the copy of" in cured.stdout
    assert "The library is sound." in cured.stdout


def test_no_damage_leaves_as_anything_but_a_sentence(kept, open_library):
    file = kept / "catalog.db"
    sound = file.read_bytes()
    rng = random.Random(3)
    for _ in range(DAMAGES):
        damaged = bytearray(sound)
        start = rng.randrange(len(sound))
        damaged[start : start + 200] = rng.randbytes(len(damaged[start : start + 200]))
        file.write_bytes(damaged)
        with contextlib.suppress(EngineError):
            library = open_library()
            library.verify()
            library.status()
            library.history.list()
            library.close()
        for left in kept.glob("catalog.db-*"):
            left.unlink()


def test_every_table_is_put_together_again(kept):
    """A table that no part names would be empty after a repair."""
    with contextlib.closing(sqlite3.connect(kept / "catalog.db")) as connection:
        tables = {
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if not name.startswith("sqlite_")
        }
        parents = {
            (table, row[3], row[2])
            for table in tables
            for row in connection.execute(f"PRAGMA foreign_key_list({table})")
        }
    assert tables == {table for part in recovery._PARTS for table in part.tables}
    assert parents == set(recovery._CHILDREN)
