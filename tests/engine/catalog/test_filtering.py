"""Every filter lets through exactly the photos it should, alone and together."""

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from engine.catalog.database import Database
from engine.catalog.filtering import BROWSED, FACTS, conditions
from engine.catalog.schema import CATALOG
from engine.errors import NotFoundError
from engine.filters import Decided, Filters, Orientation

NEW_YEAR = date(2020, 1, 1)


def passing(shelf, **filters) -> set[str]:
    """The paths, relative to the root, of the photos that pass."""
    seqs = shelf.catalog.browsing.passing(Filters(**filters), shelf.model.key)
    if seqs is None:
        seqs = shelf.seqs()
    assert (np.diff(seqs) > 0).all()
    return {
        str(photo.path.relative_to(shelf.photos))
        for photo in shelf.catalog.photos.with_embeddings(seqs.tolist()).values()
    }


@pytest.fixture
def write(tmp_path):
    """Write to the catalogue behind the engine's back."""
    database = Database(tmp_path / "catalog.db", CATALOG)

    def run(sql: str, *parameters: object) -> None:
        with database.writing() as connection:
            connection.execute(sql, parameters)

    yield run
    database.close()


@pytest.fixture
def decide(write):
    return lambda kind, content: write("INSERT INTO decisions VALUES (?, ?, 0)", kind, content.encode())


def test_several_folders_are_each_with_what_is_below(shelf):
    for path in ("top.jpg", "a/1.jpg", "a/b/2.jpg", "c/3.jpg", "cc/4.jpg"):
        shelf.add(path)
    a, c = shelf.photos / "a", shelf.photos / "c"
    assert passing(shelf, folders=(a, c)) == {"a/1.jpg", "a/b/2.jpg", "c/3.jpg"}
    assert passing(shelf, folders=(shelf.photos / "gone", c)) == {"c/3.jpg"}


def test_a_folder_alone_is_without_what_is_below(shelf):
    for path in ("top.jpg", "a/1.jpg", "a/b/2.jpg", "c/3.jpg"):
        shelf.add(path)
    a = shelf.photos / "a"
    assert passing(shelf, folders_alone=(a,)) == {"a/1.jpg"}
    assert passing(shelf, folders_alone=(shelf.photos,)) == {"top.jpg"}
    assert passing(shelf, folders_alone=(shelf.photos.parent,)) == set()
    assert passing(shelf, folders=(shelf.photos / "c",), folders_alone=(a,)) == {"a/1.jpg", "c/3.jpg"}


def test_cameras_are_whole_names_and_may_be_none(shelf):
    shelf.add("a.jpg", camera="NIKON D7")
    shelf.add("b.jpg", camera="NIKON D750")
    shelf.add("c.jpg")
    assert passing(shelf, cameras=("NIKON D7",)) == {"a.jpg"}
    assert passing(shelf, cameras=("NIKON D750", "")) == {"b.jpg", "c.jpg"}
    assert passing(shelf, camera="d7") == {"a.jpg", "b.jpg"}
    assert passing(shelf, camera="d7", cameras=("NIKON D750",)) == {"b.jpg"}


def test_formats(shelf):
    for name in ("JPEG", "HEIF", "PNG"):
        shelf.add(f"{name}.x", format=name)
    assert passing(shelf, formats=("JPEG",)) == {"JPEG.x"}
    assert passing(shelf, formats=("heif", "PNG")) == {"HEIF.x", "PNG.x"}
    assert passing(shelf, formats=("GIF",)) == set()


def test_orientations(shelf):
    shelf.add("wide.jpg", width=300, height=200)
    shelf.add("high.jpg", width=200, height=300)
    shelf.add("square.jpg", width=200, height=200)
    shelf.add("nearly.jpg", width=200, height=201)
    assert passing(shelf, orientations=(Orientation.LANDSCAPE,)) == {"wide.jpg"}
    assert passing(shelf, orientations=(Orientation.PORTRAIT,)) == {"high.jpg", "nearly.jpg"}
    assert passing(shelf, orientations=(Orientation.SQUARE, Orientation.LANDSCAPE)) == {"square.jpg", "wide.jpg"}


def test_the_least_size_is_of_the_longer_side(shelf):
    shelf.add("wide.jpg", width=1920, height=10)
    shelf.add("high.jpg", width=10, height=1921)
    shelf.add("small.jpg", width=1919, height=1919)
    assert passing(shelf, min_size=1920) == {"wide.jpg", "high.jpg"}
    assert passing(shelf, min_size=1921) == {"high.jpg"}


def test_hidden_photos_are_left_out_unless_they_are_asked_for(shelf, decide):
    for name in ("pinned", "hidden", "both", "plain"):
        shelf.add(f"{name}.jpg", content=name, camera="X")
    for kind, content in (("pinned", "pinned"), ("hidden", "hidden"), ("pinned", "both"), ("hidden", "both")):
        decide(kind, content)
    assert passing(shelf, camera="X") == {"pinned.jpg", "plain.jpg"}
    assert passing(shelf, camera="X", decision=Decided.ANY) == {"pinned.jpg", "hidden.jpg", "both.jpg", "plain.jpg"}
    assert passing(shelf, decision=Decided.PINNED) == {"pinned.jpg", "both.jpg"}
    assert passing(shelf, decision=Decided.HIDDEN) == {"hidden.jpg", "both.jpg"}
    assert passing(shelf, decision=Decided.UNDECIDED) == {"plain.jpg"}
    assert shelf.catalog.browsing.passing(Filters(decision=Decided.ANY), shelf.model.key) is None
    hidden = shelf.catalog.photos.with_embeddings(list(shelf.catalog.photos.hidden(shelf.model.key)))
    assert {photo.path.name for photo in hidden.values()} == {"hidden.jpg", "both.jpg"}


def test_a_collection_is_asked_for_by_id_or_name(shelf, write):
    shelf.add("a.jpg", content="one")
    shelf.add("copy.jpg", content="one")
    shelf.add("b.jpg", content="two")
    write("INSERT INTO collections (key, id, name, created) VALUES (7, 'uuid', 'Holiday', 0)")
    write("INSERT INTO collection_photos VALUES (7, ?, 0)", b"one")
    assert passing(shelf, collection="uuid") == {"a.jpg", "copy.jpg"}
    assert passing(shelf, collection="holiday") == {"a.jpg", "copy.jpg"}
    with pytest.raises(NotFoundError, match="no collection “Christmas”"):
        passing(shelf, collection="Christmas")


def test_a_hundred_thousand_photos_are_filtered_without_reading_their_rows(shelf, tmp_path):
    filters = Filters((shelf.photos,), (), NEW_YEAR, NEW_YEAR, "x", ("X",), ("JPEG",), (Orientation.SQUARE,), 10)
    database = Database(tmp_path / "catalog.db", CATALOG)
    condition = conditions(database, replace(filters, decision=Decided.UNDECIDED))
    database.close()
    connection = sqlite3.connect(tmp_path / "catalog.db")
    sql = f"EXPLAIN SELECT key FROM {FACTS} WHERE {BROWSED}{condition.sql}"
    steps = connection.execute(sql, condition.parameters).fetchall()
    (table,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'photos'").fetchone()
    connection.close()
    cursors = {cursor for _, step, cursor, page, *_ in steps if step == "OpenRead" and page == table}
    assert not any(step == "Column" and cursor in cursors for _, step, cursor, *_ in steps)


def test_a_path_that_is_relative_counts_from_here(shelf, monkeypatch):
    shelf.add("a/1.jpg")
    monkeypatch.chdir(shelf.photos)
    assert passing(shelf, folders=(Path("a"),)) == {"a/1.jpg"}
