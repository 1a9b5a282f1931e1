"""Copies new photos to a folder: no file is ever overwritten, and no half file is left behind."""

import errno
import math
import os
import secrets
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from engine.errors import BadRequestError, EngineError, NotFoundError, StorageFullError, UnreadablePhotoError
from engine.having.records import CheckedFile
from engine.indexing.reading import hash_file
from engine.jobs import Job, Progress
from engine.paths import absolute, is_folder, is_there, lies_in

_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
MOST_NUMBERS = 10_000


@dataclass(frozen=True, slots=True)
class CopyReport:
    """What became of files that were to be copied.

    Attributes:
        copied: where each one came from, and where it is now.
        repeated: files with the content of one that was copied before them, or that the folder has already.
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


def check_target(folder: Path, places: Sequence[Path], library: Path) -> None:
    """Raise BadRequestError if nothing should be copied to this folder.

    Args:
        places: where the files come from.
        library: the folder in which a library keeps what it needs.
    """
    if lies_in(folder, library):
        raise BadRequestError(f"{folder} is where Lookalike keeps its own data.", "Choose another folder.")
    for place in places:
        if is_folder(place) and lies_in(folder, place):
            raise BadRequestError(
                f"{folder} lies in {place}, where the files come from.", "Choose a folder that is somewhere else."
            )


def copy_files(files: Sequence[CheckedFile], folder: Path, job: Job | None = None) -> CopyReport:
    """Copy files, with their dates, to a folder that is made if need be.

    A name that is taken gets a number; of files with one content the first is copied, and none that the folder has
    already under its name. A cancel keeps what was copied.

    Raises:
        StorageFullError: the disk has too little room for them; nothing was written.
        EngineError: the folder cannot be made, or written to.
    """
    folder, job = absolute(folder), job or Job()
    _check_room(files, folder)
    _make_ready(folder)
    copied: list[tuple[Path, Path]] = []
    repeated: list[Path] = []
    refused: list[EngineError] = []
    contents: set[bytes] = set()
    for number, file in enumerate(files):
        job.report(Progress("copying", number, len(files)))
        if job.cancelled:
            break
        if file.content_hash in contents or _has(folder, file):
            contents.add(file.content_hash)
            repeated.append(file.path)
            continue
        try:
            copied.append((file.path, _copied(file.path, folder)))
            contents.add(file.content_hash)
        except StorageFullError as error:
            return CopyReport(tuple(copied), tuple(repeated), tuple(refused), error)
        except EngineError as error:
            if not is_folder(folder):
                return CopyReport(tuple(copied), tuple(repeated), tuple(refused), _gone(folder))
            refused.append(error)
    return CopyReport(tuple(copied), tuple(repeated), tuple(refused))


def _check_room(files: Sequence[CheckedFile], folder: Path) -> None:
    needed = _bytes_to_copy(files, folder)
    existing = next((place for place in (folder, *folder.parents) if is_there(place)), folder.anchor)
    try:
        free = shutil.disk_usage(existing).free
    except OSError:  # not every file system tells, and a drive may be gone
        return
    if needed > free:
        raise StorageFullError(
            f"There is too little room in {folder}: {math.ceil(needed / 1e6):,} MB are needed, "
            f"{math.floor(free / 1e6):,} MB are free. Nothing was copied.",
            "Free some space, or choose another folder or fewer files.",
        )


def _bytes_to_copy(files: Sequence[CheckedFile], folder: Path) -> int:
    """Of each content once; a file that is there with this name and size is not hashed for that."""
    sizes: dict[bytes, int] = {}
    for file in files:
        with suppress(OSError):  # it is told when its turn comes
            size = file.path.stat().st_size
            there = folder / file.path.name
            if not (is_there(there) and there.stat().st_size == size):
                sizes[file.content_hash] = size
    return sum(sizes.values())


def _make_ready(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EngineError(
            f"The folder {folder} cannot be made: {error.strerror or error}.", "Choose another folder."
        ) from error
    probe = _part(folder)
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise EngineError(
            f"Nothing can be written to {folder}: {error.strerror or error}.",
            "Choose another folder, or check its permissions.",
        ) from error


def _part(folder: Path) -> Path:
    """A name for what is not whole yet."""
    return folder / f".lookalike-{secrets.token_hex(4)}.part"


def _has(folder: Path, file: CheckedFile) -> bool:
    """Whether this very file is there, as it is when the same is copied twice."""
    there = folder / file.path.name
    with suppress(OSError, UnreadablePhotoError):
        return there.stat().st_size == file.path.stat().st_size and hash_file(there) == file.content_hash
    return False


def _gone(folder: Path) -> NotFoundError:
    return NotFoundError(
        f"The folder {folder} went away while files were copied to it.",
        "Connect its drive again; what was copied before is whole.",
    )


def _copied(file: Path, folder: Path) -> Path:
    """Copy one file under another name first, so that its own name never stands for half of it."""
    part = _part(folder)
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
