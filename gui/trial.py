"""Letting another model answer for now, to see how it does before it takes over."""

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from gui.changing import Changes
from gui.messages import Offer, Toast
from gui.translation import tr


class Trial(QObject):
    """One at a time, of this window only; a message stays as long as it lasts.

    Attributes:
        name: the model that answers for now, or None.

    Signals:
        changed: another model answers from now on.
    """

    changed = Signal()

    def __init__(self, changes: Changes, parent: QObject) -> None:
        super().__init__(parent)
        self._changes = changes
        self._reminder: Toast | None = None
        self.name: str | None = None

    def begin(self, name: str) -> None:
        """Let this model answer, with the photos that it has embedded."""
        self._changes.make(lambda library: library.ask(name), lambda _: self._on_asked(name))

    def end(self) -> None:
        """Let the library's model answer again."""
        if self.name is not None:
            self._changes.make(lambda library: library.ask(None), lambda _: self._on_asked(None))

    def _on_asked(self, name: str | None) -> None:
        self.name = name
        if self._reminder is not None and isValid(self._reminder):
            self._reminder.dismiss()
        self._reminder = None
        if name is not None:
            stop = Offer(tr("Stop trying it"), self.end)
            text = tr("“{name}” answers for now, with the photos that it has embedded.", name=name)
            self._reminder = self._changes.messages.stay(text, stop)
        self.changed.emit()
