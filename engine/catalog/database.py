"""One SQLite file: a single writer behind a lock, a reader for every thread."""

import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from engine.catalog.places import Place, is_closed, ways_to_open
from engine.errors import (
    CatalogDamagedError,
    CatalogTooNewError,
    EngineError,
    LibraryBusyError,
    LibraryUnusableError,
    StorageFullError,
    read_only,
)
from engine.jobs import Cancelled, Job

BUSY_SECONDS = 10.0
PAGE_BYTES = 8192
"""Vectors and thumbnails are blobs of 0.5 to 20 KB; pages of 4 KB would waste a third of the file."""

STEPS_BETWEEN_LOOKS = 100_000
"""Steps of SQLite's machine, some milliseconds, before it asks whether it is still wanted."""
_PARAMETERS_AT_ONCE = 900
"""SQLite's oldest default allows 999 parameters in a statement."""

TO_MEND = (
    "Close Lookalike and run “lookalike verify --repair”: what can be read is kept, and the rest comes from the newest"
    " good copy."
)
Row = tuple[Any, ...]
Value = TypeVar("Value", int, str, bytes)
Migration = Callable[[sqlite3.Connection], None]

_FULL = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_SHMSIZE,
}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_DAMAGED_MESSAGES = ("Could not decode to UTF-8", "unsupported file format")
"""Damage that SQLite, or Python, reports without a code of its own."""
_REFUSED = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
"""What may be read all the same."""
_UNUSABLE = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR}


@dataclass(frozen=True, slots=True)
class Schema:
    """What a file must look like.

    Attributes:
        application_id: marks the file as ours (SQLite's own header field).
        migrations: migration i brings a file from user_version i to i + 1.
    """

    application_id: int
    migrations: Sequence[Migration]

    @property
    def version(self) -> int:
        """The user_version of a file that is up to date."""
        return len(self.migrations)


class _TooOldToReadError(sqlite3.OperationalError):
    """A file has to be brought up to date first, which is done with a copy where it may not be written to."""

    sqlite_errorcode = sqlite3.SQLITE_READONLY


class _Reader:
    """A thread's own connection, and the lock that keeps another thread from closing it while it is in use."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.lock = threading.Lock()

    def close(self) -> None:
        with self.lock:
            self.connection.close()


class Database:
    """An open SQLite file in WAL mode; where it may not be written to, it is only read, see `ways_to_open`.

    Any thread may call any method. Every SQLite failure leaves as an EngineError.

    Args:
        copied: a file that may not be written to is worth a copy if it might change while it is read.
    """

    def __init__(self, path: Path, schema: Schema, *, copied: bool = True) -> None:
        self.path = path
        self._readers: dict[threading.Thread, _Reader] = {}
        self._readers_lock = threading.Lock()
        self._closed = False
        self._write_lock = threading.RLock()
        with self._translated():
            self._open(ways_to_open(path, copied=copied), schema)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written; `writing` says so."""
        return self._place.read_only

    @property
    def outdated(self) -> bool:
        """Whether somebody has written to a file that is read as if nobody could: what is read of it may be wrong."""
        return self._place.outdated

    def require_writable(self) -> None:
        """Raise LibraryReadOnlyError if nothing can be written."""
        if self.read_only:
            raise read_only(self.path.parent)

    def close(self) -> None:
        """Close the connections of all threads, each when what it is doing is done."""
        with self._readers_lock:
            self._closed = True
            for reader in self._readers.values():
                reader.close()
            self._readers.clear()
        with self._write_lock:
            self._writer.close()
        self._place.close()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """All rows of a query, read on this thread's own connection."""
        with self._translated(), self._reading() as connection:
            return connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        """The first row of a query, or None."""
        with self._translated(), self._reading() as connection:
            found: Row | None = connection.execute(sql, parameters).fetchone()
            return found

    def commits(self) -> int:
        """Another number than before if anybody has written to the file meanwhile, this or another process.

        SQLite counts for each connection, so numbers compare only on one thread. Microseconds, whatever the size.
        """
        row = self.row("PRAGMA data_version")
        return int(row[0]) if row else 0

    def stream(self, sql: str, parameters: Sequence[Any] = (), *, chunk: int = 4096) -> Iterator[list[Row]]:
        """The rows of a large query in chunks; until it is exhausted, this thread reads the file as it is now."""
        with self._translated(), self._reading() as connection:
            cursor = connection.execute(sql, parameters)
        while True:
            with self._translated(), self._reading():
                rows = cursor.fetchmany(chunk)
            if not rows:
                return
            yield rows

    @contextmanager
    def writing(self, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """A transaction: commits at the end, rolls back on any exception.

        Args:
            durable: also survive a power cut (synchronous=FULL), for what a person decided.

        Raises:
            LibraryReadOnlyError: nothing can be written.
        """
        self.require_writable()
        with self._transaction("FULL" if durable else "NORMAL") as connection:
            yield connection

    @contextmanager
    def _transaction(self, synchronous: str) -> Iterator[sqlite3.Connection]:
        with self._write_lock, self._translated():
            self._writer.execute(f"PRAGMA synchronous = {synchronous}")
            # IMMEDIATE: a transaction that starts as a reader and then writes fails at once when another has written.
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:  # a full disk has rolled it back already
                    self._writer.execute("ROLLBACK")
                raise

    def room(self) -> tuple[int, int]:
        """Bytes of the file, and how many of them nothing is in: what `compact` gives back at least."""
        row = self.row(
            """SELECT page_count * page_size, freelist_count * page_size
               FROM pragma_page_count, pragma_freelist_count, pragma_page_size"""
        )
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def compact(self, job: Job | None = None) -> None:
        """Give the space of what was deleted back to the disk: all of it, or, killed or cancelled, nothing.

        For a moment the disk needs room for the file twice more.
        """
        self.require_writable()
        with self._write_lock, self._translated():
            with _stoppable(self._writer, job):
                self._writer.execute("VACUUM")
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def copy_to(self, file: Path) -> None:
        """Write everything that is committed to a new file, which is on the disk then; writers need not wait."""
        with self._translated(), self._reading() as connection, contextlib.closing(sqlite3.connect(file)) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # the file has to stand alone

    def problems(self, job: Job | None = None) -> list[str]:
        """What SQLite's own full check finds; empty if the file is sound. Raises Cancelled."""
        try:
            with self._translated(), self._reading() as connection, _stoppable(connection, job):
                found = connection.execute("PRAGMA integrity_check").fetchall()
        except CatalogDamagedError as error:
            return [error.message]
        return [text for (text,) in found if text != "ok"]

    def _open(self, ways: Sequence[Callable[[], Place]], schema: Schema) -> None:
        """Open in the first of these ways that is not refused."""
        refusals: list[Exception] = []
        for way in ways:
            try:
                self._place = way()
                self._open_place(schema)
            except (sqlite3.OperationalError, OSError) as error:
                if isinstance(error, sqlite3.Error) and error.sqlite_errorcode & 0xFF not in _REFUSED:
                    raise
                refusals.append(error)
            else:
                return
        first = refusals[0]
        raise self._unusable(first) if isinstance(first, OSError) else first

    def _open_place(self, schema: Schema) -> None:
        try:
            self._writer = self._connect()
            try:
                self._prepare(schema)
                if self.read_only:
                    self._writer.execute("PRAGMA query_only = ON")
            except BaseException:
                self._writer.close()
                raise
        except BaseException:
            self._place.close()
            raise

    def _connect(self) -> sqlite3.Connection:
        place = self._place
        connection = sqlite3.connect(
            f"{place.file.absolute().as_uri()}{place.options}" if place.options else place.file,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            uri=bool(place.options),
        )
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """This thread's own connection, not to be closed meanwhile."""
        thread = threading.current_thread()
        reader = self._readers.get(thread) or self._new_reader(thread)
        with reader.lock:
            yield reader.connection

    def _new_reader(self, thread: threading.Thread) -> _Reader:
        with self._readers_lock:
            if self._closed:
                raise sqlite3.ProgrammingError("the database is closed")
            for ended in [other for other in self._readers if not other.is_alive()]:
                self._readers.pop(ended).close()
            reader = _Reader(self._connect())
            reader.connection.execute("PRAGMA query_only = ON")
            self._readers[thread] = reader
            return reader

    def _prepare(self, schema: Schema) -> None:
        # In one statement: another process may be making the file at this very moment.
        version, owner, tables = self._writer.execute(
            """SELECT user_version, application_id, (SELECT count(*) FROM sqlite_schema)
               FROM pragma_user_version, pragma_application_id"""
        ).fetchone()
        if tables and owner != schema.application_id:
            raise LibraryUnusableError(
                f"{self.path} is a database of another program.", "Choose another folder for the library."
            )
        if version > schema.version:
            raise CatalogTooNewError(
                f"{self.path} was written by a newer Lookalike (schema {version}, this one knows {schema.version}).",
                "Update the program to open this library.",
            )
        if tables and version < 1:
            raise self._damaged(ValueError(f"it says that its schema is {version}"))
        if self._place.options:
            if version < schema.version:
                raise _TooOldToReadError(f"its schema is {version}, and it cannot be brought up to date")
            return
        if not tables:
            self._writer.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        if self._journal_mode() != "wal":
            raise LibraryUnusableError(
                f"The folder of {self.path} does not support SQLite's write-ahead log; it may be a network share.",
                "Keep the library on a local disk.",
            )
        self._migrate(version, schema)

    def _journal_mode(self) -> str:
        """Switch to the write-ahead log; SQLite does not wait for another process that is switching too."""
        deadline = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                return str(self._writer.execute("PRAGMA journal_mode = WAL").fetchone()[0])
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    def _migrate(self, version: int, schema: Schema) -> None:
        if version == schema.version:
            return
        if version and not self.read_only:
            self._back_up(version)
        with self._transaction("FULL") as connection:
            # Asked again: another process may have opened the file at the same moment and been faster.
            for number in range(connection.execute("PRAGMA user_version").fetchone()[0], schema.version):
                schema.migrations[number](connection)
                connection.execute(f"PRAGMA application_id = {schema.application_id}")
                connection.execute(f"PRAGMA user_version = {number + 1}")

    def _back_up(self, version: int) -> None:
        """Keep a copy of the file as it was before the migration."""
        copy = self.path.with_name(f"{self.path.stem}-schema{version}{self.path.suffix}")
        copy.unlink(missing_ok=True)
        self._writer.execute("VACUUM INTO ?", (str(copy),))

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._translate(error) from error
        except UnicodeDecodeError as error:  # a damaged schema, quoted in SQLite's own message
            raise self._damaged(error) from error

    def _translate(self, error: sqlite3.Error) -> EngineError:
        code = getattr(error, "sqlite_errorcode", 0) or 0
        if code in _FULL or code & 0xFF == sqlite3.SQLITE_FULL:
            return StorageFullError(
                f"The disk that holds {self.path} is full; nothing that was saved is lost.",
                "Free some space and try again.",
            )
        if code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return LibraryBusyError(
                f"Another program is writing to {self.path}.", "Wait until it has finished, then try again."
            )
        if code & 0xFF in _DAMAGED or any(text in str(error) for text in _DAMAGED_MESSAGES):
            return self._damaged(error)
        if code & 0xFF == sqlite3.SQLITE_READONLY and is_closed(self.path):  # since it was opened
            return read_only(self.path.parent)
        if code & 0xFF in _UNUSABLE:
            return self._unusable(error)
        raise error

    def _unusable(self, error: Exception) -> LibraryUnusableError:
        return LibraryUnusableError(
            f"{self.path} cannot be read or written ({error}).", "Check the permissions of the library folder."
        )

    def _damaged(self, error: Exception) -> CatalogDamagedError:
        return CatalogDamagedError(f"{self.path} is damaged ({error}).", TO_MEND)


@contextmanager
def _stoppable(connection: sqlite3.Connection, job: Job | None) -> Iterator[None]:
    """A statement that may take long ends when the job is cancelled, and has changed nothing then."""
    if job is None:
        yield
        return
    connection.set_progress_handler(lambda: job.cancelled, STEPS_BETWEEN_LOOKS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise Cancelled from error
        raise
    finally:
        connection.set_progress_handler(None, 0)


def in_parts(values: Sequence[Value]) -> Iterator[tuple[str, Sequence[Value]]]:
    """Any number of values for an `IN (…)`, in parts that fit one statement: its question marks, and the values."""
    for start in range(0, len(values), _PARAMETERS_AT_ONCE):
        part = values[start : start + _PARAMETERS_AT_ONCE]
        yield ",".join("?" * len(part)), part


def storable(text: str) -> str:
    """Text as SQLite takes it: what is not UTF-8, such as part of a file name that is quoted, becomes “�”."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def without_log(file: Path) -> sqlite3.Connection:
    """A connection that only reads a file which nobody writes to; it makes no log beside it."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)


def sqlite_version() -> str:
    """Version of the SQLite library that Python was built with."""
    return sqlite3.sqlite_version
