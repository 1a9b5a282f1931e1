"""Somebody in front of the window."""

from collections.abc import Callable
from pathlib import Path

from gestures import files
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from gui.app import Session

ENOUGH_MS = 30_000
NO_KEYS = Qt.KeyboardModifier.NoModifier

IN_THE_WINDOW, ON_THE_BAR = QPoint(400, 300), QPoint(600, 20)


class User:
    """Does to a window what people do, and waits as they do."""

    def __init__(self, qtbot, session: Session) -> None:
        self._qtbot = qtbot
        self.session = session
        self.window = session.window
        self.workspace = session.window.workspace

    def until(self, test: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(test()), timeout=ENOUGH_MS)

    def add_folder(self, folder: Path) -> None:
        self.drop(files(folder))
        self.until(lambda: self.workspace.indexing.running)
        self.until(lambda: not self.workspace.indexing.running)

    def drop(self, mime: QMimeData, keys: Qt.KeyboardModifier = NO_KEYS, place: QPoint = IN_THE_WINDOW) -> None:
        buttons, copy = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
        QApplication.sendEvent(self.window, QDragEnterEvent(place, copy, mime, buttons, keys))
        QApplication.sendEvent(self.window, QDropEvent(QPointF(place), copy, mime, buttons, keys))

    def search_with(self, path: Path) -> None:
        self.drop(files(path))
        self.until(lambda: self.query_names() == [path.name] and self.workspace.searching.result)

    def query_names(self) -> list[str]:
        return [chip.name for chip in self.workspace.query_bar.chips.chips()]

    def matches(self) -> list[str]:
        result = self.workspace.results.result
        return [match.photo.path.name for match in result.matches] if result else []

    def history(self) -> list[str]:
        model = self.workspace.history.model
        return [model.index(row).data() for row in range(model.rowCount())]

    def choose_from_history(self, name: str) -> None:
        model = self.workspace.history.model
        row = self.history().index(name)
        self.workspace.history.view.setCurrentIndex(model.index(row))

    def key(self, widget, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        self._qtbot.keyClick(widget, key, modifiers)
