"""What a teacher makes of photos, computed once and kept on disk.

A cache folder belongs to its content: the bytes of the photos, the teacher's weights and the preprocessing are its key.
Rows are appended, and a log names the photos that are complete, so an interrupted run goes on where it stopped.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.errors import BadRequestError, UnreadablePhotoError
from engine.jobs import Job
from trainer.augment import as_pictures
from trainer.backbones.teacher import FEATURES, LoadedTeacher
from trainer.data.photos import CutViews, PhotoViews, cut_views
from trainer.pace import Pace
from trainer.storage import storing

PREPROCESSING = 2
"""Counts up whenever the same photo would give other views or features."""
_CHUNK = 16
"""Photos that are decoded ahead of the teacher."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A photo the cache is done with.

    Attributes:
        rows: views of it that the cache holds.
        problem: why it has none; empty if it has some.
    """

    rows: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class TeacherFeatures:
    """Views and what the teacher makes of them, memory-mapped, row for row.

    Attributes:
        pixels: uint8 RGB [rows, side, side, 3].
        features: float16 [rows, 1280].
        photos: which photo each row shows, int64 [rows].
        problems: photos that could not be read, with the reason.
    """

    pixels: Tensor
    features: Tensor
    photos: NDArray[np.int64]
    problems: dict[Path, str]


class FeatureCache:
    """One set of photos as one teacher sees it.

    Args:
        root: folder of all caches of a run.
        photos: what to read; the order decides that of the rows.
        teacher: who looks.
        view_side: pixels of the views that are kept.
        teacher_side: pixels of the views the teacher is shown.
    """

    def __init__(
        self, root: Path, photos: Sequence[PhotoViews], teacher: LoadedTeacher, view_side: int, teacher_side: int
    ) -> None:
        self._photos, self._teacher = photos, teacher
        self._view_side, self._teacher_side = view_side, teacher_side
        folder = root / self._key()
        with storing(folder):
            folder.mkdir(parents=True, exist_ok=True)
        self._pixels, self._features, self._log = folder / "views.u8", folder / "features.f16", folder / "photos.jsonl"

    def fill(self, job: Job, device: torch.device) -> TeacherFeatures:
        """Compute what is missing and open the whole.

        Raises:
            BadRequestError: not one of the photos could be read.
            StorageFullError: the disk is full.
            Cancelled: the caller asked to stop; what is done is kept.
        """
        finished = self._recover()
        pace = Pace(job, "asking the teacher", len(self._photos), done=len(finished), provider=device.type.upper())
        pace.step(len(finished))
        self._teacher.network.to(device).to(memory_format=torch.channels_last)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for chunk in _chunks(self._photos[len(finished) :]):
                finished += self._append(list(pool.map(self._cut, chunk)), device)
                pace.step(len(finished))
        return self._open(finished)

    def _cut(self, photo: PhotoViews) -> CutViews | str:
        try:
            return cut_views(photo, self._view_side, self._teacher_side)
        except UnreadablePhotoError as error:
            return error.message

    def _append(self, outcomes: Sequence[CutViews | str], device: torch.device) -> list[Finished]:
        """Store the rows of some photos, then log them as finished."""
        cuts = [cut for cut in outcomes if not isinstance(cut, str)]
        with storing(self._log.parent):
            if cuts:
                _append_bytes(self._pixels, b"".join(cut.small.tobytes() for cut in cuts))
                large = np.concatenate([cut.large for cut in cuts])
                _append_bytes(self._features, self._look(large, device).tobytes())
            finished = [Finished(0, cut) if isinstance(cut, str) else Finished(len(cut.small)) for cut in outcomes]
            lines = "".join(json.dumps([photo.rows, photo.problem]) + "\n" for photo in finished)
            _append_bytes(self._log, lines.encode())
        return finished

    @torch.inference_mode()
    def _look(self, pixels: NDArray[np.uint8], device: torch.device) -> NDArray[np.float16]:
        pictures = as_pictures(torch.from_numpy(pixels), self._teacher_side).to(device)
        features: NDArray[np.float16] = self._teacher.network(pictures).half().cpu().numpy()
        return features

    def _recover(self) -> list[Finished]:
        """The photos an earlier run finished; rows it did not come to log are cut off."""
        lines = _complete_lines(self._log)
        finished = [Finished(*json.loads(line)) for line in lines]
        rows = sum(photo.rows for photo in finished)
        sizes = {self._pixels: rows * self._view_side**2 * 3, self._features: rows * FEATURES * 2}
        if any(_size(file) < size for file, size in sizes.items()):  # damaged: start over
            finished, sizes, lines = [], dict.fromkeys(sizes, 0), []
        with storing(self._log.parent):
            for file, size in {**sizes, self._log: len("".join(lines).encode())}.items():
                file.touch()
                if _size(file) > size:
                    os.truncate(file, size)
        return finished

    def _open(self, finished: Sequence[Finished]) -> TeacherFeatures:
        rows = sum(photo.rows for photo in finished)
        problems = {
            photo.path: done.problem for photo, done in zip(self._photos, finished, strict=True) if done.problem
        }
        if not rows:
            raise BadRequestError(
                f"None of the {len(finished):,} photos can be read; the first: {next(iter(problems.values()))}.",
                "Name a folder with photos that open in Lookalike.",
            )
        mapped = partial(np.memmap, mode="c")  # copy on write: torch accepts no read-only arrays
        pixels = mapped(self._pixels, dtype=np.uint8, shape=(rows, self._view_side, self._view_side, 3))
        features = mapped(self._features, dtype=np.float16, shape=(rows, FEATURES))
        owners = np.repeat(np.arange(len(finished)), [photo.rows for photo in finished])
        return TeacherFeatures(torch.from_numpy(pixels), torch.from_numpy(features), owners, problems)

    def _key(self) -> str:
        digest = hashlib.blake2b(digest_size=16)
        digest.update(f"{PREPROCESSING} {self._teacher.digest} {self._view_side} {self._teacher_side}".encode())
        for photo in self._photos:
            digest.update(f"{photo.content} {photo.views}".encode())
        return digest.hexdigest()


def _chunks(photos: Sequence[PhotoViews]) -> Iterator[Sequence[PhotoViews]]:
    return (photos[start : start + _CHUNK] for start in range(0, len(photos), _CHUNK))


def _append_bytes(file: Path, data: bytes) -> None:
    with file.open("ab") as stream:
        stream.write(data)


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _complete_lines(file: Path) -> list[str]:
    if not file.exists():
        return []
    return [line for line in file.read_text(encoding="utf-8").splitlines(keepends=True) if line.endswith("\n")]
