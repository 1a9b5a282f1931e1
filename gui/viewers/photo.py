"""One photo of an answer, as large as the window, with its neighbours an arrow key away."""

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QImage, QKeyEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.errors import EngineError
from engine.records import Match, Photo, SearchResult
from gui.viewers.canvas import STEP, PictureCanvas
from gui.viewers.caption import CaptionBar

MOST_PIXELS_ACROSS = 8192
"""Longest side that is ever decoded: 256 MiB of memory at most."""
_SHARPEN_AFTER_MS = 150
_KEPT = 4
_SIDE_STEP = 256

Key = Qt.Key


class Load(Protocol):
    """Decodes a file off the GUI thread; exactly one of the two callbacks follows, on the GUI thread."""

    def __call__(
        self,
        path: Path,
        longest_side: int,
        on_ready: Callable[[QImage], None],
        on_failure: Callable[[EngineError], None],
    ) -> None:
        """Begin to decode, so that the longest side has at least so many pixels unless the file has fewer."""


class PhotoViewer(QWidget):
    """Looks at the photos of one answer, one at a time.

    Signals:
        closed: the user is done; the owner hides the viewer.
        photo_changed(Photo): the user went on to another photo.
        lookalikes_wanted(Photo): L, or the button.
        context_menu_wanted(Photo, QPoint): at a global position.
    """

    closed = Signal()
    photo_changed = Signal(object)
    lookalikes_wanted = Signal(object)
    context_menu_wanted = Signal(object, QPoint)

    def __init__(self, load: Load, preview: Callable[[str], QPixmap | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._load = load
        self._preview = preview
        self._result: SearchResult | None = None
        self._position = 0
        self._ahead = 1  # the direction of travel, where the next photo is decoded in advance
        self._pictures: OrderedDict[str, QPixmap] = OrderedDict()  # by photo id, the oldest first
        self._asked: set[tuple[str, int]] = set()  # photo id and side: on their way, or here
        self._filled_screen = False
        self.canvas = PictureCanvas(self)
        self.caption = CaptionBar(self)
        self._sharpen = QTimer(self, singleShot=True, interval=_SHARPEN_AFTER_MS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._arrange()
        self._connect()

    @property
    def match(self) -> Match | None:
        """The match that is shown."""
        return self._result.matches[self._position] if self._result is not None else None

    def show_result(self, result: SearchResult, photo_id: str) -> None:
        """Show this photo of this answer. The same photo of a refreshed answer goes on being shown as it is."""
        position = next((at for at, match in enumerate(result.matches) if match.photo.id == photo_id), None)
        if position is None:
            return
        before = self.match
        self._result, self._position = result, position
        if before is None or before.photo != result.matches[position].photo or self.canvas.message:
            self._show_photo()
        self._describe()

    def go(self, steps: int) -> None:
        """Go on by so many photos, not beyond the ends."""
        if self._result is None:
            return
        position = min(max(self._position + steps, 0), len(self._result.matches) - 1)
        if position != self._position:
            self._ahead = 1 if steps > 0 else -1
            self._position = position
            self._show_photo()
            self._describe()
            self.photo_changed.emit(self._result.matches[position].photo)

    def toggle_full_screen(self) -> None:
        """Let the window that the viewer is in fill the screen, or leave it again."""
        window = self.window()
        self._filled_screen = not window.isFullScreen()
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def close_viewer(self) -> None:
        """Tell the owner that the user is done, and leave the full screen if it was entered from here."""
        if self._filled_screen and self.window().isFullScreen():
            self.toggle_full_screen()
        self._filled_screen = False
        self._pictures.clear()
        self._asked.clear()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        run = self._keys.get(event.key())
        modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if run is None or modifiers:
            event.ignore()
        else:
            run()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.match is not None:
            self.context_menu_wanted.emit(self.match.photo, event.globalPos())

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.caption)

    def _connect(self) -> None:
        self.canvas.framed.connect(self._on_framed)
        self._sharpen.timeout.connect(self._ask_for_pixels)
        self.caption.previous_wanted.connect(lambda: self.go(-1))
        self.caption.next_wanted.connect(lambda: self.go(1))
        self.caption.size_toggled.connect(self.canvas.toggle_full_size)
        self.caption.lookalikes_wanted.connect(self._want_lookalikes)
        self.caption.closed.connect(self.close_viewer)
        self._keys: dict[int, Callable[[], None]] = {
            Key.Key_Left: lambda: self.go(1 if self.isRightToLeft() else -1),
            Key.Key_Right: lambda: self.go(-1 if self.isRightToLeft() else 1),
            Key.Key_Up: lambda: self.go(-1),
            Key.Key_Down: lambda: self.go(1),
            Key.Key_Plus: lambda: self.canvas.zoom_by(STEP),
            Key.Key_Equal: lambda: self.canvas.zoom_by(STEP),  # where + is without Shift
            Key.Key_Minus: lambda: self.canvas.zoom_by(1 / STEP),
            Key.Key_0: self.canvas.fit,
            Key.Key_1: lambda: self.canvas.zoom_to(1.0),
            Key.Key_F11: self.toggle_full_screen,
            Key.Key_L: self._want_lookalikes,
            Key.Key_Escape: self.close_viewer,
            Key.Key_Space: self.close_viewer,
        }

    def _show_photo(self) -> None:
        """What there is at once: the picture if it was decoded in advance, else the thumbnail; then ask for more."""
        photo = self._photo()
        if photo is None:
            return
        self.canvas.begin(QSize(photo.width, photo.height), self._preview(photo.id))
        if photo.id in self._pictures:
            self.canvas.add(self._pictures[photo.id])
        self._ask_for_pixels()

    def _describe(self) -> None:
        if self._result is not None and self.match is not None:
            self.caption.show_match(self.match, self._result.noise_score, self._position, len(self._result.matches))
            self.setAccessibleName(self.caption.text)

    def _on_framed(self) -> None:
        self.caption.show_scale(None if self.canvas.message else self.canvas.framing.scale)
        self._sharpen.start()

    def _ask_for_pixels(self) -> None:
        """Decode the photo on show as large as it is seen, or look ahead if that is done."""
        photo = self._photo()
        if photo is None or self.canvas.message:
            return
        side = self._needed_side(photo)
        if self.canvas.loaded_side < side:
            self._ask(photo, side)
        else:
            self._look_ahead()

    def _needed_side(self, photo: Photo) -> int:
        """Pixels along the longest side: enough for the window while all of the photo is seen, else all there are."""
        most = min(max(photo.width, photo.height) or MOST_PIXELS_ACROSS, MOST_PIXELS_ACROSS)
        framing = self.canvas.framing
        if not framing.fits:
            return most
        seen = max(framing.view.width(), framing.view.height()) * framing.ratio
        return min(_SIDE_STEP * -(-round(seen) // _SIDE_STEP), most)

    def _look_ahead(self) -> None:
        if self._result is None:
            return
        at = self._position + self._ahead
        if 0 <= at < len(self._result.matches):
            photo = self._result.matches[at].photo
            if photo.id not in self._pictures:
                self._ask(photo, self._needed_side(photo))

    def _ask(self, photo: Photo, side: int) -> None:
        if (photo.id, side) in self._asked:
            return
        self._asked.add((photo.id, side))
        self._load(
            photo.path,
            side,
            lambda image: self._on_ready(photo, image),
            lambda error: self._on_failure(photo, side, error),
        )

    def _on_ready(self, photo: Photo, image: QImage) -> None:
        """Keep the picture; show it if its photo is still the one on show."""
        pixmap = QPixmap.fromImage(image)
        kept = self._pictures.pop(photo.id, None)
        self._pictures[photo.id] = kept if kept is not None and kept.width() > pixmap.width() else pixmap
        while len(self._pictures) > _KEPT:
            dropped, _ = self._pictures.popitem(last=False)
            self._asked = {asked for asked in self._asked if asked[0] != dropped}
        if photo == self._photo():
            self.canvas.add(pixmap)
            self._look_ahead()

    def _on_failure(self, photo: Photo, side: int, error: EngineError) -> None:
        """Say so in place of the photo; a photo that was seen already only stays as unsharp as it is."""
        self._asked.discard((photo.id, side))  # who comes back to it tries again
        if photo == self._photo() and photo.id not in self._pictures:
            self.canvas.show_message(error.message, error.hint)
            self.caption.show_scale(None)
            self._look_ahead()

    def _photo(self) -> Photo | None:
        return self.match.photo if self.match is not None else None

    def _want_lookalikes(self) -> None:
        photo = self._photo()
        if photo is not None:
            self.lookalikes_wanted.emit(photo)
