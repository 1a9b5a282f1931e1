from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from engine.jobs import FolderProgress, Progress
from engine.records import Root
from gui.panels.folder_row import folder_detail, progress_detail
from gui.panels.folders import FoldersPanel

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


def test_numbers_change_in_their_row(panel, qtbot):
    panel.show_roots([PICTURES, GONE])
    first, second = panel.rows()
    qtbot.waitUntil(first.isVisible)
    first.setFocus()
    panel.show_roots([replace(PICTURES, photos=1300), replace(GONE, online=True)])
    assert panel.rows() == [first, second]
    assert (first.detail, second.detail) == ("1,204 of 1,300 searchable", "1 photo")
    assert panel.focusWidget() is first
    with qtbot.waitSignal(panel.update_one_wanted) as heard:
        first.update_wanted.emit()
    assert heard.args[0].photos == 1300


def test_the_folder_that_is_looked_through_says_how_far_it_is(panel):
    panel.show_roots([PICTURES, HALF])
    first, second = panel.rows()
    panel.show_progress(Progress("scanning", 9000, folder=FolderProgress(HALF.path, 1200)))
    assert (first.detail, second.detail) == ("1,204 photos", "looking for photos: 1,200 files")
    assert second.accessibleName() == "Scans, looking for photos: 1,200 files"
    panel.show_progress(Progress("indexing", 400, 2000, folder=FolderProgress(HALF.path, 310, 894)))
    assert second.detail == "reading 310 of 894"
    assert (not second._bar.isHidden(), second._bar.value(), second._bar.maximum()) == (True, 310, 894)
    panel.show_roots([PICTURES, replace(HALF, searchable=620)])
    assert second.detail == "reading 310 of 894"
    panel.show_progress(None)
    assert second.detail == "620 of 1,204 searchable"
    assert second._bar.isHidden()


def test_a_folder_that_comes_while_it_is_looked_through_says_so_at_once(panel):
    panel.show_roots([PICTURES])
    panel.show_progress(Progress("scanning", 12, folder=FolderProgress(HALF.path, 12)))
    panel.show_roots([PICTURES, HALF])
    assert [row.detail for row in panel.rows()] == ["1,204 photos", "looking for photos: 12 files"]


def test_one_file_is_one():
    assert progress_detail(FolderProgress(HALF.path, 1)) == "looking for photos: 1 file"


def test_a_double_click_opens_the_folder(panel, qtbot):
    panel.show_roots([PICTURES, GONE])
    with qtbot.waitSignal(panel.open_wanted) as heard:
        qtbot.mouseDClick(panel.rows()[0], Qt.MouseButton.LeftButton)
    assert heard.args == [PICTURES]
    with qtbot.assertNotEmitted(panel.open_wanted):
        qtbot.mouseDClick(panel.rows()[1], Qt.MouseButton.LeftButton)


def test_a_long_path_gives_way_in_the_middle_and_is_told_whole(panel, qtbot):
    long = Path("/home/ann") / "/".join(f"a rather long name {number}" for number in range(8)) / "Holidays"
    panel.show_roots([replace(PICTURES, path=long)])
    (row,) = panel.rows()
    assert row.toolTip() == f"{long}\n1,204 photos"
    qtbot.waitUntil(lambda: row._place.toolTip() == str(long.parent) and row.width() <= panel.width())


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
        "Look for changes here", "Leave out…", "Open in the file manager", "It is somewhere else now: locate…",
        "Remove from the library…",
    ]  # fmt: skip
    with qtbot.waitSignal(panel.remove_wanted) as heard:
        menu.actions()[4].trigger()
    assert heard.args == [PICTURES]
    menu.close()


def test_a_folder_that_is_away_can_be_found_again(panel, qtbot):
    panel.show_roots([GONE])
    menu = menu_of(panel, 0)
    assert [action.text() for action in menu.actions()] == [
        "It is somewhere else now: locate…", "Remove from the library…",
    ]  # fmt: skip
    with qtbot.waitSignal(panel.locate_wanted) as heard:
        menu.actions()[0].trigger()
    assert heard.args == [GONE]
    menu.close()


def test_delete_asks_for_removal(panel, qtbot):
    panel.show_roots([PICTURES])
    with qtbot.waitSignal(panel.remove_wanted):
        qtbot.keyClick(panel.rows()[0], Qt.Key.Key_Delete)
