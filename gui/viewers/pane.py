"""One of two compared pictures: its canvas, what is said of it, and the reading of its pixels."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF, QSize, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.errors import EngineError
from gui.controls import ElidedLabel, surface
from gui.pictures import PictureReader, Pixels
from gui.tasks import Task
from gui.theme import CAPTION_RATIO
from gui.translation import tr
from gui.viewers.canvas import PictureCanvas
from gui.viewers.facts import why_not_shown
from gui.viewers.framing import Framing
from gui.viewers.needs import largest_side, side_to_fit
from gui.viewers.notice import Notice
from gui.viewers.sides import Side

_REMEMBERED_SIDE = 320
_JPEG = b"\xff\xd8"


class SideCaption(QWidget):
    """What is said below a picture."""

    def __init__(self) -> None:
        super().__init__()
        surface(self, "panel", "above")
        self.name = ElidedLabel()
        self.facts = ElidedLabel("", "secondary", CAPTION_RATIO)
        self.focus = ElidedLabel()
        self.focus.hide()
        self.notice = Notice()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(0)
        for part in (self.name, self.facts, self.focus, self.notice):
            column.addWidget(part)


class Pane(QObject):
    """Shows a side as sharp as it is seen.

    Signals:
        changed: more pixels have come, or the reason why there are none.
    """

    changed = Signal()

    def __init__(self, reader: PictureReader, preview: Callable[[str], QPixmap | None]) -> None:
        super().__init__()
        self._reader = reader
        self._preview = preview
        self._reading: tuple[int, Task] | None = None
        self._failed = False
        self.side: Side | None = None
        self.canvas = PictureCanvas(enlarges=float("inf"))
        self.caption = SideCaption()

    @property
    def title(self) -> str:
        """What the picture is called."""
        return self.side.title if self.side is not None else ""

    def show_side(self, side: Side) -> None:
        """Show another picture."""
        self.let_go()
        self.side = side
        photo = side.photo
        size = QSize(photo.width, photo.height) if photo is not None else QSize()
        self.canvas.begin(size, self._preview(photo.id) if photo is not None else None)
        self.caption.notice.say("")
        self.explain("", None)
        self._describe()
        if side.source == b"":
            self._fall_back(side, EngineError(tr("This picture has no file.")))

    def explain(self, words: str, heat: QImage | None, covered: QRectF | None = None) -> None:
        """Show where in the picture the likeness lies, and say it; without words, show the picture alone."""
        self.canvas.show_heat(heat, covered)
        self.caption.focus.setText(words)
        self.caption.focus.setVisible(bool(words))

    def let_go(self) -> None:
        """Read nothing any more, and give the memory back."""
        if self._reading is not None:
            self._reading[1].cancel()
        self._reading, self._failed, self.side = None, False, None
        self.canvas.begin(QSize(), None)

    def read(self, framing: Framing) -> None:
        """Read the picture as sharp as it is seen in this framing, if it is not yet."""
        side = self.side
        if side is None or self._failed:
            return
        most = largest_side(self.canvas.layer.size, self._reader.whole_pixels)
        wanted = min(side_to_fit(framing), most) if framing.fits else most
        if self.canvas.layer.loaded_side >= wanted or (self._reading and self._reading[0] >= wanted):
            return
        task = self._reader.load(
            side.source, wanted, lambda pixels: self._on_ready(side, pixels), lambda error: self._on_failed(side, error)
        )
        self._reading = (wanted, task)

    def _on_ready(self, side: Side, pixels: Pixels) -> None:
        if side is not self.side:
            return
        self.canvas.add(pixels)
        if isinstance(side.source, bytes) and _is_remembered(side.source, pixels):
            self._say_remembered(tr("It has no file."))
        self._describe()
        self.changed.emit()

    def _on_failed(self, side: Side, error: EngineError) -> None:
        if side is self.side:
            self._fall_back(side, error)

    def _fall_back(self, side: Side, error: EngineError) -> None:
        """What is stored stands in."""
        self._failed = True
        words = " ".join(why_not_shown(side.photo, error)) if side.photo is not None else str(error)
        if side.photo is not None:
            self._reader.load_thumbnail(side.photo.id, lambda image: self._stand_in(side, image, words))
        elif side.remembered is not None:
            self._reader.load_remembered(*side.remembered, lambda image: self._stand_in(side, image, words))
        if self.canvas.layer.empty:
            self.canvas.show_message(error.message, error.hint)
        self.changed.emit()

    def _stand_in(self, side: Side, image: QImage, why: str) -> None:
        if side is not self.side:
            return
        photo = side.photo
        known = QSize(photo.width, photo.height) if photo is not None and photo.width else image.size()
        self.canvas.add(Pixels.of(image.convertToFormat(QImage.Format.Format_RGB32), known))
        if photo is None:
            self._say_remembered(why)
        else:
            self.caption.notice.say(tr("{why} This is its thumbnail.", why=why), failed=True)
        self._describe()
        self.changed.emit()

    def _say_remembered(self, why: str) -> None:
        self.caption.notice.say(tr("{why} This is the picture as the history keeps it.", why=why))

    def _describe(self) -> None:
        size = self.canvas.layer.size
        self.caption.name.setText(self.title)
        self.caption.facts.setText(self.side.facts((size.width(), size.height())) if self.side else "")
        for told in (self.caption, self.canvas):
            told.setAccessibleName(f"{self.caption.name.text()}, {self.caption.facts.text()}")


def _is_remembered(data: bytes, pixels: Pixels) -> bool:
    """Whether a picture without a file is the small JPEG that the history keeps, and not what was pasted."""
    return data.startswith(_JPEG) and max(pixels.full_size.width(), pixels.full_size.height()) <= _REMEMBERED_SIDE
