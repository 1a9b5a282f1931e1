"""What a person decided about photos, kept by content: it survives moves, re-indexing and other models."""

import sqlite3
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from engine.catalog.database import Database
from engine.catalog.meta import bump
from engine.records import Decision

Pair = tuple[bytes, bytes]
Item = TypeVar("Item", bytes, Pair)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A photo that is not a match for a picture.

    Attributes:
        query: content hash of the picture that was searched with.
        photo: content hash of the photo.
    """

    query: bytes
    photo: bytes
    when: datetime

    @property
    def pair(self) -> Pair:
        """What `Decisions.reject` and `Decisions.accept` take."""
        return self.query, self.photo


class Decisions:
    """Pins, hides and rejects photos. A call returns what it changed: handing that to its opposite undoes it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def decide(self, kind: Decision, contents: Iterable[bytes]) -> list[bytes]:
        """Let this be decided of photos with these contents; returns those of which it was not before."""
        now = time.time()
        return self._change(
            contents,
            "INSERT OR IGNORE INTO decisions (kind, content_hash, decided) VALUES (?, ?, ?)",
            lambda content: (kind, content, now),
        )

    def revoke(self, kind: Decision, contents: Iterable[bytes]) -> list[bytes]:
        """Let it not be decided any more; returns the contents of which it was."""
        return self._change(
            contents, "DELETE FROM decisions WHERE kind = ? AND content_hash = ?", lambda content: (kind, content)
        )

    def contents(self, kind: Decision) -> set[bytes]:
        """The contents of which this is decided."""
        return {
            content for (content,) in self._database.rows("SELECT content_hash FROM decisions WHERE kind = ?", (kind,))
        }

    def reject(self, pairs: Iterable[Pair]) -> list[Pair]:
        """For each picture that was searched with, let a photo be no match; returns the pairs that are new."""
        now = time.time()
        return self._change(
            pairs,
            "INSERT OR IGNORE INTO rejections (query_hash, photo_hash, decided) VALUES (?, ?, ?)",
            lambda pair: (*pair, now),
        )

    def accept(self, pairs: Iterable[Pair]) -> list[Pair]:
        """Let photos be matches again; returns the pairs that were rejected."""
        return self._change(pairs, "DELETE FROM rejections WHERE query_hash = ? AND photo_hash = ?", lambda pair: pair)

    def rejected_for(self, queries: Collection[bytes]) -> set[bytes]:
        """The contents that are no match for any one of these pictures."""
        return {
            photo
            for query in set(queries)
            for (photo,) in self._database.rows("SELECT photo_hash FROM rejections WHERE query_hash = ?", (query,))
        }

    def rejected_by(self, photo: bytes) -> list[bytes]:
        """The pictures for which a photo with this content is no match, the newest first."""
        rows = self._database.rows(
            "SELECT query_hash FROM rejections WHERE photo_hash = ? ORDER BY decided DESC, query_hash", (photo,)
        )
        return [query for (query,) in rows]

    def rejections(self) -> list[Rejection]:
        """All of them, the newest first."""
        rows = self._database.rows(
            "SELECT query_hash, photo_hash, decided FROM rejections ORDER BY decided DESC, query_hash, photo_hash"
        )
        return [Rejection(query, photo, datetime.fromtimestamp(decided)) for query, photo, decided in rows]

    def _change(self, items: Iterable[Item], sql: str, parameters: Callable[[Item], tuple[object, ...]]) -> list[Item]:
        """Run a statement for every item without an empty hash; returns the items for which it changed a row."""
        with self._database.writing(durable=True) as connection:
            whole = [item for item in dict.fromkeys(items) if item and all(parameters(item))]
            changed = [item for item in whole if _changes(connection, sql, parameters(item))]
            if changed:
                bump(connection)
        return changed


def _changes(connection: sqlite3.Connection, sql: str, parameters: tuple[object, ...]) -> bool:
    return connection.execute(sql, parameters).rowcount > 0
