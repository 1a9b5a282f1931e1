"""Embedding labelled photos with several models at once, in worker processes; what the library knows is not read."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.catalog.catalog import Catalog
from engine.catalog.embeddings import pack, unpack
from engine.errors import EngineError, ModelError
from engine.evaluation.labelled import LabelledPhoto
from engine.evaluation.oxford import PixelBox
from engine.imaging.decoding import DecodeLimits, decode
from engine.indexing.pipeline import decode_limits, worker_limits
from engine.indexing.rate import Rate
from engine.indexing.reading import PhotoReader, hash_file
from engine.jobs import Job, Progress
from engine.models.registry import InstalledModel
from engine.records import PhotoState, Region, Skipped
from engine.settings import Settings
from engine.workers import WorkerPool

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class EmbeddedPhoto:
    """What the models make of a photo.

    Attributes:
        content_hash: of the file.
        vectors: one for every model, float32 [dim], as precise as a library stores them.
    """

    content_hash: bytes
    vectors: tuple[Vector, ...]


class KnownPhotos:
    """The photos that a library has already embedded."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def find(self, path: Path, models: Sequence[InstalledModel]) -> EmbeddedPhoto | None:
        """The photo at this path, if the file is still the one that every one of the models has embedded."""
        photo = self._catalog.photos.at(path)
        if photo is None or photo.state is not PhotoState.INDEXED:
            return None
        try:
            status = path.stat()
        except OSError:
            return None
        if (status.st_size, datetime.fromtimestamp(status.st_mtime_ns / 1e9)) != (photo.size, photo.modified):
            return None
        vectors = []
        for model in models:
            stored = self._catalog.embeddings.model(model.manifest.identity)
            vector = None if stored is None else self._catalog.embeddings.of_photo(photo.id, stored)
            if vector is None:
                return None
            vectors.append(vector)
        return EmbeddedPhoto(photo.content_hash, tuple(vectors))


@dataclass(frozen=True, slots=True)
class _Task:
    key: int
    path: Path
    box: PixelBox | None


def embed_photos(
    photos: Sequence[LabelledPhoto],
    models: Sequence[InstalledModel],
    settings: Settings,
    known: KnownPhotos | None,
    job: Job,
) -> tuple[dict[LabelledPhoto, EmbeddedPhoto], list[Skipped]]:
    """Embed photos with all models; what cannot be read is listed with the reason.

    Raises:
        ModelError: a model fails.
        Cancelled: the job was cancelled.
    """
    found: dict[LabelledPhoto, EmbeddedPhoto] = {}
    skipped: list[tuple[int, Skipped]] = []
    waiting = [index for index, photo in enumerate(photos) if not _take_known(photo, models, known, found)]
    if waiting:
        pace, total = Rate(), len(waiting)
        workers = min(total, settings.worker_count)
        start = partial(_start, tuple(models), decode_limits(settings))
        pool: WorkerPool[_Task, EmbeddedPhoto] = WorkerPool(start, workers, worker_limits(settings))
        try:
            for done, (task, answer) in enumerate(pool.map(_tasks(photos, waiting)), 1):
                if isinstance(answer, ModelError):  # not the photo's fault
                    raise answer
                if isinstance(answer, EngineError):
                    skipped.append((task.key, Skipped(task.path, str(answer))))
                else:
                    found[photos[task.key]] = answer
                pace.count(done)
                job.step(Progress("embedding", done, total, pace.per_second, pace.seconds_left(total), "CPU"))
        finally:
            pool.close()
    return found, [skip for _, skip in sorted(skipped, key=lambda pair: pair[0])]


def _take_known(
    photo: LabelledPhoto,
    models: Sequence[InstalledModel],
    known: KnownPhotos | None,
    found: dict[LabelledPhoto, EmbeddedPhoto],
) -> bool:
    embedded = known.find(photo.path, models) if known and photo.box is None else None
    if embedded is not None:
        found[photo] = embedded
    return embedded is not None


def _tasks(photos: Sequence[LabelledPhoto], waiting: Sequence[int]) -> Iterator[_Task]:
    return (_Task(index, photos[index].path, photos[index].box) for index in waiting)


def _start(models: tuple[InstalledModel, ...], limits: DecodeLimits) -> Callable[[_Task], EmbeddedPhoto]:
    readers = [PhotoReader(model.manifest, model.folder, limits) for model in models]
    return partial(_embed, readers, limits)


def _embed(readers: Sequence[PhotoReader], limits: DecodeLimits, task: _Task) -> EmbeddedPhoto:
    content_hash = hash_file(task.path)
    region = _region(task, limits)
    return EmbeddedPhoto(
        content_hash, tuple(_as_stored(reader.read_embedding(task.path, region)) for reader in readers)
    )


def _region(task: _Task, limits: DecodeLimits) -> Region | None:
    """The box as fractions; what of it lies outside the picture is cut off, and a box that is outside is none."""
    if task.box is None:
        return None
    whole = decode(task.path, short_side=1, limits=limits)
    left, right = (min(max(x / whole.width, 0.0), 1.0) for x in (task.box.left, task.box.right))
    top, bottom = (min(max(y / whole.height, 0.0), 1.0) for y in (task.box.top, task.box.bottom))
    return Region(left, top, right - left, bottom - top) if left < right and top < bottom else None


def _as_stored(vector: Vector) -> Vector:
    """The vector as it comes back from a catalogue, so that it does not matter to the figures where it was kept."""
    blob, crc = pack(vector)
    stored = unpack(blob, crc, len(vector))
    assert stored is not None, "what was packed is not damaged"
    return stored
