"""A file that is there whole or not at all."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from engine.errors import BadRequestError, EngineError, NotFoundError, StorageFullError
from engine.paths import is_folder

DISK_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
"""What the system says when there is no room; Windows knows no quotas."""


@contextmanager
def new_file(file: Path) -> Iterator[Path]:
    """A name to write to, which takes the file's place in the end.

    Raises:
        BadRequestError: the name is a folder's.
        NotFoundError: there is no such folder.
        StorageFullError: the disk is full; there is no half file.
    """
    if is_folder(file):
        raise BadRequestError(f"{file} is a folder.", "Choose a name for the file.")
    target = Path(os.path.realpath(file))  # a link stays, the file that it names is replaced
    part = target.with_name(f".lookalike-{secrets.token_hex(4)}.part")
    try:
        yield part
        part.replace(target)
    except OSError as error:
        raise _not_saved(file, error) from error
    finally:
        with suppress(OSError):  # after a success it is gone; after a failure there may be nothing to reach it by
            part.unlink()


def _not_saved(file: Path, error: OSError) -> EngineError:
    if error.errno in DISK_FULL:
        return StorageFullError(
            f"“{file.name}” could not be saved: the disk that holds {file.parent} is full.",
            "Free some space, or choose another place.",
        )
    if isinstance(error, FileNotFoundError):
        return NotFoundError(f"There is no folder {file.parent}.", "Check the name, or connect the drive it is on.")
    return EngineError(
        f"“{file.name}” could not be saved in {file.parent}: {error.strerror or error}.",
        "Close it in other programs, or choose another place.",
    )
