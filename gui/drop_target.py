"""Makes the whole window a place to drop things on."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from gui import drops
from gui.panels.drop_overlay import DropOverlay


@dataclass(frozen=True, slots=True)
class DropPlaces:
    """What is where, when a drag comes in.

    Attributes:
        own: the only area that takes results of the window itself: dragging them out must not dim it.
        has_query: whether there is a query to add to.
    """

    own: QRect
    has_query: bool


class DropTarget(QObject):
    """Watches the drags over a window, names what a drop would do, and tells when it is done.

    Signals:
        dropped: the QMimeData, and whether Shift asks to add to the query.
    """

    dropped = Signal(object, bool)

    def __init__(self, window: QWidget, places: Callable[[], DropPlaces | None]) -> None:
        """`places` is asked at every drag; None while nothing can be taken."""
        super().__init__(window)
        self._window = window
        self._places = places
        self._drop: drops.Drop | None = None
        self.overlay = DropOverlay(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            self._on_enter(event)
        elif isinstance(event, QDragMoveEvent):
            self._show_promise(event)
        elif isinstance(event, QDropEvent):
            self._end()
            event.acceptProposedAction()
            self.dropped.emit(event.mimeData(), _shift(event))
        elif event.type() == QEvent.Type.DragLeave:
            self._end()
        else:
            return False
        return True

    def _on_enter(self, event: QDragEnterEvent) -> None:
        self._drop = drops.promise(event.mimeData()) if self._places() else None
        self._show_promise(event)
        # Accepted wherever it comes in, or Qt would not tell how the drag moves on.
        event.setAccepted(self._drop is not None)

    def _show_promise(self, event: QDropEvent) -> None:
        places = self._places()
        if self._drop is None or places is None:
            event.ignore()
            return
        area = places.own if isinstance(self._drop, drops.OwnPhotos) else self._window.rect()
        if not area.contains(event.position().toPoint()):
            event.ignore()
            self.overlay.hide()
            return
        event.acceptProposedAction()
        self.overlay.show_promise(self._drop, area, add=_shift(event), has_query=places.has_query)

    def _end(self) -> None:
        self._drop = None
        self.overlay.hide()


def _shift(event: QDropEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
