"""The gallery: the photos of an answer, in a grid that is instant at a million rows."""

from collections.abc import Callable, Sequence
from itertools import chain, islice

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
    SignalInstance,
    Slot,
)
from PySide6.QtGui import (
    QAccessibleInterface,
    QContextMenuEvent,
    QCursor,
    QDrag,
    QFocusEvent,
    QFontMetrics,
    QHoverEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from engine.records import Photo
from gui.gallery.arrangement import Stacked
from gui.gallery.captions import DEFAULT, Caption
from gui.gallery.cells_told import CellsTold
from gui.gallery.delegate import CellDelegate, caption_font, cell_extra_height
from gui.gallery.demand import Demand
from gui.gallery.drag import STACKED, mime_of, stack_of
from gui.gallery.geometry import LARGEST, SMALLEST, Grid, size_for
from gui.gallery.grid import GridView, Index
from gui.gallery.ground import paint_heading, paint_message, paint_noise_line, paint_skeletons, strip_height
from gui.gallery.marks import badge_area
from gui.gallery.model import GalleryModel, Role
from gui.gallery.quick_actions import QuickActions
from gui.gallery.thumbnails import ThumbnailLoader
from gui.gallery.type_ahead import TypeAhead
from gui.theme import BY_ITS_LETTERS, Colors, colors
from gui.translation import tr

DEFAULT_SIZE = 176
MOST_DRAGGED = 10_000
MOST_ANNOUNCED = 10_000
"""Whoever follows the selection gets no more photos than this, so that to select a million takes no time."""
_NOTCH = 120  # one step of a mouse wheel, as Qt counts

Key = Qt.Key
State = QStyle.StateFlag
_NAVIGATION = {
    Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down,
    Key.Key_Home, Key.Key_End, Key.Key_PageUp, Key.Key_PageDown,
}  # fmt: skip
_HOVERS = {QEvent.Type.HoverEnter, QEvent.Type.HoverMove, QEvent.Type.HoverLeave}


class GalleryView(GridView):
    """Shows a `GalleryModel`.

    Signals:
        opened(Photo): Enter or double-click.
        lookalikes_wanted(Photo): L.
        preview_wanted(Photo): Space.
        more_like_wanted(Photo), less_like_wanted(Photo): the quick actions on the photo under the pointer.
        context_menu_wanted(list[Photo], QPoint): for the selected photos, at a global position.
        selection_changed(list[Photo]): the selected photos, in the order of the rows; at most `MOST_ANNOUNCED` of them.
        drag_refused(int): so many photos cannot be dragged, because there are too many or some have not been read yet.
        stack_wanted(Photo): G, or a click on the number of a stack: open or close the stack of this photo.
        thumbnail_size_changed(int): the wanted size in pixels.
        end_reached: the last row is in sight or the current one, or there is none.
    """

    opened = Signal(object)
    lookalikes_wanted = Signal(object)
    preview_wanted = Signal(object)
    more_like_wanted = Signal(object)
    less_like_wanted = Signal(object)
    context_menu_wanted = Signal(list, QPoint)
    selection_changed = Signal(object)  # not list: Qt would convert every element
    drag_refused = Signal(int)
    stack_wanted = Signal(object)
    thumbnail_size_changed = Signal(int)
    end_reached = Signal()

    def __init__(self, model: GalleryModel, loader: ThumbnailLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._loader = loader
        self._size = DEFAULT_SIZE
        self._wheel_travel = 0
        self._busy = False
        self._empty_message = (tr("No matches"), "")
        self._hovered = -1
        self._by_keyboard = False  # the keyboard's frame is shown only to those who use it
        self._demand = Demand(self, model, loader)
        self._end = QTimer(self, singleShot=True, interval=0)  # not in the midst of a change of the rows
        self._end.timeout.connect(self._look_for_end)
        self._actions = QuickActions(self.viewport())
        self._actions.more_wanted.connect(lambda: self._emit_for(self.more_like_wanted, self._hovered))
        self._actions.less_wanted.connect(lambda: self._emit_for(self.less_like_wanted, self._hovered))
        self._keys: dict[int, SignalInstance] = {
            Key.Key_Space: self.preview_wanted,
            Key.Key_Return: self.opened,
            Key.Key_Enter: self.opened,
            Key.Key_L: self.lookalikes_wanted,
            Key.Key_G: self.stack_wanted,
        }
        self._captions: tuple[Caption, ...] = DEFAULT
        self._cells = CellDelegate(self)
        self._typing = TypeAhead(self.viewport())
        self._typing.typed.connect(self._go_to_name)
        self.setItemDelegate(self._cells)
        self.setFrameShape(self.Shape.NoFrame)
        self.setAccessibleName(tr("Matches"))
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setModel(model)
        model.shown.connect(self.lay_out)
        model.dataChanged.connect(self._demand.ask_soon)
        self.doubleClicked.connect(lambda index: self._emit_for(self.opened, index.row()))

    def selected_rows(self) -> list[range]:
        """The selected rows as runs of neighbours, from the top."""
        parts = sorted((part.top(), part.bottom()) for part in self.selectionModel().selection().toList())
        return [range(first, last + 1) for first, last in parts]

    def selected_photos(self) -> list[Photo]:
        """The selected photos in the order of the rows, as far as they have been read."""
        photos = (self._model.photo_at(row) for run in self.selected_rows() for row in run)
        return [photo for photo in photos if photo is not None]

    def gather_selected(self, done: Callable[[list[Photo]], None]) -> None:
        """Hand over the selected photos in the order of the rows, once all of them have been read."""
        self._model.listing.gather(self.selected_rows(), done)

    def current_photo(self) -> Photo | None:
        """The photo that keys act on."""
        row = self.currentIndex().row()
        return self._model.photo_at(row) if row >= 0 else None

    def set_current_photo(self, photo_id: str) -> None:
        """Select this photo alone and scroll to it; nothing happens if it is not shown."""
        row = self._model.row_of(photo_id)
        if row >= 0:
            # Not setCurrentIndex: that one looks at the modifier keys, which may be held for something else.
            index, select = self._model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, select)

    def thumbnail_size(self) -> int:
        """The wanted side of a picture; the cells come as close to it as fills the width."""
        return self._size

    def set_thumbnail_size(self, size: int) -> None:
        """Want pictures of this side; what is looked at stays where it is."""
        size = min(max(size, SMALLEST), LARGEST)
        if size == self._size:
            return
        self._hold_what_is_looked_at()
        self._size = size
        self.lay_out()
        self.thumbnail_size_changed.emit(size)

    def set_captions(self, captions: tuple[Caption, ...]) -> None:
        """Let these lines stand under every photo, as far as the listing has them."""
        self._captions = captions
        self._hold_what_is_looked_at()
        self.lay_out()

    def set_busy(self, busy: bool) -> None:
        """Show waiting cells while there are no rows yet."""
        self._busy = busy
        self.viewport().update()

    def set_empty_message(self, title: str, hint: str = "") -> None:
        """What to say when there are no rows and none are coming."""
        self._empty_message = (title, hint)
        self.viewport().update()

    # Geometry

    def fit_grid(self) -> Grid:
        scored = self._model.listing.scored
        self._cells.captions = tuple(line for line in self._captions if scored or line is not Caption.SCORE)
        noise_row = self._model.noise_row
        headings = [section.first for section in self._model.listing.sections]
        return self._grid_of(self._model.rowCount(), headings if noise_row is None else [noise_row])

    def can_drag_from(self, index: QModelIndex, position: QPoint) -> bool:
        cell = self.visualRect(index)
        parts = [self._cells.picture(cell, self.font(), index), *self._cells.layout_of(cell, self.font()).lines]
        return any(part.contains(position) for part in parts)

    def accessible_interface(self) -> QAccessibleInterface:
        return CellsTold(self)

    def moved(self) -> None:
        self._demand.ask_soon()
        self._end.start()
        under = self.viewport().mapFromGlobal(QCursor.pos())
        self._hover(self.indexAt(under).row() if self.viewport().underMouse() else -1)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._end.start()

    def _look_for_end(self) -> None:
        furthest = max(self.visible_rows().stop, self.currentIndex().row() + 1)  # a viewer may lie over the rows
        if furthest >= self.grid.count:
            self.end_reached.emit()

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        tones = colors(self.palette())
        painter = QPainter(self.viewport())
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setLayoutDirection(BY_ITS_LETTERS)
        painter.fillRect(event.rect(), tones.gallery_ground)
        if self.grid.count:
            self._paint_cells(painter, event)
            self._paint_strips(painter, event, tones)
        elif self._busy:
            paint_skeletons(painter, self._waiting_grid(), self.font(), tones, len(self._cells.captions))
        else:
            paint_message(painter, self.viewport().rect(), *self._empty_message, self.font(), tones)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self._typing.active and self._typing.wants(event):
            self._typing.take(event)
        elif key in _NAVIGATION or event.matches(QKeySequence.StandardKey.SelectAll):
            self._by_keyboard = True
            super().keyPressEvent(event)
        elif plain and key in self._keys and not event.isAutoRepeat():
            self._emit_for(self._keys[key], self.currentIndex().row())
        elif self._typing.wants(event):
            self._typing.take(event)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_keyboard = False
        row = self._badge_at(event.position().toPoint()) if event.button() == Qt.MouseButton.LeftButton else -1
        if row >= 0:
            self._emit_for(self.stack_wanted, row)
        else:
            super().mousePressEvent(event)

    def event(self, event: QEvent) -> bool:
        asks = event.type() == QEvent.Type.ShortcutOverride
        if asks and isinstance(event, QKeyEvent) and self._typing.active and self._typing.wants(event):
            event.accept()  # while a name is typed, its letters are no shortcuts
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Coming back from another window leaves it as it was.
        tabbed = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._by_keyboard |= tabbed
        super().focusInEvent(event)
        if tabbed:
            self.scrollTo(self.currentIndex())  # where the keys are is to be seen

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._wheel_travel += event.angleDelta().y()
        notches = int(self._wheel_travel / _NOTCH)
        self._wheel_travel -= notches * _NOTCH
        if notches:
            # A notch is a column: every turn of the wheel can be seen.
            self.set_thumbnail_size(size_for(self._layout_width(), self.grid.columns - notches))
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        photos = self.selected_photos()
        if not photos:
            return
        position = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            position = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.context_menu_wanted.emit(photos, position)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in _HOVERS and isinstance(event, QHoverEvent):
            left = event.type() == QEvent.Type.HoverLeave
            self._hover(-1 if left else self.indexAt(event.position().toPoint()).row())
        return super().viewportEvent(event)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        rows = chain.from_iterable(self.selected_rows())
        photos = (self._model.photo_at(row) for row in islice(rows, MOST_ANNOUNCED))
        self.selection_changed.emit([photo for photo in photos if photo is not None])

    def reset(self) -> None:
        super().reset()
        self.selection_changed.emit([])  # Qt says nothing of a selection that ends with its rows

    def startDrag(self, actions: Qt.DropAction) -> None:
        rows = sum(map(len, self.selected_rows()))
        photos = self.selected_photos() if rows <= MOST_DRAGGED else []
        if len(photos) < rows:  # never some of them only: who drops them would not notice
            self.drag_refused.emit(rows)
            return
        drag = QDrag(self)
        drag.setMimeData(mime_of(photos))
        pictures = [image for photo in photos[:STACKED] if (image := self._loader.image(photo.id)) is not None]
        drag.setPixmap(stack_of(pictures, len(photos), colors(self.palette()), self.font(), self.devicePixelRatioF()))
        drag.exec(actions)

    # Inside

    def _grid_of(self, count: int, breaks: Sequence[int]) -> Grid:
        width = self.viewport().width()
        return Grid.fit(
            count,
            breaks,
            width=width,
            reserved=width - self._layout_width(),
            thumbnail_size=self._size,
            caption_height=cell_extra_height(self.font(), len(self._cells.captions)),
            strip_height=strip_height(self.font()),
            mirrored=self.isRightToLeft(),
        )

    def _layout_width(self) -> int:
        """The width with a scroll bar, whether there is one or not: else it could come and go for ever."""
        return max(self.contentsRect().width() - self.verticalScrollBar().sizeHint().width(), 1)

    def _waiting_grid(self) -> Grid:
        """As many cells as the viewport shows, the last line perhaps cut."""
        line = self._grid_of(1, ())
        return self._grid_of(line.columns * (self.viewport().height() // line.cell_height + 1), ())

    def _hold_what_is_looked_at(self) -> None:
        """The photo under the pointer, else the current one if it can be seen."""
        visible = self.visible_rows()
        for row in (self._hovered, self.currentIndex().row()):
            if row in visible:
                self.hold(row)
                return

    def _paint_cells(self, painter: QPainter, event: QPaintEvent) -> None:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain = option.state & ~(State.State_Selected | State.State_MouseOver | State.State_HasFocus)
        focused = self.currentIndex().row() if self._by_keyboard and self.hasFocus() else -1
        top = event.rect().top() + self.verticalOffset()
        for row in self.grid.rows_between(top, top + event.rect().height()):
            index = self._model.index(row)
            option.rect = self.visualRect(index)
            if not event.region().intersects(option.rect):
                continue
            option.state = plain
            if self.selectionModel().isSelected(index):
                option.state |= State.State_Selected
            if row == self._hovered:
                option.state |= State.State_MouseOver
            if row == focused:
                option.state |= State.State_HasFocus
            self.itemDelegate().paint(painter, option, index)

    def _paint_strips(self, painter: QPainter, event: QPaintEvent, tones: Colors) -> None:
        offset, noise_row = self.verticalOffset(), self._model.noise_row
        titles = {section.first: section.title for section in self._model.listing.sections}
        for row, strip in self.grid.strips_between(event.rect().top() + offset, event.rect().bottom() + offset):
            area = strip.translated(0, -offset)
            if row == noise_row:
                paint_noise_line(painter, area, self.font(), tones)
            else:
                paint_heading(painter, area, titles[row], self.font(), tones, self.layoutDirection())

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            for changed in (self._hovered, row):
                self.update(self._model.index(changed))
            self._hovered = row
        if row < 0:
            self._actions.hide()
        else:
            index = self._model.index(row)
            self._actions.show_on(self._cells.picture(self.visualRect(index), self.font(), index))

    def _badge_at(self, position: QPoint) -> int:
        """The row whose number of folded photos is here, or -1."""
        index = self.indexAt(position)
        stack: Stacked | None = index.data(Role.STACK) if index.isValid() else None
        if stack is None or not stack.best:
            return -1
        picture = self._cells.picture(self.visualRect(index), self.font(), index)
        badge = badge_area(picture, stack, QFontMetrics(caption_font(self.font())), self.layoutDirection())
        return index.row() if badge.contains(position) else -1

    @Slot(str, bool)
    def _go_to_name(self, beginning: str, going_on: bool) -> None:
        """The next photo of this name; the one that was found before stays while it fits what is typed on."""
        current = self.currentIndex().row()
        row = self._model.listing.find(beginning, max(current, 0) if going_on else current + 1)
        if row >= 0:
            self._by_keyboard = True
            self.selectionModel().setCurrentIndex(
                self._model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def _emit_for(self, signal: SignalInstance, row: int) -> None:
        photo = self._model.photo_at(row) if row >= 0 else None
        if photo is not None:
            signal.emit(photo)
