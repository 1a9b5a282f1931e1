"""Thumbnails for what is on the screen: fetched and decoded on two threads of their own, kept within a byte budget."""

import queue
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from engine.errors import EngineError, UnreadablePhotoError
from engine.jobs import Cancelled
from engine.records import Photo
from gui.jpeg import jpeg_image
from gui.translation import tr

THREADS = 2
BUDGET = 128 * 1024 * 1024

Fetch = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class _Order:
    """One thumbnail that is wanted: of this content of the photo, so large in device pixels."""

    photo_id: str
    content_hash: bytes
    side: int


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a worker made of an order: an image, or why there is none."""

    order: _Order
    image: QImage | None = None
    whole: bool = False  # the image has all pixels there are: a larger order would bring nothing
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class _Loaded:
    pixmap: QPixmap
    order: _Order
    whole: bool

    @property
    def bytes(self) -> int:
        return self.pixmap.width() * self.pixmap.height() * 4

    def serves(self, order: _Order) -> bool:
        if order.content_hash != self.order.content_hash:
            return False  # the file has changed since
        return order.side == self.order.side or (self.whole and order.side >= self.order.side)


@dataclass(frozen=True, slots=True)
class _Failed:
    order: _Order
    error: EngineError


class _Orders:
    """What the workers still have to do. Replaced as a whole when the view moves on, so old orders cost nothing."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[_Order] = []
        self._running: set[_Order] = set()
        self._closed = False

    def replace(self, orders: Sequence[_Order]) -> None:
        """Forget what was not begun; take these, most urgent first."""
        with self._changed:
            self._waiting = [order for order in reversed(orders) if order not in self._running]
            self._changed.notify_all()

    def take(self) -> _Order | None:
        """The most urgent order; waits for one; None when closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            if self._closed:
                return None
            order = self._waiting.pop()
            self._running.add(order)
            return order

    def done(self, order: _Order) -> None:
        """The order is no longer running."""
        with self._changed:
            self._running.discard(order)

    def close(self) -> None:
        """Let every `take` return None."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


class ThumbnailLoader(QObject):
    """Loads thumbnails off the GUI thread and keeps the recently used ones.

    Call `shutdown` before what `fetch` reads from is closed: the threads end there.

    Signals:
        loaded(list[str]): these photos now have an image or a failure.
    """

    loaded = Signal(list)
    _outcome_ready = Signal()  # the only signal a worker thread ever emits

    def __init__(self, fetch: Fetch, parent: QObject | None = None, *, budget: int = BUDGET) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._budget = budget
        self._orders = _Orders()
        self._outcomes: queue.SimpleQueue[_Outcome] = queue.SimpleQueue()
        self._loaded: OrderedDict[str, _Loaded] = OrderedDict()  # least recently used first
        self._bytes = 0
        self._failures: dict[str, _Failed] = {}
        self._wanted: frozenset[str] = frozenset()
        self._threads: list[threading.Thread] = []
        self._outcome_ready.connect(self._settle, Qt.ConnectionType.QueuedConnection)

    def image(self, photo_id: str) -> QPixmap | None:
        """What is loaded of this photo, perhaps in another size than last wanted; asks for nothing."""
        entry = self._loaded.get(photo_id)
        if entry is None:
            return None
        self._loaded.move_to_end(photo_id)
        return entry.pixmap

    def failure(self, photo_id: str) -> EngineError | None:
        """Why this photo has no thumbnail, if loading it failed."""
        failed = self._failures.get(photo_id)
        return failed.error if failed is not None else None

    def forget_failures(self) -> None:
        """Try again what failed, when it is wanted next."""
        self._failures.clear()

    @property
    def bytes_held(self) -> int:
        """Bytes of all images kept."""
        return self._bytes

    def want(self, photos: Sequence[Photo], side: int) -> None:
        """Load these, most urgent first, fitted into a square of `side` device pixels; drop all earlier wishes."""
        self._wanted = frozenset(photo.id for photo in photos)
        orders = [_Order(photo.id, photo.content_hash, side) for photo in photos]
        self._orders.replace([order for order in orders if self._lacks(order)])
        self._start_threads()

    def shutdown(self) -> None:
        """Stop and join the threads; what is loaded stays."""
        self._orders.close()
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def _lacks(self, order: _Order) -> bool:
        failed = self._failures.get(order.photo_id)
        if failed is not None and failed.order.content_hash == order.content_hash:
            return False
        entry = self._loaded.get(order.photo_id)
        return entry is None or not entry.serves(order)

    def _start_threads(self) -> None:
        """The threads start with the first wish: a window that shows no photos needs none."""
        while len(self._threads) < THREADS:
            thread = threading.Thread(target=self._work, name=f"thumbnails-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _work(self) -> None:
        while (order := self._orders.take()) is not None:
            outcome = _carry_out(order, self._fetch)
            self._orders.done(order)
            self._outcomes.put(outcome)
            self._outcome_ready.emit()

    @Slot()
    def _settle(self) -> None:
        """Take in all outcomes there are; the signals of those after the first then find nothing left."""
        settled: list[str] = []
        bugs: list[Exception] = []
        while not self._outcomes.empty():
            outcome = self._outcomes.get_nowait()
            if isinstance(outcome.error, Cancelled):  # the library is about to be closed
                continue
            settled.append(outcome.order.photo_id)
            self._keep(outcome)
            if outcome.error is not None and not isinstance(outcome.error, EngineError):
                bugs.append(outcome.error)
        if settled:
            self.loaded.emit(settled)
        if bugs:
            raise bugs[0]  # a mistake of ours: it belongs in the crash dialog and the log

    def _keep(self, outcome: _Outcome) -> None:
        photo_id = outcome.order.photo_id
        self._failures.pop(photo_id, None)
        if outcome.image is None:
            error = outcome.error if isinstance(outcome.error, EngineError) else EngineError(repr(outcome.error))
            self._failures[photo_id] = _Failed(outcome.order, error)
            return
        self._discard(photo_id)
        entry = _Loaded(QPixmap.fromImage(outcome.image), outcome.order, outcome.whole)
        self._loaded[photo_id] = entry
        self._bytes += entry.bytes
        self._shrink()

    def _shrink(self) -> None:
        """Drop the least recently used, but nothing that is on the screen: it would be loaded again at once."""
        for photo_id in [photo_id for photo_id in self._loaded if photo_id not in self._wanted]:
            if self._bytes <= self._budget:
                return
            self._discard(photo_id)

    def _discard(self, photo_id: str) -> None:
        entry = self._loaded.pop(photo_id, None)
        if entry is not None:
            self._bytes -= entry.bytes


def _carry_out(order: _Order, fetch: Fetch) -> _Outcome:
    try:
        image, whole = _decoded(fetch(order.photo_id), order.side)
    except Exception as error:  # noqa: BLE001 - the end of a thread: the GUI thread decides what to do with it
        return _Outcome(order, error=error)
    return _Outcome(order, image, whole)


def _decoded(data: bytes, side: int) -> tuple[QImage, bool]:
    """The picture fitted into a square, and whether that surely kept every pixel."""
    image = jpeg_image(data, side)
    if image.isNull():
        raise UnreadablePhotoError(
            tr("The thumbnail of this photo is damaged."), tr("Index its folder again to renew it.")
        )
    # The format the screen has, so that painting is a copy.
    return image.convertToFormat(QImage.Format.Format_RGB32), max(image.width(), image.height()) < side
