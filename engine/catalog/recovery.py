"""Putting a damaged catalogue together again: what can be read of it, and the rest from its copy."""

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from engine.catalog.database import Database, Row, without_log
from engine.catalog.safety_copy import copied_at, copy_of, is_lost, problems_of
from engine.catalog.schema import CATALOG
from engine.errors import (
    CatalogDamagedError,
    EngineError,
    LibraryBusyError,
    LibraryUnusableError,
    StorageFullError,
)
from engine.new_file import DISK_FULL

ROWS_AT_ONCE = 1024
_SHARED_LOCK = 0x40000002, 510
"""Where and how many bytes SQLite locks while it has a database open (sqlite3.org, "Database File Locking")."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Tables that only make sense together.

    Attributes:
        tables: parents before their children.
        mixed: tables whose rows may come from two states of the catalogue: they are known by what they are, while
            the rows of others are known by numbers that are given out again.
    """

    name: str
    tables: Sequence[str]
    mixed: Sequence[str] = ()


_PARTS = (
    _Part("photos", ("meta", "roots", "photos", "models", "embeddings", "calibrations"), mixed=("roots",)),
    _Part(
        "decisions",
        ("decisions", "rejections", "kept_apart"),
        mixed=("decisions", "rejections", "kept_apart"),
    ),
    _Part("collections", ("collections", "collection_photos")),
    _Part("history", ("queries", "query_pictures", "query_matches")),
)
_CHILDREN = (
    ("photos", "root", "roots"),
    ("embeddings", "photo", "photos"),
    ("embeddings", "model", "models"),
    ("calibrations", "model", "models"),
    ("collection_photos", "collection", "collections"),
    ("query_pictures", "query", "queries"),
    ("query_matches", "query", "queries"),
)
"""Table, column, and the table whose `key` that is."""


def damage(catalog: Path) -> str:
    """What is wrong with a catalogue, one sentence, or empty; nobody else may have it open.

    Raises:
        CatalogTooNewError, LibraryUnusableError, LibraryBusyError: it cannot be opened, but is not damaged.
    """
    if lost := is_lost(catalog):
        return f"{catalog} {lost}."
    try:
        database = Database(catalog, CATALOG)
    except CatalogDamagedError as error:
        return error.message
    try:
        return next((f"{catalog} is damaged ({problem})." for problem in database.problems()), "")
    finally:
        database.close()


def recover(catalog: Path) -> list[str]:
    """Put a damaged catalogue together again; the damaged one is kept under another name.

    The caller holds the library's lock.

    Returns:
        What was done, one sentence each.

    Raises:
        LibraryBusyError: a program has it open.
        StorageFullError, LibraryUnusableError: it cannot be written; then everything is as it was.
    """
    require_closed(catalog)
    fresh = catalog.with_name(f"{catalog.stem}-recovered{catalog.suffix}")
    try:
        with _sources(catalog) as (damaged, copy):
            _delete(fresh)
            database = Database(fresh, CATALOG)
            try:
                with database.writing() as connection:
                    connection.execute("PRAGMA defer_foreign_keys = ON")  # until the orphans are gone
                    told = [_put_together(connection, part, damaged, copy, catalog) for part in _PARTS]
                    _drop_orphans(connection)
            finally:
                database.close()
        aside = _set_aside(catalog)
        fresh.replace(catalog)
    except OSError as error:
        raise _unwritable(catalog, error) from error
    finally:
        _delete(fresh)
    return [*told, *([f"The damaged catalogue is kept as {aside.name}."] if aside else [])]


def _put_together(
    target: sqlite3.Connection,
    part: _Part,
    damaged: sqlite3.Connection | None,
    copy: sqlite3.Connection | None,
    catalog: Path,
) -> str:
    """Fill the tables of a part as well as can be; returns what that was."""
    target.execute("SAVEPOINT part")
    if damaged is not None and all(_complete(target, damaged, table) for table in part.tables):
        return f"The {part.name} were read from the damaged catalogue; nothing of them is lost."
    target.execute("ROLLBACK TO part")
    if copy is not None and all(_complete(target, copy, table) for table in part.tables):
        if damaged is not None:
            for table in part.mixed:
                _readable(target, damaged, table)
        when = copied_at(catalog)
        return f"The {part.name} are those of the copy{f' of {when:%Y-%m-%d %H:%M}' if when else ''}."
    target.execute("ROLLBACK TO part")
    if damaged is None:
        return f"The {part.name} are lost: there is no copy of them."
    for table in part.tables:
        _readable(target, damaged, table)
    return f"There is no copy of the {part.name}: what could be read of them was kept."


def _complete(target: sqlite3.Connection, source: sqlite3.Connection, table: str) -> bool:
    """Take over a whole table; returns whether every row could be read and made sense."""
    try:
        columns = _columns(target, table)
        if _columns(source, table) != columns:
            return False  # of another version of the program
        _insert(target, table, columns, _rows(source, table, columns, "ASC"), "ABORT")
    except (sqlite3.Error, UnicodeDecodeError) as error:
        if _is_ours(error):
            raise
        return False
    return True


def _readable(target: sqlite3.Connection, source: sqlite3.Connection, table: str) -> None:
    """Take over the rows that can be read and are not there yet: from both ends, up to the damage."""
    columns = _columns(target, table)
    for direction in ("ASC", "DESC"):
        try:
            if _columns(source, table) == columns:
                _insert(target, table, columns, _rows(source, table, columns, direction), "IGNORE")
        except (sqlite3.Error, UnicodeDecodeError) as error:
            if _is_ours(error):
                raise


def _insert(target: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterator[Row], clash: str) -> None:
    marks = ",".join("?" * len(columns))
    target.executemany(f"INSERT OR {clash} INTO {table} ({','.join(columns)}) VALUES ({marks})", rows)


def _rows(source: sqlite3.Connection, table: str, columns: Sequence[str], direction: str) -> Iterator[Row]:
    """The rows as the table itself has them, without its indexes, which may be what is damaged."""
    keys = [name for _, name, *_, place in sorted(_described(source, table), key=lambda row: row[5]) if place]
    order = ", ".join(f"{key} {direction}" for key in keys)
    cursor = source.execute(f"SELECT {','.join(columns)} FROM {table} NOT INDEXED ORDER BY {order}")
    while rows := cursor.fetchmany(ROWS_AT_ONCE):
        yield from rows


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in _described(connection, table)]


def _described(connection: sqlite3.Connection, table: str) -> list[Row]:
    return connection.execute(f"PRAGMA table_info({table})").fetchall()


def _drop_orphans(target: sqlite3.Connection) -> None:
    """Rows whose parents could not be read mean nothing."""
    for table, column, parent in _CHILDREN:
        target.execute(f"DELETE FROM {table} WHERE {column} NOT IN (SELECT key FROM {parent})")


def _is_ours(error: Exception) -> bool:
    """Whether the new file is at fault, not the one that is read."""
    code = getattr(error, "sqlite_errorcode", 0) or 0
    return code & 0xFF == sqlite3.SQLITE_FULL or code in (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC)


@contextmanager
def _sources(catalog: Path) -> Iterator[tuple[sqlite3.Connection | None, sqlite3.Connection | None]]:
    """The damaged catalogue and its copy, as far as there are any, to be read only."""
    with contextlib.ExitStack() as opened:
        damaged = copy = None
        if catalog.exists() and catalog.stat().st_size:
            damaged = opened.enter_context(closing(sqlite3.connect(catalog, isolation_level=None)))
            damaged.execute("PRAGMA query_only = ON")
        if (kept := copy_of(catalog)).exists() and not problems_of(kept):
            copy = opened.enter_context(closing(without_log(_up_to_date(kept, opened))))
        yield damaged, copy


def _up_to_date(kept: Path, opened: contextlib.ExitStack) -> Path:
    """The copy as this program's catalogues are: one that an older version made is migrated beside it."""
    with closing(without_log(kept)) as connection:
        if connection.execute("PRAGMA user_version").fetchone()[0] == CATALOG.version:
            return kept
    migrated = kept.with_name(f"{kept.stem}-migrated{kept.suffix}")
    opened.callback(_delete, migrated)
    shutil.copyfile(kept, migrated)
    database = Database(migrated, CATALOG)
    with contextlib.suppress(OSError):  # the copy itself is what is kept of the version before
        for backup in migrated.parent.glob(f"{migrated.stem}-schema*"):
            backup.unlink()
    database.close()
    return migrated


def _set_aside(catalog: Path) -> Path | None:
    """Keep the damaged file under another name, in place of an older one, and let nothing of it touch the new one."""
    aside = None
    if catalog.exists() and catalog.stat().st_size:
        aside = catalog.with_name(f"{catalog.stem}-damaged{catalog.suffix}")
        _delete(aside)
        for suffix in ("", "-wal"):
            if (file := catalog.with_name(catalog.name + suffix)).exists():
                # Copied, not moved: whatever happens now, there is a catalogue.
                shutil.copyfile(file, aside.with_name(aside.name + suffix))
    for suffix in ("-wal", "-shm"):
        catalog.with_name(catalog.name + suffix).unlink(missing_ok=True)
    return aside


def require_closed(catalog: Path) -> None:
    """What another program goes on writing to the damaged file would be lost.

    Raises:
        LibraryBusyError: it is open.
    """
    try:
        import fcntl
    except ImportError:  # Windows does not let an open file be replaced
        return
    if not catalog.exists():
        return
    start, length = _SHARED_LOCK
    with catalog.open("rb+") as stream:
        try:
            fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB, length, start)
        except OSError:
            raise LibraryBusyError(
                f"{catalog} is open in another Lookalike.", "Close its window, then try again."
            ) from None


def _delete(file: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(OSError):
            file.with_name(file.name + suffix).unlink(missing_ok=True)


def _unwritable(catalog: Path, error: OSError) -> EngineError:
    if error.errno in DISK_FULL:
        return StorageFullError(
            f"The disk that holds {catalog} is full; the catalogue is as it was.", "Free some space and try again."
        )
    return LibraryUnusableError(
        f"{catalog} cannot be put together again: {error.strerror or error}.", "Check the permissions of the library."
    )
