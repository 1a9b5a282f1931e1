"""Labelled photos as a model sees them: the whole picture and some crops, each embedded, and kept on disk.

Photos are read in worker processes, because photo files are hostile input. What was read is kept under the hash of its
content, for one model and one way of cutting, so that a photo that was moved is not read again and a changed one is.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from engine.errors import BadRequestError, EngineError, ModelError
from engine.imaging.decoding import DecodeLimits, decode
from engine.imaging.hashing import perceptual_hash
from engine.imaging.resizing import model_input
from engine.indexing.pipeline import decode_limits, worker_limits
from engine.indexing.rate import Rate
from engine.indexing.reading import hash_file
from engine.jobs import Job, Progress
from engine.models.embedder import OnnxEmbedder
from engine.models.registry import InstalledModel
from engine.records import Skipped
from engine.settings import Settings
from engine.workers import WorkerPool
from trainer.data.photos import view_box, view_regions
from trainer.data.rows import Rows

VIEWS = ((500, 8), (5_000, 4))
"""Below so many photos so many views of each: the whole, and crops, half of them mirrored. More photos show enough."""
CUTTING = 1
"""Counts up whenever the same photo would give other views."""
_READ_AHEAD = 2
"""The longer side of a photo is decoded with so many times the model's, so that crops are sharp."""


@dataclass(frozen=True, slots=True)
class SeenPhotos:
    """What a model makes of photos.

    Attributes:
        places: which of the photos asked for could be read, ascending, [photos].
        contents: their content hashes.
        hashes: their perceptual hashes, uint64 [photos].
        views: embeddings of their views, float32 [photos, views, dim]; view 0 is the whole picture.
        skipped: photos that could not be read, with the reason.
    """

    places: NDArray[np.int64]
    contents: tuple[bytes, ...]
    hashes: NDArray[np.uint64]
    views: NDArray[np.float32]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """One photo as a model sees it: perceptual hash, and views float32 [views, dim]."""

    perceptual_hash: int
    views: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Task:
    key: int
    path: Path
    content: bytes


def views_for(photos: int) -> int:
    """How many views are taken of each of so many photos."""
    return next((views for below, views in VIEWS if photos < below), 1)


def see_photos(
    photos: Sequence[Path],
    model: InstalledModel,
    cache: Path,
    settings: Settings,
    job: Job,
    *,
    views: int | None = None,
) -> SeenPhotos:
    """Embed the views of photos, as far as that was not done before.

    Args:
        photos: to read.
        model: who looks.
        cache: folder for what was seen; it may be deleted at any time.
        settings: workers and limits.
        job: told about progress; may cancel, what was seen by then is kept.
        views: of each photo; as many as suit the number of photos if None.

    Raises:
        BadRequestError: not one of the photos could be read.
        ModelError: the model fails.
        StorageFullError: the disk is full.
        Cancelled: the caller asked to stop.
    """
    views = views or views_for(len(photos))
    contents, skipped = _hashed(photos, job)
    kept = _rows(cache, model, views)
    _carry_over(set(contents.values()), cache, model, views, kept)
    missing = {content: key for key, content in contents.items() if content not in kept}
    skipped |= _see(photos, missing, model, views, kept, settings, job)
    found = [(key, content) for key, content in sorted(contents.items()) if content in kept]
    for key, content in contents.items():
        if content not in kept and key not in skipped:  # a copy of a file that could not be read
            skipped[key] = skipped[missing[content]]
    left_out = tuple(Skipped(photos[key], reason) for key, reason in sorted(skipped.items()))
    if not found:
        raise BadRequestError(
            f"None of the {len(photos):,} photos can be read; the first: {left_out[0].reason}",
            "Name photos that open in Lookalike.",
        )
    numbers = kept.numbers([content for _, content in found])
    return SeenPhotos(
        np.array([key for key, _ in found]),
        tuple(content for _, content in found),
        kept.column("hash")[numbers],
        kept.column("views")[numbers].astype(np.float32),
        left_out,
    )


def _rows(cache: Path, model: InstalledModel, views: int) -> Rows:
    """What the model has seen in so many views."""
    fields = [("hash", "<u8", ()), ("views", "<f2", (views, model.manifest.dim))]
    return Rows(_file(cache, model, views), fields)


def _file(cache: Path, model: InstalledModel, views: int) -> Path:
    return cache / f"{model.manifest.identity}-{CUTTING}-{views}.seen"


def _carry_over(contents: set[bytes], cache: Path, model: InstalledModel, views: int, kept: Rows) -> None:
    """Of photos that were seen in more views, the first ones are those that are wanted."""
    for _, more in VIEWS:
        missing = sorted(content for content in contents if content not in kept)
        if more > views and missing and _file(cache, model, more).exists():
            seen = _rows(cache, model, more)
            known = [content for content in missing if content in seen]
            rows = seen.numbers(known)
            for content, row in zip(known, rows, strict=True):
                kept.add(content, hash=seen.column("hash")[row], views=seen.column("views")[row][:views])


def _hashed(photos: Sequence[Path], job: Job) -> tuple[dict[int, bytes], dict[int, str]]:
    contents: dict[int, bytes] = {}
    skipped: dict[int, str] = {}
    for key, photo in enumerate(photos):
        job.step(Progress("reading the files", key, len(photos)))
        try:
            contents[key] = hash_file(photo)
        except EngineError as error:
            skipped[key] = error.message
    return contents, skipped


def _see(
    photos: Sequence[Path],
    missing: dict[bytes, int],
    model: InstalledModel,
    views: int,
    kept: Rows,
    settings: Settings,
    job: Job,
) -> dict[int, str]:
    """Embed what is missing and keep it; returns why some cannot be read."""
    skipped: dict[int, str] = {}
    if not missing:
        return skipped
    pace, total = Rate(), len(missing)
    tasks = (_Task(key, photos[key], content) for content, key in missing.items())
    start = partial(_start, model, decode_limits(settings), views)
    pool: WorkerPool[_Task, _Seen] = WorkerPool(start, min(total, settings.worker_count), worker_limits(settings))
    try:
        for done, (task, answer) in enumerate(pool.map(tasks, job), 1):
            if isinstance(answer, ModelError):  # not the photo's fault
                raise answer
            if isinstance(answer, EngineError):
                skipped[task.key] = answer.message
            else:
                kept.add(task.content, hash=answer.perceptual_hash, views=answer.views)
            pace.count(done)
            job.step(Progress("looking at the photos", done, total, pace.per_second, pace.seconds_left(total), "CPU"))
    finally:
        pool.close()
    return skipped


def _start(model: InstalledModel, limits: DecodeLimits, views: int) -> Callable[[_Task], _Seen]:
    return partial(_look, OnnxEmbedder(model.folder, model.manifest), limits, views)


def _look(embedder: OnnxEmbedder, limits: DecodeLimits, views: int, task: _Task) -> _Seen:
    wanted = embedder.manifest
    size = (wanted.input.height, wanted.input.width)
    decoded = decode(task.path, short_side=_READ_AHEAD * wanted.decoded_side, limits=limits)
    pictures = [
        model_input(view, size, wanted.resize, wanted.interpolation, wanted.share)
        for view in cut(decoded.image, task.content.hex(), views)
    ]
    return _Seen(perceptual_hash(decoded.image), embedder.embed(np.stack(pictures)))


def cut(image: Image.Image, content: str, views: int) -> Iterator[Image.Image]:
    """So many views of a picture: always the same for the same content."""
    for number, region in enumerate(view_regions(content, range(views))):
        view = image.crop(view_box(region, image.size))
        yield ImageOps.mirror(view) if number % 2 else view
