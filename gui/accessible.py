"""What screen readers are told of widgets that are painted by hand: what they are, show, and do when pressed."""

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

PRESS = "Press"  # what Qt calls it


class Told:
    """Mixed into a widget whose kind Qt cannot guess. Its name is its accessible name, as that of any widget.

    Attributes:
        accessible_role: what it is to somebody who does not see it.
    """

    accessible_role: ClassVar[QAccessible.Role]

    def accessible_state(self) -> str:
        """What it shows besides its name, such as a value."""
        return ""

    def accessible_press(self) -> Callable[[], object] | None:
        """What Enter does on it; None for nothing."""
        return None

    def accessible_interface(self) -> QAccessibleInterface:
        """Made when first asked for, and then Qt's."""
        assert isinstance(self, QWidget), "only widgets are told of"
        return ToldWidget(self, self.accessible_role)

    def tell_state(self) -> None:
        """Let it be known that `accessible_state` is another now."""
        assert isinstance(self, QWidget), "only widgets are told of"
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))


class ToldWidget(QAccessibleWidget):
    """Asks the widget."""

    def text(self, which: QAccessible.Text) -> str:
        said: str = super().text(which)
        if which is QAccessible.Text.Value:
            return self._told().accessible_state()
        if which is QAccessible.Text.Description:
            return ". ".join(filter(None, (said, self._told().accessible_state())))
        return said

    def actionNames(self) -> list[str]:
        names = [name for name in super().actionNames() if name != PRESS]
        return [PRESS, *names] if self._told().accessible_press() is not None else names

    def doAction(self, name: str) -> None:
        press = self._told().accessible_press()
        if name == PRESS and press is not None:
            press()
        else:
            super().doAction(name)

    def _told(self) -> Any:
        return self.object()


def tell_of_painted_widgets() -> None:
    """Let Qt ask here for what it cannot know itself; once is enough for a process, more often does no harm."""
    QAccessible.installFactory(_interface_of)


def _interface_of(kind: str, of: QObject) -> QAccessibleInterface | None:
    """Qt asks once for every class that the object is of, the nearest first."""
    return of.accessible_interface() if isinstance(of, Told) else None
