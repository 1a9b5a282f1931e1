"""Writing what a training run keeps, with sentences for a disk that does not take it."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from engine.errors import BadRequestError, EngineError, StorageFullError
from engine.new_file import DISK_FULL

LOCK = "lock"


@contextmanager
def storing(place: Path) -> Iterator[None]:
    """Turn failures to write there into engine errors.

    Raises:
        StorageFullError: the disk or the quota is full.
        EngineError: it cannot be written for another reason.
    """
    try:
        yield
    except OSError as error:
        if error.errno in DISK_FULL:
            raise StorageFullError(
                f"The disk is full: {place} could not be written.", "Free some space and start the same training again."
            ) from error
        raise EngineError(
            f"{place} cannot be written ({error.strerror}).", "Choose a folder you may write to."
        ) from error


def write_atomically(file: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a temporary file, then put it in the place of `file`; raises what `storing` raises."""
    temporary = file.with_name(f"{file.name}.partial")
    with storing(file):
        write(temporary)
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        temporary.replace(file)


@contextmanager
def used_alone(workplace: Path) -> Iterator[None]:
    """Keep a training's folder from a second one of the same kind, which would write over its files.

    The operating system frees it when its holder is gone. A folder in which nothing is kept goes away.

    Raises:
        BadRequestError: another process trains there.
        StorageFullError: the disk is full.
        EngineError: the folder cannot be written for another reason.
    """
    with storing(workplace):
        workplace.mkdir(parents=True, exist_ok=True)
        lock = FileLock(workplace / LOCK, blocking=False)
        try:
            lock.acquire()
        except Timeout:
            raise BadRequestError(
                "The same training runs already.", "Wait until it has ended, or stop it and start it again here."
            ) from None
    try:
        yield
    finally:
        lock.release()
        if workplace.is_dir() and not any(one.name != LOCK for one in workplace.iterdir()):
            shutil.rmtree(workplace, ignore_errors=True)
