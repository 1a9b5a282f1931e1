"""Small pictures of files that need not be in the library, read one by one so that no viewer waits for them."""

from collections import deque
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget
from shiboken6 import isValid

from gui.icons import LARGE, sign
from gui.measures import grown
from gui.pictures import PictureReader, Pixels, square
from gui.tasks import Task

SIDE = 88
SPARE = 2
"""So much larger is what is read: a square is cut from it."""


class SmallPictures(QObject):
    """Fills labels with the pictures of files."""

    def __init__(self, reader: PictureReader, parent: QWidget) -> None:
        super().__init__(parent)
        self._reader = reader
        self._wanted: deque[tuple[Path, QLabel]] = deque()
        self._running: Task | None = None

    def make(self, photo: Path) -> QLabel:
        """A label that will show the photo."""
        made = self.frame()
        self.fill(made, photo)
        return made

    def frame(self) -> QLabel:
        """A label for a photo that is not known yet."""
        made = QLabel()
        made.setFixedSize(grown(SIDE), grown(SIDE))
        return made

    def fill(self, frame: QLabel, photo: Path) -> None:
        """Show a photo in a label; what it shows stays until the photo is there."""
        frame.setAccessibleName(photo.name)
        frame.setToolTip(str(photo))
        self._wanted = deque(one for one in self._wanted if one[1] is not frame)
        self._wanted.append((photo, frame))
        self._go_on()

    def stop(self) -> None:
        """Read nothing more."""
        self._wanted.clear()
        if self._running is not None:
            self._running.cancel()

    def _go_on(self) -> None:
        while self._running is None and self._wanted:
            photo, label = self._wanted.popleft()
            if isValid(label):
                self._running = self._read(photo, label)

    def _read(self, photo: Path, label: QLabel) -> Task:
        side = round(SPARE * label.width() * label.devicePixelRatioF())
        return self._reader.load(
            photo,
            side,
            lambda pixels: self._show(label, pixels),
            lambda _: self._show(label, None),
            on_cancel=lambda: self._show(label, None),
        )

    def _show(self, label: QLabel, pixels: Pixels | None) -> None:
        if not isValid(self):
            return
        self._running = None
        if isValid(label):
            if pixels is None:
                label.setPixmap(sign("warning", "secondary", LARGE))
            else:
                label.setPixmap(square(QPixmap.fromImage(pixels.image), label.width(), label.devicePixelRatioF()))
        self._go_on()
