"""Where a SQLite file is read: in place, or, where it may not be written to and could change meanwhile, in a copy."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import LibraryBusyError, StorageFullError
from engine.new_file import DISK_FULL
from engine.paths import is_file

FOLLOW, FROZEN = "?mode=ro", "?mode=ro&immutable=1"
"""Read what others write meanwhile, by the log and its index; read a file that is taken never to change."""
TRIES, PAUSE_SECONDS = 5, 0.2
Stamp = tuple[tuple[int, int] | None, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the bytes of a database are.

    Attributes:
        file: what SQLite opens.
        options: how, as the end of a URI; empty to read and write.
        read_only: the library is not to be changed, whatever can be done to this file.
        copied: the temporary folder that holds the file, if it is a copy.
        stamp: of the file when it was taken never to change.
    """

    file: Path
    options: str = ""
    read_only: bool = False
    copied: "tempfile.TemporaryDirectory[str] | None" = None
    stamp: Stamp = field(default=())

    @property
    def outdated(self) -> bool:
        """Whether somebody has written to a file that was taken never to change."""
        return self.options == FROZEN and _stamp(self.file) != self.stamp

    def close(self) -> None:
        """Delete the copy."""
        if self.copied is not None:
            self.copied.cleanup()


def ways_to_open(file: Path, *, copied: bool) -> Sequence[Callable[[], Place]]:
    """Ways to open a database, the best first: to write, if the system lets us; else to read.

    With a log and its index SQLite follows what others write, also without any rights. Without a log the file is
    whole, and on a drive that nobody can write to it stays so. Anywhere else somebody might begin to write, and without
    the right to lock anything we would read half of it: a copy is read then. So is one of which the log lies there
    without its index, which only who may write can make again.

    Args:
        copied: it is worth a copy; else it is taken never to change, see `Place.outdated`.
    """
    ways: list[Callable[[], Place]] = [] if is_closed(file) else [lambda: Place(file)]
    if not is_file(file):
        return ways or [lambda: Place(file)]
    log, its_index = (_beside(file, suffix) for suffix in ("-wal", "-shm"))
    if is_file(log) and is_file(its_index):
        ways.append(lambda: Place(file, FOLLOW, read_only=True))
    if not is_file(log) and (_on_read_only_drive(file) or not copied):
        ways.append(lambda: Place(file, FROZEN, read_only=True, stamp=_stamp(file)))
    if copied:
        ways.append(lambda: _copy(file))
    return ways


def _copy(file: Path) -> Place:
    """The file with its log as they are at one moment.

    Raises:
        LibraryBusyError: they are written to all the time.
        StorageFullError: there is no room for temporary files.
        OSError: they cannot be read.
    """
    folder = tempfile.TemporaryDirectory(prefix="lookalike-", ignore_cleanup_errors=True)
    try:
        _copy_into(Path(folder.name), file)
    except BaseException as error:
        folder.cleanup()
        if isinstance(error, OSError) and error.errno in DISK_FULL:
            raise StorageFullError(
                f"The disk that holds {tempfile.gettempdir()} is full: {file} cannot be read without a copy there.",
                "Free some space and try again.",
            ) from error
        raise
    return Place(Path(folder.name) / file.name, read_only=True, copied=folder)


def _copy_into(folder: Path, file: Path) -> None:
    for _ in range(TRIES):
        before = _stamp(file)
        for source in (file, _beside(file, "-wal")):
            target = folder / source.name
            target.unlink(missing_ok=True)
            if is_file(source):
                shutil.copyfile(source, target)
        if _stamp(file) == before:
            return
        time.sleep(PAUSE_SECONDS)
    raise LibraryBusyError(f"Another program is writing to {file}.", "Wait until it has finished, then try again.")


def is_closed(file: Path) -> bool:
    """Whether the system says that a file, or its folder, may not be written to."""
    return is_file(file) and not (_may_write(file.parent) and _may_write(file))


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _on_read_only_drive(file: Path) -> bool:
    return hasattr(os, "statvfs") and bool(os.statvfs(file).f_flag & os.ST_RDONLY)


def _beside(file: Path, suffix: str) -> Path:
    return file.with_name(file.name + suffix)


def _stamp(file: Path) -> Stamp:
    return tuple(_size_and_date(one) for one in (file, _beside(file, "-wal")))


def _size_and_date(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
