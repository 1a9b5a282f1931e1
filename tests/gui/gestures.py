"""What a user or another program hands to the window."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QMessageBox, QWidget


def files(*paths: Path) -> QMimeData:
    """What a file manager drags or copies."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def question(window: QWidget) -> QMessageBox | None:
    """What the window asks, if it does."""
    return next((box for box in window.findChildren(QMessageBox) if box.isVisible()), None)


def answer(box: QMessageBox, text: str) -> None:
    """Click the button of a question."""
    next(button for button in box.buttons() if button.text() == text).click()


def qt_picture(color: str = "tomato", side: int = 48) -> QImage:
    """A picture without a file."""
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    return image
