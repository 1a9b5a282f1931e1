"""Giving back the room that a library takes for nothing.

Whatever happens on the way, the library is whole: each step either comes to its end or has changed nothing.
"""

import contextlib
import glob
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.answering import index_name
from engine.catalog.catalog import Catalog
from engine.catalog.embeddings import StoredModel
from engine.catalog.safety_copy import SPARE_BYTES
from engine.catalog.thumbnails import Thumbnails
from engine.disk_use import size_of
from engine.errors import CatalogDamagedError
from engine.jobs import Job, Progress
from engine.vectors.index_file import MANIFEST, manifest_of

LEAST_BYTES = 2**20
LEAST_SHARE = 0.05
"""Of a file: writing all of it anew for less is not worth it."""
DAY = 24 * 3600
KEPT_DAYS = 30
"""How long the copy of a catalogue is kept that was made before a newer program brought it up to date."""
_HALF_DONE = (".backup-*", "models/.adding-*", "models/.removed-*", "catalog-recovered.db*", "*.part")
"""What is left of work that was killed."""


@dataclass(frozen=True, slots=True)
class CompactReport:
    """What was given back.

    Attributes:
        freed_bytes: of the disk.
        done: what was done, or could not be, one sentence each.
    """

    freed_bytes: int
    done: Sequence[str]


class Compacting:
    """The parts of one library that may take more room than they need.

    Args:
        gone: models of which there are embeddings although they are not installed any more.
    """

    def __init__(self, folder: Path, catalog: Catalog, thumbnails: Thumbnails, gone: Sequence[StoredModel]) -> None:
        self._folder = folder
        self._catalog = catalog
        self._thumbnails = thumbnails
        self._gone = gone

    def spare_bytes(self) -> int:
        """About what `compact` would give back; 0 if it is not worth it."""
        spare = sum(size_of(path) for path in self._leftovers())
        sizes = self._catalog.room()[0], self._thumbnails.room()[0]
        for size, unneeded in zip(sizes, self._spare(), strict=True):
            spare += unneeded if _is_worth_it(unneeded, size) else 0
        return spare

    def compact(self, job: Job) -> CompactReport:
        """Drop what nobody needs any more, and write the files anew that have much room in them.

        The caller holds the library's lock.

        Raises:
            CatalogDamagedError: it has to be mended first.
            StorageFullError, LibraryBusyError: what was done before stays done.
            Cancelled: the same.
        """
        before = size_of(self._folder)
        job.step(Progress("checking the catalogue", 0, 4))
        if problems := self._catalog.problems(job):
            raise CatalogDamagedError(f"The catalogue is damaged: {problems[0]}.", "Have the library repaired first.")
        job.step(Progress("deleting what nobody needs", 1, 4))
        in_catalog, in_thumbnails = self._spare()  # before: deleted rows leave room within pages, which is not told
        done = [*self._delete_leftovers(), *self._forget_models(), *self._delete_thumbnails()]
        job.step(Progress("making the catalogue smaller", 2, 4))
        done += self._shrink(self._catalog, "catalogue", in_catalog, job)
        job.step(Progress("making the thumbnails smaller", 3, 4))
        done += self._shrink(self._thumbnails, "file of the thumbnails", in_thumbnails, job)
        return CompactReport(max(before - size_of(self._folder), 0), tuple(done))

    def _spare(self) -> tuple[int, int]:
        """Bytes of the catalogue and of the thumbnails that are free, or taken by what nobody needs."""
        vectors = sum(self._catalog.embeddings.bytes_of(model) for model in self._gone)
        pictures = self._thumbnails.unneeded(self._catalog.photos.content_hashes())
        return self._catalog.room()[1] + vectors, self._thumbnails.room()[1] + pictures

    def _leftovers(self) -> Iterator[Path]:
        """Indexes of models that are gone, generations of an index that are not published, and what is half done."""
        kept = {index_name(model) for model in self._catalog.embeddings.models() if model not in self._gone}
        for index in (self._folder / "index").glob("*"):
            if index.name not in kept:
                yield index
            elif (manifest := manifest_of(index)) is not None:
                published = {MANIFEST, *(segment.file for segment in manifest.segments)}
                yield from (file for file in (*index.glob("hnsw*"), *index.glob("*.tmp")) if file.name not in published)
        half_done = [path for pattern in _HALF_DONE for path in self._folder.glob(pattern)]
        half_done += self._folder.parent.glob(f".{glob.escape(self._folder.name)}-restoring-*")
        yield from (path for path in half_done if _age(path) > DAY)
        yield from (path for path in self._folder.glob("catalog-schema*.db") if _age(path) > KEPT_DAYS * DAY)

    def _delete_leftovers(self) -> Iterator[str]:
        found = list(self._leftovers())
        for path in found:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with contextlib.suppress(OSError):
                    path.unlink()
        if gone := sum(not path.exists() for path in found):
            yield f"Files and folders that nothing needs any more were deleted ({gone:,})."

    def _forget_models(self) -> Iterator[str]:
        for model in self._gone:
            self._catalog.embeddings.forget(model)
            yield f"The embeddings of the model {model.name} were deleted, which is not installed any more."

    def _delete_thumbnails(self) -> Iterator[str]:
        if dropped := self._thumbnails.keep_only(self._catalog.photos.content_hashes()):
            yield f"Thumbnails of photos that are not in the library any more were deleted ({dropped:,})."

    def _shrink(self, part: Catalog | Thumbnails, name: str, spare: int, job: Job) -> Iterator[str]:
        size, _ = part.room()
        if not _is_worth_it(spare, size):
            return
        needed = 2 * (size - spare) + SPARE_BYTES
        if shutil.disk_usage(self._folder).free < needed:
            yield f"The {name} was left as it is: the disk needs {needed / 1e6:,.0f} MB of free space for a moment."
            return
        part.compact(job)
        yield f"The {name} was written anew without the room that was free in it."


def _is_worth_it(spare: int, size: int) -> bool:
    return spare >= LEAST_BYTES and spare >= LEAST_SHARE * size


def _age(path: Path) -> float:
    """Seconds since a file was changed."""
    try:
        return time.time() - path.lstat().st_mtime
    except OSError:
        return 0
