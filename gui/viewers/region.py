"""One picture, as large as the window, to choose the region of it that counts."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QHideEvent, QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.errors import EngineError
from engine.records import QueryPicture, Region
from gui.accessible import Told
from gui.controls import ElidedLabel, button, surface
from gui.focus_frame import FocusFrame
from gui.folding import APART, Folding, beside
from gui.measures import grown
from gui.pictures import PictureReader, Pixels
from gui.tasks import Task
from gui.theme import CAPTION_RATIO
from gui.translation import tr
from gui.viewers import outline
from gui.viewers.facts import pixel_size
from gui.viewers.needs import largest_side, side_to_fit
from gui.viewers.notice import Notice
from gui.viewers.region_canvas import RegionCanvas
from gui.viewers.surface import STEP

KEY_STEP = 0.02
FINE_STEP = 0.004
LEAST_NAME = 120
_DIRECTIONS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_Modifier = Qt.KeyboardModifier


class RegionBar(QWidget):
    """Says what is outlined, and offers the mouse what the keys do.

    Signals:
        whole_wanted, cancelled, taken: the buttons.
    """

    whole_wanted = Signal()
    cancelled = Signal()
    taken = Signal()

    def __init__(self) -> None:
        super().__init__()
        surface(self, "panel", "above")
        self.name = ElidedLabel()
        self.facts = ElidedLabel("", "secondary", CAPTION_RATIO)
        self.whole = button(tr("Whole picture"), self.whole_wanted.emit)
        self.whole.setToolTip(tr("Take the outline away (Delete)"))
        self.cancel = button(tr("Cancel"), self.cancelled.emit)
        self.cancel.setToolTip(tr("Leave everything as it was (Escape)"))
        self.take = button(tr("Search with the whole picture"), self.taken.emit, "primary")
        words = QVBoxLayout()
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        said = QWidget()
        said.setLayout(words)
        said.setMinimumWidth(grown(LEAST_NAME))
        row.addWidget(Folding(said, Folding(beside(self.whole, self.cancel), self.take), shares=APART))

    def show_region(self, region: Region | None, picture: QSize, *, ready: bool) -> None:
        """Say how large the region is, or how to draw one."""
        size = ""
        if region is not None and not picture.isEmpty():
            size = pixel_size(round(region.width * picture.width()), round(region.height * picture.height()))
        said = tr("Region of {size} pixels", size=size) if size else tr("Draw around the part that counts.")
        self.facts.setText(said if ready else "")
        take = tr("Search with this region") if region is not None else tr("Search with the whole picture")
        self.take.setText(take)
        self.take.setToolTip(tr("{what} (Enter)", what=take))
        self.take.setEnabled(ready)
        self.whole.setEnabled(ready and region is not None)


class RegionPicker(Told, QWidget):
    """Shows a query picture and lets a region of it be drawn; nothing is asked before it is taken.

    Signals:
        taken: the Region, or None for the whole picture.
        closed: the user has changed their mind; the owner hides the picker.
    """

    taken = Signal(object)
    closed = Signal()
    accessible_role = QAccessible.Role.Pane

    def __init__(self, reader: PictureReader) -> None:
        super().__init__()
        self._reader = reader
        self._picture: QueryPicture | None = None
        self._reading: tuple[int, Task] | None = None
        self._failed = False
        self.canvas = RegionCanvas()
        self.notice = Notice()
        self.bar = RegionBar()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        FocusFrame(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.notice)
        column.addWidget(self.bar)
        self.canvas.framed.connect(self._read)
        self.canvas.region_changed.connect(self._describe)
        self.canvas.confirmed.connect(self._take)
        self.bar.whole_wanted.connect(lambda: self.canvas.set_region(None))
        self.bar.cancelled.connect(self.closed)
        self.bar.taken.connect(self._take)

    def show_picture(self, picture: QueryPicture, name: str, preview: QPixmap | None) -> None:
        """Begin with a picture and the region that it has.

        Args:
            name: what to call the picture.
            preview: something of the whole picture to look at at once.
        """
        self._let_go()
        self._picture = picture
        self.bar.name.setText(name)
        for told in (self, self.canvas):
            told.setAccessibleName(tr("Region of {name}", name=name))
        self.notice.say("")
        self.canvas.set_region(picture.region)
        self.canvas.begin(QSize(), preview)
        self._describe()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~_Modifier.KeypadModifier
        direction = _DIRECTIONS.get(Qt.Key(event.key()))
        if direction and modifiers in (_Modifier.NoModifier, _Modifier.ControlModifier):
            self.canvas.move_region(*direction, FINE_STEP if modifiers else KEY_STEP)
        elif direction and modifiers & _Modifier.ShiftModifier and not modifiers & _Modifier.AltModifier:
            self.canvas.grow_region(*direction, FINE_STEP if modifiers & _Modifier.ControlModifier else KEY_STEP)
        elif (run := self._keys().get(event.key())) and not modifiers & ~_Modifier.ShiftModifier:
            run()
        else:
            event.ignore()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # a minimised window comes back
            self._let_go()
            self._reader.forget()

    def _keys(self) -> dict[int, Callable[[], None]]:
        key = Qt.Key
        return {
            key.Key_Return: self._take,
            key.Key_Enter: self._take,
            key.Key_Escape: self.closed.emit,
            key.Key_Delete: lambda: self.canvas.set_region(None),
            key.Key_Backspace: lambda: self.canvas.set_region(None),
            key.Key_Plus: lambda: self.canvas.zoom_by(STEP),
            key.Key_Equal: lambda: self.canvas.zoom_by(STEP),
            key.Key_Minus: lambda: self.canvas.zoom_by(1 / STEP),
            key.Key_0: self.canvas.fit,
        }

    def _take(self) -> None:
        if self.canvas.ready:
            self.taken.emit(outline.unless_whole(self.canvas.region))

    def _read(self) -> None:
        """Read the picture as sharp as it is seen, if it is not yet."""
        picture = self._picture
        if picture is None or self._failed:
            return
        framing, layer = self.canvas.framing, self.canvas.layer
        # Before anything was read, the size is that of the preview.
        most = largest_side(layer.size if layer.loaded_side else QSize(), self._reader.whole_pixels)
        wanted = min(side_to_fit(framing), most) if framing.fits else most
        if layer.loaded_side >= wanted or (self._reading and self._reading[0] >= wanted):
            return
        task = self._reader.load_query_picture(
            picture,
            wanted,
            lambda pixels, small: self._on_ready(picture, pixels, small),
            lambda error: self._on_failed(picture, error),
        )
        self._reading = (wanted, task)

    def _on_ready(self, picture: QueryPicture, pixels: Pixels, small: bool) -> None:
        if picture is not self._picture:
            return
        self.canvas.add(pixels)
        if small:
            self.notice.say(tr("Its file is out of reach: this is the small picture that was kept of it."))
        self._describe()

    def _on_failed(self, picture: QueryPicture, error: EngineError) -> None:
        if picture is self._picture:
            self._failed = True
            self.canvas.show_message(error.message, error.hint)
            self._describe()

    def _describe(self) -> None:
        self.bar.show_region(self.canvas.region, self.canvas.layer.size, ready=self.canvas.ready)
        for told in (self, self.canvas):
            told.setAccessibleDescription(self.bar.facts.text())

    def _let_go(self) -> None:
        """Read nothing any more, and give the memory back."""
        self._picture = None
        if self._reading is not None:
            self._reading[1].cancel()
        self._reading, self._failed = None, False
        self.canvas.begin(QSize(), None)
