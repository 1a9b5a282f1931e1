"""What the window shows while the library opens, and when it cannot be opened."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.errors import EngineError
from gui.controls import button, caption, label, surface, title
from gui.icons import icon
from gui.measures import grown
from gui.translation import tr

WIDEST = 520
PICTURE = 40
EXPLAINED_AFTER_MS = 500


class OpeningPage(QWidget):
    """An empty ground: opening takes a moment, and words that flash by only disturb. A longer wait is explained."""

    def __init__(self) -> None:
        super().__init__()
        surface(self, "ground")
        self.setAccessibleName(tr("Opening the library"))
        words = label(tr("Opening the library…"), "secondary")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.hide()
        QVBoxLayout(self).addWidget(words)
        QTimer.singleShot(EXPLAINED_AFTER_MS, words, words.show)


class NotOpenedPage(QFrame):
    """The sentence of the failure, what to do about it, and another try.

    Signals:
        retry_wanted, quit_wanted: the buttons.
    """

    retry_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, error: EngineError, folder: Path) -> None:
        super().__init__()
        surface(self, "ground")
        self.setAccessibleName(tr("The library could not be opened"))
        picture = QLabel()
        picture.setPixmap(icon("warning", "warning").pixmap(grown(PICTURE), grown(PICTURE)))
        self.retry = button(tr("Try again"), self.retry_wanted.emit, "primary")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.retry)
        buttons.addWidget(button(tr("Quit"), self.quit_wanted.emit))
        buttons.addStretch()
        holder = QWidget()
        holder.setMaximumWidth(grown(WIDEST))
        column = QVBoxLayout(holder)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(picture)
        said = title(tr("The library could not be opened"))
        said.setWordWrap(True)
        column.addWidget(said)
        column.addWidget(label(error.message, wrap=True))
        if error.hint:
            column.addWidget(label(error.hint, wrap=True))
        column.addWidget(caption(tr("Library: {folder}", folder=folder), wrap=True))
        column.addSpacing(8)
        column.addLayout(buttons)
        column.addStretch(3)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 24, 24, 24)
        row.addStretch(1)
        row.addWidget(holder, 100)
        row.addStretch(1)
