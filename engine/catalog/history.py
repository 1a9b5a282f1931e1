"""Remembered queries: the pictures themselves, what was asked, and what was found."""

import json
import os
import sqlite3
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.catalog.database import Database, Row, storable
from engine.catalog.meta import STANDING_MODEL, STANDING_SEQ, Meta, put
from engine.catalog.roots import decode_path
from engine.errors import NotFoundError
from engine.filters import Filters
from engine.records import HistoryEntry, Match, Mode, Query, QueryPicture, Region

ARRIVED = 2
"""What `query_matches.new` is for a match that came since the last run; 1 for what that run found anew."""
_NEWS = f"""CASE WHEN pinned THEN
    (SELECT count(*) FROM query_matches WHERE query = queries.key AND new = {ARRIVED}) ELSE 0 END"""
_MOST_APART = 500
"""More entries than this are read with all others: that many parameters a statement may have."""


@dataclass(frozen=True, slots=True)
class RememberedPicture:
    """A picture of a query as it was when it was asked.

    Attributes:
        thumbnail: JPEG of the picture, or of its region.
        vector: float32 [dim], L2-normalised.
        hashes: perceptual hashes of its eight symmetries, the upright one first.
        model_identity: the model that made the vector.
        content_hash: of the whole picture; empty if it was remembered before that was.
    """

    title: str
    thumbnail: bytes
    vector: NDArray[np.float32]
    hashes: tuple[int, ...]
    model_identity: str
    content_hash: bytes = b""


@dataclass(frozen=True, slots=True)
class _Known:
    """A row of `queries` and what was made of it."""

    row: Row
    entry: HistoryEntry


class History:
    """Lists, names, pins, deletes and restores remembered queries."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._meta = Meta(database)
        self._known: dict[int, _Known] = {}

    def list(self) -> list[HistoryEntry]:
        """All remembered queries: pinned ones first, then the newest first.

        An entry that is as it was is the same object again: whoever compares thousands of them is done at once.
        """
        rows = self._database.rows(
            f"""SELECT key, id, asked, question, model, pinned, title, {_NEWS}
               FROM queries WHERE NOT deleted ORDER BY pinned DESC, asked DESC, key DESC"""
        )
        before = self._known
        changed = [row for row in rows if row[0] not in before or before[row[0]].row != row]
        entries = self._entries(changed)
        known = before | entries
        self._known = {row[0]: known[row[0]] for row in rows if row[0] in known and known[row[0]].row == row}
        return [one.entry for one in self._known.values()]

    def _entries(self, rows: Sequence[Row]) -> "dict[int, _Known]":
        """Entries with their pictures and numbers of matches, which change when a query is asked or has news."""
        every = len(rows) > _MOST_APART
        within = "" if every else f"WHERE query IN ({','.join('?' * len(rows))})"
        keys = () if every else [row[0] for row in rows]
        pictures: dict[int, list[tuple[str, QueryPicture]]] = {}
        for query, path, title, region, weight in self._database.rows(
            f"SELECT query, path, title, region, weight FROM query_pictures {within} ORDER BY query, position", keys
        ):
            pictures.setdefault(query, []).append((title, _picture(path, region, weight)))
        counts = {
            query: (count, new)
            for query, count, new in self._database.rows(
                f"SELECT query, count(*), sum(new > 0) FROM query_matches {within} GROUP BY query", keys
            )
        }
        return {
            row[0]: _Known(row, _entry(row, pictures[row[0]], *counts.get(row[0], (0, 0))))
            for row in rows
            if row[0] in pictures  # else it was deleted between two readings
        }

    def get(self, entry_id: str) -> HistoryEntry:
        """One remembered query; raises NotFoundError."""
        for entry in self.list():
            if entry.id == entry_id:
                return entry
        raise _unknown(entry_id)

    def picture(self, entry_id: str, position: int = 0) -> bytes:
        """The JPEG thumbnail of one of the query's pictures; it is there even when the file is gone."""
        row = self._database.row(
            """SELECT thumbnail FROM query_pictures
               WHERE position = ? AND query = (SELECT key FROM queries WHERE id = ?)""",
            (position, entry_id),
        )
        if row is None:
            raise _unknown(entry_id)
        return bytes(row[0])

    def remembered(self, entry_id: str) -> Sequence[RememberedPicture]:
        """The pictures of a query with their vectors, in order."""
        rows = self._database.rows(
            """SELECT title, thumbnail, vector, hashes, model_identity, content_hash FROM query_pictures
               WHERE query = (SELECT key FROM queries WHERE id = ?) ORDER BY position""",
            (entry_id,),
        )
        return [
            RememberedPicture(
                title,
                thumbnail,
                np.frombuffer(vector, dtype="<f4"),
                tuple(np.frombuffer(hashes, dtype="<u8").tolist()),
                model,
                content,
            )
            for title, thumbnail, vector, hashes, model, content in rows
        ]

    def titles(self) -> dict[bytes, str]:
        """What the pictures of all queries are called, by their content; the newest name of each."""
        rows = self._database.rows("SELECT content_hash, title FROM query_pictures ORDER BY query")
        return {content: title for content, title in rows if content}

    def snapshot(self, entry_id: str, *, arrived: bool = False) -> dict[str, float]:
        """What the query found last: photo ids in order of rank, with their distances.

        Args:
            arrived: also what came since, see `add_news`.
        """
        rows = self._database.rows(
            """SELECT photo_id, distance FROM query_matches
               WHERE query = (SELECT key FROM queries WHERE id = ?) AND new < ? ORDER BY rank""",
            (entry_id, ARRIVED + arrived),
        )
        return dict(rows)

    def told_until(self, model: int) -> int | None:
        """Up to which embedding of this model pinned queries have been told of what came; None for no other yet."""
        if self._meta.number(STANDING_MODEL) != model:
            return None
        return self._meta.number(STANDING_SEQ)

    def add_news(self, news: Mapping[str, Sequence[Match]], model: int, until: int) -> None:
        """Let queries remember matches that came since they ran, and up to which embedding that has been looked for.

        The farthest matches make room, so that there are never more than the query asks for.

        Args:
            news: by id of the query.
        """
        with self._database.writing(durable=True) as connection:
            for entry_id, matches in news.items():
                row = connection.execute("SELECT key, question FROM queries WHERE id = ?", (entry_id,)).fetchone()
                if row is not None:
                    _merge_matches(connection, row[0], matches, json.loads(row[1])["k"])
            put(connection, STANDING_MODEL, model)
            put(connection, STANDING_SEQ, until)

    def add(
        self,
        query: Query,
        pictures: Sequence[RememberedPicture],
        matches: Sequence[Match],
        model: str,
        *,
        instead_of: str | None = None,
    ) -> str:
        """Remember a query; returns its id.

        Args:
            instead_of: a remembered query that this one refines; it makes room and passes on its id, unless it is
                pinned or has a title: what somebody wants to keep stays as it is.
        """
        with self._database.writing(durable=True) as connection:
            entry_id = _make_room(connection, instead_of) or str(uuid.uuid4())
            key = connection.execute(
                "INSERT INTO queries (id, asked, question, model) VALUES (?, ?, ?, ?)",
                (entry_id, time.time(), json.dumps(_question(query)), model),
            ).lastrowid
            assert key is not None
            _insert_pictures(connection, key, query.pictures, pictures)
            _insert_matches(connection, key, matches)
        return entry_id

    def update(
        self, entry_id: str, pictures: Sequence[RememberedPicture], matches: Sequence[Match], model: str
    ) -> None:
        """Let a query that was run again remember its new answer."""
        asked = self.get(entry_id).query.pictures
        with self._database.writing(durable=True) as connection:
            (key,) = connection.execute("SELECT key FROM queries WHERE id = ?", (entry_id,)).fetchone()
            connection.execute("UPDATE queries SET asked = ?, model = ? WHERE key = ?", (time.time(), model, key))
            connection.execute("DELETE FROM query_pictures WHERE query = ?", (key,))
            connection.execute("DELETE FROM query_matches WHERE query = ?", (key,))
            _insert_pictures(connection, key, asked, pictures)
            _insert_matches(connection, key, matches)

    def pin(self, *entry_ids: str, pinned: bool = True) -> None:
        """Keep queries on top of the list, or let them sink again."""
        self._change_all("UPDATE queries SET pinned = ? WHERE id = ? AND NOT deleted", entry_ids, int(pinned))

    def rename(self, entry_id: str, title: str) -> None:
        """Call a query something; an empty title lets it go by its pictures again."""
        sql = "UPDATE queries SET title = ? WHERE id = ? AND NOT deleted"
        self._change_all(sql, [entry_id], storable(title.strip()))

    def delete(self, *entry_ids: str) -> None:
        """Take queries off the list, all or none; `restore` undoes it until `purge`."""
        self._change_all("UPDATE queries SET deleted = 1 WHERE id = ? AND NOT deleted", entry_ids)

    def restore(self, *entry_ids: str) -> None:
        """Undo `delete` and `clear`."""
        self._change_all("UPDATE queries SET deleted = 0 WHERE id = ? AND deleted", entry_ids)

    def clear(self) -> Sequence[str]:
        """Take every query that is not pinned off the list; returns their ids, for `restore` until `purge`."""
        with self._database.writing(durable=True) as connection:
            cleared = connection.execute(
                "UPDATE queries SET deleted = 1 WHERE NOT pinned AND NOT deleted RETURNING id"
            ).fetchall()
        return [entry_id for (entry_id,) in cleared]

    def purge(self) -> None:
        """Forget deleted queries for good."""
        if self._database.row("SELECT 1 FROM queries WHERE deleted") is None:
            return
        with self._database.writing(durable=True) as connection:
            connection.execute("DELETE FROM queries WHERE deleted")

    def _change_all(self, sql: str, entry_ids: Sequence[str], *values: Any) -> None:
        with self._database.writing(durable=True) as connection:
            for entry_id in entry_ids:
                if not connection.execute(sql, (*values, entry_id)).rowcount:
                    raise _unknown(entry_id)


def _entry(row: Row, pictures: Sequence[tuple[str, QueryPicture]], count: int, new: int) -> HistoryEntry:
    _, id, asked, question, model, pinned, title, _ = row
    return HistoryEntry(
        id=id,
        when=datetime.fromtimestamp(asked),
        query=_query(json.loads(question), tuple(picture for _, picture in pictures)),
        titles=tuple(title for title, _ in pictures),
        model=model,
        match_count=count,
        pinned=bool(pinned),
        title=title,
        new_count=new,
    )


def _make_room(connection: sqlite3.Connection, entry_id: str | None) -> str | None:
    gone = connection.execute(
        "DELETE FROM queries WHERE id = ? AND NOT pinned AND title = '' AND NOT deleted", (entry_id,)
    ).rowcount
    return entry_id if gone else None


def _unknown(entry_id: str) -> NotFoundError:
    return NotFoundError(f"There is no query {entry_id} in the history.", "See “lookalike history list”.")


def _picture(path: bytes | None, region: str | None, weight: float) -> QueryPicture:
    """A remembered picture; one without a file has empty data until `remembered` is asked for it."""
    return QueryPicture(
        path=None if path is None else decode_path(path),
        data=b"" if path is None else None,
        region=None if region is None else Region.parse(region),
        weight=weight,
    )


def _question(query: Query) -> dict[str, Any]:
    return {"mode": query.mode, "k": query.k, "exact": query.exact, "filters": query.filters.document()}


def _query(question: dict[str, Any], pictures: tuple[QueryPicture, ...]) -> Query:
    filters = Filters.from_document(question.get("filters", question))  # version 1 had them beside the others
    return Query(pictures, Mode(question["mode"]), filters, question["k"], question["exact"])


def _insert_pictures(
    connection: sqlite3.Connection, query: int, asked: Sequence[QueryPicture], pictures: Sequence[RememberedPicture]
) -> None:
    connection.executemany(
        """INSERT INTO query_pictures
           (query, position, path, title, region, weight, thumbnail, model_identity, vector, hashes, content_hash)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            (
                query, position, None if picture.path is None else os.fsencode(picture.path),
                storable(remembered.title), _exactly(picture.region), picture.weight, remembered.thumbnail,
                remembered.model_identity, remembered.vector.astype("<f4").tobytes(),
                np.array(remembered.hashes, dtype="<u8").tobytes(), remembered.content_hash,
            )
            for position, (picture, remembered) in enumerate(zip(asked, pictures, strict=True))
        ],
    )  # fmt: skip


def _exactly(region: Region | None) -> str | None:
    """A region with all its digits: rounded ones could add up to more than the picture."""
    if region is None:
        return None
    return ",".join(repr(float(side)) for side in (region.x, region.y, region.width, region.height))


def _merge_matches(connection: sqlite3.Connection, query: int, matches: Sequence[Match], most: int) -> None:
    """Put new matches among the remembered ones by their distance."""
    rows = connection.execute("SELECT photo_id, distance, new FROM query_matches WHERE query = ?", (query,)).fetchall()
    rows += [(match.photo.id, match.distance, ARRIVED) for match in matches]
    rows.sort(key=lambda row: row[1])
    connection.execute("DELETE FROM query_matches WHERE query = ?", (query,))
    connection.executemany(
        "INSERT INTO query_matches (query, rank, photo_id, distance, new) VALUES (?, ?, ?, ?, ?)",
        [(query, rank, *row) for rank, row in enumerate(rows[:most], 1)],
    )


def _insert_matches(connection: sqlite3.Connection, query: int, matches: Sequence[Match]) -> None:
    connection.executemany(
        "INSERT INTO query_matches (query, rank, photo_id, distance, new) VALUES (?, ?, ?, ?, ?)",
        [(query, match.rank, match.photo.id, match.distance, int(match.new)) for match in matches],
    )
