"""What the window shows while the library opens, and when it cannot be opened."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.errors import CatalogDamagedError, EngineError
from gui.controls import Scrolling, button, caption, label, surface, title
from gui.folding import Folding, beside
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
    """The sentence of the failure, what to do about it, another try, and mending what is damaged.

    Signals:
        retry_wanted, repair_wanted, quit_wanted: the buttons.
    """

    retry_wanted = Signal()
    repair_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, error: EngineError, folder: Path) -> None:
        super().__init__()
        surface(self, "ground")
        self.setAccessibleName(tr("The library could not be opened"))
        picture = QLabel()
        picture.setPixmap(icon("warning", "warning").pixmap(grown(PICTURE), grown(PICTURE)))
        damaged = isinstance(error, CatalogDamagedError)
        self.retry = button(tr("Try again"), self.retry_wanted.emit, "" if damaged else "primary")
        self.repair = button(tr("Repair the library"), self.repair_wanted.emit, "primary")
        self.repair.setVisible(damaged)
        self.repair.setToolTip(tr("What can be read is kept, the rest comes from the newest good copy."))
        self.stage = caption("", wrap=True)
        quit_ = button(tr("Quit"), self.quit_wanted.emit)
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
        if error.hint and not damaged:  # which tells of the command that the button stands for
            column.addWidget(label(error.hint, wrap=True))
        column.addWidget(caption(tr("Library: {folder}", folder=folder), wrap=True))
        column.addSpacing(8)
        column.addWidget(Folding(self.repair, beside(self.retry, quit_)))
        column.addWidget(self.stage)
        column.addStretch(3)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(holder, 100)
        row.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 24, 24, 24)
        page.addWidget(Scrolling(inside))

    def show_stage(self, text: str) -> None:
        """The library is being mended: so far it has come."""
        self.stage.setText(text)
        self.retry.setEnabled(False)
        self.repair.set_kind("")
        self.repair.setEnabled(False)
