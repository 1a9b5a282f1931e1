"""The back and forward buttons at the side of a mouse."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication

PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class SideButtons(QObject):
    """Takes them before any part of the window does: lists and views would take them for clicks."""

    def __init__(self, window: QWindow, commands: Mapping[Qt.MouseButton, Callable[[], object]]) -> None:
        """`window` is what the system sends its mouse events to, and lives as long as the window on screen."""
        super().__init__(window)
        self._commands = commands
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent) or event.button() not in self._commands:
            return False
        if QApplication.activePopupWidget() is not None:
            return False  # a press beside a menu closes it
        if event.type() in PRESSES:
            self._commands[event.button()]()
        return True
