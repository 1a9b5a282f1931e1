"""How a library is: what was checked when, what takes room on the disk, and how to get some of it back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.answering import Answering
from engine.backup import Backup, write_backup
from engine.catalog.catalog import Catalog
from engine.catalog.photos import Counts
from engine.catalog.thumbnails import Thumbnails
from engine.compacting import Compacting, CompactReport
from engine.disk_use import DiskPart, disk_use
from engine.jobs import Job
from engine.locking import LibraryLock
from engine.models.installed import Models
from engine.records import LastBackup, LastVerify, PhotoState, SelfTest
from engine.verification import VerifyReport, verify


@dataclass(frozen=True, slots=True)
class LibraryHealth:
    """How a library is, as far as that can be told at once: nothing is checked for it.

    Attributes:
        reasons: how many photos cannot be read for which reason, the most frequent first.
        disk: what its parts take.
        spare_bytes: about what compacting would give back; 0 if it is not worth it.
    """

    folder: Path
    counts: Counts
    reasons: dict[str, int]
    last_verify: LastVerify | None
    self_test: SelfTest | None
    last_backup: LastBackup | None
    disk: Sequence[DiskPart]
    spare_bytes: int


class Care:
    """Keeps a library whole and small. Any thread may call any method."""

    def __init__(
        self,
        folder: Path,
        catalog: Catalog,
        thumbnails: Thumbnails,
        models: Models,
        answering: Answering,
        lock: LibraryLock,
    ) -> None:
        self._folder = folder
        self._catalog = catalog
        self._thumbnails = thumbnails
        self._models = models
        self._answering = answering
        self._lock = lock

    def health(self) -> LibraryHealth:
        """What is known; files are counted and nothing is checked, which takes some 100 ms for 100,000 photos."""
        answering, checkups = self._catalog.embeddings.answering(), self._catalog.checkups
        skipped = self._catalog.photos.skipped()
        return LibraryHealth(
            folder=self._folder,
            counts=self._catalog.photos.counts(answering.key if answering else None),
            reasons=dict(Counter(one.reason for one in skipped if one.state is PhotoState.UNREADABLE).most_common()),
            last_verify=checkups.last_verify(),
            self_test=checkups.self_test(),
            last_backup=checkups.last_backup(),
            disk=disk_use(self._folder, self._catalog.embeddings.models()),
            spare_bytes=self._compacting().spare_bytes(),
        )

    def verify(self, *, repair: bool, job: Job) -> VerifyReport:
        """Check catalogue, embeddings, index and thumbnails against each other, and remember the outcome."""
        index = self._answering.of_library().index
        report = verify(self._catalog, self._thumbnails, index, repair=repair, job=job)
        self.remember(report)
        if report.recall is not None:
            self._catalog.checkups.remember_self_test(index.model.name, report.recall, len(index))
        return report

    def remember(self, report: VerifyReport) -> None:
        """What a check found, which may have begun before the library could be opened."""
        self._catalog.checkups.remember_verify(ok=report.ok, problems=report.problems, repaired=report.repaired)

    def test_index(self, job: Job) -> SelfTest | None:
        """Test how many of the nearest photos the index finds; searches go on. None if the index is empty."""
        index = self._answering.of_library().index
        index.refresh()
        recall = index.recall(job=job)
        if recall is not None:
            self._catalog.checkups.remember_self_test(index.model.name, recall, len(index))
        return None if recall is None else self._catalog.checkups.self_test()

    def compact(self, job: Job) -> CompactReport:
        """Give back the room that the library takes for nothing, see `Compacting.compact`."""
        with self._lock.held():
            return self._compacting().compact(job)

    def back_up(self, file: Path, job: Job) -> Backup:
        """Write all that cannot be made again to one file, see `write_backup`, and remember that."""
        done = write_backup(self._folder, self._catalog, file, job)
        self._catalog.checkups.remember_backup(done.file, done.bytes, done.photos)
        return done

    def _compacting(self) -> Compacting:
        return Compacting(self._folder, self._catalog, self._thumbnails, self._models.gone())
