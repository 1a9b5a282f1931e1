"""The folders a person added."""

import json
import os
import sqlite3
import uuid
from collections.abc import Sequence
from pathlib import Path

from engine.catalog.database import Database, storable
from engine.catalog.embeddings import SEARCHABLE
from engine.catalog.meta import ANSWERING, bump
from engine.catalog.schema import LEFT_OUT
from engine.errors import BadRequestError, NotFoundError
from engine.excludes import moved_below
from engine.paths import absolute, without_links
from engine.records import PhotoState, Root

_LOOKED_FOR = 200
_COUNTS = f"""
    SELECT roots.id, roots.path, roots.excludes,
           count(photos.key) FILTER (WHERE photos.state NOT IN
               ('{PhotoState.IGNORED}', '{PhotoState.MISSING}', '{PhotoState.EXCLUDED}')),
           count(embeddings.seq) FILTER (WHERE photos.state = '{PhotoState.INDEXED}')
    FROM roots
    LEFT JOIN photos ON photos.root = roots.key
    LEFT JOIN embeddings ON embeddings.photo = photos.key
        AND embeddings.model = (SELECT value FROM meta WHERE name = '{ANSWERING}')
    GROUP BY roots.key ORDER BY roots.path
"""
_WHOLE = f"""SELECT (SELECT count(*) FROM photos WHERE state = '{PhotoState.INDEXED}')
    = {SEARCHABLE.format(f"(SELECT value FROM meta WHERE name = '{ANSWERING}')")}"""
"""Whether every photo that was read has its embedding, as nearly always."""
_COUNTS_OF_WHOLE = f"""
    SELECT id, path, excludes, indexed + others, indexed FROM (
        SELECT id, path, excludes,
            (SELECT count(*) FROM photos INDEXED BY photos_facts
                WHERE state = '{PhotoState.INDEXED}' AND root = roots.key) AS indexed,
            (SELECT count(*) FROM photos WHERE {LEFT_OUT} AND root = roots.key AND state NOT IN
                ('{PhotoState.IGNORED}', '{PhotoState.MISSING}', '{PhotoState.EXCLUDED}')) AS others
        FROM roots)
    ORDER BY path
"""


class Roots:
    """Adds, lists, moves and removes roots. Roots never lie inside one another."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self) -> list[Root]:
        """All roots with their counts, by path."""
        whole = self._database.row(_WHOLE) == (1,)
        return [
            Root(id, path := decode_path(raw), is_reachable(path), photos, searchable, tuple(json.loads(excludes)))
            for id, raw, excludes, photos, searchable in self._database.rows(_COUNTS_OF_WHOLE if whole else _COUNTS)
        ]

    def online(self) -> tuple[bool, ...]:
        """Which of the roots, by path, can be reached now; without counting their photos, which takes longer."""
        rows = self._database.rows("SELECT path FROM roots ORDER BY path")
        return tuple(is_reachable(decode_path(raw)) for (raw,) in rows)

    def add(self, folder: Path, excludes: Sequence[str] = ()) -> Root:
        """Add a folder, or return the root that contains it already. Roots below it become part of it.

        A folder that is reached through a link is the folder it leads to: photos must not be there twice.

        Args:
            excludes: patterns that are left out of it, if it is new.

        Raises:
            NotFoundError: there is no such folder.
            BadRequestError: it is a file.
        """
        folder = absolute(folder)
        if not os.path.exists(folder):  # noqa: PTH110 - Path.exists raises for a name that is too long
            raise NotFoundError(f"There is no folder {folder}.", "Check the name, or connect the drive it is on.")
        if not is_reachable(folder):
            raise BadRequestError(f"{folder} is a file, not a folder.", "Add the folder that contains it.")
        # Drives may take their time, so nobody waits for that.
        real = {root.path: without_links(root.path) for root in self.list()}
        with self._database.writing(durable=True) as connection:
            known = self.list()  # nobody else can add one until we have written
            for root in known:
                if without_links(folder).is_relative_to(real.get(root.path, root.path)):
                    return root
            key = connection.execute(
                "INSERT INTO roots (id, path, excludes) VALUES (?, ?, ?)",
                (str(uuid.uuid4()), encode_path(folder), json.dumps([*map(storable, excludes)])),
            ).lastrowid
            for root in known:
                place = real.get(root.path, root.path)
                if place.is_relative_to(without_links(folder)):
                    _absorb(connection, key, place.relative_to(without_links(folder)).as_posix(), root)
        return self._get(folder)

    def remove(self, root_id: str) -> None:
        """Forget a root with its photos and their embeddings; the files stay where they are."""
        with self._database.writing(durable=True) as connection:
            removed = connection.execute("DELETE FROM roots WHERE id = ?", (root_id,)).rowcount
            if not removed:
                raise NotFoundError("That folder is not part of the library.", "See “lookalike roots list”.")
            bump(connection, membership=True)

    def relocate(self, old: Path, new: Path) -> Root:
        """Tell where a root is now, such as after a drive got another name. Nothing is read again.

        Raises:
            NotFoundError: `old` is no root, or `new` is no folder.
            BadRequestError: `new` belongs to another root.
        """
        old, new = absolute(old), absolute(new)
        root = self._get(old)
        if not is_reachable(new):
            raise NotFoundError(f"There is no folder {new}.", "Check the name, or connect the drive it is on.")
        for other in self.list():
            if other.id != root.id and (new.is_relative_to(other.path) or other.path.is_relative_to(new)):
                raise BadRequestError(
                    f"{new} overlaps the folder {other.path} of the library.", "Remove that one first."
                )
        with self._database.writing(durable=True) as connection:
            connection.execute("UPDATE roots SET path = ? WHERE id = ?", (encode_path(new), root.id))
            bump(connection)
        return self._get(new)

    def found_in(self, root_id: str, folder: Path) -> tuple[int, int]:
        """How much speaks for a root being in this folder now: of some of its photos, how many are there, of how many.

        Photos of all parts of it are looked for, because a part may have stayed behind.
        """
        rows = self._database.rows(
            f"""SELECT folder, name FROM photos WHERE root = (SELECT key FROM roots WHERE id = ?)
                AND state IN ('{PhotoState.INDEXED}', '{PhotoState.UNREADABLE}', '{PhotoState.PENDING}')""",
            (root_id,),
        )
        sample = rows[:: len(rows) // _LOOKED_FOR + 1]
        places = (folder / os.fsdecode(inside) / os.fsdecode(name) for inside, name in sample)
        return sum(os.path.lexists(place) for place in places), len(sample)

    def at(self, folder: Path) -> Root:
        """The root with this path; raises NotFoundError."""
        return self._get(absolute(folder))

    def _get(self, folder: Path) -> Root:
        for root in self.list():
            if root.path == folder:
                return root
        raise NotFoundError(f"{folder} is not a folder of this library.", "See “lookalike roots list”.")


def is_reachable(folder: Path) -> bool:
    """Whether a folder is there; Path.is_dir raises for a closed folder or a dead network share."""
    return os.path.isdir(folder)  # noqa: PTH112


def encode_path(path: Path) -> bytes:
    """An absolute path as it is stored: its bytes, with slashes on every system."""
    return os.fsencode(path.as_posix())


def decode_path(raw: bytes) -> Path:
    """A stored path as Path; names that are not UTF-8 keep their bytes."""
    return Path(os.fsdecode(raw))


def within(root: Root, folder: Path) -> Path:
    """A folder of a root under the root's name: a person may have named it through a link."""
    if folder.is_relative_to(root.path):
        return folder
    return root.path / without_links(folder).relative_to(without_links(root.path))


def _absorb(connection: sqlite3.Connection, key: int | None, prefix: str, child: Root) -> None:
    """Hand the photos of a root below the new one over to it, and its patterns."""
    parent = os.fsencode(prefix)
    connection.execute(
        """UPDATE photos SET root = ?, folder = CASE WHEN folder = x'' THEN ? ELSE CAST(? || '/' || folder AS BLOB) END
           WHERE root = (SELECT key FROM roots WHERE id = ?)""",
        (key, parent, parent, child.id),
    )
    connection.execute("DELETE FROM roots WHERE id = ?", (child.id,))
    patterns = json.loads(connection.execute("SELECT excludes FROM roots WHERE key = ?", (key,)).fetchone()[0])
    patterns += [moved_below(line, storable(prefix)) for line in child.excludes]
    connection.execute("UPDATE roots SET excludes = ? WHERE key = ?", (json.dumps(patterns), key))
