"""The few single values of a catalogue, and the two counters that tell readers what to look at again."""

import sqlite3

from engine.catalog.database import Database

ANSWERING = "answering"
"""Key of the model whose embeddings answer searches."""
FILLING = "filling"
"""Key of the model that takes over once every photo has its embedding."""
READERS = "readers"
"""The format readers the last run had; other readers make unreadable files worth another try."""
GENERATION = "generation"
"""Grows whenever anything about the searchable photos changed."""
LAST_UPDATE = "last update"
PROVIDER = "provider"
"""What the last update did, and when it ended, as JSON."""
LAST_VERIFY, SELF_TEST, LAST_BACKUP = "last verify", "self-test", "last backup"
"""What the last of each found or did, and when, as JSON."""
STANDING_MODEL, STANDING_SEQ = "standing model", "standing seq"
"""Up to which embedding, and of which model, pinned queries have been told of what came."""
MEMBERSHIP = "membership"
"""Grows whenever photos left the search or came back, so that looking at new rows alone is not enough."""


class Meta:
    """Single values by name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def number(self, name: str) -> int | None:
        """An integer value, or None if it was never set."""
        row = self._database.row("SELECT value FROM meta WHERE name = ?", (name,))
        return None if row is None else int(row[0])

    def text(self, name: str) -> str:
        """A text value, or empty if it was never set."""
        row = self._database.row("SELECT value FROM meta WHERE name = ?", (name,))
        return "" if row is None else str(row[0])


def put(connection: sqlite3.Connection, name: str, value: int | str) -> None:
    """Set a value inside a transaction."""
    connection.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (name, value))


def drop(connection: sqlite3.Connection, name: str) -> None:
    """Forget a value inside a transaction."""
    connection.execute("DELETE FROM meta WHERE name = ?", (name,))


def bump(connection: sqlite3.Connection, *, membership: bool = False) -> None:
    """Say inside a transaction that searches may answer differently from now on."""
    for name in (GENERATION, MEMBERSHIP) if membership else (GENERATION,):
        connection.execute(
            "INSERT INTO meta (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1", (name,)
        )
