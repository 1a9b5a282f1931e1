"""What the window knows of the library as a whole, looked at again when something has happened."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from engine.records import HistoryEntry, LastUpdate, Root
from gui.tasks import Lane, TaskRunner

if TYPE_CHECKING:
    from engine.catalog.collections import PhotoCollection
    from engine.catalog.photos import Counts
    from engine.library import Library

LOOK_EVERY_MS = 1000
AT_REST_MS = 5000  # what other programs write, and drives that come and go, are seen that late
WRITERS = (Lane.WRITING, Lane.ANSWERING)
Pulse = tuple[int, tuple[bool, ...]]


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
    provider: str = ""


class LibraryWatch(QObject):
    """Looks at the library from a worker, because even a quick answer may wait for a disk.

    It looks only when there is something to see: the library's pulse tells in microseconds. While nothing happens it is
    felt ever less often; whatever our own window writes is looked at soon after it.

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
        self._pulse: Pulse | None = None
        self.latest: Overview | None = None
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self._glance)
        tasks.settled.connect(self._on_settled)

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
            self._submit(None)

    def _on_settled(self, lane: str) -> None:
        if lane in WRITERS and self._timer.isActive():
            self._timer.start(LOOK_EVERY_MS)

    def _glance(self) -> None:
        if not self._looking:
            self._submit(self._pulse)

    def _submit(self, pulse: Pulse | None) -> None:
        self._looking = True
        self._tasks.submit(
            lambda job: self._read(pulse),
            lane=Lane.READING,
            owner=self,
            on_success=lambda seen: self._on_read(*seen),
            on_failure=self._on_failed,
        )

    def _read(self, before: Pulse | None) -> tuple[Pulse, Overview | None]:
        """The pulse, and what there is to see if it is another one than before.

        What was written meanwhile is seen with the next one, and so is a drive that comes or goes: the pulse of what
        is seen has the roots as they were seen, which may be another moment than that at which it was felt.
        """
        pulse = self._library.pulse()
        if pulse == before:
            return pulse, None
        generation = self._library.generation()
        in_use = next((card for card in self._library.models.list() if card.in_use), None)
        overview = Overview(
            generation,
            self._library.counts(),
            tuple(self._library.roots.list()),
            tuple(self._library.history.list()),
            in_use.name if in_use else "",
            in_use.dim if in_use else 0,
            tuple(self._library.collections.list()),
            self._library.last_update(),
            self._library.provider(),
        )
        return (pulse[0], tuple(root.online for root in overview.roots)), overview

    def _on_read(self, pulse: Pulse, overview: Overview | None) -> None:
        self._looking = False
        self._pulse = pulse
        calm = overview is None and not self._tasks.works(Lane.WRITING)
        self._timer.setInterval(min(2 * self._timer.interval(), AT_REST_MS) if calm else LOOK_EVERY_MS)
        if overview is not None:
            self._tell(overview)
        if self._again:
            self._again = False
            self.look()

    def _tell(self, overview: Overview) -> None:
        before, self.latest = self.latest, overview
        if before is not None and before.generation != overview.generation:
            self.photos_changed.emit()
        if before != overview:
            self.looked.emit(overview)

    def _on_failed(self, error: Exception) -> None:
        self._looking = False
        self._tasks.on_failure(error)
