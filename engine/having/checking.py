"""Reads folders and files from outside and says of each file what the library has of it."""

from collections.abc import Callable, Sequence
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
from engine.indexing.rate import Rate
from engine.indexing.reading import FileVanishedError, QueryReading, QueryTask, hash_file
from engine.jobs import Job, Progress
from engine.paths import absolute, is_folder, is_there
from engine.processes import Processes
from engine.reason_kinds import kind_of
from engine.records import Photo, Skipped
from engine.search.closeness import NEAR_SCORE
from engine.search.copies import Effort, Original

Found = Callable[[CheckedFile | Skipped], object]
NOT_THERE = "The file is no longer there."
FEWER = Effort(upright=8, turned=2, cut=6)
"""A memory card has a thousand files, most of them new: each is compared with a third of what a search compares."""


class Having:
    """Compares files from outside with the library. Any thread may call any method."""

    def __init__(self, catalog: Catalog, answering: Answering, processes: Processes) -> None:
        self._catalog = catalog
        self._answering = answering
        self._processes = processes

    def check(self, places: Sequence[Path], job: Job | None = None, found: Found | None = None) -> HaveReport:
        """Say of each photo what the library has of it; nothing is written anywhere.

        Args:
            places: photos, and folders with photos in them and below.
            found: is told of each file as soon as it is known.

        Raises:
            NotFoundError: one of the places is not there.
            Cancelled: the job was cancelled.
        """
        check = _Check(tuple(dict.fromkeys(map(absolute, places))), job or Job(), found or (lambda file: None))
        unknown = self._known_by_content(check)
        self._by_pixels(unknown, check)
        return check.report()

    def _known_by_content(self, check: "_Check") -> list[Path]:
        """Files that the library has to the last bit need no decoding; returns the others."""
        unknown = []
        files = check.photos()
        for number, file in enumerate(files):
            check.job.step(Progress("looking at the files", number, len(files)))
            if not self._may_be_known(file):
                unknown.append(file)
                continue
            try:
                content = hash_file(file)
            except UnreadablePhotoError as error:
                check.skip(file, error)
                if check.stopped is not None:
                    return []
                continue
            photos = self._catalog.photos.with_contents([content]).get(content)
            if photos:
                verdict = Verdict(Kind.IDENTICAL_FILE, 1.0)
                check.tell(CheckedFile(file, Had.IDENTICAL, content, photos[0], 1.0, verdict))
            else:
                unknown.append(file)
        return unknown

    def _may_be_known(self, file: Path) -> bool:
        """Files of a size that no photo has are not read twice: who decodes them hashes them too."""
        try:
            return self._catalog.photos.any_of_size(file.stat().st_size)
        except OSError:  # hashing tells why
            return True

    def _by_pixels(self, files: list[Path], check: "_Check") -> None:
        """Decode files in worker processes, and compare them with what is near them."""
        if not files:
            return
        answerer = self._answering.of_library()
        answerer.index.refresh()
        rate = Rate()
        pool = self._processes.several_readers(self._answering.library_model(), len(files))
        try:
            for number, (task, answer) in enumerate(pool.map(map(QueryTask, files), check.job)):
                rate.count(number)
                left = rate.seconds_left(len(files))
                check.job.step(Progress("comparing photos", number, len(files), rate.per_second, left))
                path = cast("Path", cast("QueryTask", task).source)
                if isinstance(answer, EngineError):
                    check.skip(path, answer)
                    if check.stopped is not None:
                        return
                    continue
                check.tell(self._compared(path, cast("QueryReading", answer), answerer, check.job))
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


class _Check:
    """One look at some places: what was found so far.

    Attributes:
        stopped: why there is no use in going on.
    """

    def __init__(self, places: tuple[Path, ...], job: Job, found: Found) -> None:
        self.job = job
        self.stopped: EngineError | None = None
        self._places = places
        self._found = found
        self._checked: list[CheckedFile] = []
        self._skipped: list[Skipped] = []

    def photos(self) -> list[Path]:
        """The files that were named, and the photos below the folders."""
        files: list[Path] = []
        for place in self._places:
            self.job.step(Progress("looking for photos", len(files)))
            if not is_there(place):
                raise NotFoundError(
                    f"There is no folder or file {place}.", "Check its name, or connect the drive it is on."
                )
            if is_folder(place):
                closed: list[Skipped] = []
                files += photos_below(place, closed)
                for one in closed:
                    self._skip(one)
            else:
                files.append(place)
        return list(dict.fromkeys(files))

    def tell(self, file: CheckedFile) -> None:
        """A file is known."""
        self._checked.append(file)
        self._found(file)

    def skip(self, file: Path, error: EngineError) -> None:
        """A file cannot be read; if its drive is gone, the others need not be tried."""
        gone = next((place for place in self._places if place in file.parents and not is_there(place)), None)
        if gone is not None:
            self.stopped = NotFoundError(
                f"The folder {gone} went away while its photos were compared.",
                "Connect its drive again, and check it once more.",
            )
        else:
            message = NOT_THERE if isinstance(error, FileVanishedError) else error.message
            self._skip(Skipped(file, message, kind=kind_of(message)))

    def report(self) -> HaveReport:
        """All that is known, by path."""
        return HaveReport(
            self._places,
            tuple(sorted(self._checked, key=lambda file: file.path)),
            tuple(sorted(self._skipped, key=lambda file: file.path)),
            self.stopped,
        )

    def _skip(self, skipped: Skipped) -> None:
        self._skipped.append(skipped)
        self._found(skipped)
