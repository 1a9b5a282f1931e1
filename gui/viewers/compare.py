"""Two pictures beside or over each other, zoomed and moved together."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAction, QHideEvent, QKeyEvent, QKeySequence, QPixmap, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from engine.records import Photo
from gui.accessible import Told
from gui.focus_frame import FocusFrame
from gui.gallery.listing import Listing, Nothing
from gui.pictures import PictureReader
from gui.translation import tr
from gui.viewers.compare_bar import CompareBar, View
from gui.viewers.overlay import DIVIDER_STEP, GAINS, Overlay, OverlayCanvas
from gui.viewers.pairs import Pairs
from gui.viewers.pane import Pane
from gui.viewers.sides import Side
from gui.viewers.surface import STEP, ZoomSurface
from gui.viewers.why_maps import WhyMaps

_SHARPEN_AFTER_MS = 150
BESIDE = (View.SIDE_BY_SIDE, View.WHY)
"""The views that show both pictures whole."""

Key = Qt.Key


class CompareViewer(Told, QWidget):
    """Compares one picture, which stays, with the photos of a listing, one after the other.

    Signals:
        closed: the user is done.
        photo_changed(Photo): the user went on to another photo.
    """

    closed = Signal()
    photo_changed = Signal(object)
    accessible_role = QAccessible.Role.Pane

    def __init__(
        self, reader: PictureReader, preview: Callable[[str], QPixmap | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._listing: Listing = Nothing()
        self._row = -1
        self._sides: list[Side] = []
        self._swapped = False
        self._linking = False
        self.stays = Pane(reader, preview)
        self.changes = Pane(reader, preview)
        self.overlay = OverlayCanvas(reader.compute)
        self.bar = CompareBar()
        self.why = WhyMaps(reader, self.stays, self.changes)
        self._pages = QStackedWidget()
        self._pictures = QHBoxLayout()
        self._captions = QHBoxLayout()
        self._sharpen = QTimer(self, singleShot=True, interval=_SHARPEN_AFTER_MS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        FocusFrame(self)
        self._arrange()
        self._connect()
        self.show_as(View.SIDE_BY_SIDE)

    @property
    def photo(self) -> Photo | None:
        """The photo that is compared with."""
        return self.changes.side.photo if self.changes.side is not None else None

    @property
    def row_id(self) -> str:
        """What the listing calls the row that is compared; empty if none is."""
        return self._listing.photo_id(self._row) if self._row >= 0 else ""

    @property
    def view(self) -> View:
        """How the two are shown."""
        return self.bar.view

    def compare(self, sides: Sequence[Side], listing: Listing, photo_id: str, *, why: bool = False) -> None:
        """Compare the first of these pictures with this photo of this listing; the others are a key away.

        Args:
            why: begin with what makes the two alike.
        """
        if why or self.view is View.WHY:
            self.show_as(View.WHY if why else View.SIDE_BY_SIDE)
        row = listing.row_of(photo_id)
        if row >= 0 and listing.photo(row) is not None:
            self._listing, self._row, self._sides = listing, row, list(sides)
            self._show_side(0)

    def change_side(self) -> None:
        """Let the next picture of the query stay instead."""
        if len(self._sides) > 1 and self.stays.side is not None:
            self._show_side((self._sides.index(self.stays.side) + 1) % len(self._sides))

    def go(self, steps: int) -> None:
        """Compare with another photo; the picture that stays is left out."""
        row = self._row + steps
        while 0 <= row < len(self._listing):
            photo = self._listing.photo(row)
            if photo is None:
                self._listing.want([range(row, row + 1)])  # the next key finds it
                return
            if self.stays.side is None or photo != self.stays.side.photo:
                self._row = row
                self._show_row()
                self.photo_changed.emit(photo)
                return
            row += steps

    def follow_listing(self, listing: Listing) -> None:
        """The listing has another form now: go on with the same photo, or with what took its place."""
        photo = self.photo
        if photo is None or listing is self._listing:
            return
        row = listing.row_of(photo.id)
        left = row < 0
        self._listing, self._row = listing, min(self._row, len(listing) - 1) if left else row
        if self._row < 0:
            self.closed.emit()
        elif left:
            self._show_row()
        else:
            self.bar.show_position(row, len(listing))

    def show_as(self, view: View) -> None:
        """Show the two in another way."""
        self.bar.show_view(view)
        self.why.set_wanted(view is View.WHY)
        if view in BESIDE:
            self._pages.setCurrentIndex(0)
        else:
            self._pages.setCurrentWidget(self.overlay)
            self.overlay.show_as(Overlay(view.value))
        self._say_which()

    def swap(self) -> None:
        """Left becomes right."""
        self._swapped = not self._swapped
        self._order()

    def adopt(self, actions: Iterable[QAction]) -> None:
        """Offer what can be done with the photos of the gallery here too, as far as its keys are not taken."""
        own = {QKeySequence(key) for key in self._keys}
        self.addActions([action for action in actions if own.isdisjoint(action.shortcuts())])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if shift and event.key() in (Key.Key_Left, Key.Key_Right):
            ahead = (event.key() == Key.Key_Right) != self.isRightToLeft()
            step = DIVIDER_STEP if ahead else -DIVIDER_STEP
            self.overlay.move_divider(self.overlay.divider + step)
            return
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
        if not event.spontaneous():
            self.why.stop()
            self.stays.let_go()
            self.changes.let_go()

    def _arrange(self) -> None:
        beside = QWidget()
        beside.setLayout(self._pictures)
        for row in (self._pictures, self._captions):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(1)
        self._pages.addWidget(beside)
        self._pages.addWidget(self.overlay)
        self._order()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._pages, 1)
        column.addWidget(self.why.panel)
        column.addLayout(self._captions)

    def _order(self) -> None:
        first, second = (self.changes, self.stays) if self._swapped else (self.stays, self.changes)
        for pane in (first, second):
            self._pictures.addWidget(pane.canvas, 1)
            self._captions.addWidget(pane.caption, 1)
        self.overlay.show_layers(first.canvas.layer, second.canvas.layer)
        self._say_which()

    def _connect(self) -> None:
        for surface in (self.stays.canvas, self.changes.canvas, self.overlay):
            surface.framed.connect(lambda surface=surface: self._on_framed(surface))
        for pane in (self.stays, self.changes):
            pane.changed.connect(self._on_pixels)
        self._sharpen.timeout.connect(self._read)
        self.overlay.flipped.connect(self._say_which)
        bar = self.bar
        bar.view_chosen.connect(self.show_as)
        bar.gain_chosen.connect(lambda step: self.overlay.set_gain(GAINS[step]))
        bar.timed_toggled.connect(self._set_timed)
        bar.previous_wanted.connect(lambda: self.go(-1))
        bar.next_wanted.connect(lambda: self.go(1))
        bar.swap_wanted.connect(self.swap)
        bar.side_wanted.connect(self.change_side)
        bar.size_toggled.connect(lambda: self._surface.toggle_full_size())
        bar.closed.connect(self.closed)
        self._keys: dict[int, Callable[[], object]] = {
            Key.Key_A: lambda: self.show_as(View.SIDE_BY_SIDE),
            Key.Key_S: lambda: self.show_as(View.SWIPE),
            Key.Key_F: lambda: self.show_as(View.FLICKER),
            Key.Key_D: lambda: self.show_as(View.DIFFERENCE),
            Key.Key_Y: lambda: self.show_as(View.WHY),
            Key.Key_W: self.swap,
            Key.Key_Q: self.change_side,
            Key.Key_T: bar.toggle_timed,
            Key.Key_Space: self._flip,
            Key.Key_Left: lambda: self._arrow(-1, 0),
            Key.Key_Right: lambda: self._arrow(1, 0),
            Key.Key_Up: lambda: self._arrow(0, -1),
            Key.Key_Down: lambda: self._arrow(0, 1),
            Key.Key_PageUp: lambda: self.go(-1),
            Key.Key_PageDown: lambda: self.go(1),
            Key.Key_Plus: lambda: self._surface.zoom_by(STEP),
            Key.Key_Equal: lambda: self._surface.zoom_by(STEP),
            Key.Key_Minus: lambda: self._surface.zoom_by(1 / STEP),
            Key.Key_0: lambda: self._surface.fit(),
            Key.Key_1: lambda: self._surface.zoom_to(1.0),
            Key.Key_Escape: self.closed.emit,
            Key.Key_C: self.closed.emit,
        }

    @property
    def _surface(self) -> ZoomSurface:
        return self.stays.canvas if self.view in BESIDE else self.overlay

    def _arrow(self, right: int, down: int) -> None:
        if self._surface.framing.fits:
            self.go(down or (-right if self.isRightToLeft() else right))
        else:
            self._surface.pan(right, down)

    def _flip(self) -> None:
        """Look at the other one; from another view, begin to."""
        if self.view is not View.FLICKER:
            self.show_as(View.FLICKER)
        else:
            self.overlay.flip()

    def _set_timed(self, timed: bool) -> None:
        if timed:
            self.show_as(View.FLICKER)
            self.overlay.flicker.start()
        else:
            self.overlay.flicker.stop()

    def _show_side(self, position: int) -> None:
        self.stays.show_side(self._sides[position])
        self.bar.show_side(position, len(self._sides))
        self._show_row()

    def _show_row(self) -> None:
        photo = self._listing.photo(self._row)
        if photo is None:
            return
        if isinstance(self._listing, Pairs):
            stays, changes = self._listing.sides(self._row)
            self._sides = [stays]
            self.stays.show_side(stays)
        else:
            changes = Side.of_photo(photo, self._listing.match(self._row), self._listing.noise_score)
        self.changes.show_side(changes)
        self.bar.show_position(self._row, len(self._listing))
        self.overlay.fit()
        self._read()
        self.why.refresh()
        for told in (self, self.overlay):
            told.setAccessibleName(tr("Comparing {one} with {other}", one=self.stays.title, other=self.changes.title))

    def _on_framed(self, moved: ZoomSurface) -> None:
        """All look at the same part."""
        if self._linking:
            return
        self._linking = True
        for surface in (self.stays.canvas, self.changes.canvas, self.overlay):
            if surface is not moved:
                surface.follow(moved.framing.place)
        self._linking = False
        self.bar.show_scale(self._surface.framing.scale)
        self._sharpen.start()

    def _on_pixels(self) -> None:
        """A picture has come, perhaps the first that tells its size."""
        size: QSize = self.stays.canvas.layer.size
        if self.overlay.framing.picture != size:
            place = self.overlay.framing.place
            self.overlay.frame_new(size)
            self.overlay.follow(place)
        self.overlay.refresh()

    def _read(self) -> None:
        for pane in (self.stays, self.changes):
            pane.read(self._surface.framing)

    def _say_which(self) -> None:
        panes = (self.changes, self.stays) if self._swapped else (self.stays, self.changes)
        one_only = self.view is View.FLICKER
        for pane, shown in zip(panes, (not self.overlay.second_shown, self.overlay.second_shown), strict=True):
            pane.caption.setEnabled(shown or not one_only)
