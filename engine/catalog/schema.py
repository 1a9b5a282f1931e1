"""The tables of a library, and the steps that bring older files up to date."""

import os
import sqlite3

from engine.catalog.database import Schema, storable
from engine.catalog.meta import LAST_UPDATE
from engine.names import natural_order
from engine.records import PhotoState

CATALOG_ID = 0x4C4F4F4B  # "LOOK"
THUMBNAILS_ID = 0x4C4F4F54  # "LOOT"


_CATALOG_1 = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE roots (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, path BLOB NOT NULL UNIQUE) STRICT",
    """CREATE TABLE photos (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        root INTEGER NOT NULL REFERENCES roots ON DELETE CASCADE,
        folder BLOB NOT NULL,
        name BLOB NOT NULL,
        size INTEGER NOT NULL,
        modified_ns INTEGER NOT NULL,
        state TEXT NOT NULL,
        reason TEXT NOT NULL DEFAULT '',
        pending INTEGER NOT NULL DEFAULT 0,
        content_hash BLOB,
        width INTEGER NOT NULL DEFAULT 0,
        height INTEGER NOT NULL DEFAULT 0,
        orientation INTEGER NOT NULL DEFAULT 1,
        taken TEXT,
        camera TEXT NOT NULL DEFAULT '',
        latitude REAL,
        longitude REAL,
        perceptual_hash INTEGER,
        format TEXT NOT NULL DEFAULT '',
        UNIQUE (root, folder, name)) STRICT""",
    "CREATE INDEX photos_pending ON photos (root, folder, name) WHERE pending",
    "CREATE INDEX photos_content ON photos (content_hash, state) WHERE content_hash IS NOT NULL",
    "CREATE INDEX photos_size ON photos (size, state, content_hash) WHERE content_hash IS NOT NULL",
    """CREATE TABLE models (
        key INTEGER PRIMARY KEY,
        identity TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        dim INTEGER NOT NULL) STRICT""",
    """CREATE TABLE embeddings (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        photo INTEGER NOT NULL REFERENCES photos ON DELETE CASCADE,
        model INTEGER NOT NULL REFERENCES models,
        vector BLOB NOT NULL,
        crc INTEGER NOT NULL,
        UNIQUE (photo, model)) STRICT""",
    "CREATE INDEX embeddings_model ON embeddings (model)",
    """CREATE TABLE calibrations (
        model INTEGER PRIMARY KEY REFERENCES models,
        photos INTEGER NOT NULL,
        quantiles BLOB NOT NULL) STRICT""",
    """CREATE TABLE queries (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        asked REAL NOT NULL,
        question TEXT NOT NULL,
        model TEXT NOT NULL,
        pinned INTEGER NOT NULL DEFAULT 0,
        deleted INTEGER NOT NULL DEFAULT 0) STRICT""",
    """CREATE TABLE query_pictures (
        query INTEGER NOT NULL REFERENCES queries ON DELETE CASCADE,
        position INTEGER NOT NULL,
        path BLOB,
        title TEXT NOT NULL,
        region TEXT,
        weight REAL NOT NULL,
        thumbnail BLOB NOT NULL,
        model_identity TEXT NOT NULL,
        vector BLOB NOT NULL,
        hashes BLOB NOT NULL,
        PRIMARY KEY (query, position)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE query_matches (
        query INTEGER NOT NULL REFERENCES queries ON DELETE CASCADE,
        rank INTEGER NOT NULL,
        photo_id TEXT NOT NULL,
        distance REAL NOT NULL,
        PRIMARY KEY (query, rank)) STRICT, WITHOUT ROWID""",
)
"""Paths are bytes (os.fsencode), because file names need not be UTF-8. `folder` is relative to the root, with
slashes, empty for the root itself. `pending` marks photos to be read by the next run: the work list survives a
crash. An embedding's `seq` is never used twice, so an index that holds a `seq` holds exactly that vector.
"""

_MOMENT = """coalesce(taken, strftime('%Y-%m-%dT%H:%M:%S', modified_ns / 1000000000, 'unixepoch', 'localtime'), '')"""
LEFT_OUT = f"state <> '{PhotoState.INDEXED}'"
"""Photos and files that cannot be searched; said like this, SQLite looks at those alone."""
_BROWSED = f"WHERE state = '{PhotoState.INDEXED}'"
_CATALOG_2 = (
    """CREATE TABLE decisions (
        kind TEXT NOT NULL,
        content_hash BLOB NOT NULL,
        decided REAL NOT NULL,
        PRIMARY KEY (kind, content_hash)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE rejections (
        query_hash BLOB NOT NULL,
        photo_hash BLOB NOT NULL,
        decided REAL NOT NULL,
        PRIMARY KEY (query_hash, photo_hash)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE collections (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE,
        created REAL NOT NULL) STRICT""",
    """CREATE TABLE collection_photos (
        collection INTEGER NOT NULL REFERENCES collections ON DELETE CASCADE,
        content_hash BLOB NOT NULL,
        added REAL NOT NULL,
        PRIMARY KEY (collection, content_hash)) STRICT, WITHOUT ROWID""",
    "ALTER TABLE queries ADD COLUMN title TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE query_matches ADD COLUMN new INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE query_pictures ADD COLUMN content_hash BLOB NOT NULL DEFAULT x''",
    "ALTER TABLE roots ADD COLUMN excludes TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE photos ADD COLUMN sharpness REAL",
    "ALTER TABLE photos ADD COLUMN moment TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE photos ADD COLUMN sort_name TEXT NOT NULL DEFAULT ''",
    f"UPDATE photos SET moment = {_MOMENT}, sort_name = natural_order(name)",
    f"""CREATE TRIGGER photos_found AFTER INSERT ON photos BEGIN
        UPDATE photos SET moment = {_MOMENT} WHERE key = new.key; END""",
    f"""CREATE TRIGGER photos_dated AFTER UPDATE OF taken, modified_ns ON photos BEGIN
        UPDATE photos SET moment = {_MOMENT} WHERE key = new.key; END""",
    f"CREATE INDEX photos_by_moment ON photos (moment) {_BROWSED}",
    f"CREATE INDEX photos_by_name ON photos (sort_name) {_BROWSED}",
    f"CREATE INDEX photos_by_size ON photos (size) {_BROWSED}",
    f"""CREATE INDEX photos_facts ON photos
        (root, folder, sort_name, moment, size, width, height, camera, format, content_hash) {_BROWSED}""",
)
"""What a person decides about photos is kept by their content, so that it survives moves, re-indexing and models.

`rejections` are "not a match": the content of the query's picture and of the photo. `queries.title` is the user's
name for a query, `query_matches.new` what its last run found that the one before had not (1) or what came since (2),
`query_pictures.content_hash` what the whole picture is recognised by (empty for older ones), `roots.excludes` a JSON
list of patterns. `moment` is when a photo was taken, or else modified, in local time; triggers keep it, because an
index cannot hold a local time that is computed. `sort_name` is the file name in natural order. `photos_facts` holds
all that filters and their counts ask for: reading it instead of the photos' rows takes a fifth of the time.
"""


def _create_catalog(connection: sqlite3.Connection) -> None:
    """Version 1."""
    for statement in _CATALOG_1:
        connection.execute(statement)


def _add_decisions_and_browsing(connection: sqlite3.Connection) -> None:
    """Version 2: decisions, collections, titles of queries, patterns of roots, and what browsing sorts by."""
    connection.create_function("natural_order", 1, sort_name, deterministic=True)
    for statement in _CATALOG_2:
        connection.execute(statement)


def _complete_last_update(connection: sqlite3.Connection) -> None:
    """Version 3: how long the last update took, and what it could not read, which earlier ones did not note."""
    connection.execute(
        """UPDATE meta SET value = json_insert(value, '$.seconds', 0.0, '$.unreadable', 0) WHERE name = ?""",
        (LAST_UPDATE,),
    )


def _index_what_is_left_out(connection: sqlite3.Connection) -> None:
    """Version 4: counts need not look at every photo. It serves only who asks for what is not searchable."""
    connection.execute(f"CREATE INDEX photos_left_out ON photos (root, state) WHERE {LEFT_OUT}")


def _add_pairs(connection: sqlite3.Connection) -> None:
    """Version 5: pairs of contents, the smaller one first, that a person keeps apart among duplicates."""
    connection.execute(
        """CREATE TABLE kept_apart (
            kind TEXT NOT NULL,
            one BLOB NOT NULL,
            other BLOB NOT NULL,
            decided REAL NOT NULL,
            PRIMARY KEY (kind, one, other)) STRICT, WITHOUT ROWID"""
    )


def sort_name(name: bytes) -> str:
    """What to store as `sort_name` for a file name."""
    return storable(natural_order(os.fsdecode(name)))


def _create_thumbnails(connection: sqlite3.Connection) -> None:
    """Version 1: JPEG thumbnails by the content they show, so that moved files and copies share one."""
    connection.execute("CREATE TABLE thumbnails (content_hash BLOB PRIMARY KEY, jpeg BLOB NOT NULL) STRICT")


CATALOG = Schema(
    CATALOG_ID,
    (_create_catalog, _add_decisions_and_browsing, _complete_last_update, _index_what_is_left_out, _add_pairs),
)
THUMBNAILS = Schema(THUMBNAILS_ID, (_create_thumbnails,))
