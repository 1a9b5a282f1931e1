"""Makes the whole window a place to drop things on, and the query bar one of its own."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from gui import drops
from gui.drops import Aim
from gui.panels.drop_overlay import DropOverlay, part_for_checks


@dataclass(frozen=True, slots=True)
class DropPlaces:
    """What is where, when a drag comes in.

    Attributes:
        bar: the query bar. Only it takes results of the window itself: dragging them out must not dim the window.
        has_query: whether there is a query to add to; without one the bar is like the rest of the window.
    """

    bar: QRect
    has_query: bool

    def aim(self, at: QPoint, *, shift: bool) -> Aim:
        """What is wanted of what is let go there."""
        if not self.has_query:
            return Aim.ASK
        if self.bar.contains(at):
            return Aim.BAR
        return Aim.ADD if shift else Aim.ASK


class DropTarget(QObject):
    """Watches the drags over a window, names what a drop would do, and tells when it is done.

    Signals:
        dropped: the QMimeData, and the Aim.
    """

    dropped = Signal(object, object)

    def __init__(self, window: QWidget, places: Callable[[], DropPlaces | None]) -> None:
        """`places` is asked at every drag; None while nothing can be taken."""
        super().__init__(window)
        self._window = window
        self._places = places
        self._drop: drops.Drop | None = None
        self._useless = False
        self.overlay = DropOverlay(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            self._on_enter(event)
        elif isinstance(event, QDragMoveEvent):
            self._show_promise(event)
        elif isinstance(event, QDropEvent):
            self._on_drop(event)
        elif event.type() == QEvent.Type.DragLeave:
            self._end()
        else:
            return False
        return True

    def _on_enter(self, event: QDragEnterEvent) -> None:
        places = self._places()
        self._drop = drops.promise(event.mimeData()) if places else None
        # What is dragged within the window and means nothing here, such as words of a field, is none of our business.
        self._useless = places is not None and self._drop is None and event.source() is None
        self._show_promise(event)
        # Accepted wherever it comes in, or Qt would not tell how the drag moves on.
        event.setAccepted(self._drop is not None or self._useless)

    def _show_promise(self, event: QDropEvent) -> None:
        places = self._places()
        if places is None or self._drop is None:
            event.ignore()
            if self._useless:
                self.overlay.show_useless(self._window.rect())
            return
        at, own = event.position().toPoint(), isinstance(self._drop, drops.OwnPhotos)
        if own and not places.bar.contains(at):
            event.ignore()
            self.overlay.hide()
            return
        event.acceptProposedAction()
        bar = places.bar if own or places.has_query else QRect()
        area = places.bar if own else self._window.rect()
        self.overlay.show_promise(self._drop, area, bar, self._aim(places, event))

    def _on_drop(self, event: QDropEvent) -> None:
        places = self._places()
        event.acceptProposedAction()
        aim = None if places is None else self._aim(places, event)
        self._end()
        if aim is not None:
            self.dropped.emit(event.mimeData(), aim)

    def _aim(self, places: DropPlaces, event: QDropEvent) -> Aim:
        at = event.position().toPoint()
        aim = places.aim(at, shift=_shift(event))
        checkable = isinstance(self._drop, drops.Files) and self._drop.may_be_checked
        bar = places.bar if places.has_query else QRect()
        checks = aim is Aim.ASK and checkable and part_for_checks(self._window.rect(), bar).contains(at)
        return Aim.CHECK if checks else aim

    def _end(self) -> None:
        self._drop = None
        self._useless = False
        self.overlay.hide()


def _shift(event: QDropEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
