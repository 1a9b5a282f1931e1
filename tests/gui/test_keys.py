"""The page of keys: everything is on it, can be found, changed, taken over and put back, and is remembered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QTreeWidgetItem, QTreeWidgetItemIterator, QWidget

from gui.commands import PLACES, WINDOW, command
from gui.dialogs.keys import KeysDialog
from gui.keymap import Keymap, KeyTip, keymap, shown_keys, with_keys
from gui.menus import add_commands
from gui.window_state import WindowState

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def keys_as_they_were(qapp) -> Iterator[None]:
    yield
    keymap().reset()


@pytest.fixture
def dialog(qtbot) -> Iterator[KeysDialog]:
    parent = QWidget()
    made = KeysDialog(parent)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    parent.close()


def items(dialog: KeysDialog) -> list[QTreeWidgetItem]:
    walk, found = QTreeWidgetItemIterator(dialog.page.list), []
    while walk.value() is not None:
        if walk.value().parent() is not None:
            found.append(walk.value())
        walk += 1
    return found


def choose(dialog: KeysDialog, name: str) -> None:
    for item in items(dialog):
        if item.data(0, Qt.ItemDataRole.UserRole) == command(name):
            dialog.page.list.setCurrentItem(item)


def shown(dialog: KeysDialog) -> dict[str, str]:
    return {item.text(0): item.text(1) for item in items(dialog) if not item.isHidden()}


def test_every_command_and_every_fixed_key_is_on_the_page(dialog):
    rows = shown(dialog)
    for place in PLACES:
        for of in place.commands:
            assert rows[of.title] == shown_keys(of)
        for keys, text in place.fixed:
            assert keys in [item.text(1) for item in items(dialog) if item.text(0) == text]


def test_words_and_keys_are_found(dialog, qtbot):
    qtbot.keyClicks(dialog.page.search, "picture copy")
    assert list(shown(dialog)) == ["Copy picture"]
    dialog.page.search.setText("f9")
    assert list(shown(dialog)) == ["Show or hide the sidebar"]
    dialog.page.search.setText("nothing like it")
    assert not shown(dialog)
    assert all(dialog.page.list.topLevelItem(row).isHidden() for row in range(dialog.page.list.topLevelItemCount()))


def test_other_keys_hold_at_once_for_actions_menus_and_tooltips(dialog, qtbot):
    widget, tip = QWidget(), QWidget()
    qtbot.addWidget(widget)
    qtbot.addWidget(tip)
    handlers = {of.name: lambda: None for of in WINDOW}
    actions = add_commands(widget, WINDOW, handlers, Qt.ShortcutContext.WindowShortcut)
    KeyTip(tip, "Back", command("back"))
    assert tip.toolTip() == "Back (Alt+Left)"
    choose(dialog, "back")
    qtbot.keyClick(dialog.page.field, Qt.Key.Key_B, CTRL)
    assert not dialog.page.conflict.text()
    qtbot.mouseClick(dialog.page.take, Qt.MouseButton.LeftButton)
    assert actions["back"].shortcuts() == [QKeySequence("Ctrl+B")]
    assert (tip.toolTip(), tip.accessibleName()) == ("Back (Ctrl+B)", "Back")
    assert with_keys("Back", command("back")) == "Back\tCtrl+B"
    assert shown(dialog)["Back"] == "Ctrl+B"
    assert dialog.page.chosen == command("back")
    qtbot.mouseClick(dialog.page.default, Qt.MouseButton.LeftButton)
    assert actions["back"].shortcuts() == [QKeySequence(keys) for keys in command("back").keys]


def test_keys_that_another_command_has_are_taken_over_with_a_warning(dialog, qtbot):
    choose(dialog, "more_like")
    qtbot.keyClick(dialog.page.field, Qt.Key.Key_O, CTRL)
    assert "Open picture" in dialog.page.conflict.text()
    assert keymap().keys(command("open")) == ("Ctrl+O",)
    qtbot.keyClick(dialog.page.field, Qt.Key.Key_Return)
    assert keymap().keys(command("more_like")) == ("Ctrl+O",)
    assert keymap().keys(command("open")) == ()
    choose(dialog, "open")
    qtbot.mouseClick(dialog.page.default, Qt.MouseButton.LeftButton)
    assert keymap().keys(command("open")) == ()  # they belong to somebody else now
    keymap().reset()
    assert keymap().keys(command("open")) == ("Ctrl+O",)


def test_a_command_can_do_without_keys(dialog, qtbot):
    choose(dialog, "update")
    qtbot.mouseClick(dialog.page.none, Qt.MouseButton.LeftButton)
    assert keymap().keys(command("update")) == ()
    assert not dialog.page.none.isEnabled()
    assert with_keys("Look", command("update")) == "Look"


def test_nobody_is_caught_in_the_field(dialog, qtbot):
    choose(dialog, "back")
    dialog.page.field.setFocus()
    qtbot.keyClick(dialog.page.field, Qt.Key.Key_Tab)
    assert not dialog.page.field.hasFocus()
    assert not dialog.page.field.text()
    qtbot.keyClick(dialog.page.field, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_chosen_keys_are_remembered(qapp, tmp_path: Path):
    first = Keymap()
    first.remember_in(WindowState(tmp_path))
    first.assign(command("back"), ["Ctrl+B", "Ctrl+;"])
    first.assign(command("update"), [])
    second = Keymap()
    second.remember_in(WindowState(tmp_path))
    assert second.keys(command("back")) == ("Ctrl+B", "Ctrl+;")
    assert second.keys(command("update")) == ()
    assert second.keys(command("open")) == ("Ctrl+O",)
    second.reset()
    third = Keymap()
    third.remember_in(WindowState(tmp_path))
    assert third.is_default(command("back"))
