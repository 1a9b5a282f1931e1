"""Writing what indexing finds out about photos.

Files are first put on record as pending, then read: the work list is in the catalogue, so a killed run loses nothing.
"""

import os
import sqlite3
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from engine.catalog.batch import FORGET, Batch
from engine.catalog.database import Database, storable
from engine.catalog.embeddings import StoredModel
from engine.catalog.meta import READERS, bump, put
from engine.catalog.photos import join_path
from engine.catalog.roots import decode_path
from engine.catalog.schema import sort_name
from engine.records import PhotoState

_MOST_CONTENTS = 64
_MOST_OF_A_SIZE = 1024
_MOST_HOLDERS = 96
"""More than the photos of one commit, so that as many moves of the same content find each its own former photo."""


class KnownFile(NamedTuple):
    """What the catalogue remembers of a file, to compare with the disk.

    A tuple, and not a data class, because one is made for each file of every scan.
    """

    key: int
    size: int
    modified_ns: int
    state: PhotoState
    pending: int


_STATES = {str(state): state for state in PhotoState}
"""Looking one up takes a fifth of the time of calling the class."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file on the disk; `reason` is set if it is no photo."""

    folder: bytes
    name: bytes
    size: int
    modified_ns: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PendingPhoto:
    """A photo that waits to be read."""

    key: int
    path: Path
    root_path: Path
    size: int
    state: PhotoState
    content_hash: bytes | None


@dataclass(frozen=True, slots=True)
class Holder:
    """A photo that has a certain content: where it is, and whether it is still there."""

    key: int
    path: Path
    state: PhotoState
    root_path: Path


class Scope:
    """The part of one root that a run looks at: the root, or a folder below it."""

    def __init__(self, root_key: int, root_id: str, root_path: Path, inside: bytes = b"") -> None:
        self.root_key = root_key
        self.root_id = root_id
        self.root_path = root_path
        self.inside = inside

    @property
    def path(self) -> Path:
        """The folder where the run starts."""
        return self.root_path / os.fsdecode(self.inside)

    @property
    def condition(self) -> tuple[str, tuple[object, ...]]:
        """SQL that holds for the photos of this scope, with its parameters."""
        if not self.inside:
            return "root = ?", (self.root_key,)
        return (
            "root = ? AND (folder = ? OR (folder >= ? AND folder < ?))",
            (self.root_key, self.inside, self.inside + b"/", self.inside + b"0"),
        )


class Updates:
    """Everything an indexing run asks of and tells the catalogue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def scope(self, root_id: str, folder: Path) -> Scope:
        """The scope of a folder that is a root or lies below it."""
        row = self._database.row("SELECT key, path FROM roots WHERE id = ?", (root_id,))
        assert row is not None, "the root was listed a moment ago"
        root = decode_path(row[1])
        inside = folder.relative_to(root).as_posix()
        return Scope(row[0], root_id, root, b"" if inside == "." else os.fsencode(inside))

    def known(self, scope: Scope, folder: bytes) -> dict[bytes, KnownFile]:
        """The files on record directly in this folder of the root, by name."""
        rows = self._database.rows(
            "SELECT name, key, size, modified_ns, state, pending FROM photos WHERE root = ? AND folder = ?",
            (scope.root_key, folder),
        )
        return {
            name: KnownFile(key, size, modified_ns, _STATES[state], pending)
            for name, key, size, modified_ns, state, pending in rows
        }

    def folders(self, scope: Scope) -> set[bytes]:
        """The folders of the scope that have files on record."""
        condition, parameters = scope.condition
        return {
            folder
            for (folder,) in self._database.rows(f"SELECT DISTINCT folder FROM photos WHERE {condition}", parameters)
        }

    def record_scan(
        self,
        scope: Scope,
        new: Iterable[FoundFile] = (),
        changed: Iterable[tuple[int, FoundFile]] = (),
        gone: Sequence[int] = (),
        back: Sequence[int] = (),
    ) -> None:
        """Put on record what a scan saw: new, changed and vanished files, and missing ones that are back."""
        with self._database.writing() as connection:
            for file in new:
                _insert(connection, scope.root_key, file)
            left = bool(gone)
            for key, file in changed:
                _change(connection, key, file)
                left |= bool(file.reason)
            connection.executemany(FORGET, [(key,) for key in gone])
            _set_state(connection, gone, PhotoState.MISSING)
            _set_state(connection, back, PhotoState.INDEXED)
            if left or back:
                bump(connection, membership=True)

    def retry_unreadable(self, readers: str) -> None:
        """Let unreadable files be read again if the format readers are not the ones of the last run."""
        with self._database.writing() as connection:
            row = connection.execute("SELECT value FROM meta WHERE name = ?", (READERS,)).fetchone()
            if row is None or row[0] != readers:
                connection.execute("UPDATE photos SET pending = 1 WHERE state = ?", (PhotoState.UNREADABLE,))
                put(connection, READERS, readers)

    def pending_count(self, scope: Scope) -> int:
        """How many photos of the scope wait to be read."""
        condition, parameters = scope.condition
        row = self._database.row(f"SELECT count(*) FROM photos WHERE pending AND {condition}", parameters)
        return int(row[0]) if row else 0

    def pending(self, scope: Scope, after: int, limit: int) -> list[PendingPhoto]:
        """The next photos of the scope that wait to be read, by key."""
        condition, parameters = scope.condition
        return self._photos(f"pending AND {condition} AND key > ? ORDER BY key LIMIT ?", (*parameters, after, limit))

    def without_embedding(self, model: StoredModel, after: int, limit: int) -> list[PendingPhoto]:
        """The next searchable photos that have no embedding of this model, by key."""
        return self._photos(
            f"""state = '{PhotoState.INDEXED}' AND NOT pending AND key > ?
                AND NOT EXISTS (SELECT 1 FROM embeddings WHERE photo = photos.key AND model = ?)
                ORDER BY key LIMIT ?""",
            (after, model.key, limit),
        )

    def contents_of_size(self, photo: PendingPhoto) -> frozenset[bytes]:
        """The contents on record that this file may turn out to have: only files of the same size can be the same.

        Hashes save decoding; where too many share a size, only the photo's own former content is worth comparing.
        """
        rows = self._database.rows(
            f"""SELECT DISTINCT content_hash FROM (
                    SELECT content_hash FROM photos WHERE size = ? AND content_hash IS NOT NULL
                    AND state IN ('{PhotoState.INDEXED}', '{PhotoState.MISSING}') LIMIT {_MOST_OF_A_SIZE})
                LIMIT ?""",
            (photo.size, _MOST_CONTENTS + 1),
        )
        if len(rows) > _MOST_CONTENTS:
            own = photo.content_hash if photo.state == PhotoState.INDEXED else None
            return frozenset([own] if own else [])
        return frozenset(content for (content,) in rows)

    def holders(self, content_hash: bytes, model: StoredModel) -> list[Holder]:
        """Photos on record with this content that have an embedding of the model, those whose file is missing first.

        Not all of them: thousands of files may be the same, and a few tell what became of one more.
        """
        rows = [
            row
            for state in (PhotoState.MISSING, PhotoState.INDEXED)
            for row in self._database.rows(
                """SELECT photos.key, roots.path, folder, name, state FROM photos JOIN roots ON roots.key = photos.root
                   WHERE content_hash = ? AND content_hash IS NOT NULL AND state = ?
                   AND EXISTS (SELECT 1 FROM embeddings WHERE photo = photos.key AND model = ?) LIMIT ?""",
                (content_hash, state, model.key, _MOST_HOLDERS),
            )
        ]
        return [
            Holder(key, join_path(root, folder, name), PhotoState(state), decode_path(root))
            for key, root, folder, name, state in rows
        ]

    def has_embedding(self, key: int, content_hash: bytes, model: StoredModel) -> bool:
        """Whether this photo is on record with this content and has an embedding of the model."""
        return (
            self._database.row(
                """SELECT 1 FROM photos JOIN embeddings ON photo = photos.key AND model = ?
                   WHERE photos.key = ? AND content_hash = ?""",
                (model.key, key, content_hash),
            )
            is not None
        )

    def transaction(self) -> Batch:
        """Collects what became of photos, to be committed together."""
        return Batch(self._database)

    def _photos(self, condition: str, parameters: Sequence[object]) -> list[PendingPhoto]:
        rows = self._database.rows(
            f"""SELECT photos.key, (SELECT path FROM roots WHERE key = root), folder, name, size, state, content_hash
                FROM photos WHERE {condition}""",
            parameters,
        )
        return [
            PendingPhoto(key, join_path(root, folder, name), decode_path(root), size, PhotoState(state), content)
            for key, root, folder, name, size, state, content in rows
        ]


def reread(database: Database, seqs: Sequence[int]) -> None:
    """Drop these embeddings and let the next run read their photos again."""
    with database.writing() as connection:
        for seq in seqs:
            connection.execute(
                "UPDATE photos SET pending = 1 WHERE key = (SELECT photo FROM embeddings WHERE seq = ?)", (seq,)
            )
            connection.execute("DELETE FROM embeddings WHERE seq = ?", (seq,))
        bump(connection, membership=True)


def _insert(connection: sqlite3.Connection, root: int, file: FoundFile) -> None:
    state = PhotoState.IGNORED if file.reason else PhotoState.PENDING
    connection.execute(
        """INSERT INTO photos (id, root, folder, name, sort_name, size, modified_ns, state, reason, pending)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            str(uuid.uuid4()), root, file.folder, file.name, sort_name(file.name), file.size,
            storable_ns(file.modified_ns), state, storable(file.reason), state == PhotoState.PENDING,
        ),
    )  # fmt: skip


def _change(connection: sqlite3.Connection, key: int, file: FoundFile) -> None:
    connection.execute(
        "UPDATE photos SET size = ?, modified_ns = ?, pending = ? WHERE key = ?",
        (file.size, storable_ns(file.modified_ns), not file.reason, key),
    )
    if file.reason:
        connection.execute(
            "UPDATE photos SET state = ?, reason = ? WHERE key = ?", (PhotoState.IGNORED, storable(file.reason), key)
        )


def _set_state(connection: sqlite3.Connection, keys: Sequence[int], state: PhotoState) -> None:
    connection.executemany("UPDATE photos SET state = ? WHERE key = ?", [(state, key) for key in keys])


def storable_ns(nanoseconds: int) -> int:
    """A date as SQLite can hold it: up to the year 2262, though file systems know later ones."""
    return max(-(2**63), min(nanoseconds, 2**63 - 1))
