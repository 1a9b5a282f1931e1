"""The pictures around the one on show: read one after the other, kept within a budget, dropped when not wanted."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from engine.errors import EngineError
from engine.records import Photo, Region
from gui.pictures import Pixels

BUDGET = 384 * 2**20

Key = tuple[str, bytes]


class Cancellable(Protocol):
    """Something under way."""

    def cancel(self) -> None:
        """Ask it to stop."""


class Reading(Protocol):
    """Reads pictures off the GUI thread, as `PictureReader` does."""

    @property
    def whole_pixels(self) -> int:
        """Pictures with more pixels are read scaled, or region by region."""

    def load(
        self,
        source: Path | bytes,
        longest_side: int,
        on_ready: Callable[[Pixels], None],
        on_failure: Callable[[EngineError], None],
        *,
        region: Region | None = None,
        on_cancel: Callable[[], None] = lambda: None,
    ) -> Cancellable:
        """Begin to decode; exactly one of the callbacks follows."""

    def load_thumbnail(self, photo_id: str, on_ready: Callable[[QImage], None]) -> None:
        """Begin to read the stored thumbnail."""

    def forget(self) -> None:
        """Give back the memory of what was read last."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A picture that is wanted.

    Attributes:
        side: longest side of the whole picture, scaled.
        region: the part that is wanted; None for all of it.
    """

    photo: Photo
    side: int
    region: Region | None = None


class Shelf(QObject):
    """Reads what is wanted, the most urgent first, one at a time.

    Signals:
        arrived(Photo, Pixels): a picture, or a region of it, has been read.
        failed(Photo, EngineError): it cannot be read; it is not tried again until `forgive`.
    """

    arrived = Signal(object, object)
    failed = Signal(object, object)

    def __init__(self, reading: Reading, parent: QObject, *, budget: int = BUDGET) -> None:
        super().__init__(parent)
        self._reading = reading
        self._budget = budget
        self._wishes: list[Wish] = []
        self._running: tuple[Wish, Cancellable] | None = None
        self._met: set[Wish] = set()  # of the present wishes
        self._kept: OrderedDict[Key, list[Pixels]] = OrderedDict()  # fewest pixels first; the oldest photo first
        self._failed: set[Key] = set()

    def want(self, wishes: Sequence[Wish]) -> None:
        """Read these, the most urgent first; drop all earlier wishes, even one that is being fulfilled."""
        self._met.intersection_update(wishes)
        self._wishes = list(wishes)
        if self._running is not None and self._running[0] not in self._wishes:
            self._running[1].cancel()
        self._go_on()

    def versions(self, photo: Photo) -> Sequence[Pixels]:
        """What there is of a whole photo, fewest pixels first."""
        key = _key(photo)
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key, [])

    def forgive(self, photo: Photo) -> None:
        """Try again if the photo could not be read: somebody has come back to it."""
        self._failed.discard(_key(photo))

    def clear(self) -> None:
        """Want nothing and keep nothing."""
        self.want([])
        self._kept.clear()
        self._failed.clear()
        self._reading.forget()

    @property
    def bytes(self) -> int:
        """Memory that the kept pictures take."""
        return sum(pixels.bytes for versions in self._kept.values() for pixels in versions)

    def _go_on(self) -> None:
        if self._running is not None:
            return
        wish = next((wish for wish in self._wishes if not self._settled(wish)), None)
        if wish is None:
            return
        under_way = self._reading.load(
            wish.photo.path,
            wish.side,
            lambda pixels: self._on_ready(wish, pixels),
            lambda error: self._on_failure(wish, error),
            region=wish.region,
            on_cancel=self._on_end,
        )
        self._running = (wish, under_way)

    def _settled(self, wish: Wish) -> bool:
        if wish in self._met or _key(wish.photo) in self._failed:
            return True
        if wish.region is not None:
            return False
        return any(
            pixels.longest_side >= wish.side or pixels.scaled_size == pixels.full_size
            for pixels in self._kept.get(_key(wish.photo), [])
        )

    def _on_ready(self, wish: Wish, pixels: Pixels) -> None:
        self._met.add(wish)
        if wish.region is None:
            versions = self._kept.setdefault(_key(wish.photo), [])
            versions[:] = sorted([*versions, pixels], key=lambda version: version.longest_side)
            self._shrink()
        self._on_end()
        self.arrived.emit(wish.photo, pixels)

    def _on_failure(self, wish: Wish, error: EngineError) -> None:
        self._failed.add(_key(wish.photo))
        self._on_end()
        self.failed.emit(wish.photo, error)

    def _on_end(self) -> None:
        self._running = None
        self._go_on()

    def _shrink(self) -> None:
        """Drop the photos that were looked at longest ago, but none that is wanted."""
        wanted = {_key(wish.photo) for wish in self._wishes}
        for key in [key for key in self._kept if key not in wanted]:
            if self.bytes <= self._budget:
                return
            del self._kept[key]


def _key(photo: Photo) -> Key:
    """The photo as long as its content stays."""
    return photo.id, photo.content_hash
