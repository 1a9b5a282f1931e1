"""Writing what a training run keeps, with sentences for a disk that does not take it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.errors import EngineError, StorageFullError
from engine.new_file import DISK_FULL


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
