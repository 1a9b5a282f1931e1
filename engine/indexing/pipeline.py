"""One indexing run: scan, read in worker processes, commit in batches."""

import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np

from engine.catalog.batch import Batch
from engine.catalog.catalog import Catalog
from engine.catalog.embeddings import StoredModel
from engine.catalog.roots import is_reachable
from engine.catalog.thumbnails import Thumbnails
from engine.catalog.updates import Holder, PendingPhoto, Scope
from engine.errors import EngineError, ModelError
from engine.excludes import Excludes
from engine.imaging.decoding import DecodeLimits
from engine.imaging.formats import support
from engine.indexing import scanner
from engine.indexing.rate import Rate
from engine.indexing.reading import (
    FileVanishedError,
    PhotoReading,
    PhotoTask,
    Reading,
    Task,
    UnreadableContent,
    start_reader,
)
from engine.jobs import FolderProgress, Job, Progress
from engine.models.embedder import CPU, OnnxEmbedder, best_providers
from engine.models.registry import InstalledModel
from engine.reason_kinds import ReasonKind
from engine.records import PhotoState, Skipped
from engine.settings import Settings
from engine.workers import Limits, WorkerPool

COMMIT_PHOTOS = 64
COMMIT_SECONDS = 0.5
"""A photo is searchable half a second after it was read, and a commit costs nothing beside reading that many."""
LOOK_AHEAD = 256
EMBED_AT_ONCE = 32
"""Pictures in a batch when one process embeds for all workers, on a GPU."""


@dataclass(slots=True)
class Tally:
    """What a run did so far."""

    added: int = 0
    updated: int = 0
    moved: int = 0
    unchanged: int = 0
    missing: set[int] = field(default_factory=set)
    closed: list[Skipped] = field(default_factory=list)
    read: int = 0
    reading_seconds: float = 0.0
    provider: str = ""


class IndexRun:
    """Brings some folders of a library up to date. Used once, by one thread, with the library's lock held.

    Args:
        model: whose embeddings the photos get.
        installed: the same model's folder.
        left_out: the library's own folder, which may lie among the photos.
    """

    def __init__(
        self,
        catalog: Catalog,
        thumbnails: Thumbnails,
        model: StoredModel,
        installed: InstalledModel,
        settings: Settings,
        left_out: Path,
        job: Job,
    ) -> None:
        self.tally = Tally()
        self._updates = catalog.updates
        self._exclusions = catalog.exclusions
        self._thumbnails = thumbnails
        self._model = model
        self._installed = installed
        self._settings = settings
        self._left_out = left_out
        self._job = job
        self._rate = Rate()
        self._batch: Batch = catalog.updates.transaction()
        self._unsaved: list[tuple[PendingPhoto, PhotoReading]] = []
        self._committed_at = time.monotonic()
        self._claimed: set[int] = set()
        self._embedder: OnnxEmbedder | None = None
        self._folders: Counter[Path] = Counter()

    def scan(self, scopes: list[Scope]) -> None:
        """Compare the folders with the catalogue and put on record what changed; nothing is decoded."""
        self._updates.retry_unreadable(readers_fingerprint())
        seen = 0
        for scope in scopes:
            visited: set[bytes] = set()
            unreadable: list[bytes] = []
            seen_here = 0
            excludes = self._applied_excludes(scope)
            for folder, entries, problem in scanner.walk(scope.path, scope.root_path, self._left_out, excludes):
                visited.add(folder)
                if problem:
                    unreadable.append(folder)
                    path = scope.root_path / os.fsdecode(folder)
                    self.tally.closed.append(Skipped(path, problem, kind=ReasonKind.ACCESS))
                seen += len(entries)
                seen_here += len(entries)
                self._record(scope, scanner.compare(folder, entries, self._updates.known(scope, folder), problem))
                here = FolderProgress(scope.root_path, seen_here)
                self._job.step(Progress("scanning", seen, folder=here))
            for folder in self._updates.folders(scope) - visited:
                if not any(_inside(folder, place) for place in unreadable):
                    self._record(scope, scanner.compare(folder, [], self._updates.known(scope, folder)))

    def read(self, scopes: list[Scope]) -> None:
        """Read every photo that waits; in a second pass those whose known content turned out to be of no use."""
        for trust_hashes in (True, False):
            self._folders = Counter()
            for scope in scopes:
                self._folders[scope.root_path] += self._updates.pending_count(scope)
            if total := self._folders.total():
                self._work(self._pending(scopes, trust_hashes), total, "indexing")
        self._folders = Counter()

    def fill(self, total: int, stage: str) -> None:
        """Embed photos on record that have no embedding of the model yet."""
        if total:
            self._work(self._without_embedding(), total, stage)

    def _applied_excludes(self, scope: Scope) -> Excludes:
        """What is left out of the scope's root; the photos on record are sorted by it first."""
        excludes = Excludes(self._exclusions.patterns(scope.root_id), self._settings.extensions_off)
        if not self._exclusions.is_applied(scope.root_id, excludes.fingerprint):
            self._exclusions.apply(scope.root_id, excludes.file, excludes.fingerprint)
        return excludes

    def _record(self, scope: Scope, found: scanner.FolderScan) -> None:
        self.tally.unchanged += found.unchanged + len(found.back)
        self.tally.missing.update(found.gone)
        if found.anything:
            self._updates.record_scan(scope, found.new, found.changed, found.gone, found.back)

    def _work(self, photos: Iterator[tuple[PendingPhoto, PhotoTask]], total: int, stage: str) -> None:
        started = time.monotonic()
        in_work: dict[int, PendingPhoto] = {}
        read: Counter[Path] = Counter()
        pool = self._pool(min(total, self._settings.worker_count))
        try:
            for done, (task, answer) in enumerate(pool.map(_noting(photos, in_work), self._job), 1):
                assert isinstance(task, PhotoTask)
                photo = in_work.pop(task.key)
                self._settle(photo, answer)
                self._commit_if_due()
                read[photo.root_path] += 1
                self._progress(stage, done, total, self._in_folder(photo, read))
        finally:
            pool.close()
            self._commit()
            self.tally.reading_seconds += time.monotonic() - started

    def _in_folder(self, photo: PendingPhoto, read: Counter[Path]) -> FolderProgress | None:
        """How many of a photo's folder are read; None while it is not told how many there are of each."""
        total = self._folders.get(photo.root_path)
        return FolderProgress(photo.root_path, read[photo.root_path], total) if total else None

    def _progress(self, stage: str, done: int, total: int, folder: FolderProgress | None) -> None:
        rate = self._rate
        rate.count(done)
        self._job.report(
            Progress(stage, done, total, rate.per_second, rate.seconds_left(total), self.tally.provider, folder)
        )
        if self._job.paused:
            self._commit()  # what is read is searchable while we wait
            self._rate.reset()
        self._job.checkpoint()

    def _pool(self, size: int) -> WorkerPool[Task, Reading]:
        """Workers that decode and embed; with a GPU they only decode, and this process embeds in batches."""
        providers = best_providers()
        if self._embedder is None and providers[:1] != (CPU,):
            self._embedder = OnnxEmbedder(self._installed.folder, self._installed.manifest, providers=providers)
        self.tally.provider = self._embedder.provider if self._embedder else "CPU"
        start = partial(start_reader, self._installed, decode_limits(self._settings), embed=self._embedder is None)
        return WorkerPool(start, size, worker_limits(self._settings))

    def _pending(self, scopes: list[Scope], trust_hashes: bool) -> Iterator[tuple[PendingPhoto, PhotoTask]]:
        for scope in scopes:
            after = 0
            while photos := self._updates.pending(scope, after, LOOK_AHEAD):
                after = photos[-1].key
                for photo in photos:
                    known = self._updates.contents_of_size(photo) if trust_hashes else frozenset()
                    yield photo, PhotoTask(photo.key, photo.path, known)

    def _without_embedding(self) -> Iterator[tuple[PendingPhoto, PhotoTask]]:
        after = 0
        while photos := self._updates.without_embedding(self._model, after, LOOK_AHEAD):
            after = photos[-1].key
            for photo in photos:
                yield photo, PhotoTask(photo.key, photo.path)

    def _settle(self, photo: PendingPhoto, answer: Reading | EngineError) -> None:
        match answer:
            case FileVanishedError():
                self._vanished(photo)
            case ModelError():  # not the photo's fault
                raise answer
            case EngineError():
                self._batch.unreadable(photo.key, str(answer), None)
            case UnreadableContent(content_hash, reason):
                self._batch.unreadable(photo.key, reason, content_hash)
            case PhotoReading():
                self._settle_reading(photo, answer)

    def _vanished(self, photo: PendingPhoto) -> None:
        if is_reachable(photo.root_path):
            self._batch.vanished(photo.key)
            if photo.state == PhotoState.INDEXED:
                self.tally.missing.add(photo.key)

    def _settle_reading(self, photo: PendingPhoto, reading: PhotoReading) -> None:
        own = self._updates.has_embedding(photo.key, reading.content_hash, self._model)
        if own and photo.state == PhotoState.INDEXED:
            self._batch.unchanged(photo.key)
            self.tally.unchanged += 1
            return
        holders = self._updates.holders(reading.content_hash, self._model)
        if others := [holder for holder in holders if holder.key != photo.key]:
            self._settle_known(photo, others)
        elif reading.facts is not None:
            self._unsaved.append((photo, reading))

    def _settle_known(self, photo: PendingPhoto, holders: list[Holder]) -> None:
        """The same content is on record elsewhere: either that file was moved here, or this is a copy of it."""
        unclaimed = (holder for holder in holders if holder.key not in self._claimed)
        left = next((holder for holder in unclaimed if _has_left(holder)), None)
        if left is not None:
            self._claimed.add(left.key)
            self._batch.moved(photo.key, left.key)
            self.tally.missing.discard(left.key)
            self.tally.moved += 1
            return
        self._batch.copied(photo.key, holders[0].key)
        self._count(photo)

    def _count(self, photo: PendingPhoto) -> None:
        if photo.state == PhotoState.INDEXED:
            self.tally.updated += 1
        else:
            self.tally.added += 1

    def _commit_if_due(self) -> None:
        waiting = len(self._batch) + len(self._unsaved)
        if waiting >= COMMIT_PHOTOS or time.monotonic() - self._committed_at > COMMIT_SECONDS:
            self._commit()

    def _commit(self) -> None:
        """Thumbnails first: a photo that is searchable has one."""
        self._embed_unsaved()
        fresh = [(reading.content_hash, reading.thumbnail) for _, reading in self._unsaved]
        if fresh:
            self._thumbnails.put(fresh)
        for photo, reading in self._unsaved:
            assert reading.facts is not None
            assert reading.vector is not None
            if photo.content_hash == reading.content_hash and photo.state == PhotoState.INDEXED:
                self._batch.embedded(photo.key, self._model, reading.vector, reading.facts.sharpness)
            else:
                self._batch.readable(photo.key, reading.facts, self._model, reading.vector)
            self._count(photo)
        self.tally.read += len(self._unsaved)
        self._unsaved = []
        self._batch.commit()
        self._committed_at = time.monotonic()

    def _embed_unsaved(self) -> None:
        """Embed what the workers only decoded."""
        if self._embedder is None:
            return
        for start in range(0, len(self._unsaved), EMBED_AT_ONCE):
            part = self._unsaved[start : start + EMBED_AT_ONCE]
            vectors = self._embedder.embed(
                np.stack([reading.pixels for _, reading in part if reading.pixels is not None])
            )
            self.tally.provider = self._embedder.provider  # another one, if the first has failed
            self._unsaved[start : start + EMBED_AT_ONCE] = [
                (photo, PhotoReading(reading.content_hash, reading.facts, reading.thumbnail, vector))
                for (photo, reading), vector in zip(part, vectors, strict=True)
            ]


def readers_fingerprint() -> str:
    """The format readers that are installed, with their versions."""
    return "; ".join(sorted({entry.reader for entry in support() if entry.available}))


def decode_limits(settings: Settings) -> DecodeLimits:
    """How large a picture may be."""
    return DecodeLimits(max_pixels=settings.max_megapixels * 1_000_000)


def worker_limits(settings: Settings) -> Limits:
    """What reading one photo may take."""
    return Limits(seconds=settings.photo_seconds, memory_mib=settings.worker_memory_mib)


def _noting(photos: Iterator[tuple[PendingPhoto, PhotoTask]], in_work: dict[int, PendingPhoto]) -> Iterator[Task]:
    """The tasks alone; the photos they belong to are noted as they are handed out."""
    for photo, task in photos:
        in_work[task.key] = photo
        yield task


def _has_left(holder: Holder) -> bool:
    """The photo is not where it was, and not just because its drive is unplugged."""
    return is_reachable(holder.root_path) and not os.path.lexists(holder.path)


def _inside(folder: bytes, place: bytes) -> bool:
    return not place or folder == place or folder.startswith(place + b"/")
