"""Walking a folder and telling what changed since the catalogue last looked: no file is opened that is known."""

import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from engine.catalog.updates import FoundFile, KnownFile, storable_ns
from engine.excludes import Excludes
from engine.imaging.formats import PHOTO_EXTENSIONS, why_not_a_photo
from engine.imaging.reasons import NO_FILE
from engine.records import PhotoState

HEADER_BYTES = 64
_ENCODING, _ERRORS = sys.getfilesystemencoding(), sys.getfilesystemencodeerrors()
"""What `os.fsencode` does, without what it does besides for each of a million names."""
NOTHING = Excludes()
_SYSTEM_NAMES = frozenset(
    {"thumbs.db", "desktop.ini", "$recycle.bin", "system volume information", "@eadir", "lost+found"}
)


@dataclass(slots=True)
class FolderScan:
    """What changed directly in one folder.

    Attributes:
        folder: relative to the root, with slashes, as bytes; empty for the root.
        new: files that are not on record.
        changed: keys of files whose size or date changed, with what they are now.
        back: keys of photos that were missing and are there again, unchanged.
        gone: keys of files that are on record and not there.
        unchanged: photos that are as they were.
        waiting: files on record that are still to be read.
        problem: why the folder could not be read, or empty; then nothing in it counts as gone.
    """

    folder: bytes
    new: list[FoundFile] = field(default_factory=list)
    changed: list[tuple[int, FoundFile]] = field(default_factory=list)
    back: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    unchanged: int = 0
    waiting: int = 0
    problem: str = ""

    @property
    def anything(self) -> bool:
        """Whether there is something to put on record."""
        return bool(self.new or self.changed or self.back or self.gone)


def walk(
    start: Path, root: Path, left_out: Path, excludes: Excludes = NOTHING
) -> Iterator[tuple[bytes, list[os.DirEntry[str]], str]]:
    """Folders below `start` with their files, each folder before those inside it.

    Hidden files and folders, links to folders and the system's own folders are passed over.

    Args:
        start: where to begin; below `root` or `root` itself.
        root: folders are named relative to it.
        left_out: a folder not to enter: the library itself may lie among the photos.
        excludes: files and folders to pass over.

    Yields:
        The folder's name, its files (and links to files, pipes and the like), and why it could not be read.
    """
    leaves_out = excludes.file if excludes else None
    waiting = [start]
    while waiting:
        place = waiting.pop()
        relative = _relative(place, root)
        files: list[os.DirEntry[str]] = []
        folders: list[Path] = []
        problem = ""
        try:
            with os.scandir(place) as entries:
                for entry in entries:
                    if passed_over(entry.name):
                        continue
                    if not entry.is_dir(follow_symlinks=False):
                        if leaves_out is None or not leaves_out(relative, entry.name):
                            files.append(entry)
                    elif Path(entry.path) != left_out and not (
                        excludes and excludes.folder(f"{relative}/{entry.name}" if relative else entry.name)
                    ):
                        folders.append(Path(entry.path))
        except OSError as error:
            problem = f"The folder cannot be read: {error.strerror or error}."
        yield os.fsencode(relative), files, problem
        waiting.extend(sorted(folders, reverse=True))


def passed_over(name: str) -> bool:
    """Whether a file or folder of this name is hidden, or the system's own."""
    return name.startswith(".") or name.lower() in _SYSTEM_NAMES


def compare(
    folder: bytes, entries: list[os.DirEntry[str]], known: dict[bytes, KnownFile], problem: str = ""
) -> FolderScan:
    """Tell what changed in one folder. Only files of unknown kind that are new or changed are opened, for 64 bytes."""
    scan = FolderScan(folder, problem=problem)
    if problem:
        return scan
    left = dict(known)
    indexed = PhotoState.INDEXED
    for entry in entries:
        name = entry.name.encode(_ENCODING, _ERRORS)
        before = left.pop(name, None)
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:  # it went away since the folder was listed
            if before is not None:
                left[name] = before
            continue
        if before and before[1:] == (status.st_size, status.st_mtime_ns, indexed, 0):
            scan.unchanged += 1  # nearly all files of nearly all scans
            continue
        _compare_file(scan, name, entry, status, before)
    scan.gone = [file.key for file in left.values() if file.state not in (PhotoState.MISSING, PhotoState.EXCLUDED)]
    return scan


def _relative(place: Path, root: Path) -> str:
    """A folder as it is stored: with slashes, empty for the root."""
    relative = place.relative_to(root).as_posix()
    return "" if relative == "." else relative


def _compare_file(
    scan: FolderScan, name: bytes, entry: os.DirEntry[str], status: os.stat_result, before: KnownFile | None
) -> None:
    if before is None:
        scan.new.append(_found(scan.folder, name, entry, status))
    elif (before.size, before.modified_ns) != (status.st_size, storable_ns(status.st_mtime_ns)):
        scan.changed.append((before.key, _found(scan.folder, name, entry, status)))
    elif before.state == PhotoState.MISSING:
        scan.back.append(before.key)
    elif before.pending:
        scan.waiting += 1
    elif before.state == PhotoState.INDEXED:
        scan.unchanged += 1


def _found(folder: bytes, name: bytes, entry: os.DirEntry[str], status: os.stat_result) -> FoundFile:
    return FoundFile(folder, name, status.st_size, storable_ns(status.st_mtime_ns), _why_ignored(entry, status))


def _why_ignored(entry: os.DirEntry[str], status: os.stat_result) -> str:
    """Why a file is not even tried, or empty."""
    if stat.S_ISLNK(status.st_mode):
        return "A link; the file it points to is indexed where it is."
    if not stat.S_ISREG(status.st_mode):
        return NO_FILE
    if Path(entry.name).suffix.lower() in PHOTO_EXTENSIONS:
        return ""
    try:
        with open(entry.path, "rb") as stream:  # noqa: PTH123 - no Path for each of a million files
            header = stream.read(HEADER_BYTES)
    except OSError:
        return ""  # the worker says why
    return why_not_a_photo(entry.name, header) or ""
