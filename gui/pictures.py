"""Small pictures of remembered queries, and larger ones of files, fetched off this thread."""

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap

from engine.errors import EngineError
from gui.tasks import Lane, TaskRunner

if TYPE_CHECKING:
    from engine.indexing.reading import Rgb
    from engine.library import Library

KEPT = 512
Key = tuple[str, int]


class QueryPictures(QObject):
    """Thumbnails of the pictures that were searched with; they outlive the files.

    Signals:
        ready: entry id and position of a thumbnail that can be had now.
    """

    ready = Signal(str, int)

    def __init__(self, library: "Library", tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._kept: OrderedDict[Key, QPixmap | None] = OrderedDict()
        self._asked: set[Key] = set()

    def get(self, entry_id: str, position: int = 0) -> QPixmap | None:
        """The thumbnail; or None, then it is on its way and `ready` will tell."""
        key = (entry_id, position)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._asked:
            self._ask(key)
        return None

    def _ask(self, key: Key) -> None:
        self._asked.add(key)
        self._tasks.submit(
            lambda job: QImage.fromData(self._library.history.picture(*key)),
            lane=Lane.READING,
            owner=self,
            on_success=lambda image: self._keep(key, QPixmap.fromImage(image)),
            # A thumbnail that cannot be had leaves the placeholder; the query itself still says what is wrong.
            on_failure=lambda error: self._keep(key, None),
            on_cancel=lambda: self._asked.discard(key),
        )

    def _keep(self, key: Key, pixmap: QPixmap | None) -> None:
        self._asked.discard(key)
        self._kept[key] = pixmap
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        if pixmap is not None:
            self.ready.emit(*key)


class PictureReader(QObject):
    """Whole pictures for the viewer and the clipboard, decoded where a hostile file can do no harm."""

    def __init__(self, library: "Library", tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks

    def load(
        self,
        path: Path,
        longest_side: int,
        on_ready: Callable[[QImage], None],
        on_failure: Callable[[EngineError], None],
    ) -> None:
        """Decode a file; exactly one of the two callbacks follows."""

        def fail(error: Exception) -> None:
            if isinstance(error, EngineError):
                on_failure(error)
            else:
                self._tasks.on_failure(error)

        self._tasks.submit(
            lambda job: to_image(self._library.picture(path, longest_side)),
            lane=Lane.READING,
            owner=self,
            on_success=on_ready,
            on_failure=fail,
        )


def to_image(rgb: "Rgb") -> QImage:
    """The engine's pixels as Qt's; copied, because QImage only borrows the bytes."""
    return QImage(rgb.pixels, rgb.width, rgb.height, 3 * rgb.width, QImage.Format.Format_RGB888).copy()


def square(pixmap: QPixmap, side: int, ratio: float, radius: int = 4) -> QPixmap:
    """The middle of a picture as a rounded square for lists and chips."""
    drawn = QPixmap(QSize(side, side) * ratio)
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    draw_square(painter, QRectF(0, 0, side, side), pixmap, radius)
    painter.end()
    return drawn


def draw_square(painter: QPainter, target: QRectF, pixmap: QPixmap, radius: int = 4) -> None:
    """Draw the middle of a picture into a rounded square."""
    side = min(pixmap.width(), pixmap.height())
    source = QRectF((pixmap.width() - side) / 2, (pixmap.height() - side) / 2, side, side)
    clip = QPainterPath()
    clip.addRoundedRect(target, radius, radius)
    painter.save()
    painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
    painter.drawPixmap(target, pixmap, source)
    painter.restore()
