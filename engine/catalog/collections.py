"""Named sets of photos, kept by content."""

import sqlite3
import time
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.catalog.database import Database, in_parts
from engine.catalog.meta import bump
from engine.errors import BadRequestError, NotFoundError
from engine.records import PhotoState

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class PhotoCollection:
    """A named set of photos.

    Attributes:
        id: stable UUID.
        photos: contents in it.
        present: contents of which a searchable photo is in the library now.
    """

    id: str
    name: str
    photos: int
    present: int


@dataclass(frozen=True, slots=True)
class DeletedCollection:
    """What `Collections.restore` needs."""

    id: str
    name: str
    created: float
    members: tuple[tuple[bytes, float], ...]


class Collections:
    """Creates, renames, fills and deletes collections. Names are unlike, whatever their capitals."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self) -> list[PhotoCollection]:
        """All collections by name."""
        rows = self._database.rows(
            f"""SELECT id, name, count(content_hash), count(content_hash) FILTER (WHERE EXISTS (
                    SELECT 1 FROM photos WHERE photos.content_hash = collection_photos.content_hash
                    AND state = '{PhotoState.INDEXED}'))
                FROM collections LEFT JOIN collection_photos ON collection = key GROUP BY key"""
        )
        return sorted((PhotoCollection(*row) for row in rows), key=lambda one: (one.name.casefold(), one.name))

    def get(self, collection_id: str) -> PhotoCollection:
        """One collection; raises NotFoundError."""
        for one in self.list():
            if one.id == collection_id:
                return one
        raise _unknown(collection_id)

    def named(self, name: str) -> PhotoCollection:
        """The collection of this name, whatever its capitals; raises NotFoundError."""
        for one in self.list():
            if one.name.casefold() == name.strip().casefold():
                return one
        raise _unknown(name)

    def create(self, name: str, contents: Iterable[bytes] = ()) -> PhotoCollection:
        """Make a collection of photos with these contents.

        Raises:
            BadRequestError: the name is empty, too long, or taken.
        """
        new_id = str(uuid.uuid4())
        with self._database.writing(durable=True) as connection:
            name = _free_name(connection, name, "")
            key = connection.execute(
                "INSERT INTO collections (id, name, created) VALUES (?, ?, ?)", (new_id, name, time.time())
            ).lastrowid
            assert key is not None
            _insert(connection, key, [(content, time.time()) for content in contents])
            bump(connection)
        return self.get(new_id)

    def rename(self, collection_id: str, name: str) -> None:
        """Give a collection another name; raises NotFoundError, BadRequestError as `create` does."""
        with self._database.writing(durable=True) as connection:
            key = _key(connection, collection_id)
            connection.execute(
                "UPDATE collections SET name = ? WHERE key = ?", (_free_name(connection, name, collection_id), key)
            )
            bump(connection)

    def delete(self, collection_id: str) -> DeletedCollection:
        """Delete a collection, never its photos; `restore` brings it back from what this returns."""
        with self._database.writing(durable=True) as connection:
            key = _key(connection, collection_id)
            name, created = connection.execute("SELECT name, created FROM collections WHERE key = ?", (key,)).fetchone()
            members = connection.execute(
                "SELECT content_hash, added FROM collection_photos WHERE collection = ?", (key,)
            ).fetchall()
            connection.execute("DELETE FROM collections WHERE key = ?", (key,))
            bump(connection)
        return DeletedCollection(collection_id, name, created, tuple(members))

    def restore(self, deleted: DeletedCollection) -> None:
        """Undo `delete`; raises BadRequestError if another collection has the name now."""
        with self._database.writing(durable=True) as connection:
            name = _free_name(connection, deleted.name, deleted.id)
            key = connection.execute(
                "INSERT INTO collections (id, name, created) VALUES (?, ?, ?)", (deleted.id, name, deleted.created)
            ).lastrowid
            assert key is not None
            _insert(connection, key, deleted.members)
            bump(connection)

    def add(self, collection_id: str, contents: Iterable[bytes]) -> Sequence[bytes]:
        """Put photos with these contents in; returns those that were not in it before."""
        now = time.time()
        with self._database.writing(durable=True) as connection:
            added = _insert(connection, _key(connection, collection_id), [(content, now) for content in contents])
            if added:
                bump(connection)
        return added

    def remove(self, collection_id: str, contents: Iterable[bytes]) -> Sequence[bytes]:
        """Take photos with these contents out; returns those that were in it."""
        with self._database.writing(durable=True) as connection:
            key = _key(connection, collection_id)
            removed = [
                content
                for content in dict.fromkeys(contents)
                if connection.execute(
                    "DELETE FROM collection_photos WHERE collection = ? AND content_hash = ?", (key, content)
                ).rowcount
            ]
            if removed:
                bump(connection)
        return removed

    def holding(self, contents: Iterable[bytes]) -> dict[str, int]:
        """How many of these contents each collection holds, by its id; without those that hold none."""
        held: dict[str, int] = {}
        for marks, part in in_parts(list(dict.fromkeys(contents))):
            rows = self._database.rows(
                f"""SELECT id, count(*) FROM collections JOIN collection_photos ON collection = key
                    WHERE content_hash IN ({marks}) GROUP BY key""",
                part,
            )
            for collection_id, count in rows:
                held[collection_id] = held.get(collection_id, 0) + count
        return held

    def contents(self, collection_id: str) -> set[bytes]:
        """The contents of a collection."""
        rows = self._database.rows(
            """SELECT content_hash FROM collection_photos
               WHERE collection = (SELECT key FROM collections WHERE id = ?)""",
            (collection_id,),
        )
        return {content for (content,) in rows}


def checked_name(name: str) -> str:
    """The name without blanks around it; raises BadRequestError if it cannot be one."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise BadRequestError("A collection needs a name.", f"Give it one of at most {LONGEST_NAME} characters.")
    return name


def _key(connection: sqlite3.Connection, collection_id: str) -> int:
    row = connection.execute("SELECT key FROM collections WHERE id = ?", (collection_id,)).fetchone()
    if row is None:
        raise _unknown(collection_id)
    return int(row[0])


def _free_name(connection: sqlite3.Connection, name: str, own_id: str) -> str:
    """The name as it is stored, if no other collection has it."""
    name = checked_name(name)
    for other_id, other in connection.execute("SELECT id, name FROM collections"):
        if other_id != own_id and other.casefold() == name.casefold():
            raise BadRequestError(f"There is a collection “{other}” already.", "Choose another name.")
    return name


def _insert(connection: sqlite3.Connection, key: int, members: Sequence[tuple[bytes, float]]) -> list[bytes]:
    return [
        content
        for content, added in members
        if content
        and connection.execute(
            "INSERT OR IGNORE INTO collection_photos (collection, content_hash, added) VALUES (?, ?, ?)",
            (key, content, added),
        ).rowcount
    ]


def _unknown(name: str) -> NotFoundError:
    return NotFoundError(f"There is no collection “{name}”.", "See “lookalike collections list”.")
