"""Finding a photo by typing the beginning of its name, as in a file manager."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gui.controls import label, surface

PATIENCE_MS = 1500
BEGIN = "/"
"""Begins a search whose first letter is a key of its own."""
_CONTROL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_MARGIN = 12

Key = Qt.Key


class TypeAhead(QWidget):
    """Collects what is typed and shows it for a moment.

    Signals:
        typed(str, bool): the beginning of a name that is looked for, and whether it goes on from what was typed before.
    """

    typed = Signal(str, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        surface(self, "panel", "around")
        self._ground = parent
        self._text = ""
        self._shown = label("")
        self._shown.setParent(self)
        self._shown.setContentsMargins(10, 6, 10, 6)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self.end)
        self.hide()

    @property
    def active(self) -> bool:
        """Whether a name is being typed: every letter then belongs to it."""
        return self._patience.isActive()

    def wants(self, event: QKeyEvent) -> bool:
        """Whether this key belongs to a name, and to no shortcut."""
        if event.modifiers() & _CONTROL:
            return False
        if self.active and event.key() in (Key.Key_Backspace, Key.Key_Escape):
            return True
        text = event.text()
        return text.isprintable() and text != "" and (self.active or text.isalnum() or text in (BEGIN, "_"))

    def take(self, event: QKeyEvent) -> None:
        """Add a key that is wanted."""
        if event.key() == Key.Key_Escape:
            self.end()
            return
        going_on = self.active
        if event.key() == Key.Key_Backspace:
            self._text = self._text[:-1]
        elif going_on or event.text() != BEGIN:
            self._text += event.text()
        self._patience.start()
        self._show()
        if self._text:
            self.typed.emit(self._text, going_on)

    def end(self) -> None:
        """Forget what was typed."""
        self._patience.stop()
        self._text = ""
        self.hide()

    def keep_in_place(self) -> None:
        """Stay in the lower corner of what it lies on."""
        ground = self._ground.rect()
        x = ground.right() - self.width() - _MARGIN if self.isRightToLeft() else _MARGIN
        self.move(x, ground.bottom() - self.height() - _MARGIN)

    def _show(self) -> None:
        self._shown.setText(self._text or "…")
        self._shown.adjustSize()
        self.resize(self._shown.size())
        self.keep_in_place()
        self.show()
        self.raise_()
