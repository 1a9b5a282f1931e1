"""Labelled photos as pixels, cut and shrunk as a network wants them, for trainings of the network itself.

They are read in worker processes, as they were when the base looked at them, and kept by their content.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError, UnreadablePhotoError
from engine.imaging.decoding import DecodeLimits, decode
from engine.indexing.pipeline import decode_limits, worker_limits
from engine.jobs import Job
from engine.settings import Settings
from engine.workers import WorkerPool
from trainer.backbones.preprocessing import Preprocessing
from trainer.data.rows import Rows
from trainer.pace import Pace


class Pictures:
    """Photos as a network is shown them.

    Args:
        rows: all that are kept, uint8 RGB [rows, side, side, 3], memory-mapped.
        numbers: which row each photo is, [photos].
    """

    def __init__(self, rows: NDArray[np.uint8], numbers: NDArray[np.int64]) -> None:
        self._rows, self._numbers = rows, numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def of(self, places: NDArray[np.int64]) -> NDArray[np.uint8]:
        """The pixels of some photos, [N, side, side, 3]."""
        return np.asarray(self._rows[self._numbers[places]])


@dataclass(frozen=True, slots=True)
class _Task:
    key: int
    path: Path
    content: bytes


def read_pictures(
    photos: Sequence[Path],
    contents: Sequence[bytes],
    wanted: Preprocessing,
    cache: Path,
    settings: Settings,
    job: Job,
) -> Pictures:
    """Read photos as a network wants them, as far as that was not done before.

    Args:
        photos: files that could be read a moment ago.
        contents: their content hashes.
        wanted: how they are to be cut and shrunk.
        cache: folder for what is read; it may be deleted at any time.
        settings: workers and limits.
        job: told about progress; may cancel, what was read by then is kept.

    Raises:
        UnreadablePhotoError: a photo has gone or changed meanwhile.
        StorageFullError: the disk is full.
        Cancelled: the caller asked to stop.
    """
    name = blake2b(f"{wanted.fingerprint} {wanted.side}".encode(), digest_size=8).hexdigest()
    kept = Rows(cache / f"{name}.pictures", [("pixels", "u1", (wanted.side, wanted.side, 3))])
    missing = {content: key for key, content in enumerate(contents) if content not in kept}
    if missing:
        tasks = [_Task(key, photos[key], content) for content, key in missing.items()]
        _read(tasks, wanted, kept, settings, job)
    return Pictures(kept.column("pixels"), kept.numbers(contents))


def _read(tasks: Sequence[_Task], wanted: Preprocessing, kept: Rows, settings: Settings, job: Job) -> None:
    pace = Pace(job, "reading the pictures", len(tasks))
    pool: WorkerPool[_Task, NDArray[np.uint8]] = WorkerPool(
        partial(_start, wanted, decode_limits(settings)),
        min(len(tasks), settings.worker_count),
        worker_limits(settings),
    )
    try:
        for done, (task, answer) in enumerate(pool.map(iter(tasks), job), 1):
            if isinstance(answer, EngineError):
                raise UnreadablePhotoError(
                    f"{task.path} could be read when the training began, and now it cannot: {answer.message}",
                    "Start the training again; what it had read is kept.",
                ) from answer
            kept.add(task.content, pixels=answer)
            pace.step(done)
    finally:
        pool.close()


def _start(wanted: Preprocessing, limits: DecodeLimits) -> Callable[[_Task], NDArray[np.uint8]]:
    return partial(_picture, wanted, limits)


def _picture(wanted: Preprocessing, limits: DecodeLimits, task: _Task) -> NDArray[np.uint8]:
    return wanted.pixels(decode(task.path, short_side=wanted.decoded_side(), limits=limits).image)
