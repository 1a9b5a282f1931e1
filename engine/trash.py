"""The system's trash: files go there and, where the system lets us, come back. Nothing is ever deleted."""

import os
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes

import platformdirs

from engine.errors import EngineError, NotFoundError

_INFO_SUFFIX = ".trashinfo"
_CLOCKS_DIFFER = 2.0
"""Seconds by which the clock of a file system may be behind ours."""


class TrashRefusedError(EngineError):
    """A file could not be moved to the trash; it is where it was."""


@dataclass(frozen=True, slots=True)
class Trashed:
    """A file in the trash.

    Attributes:
        path: where it was.
        record: the note that the trash keeps of it (freedesktop.org trash specification); None where the system
            tells nobody how to get it back.
    """

    path: Path
    record: Path | None


def move_to_trash(path: Path) -> Trashed:
    """Move a file to the system's trash.

    Raises:
        NotFoundError: there is no such file.
        TrashRefusedError: it cannot be moved there; it is where it was.
    """
    from send2trash import send2trash  # loads the system's own libraries, so only when needed

    if not os.path.lexists(path):
        raise NotFoundError(f"“{path.name}” is not there any more.", "Look for changes in the library.")
    if not _has_trash(path):
        raise TrashRefusedError(
            f"“{path.name}” is on a drive that has no trash.", "Delete it with your file manager if you want it gone."
        )
    started = time.time()
    try:
        send2trash(os.fspath(path))
    except OSError as error:
        raise TrashRefusedError(
            f"“{path.name}” could not be moved to the trash: {error.strerror or error}.",
            "It is where it was. Check the permissions of its folder and whether its drive has a trash.",
        ) from error
    return Trashed(path, _record_of(path, started))


def restore(trashed: Trashed) -> None:
    """Put a file back where it was.

    Raises:
        NotFoundError: it is not in the trash any more, or its folder is gone.
        TrashRefusedError: there is another file in its place, or the system tells nobody how to get it back.
    """
    path, record = trashed.path, trashed.record
    if record is None:
        raise TrashRefusedError(
            f"“{path.name}” cannot be taken out of the trash by us.", "Open the trash and do it there."
        )
    kept = record.parent.parent / "files" / record.name.removesuffix(_INFO_SUFFIX)
    if not os.path.lexists(kept):
        raise NotFoundError(f"“{path.name}” is not in the trash any more.", "It was restored or deleted there.")
    if os.path.lexists(path):
        raise TrashRefusedError(
            f"There is another “{path.name}” in {path.parent} now.", "Move it away, then restore this one."
        )
    try:
        shutil.move(kept, path)
        record.unlink(missing_ok=True)
    except FileNotFoundError as error:
        raise NotFoundError(
            f"There is no folder {path.parent} any more.", "Make it again, then try once more."
        ) from error
    except OSError as error:
        raise TrashRefusedError(
            f"“{path.name}” could not be put back: {error.strerror or error}.", "It is still in the trash."
        ) from error


def _has_trash(path: Path) -> bool:
    """Windows deletes what lies on drives without a recycle bin: only disks that are built in are sure to have one."""
    if sys.platform == "win32":
        import ctypes

        fixed = 3
        return bool(ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == fixed)
    return True


def _record_of(path: Path, started: float) -> Path | None:
    """The newest note in a trash that names this path, if it was written just now."""
    notes = [
        note
        for trash in _trashes(path)
        for note in _notes(trash, path)
        if note.stat().st_mtime >= started - _CLOCKS_DIFFER and _noted_path(note, trash) == path
    ]
    return max(notes, key=lambda note: note.stat().st_mtime, default=None)


def _trashes(path: Path) -> Iterator[Path]:
    """Where the trash of a file may be: the person's own, and those at the top of its drive."""
    if sys.platform in ("win32", "darwin"):
        return
    yield platformdirs.user_data_path() / "Trash"
    top = path.parent
    while not os.path.ismount(top) and top != top.parent:
        top = top.parent
    yield top / ".Trash" / str(os.getuid())
    yield top / f".Trash-{os.getuid()}"


def _notes(trash: Path, path: Path) -> Iterator[Path]:
    """The notes of files whose names begin like this one's: the trash adds numbers to names it has already."""
    try:
        notes = [*(trash / "info").iterdir()]
    except OSError:
        return
    yield from (note for note in notes if note.name.startswith(path.stem) and note.suffix == _INFO_SUFFIX)


def _noted_path(note: Path, trash: Path) -> Path | None:
    """The path that a note names; it may be relative to the drive's top, or to the folder that holds the trash."""
    for line in note.read_bytes().splitlines():
        if line.startswith(b"Path="):
            noted = Path(os.fsdecode(unquote_to_bytes(line.removeprefix(b"Path="))))
            if noted.is_absolute():
                return noted
            return (trash.parent if trash.name != str(os.getuid()) else trash.parent.parent) / noted
    return None
