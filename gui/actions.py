"""Every command with its name, icon and keys, in one table; the menu and the list of keys are made from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from gui.icons import icon
from gui.translation import later, tr


@dataclass(frozen=True, slots=True)
class Command:
    """Something the user can do with a key or from the menu.

    Attributes:
        name: the key of its handler.
        keys: key sequences, the first of which is shown.
        menu: group of the main menu; empty for commands that have only keys.
    """

    name: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    menu: str = ""


WINDOW = (
    Command("open", later("Open picture…"), ("Ctrl+O",), "picture", "search"),
    Command("paste", later("Paste picture"), ("Ctrl+V",), "paste", "search"),
    Command("back", "Back", ("Alt+Left", "Back"), "back"),
    Command("forward", "Forward", ("Alt+Right", "Forward"), "forward"),
    Command("clear", later("Clear the query"), ("Escape",), "close"),
    Command("add_folder", later("Add folder…"), ("Ctrl+Shift+O",), "folder-add", "folders"),
    Command("update", later("Look for changes"), ("F5",), "update", "folders"),
    Command("sidebar", later("Show or hide the sidebar"), ("F9",), "sidebar", "view"),
    Command("full_screen", later("Full screen"), ("F11",), "", "view"),
    Command("filter_history", later("Filter the history"), ("Ctrl+F",), "search"),
    Command("keys", later("All keys"), ("?", "F1"), "keyboard", "help"),
    Command("quit", later("Quit"), ("Ctrl+Q",), "", "quit"),
)
RESULTS = (
    Command("more_like", later("More like this"), ("+", "="), "add"),
    Command("less_like", later("Less like this"), ("-",), "less"),
    Command("copy_picture", later("Copy picture"), ("Ctrl+C",), "copy"),
    Command("copy_path", later("Copy path"), ("Ctrl+Shift+C",), "link"),
    Command("reveal", later("Show in file manager"), ("Ctrl+Return",), "reveal"),
)
GALLERY_KEYS = (
    (later("Arrows"), later("Move through the results")),
    (later("Enter"), later("Open in the viewer")),
    (later("Space"), later("Preview; again to close")),
    ("L", later("Find lookalikes of the current result")),
)
HISTORY_KEYS = (
    (later("Enter"), later("Search again")),
    ("P", later("Pin or unpin")),
    (later("Delete"), later("Delete")),
)


def add_commands(
    widget: QWidget,
    commands: tuple[Command, ...],
    handlers: Mapping[str, Callable[[], object]],
    context: Qt.ShortcutContext,
) -> dict[str, QAction]:
    """Give a widget its commands; `context` says where their keys count."""
    actions = {}
    for command in commands:
        action = QAction(tr(command.text), widget)
        if command.icon:
            action.setIcon(icon(command.icon))
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
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


def all_keys() -> dict[str, list[tuple[str, str]]]:
    """Keys and what they do, by place."""
    return {
        tr("Everywhere"): _rows(WINDOW),
        tr("In the results"): [*_translated(GALLERY_KEYS), *_rows(RESULTS)],
        tr("In the history"): _translated(HISTORY_KEYS),
    }


def _translated(rows: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return [(tr(keys), tr(text)) for keys, text in rows]


def _rows(commands: tuple[Command, ...]) -> list[tuple[str, str]]:
    native = QKeySequence.SequenceFormat.NativeText
    return [(QKeySequence(command.keys[0]).toString(native), tr(command.text).rstrip("…")) for command in commands]
