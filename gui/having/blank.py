"""What stands in place of the list while there is nothing to list."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.controls import button, label, surface, title
from gui.icons import icon
from gui.measures import grown
from gui.translation import tr

WIDEST = 460
PICTURE = 44


class Blank(QWidget):
    """A picture, a sentence, what to do, and a button for it.

    Signals:
        choose_wanted: the button: a folder is to be chosen.
    """

    choose_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        surface(self, "ground")
        self._sign = QLabel()
        self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.line = title("")
        self.hint = label("", "secondary")
        for words in (self.line, self.hint):
            words.setWordWrap(True)
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose = button(tr("Choose a folder…"), self.choose_wanted.emit, "primary", "folder")
        holder = QWidget()
        holder.setMaximumWidth(grown(WIDEST))
        column = QVBoxLayout(holder)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self._sign)
        column.addSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self.hint)
        column.addSpacing(8)
        column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.addStretch(1)
        row.addWidget(holder, 100)
        row.addStretch(1)

    def say(self, line: str, hint: str = "", *, sign: str = "have", role: str = "secondary", choose: bool) -> None:
        """Say why there is nothing.

        Args:
            choose: a folder may be chosen.
        """
        self._sign.setPixmap(icon(sign, role).pixmap(grown(PICTURE), grown(PICTURE)))
        self.line.setText(line)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.choose.setVisible(choose)
