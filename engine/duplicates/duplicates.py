"""Duplicates of a library: finding them, and what a person decided about them."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import cast

from engine.answering import Answering
from engine.catalog.catalog import Catalog
from engine.catalog.pairs import PairKind
from engine.duplicates.finder import Compared, DuplicateFinder, Embedded
from engine.duplicates.groups import DuplicateGroup, DuplicateOptions
from engine.errors import EngineError, NotFoundError
from engine.jobs import Job, Progress
from engine.processes import Processes
from engine.records import Photo, PhotoState
from engine.trashing import PhotoTrash, TrashedPhoto, TrashReport

Pair = tuple[bytes, bytes]
LEAST_MEMBERS = 2


class Duplicates:
    """Finds groups of copies and bursts. Any thread may call any method."""

    def __init__(
        self,
        catalog: Catalog,
        answering: Answering,
        processes: Processes,
        trash: PhotoTrash,
        thumbnail: Callable[[Photo], bytes],
    ) -> None:
        self._catalog = catalog
        self._answering = answering
        self._processes = processes
        self._trash = trash
        self._thumbnail = thumbnail

    def find(self, options: DuplicateOptions | None = None, job: Job | None = None) -> list[DuplicateGroup]:
        """Groups of copies, those that would give back most first, then groups of bursts.

        Time and memory grow with the number of photos. What a person decided to keep apart forms no group.

        Raises:
            NotFoundError: a reference folder is not there, or nothing is indexed.
            Cancelled: the job was cancelled.
        """
        options = options or DuplicateOptions()
        for folder in options.references:
            if not folder.is_dir():
                raise NotFoundError(f"There is no folder {folder}.", "Check its name, or connect the drive it is on.")
        answerer = self._answering.of_library()
        answerer.index.refresh()
        if len(answerer.index) == 0:
            raise NotFoundError("There is nothing to look for duplicates in yet.", "Add a folder with photos first.")
        job = job or Job()
        pool = self._processes.several_readers(self._answering.library_model(), len(answerer.index))
        try:
            finder = DuplicateFinder(
                self._catalog,
                answerer.index,
                answerer.searcher.calibration(),
                lambda tasks: cast("Compared", pool.map(tasks, job)),
                lambda tasks: cast("Embedded", pool.map(tasks, job)),
                self._thumbnail,
            )
            return finder.find(options, job)
        finally:
            pool.close()

    def keep_apart(self, kind: PairKind, photos: Sequence[Photo]) -> list[Pair]:
        """Let no two of these photos form a group any more; returns the pairs that were new, to be taken back.

        Identical files are copies, whatever a person says: only `KEEP_BOTH` keeps them apart.
        """
        return self.keep_pairs_apart(kind, _pairs(photos, identical=kind is PairKind.KEEP_BOTH))

    def keep_pairs_apart(self, kind: PairKind, pairs: Iterable[Pair]) -> list[Pair]:
        """The same for pairs of contents."""
        return self._catalog.pairs.decide(kind, pairs)

    def kept_apart(self, kind: PairKind) -> list[Pair]:
        """The pairs of contents of which this was decided."""
        return self._catalog.pairs.decided(kind)

    def take_back(self, kind: PairKind, pairs: Iterable[Pair]) -> list[Pair]:
        """Undo `keep_apart`; returns the pairs of which it was decided."""
        return self._catalog.pairs.revoke(kind, pairs)

    def put_in_trash(self, group: DuplicateGroup, photos: Sequence[Photo], job: Job | None = None) -> TrashReport:
        """Move photos of a group to the trash, unless that would leave none of it.

        What a person sees of a group may be old: each file must be the one that was compared, and one that stays must
        be there, as a file of its own: a folder that is reached in two ways shows one file twice.

        Raises:
            NotFoundError: none of those that stay is there, or one of these has changed; nothing was moved.
        """
        leaving = {photo.id for photo in photos}
        staying = [member.photo for member in group.members if member.photo.id not in leaving]
        going = Counter(file for photo in photos for file, _ in _file_and_names(photo))
        if not any(_is_as_recorded(photo) and _outlasts(photo, going) for photo in staying):
            raise NotFoundError(
                "None of the photos of this group that would stay is there any more.",
                "Nothing was moved to the trash. Look for duplicates again.",
            )
        for photo in photos:
            if photo.path.exists() and not _is_as_recorded(photo):
                raise NotFoundError(
                    f"“{photo.path.name}” was changed since it was compared.",
                    "Nothing was moved to the trash. Update the library and look for duplicates again.",
                )
        return self._trash.put(photos, job)

    def put_surplus_in_trash(self, groups: Sequence[DuplicateGroup], job: Job | None = None) -> TrashReport:
        """Move the surplus of several groups to the trash, each as `put_in_trash` does.

        A group that it refuses stays whole, and the report says why; a cancel leaves the rest where it is.
        """
        job = job or Job()
        moved: list[TrashedPhoto] = []
        refused: list[EngineError] = []
        for number, group in enumerate(groups):
            job.report(Progress("moving to the trash", number, len(groups)))
            if job.cancelled:
                break
            try:
                report = self.put_in_trash(group, group.surplus)
            except NotFoundError as error:
                refused.append(error)
            else:
                moved += report.moved
                refused += report.refused
        return TrashReport(tuple(moved), tuple(refused))

    def as_they_are_now(
        self, groups: Sequence[DuplicateGroup], job: Job | None = None, *, on_disk: bool = False
    ) -> list[DuplicateGroup | None]:
        """The same groups without photos that are gone, changed, hidden, or kept apart from the best shot meanwhile.

        None stands for a group of which less than two are left, or whose best shot is gone: the others were not
        compared with each other. What a person chose for deletion is kept as long as something stays.

        Args:
            on_disk: look at the files too, not only at what the library knows of them.

        Raises:
            Cancelled: the job was cancelled.
        """
        job = job or Job()
        ids = {member.photo.id for group in groups for member in group.members}
        photos, apart = self._catalog.photos.with_ids([*ids]), self._catalog.pairs.kept_apart()
        now = []
        for group in groups:
            job.checkpoint()
            now.append(_as_it_is_now(group, photos, apart, on_disk=on_disk))
        return now


def _pairs(photos: Sequence[Photo], *, identical: bool) -> list[Pair]:
    """Each pair of contents; `identical`: also a content with itself, if several of the photos have it."""
    contents = sorted(photo.content_hash for photo in photos if photo.content_hash)
    pairs = dict.fromkeys(combinations(contents, 2))
    return [(one, other) for one, other in pairs if identical or one != other]


def _as_it_is_now(
    group: DuplicateGroup, photos: dict[str, Photo], apart: set[Pair], *, on_disk: bool
) -> DuplicateGroup | None:
    best = group.members[0].photo
    members = []
    for member in group.members:
        before, photo = member.photo, photos.get(member.photo.id)
        if photo is None or photo.state is not PhotoState.INDEXED or photo.content_hash != before.content_hash:
            continue
        pair = min(best.content_hash, photo.content_hash), max(best.content_hash, photo.content_hash)
        if not (photo.hidden or pair in apart or (on_disk and not photo.offline and not _is_as_recorded(photo))):
            members.append(replace(member, photo=photo))
    if len(members) < LEAST_MEMBERS or members[0].photo.id != best.id:
        return None
    leaving = group.leaving and group.leaving & {member.photo.id for member in members}
    if leaving is not None and len(leaving) == len(members):
        leaving = None
    return replace(group, members=tuple(members), leaving=leaving)


def _file_and_names(photo: Photo) -> list[tuple[tuple[int, int], int]]:
    """What tells a file from all others, and how many names it has; nothing if it is not there."""
    try:
        status = photo.path.stat()
    except OSError:
        return []
    return [((status.st_dev, status.st_ino), status.st_nlink)]


def _outlasts(photo: Photo, going: Counter[tuple[int, int]]) -> bool:
    """Whether a file keeps a name when so many of each file go."""
    return any(going[file] < names for file, names in _file_and_names(photo))


def _is_as_recorded(photo: Photo) -> bool:
    """Whether the file is still the one that was read: same size and date."""
    try:
        status = photo.path.stat()
    except OSError:
        return False
    return status.st_size == photo.size and abs(status.st_mtime - photo.modified.timestamp()) < 1e-3
