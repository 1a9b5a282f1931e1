"""The tables of a library, and the steps that bring older files up to date."""

import sqlite3

from engine.catalog.database import Schema

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


def _create_catalog(connection: sqlite3.Connection) -> None:
    """Version 1."""
    for statement in _CATALOG_1:
        connection.execute(statement)


def _create_thumbnails(connection: sqlite3.Connection) -> None:
    """Version 1: JPEG thumbnails by the content they show, so that moved files and copies share one."""
    connection.execute("CREATE TABLE thumbnails (content_hash BLOB PRIMARY KEY, jpeg BLOB NOT NULL) STRICT")


CATALOG = Schema(CATALOG_ID, (_create_catalog,))
THUMBNAILS = Schema(THUMBNAILS_ID, (_create_thumbnails,))
