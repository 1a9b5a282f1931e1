from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from engine.records import Root
from gui.panels.folders import FoldersPanel, folder_detail

# Without a desktop there is nothing a menu could grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

PICTURES = Root("1", Path("/home/ann/Pictures"), online=True, photos=1204, searchable=1204)
HALF = Root("2", Path("/home/ann/Scans"), online=True, photos=1204, searchable=310)
GONE = Root("3", Path("/media/usb/Old"), online=False, photos=1, searchable=1)


@pytest.fixture
def panel(qtbot):
    made = FoldersPanel()
    qtbot.addWidget(made)
    made.resize(260, 300)
    made.show()
    return made


def menu_of(panel: FoldersPanel, row: int) -> QMenu:
    panel.rows()[row]._open_menu()
    return panel.rows()[row].findChild(QMenu)


@pytest.mark.parametrize(
    ("root", "said"),
    [(PICTURES, "1,204 photos"), (HALF, "310 of 1,204 searchable"), (GONE, "not connected · 1 photo")],
)
def test_what_a_folder_says(root, said):
    assert folder_detail(root) == said


def test_every_folder_has_a_row(panel):
    panel.show_roots([PICTURES, HALF, GONE])
    assert [row.accessibleName().split(",")[0] for row in panel.rows()] == ["Pictures", "Scans", "Old"]


def test_rows_stay_while_nothing_changes(panel):
    panel.show_roots([PICTURES])
    before = panel.rows()[0]
    panel.show_roots([PICTURES])
    assert panel.rows()[0] is before


def test_without_folders_it_offers_to_add_one(panel, qtbot):
    assert panel.rows() == []
    assert not panel._update.isEnabled()
    with qtbot.waitSignal(panel.add_wanted):
        panel._add.click()


def test_update_now(panel, qtbot):
    panel.show_roots([PICTURES])
    with qtbot.waitSignal(panel.update_wanted):
        panel._update.click()


def test_a_folder_that_is_there_can_be_shown_and_removed(panel, qtbot):
    panel.show_roots([PICTURES])
    menu = menu_of(panel, 0)
    assert [action.text() for action in menu.actions()] == [
        "Look for changes here", "Leave out…", "Show in file manager", "Remove from the library…",
    ]  # fmt: skip
    with qtbot.waitSignal(panel.remove_wanted) as heard:
        menu.actions()[3].trigger()
    assert heard.args == [PICTURES]
    menu.close()


def test_a_folder_that_is_away_can_be_found_again(panel, qtbot):
    panel.show_roots([GONE])
    menu = menu_of(panel, 0)
    with qtbot.waitSignal(panel.relocate_wanted) as heard:
        menu.actions()[0].trigger()
    assert heard.args == [GONE]
    menu.close()


def test_delete_asks_for_removal(panel, qtbot):
    panel.show_roots([PICTURES])
    with qtbot.waitSignal(panel.remove_wanted):
        qtbot.keyClick(panel.rows()[0], Qt.Key.Key_Delete)
