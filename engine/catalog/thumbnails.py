"""The thumbnail cache: a file of its own that may be deleted at any time."""

import contextlib
import tempfile
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from engine.catalog.database import Database
from engine.catalog.schema import THUMBNAILS
from engine.errors import CatalogDamagedError, CatalogTooNewError, LibraryUnusableError
from engine.jobs import Job
from engine.paths import is_file

Answer = TypeVar("Answer")
_KEPT_SHARE = 0.8
"""Of the limit: trimming has to be worth its while."""


class Thumbnails:
    """JPEG thumbnails by content hash. Any thread may call any method.

    Args:
        read_only: of a library that may not be written to; what can be read of its cache is.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._elsewhere = tempfile.TemporaryDirectory(prefix="lookalike-") if read_only else None
        self._database = self._open()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()
            if self._elsewhere is not None:
                self._elsewhere.cleanup()

    def get(self, content_hash: bytes) -> bytes | None:
        """The thumbnail of a picture, or None if it has to be made again."""
        try:
            with self._lock:
                row = self._database.row("SELECT jpeg FROM thumbnails WHERE content_hash = ?", (content_hash,))
        except CatalogDamagedError:
            return None
        return None if row is None or self._database.outdated else bytes(row[0])

    def put(self, pictures: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep thumbnails: pairs of content hash and JPEG. A damaged cache is started anew."""
        kept = list(pictures)
        self._mended(lambda: self._insert(kept))

    def keep_only(self, content_hashes: set[bytes]) -> int:
        """Drop the thumbnails of all other pictures; returns how many. A damaged cache is started anew."""
        return self._mended(lambda: self._delete_others(content_hashes))

    def size(self) -> int:
        """Bytes on the disk."""
        files = (self._path.with_name(self._path.name + suffix) for suffix in ("", "-wal"))
        return sum(file.stat().st_size for file in files if file.is_file())

    def trim(self, limit: int) -> int:
        """Drop the oldest thumbnails until the cache takes clearly less than this many bytes; 0 is no limit.

        Returns:
            How many were dropped.
        """
        if not limit or self.size() <= limit:
            return 0
        return self._mended(lambda: self._trim(int(limit * _KEPT_SHARE)))

    def unneeded(self, content_hashes: set[bytes]) -> int:
        """Bytes of the thumbnails of all other pictures, as far as the average tells; 0 for a damaged cache."""
        try:
            with self._lock:
                row = self._database.row("SELECT count(*), coalesce(avg(length(jpeg)), 0) FROM thumbnails")
                return int(row[1] * len(self._stored() - content_hashes)) if row and row[0] else 0
        except CatalogDamagedError:
            return 0

    def room(self) -> tuple[int, int]:
        """Bytes of the file, and how many of them nothing is in."""
        with self._lock:
            return self._database.room()

    def compact(self, job: Job) -> None:
        """Give them back to the disk; see `Database.compact`. Thumbnails can be read meanwhile."""
        with self._lock:
            database = self._database
        database.compact(job)

    def problems(self, job: Job | None = None) -> list[str]:
        """What SQLite's own full check finds."""
        with self._lock:
            database = self._database
        return database.problems(job)

    def recreate(self) -> None:
        """Throw the file away and start an empty one."""
        with self._lock:
            self._database.require_writable()
            self._database.close()
            _delete(self._path)
            self._database = self._open()

    def _open(self) -> Database:
        """Open the cache; a damaged or foreign one is replaced, since nothing in it is lost for good."""
        if self._elsewhere is not None:
            return self._open_to_read(Path(self._elsewhere.name) / self._path.name)
        try:
            return Database(self._path, THUMBNAILS, copied=False)
        except (CatalogDamagedError, CatalogTooNewError, LibraryUnusableError):
            _delete(self._path)
            return Database(self._path, THUMBNAILS, copied=False)

    def _open_to_read(self, instead: Path) -> Database:
        """The cache as far as it can be read; else one that is forgotten when this is closed."""
        if is_file(self._path):
            with contextlib.suppress(CatalogDamagedError, CatalogTooNewError, LibraryUnusableError):
                return Database(self._path, THUMBNAILS, copied=False)
        return Database(instead, THUMBNAILS)

    def _mended(self, work: Callable[[], Answer]) -> Answer:
        """The answer; if the cache turns out to be damaged, that of an empty one."""
        with self._lock:
            try:
                return work()
            except CatalogDamagedError:
                self.recreate()
                return work()

    def _insert(self, pictures: list[tuple[bytes, bytes]]) -> None:
        with self._database.writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO thumbnails (content_hash, jpeg) VALUES (?, ?)", pictures)

    def _delete_others(self, content_hashes: set[bytes]) -> int:
        gone = [(content,) for content in self._stored() - content_hashes]
        with self._database.writing() as connection:
            connection.executemany("DELETE FROM thumbnails WHERE content_hash = ?", gone)
        return len(gone)

    def _trim(self, limit: int) -> int:
        """Pages are never quite full: what the pictures may take follows from what they take now."""
        self._database.compact()
        row = self._database.row("SELECT coalesce(sum(length(jpeg)), 0) FROM thumbnails")
        taken = row[0] if row else 0
        return self._delete_oldest(taken - int(taken * limit / max(self.size(), limit)))

    def _delete_oldest(self, surplus: int) -> int:
        gone: list[tuple[int]] = []
        for rows in self._database.stream("SELECT rowid, length(jpeg) FROM thumbnails ORDER BY rowid"):
            for number, size in rows:
                if surplus <= 0:
                    break
                gone.append((number,))
                surplus -= size
        if gone:
            with self._database.writing() as connection:
                connection.executemany("DELETE FROM thumbnails WHERE rowid = ?", gone)
            self._database.compact()
        return len(gone)

    def _stored(self) -> set[bytes]:
        return {content for (content,) in self._database.rows("SELECT content_hash FROM thumbnails")}


def _delete(path: Path) -> None:
    """Delete the file with its log; what cannot be deleted is reported when it is opened."""
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
