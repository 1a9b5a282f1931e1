"""What several tests do to photos in the window."""

from PySide6.QtWidgets import QPushButton
from user import User


def choose(user: User, *rows: int) -> list[str]:
    """Select rows of the gallery; returns their names."""
    gallery = user.workspace.results.gallery
    model, select = gallery.model(), gallery.selectionModel()
    select.clear()
    for row in rows:
        select.setCurrentIndex(model.index(row, 0), select.SelectionFlag.Select)
    gallery.setFocus()
    return [photo.path.name for photo in gallery.selected_photos()]


def offer(user: User, text: str = "Undo") -> QPushButton:
    """What the newest message offers."""
    buttons = user.window.messages.findChildren(QPushButton)
    return [button for button in buttons if button.text() == text and button.isVisible()][-1]


def said(user: User) -> str:
    """All messages on screen."""
    return " ".join(user.window.messages.texts)
