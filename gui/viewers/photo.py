"""One photo of a listing, as large as the window, with its neighbours an arrow key away."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAction,
    QContextMenuEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPixmap,
    QShowEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.errors import EngineError
from engine.records import Match, Photo
from gui.accessible import Told
from gui.focus_frame import FocusFrame
from gui.gallery.listing import Listing, Nothing
from gui.pictures import Pixels
from gui.translation import tr
from gui.viewers.canvas import PictureCanvas
from gui.viewers.caption import CaptionBar
from gui.viewers.facts import megapixels, why_not_shown
from gui.viewers.needs import is_huge, side_to_fit, wishes
from gui.viewers.notice import Notice
from gui.viewers.shelf import Reading, Shelf, Wish
from gui.viewers.surface import STEP

_SHARPEN_AFTER_MS = 150
LINGER_MS = 700
"""Who looks at a photo that long may want to zoom in: then all of its pixels are read."""

Key = Qt.Key


class PhotoViewer(Told, QWidget):
    """Looks at the photos of one listing, one at a time.

    Signals:
        closed: the user is done; the owner hides the viewer.
        photo_changed(Photo): another photo is shown.
        lookalikes_wanted(Photo): L, or the button.
        region_wanted(Photo), compare_wanted(Photo): the buttons.
        context_menu_wanted(Photo, QPoint): at a global position.
    """

    closed = Signal()
    photo_changed = Signal(object)
    lookalikes_wanted = Signal(object)
    region_wanted = Signal(object)
    compare_wanted = Signal(object)
    context_menu_wanted = Signal(object, QPoint)
    accessible_role = QAccessible.Role.Pane

    def __init__(
        self, reading: Reading, preview: Callable[[str], QPixmap | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._reading = reading
        self._preview = preview
        self._listing: Listing = Nothing()
        self._row = -1
        self._photo: Photo | None = None
        self._ahead = 1  # the direction of travel, where the next photo is read first
        self._filled_screen = False
        self.shelf = Shelf(reading, self)
        self.canvas = PictureCanvas(self)
        self.notice = Notice(self)
        self.caption = CaptionBar(self)
        self._sharpen = QTimer(self, singleShot=True, interval=_SHARPEN_AFTER_MS)
        self._linger = QTimer(self, singleShot=True, interval=LINGER_MS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        FocusFrame(self)
        self._arrange()
        self._connect()

    @property
    def photo(self) -> Photo | None:
        """The photo that is shown; None while it is looked up."""
        return self._photo

    @property
    def match(self) -> Match | None:
        """The shown photo with its score, if the listing answers a query."""
        return self._listing.match(self._row) if self._row >= 0 else None

    @property
    def noise_score(self) -> float:
        """The score below which a match is as near as chance is."""
        return self._listing.noise_score

    def show_listing(self, listing: Listing, photo_id: str) -> None:
        """Show this photo of this listing; nothing happens if it is not in it."""
        row = listing.row_of(photo_id)
        if row >= 0:
            self._take(listing)
            self._go_to(row)

    def follow_listing(self, listing: Listing) -> None:
        """The listing has another form now: go on looking at the same photo, or at what took its place."""
        if self._row < 0 or listing is self._listing:
            return
        row = listing.row_of(self._listing.photo_id(self._row))
        self._take(listing)
        if row < 0 and len(listing):
            row = min(self._row, len(listing) - 1)
        if row < 0:
            self._row = -1
            self.close_viewer()
        else:
            self._go_to(row)

    def go(self, steps: int) -> None:
        """Go on by so many photos, not beyond the ends."""
        row = min(max(self._row + steps, 0), len(self._listing) - 1)
        if self._row >= 0 and row != self._row:
            self._ahead = 1 if steps > 0 else -1
            self._go_to(row)

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
        self.closed.emit()

    def adopt(self, actions: Iterable[QAction]) -> None:
        """Offer what can be done with the photos of the gallery here too, as far as its keys are not taken."""
        own = {QKeySequence(key) for key in self._keys}
        self.addActions([action for action in actions if own.isdisjoint(action.shortcuts())])

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

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # a minimised window comes back
            self._let_go()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._photo is not None:
            self.context_menu_wanted.emit(self._photo, event.globalPos())

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.notice)
        column.addWidget(self.caption)

    def _connect(self) -> None:
        self._listing.loaded.connect(self._on_loaded)
        self.canvas.framed.connect(self._on_framed)
        self.shelf.arrived.connect(self._on_arrived)
        self.shelf.failed.connect(self._on_failed)
        self._sharpen.timeout.connect(self._read)
        self._linger.timeout.connect(self._read)
        self.caption.previous_wanted.connect(lambda: self.go(-1))
        self.caption.next_wanted.connect(lambda: self.go(1))
        self.caption.size_toggled.connect(self.canvas.toggle_full_size)
        self.caption.lookalikes_wanted.connect(lambda: self._emit_photo(self.lookalikes_wanted.emit))
        self.caption.region_wanted.connect(lambda: self._emit_photo(self.region_wanted.emit))
        self.caption.compare_wanted.connect(lambda: self._emit_photo(self.compare_wanted.emit))
        self.caption.closed.connect(self.close_viewer)
        self._keys: dict[int, Callable[[], None]] = {
            Key.Key_Left: lambda: self._arrow(-1, 0),
            Key.Key_Right: lambda: self._arrow(1, 0),
            Key.Key_Up: lambda: self._arrow(0, -1),
            Key.Key_Down: lambda: self._arrow(0, 1),
            Key.Key_PageUp: lambda: self.go(-1),
            Key.Key_PageDown: lambda: self.go(1),
            Key.Key_Home: lambda: self.go(-len(self._listing)),
            Key.Key_End: lambda: self.go(len(self._listing)),
            Key.Key_Plus: lambda: self.canvas.zoom_by(STEP),
            Key.Key_Equal: lambda: self.canvas.zoom_by(STEP),  # where + is without Shift
            Key.Key_Minus: lambda: self.canvas.zoom_by(1 / STEP),
            Key.Key_0: self.canvas.fit,
            Key.Key_1: lambda: self.canvas.zoom_to(1.0),
            Key.Key_F11: self.toggle_full_screen,
            Key.Key_L: lambda: self._emit_photo(self.lookalikes_wanted.emit),
            Key.Key_Escape: self.close_viewer,
            Key.Key_Space: self.close_viewer,
        }

    def _arrow(self, right: int, down: int) -> None:
        """Pan while only a part of the photo is seen, else go to a neighbour."""
        if not self.canvas.framing.fits:
            self.canvas.pan(right, down)
        elif down:
            self.go(down)
        else:
            self.go(-right if self.isRightToLeft() else right)

    def _take(self, listing: Listing) -> None:
        self._listing.loaded.disconnect(self._on_loaded)
        listing.loaded.connect(self._on_loaded)
        self._listing = listing

    def _go_to(self, row: int) -> None:
        self._row = row
        photo = self._listing.photo(row)
        self.caption.show_position(row, len(self._listing))
        if photo is None:
            self._photo = None
            self.canvas.begin(QSize(), self._preview(self._listing.photo_id(row)))
        else:
            self._show_photo(photo)
        self._look_up_neighbours()

    def _on_loaded(self, first: int, last: int) -> None:
        """The listing has read some of its photos: perhaps the one that is waited for."""
        photo = self._listing.photo(self._row) if first <= self._row <= last else None
        if photo is not None:
            self._show_photo(photo)
        elif self._photo is not None:
            self._read()

    def _look_up_neighbours(self) -> None:
        rows = [self._row, *self._neighbours()]
        if any(self._listing.photo(row) is None for row in rows):
            self._listing.want([range(row, row + 1) for row in rows])

    def _neighbours(self) -> list[int]:
        rows = (self._row + self._ahead, self._row - self._ahead)
        return [row for row in rows if 0 <= row < len(self._listing)]

    def _show_photo(self, photo: Photo) -> None:
        """What there is at once: the picture if it was read in advance, else the thumbnail; then ask for more."""
        if photo != self._photo:
            self._photo = photo
            self.shelf.forgive(photo)
            self.notice.say("")
            self.canvas.begin(QSize(photo.width, photo.height), self._preview(photo.id))
            for version in self.shelf.versions(photo):
                self._show_pixels(version)
            self._linger.start()
            self._read()
            self.photo_changed.emit(photo)
        self.caption.show_photo(photo, self.match, self.noise_score)
        for told in (self, self.canvas):
            told.setAccessibleName(self.caption.text)

    def _on_framed(self) -> None:
        self.caption.show_scale(None if self.canvas.message else self.canvas.framing.scale)
        self._sharpen.start()

    def _read(self) -> None:
        """Read the photo on show as sharp as it is seen, then its neighbours, then what may be wanted next."""
        photo = self._photo
        if photo is None:
            return
        lingering = not self._linger.isActive()
        own = wishes(photo, self.canvas.framing, self.canvas.layer, self._reading.whole_pixels, lingering=lingering)
        side = side_to_fit(self.canvas.framing)
        near = [Wish(other, side) for row in self._neighbours() if (other := self._listing.photo(row)) is not None]
        now = len(own) if not self.canvas.framing.fits else 1
        self.shelf.want([*own[:now], *near, *own[now:]])

    def _on_arrived(self, photo: Photo, pixels: Pixels) -> None:
        if photo == self._photo:
            self._show_pixels(pixels)
            self._say_how_much()

    def _show_pixels(self, pixels: Pixels) -> None:
        self.canvas.add(pixels)
        self.caption.show_scale(self.canvas.framing.scale)

    def _say_how_much(self) -> None:
        size, most = self.canvas.layer.size, self._reading.whole_pixels
        if not is_huge(size, most):
            self.notice.say("")
            return
        self.notice.say(
            tr(
                "This photo has {total} megapixels, more than are held at once: it is shown with {shown}. "
                "Zoom in, and the part you look at is read in full.",
                total=megapixels(size),
                shown=megapixels(QSize(most, 1)),
            )
        )

    def _on_failed(self, photo: Photo, error: EngineError) -> None:
        """Say so; the thumbnail stands in, as far as there is one."""
        if photo != self._photo or self.shelf.versions(photo):  # what was read before stays as unsharp as it is
            return
        title, hint = why_not_shown(photo, error)
        if not self.canvas.layer.empty:
            self.notice.say(tr("{why} This is its thumbnail.", why=f"{title} {hint}"), failed=True)
            return
        self.canvas.show_message(title, hint)
        self.caption.show_scale(None)
        self._reading.load_thumbnail(photo.id, lambda image: self._stand_in(photo, image, f"{title} {hint}"))

    def _stand_in(self, photo: Photo, thumbnail: QImage, why: str) -> None:
        if photo == self._photo and self.canvas.message:
            self._show_pixels(Pixels.of(thumbnail, QSize(photo.width, photo.height)))
            self.notice.say(tr("{why} This is its thumbnail.", why=why), failed=True)

    def _let_go(self) -> None:
        """Give back the memory: nobody looks."""
        self._linger.stop()
        self._sharpen.stop()
        self._photo = None
        self.shelf.clear()
        self.canvas.begin(QSize(), None)

    def _emit_photo(self, emit: Callable[[Photo], None]) -> None:
        if self._photo is not None:
            emit(self._photo)
