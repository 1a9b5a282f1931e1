"""Bringing a library of an earlier version up to date: nothing a person has is lost."""

import json
import sqlite3
from datetime import date, datetime
from pathlib import Path

import pytest

from engine.catalog.catalog import Catalog
from engine.catalog.database import Database, Schema
from engine.catalog.meta import LAST_UPDATE
from engine.catalog.schema import CATALOG, CATALOG_ID
from engine.records import IndexReport, LastUpdate, PhotoState, Skipped
from tests.engine.shelf import NOON

VERSION_1 = Path(__file__).with_name("version_1.sql")
IN_JUNE = "2023-06-14T09:30:00"
NOON_HERE = datetime.fromtimestamp(NOON / 1e9).isoformat()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A catalogue that version 1 wrote."""
    file = tmp_path / "catalog.db"
    connection = sqlite3.connect(file)
    connection.executescript(VERSION_1.read_text())
    connection.close()
    return file


def rows(file: Path, sql: str) -> list[tuple]:
    connection = sqlite3.connect(file)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_an_update_keeps_every_row_of_version_1(old):
    before = {table: rows(old, f"SELECT count(*) FROM {table}") for table in ("photos", "embeddings", "queries")}
    Catalog(old).close()
    assert rows(old, "PRAGMA user_version") == [(CATALOG.version,)]
    assert {table: rows(old, f"SELECT count(*) FROM {table}") for table in before} == before
    assert rows(old.with_name("catalog-schema1.db"), "PRAGMA user_version") == [(1,)]


def test_a_library_of_version_1_answers_as_before(old):
    catalog = Catalog(old)
    (root,) = catalog.roots.list()
    assert (root.path, root.photos, root.searchable) == (Path("/pictures"), 4, 3)
    photo = catalog.photos.at(Path("/pictures/2023/june/beach.jpg"))
    assert (photo.taken, photo.camera, photo.state) == (
        datetime.fromisoformat(IN_JUNE),
        "Canon EOS 5D",
        PhotoState.INDEXED,
    )
    (entry,) = catalog.history.list()
    filters = entry.query.filters
    assert (filters.after, filters.before, filters.camera, filters.min_score) == (date(2023, 1, 1), None, "canon", 0.5)
    assert (entry.pinned, entry.titles, entry.match_count) == (True, ("beach.jpg",), 1)
    catalog.close()


def test_photos_of_version_1_can_be_sorted_by_time_and_by_name(old):
    Catalog(old).close()
    found = dict(rows(old, "SELECT name, moment FROM photos WHERE state = 'indexed'"))
    assert found == {b"beach.jpg": IN_JUNE, b"IMG_9.jpg": NOON_HERE, b"IMG_10.jpg": NOON_HERE}
    ordered = rows(old, "SELECT name FROM photos ORDER BY sort_name")
    assert [name for (name,) in ordered] == [
        b"beach.jpg",
        b"IMG_9.jpg",
        b"IMG_10.jpg",
        b"mug.jpg",
        b"notes.txt",
        b"waiting.jpg",
    ]


def test_the_new_columns_begin_empty(old):
    Catalog(old).close()
    assert rows(old, "SELECT title FROM queries") == [("",)]
    assert rows(old, "SELECT excludes FROM roots") == [("[]",)]
    assert rows(old, "SELECT DISTINCT sharpness FROM photos") == [(None,)]
    for table in ("decisions", "rejections", "collections", "collection_photos"):
        assert rows(old, f"SELECT count(*) FROM {table}") == [(0,)]


def test_what_version_2_noted_of_the_last_update_is_told(tmp_path):
    two = Database(tmp_path / "catalog.db", Schema(CATALOG_ID, CATALOG.migrations[:2]))
    noted = {"when": NOON / 1e9, "added": 12, "updated": 0, "moved": 1, "missing": 2, "offline": 0}
    with two.writing() as connection:
        connection.execute("INSERT INTO meta VALUES (?, ?)", (LAST_UPDATE, json.dumps(noted)))
    two.close()
    catalog = Catalog(tmp_path / "catalog.db")
    when = datetime.fromtimestamp(NOON / 1e9)
    assert catalog.last_update() == LastUpdate(when, 12, 0, 1, 2, seconds=0.0, unreadable=0)
    catalog.remember_update(IndexReport(added=1, seconds=2.5, skipped=(Skipped(Path("/a.jpg"), "The file is empty."),)))
    done = catalog.last_update()
    assert (done.added, done.seconds, done.unreadable) == (1, 2.5, 1)
    catalog.close()


def test_a_library_without_an_update_has_none_to_tell_of(old):
    catalog = Catalog(old)
    assert catalog.last_update() is None
    catalog.close()


def test_the_moment_follows_the_capture_time_and_the_date_of_the_file(shelf, tmp_path):
    def moment() -> str:
        return rows(tmp_path / "catalog.db", "SELECT moment FROM photos")[0][0]

    shelf.record("a.jpg")
    assert moment() == NOON_HERE
    shelf.add("b.jpg", taken=datetime.fromisoformat(IN_JUNE))
    assert rows(tmp_path / "catalog.db", "SELECT moment FROM photos WHERE name = x'622E6A7067'") == [(IN_JUNE,)]
    with Database(tmp_path / "catalog.db", CATALOG).writing() as connection:
        connection.execute("UPDATE photos SET modified_ns = modified_ns + 1000000000")
    assert moment() == NOON_HERE[:-1] + "1"
    assert rows(tmp_path / "catalog.db", "SELECT moment FROM photos WHERE name = x'622E6A7067'") == [(IN_JUNE,)]


def test_a_moved_photo_is_sorted_by_its_new_name(shelf, tmp_path):
    shelf.add("zebra.jpg")
    shelf.vanish("zebra.jpg")
    shelf.record("Apple_12.jpg")
    batch = shelf.updates.transaction()
    batch.moved(shelf.key("Apple_12.jpg"), shelf.key("zebra.jpg"))
    batch.commit()
    assert rows(tmp_path / "catalog.db", "SELECT name, sort_name FROM photos") == [(b"Apple_12.jpg", "apple_0212.jpg")]


def test_deleting_a_collection_deletes_its_list_of_photos(tmp_path):
    database = Database(tmp_path / "catalog.db", CATALOG)
    with database.writing() as connection:
        connection.execute("INSERT INTO collections (key, id, name, created) VALUES (1, 'id', 'Holiday', 0)")
        connection.execute("INSERT INTO collection_photos VALUES (1, x'00', 0)")
        connection.execute("DELETE FROM collections")
    assert database.rows("SELECT * FROM collection_photos") == []
    database.close()


BROWSED = {
    "by day": ("ORDER BY moment, key", "photos_by_moment"),
    "by day, newest first": ("ORDER BY moment DESC, key DESC", "photos_by_moment"),
    "by name": ("ORDER BY sort_name, key", "photos_by_name"),
    "by size": ("ORDER BY size DESC, key DESC", "photos_by_size"),
    "by folder": ("AND root = 1 ORDER BY folder, sort_name", "photos_facts"),
}


@pytest.mark.parametrize(("order", "index"), BROWSED.values(), ids=BROWSED.keys())
def test_browsing_sorts_nothing_because_an_index_has_it_in_order(tmp_path, order, index):
    Catalog(tmp_path / "catalog.db").close()
    sql = f"EXPLAIN QUERY PLAN SELECT key FROM photos WHERE state = 'indexed' {order}"
    plan = " ".join(str(row[-1]) for row in rows(tmp_path / "catalog.db", sql))
    assert index in plan
    assert "TEMP B-TREE" not in plan
