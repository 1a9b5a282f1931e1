"""The thumbnail cache: a file of its own that may be deleted at any time."""

from collections.abc import Iterable
from pathlib import Path

from engine.catalog.database import Database
from engine.catalog.schema import THUMBNAILS
from engine.errors import CatalogDamagedError, LibraryUnusableError


class Thumbnails:
    """JPEG thumbnails by content hash."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database = _open(path)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def get(self, content_hash: bytes) -> bytes | None:
        """The thumbnail of a picture, or None if it has to be made again."""
        try:
            row = self._database.row("SELECT jpeg FROM thumbnails WHERE content_hash = ?", (content_hash,))
        except CatalogDamagedError:
            return None
        return None if row is None else bytes(row[0])

    def put(self, pictures: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep thumbnails: pairs of content hash and JPEG."""
        with self._database.writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO thumbnails (content_hash, jpeg) VALUES (?, ?)", pictures)

    def keep_only(self, content_hashes: set[bytes]) -> int:
        """Drop the thumbnails of all other pictures; returns how many."""
        stored = {content for (content,) in self._database.rows("SELECT content_hash FROM thumbnails")}
        gone = [(content,) for content in stored - content_hashes]
        with self._database.writing() as connection:
            connection.executemany("DELETE FROM thumbnails WHERE content_hash = ?", gone)
        return len(gone)

    def missing(self, content_hashes: set[bytes]) -> int:
        """How many of these pictures have no thumbnail."""
        return len(
            content_hashes - {content for (content,) in self._database.rows("SELECT content_hash FROM thumbnails")}
        )

    def problems(self) -> list[str]:
        """What SQLite's own full check finds."""
        return self._database.problems()

    def recreate(self) -> None:
        """Throw the file away and start an empty one."""
        self._database.close()
        _delete(self._path)
        self._database = _open(self._path)


def _open(path: Path) -> Database:
    """Open the cache; a damaged or foreign one is replaced, since nothing in it is lost for good."""
    try:
        return Database(path, THUMBNAILS)
    except (CatalogDamagedError, LibraryUnusableError):
        _delete(path)
        return Database(path, THUMBNAILS)


def _delete(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
