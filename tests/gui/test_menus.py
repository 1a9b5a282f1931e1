import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from gui.commands import PLACES, WINDOW, is_fixed
from gui.keymap import holder
from gui.menus import add_commands, fill_menu


def handlers(commands, run):
    return {command.name: (lambda name=command.name: run(name)) for command in commands}


@pytest.mark.parametrize("command", [command for place in PLACES for command in place.commands], ids=lambda it: it.name)
def test_no_key_does_two_things(command, qapp):
    for keys in command.keys:
        assert holder(command, keys) is None
        assert not is_fixed(command, keys)


def test_every_command_runs_its_handler(qtbot):
    widget, ran = QWidget(), []
    qtbot.addWidget(widget)
    actions = add_commands(widget, WINDOW, handlers(WINDOW, ran.append), Qt.ShortcutContext.WindowShortcut)
    for action in actions.values():
        action.trigger()
    assert ran == [command.name for command in WINDOW]


def test_keys_reach_their_commands(qtbot):
    widget, ran = QWidget(), []
    qtbot.addWidget(widget)
    add_commands(widget, WINDOW, handlers(WINDOW, ran.append), Qt.ShortcutContext.WindowShortcut)
    with qtbot.waitExposed(widget):
        widget.show()
    qtbot.keyClick(widget, Qt.Key.Key_F5)
    qtbot.keyClick(widget, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(widget, Qt.Key.Key_Escape)
    assert ran == ["update", "back", "clear"]


def test_the_menu_is_grouped(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    menu = QMenu(widget)
    fill_menu(menu, add_commands(widget, WINDOW, handlers(WINDOW, print), Qt.ShortcutContext.WindowShortcut))
    texts = [action.text() for action in menu.actions()]
    assert texts[:3] == ["Open picture…", "Paste picture", ""]
    assert texts[-2:] == ["", "Quit"]
