"""The same picture again: hashes and embeddings say which photos are worth comparing, their pixels decide."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.catalog.catalog import Catalog
from engine.catalog.history import RememberedPicture
from engine.copies.files import CompareTask, glimpse_of, is_too_small, of_thumbnail
from engine.copies.verdict import Kind, Verdict
from engine.copies.verifier import Subject, at_a_glance, judged
from engine.errors import EngineError
from engine.indexing.reading import OtherWays
from engine.jobs import Job
from engine.records import Photo, Region
from engine.vectors.live_index import LiveIndex

MOST_DIFFERENT_BITS = 10
"""Of 64: Zauner ("Implementation and benchmarking of perceptual image hash functions", 2010) separates different
pictures from copies between 0.15 and 0.2 of the bits; 10 of 64 is 0.156."""
UNSURE = 0.9
"""What thumbnails say with less confidence is left to the files."""
KEPT_VERDICTS = 8_192
KEPT_WAYS = 64

Known = tuple[bytes, Region | None, bytes]


@dataclass(frozen=True, slots=True)
class Effort:
    """How many photos are compared.

    What hashes miss, crops above all, is among the nearest of these embeddings (docs/experiments.md, “Same picture or
    not”).

    Attributes:
        by_hash: those with the nearest hashes; bare skies have thousands of near ones.
        upright: those with the embeddings nearest to the picture as it is.
        turned: nearest to it turned, for each of the ways.
        cut: nearest to it with less or more in its frame, for each of the ways.
        proved: copies whose files are compared; of further ones the thumbnails, which takes a hundredth of the time.
        until_found: nothing more is compared once there is a copy.
    """

    by_hash: int = 200
    upright: int = 16
    turned: int = 4
    cut: int = 12
    proved: int = 24
    until_found: bool = False


THOROUGH = Effort()
AT_ONCE = Effort(by_hash=4, upright=6, turned=0, cut=0, proved=0, until_found=True)
"""What a first answer may take: it has at least one copy of most pictures that have any."""


@dataclass(frozen=True, slots=True)
class Original:
    """The picture whose copies are looked for.

    Attributes:
        source: its file, or what is in one; None if only the thumbnail is at hand.
        region: the part of the source that counts.
        photo: what it is in the library, if it is there as a whole.
    """

    remembered: RememberedPicture
    source: Path | bytes | None
    region: Region | None = None
    photo: Photo | None = None

    @property
    def content(self) -> bytes:
        """What its file is recognised by; empty for a part of one."""
        return b"" if self.region is not None else self.remembered.content_hash

    def known(self, photo: Photo) -> Known:
        """Names the pair of this picture and a photo."""
        return self.remembered.content_hash, self.region, photo.content_hash


class CopyFinder:
    """Finds the copies of pictures in one model's index. Any thread may call any method.

    Args:
        otherwise: embeds a thumbnail as copies of it may be, see `OtherWays`.
        compare: judges a pair of files in a worker process.
        thumbnail: the stored thumbnail of a photo.
    """

    def __init__(
        self,
        catalog: Catalog,
        index: LiveIndex,
        otherwise: Callable[[bytes], OtherWays],
        compare: Callable[[CompareTask], Verdict],
        thumbnail: Callable[[Photo], bytes],
    ) -> None:
        self._catalog = catalog
        self._index = index
        self._embed_otherwise = otherwise
        self._compare = compare
        self._thumbnail = thumbnail
        self._keeping = threading.Lock()
        self._verdicts: OrderedDict[Known, Verdict] = OrderedDict()
        self._other_ways: OrderedDict[bytes, OtherWays] = OrderedDict()
        self._stored: tuple[int, tuple[NDArray[np.int64], NDArray[np.uint64]]] | None = None

    def find(
        self,
        originals: Sequence[Original],
        passing: NDArray[np.int64] | None,
        job: Job,
        effort: Effort = THOROUGH,
    ) -> dict[int, Verdict]:
        """The copies of any of these pictures, by the `seq` of their embeddings, and what each of them is.

        Args:
            passing: only these embeddings; None for all.
            effort: how many are compared.
        """
        found: dict[int, Verdict] = {}
        for original in originals:
            for seq, verdict in self._copies(original, passing, job, effort):
                if seq not in found or _closer(verdict, found[seq]):
                    found[seq] = verdict
        return found

    def candidates(
        self, original: Original, passing: NDArray[np.int64] | None, effort: Effort = THOROUGH
    ) -> NDArray[np.int64]:
        """The embeddings (their `seq`) of the photos that are worth comparing, the nearest first."""
        seqs, stored = self._hashes()
        if passing is not None:
            kept = np.isin(seqs, passing)
            seqs, stored = seqs[kept], stored[kept]
        by_hash = seqs[copies_among(original.remembered.hashes, stored)[: effort.by_hash]]
        asked = [(original.remembered.vector, effort.upright)]
        if effort.turned or effort.cut:
            others = self._others(original.remembered.thumbnail)
            asked += [(vector, effort.turned) for vector in others.turned]
            asked += [(vector, effort.cut) for vector in others.cut]
        near = [self._index.search(vector, count, among=passing)[0] for vector, count in asked if count]
        everything = np.concatenate([by_hash, *near])
        _, first = np.unique(everything, return_index=True)
        in_order: NDArray[np.int64] = everything[np.sort(first)]
        return in_order

    def _copies(
        self, original: Original, passing: NDArray[np.int64] | None, job: Job, effort: Effort
    ) -> Iterator[tuple[int, Verdict]]:
        order = self.candidates(original, passing, effort).tolist()
        photos = self._catalog.photos.with_embeddings(order)
        first = _subject(original)
        proved, found = 0, False
        for seq in order:
            job.checkpoint()
            if seq not in photos:
                continue
            verdict = self._known(original, photos[seq])
            if verdict is None and found and effort.until_found:
                continue
            if verdict is None:
                verdict = self._by_thumbnail(first, photos[seq])
                if verdict is None:
                    continue
                hopeful = verdict.is_copy or verdict.confidence < UNSURE
                if hopeful and proved < effort.proved:
                    verdict, proved = self._proved(original, photos[seq], verdict), proved + 1
                if not hopeful or effort.proved:  # who asks again wants to know what the files say
                    self._keep(original.known(photos[seq]), verdict)
            if verdict.is_copy:
                found = True
                yield seq, verdict

    def _known(self, original: Original, photo: Photo) -> Verdict | None:
        if original.content and original.content == photo.content_hash:
            return Verdict(Kind.IDENTICAL_FILE, 1.0)
        with self._keeping:
            return self._verdicts.get(original.known(photo))

    def _by_thumbnail(self, first: Subject, photo: Photo) -> Verdict | None:
        try:
            thumbnail = self._thumbnail(photo)
            glimpse = glimpse_of(thumbnail)
            if is_too_small(glimpse):
                return Verdict(Kind.DIFFERENT, 0.5)
            if (verdict := at_a_glance(first.picture, glimpse)) is not None:
                return verdict
            second = of_thumbnail(thumbnail, (photo.width, photo.height) if photo.width else None)
        except EngineError:  # it is neither here nor can it be made again: nothing can be said of it
            return None
        verdict = judged(first, replace(second, taken=photo.taken, camera=photo.camera))
        return replace(verdict, by_thumbnail=verdict.is_copy)

    def _proved(self, original: Original, photo: Photo, by_thumbnail: Verdict) -> Verdict:
        """What the files say; where one of them is out of reach, what its thumbnail says."""
        if photo.offline or original.source is None:
            return by_thumbnail
        try:
            return self._compare(CompareTask(original.source, photo.path, original.region, self._thumbnail(photo)))
        except EngineError:
            return by_thumbnail

    def _hashes(self) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
        """The embeddings' `seq` and the perceptual hashes of all photos, read again when the library has changed."""
        generation = self._catalog.generation()
        with self._keeping:
            kept = self._stored
        if kept is None or kept[0] != generation:
            kept = generation, self._catalog.photos.perceptual_hashes(self._index.model.key)
            with self._keeping:
                self._stored = kept
        return kept[1]

    def _others(self, thumbnail: bytes) -> OtherWays:
        with self._keeping:
            kept = self._other_ways.get(thumbnail)
        if kept is None:
            kept = self._embed_otherwise(thumbnail)
            with self._keeping:
                self._other_ways[thumbnail] = kept
                while len(self._other_ways) > KEPT_WAYS:
                    self._other_ways.popitem(last=False)
        return kept

    def _keep(self, pair: Known, verdict: Verdict) -> None:
        if not (pair[0] and pair[2]):
            return
        with self._keeping:
            self._verdicts[pair] = verdict
            while len(self._verdicts) > KEPT_VERDICTS:
                self._verdicts.popitem(last=False)


def copies_among(hashes: tuple[int, ...], stored: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Positions of the stored perceptual hashes [n] that are close to one of these, a picture's eight symmetries.

    The nearest come first.
    """
    if len(stored) == 0:
        return np.empty(0, dtype=np.intp)
    different = np.full(len(stored), 64, dtype=np.uint8)
    for one in hashes:
        np.minimum(different, np.bitwise_count(stored ^ np.uint64(one)), out=different)
    near = np.flatnonzero(different <= MOST_DIFFERENT_BITS)
    return near[np.argsort(different[near], kind="stable")]


def _subject(original: Original) -> Subject:
    photo = original.photo
    subject = of_thumbnail(original.remembered.thumbnail, (photo.width, photo.height) if photo else None)
    return replace(subject, taken=photo.taken, camera=photo.camera) if photo else subject


def _closer(one: Verdict, other: Verdict) -> bool:
    kinds = [*Kind]
    return (kinds.index(one.kind), -one.confidence) < (kinds.index(other.kind), -other.confidence)
