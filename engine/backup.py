"""A whole library as one file: written with a checksum of everything in it, and put back only if all of them match.

The file is a ZIP without compression, so that a person can look into it, and a hostile one cannot swell. Caches are
left out: the index and the thumbnails are made again from what is in it.
"""

import hashlib
import json
import os
import re
import secrets
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from engine.catalog.catalog import Catalog
from engine.catalog.recovery import damage, require_closed
from engine.errors import BadRequestError, CatalogDamagedError, EngineError, LibraryUnusableError, StorageFullError
from engine.jobs import Job, Progress
from engine.locking import LOCK, LibraryLock
from engine.new_file import DISK_FULL, new_file
from engine.paths import absolute

FORMAT = 1
CONTENTS = "backup.json"
_NUMBERS = ("photos", "queries")
CATALOG = "catalog.db"
FOLDERS = ("models", "runs")
_NAME = re.compile(rf"{re.escape(CATALOG)}|(?:{'|'.join(FOLDERS)})(?:/[^/\\:\0]+)+")
_MOST_CONTENTS = 64 * 2**20
_PIECE = 2**20
_DATE = 1980, 1, 1, 0, 0, 0
"""Of every entry: ZIP knows no time zones, and the date of the backup stands in its contents."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds.

    Attributes:
        when: local time of the backup.
        photos: searchable photos.
        queries: in the history.
        bytes: of the file.
    """

    file: Path
    when: datetime
    photos: int
    queries: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A backup that was unpacked and checked, and takes no library's place yet.

    Attributes:
        place: the hidden folder that it is in, beside the library's.
        folder: what it is to become.
    """

    backup: Backup
    place: Path
    folder: Path

    def put_in_place(self) -> Path | None:
        """Let it be the library; returns where the one before it is now.

        Raises:
            LibraryBusyError: the library that is there is in use; all is as it was.
            LibraryUnusableError: the folder cannot be renamed.
        """
        try:
            return _put_in_place(self.place, self.folder)
        except OSError as error:
            raise _unusable(self.folder, error) from error

    def discard(self) -> None:
        """Delete it again; nothing else was changed."""
        shutil.rmtree(self.place, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Content:
    bytes: int
    blake2b: str


def write_backup(folder: Path, catalog: Catalog, file: Path, job: Job) -> Backup:
    """Write everything that cannot be made again to one file; a file of this name is replaced at the end.

    Searching and indexing may go on: the catalogue is copied as it is at one moment.

    Raises:
        CatalogDamagedError: the catalogue is damaged; it is not backed up in that state.
        BadRequestError, NotFoundError: the file cannot be there.
        StorageFullError, EngineError: it could not be written; there is no half file.
        Cancelled: the job was cancelled; there is no half file.
    """
    file = absolute(file)
    when, photos, queries = datetime.now(), catalog.embeddings.photos_to_embed(), len(catalog.history.list())
    beside = None if catalog.read_only else folder
    with new_file(file) as part, tempfile.TemporaryDirectory(prefix=".backup-", dir=beside) as place:
        copy = Path(place) / CATALOG
        catalog.copy_to(copy)
        sources = {CATALOG: copy, **_kept_files(folder)}
        total = sum(source.stat().st_size for source in sources.values())
        with part.open("xb") as stream:
            with zipfile.ZipFile(stream, "w") as archive:
                steps = _Steps(job, "writing the backup", total)
                contents = {name: _pack(archive, name, source, steps) for name, source in sources.items()}
                told = {"format": FORMAT, "when": when.isoformat(), "photos": photos, "queries": queries}
                files = {name: asdict(content) for name, content in contents.items()}
                archive.writestr(_entry(CONTENTS), json.dumps({**told, "files": files}, indent=1))
            stream.flush()
            os.fsync(stream.fileno())
        with _opened(part) as (archive, _, listed):
            steps = _Steps(job, "checking the backup", total)
            for name, content in listed.items():
                _unpack(archive, name, content, None, steps)
    return Backup(file, when, photos, queries, file.stat().st_size)


def restore(file: Path, folder: Path, *, replace: bool = False, job: Job | None = None) -> tuple[Backup, Path | None]:
    """Make a library out of a backup, all of it or nothing.

    Args:
        replace: put a library that is there already aside, instead of refusing.

    Returns:
        What the backup held, and where the former library is now.

    Raises:
        BadRequestError: it is no backup, or it is damaged.
        LibraryUnusableError: there is a library already, or the folder cannot be written.
        LibraryBusyError: the library that is there is in use.
        CatalogTooNewError: a newer program made the backup.
        StorageFullError: there is no room for it.
        Cancelled: the job was cancelled; everything is as it was.
    """
    folder = absolute(folder)
    _check_room(folder, replace=replace)
    unpacked = unpack(file, folder, job or Job())
    try:
        return unpacked.backup, unpacked.put_in_place()
    finally:
        unpacked.discard()  # after a success there is nothing of this name any more


def unpack(file: Path, folder: Path, job: Job) -> Unpacked:
    """Make a library out of a backup beside the folder that it is to become; nothing else is touched.

    Raises:
        BadRequestError, CatalogDamagedError, CatalogTooNewError: see `restore`.
        StorageFullError, LibraryUnusableError: it cannot be written; there is nothing of it.
        Cancelled: the job was cancelled; there is nothing of it.
    """
    file = absolute(file)
    with _opened(file) as (archive, told, listed), _fresh_folder(folder) as fresh:
        steps = _Steps(job, "restoring the library", sum(content.bytes for content in listed.values()))
        for name, content in listed.items():
            _unpack(archive, name, content, fresh / name, steps)
        if problem := damage(fresh / CATALOG):
            raise CatalogDamagedError(f"The catalogue in {file.name} is damaged: {problem}", "Use another backup.")
    done = Backup(file, told["when"], told["photos"], told["queries"], file.stat().st_size)
    return Unpacked(done, fresh, folder)


class _Steps:
    """Progress in bytes."""

    def __init__(self, job: Job, stage: str, total: int) -> None:
        self._job, self._stage, self._total, self._done = job, stage, total, 0

    def take(self, count: int) -> None:
        """So many bytes more are done; raises Cancelled."""
        self._done += count
        self._job.step(Progress(self._stage, self._done, self._total))


def _kept_files(folder: Path) -> dict[str, Path]:
    """Models and runs by their names in the backup; no links, and nothing hidden, which is half done or removed."""
    found = {}
    for top in FOLDERS:
        for place, folders, files in os.walk(folder / top):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for path in (Path(place) / name for name in files if not name.startswith(".")):
                name = path.relative_to(folder).as_posix()
                if _NAME.fullmatch(name) and path.is_file() and not path.is_symlink():
                    found[name] = path
    return found


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.external_attr = 0o600 << 16
    return entry


def _pack(archive: zipfile.ZipFile, name: str, source: Path, steps: _Steps) -> _Content:
    digest, size = hashlib.blake2b(digest_size=32), 0
    with source.open("rb") as stream, archive.open(_entry(name), "w", force_zip64=True) as packed:
        while piece := stream.read(_PIECE):
            packed.write(piece)
            digest.update(piece)
            size += len(piece)
            steps.take(len(piece))
    return _Content(size, digest.hexdigest())


def _unpack(archive: zipfile.ZipFile, name: str, content: _Content, target: Path | None, steps: _Steps) -> None:
    """Write a file of the backup to the target, or only read it; raises BadRequestError if it is not what was saved."""
    digest, size = hashlib.blake2b(digest_size=32), 0
    with archive.open(name) as packed, _writing(target) as stream:
        while piece := packed.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            if stream is not None:
                stream.write(piece)
            steps.take(len(piece))
    if _Content(size, digest.hexdigest()) != content:
        raise _damaged(archive, f"{name} is not what was saved")


@contextmanager
def _writing(target: Path | None) -> Iterator[BinaryIO | None]:
    if target is None:
        yield None
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())


@contextmanager
def _opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, Mapping[str, Any], dict[str, _Content]]]:
    """A backup, what it tells of itself, and its files; whatever is wrong with it becomes a sentence."""
    try:
        stream = file.open("rb")
    except OSError as error:
        raise BadRequestError(
            f"The backup {file} cannot be read: {error.strerror or error}.", "Name a file that was made by a backup."
        ) from error
    try:
        with stream, zipfile.ZipFile(stream) as archive:
            told = _told(archive)
            yield archive, told, _listed(archive, told)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as error:
        raise BadRequestError(
            f"{file.name} is no backup of a library, or it is damaged ({error}).", "Use another backup."
        ) from error


def _told(archive: zipfile.ZipFile) -> Mapping[str, Any]:
    """What the backup tells of itself."""
    try:
        entry = archive.getinfo(CONTENTS)
        told: dict[str, Any] = json.loads(archive.read(entry)) if entry.file_size < _MOST_CONTENTS else {}
        newer = told["format"] > FORMAT
        told |= {"when": datetime.fromisoformat(told["when"]), **{name: int(told[name]) for name in _NUMBERS}}
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise _damaged(archive, f"its contents cannot be read: {error}") from error
    if newer:
        raise BadRequestError("The backup was written by a newer Lookalike.", "Update the program to restore it.")
    return told


def _listed(archive: zipfile.ZipFile, told: Mapping[str, Any]) -> dict[str, _Content]:
    """The files of the backup: exactly those it says, under names that lead nowhere else, none of them compressed."""
    try:
        listed = {name: _Content(int(one["bytes"]), str(one["blake2b"])) for name, one in told["files"].items()}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _damaged(archive, f"its contents cannot be read: {error}") from error
    entries = [entry for entry in archive.infolist() if entry.filename != CONTENTS]
    if sorted(entry.filename for entry in entries) != sorted(listed) or CATALOG not in listed:
        raise _damaged(archive, "it does not hold what it says")
    for entry in entries:
        safe = _NAME.fullmatch(entry.filename) and not {".", ".."} & set(entry.filename.split("/"))
        if not safe or entry.compress_type != zipfile.ZIP_STORED:
            raise _damaged(archive, f"{entry.filename!r} does not belong into it")
    return listed


def _damaged(archive: zipfile.ZipFile, why: str) -> BadRequestError:
    name = Path(archive.filename or "it").name
    return BadRequestError(f"{name} is no backup of a library, or it is damaged ({why}).", "Use another backup.")


def _is_free(folder: Path) -> bool:
    """Whether a library can be put here without anything being in its way."""
    return not os.path.lexists(folder) or (folder.is_dir() and {file.name for file in folder.iterdir()} <= {LOCK})


def _check_room(folder: Path, *, replace: bool) -> None:
    try:
        free = _is_free(folder)
    except OSError as error:
        raise _unusable(folder, error) from error
    if not free and not replace:
        raise LibraryUnusableError(
            f"There is something in {folder} already.",
            "Name an empty folder with --library, or put what is there aside with --replace.",
        )


@contextmanager
def _fresh_folder(folder: Path) -> Iterator[Path]:
    """A hidden folder beside the library's, which stays if all goes well."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = folder.with_name(f".{folder.name}-restoring-{secrets.token_hex(4)}")
        fresh.mkdir()  # as open to others as a new library is: the person's umask says so
        try:
            yield fresh
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
    except OSError as error:
        raise _unusable(folder, error) from error


def _put_in_place(fresh: Path, folder: Path) -> Path | None:
    """Let the restored folder be the library; returns where the one before it is now."""
    if folder.is_dir():
        shutil.copymode(folder, fresh)
    if _is_free(folder):
        if folder.exists():
            shutil.rmtree(folder)
        fresh.rename(folder)
        return None
    with LibraryLock(folder).held():
        require_closed(folder / CATALOG)
        aside = folder.with_name(f"{folder.name}-before-{time.strftime('%Y%m%d-%H%M%S')}")
    folder.rename(aside)
    try:
        fresh.rename(folder)
    except OSError:
        aside.rename(folder)
        raise
    return aside


def _unusable(folder: Path, error: OSError) -> EngineError:
    if error.errno in DISK_FULL:
        return StorageFullError(
            f"The disk that holds {folder} is full; everything is as it was.", "Free some space and try again."
        )
    return LibraryUnusableError(f"{folder} cannot be used: {error.strerror or error}.", "Check its permissions.")
