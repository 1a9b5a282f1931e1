"""What the window knows of the library as a whole, looked at again about once a second."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from engine.jobs import Job
from engine.records import HistoryEntry, LastUpdate, Root
from gui.tasks import Lane, TaskRunner

if TYPE_CHECKING:
    from engine.catalog.collections import PhotoCollection
    from engine.catalog.photos import Counts
    from engine.library import Library

LOOK_EVERY_MS = 1000
ROOTS_EVERY = 5  # a drive that is plugged in changes no generation, so the folders are asked for every few looks


@dataclass(frozen=True, slots=True)
class Overview:
    """One look at the library."""

    generation: int
    counts: "Counts"
    roots: tuple[Root, ...]
    history: tuple[HistoryEntry, ...]
    model: str
    dim: int
    collections: "tuple[PhotoCollection, ...]" = ()
    last_update: LastUpdate | None = None


class LibraryWatch(QObject):
    """Looks at the library from a worker, because even a quick answer may wait for a disk.

    Signals:
        looked: an Overview that differs from the one before.
        photos_changed: other photos are searchable than before, whoever made it so.
    """

    looked = Signal(object)
    photos_changed = Signal()

    def __init__(self, library: "Library", tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._looking = False
        self._again = False
        self._looks = 0
        self.latest: Overview | None = None
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self._glance)

    def start(self) -> None:
        """Look now, and from now on."""
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def look(self) -> None:
        """Look at everything now, because something was done."""
        if self._looking:
            self._again = True
        else:
            self._submit(thorough=True)

    def _glance(self) -> None:
        if not self._looking:
            self._looks += 1
            self._submit(thorough=self._looks % ROOTS_EVERY == 0)

    def _submit(self, *, thorough: bool) -> None:
        self._looking = True
        latest = self.latest
        self._tasks.submit(
            lambda job: self._read(job, latest, thorough=thorough),
            lane=Lane.READING,
            owner=self,
            on_success=self._on_read,
            on_failure=self._on_failed,
        )

    def _read(self, job: Job, latest: Overview | None, *, thorough: bool) -> Overview:
        generation = self._library.generation()
        if latest is not None and latest.generation == generation and not thorough:
            return latest
        in_use = next((card for card in self._library.models.list() if card.in_use), None)
        return Overview(
            generation,
            self._library.counts(),
            tuple(self._library.roots.list()),
            tuple(self._library.history.list()),
            in_use.name if in_use else "",
            in_use.dim if in_use else 0,
            tuple(self._library.collections.list()),
            self._library.last_update(),
        )

    def _on_read(self, overview: Overview) -> None:
        self._looking = False
        before, self.latest = self.latest, overview
        if before is not None and before.generation != overview.generation:
            self.photos_changed.emit()
        if before != overview:
            self.looked.emit(overview)
        if self._again:
            self._again = False
            self.look()

    def _on_failed(self, error: Exception) -> None:
        self._looking = False
        self._tasks.on_failure(error)
