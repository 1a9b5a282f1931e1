"""Finds groups: the best photo, and every other one that is the same picture, or the same moment, as that very one."""

from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TypeVar

import numpy as np

from engine.catalog.catalog import Catalog
from engine.catalog.embeddings import StoredModel
from engine.copies.files import CompareTask, glimpse_of, is_too_small, of_thumbnail
from engine.copies.picture import ComparedPicture
from engine.copies.verdict import Kind, Verdict
from engine.copies.verifier import BURST_SECONDS, Subject, at_a_glance, judged
from engine.duplicates.candidates import Pairs, near_embeddings, near_freed, near_hashes, near_parts, unique_pairs
from engine.duplicates.groups import DuplicateGroup, DuplicateOptions, GroupKind, Member, Where
from engine.duplicates.keeper import is_nearer_original, reasons, worth
from engine.errors import EngineError
from engine.indexing.reading import FreedTask, PartTask
from engine.jobs import Job, Progress
from engine.paths import is_same_file, lies_in
from engine.records import Photo
from engine.search.calibration import Calibration
from engine.search.copies import MOST_DIFFERENT_BITS
from engine.vectors.index import Vectors
from engine.vectors.live_index import LiveIndex

PREPARED, GLIMPSED = 256, 2_048
"""Pictures that are kept ready to be compared: a photo and those near it are compared one after the other."""
READ_TOGETHER = 500

Compared = Iterator[tuple[CompareTask, Verdict | EngineError]]
Embedding = FreedTask | PartTask
Embedded = Iterator[tuple[Embedding, Vectors | EngineError]]
Kept = TypeVar("Kept")


class DuplicateFinder:
    """Looks for duplicates in the photos of one model's index. Used once, by one thread.

    Args:
        compare: judges pairs of files in worker processes, in any order.
        embed: embeds thumbnails without the ground they lie on, or parts of them, in worker processes, in any order.
        thumbnail: the stored thumbnail of a photo.
    """

    def __init__(
        self,
        catalog: Catalog,
        index: LiveIndex,
        calibration: Calibration,
        compare: Callable[[Iterable[CompareTask]], Compared],
        embed: Callable[[Iterable[Embedding]], Embedded],
        thumbnail: Callable[[Photo], bytes],
    ) -> None:
        self._catalog = catalog
        self._index = index
        self._calibration = calibration
        self._compare = compare
        self._embed = embed
        self._thumbnail = thumbnail
        self._prepared: OrderedDict[bytes, Subject] = OrderedDict()
        self._glimpsed: OrderedDict[bytes, ComparedPicture] = OrderedDict()

    def find(self, options: DuplicateOptions, job: Job) -> list[DuplicateGroup]:
        """The groups, those that would give back most first; raises Cancelled."""
        sought = self._candidates(options, job)
        copies = self._grouped(sought, GroupKind.COPIES, job)
        bursts = self._grouped(sought, GroupKind.BURST, job)
        copies = self._proved(copies, job)
        groups = [replace(group, reasons=reasons(group)) for group in (*copies, *bursts) if not _all_kept(group)]
        return sorted(groups, key=lambda group: (group.kind != GroupKind.COPIES, -group.surplus_bytes))

    def _candidates(self, options: DuplicateOptions, job: Job) -> "_Sought":
        """The photos that are worth comparing with others, and with which."""
        model: StoredModel = self._index.model
        self._index.refresh()
        seqs, hashes = self._catalog.photos.perceptual_hashes(model.key)
        distance = self._calibration.distance_of(options.min_score)
        live = self._catalog.embeddings.live(model)
        found = [
            near_hashes(seqs, hashes),
            near_embeddings(self._index, live, distance, job),
            near_freed(self._index, self._embedded(FreedTask, "looking at the photos", live, job)),
            self._catalog.photos.same_contents(model.key),
        ]
        if options.crops:
            found.append(near_parts(self._index, self._embedded(PartTask, "looking for crops", live, job)))
        pairs = unique_pairs(np.concatenate(found))
        photos = self._catalog.photos.with_embeddings(np.unique(pairs).tolist())
        apart = self._catalog.pairs.kept_apart()
        return _Sought(photos, pairs, options.references, lambda one, other: _wanted(one, other, options.where, apart))

    def _embedded(self, task: type[Embedding], stage: str, seqs: Pairs, job: Job) -> Iterator[tuple[int, Vectors]]:
        """The embeddings of photos without the ground they lie on, or of parts of them."""
        for asked, answer in self._embed(self._tasks(task, stage, seqs, job)):
            if not isinstance(answer, EngineError):  # nothing can be said of a damaged thumbnail
                yield asked.seq, answer

    def _tasks(self, task: type[Embedding], stage: str, seqs: Pairs, job: Job) -> Iterator[Embedding]:
        """One for each of these photos, whose thumbnails are read as they are needed."""
        for start in range(0, len(seqs), READ_TOGETHER):
            job.step(Progress(stage, start, len(seqs)))
            for seq, photo in self._catalog.photos.with_embeddings(
                seqs[start : start + READ_TOGETHER].tolist()
            ).items():
                with suppress(EngineError):  # its file is out of reach as well
                    yield task(seq, self._thumbnail(photo))

    def _grouped(self, sought: "_Sought", kind: GroupKind, job: Job) -> list[DuplicateGroup]:
        """The best photo that is in no group yet, with all that belong to it; then the next one."""
        groups = []
        order = sought.best_first(kind)
        for number, best in enumerate(order):
            job.step(Progress("comparing photos", number, len(order)))
            if best in sought.taken or (kind is GroupKind.COPIES and best in sought.done):
                continue
            best, members = self._around(sought, best, kind)
            if members:
                groups.append(DuplicateGroup(kind, tuple(sought.members(best, members))))
                sought.taken.update(other for other, _ in members)
            if kind is GroupKind.COPIES:
                sought.done.add(best)  # it may still be one of a burst
            elif members:
                sought.taken.add(best)
        return groups

    def _around(self, sought: "_Sought", best: int, kind: GroupKind) -> tuple[int, list[tuple[int, Verdict]]]:
        """The best of this photo and its copies, and the photos that belong to that one."""
        tried, members = {best}, self._like(sought, best, kind)
        while (better := sought.nearer_original(best, members)) is not None and better not in tried:
            tried.add(better)
            best, members = better, self._like(sought, better, kind)
        return best, members

    def _like(self, sought: "_Sought", best: int, kind: GroupKind) -> list[tuple[int, Verdict]]:
        """The photos that belong to this one, by what was said of each pair.

        What is beside a copy may be another one: it is compared too, with this very photo.
        """
        found = []
        waiting, met = deque(sought.beside(best)), {best, *sought.beside(best)}
        while waiting:
            other = waiting.popleft()
            if other in sought.taken or (kind is GroupKind.COPIES and other in sought.done):
                continue
            verdict = sought.said(best, other) or self._judge(sought.photos[best], sought.photos[other])
            sought.remember(best, other, verdict)
            if verdict.is_copy if kind is GroupKind.COPIES else _is_burst(verdict, sought, best, other):
                found.append((other, verdict))
                if kind is GroupKind.COPIES:
                    further = [one for one in sought.beside(other) if one not in met and sought.may_pair(best, one)]
                    waiting.extend(further)
                    met.update(further)
        return found

    def _judge(self, first: Photo, second: Photo) -> Verdict:
        if first.content_hash and first.content_hash == second.content_hash:
            return Verdict(Kind.DIFFERENT if is_same_file(first.path, second.path) else Kind.IDENTICAL_FILE, 1.0)
        try:
            one = self._subject(first)
            if (verdict := at_a_glance(one.picture, self._glimpse(second))) is not None:
                return verdict
            two = self._subject(second)
        except EngineError:  # without a picture nothing can be said
            return Verdict(Kind.DIFFERENT, 0.5)
        verdict = judged(one, two)
        if not verdict.is_copy and (is_too_small(one.picture) or is_too_small(two.picture)):
            return self._by_files(first, second) or verdict
        return replace(verdict, by_thumbnail=verdict.is_copy)

    def _by_files(self, first: Photo, second: Photo) -> Verdict | None:
        """What the files say, which show more of a picture that lies small on a ground; None if they cannot be read."""
        if first.offline or second.offline:
            return None
        ((_, answer),) = self._compare([CompareTask(first.path, second.path)])
        return answer if isinstance(answer, Verdict) else None

    def _subject(self, photo: Photo) -> Subject:
        def prepare() -> Subject:
            made = of_thumbnail(self._thumbnail(photo), (photo.width, photo.height) if photo.width else None)
            return replace(made, taken=photo.taken, camera=photo.camera)

        return _kept(self._prepared, photo.content_hash, prepare, PREPARED)

    def _glimpse(self, photo: Photo) -> ComparedPicture:
        return _kept(self._glimpsed, photo.content_hash, lambda: glimpse_of(self._thumbnail(photo)), GLIMPSED)

    def _proved(self, groups: list[DuplicateGroup], job: Job) -> list[DuplicateGroup]:
        """What the files themselves say; where one is out of reach, its thumbnail's verdict stays."""
        tasks = [
            CompareTask(group.keeper.path, member.photo.path)
            for group in groups
            for member in group.members[1:]
            if member.verdict and member.verdict.by_thumbnail and not (group.keeper.offline or member.photo.offline)
        ]
        said: dict[tuple[object, object], Verdict] = {}
        for number, (task, answer) in enumerate(self._compare(tasks)):
            job.step(Progress("comparing files", number, len(tasks)))
            if isinstance(answer, Verdict):
                said[task.first, task.second] = answer
        proved = []
        for group in groups:
            members = [
                replace(member, verdict=said.get((group.keeper.path, member.photo.path), member.verdict))
                for member in group.members[1:]
            ]
            members = [member for member in members if member.verdict is not None and member.verdict.is_copy]
            if members:
                proved.append(replace(group, members=(group.members[0], *members)))
        return proved


class _Sought:
    """The photos that have something beside them, and what is known of their pairs.

    Attributes:
        taken: photos that are in a group and cannot be in another one.
        done: photos that are the best of their copies, or have none.
    """

    def __init__(
        self,
        photos: dict[int, Photo],
        pairs: Pairs,
        references: Sequence[Path],
        wanted: Callable[[Photo, Photo], bool],
    ) -> None:
        self.photos = photos
        self._wanted = wanted
        pairs = pairs[[row for row, (one, other) in enumerate(pairs.tolist()) if self.may_pair(one, other)]]
        self.taken: set[int] = set()
        self.done: set[int] = set()
        self._said: dict[tuple[int, int], Verdict] = {}
        self._lies_in_reference = cache(lambda place: any(lies_in(place, folder) for folder in references))
        both = np.concatenate([pairs, pairs[:, ::-1]])
        both = both[np.argsort(both[:, 0], kind="stable")]
        self._first, starts = np.unique(both[:, 0], return_index=True)
        parts = np.split(both[:, 1], starts[1:]) if len(starts) else []  # of nothing it makes a part too
        self._beside = dict(zip(self._first.tolist(), parts, strict=True))

    def best_first(self, kind: GroupKind) -> list[int]:
        """All photos with others beside them, in the order in which they are worth keeping."""
        return sorted(
            (seq for seq in self._beside if seq not in self.taken),
            key=lambda seq: worth(self.photos[seq], reference=self.is_reference(seq), kind=kind),
            reverse=True,
        )

    def beside(self, seq: int) -> Iterable[int]:
        """The photos that are worth comparing with this one."""
        found: list[int] = self._beside[seq].tolist()
        return found

    def may_pair(self, one: int, other: int) -> bool:
        """Whether two photos are there, and may be in one group."""
        first, second = self.photos.get(one), self.photos.get(other)
        return first is not None and second is not None and self._wanted(first, second)

    def remember(self, one: int, other: int, verdict: Verdict) -> None:
        """Keep what was said of a pair that may be asked about again, when bursts are looked for."""
        if not verdict.is_copy:
            self._said[min(one, other), max(one, other)] = verdict

    def said(self, one: int, other: int) -> Verdict | None:
        """What is known of a pair; what is not a copy from one side is none from the other."""
        return self._said.get((min(one, other), max(one, other)))

    def nearer_original(self, best: int, members: Sequence[tuple[int, Verdict]]) -> int | None:
        """A copy that has more of the picture than the one that seemed best; None if there is none."""
        if self.is_reference(best):
            return None
        return next((other for other, verdict in members if is_nearer_original(verdict)), None)

    def is_reference(self, seq: int) -> bool:
        """Whether a photo lies in a reference folder."""
        return self._lies_in_reference(self.photos[seq].path.parent)

    def members(self, best: int, others: Sequence[tuple[int, Verdict]]) -> Iterator[Member]:
        """The members of a group."""
        yield Member(self.photos[best], None, self.is_reference(best))
        for seq, verdict in others:
            yield Member(self.photos[seq], verdict, self.is_reference(seq))


def _kept(those: OrderedDict[bytes, Kept], key: bytes, make: Callable[[], Kept], most: int) -> Kept:
    """What was made for a key before, or is now; the one that was not asked for for longest makes room."""
    if key not in those:
        those[key] = make()
        if len(those) > most:
            those.popitem(last=False)
    those.move_to_end(key)
    return those[key]


def _wanted(one: Photo, other: Photo, where: Where, apart: set[tuple[bytes, bytes]]) -> bool:
    if one.hidden or other.hidden:
        return False
    if where is not Where.ANYWHERE and (one.path.parent == other.path.parent) is (where is Where.ACROSS_FOLDERS):
        return False
    return (min(one.content_hash, other.content_hash), max(one.content_hash, other.content_hash)) not in apart


def _is_burst(verdict: Verdict, sought: _Sought, one: int, other: int) -> bool:
    """Shots of one camera within seconds; without times, shots that look the same at a glance."""
    if verdict.kind is not Kind.OTHER_SHOT:
        return False
    first, second = sought.photos[one], sought.photos[other]
    if verdict.seconds_apart is not None:
        return verdict.seconds_apart <= BURST_SECONDS and first.camera == second.camera
    if first.perceptual_hash is None or second.perceptual_hash is None:
        return False
    return (first.perceptual_hash ^ second.perceptual_hash).bit_count() <= MOST_DIFFERENT_BITS


def _all_kept(group: DuplicateGroup) -> bool:
    """Whether nothing could be done about a group: all of it lies in reference folders."""
    return all(member.reference for member in group.members)
