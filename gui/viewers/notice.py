"""A line between a picture and its caption, for what has to be said about the picture."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui.controls import caption, surface
from gui.icons import sign


class Notice(QWidget):
    """Takes no room while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        surface(self, "panel", "above")
        self._sign = QLabel()
        self._words = caption("", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What is said; empty if nothing is."""
        return "" if self.isHidden() else self._words.text()

    def say(self, text: str, *, failed: bool = False) -> None:
        """Say this; nothing hides the line."""
        self._sign.setPixmap(sign("warning" if failed else "info"))
        self._words.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
