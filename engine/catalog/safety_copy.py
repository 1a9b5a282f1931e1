"""The newest good copy of the catalogue, kept beside it for the day on which the catalogue is damaged."""

import contextlib
import logging
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from engine.catalog.database import TO_MEND, Database, without_log
from engine.errors import CatalogDamagedError, LibraryUnusableError, StorageFullError

log = logging.getLogger(__name__)

KEPT_SECONDS = 3600
"""Copying and checking 100,000 photos takes half a second: once an hour is nothing, and no day of work is lost."""
SPARE_BYTES = 256 * 2**20
"""Room that a copy leaves on the disk: it must not be what fills it."""
_SUFFIX = "-copy"


def copy_of(catalog: Path) -> Path:
    """Where the copy of this catalogue is."""
    return catalog.with_name(f"{catalog.stem}{_SUFFIX}{catalog.suffix}")


def copied_at(catalog: Path) -> datetime | None:
    """When the copy was made; None if there is none."""
    try:
        return datetime.fromtimestamp(copy_of(catalog).stat().st_mtime)
    except OSError:
        return None


def is_lost(catalog: Path) -> str:
    """Why a catalogue that was there is no more, or empty: a new one in its place would be an empty library."""
    if copied_at(catalog) is None:
        return ""
    if not catalog.exists():
        return "is gone"
    return "" if catalog.stat().st_size else "is empty"


def refresh_copy(database: Database) -> bool:
    """Copy the catalogue if its copy is older than an hour; the copy before stays until the new one has been checked.

    Returns:
        Whether a copy was made: not if the last one is young, if there is not room for two on the disk, or if it
        cannot be written; the work that was done is no less done for that.

    Raises:
        CatalogDamagedError: the catalogue is damaged; the older copy stays as it is.
    """
    if not _is_due(database.path):
        return False
    try:
        write_copy(database, copy_of(database.path))
    except (StorageFullError, LibraryUnusableError) as error:
        log.info("no copy of the catalogue was made: %s", error)
        return False
    return True


def write_copy(database: Database, target: Path) -> None:
    """Write all that is committed to another file, check it, and only then give it its name.

    Raises:
        CatalogDamagedError: the copy is damaged, and so is the catalogue; nothing was replaced.
        StorageFullError, LibraryUnusableError: the copy could not be written.
    """
    with _part_of(target) as part:
        database.copy_to(part)
        if problems := problems_of(part):
            raise CatalogDamagedError(f"{database.path} is damaged ({problems[0]}).", TO_MEND)
        part.replace(target)


def problems_of(file: Path) -> list[str]:
    """What SQLite's full check finds in a file that nobody has open; empty if it is sound."""
    try:
        with contextlib.closing(without_log(file)) as connection:
            return [text for (text,) in connection.execute("PRAGMA integrity_check(10)") if text != "ok"]
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return [str(error)]


def _is_due(catalog: Path) -> bool:
    last = copied_at(catalog)
    # A copy from the future tells of a clock that was set back.
    if last is not None and 0 <= time.time() - last.timestamp() < KEPT_SECONDS:
        return False
    with contextlib.suppress(OSError):
        return shutil.disk_usage(catalog.parent).free > 2 * catalog.stat().st_size + SPARE_BYTES
    return False


@contextmanager
def _part_of(target: Path) -> Iterator[Path]:
    part = target.with_name(f"{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        yield part
    except OSError as error:
        raise LibraryUnusableError(
            f"{target} cannot be written: {error.strerror or error}.", "Check the permissions of the folder."
        ) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
