"""Pairs of photos that a person wants kept apart, by content: no search for duplicates brings them up again.

A content with itself is a pair of identical files.
"""

import sqlite3
import time
from collections.abc import Iterable
from enum import StrEnum

from engine.catalog.database import Database

Pair = tuple[bytes, bytes]


class PairKind(StrEnum):
    """What a person decided about two photos."""

    NOT_COPIES = "not copies"
    """They only look alike."""
    KEEP_BOTH = "keep both"
    """They are copies, and both are wanted."""


class Pairs:
    """Keeps decisions about pairs. A call returns what it changed: handing that to its opposite undoes it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def decide(self, kind: PairKind, pairs: Iterable[Pair]) -> list[Pair]:
        """Let this be decided of pairs of contents, in any order; returns those of which it was not before."""
        now = time.time()
        with self._database.writing(durable=True) as connection:
            return [
                pair
                for pair in _ordered(pairs)
                if _changes(
                    connection,
                    "INSERT OR IGNORE INTO kept_apart (kind, one, other, decided) VALUES (?, ?, ?, ?)",
                    (kind, *pair, now),
                )
            ]

    def revoke(self, kind: PairKind, pairs: Iterable[Pair]) -> list[Pair]:
        """Let it not be decided any more; returns the pairs of which it was."""
        with self._database.writing(durable=True) as connection:
            sql = "DELETE FROM kept_apart WHERE kind = ? AND one = ? AND other = ?"
            return [pair for pair in _ordered(pairs) if _changes(connection, sql, (kind, *pair))]

    def decided(self, kind: PairKind) -> list[Pair]:
        """The pairs of which this is decided, the smaller content first."""
        rows = self._database.rows("SELECT one, other FROM kept_apart WHERE kind = ? ORDER BY one, other", (kind,))
        return [(one, other) for one, other in rows]

    def kept_apart(self) -> set[Pair]:
        """The pairs of which anything is decided, the smaller content first."""
        return {(one, other) for one, other in self._database.rows("SELECT one, other FROM kept_apart")}


def _ordered(pairs: Iterable[Pair]) -> list[Pair]:
    whole = ((min(pair), max(pair)) for pair in pairs if all(pair))
    return list(dict.fromkeys(whole))


def _changes(connection: sqlite3.Connection, sql: str, parameters: tuple[object, ...]) -> bool:
    return connection.execute(sql, parameters).rowcount > 0
