"""Answers queries: prepares their pictures, searches, scores and remembers."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.catalog.catalog import Catalog
from engine.copies.verdict import Verdict
from engine.errors import (
    BadRequestError,
    EngineError,
    LibraryReadOnlyError,
    NotFoundError,
    StorageFullError,
    UnreadablePhotoError,
)
from engine.filters import FilterKind
from engine.jobs import Job
from engine.records import (
    HistoryEntry,
    Match,
    Mode,
    Photo,
    Query,
    QueryPicture,
    SearchResult,
    Timing,
)
from engine.search.calibration import NOISE_SCORE, Calibration, is_stale
from engine.search.copies import AT_ONCE, THOROUGH, CopyFinder, Effort, Original
from engine.search.preparing import Preparation, PreparedPicture, Read, as_remembered
from engine.search.queries import combined
from engine.search.stacks import MOST_MATCHES, NEAR_IDENTICAL_SCORE, stacks_among
from engine.vectors.live_index import LiveIndex

REMEMBERED_QUERIES = 64
"""Prepared queries that are kept, so that a result can be refreshed without decoding its pictures again."""
CALIBRATION_PHOTOS = 2_000


class Searcher:
    """Searches one model's embeddings. Any thread may call any method.

    Args:
        read: decodes and embeds a picture in a worker process.
        thumbnail: the stored thumbnail of a photo.
        copies: finds the same picture again.

    Attributes:
        copies: finds the same picture again.
        preparation: gets the pictures of queries ready.
    """

    def __init__(
        self,
        catalog: Catalog,
        index: LiveIndex,
        read: Read,
        thumbnail: Callable[[Photo], bytes],
        copies: CopyFinder,
    ) -> None:
        self._catalog = catalog
        self._index = index
        self.copies = copies
        self.preparation = Preparation(catalog, index, read, thumbnail)
        self._prepared: OrderedDict[Query, list[PreparedPicture]] = OrderedDict()

    def search(
        self,
        query: Query,
        job: Job,
        *,
        remember: bool,
        instead_of: str | None = None,
        leave_out: bool = False,
        at_once: bool = False,
    ) -> SearchResult:
        """Rank the library's photos.

        Args:
            instead_of: id of the remembered query of which this one is a refinement.
            leave_out: search without the pictures that cannot be read, if there are others to look like.
            at_once: answer with a copy that is found soon; `refresh` finds the others.

        Raises:
            UnreadablePhotoError: a query picture cannot be read.
            BadRequestError: the query makes no sense.
            NotFoundError: a query picture does not exist, or nothing is indexed.
        """
        self._check_searchable()
        query, pictures, left_out = self._prepare(query, job, leave_out=leave_out)
        effort = AT_ONCE if at_once else THOROUGH
        result = replace(self._answer(query, pictures, job, effort=effort), left_out=left_out)
        if not remember or self._catalog.read_only:
            return result
        job.checkpoint()  # nobody waits any more for a question that has given way to the next
        remembered = [p.remembered for p in pictures]
        try:
            entry = self._catalog.history.add(query, remembered, result.matches, result.model, instead_of=instead_of)
        except StorageFullError as error:  # the answer is there all the same
            return replace(result, unremembered=error)
        return replace(result, entry_id=entry)

    def refresh(self, result: SearchResult, job: Job) -> SearchResult:
        """The same query against the library as it is now, complete; its pictures are not decoded again."""
        pictures = self._prepared.get(result.query)
        if pictures is None:
            pictures = [self.preparation.prepare(picture, result.query.mode) for picture in result.query.pictures]
        fresh = self._answer(result.query, pictures, job)
        new = {match.photo.id for match in result.matches if match.new}
        matches = tuple(replace(match, new=match.photo.id in new) for match in fresh.matches)
        fresh = replace(fresh, entry_id=result.entry_id, matches=matches, left_out=result.left_out)
        if not result.complete and result.entry_id is not None:
            with suppress(NotFoundError):  # it was deleted from the history meanwhile
                return self._remembered(fresh, result.entry_id, pictures)
        return replace(fresh, unremembered=result.unremembered)

    def rerun(self, entry: HistoryEntry, job: Job, *, remember: bool = True) -> SearchResult:
        """A remembered query against the library as it is now; what was not among its matches is marked as new."""
        self._check_searchable()
        before = self._catalog.history.snapshot(entry.id)
        query, pictures = self._recalled(entry, job)
        result = self._answer(query, pictures, job)
        matches = tuple(replace(match, new=match.photo.id not in before) for match in result.matches)
        result = replace(result, matches=matches, entry_id=entry.id)
        if not remember or self._catalog.read_only:
            return result
        return self._remembered(result, entry.id, pictures)

    def _remembered(self, result: SearchResult, entry_id: str, pictures: list[PreparedPicture]) -> SearchResult:
        """The answer, which takes the place of the one that the history has."""
        try:
            self._catalog.history.update(entry_id, [p.remembered for p in pictures], result.matches, result.model)
        except StorageFullError as error:
            return replace(result, unremembered=error)
        return result

    def arrivals(self, entry: HistoryEntry, arrived: NDArray[np.int64], job: Job) -> tuple[Match, ...]:
        """The matches of a remembered query among embeddings that came since it ran; only these are compared.

        They are nearer than chance (copies need not be), and nearer than the farthest match it remembers if it
        remembers as many as it asks for.

        Raises:
            UnreadablePhotoError: a picture of it has to be read again for another model, and cannot be.
        """
        passing = self._catalog.browsing.passing(entry.query.filters, self._index.model.key)
        among = arrived if passing is None else np.intersect1d(arrived, passing)
        if not len(among):
            return ()
        query, pictures = self._recalled(entry, job)
        result = self._answer(query, pictures, job, among)
        before = self._catalog.history.snapshot(entry.id, arrived=True)
        farthest = max(before.values(), default=math.inf) if len(before) >= entry.query.k else math.inf
        return tuple(
            match
            for match in result.matches
            if match.score >= result.chance_below and match.distance < farthest and match.photo.id not in before
        )

    def calibration(self) -> Calibration:
        """The background distribution of this library, measured again when the library has changed much."""
        stored = self._catalog.embeddings.calibration(self._index.model)
        count = len(self._index)
        if stored is not None and (self._catalog.read_only or not is_stale(stored[0], count)):
            return Calibration(stored[1])
        measured = Calibration.measure(self._index.sample(CALIBRATION_PHOTOS))
        with suppress(StorageFullError, LibraryReadOnlyError):  # it is measured again the next time
            self._catalog.embeddings.set_calibration(self._index.model, count, measured.quantiles)
        return measured

    def _recalled(self, entry: HistoryEntry, job: Job) -> tuple[Query, list[PreparedPicture]]:
        """A remembered query with the pictures that were kept of it."""
        pictures, asked = [], []
        for picture, remembered in zip(entry.query.pictures, self._catalog.history.remembered(entry.id), strict=True):
            job.checkpoint()
            pictures.append(self.preparation.recall(picture, remembered))
            asked.append(as_remembered(picture, remembered))
        return replace(entry.query, pictures=tuple(asked)), pictures

    def _prepare(
        self, query: Query, job: Job, *, leave_out: bool
    ) -> tuple[Query, list[PreparedPicture], tuple[EngineError, ...]]:
        """The query of the pictures that can be read, those pictures, and why others cannot be."""
        asked: list[QueryPicture] = []
        pictures: list[PreparedPicture] = []
        wrong: list[EngineError] = []
        for picture in query.pictures:
            job.checkpoint()
            try:
                pictures.append(self.preparation.prepare(picture, query.mode))
                asked.append(picture)
            except (UnreadablePhotoError, NotFoundError, BadRequestError) as error:
                if not leave_out:
                    raise
                wrong.append(error)
        if wrong and not any(picture.weight > 0 for picture in asked):
            raise wrong[0]
        return (replace(query, pictures=tuple(asked)) if wrong else query), pictures, tuple(wrong)

    def _answer(
        self,
        query: Query,
        pictures: list[PreparedPicture],
        job: Job,
        among: NDArray[np.int64] | None = None,
        effort: Effort = THOROUGH,
    ) -> SearchResult:
        """Rank the photos that pass the filters, or those of `among`, which have passed them."""
        self._keep(query, pictures)
        started = time.perf_counter()
        vector = combined([p.remembered.vector for p in pictures], [p.weight for p in query.pictures])
        calibration = self.calibration()
        if among is None:
            among = self._catalog.browsing.passing(query.filters, self._index.model.key)
        verdicts: dict[int, Verdict] = {}
        if query.mode is Mode.COPIES:
            verdicts = self.copies.find(self._originals(query, pictures), among, job, effort)
            among = np.array(sorted(verdicts), dtype=np.int64)
        rejected = self._rejected(query, pictures)
        own = {p.photo_id for p in pictures if p.photo_id}
        matches = self._matches(query, vector, among, rejected, calibration, own, verdicts)
        timing = Timing(
            decode=sum(p.decode_seconds for p in pictures),
            embed=sum(p.embed_seconds for p in pictures),
            search=time.perf_counter() - started,
        )
        return SearchResult(
            query,
            matches,
            self._index.model.name,
            timing,
            len(self._index),
            NOISE_SCORE,
            stacks=self._stacks(query, matches, calibration),
            contents=tuple(p.remembered.content_hash for p in pictures),
            complete=query.mode is Mode.SIMILAR or effort is not AT_ONCE,
        )

    def _stacks(self, query: Query, matches: Sequence[Match], calibration: Calibration) -> tuple[tuple[str, ...], ...]:
        """The near-identical matches; who asks for copies wants to see every one of them."""
        if query.mode is Mode.COPIES:
            return ()
        compared = matches[:MOST_MATCHES]
        vectors = self._catalog.embeddings.of_photos([match.photo.id for match in compared], self._index.model)
        return stacks_among(compared, vectors, calibration.distance_of(NEAR_IDENTICAL_SCORE))

    def _matches(
        self,
        query: Query,
        vector: NDArray[np.float32],
        among: NDArray[np.int64] | None,
        rejected: set[bytes],
        calibration: Calibration,
        own: set[str],
        verdicts: dict[int, Verdict],
    ) -> tuple[Match, ...]:
        """The k best photos; more embeddings are asked for while some turn out to be hidden, rejected or gone."""
        filtered = query.filters.without(FilterKind.SCORE).kinds
        hidden = frozenset() if filtered else self._catalog.photos.hidden(self._index.model.key)
        wanted = query.k + min(len(hidden), query.k)
        while True:
            seqs, distances = self._index.search(vector, wanted, among=among, exact=query.exact)
            answers = self._catalog.photos.with_embeddings([seq for seq in seqs.tolist() if seq not in hidden])
            photos = {seq: photo for seq, photo in answers.items() if photo.content_hash not in rejected}
            if len(photos) >= min(query.k, len(seqs)) or len(seqs) < wanted:
                break
            wanted *= 2
        scores = calibration.scores(distances)
        found = [
            (photos[seq], float(distance), float(score), verdicts.get(seq))
            for seq, distance, score in zip(seqs.tolist(), distances, scores, strict=True)
            if seq in photos and score >= (query.filters.min_score or 0)
        ]
        # Copies are equally near: the picture that was asked with comes first, the others by path.
        found.sort(key=lambda entry: (round(entry[1], 5), entry[0].id not in own, entry[0].path))
        return tuple(
            Match(photo, distance, score, rank, verdict=verdict)
            for rank, (photo, distance, score, verdict) in enumerate(found[: query.k], 1)
        )

    def _rejected(self, query: Query, pictures: Sequence[PreparedPicture]) -> set[bytes]:
        """The contents that are no match for a picture of this query."""
        asked = zip(query.pictures, pictures, strict=True)
        liked = [prepared.remembered.content_hash for picture, prepared in asked if picture.weight > 0]
        return self._catalog.decisions.rejected_for(liked)

    def _originals(self, query: Query, pictures: Sequence[PreparedPicture]) -> list[Original]:
        """The pictures that are liked: nobody looks for what is not a copy."""
        return [
            Original(
                prepared.remembered,
                self.preparation.readable_source(picture),
                picture.region,
                self._catalog.photos.get(prepared.photo_id) if prepared.photo_id else None,
            )
            for picture, prepared in zip(query.pictures, pictures, strict=True)
            if picture.weight > 0
        ]

    def _keep(self, query: Query, pictures: list[PreparedPicture]) -> None:
        self._prepared[query] = pictures
        self._prepared.move_to_end(query)
        while len(self._prepared) > REMEMBERED_QUERIES:
            self._prepared.popitem(last=False)

    def _check_searchable(self) -> None:
        self._index.refresh()
        if len(self._index):
            return
        waiting = self._catalog.embeddings.photos_without(self._index.model)
        if waiting:  # the program was updated, and brought another model
            raise NotFoundError(
                f"None of the {waiting:,} photos was looked at with the model {self._index.model.name} yet.",
                "Update the library first: in the window, or with lookalike index.",
            )
        raise NotFoundError("There is nothing to search in yet.", "Add a folder with photos first.")
