"""Which keys run which command: those of the table, or the ones a person has chosen."""

from collections.abc import Iterable
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from gui.commands import EVERYWHERE, PLACES, Command

PORTABLE = QKeySequence.SequenceFormat.PortableText
NATIVE = QKeySequence.SequenceFormat.NativeText
# They move about in every window, so no command can have them without a modifier.
RESERVED = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}
RESERVED |= {Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}


class KeyMemory(Protocol):
    """Where chosen keys are kept."""

    def load_keys(self) -> dict[str, str]:
        """Portable key sequences, separated by "; ", by the name of the command."""

    def save_keys(self, keys: dict[str, str]) -> None:
        """Replace all of them."""


class Keymap(QObject):
    """One for the whole application, as a palette is: whatever shows or takes keys asks it, and follows its changes.

    Signals:
        changed: some command has other keys.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chosen: dict[str, tuple[str, ...]] = {}
        self._memory: KeyMemory | None = None

    def remember_in(self, memory: KeyMemory) -> None:
        """Take over what was chosen before, and keep what will be chosen."""
        self._memory = memory
        self._chosen = {name: tuple(filter(None, keys.split("; "))) for name, keys in memory.load_keys().items()}
        self.changed.emit()

    def keys(self, command: Command) -> tuple[str, ...]:
        """Portable key sequences, the first of which is shown; empty if it has none."""
        return self._chosen.get(command.name, command.keys)

    def is_default(self, command: Command) -> bool:
        """Whether nobody has chosen other keys."""
        return self.keys(command) == command.keys

    def assign(self, command: Command, keys: Iterable[str]) -> None:
        """Give a command other keys, or none."""
        self._chosen[command.name] = tuple(keys)
        if self._chosen[command.name] == command.keys:
            del self._chosen[command.name]
        self._keep()

    def reset(self) -> None:
        """Give every command the keys of the table."""
        self._chosen.clear()
        self._keep()

    def _keep(self) -> None:
        if self._memory is not None:
            self._memory.save_keys({name: "; ".join(keys) for name, keys in self._chosen.items()})
        self.changed.emit()


def keymap() -> Keymap:
    """The keymap of the application."""
    application = QCoreApplication.instance()
    found = application.findChild(Keymap, options=Qt.FindChildOption.FindDirectChildrenOnly) if application else None
    return found or Keymap(application)


def holder(of: Command, keys: str) -> Command | None:
    """Another command that has these keys where this one would need them."""
    for place in PLACES:
        if place is EVERYWHERE or of in place.commands or of in EVERYWHERE.commands:
            for other in place.commands:
                if other != of and keys in keymap().keys(other):
                    return other
    return None


def shown_keys(command: Command) -> str:
    """The first keys of a command as this system writes them; empty if it has none."""
    keys = keymap().keys(command)
    return QKeySequence(keys[0]).toString(NATIVE) if keys else ""


def with_keys(text: str, command: Command) -> str:
    """A menu entry's text with its keys at the right, for entries that are made anew each time."""
    keys = shown_keys(command)
    return f"{text}\t{keys}" if keys else text


class KeyTip(QObject):
    """Keeps a control's tooltip in step with the keys of its command; what a screen reader says has no keys."""

    def __init__(self, control: QWidget, text: str, command: Command) -> None:
        super().__init__(control)
        self._control = control
        self._text = text
        self._command = command
        keymap().changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        keys = shown_keys(self._command)
        self._control.setToolTip(f"{self._text} ({keys})" if keys else self._text)
        self._control.setAccessibleName(self._text)
