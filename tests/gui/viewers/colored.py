"""Photos of one colour each, and a reader that decodes them without files."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage

from engine.errors import EngineError, UnreadablePhotoError
from engine.records import Match, Photo, PhotoState, Query, QueryPicture, Region, SearchResult, Timing
from gui.gallery.listing import Answer
from gui.pictures import Pixels
from gui.viewers.photo import PhotoViewer

FULL = QSize(1600, 1200)
FILE_COLORS = {"red": "#c04040", "green": "#40c040", "blue": "#4040c0"}
DETAIL = "#ffff00"
BROKEN = "broken"


class Order:
    """One picture that was asked for."""

    def __init__(self, answer: Callable[[], None], on_cancel: Callable[[], None]) -> None:
        self.answer = answer
        self._on_cancel = on_cancel
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True
        QTimer.singleShot(0, self._on_cancel)


class Files:
    """Decodes colours instead of files, later and through the event loop as the real loader does."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self.regions: list[Region] = []
        self.orders: list[Order] = []
        self.held = False
        self.whole_pixels = 64 * 2**20
        self.full = FULL
        self.thumbnails: dict[str, QImage] = {}
        self.forgotten = 0

    def load(
        self,
        source: Path | bytes,
        longest_side: int,
        on_ready: Callable[[Pixels], None],
        on_failure: Callable[[EngineError], None],
        *,
        region: Region | None = None,
        on_cancel: Callable[[], None] = lambda: None,
    ) -> Order:
        self.asked.append((source.stem, longest_side))
        self.regions += [region] if region else []
        order = Order(lambda: self._answer(source, longest_side, region, on_ready, on_failure), on_cancel)
        self.orders.append(order)
        if not self.held:
            QTimer.singleShot(0, self.release)
        return order

    def release(self) -> None:
        """Answer all that was asked so far."""
        orders, self.orders = self.orders, []
        for order in orders:
            if not order.cancelled:
                order.answer()

    def load_thumbnail(self, photo_id: str, on_ready: Callable[[QImage], None]) -> None:
        if photo_id in self.thumbnails:
            QTimer.singleShot(0, lambda: on_ready(self.thumbnails[photo_id]))

    def forget(self) -> None:
        self.forgotten += 1

    def _answer(
        self,
        path: Path,
        side: int,
        region: Region | None,
        on_ready: Callable[[Pixels], None],
        on_failure: Callable[[EngineError], None],
    ) -> None:
        if path.stem.startswith(BROKEN):
            on_failure(UnreadablePhotoError("The file is cut short.", "Copy it again from the camera."))
            return
        keep = Qt.AspectRatioMode.KeepAspectRatio
        size = self.full if side >= self.full.width() else self.full.scaled(side, side, keep)
        box = QRect(0, 0, size.width(), size.height())
        if region is not None:
            box = QRect(
                round(region.x * size.width()), round(region.y * size.height()),
                round(region.width * size.width()), round(region.height * size.height()),
            )  # fmt: skip
        image = QImage(box.size(), QImage.Format.Format_RGB32)
        image.fill(QColor(FILE_COLORS[path.stem] if region is None else DETAIL))
        on_ready(Pixels(image, self.full, size, box))


def match_of(name: str, rank: int) -> Match:
    photo = Photo(
        name, Path(f"/photos/{name}.jpg"), "root", 1000, datetime(2024, 1, 1), PhotoState.INDEXED,
        width=FULL.width(), height=FULL.height(), taken=datetime(2021, 3, 12, 14, 3), camera="Canon EOS 5D",
    )  # fmt: skip
    return Match(photo, 0.018, 0.982, rank)


def answer_of(*names: str) -> Answer:
    return answer_with(*(match_of(name, rank) for rank, name in enumerate(names, 1)))


def answer_with(*matches: Match) -> Answer:
    query = Query((QueryPicture(path=Path("/query.jpg")),))
    return Answer(SearchResult(query, matches, "tiny", Timing(), len(matches), noise_score=0.5))


def middle_color(viewer: PhotoViewer) -> str:
    shot = viewer.canvas.grab().toImage()
    return shot.pixelColor(shot.rect().center()).name()


def shows(viewer: PhotoViewer, name: str) -> Callable[[], bool]:
    return lambda: middle_color(viewer) == FILE_COLORS[name]
