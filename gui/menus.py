"""Gives widgets their commands, and fills menus with them."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from gui.commands import WINDOW, Command
from gui.icons import icon
from gui.keymap import keymap
from gui.translation import tr


def add_commands(
    widget: QWidget,
    commands: tuple[Command, ...],
    handlers: Mapping[str, Callable[[], object]],
    context: Qt.ShortcutContext,
) -> dict[str, QAction]:
    """Give a widget its commands; `context` says where their keys count. Their keys follow the keymap."""
    actions = {}
    for command in commands:
        action = QAction(tr(command.text), widget)
        if command.icon:
            action.setIcon(icon(command.icon))
        KeyedAction(action, command)
        action.setShortcutContext(context)
        action.triggered.connect(lambda _=False, run=handlers[command.name]: run())
        widget.addAction(action)
        actions[command.name] = action
    return actions


def fill_menu(menu: QMenu, actions: Mapping[str, QAction]) -> None:
    """The main menu: the window's commands by group."""
    group = ""
    for command in WINDOW:
        if not command.menu:
            continue
        if group and command.menu != group:
            menu.addSeparator()
        group = command.menu
        menu.addAction(actions[command.name])


class KeyedAction(QObject):
    """Keeps the keys of an action in step with the keymap."""

    def __init__(self, action: QAction, command: Command) -> None:
        super().__init__(action)
        self._action = action
        self._command = command
        keymap().changed.connect(self._take_keys)
        self._take_keys()

    def _take_keys(self) -> None:
        self._action.setShortcuts([QKeySequence(keys) for keys in keymap().keys(self._command)])
