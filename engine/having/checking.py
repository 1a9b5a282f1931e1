"""Reads a folder from outside and says of each file what the library has of it."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import numpy as np

from engine.answering import Answerer, Answering
from engine.catalog.catalog import Catalog
from engine.catalog.history import RememberedPicture
from engine.copies.verdict import Kind, Verdict
from engine.errors import EngineError, NotFoundError, UnreadablePhotoError
from engine.evaluation.folders import photos_below
from engine.having.records import CheckedFile, Had, HaveReport
from engine.indexing.reading import QueryReading, QueryTask, hash_file
from engine.jobs import Job, Progress
from engine.paths import absolute
from engine.processes import Processes
from engine.reason_kinds import kind_of
from engine.records import Photo, Skipped
from engine.search.closeness import NEAR_SCORE
from engine.search.copies import Nearest, Original

FEWER = Nearest(upright=24, turned=2)
"""A memory card has a thousand files, most of them new: each is compared with a third of what a search compares."""


class Having:
    """Compares folders from outside with the library. Any thread may call any method."""

    def __init__(self, catalog: Catalog, answering: Answering, processes: Processes) -> None:
        self._catalog = catalog
        self._answering = answering
        self._processes = processes

    def check(
        self, folder: Path, job: Job | None = None, found: Callable[[CheckedFile], None] | None = None
    ) -> HaveReport:
        """Say of each photo in a folder, and below it, what the library has of it; nothing is written anywhere.

        Args:
            found: is told of each file as soon as it is known.

        Raises:
            NotFoundError: there is no such folder.
            Cancelled: the job was cancelled.
        """
        folder, job = absolute(folder), job or Job()
        if not folder.is_dir():
            raise NotFoundError(f"There is no folder {folder}.", "Check its name, or connect the drive it is on.")
        skipped: list[Skipped] = []
        files = photos_below(folder, skipped)
        checked: list[CheckedFile] = []
        tell = found or (lambda file: None)
        unknown = self._known_by_content(files, checked, skipped, tell, job)
        self._by_pixels(unknown, checked, skipped, tell, job)
        return HaveReport(
            folder,
            tuple(sorted(checked, key=lambda file: file.path)),
            tuple(sorted(skipped, key=lambda file: file.path)),
        )

    def _known_by_content(
        self,
        files: list[Path],
        checked: list[CheckedFile],
        skipped: list[Skipped],
        tell: Callable[[CheckedFile], None],
        job: Job,
    ) -> list[Path]:
        """Files that the library has to the last bit need no decoding; returns the others."""
        unknown = []
        for number, file in enumerate(files):
            job.step(Progress("looking at the files", number, len(files)))
            try:
                content = hash_file(file)
            except UnreadablePhotoError as error:
                skipped.append(_skipped(file, error))
                continue
            photos = self._catalog.photos.with_contents([content]).get(content)
            if photos:
                one = CheckedFile(file, Had.IDENTICAL, content, photos[0], 1.0, Verdict(Kind.IDENTICAL_FILE, 1.0))
                checked.append(one)
                tell(one)
            else:
                unknown.append(file)
        return unknown

    def _by_pixels(
        self,
        files: list[Path],
        checked: list[CheckedFile],
        skipped: list[Skipped],
        tell: Callable[[CheckedFile], None],
        job: Job,
    ) -> None:
        """Decode files in worker processes, and compare them with what is near them."""
        if not files:
            return
        answerer = self._answering.of_library()
        answerer.index.refresh()
        pool = self._processes.several_readers(self._answering.library_model(), len(files))
        try:
            for number, (task, answer) in enumerate(pool.map(map(QueryTask, files), job)):
                job.step(Progress("comparing photos", number, len(files)))
                path = cast("Path", cast("QueryTask", task).source)
                if isinstance(answer, EngineError):
                    skipped.append(_skipped(path, answer))
                    continue
                one = self._compared(path, cast("QueryReading", answer), answerer, job)
                checked.append(one)
                tell(one)
        finally:
            pool.close()

    def _compared(self, path: Path, reading: QueryReading, answerer: Answerer, job: Job) -> CheckedFile:
        content = reading.content_hash
        if len(answerer.index) == 0:
            return CheckedFile(path, Had.NEW, content)
        remembered = RememberedPicture(
            path.name, reading.thumbnail, reading.vector, reading.hashes, answerer.model.identity, content
        )
        copies = answerer.searcher.copies.find([Original(remembered, path)], None, job, FEWER)
        photos = self._catalog.photos.with_embeddings([*copies])
        found = [(photos[seq], verdict) for seq, verdict in copies.items() if seq in photos]
        if found:
            photo, verdict = min(found, key=lambda pair: _distance_from_file(pair[1]))
            score = self._score(photo, reading, answerer)
            return CheckedFile(path, _had(verdict), content, photo, score, verdict)
        return self._nearest(path, reading, answerer)

    def _nearest(self, path: Path, reading: QueryReading, answerer: Answerer) -> CheckedFile:
        seqs, distances = answerer.index.search(reading.vector, 1)
        photo = self._catalog.photos.with_embeddings(seqs.tolist()).get(int(seqs[0])) if len(seqs) else None
        score = float(answerer.searcher.calibration().scores(distances)[0]) if len(seqs) else 0.0
        if photo is None or score < NEAR_SCORE:
            return CheckedFile(path, Had.NEW, reading.content_hash)
        return CheckedFile(path, Had.SIMILAR, reading.content_hash, photo, score)

    def _score(self, photo: Photo, reading: QueryReading, answerer: Answerer) -> float | None:
        vector = self._catalog.embeddings.of_photo(photo.id, answerer.model)
        if vector is None:
            return None
        distance = max(0.0, 1 - float(vector @ reading.vector))
        return float(answerer.searcher.calibration().scores(np.array([distance], dtype=np.float32))[0])


def _had(verdict: Verdict) -> Had:
    if verdict.kind in (Kind.IDENTICAL_FILE, Kind.IDENTICAL_PIXELS):
        return Had.IDENTICAL
    return Had.EDITED if verdict.is_edited else Had.SAME_PICTURE


def _distance_from_file(verdict: Verdict) -> tuple[int, int, float]:
    """The least changed copy is told."""
    return [*Had].index(_had(verdict)), len(verdict.changes), -verdict.confidence


def _skipped(path: Path, error: EngineError) -> Skipped:
    return Skipped(path, error.message, kind=kind_of(error.message))
