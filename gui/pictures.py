"""Small pictures of remembered queries, and larger ones of files, fetched off this thread."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap

from engine.errors import EngineError
from engine.jobs import Job
from engine.records import QueryPicture, Region
from gui.jpeg import jpeg_image
from gui.tasks import Lane, Task, TaskRunner
from gui.translation import tr

if TYPE_CHECKING:
    from engine.imaging.lightbox import PictureStrip
    from engine.imaging.metadata import PhotoMetadata
    from engine.library import Library
    from engine.search.explanation import Explanation
    from gui.viewers.sides import Side

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

    def forget(self, entry_id: str) -> None:
        """Its pictures may be others now: a refined query keeps its entry."""
        for key in [key for key in self._kept if key[0] == entry_id]:
            del self._kept[key]

    def _ask(self, key: Key) -> None:
        self._asked.add(key)
        self._tasks.submit(
            lambda job: jpeg_image(self._library.history.picture(*key)),
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


@dataclass(frozen=True, slots=True)
class Pixels:
    """A decoded picture, scaled, or a region of it. Not a QPixmap: making one takes as long as the picture is large.

    Attributes:
        full_size: of the whole picture in full resolution.
        scaled_size: of the whole picture as it was scaled.
        box: what `image` shows of the scaled picture.
    """

    image: QImage
    full_size: QSize
    scaled_size: QSize
    box: QRect

    @classmethod
    def of(cls, image: QImage, full_size: QSize | None = None) -> "Pixels":
        """A whole picture that is at hand; it stands in for a larger one if its full size is another."""
        return cls(image, full_size or image.size(), image.size(), image.rect())

    @property
    def whole(self) -> bool:
        """Whether all of the picture is there."""
        return self.box.size() == self.scaled_size

    @property
    def area(self) -> QRectF:
        """What part of the picture this is, in pixels of the full resolution."""
        across = self.full_size.width() / self.scaled_size.width()
        down = self.full_size.height() / self.scaled_size.height()
        box = QRectF(self.box)
        return QRectF(box.x() * across, box.y() * down, box.width() * across, box.height() * down)

    @property
    def longest_side(self) -> int:
        """Of the whole picture as it was scaled."""
        return max(self.scaled_size.width(), self.scaled_size.height())

    @property
    def bytes(self) -> int:
        """Memory that it takes."""
        return int(self.image.sizeInBytes())


class PictureReader(QObject):
    """Whole pictures for the viewers and the clipboard, decoded where a hostile file can do no harm.

    Attributes:
        whole_pixels: pictures with more pixels are looked at scaled, or region by region.
    """

    def __init__(self, library: "Library", tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._ended = False
        self.whole_pixels = library.whole_pixels

    def shutdown(self) -> None:
        """Read nothing any more: the library is about to be closed."""
        self._ended = True

    def load(
        self,
        source: Path | bytes,
        longest_side: int,
        on_ready: Callable[[Pixels], None],
        on_failure: Callable[[EngineError], None],
        *,
        region: Region | None = None,
        on_cancel: Callable[[], None] = lambda: None,
    ) -> Task:
        """Decode a file, or what is in one; exactly one of the three callbacks follows.

        Args:
            longest_side: of the whole picture, scaled; it is never enlarged.
            region: the part that is wanted; None for all of it.
        """
        return self._submit(
            lambda job: assembled(self._library.picture(source, longest_side, region), job),
            lane=Lane.LOOKING,
            on_success=on_ready,
            on_failure=lambda error: self._fail(error, on_failure),
            on_cancel=on_cancel,
        )

    def load_query_picture(
        self,
        picture: QueryPicture,
        longest_side: int,
        on_ready: Callable[[Pixels, bool], None],
        on_failure: Callable[[EngineError], None],
    ) -> Task:
        """Decode all of a query picture, whatever region of it counts.

        Args:
            on_ready: is told as well whether it is only the small picture that was kept of a file out of reach.
        """

        def call(job: Job) -> tuple[Pixels, bool]:
            source = self._library.query_source(picture)
            return assembled(self._library.picture(source.content, longest_side), job), source.small

        return self._submit(
            call,
            lane=Lane.LOOKING,
            on_success=lambda found: on_ready(*found),
            on_failure=lambda error: self._fail(error, on_failure),
        )

    def load_thumbnail(self, photo_id: str, on_ready: Callable[[QImage], None]) -> None:
        """The stored thumbnail of a photo, for want of the photo itself; nothing follows if there is none either."""

        def keep(image: QImage) -> None:
            if not image.isNull():
                on_ready(image)

        self._submit(
            lambda job: jpeg_image(self._library.thumbnail(photo_id)),
            lane=Lane.READING,
            on_success=keep,
            on_failure=lambda error: self._fail(error, lambda _: None),
        )

    def load_remembered(self, entry_id: str, position: int, on_ready: Callable[[QImage], None]) -> None:
        """The picture that the history keeps of a query; nothing follows if it is not there any more."""

        def keep(image: QImage) -> None:
            if not image.isNull():
                on_ready(image)

        self._submit(
            lambda job: jpeg_image(self._library.history.picture(entry_id, position)),
            lane=Lane.READING,
            on_success=keep,
            on_failure=lambda error: self._fail(error, lambda _: None),
        )

    def compute(self, call: Callable[[], QImage], on_ready: Callable[[QImage], None]) -> None:
        """Run something on pictures that takes too long for a frame."""
        self._submit(lambda job: call(), lane=Lane.READING, on_success=on_ready)

    def explain(
        self,
        one: "Side",
        other: "Side",
        on_ready: Callable[["Explanation", tuple[QImage, QImage]], None],
        on_failure: Callable[[EngineError], None],
    ) -> Task:
        """Find out why two compared pictures are alike; the maps are to be painted over them."""

        def call(job: Job) -> tuple["Explanation", tuple[QImage, QImage]]:
            from engine.imaging.heat import overlay  # loads Pillow, which the window does not need before

            found = self._library.explain(self._asked(one), self._asked(other), job=job)
            first, second = (rgba_image(overlay(side.heat)) for side in (found.evidence.one, found.evidence.other))
            return found, (first, second)

        return self._submit(
            call,
            lane=Lane.EXPLAINING,
            on_success=lambda found: on_ready(*found),
            on_failure=lambda error: self._fail(error, on_failure),
        )

    def load_metadata(
        self,
        source: Path | bytes,
        on_ready: Callable[["PhotoMetadata"], None],
        on_failure: Callable[[EngineError], None],
    ) -> Task:
        """Read what a file tells about its picture."""
        return self._submit(
            lambda job: self._library.metadata(source),
            lane=Lane.LOOKING,
            on_success=on_ready,
            on_failure=lambda error: self._fail(error, on_failure),
        )

    def forget(self) -> None:
        """Nobody looks at a picture any more: give its memory back."""
        self._submit(lambda job: self._library.forget_picture(), lane=Lane.LOOKING)

    def _asked(self, side: "Side") -> QueryPicture:
        if side.asked is not None:
            return side.asked
        if side.remembered is None:
            raise EngineError(tr("This picture has no file."))
        return QueryPicture(data=self._library.history.picture(*side.remembered))

    def _submit(self, call: Callable[[Job], Any], lane: Lane, **handlers: Callable[..., None]) -> Task:
        if self._ended:
            return Task(call, self, lane)
        return self._tasks.submit(call, lane=lane, owner=self, **handlers)

    def _fail(self, error: Exception, on_failure: Callable[[EngineError], None]) -> None:
        if isinstance(error, EngineError):
            on_failure(error)
        else:
            self._tasks.on_failure(error)


def assembled(strips: Iterable["PictureStrip"], job: Job) -> Pixels:
    """One picture of all its strips. Each is copied for itself: a copy of all at once would hold up the window."""
    image = QImage()
    for strip in strips:
        job.checkpoint()
        left, top, right, bottom = strip.box
        if image.isNull():
            image = _canvas(right - left, bottom - top)
        start = strip.first_row * image.bytesPerLine()
        cast("memoryview", image.bits())[start : start + len(strip.pixels)] = strip.pixels
    box = QRect(left, top, right - left, bottom - top)
    return Pixels(image, QSize(*strip.full_size), QSize(*strip.scaled_size), box)


def _canvas(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    if image.isNull():
        raise EngineError("There is not enough memory to show this photo.", "Close other programs and try again.")
    return image


def rgba_image(pixels: NDArray[np.uint8]) -> QImage:
    """A picture of RGBA pixels [height, width, 4]."""
    height, width = pixels.shape[:2]
    return QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()


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
    draw_rounded(painter, target, pixmap, radius, source)


def draw_rounded(
    painter: QPainter, target: QRectF, pixmap: QPixmap, radius: int = 4, source: QRectF | None = None
) -> None:
    """Draw a picture, or a part of it, with round corners."""
    clip = QPainterPath()
    clip.addRoundedRect(target, radius, radius)
    painter.save()
    painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
    painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()) if source is None else source)
    painter.restore()
