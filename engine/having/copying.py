"""Copies new photos to a folder: no file is ever overwritten, and no half file is left behind."""

import errno
import os
import secrets
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from engine.errors import EngineError, NotFoundError, StorageFullError
from engine.having.records import CheckedFile
from engine.jobs import Job, Progress
from engine.paths import absolute

_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
MOST_NUMBERS = 10_000


@dataclass(frozen=True, slots=True)
class CopyReport:
    """What became of files that were to be copied.

    Attributes:
        copied: where each one came from, and where it is now.
        repeated: files with the content of one that was copied before them.
        refused: why others were not copied; they are where they were.
        stopped: why the rest was not tried; None if all were.
    """

    copied: tuple[tuple[Path, Path], ...]
    repeated: tuple[Path, ...] = ()
    refused: tuple[EngineError, ...] = ()
    stopped: EngineError | None = None

    @property
    def errors(self) -> tuple[EngineError, ...]:
        """Everything that went wrong, in the order in which it did."""
        return (*self.refused, *([self.stopped] if self.stopped else []))


def copy_files(files: Sequence[CheckedFile], folder: Path, job: Job | None = None) -> CopyReport:
    """Copy files, with their dates, to a folder that is made if need be.

    A name that is taken gets a number; of files with one content the first is copied. A cancel keeps what was copied.

    Raises:
        EngineError: the folder cannot be made.
    """
    folder, job = absolute(folder), job or Job()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EngineError(
            f"The folder {folder} cannot be made: {error.strerror or error}.", "Choose another folder."
        ) from error
    copied: list[tuple[Path, Path]] = []
    repeated: list[Path] = []
    refused: list[EngineError] = []
    contents: set[bytes] = set()
    for number, file in enumerate(files):
        job.report(Progress("copying", number, len(files)))
        if job.cancelled:
            break
        if file.content_hash in contents:
            repeated.append(file.path)
            continue
        try:
            copied.append((file.path, _copied(file.path, folder)))
            contents.add(file.content_hash)
        except StorageFullError as error:
            return CopyReport(tuple(copied), tuple(repeated), tuple(refused), error)
        except EngineError as error:
            refused.append(error)
    return CopyReport(tuple(copied), tuple(repeated), tuple(refused))


def _copied(file: Path, folder: Path) -> Path:
    """Copy one file under another name first, so that its own name never stands for half of it."""
    part = folder / f".lookalike-{secrets.token_hex(4)}.part"
    try:
        shutil.copy2(file, part)
        with part.open("rb+") as stream:
            os.fsync(stream.fileno())
        return _named(part, file.name, folder)
    except FileNotFoundError as error:
        raise NotFoundError(f"“{file.name}” is not there any more.", "Look at the folder again.") from error
    except OSError as error:
        raise _not_copied(file, folder, error) from error
    finally:
        with suppress(OSError):
            part.unlink()


def _named(part: Path, name: str, folder: Path) -> Path:
    """Give the file a name that is free. A hard link fails where a rename would overwrite."""
    stem, suffix = Path(name).stem, Path(name).suffix
    for number in range(1, MOST_NUMBERS):
        target = folder / (name if number == 1 else f"{stem} ({number}){suffix}")
        try:
            os.link(part, target)
        except FileExistsError:
            continue
        except OSError:  # file systems of memory cards know no links
            if os.path.lexists(target):
                continue
            part.rename(target)
        return target
    raise OSError(errno.EEXIST, "all names like it are taken")


def _not_copied(file: Path, folder: Path, error: OSError) -> EngineError:
    if error.errno in _DISK_FULL:
        return StorageFullError(
            f"“{file.name}” could not be copied: the disk that holds {folder} is full.",
            "Free some space, or choose another folder; what was copied before is whole.",
        )
    return EngineError(
        f"“{file.name}” could not be copied to {folder}: {error.strerror or error}.",
        "Check the permissions of both folders.",
    )
