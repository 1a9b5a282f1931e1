"""The list of what is not searchable: by reason, searched, tried again, copied, saved; with keys alone."""

import csv
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from engine.reason_kinds import ReasonKind, kind_of
from engine.records import PhotoState, Skipped
from gui.dialogs.skipped import SkippedDialog
from gui.dialogs.skipped_model import KINDS, Heading, rows_of

# Without a desktop there is nothing a dialog could raise or a menu could grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CUT, EMPTY = "The JPEG file is damaged or was not copied completely.", "The file is empty."
Key = Qt.Key


def file(name: str, reason: str = CUT, kind: ReasonKind | None = None) -> Skipped:
    state = PhotoState.IGNORED if kind is ReasonKind.IGNORED else PhotoState.UNREADABLE
    return Skipped(Path("/pictures") / name, reason, state, name, kind or kind_of(reason))


FILES = [
    file("a.jpg"),
    file("sea/b.jpg"),
    file("sea/c.jpg", EMPTY),
    file("d.jpg", "It waits to be read.", ReasonKind.WAITING),
    file("notes.txt", "not a photo", ReasonKind.IGNORED),
]


@pytest.fixture
def dialog(qtbot):
    made = SkippedDialog(None)
    qtbot.addWidget(made)
    made.show_files(rows_of(FILES))
    made.show()
    return made


def shown(dialog: SkippedDialog) -> list[str]:
    return [dialog.model.index(row, 0).data() for row in range(dialog.model.rowCount())]


def select(dialog: SkippedDialog, *texts: str) -> None:
    dialog.view.clearSelection()
    dialog.view.select_rows([row for row, text in enumerate(shown(dialog)) if text in texts])


def test_files_stand_below_the_kind_of_their_reason(dialog, qtmodeltester):
    qtmodeltester.check(dialog.model)
    assert shown(dialog) == [
        "Damaged · 2", "a.jpg", "b.jpg", "Empty · 1", "c.jpg", "Waiting to be read · 1", "d.jpg", "No photos · 1",
    ]  # fmt: skip
    assert dialog.title.text() == "4 photos are not searchable"
    assert dialog.hint.text() == "1 other file is no photo."
    assert dialog.view.columnSpan(0, 0) == 3
    assert dialog.view.columnSpan(1, 0) == 1
    assert dialog.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Damaged, 2 files, folded out"


def test_every_kind_has_its_words():
    assert set(KINDS) == set(ReasonKind)


def test_a_heading_folds_its_files(dialog, qtbot):
    dialog.view.setCurrentIndex(dialog.model.index(0, 0))
    qtbot.keyClick(dialog.view, Key.Key_Left)
    assert shown(dialog)[:2] == ["Damaged · 2", "Empty · 1"]
    qtbot.keyClick(dialog.view, Key.Key_Return)
    assert shown(dialog)[:2] == ["Damaged · 2", "a.jpg"]
    assert dialog.isVisible()
    qtbot.keyClick(dialog.view, Key.Key_Down)
    qtbot.keyClick(dialog.view, Key.Key_Left)
    assert dialog.view.currentIndex().row() == 0
    place = dialog.view.visualRect(dialog.model.index(0, 0)).center()
    qtbot.mouseClick(dialog.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert shown(dialog)[:2] == ["Damaged · 2", "Empty · 1"]


def test_it_is_searched_by_name_folder_and_reason(dialog, qtbot):
    qtbot.keyClick(dialog, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert dialog.focusWidget() is dialog.search
    qtbot.keyClicks(dialog.search, "sea damaged")
    assert shown(dialog) == ["Damaged · 1", "b.jpg"]
    qtbot.keyClick(dialog.search, Key.Key_Down)
    assert dialog.focusWidget() is dialog.view
    dialog.search.setText("notes")
    assert shown(dialog) == ["No photos · 1", "notes.txt"]
    dialog.search.setText("nowhere")
    assert dialog.nothing.isVisible()
    assert dialog.nothing.text() == "No file has “nowhere” in its name, folder or reason."
    qtbot.keyClick(dialog.search, Key.Key_Escape)
    assert len(shown(dialog)) == 8
    assert dialog.isVisible()


def test_the_selected_ones_are_tried_again_or_all(dialog, qtbot):
    def tried() -> list[str]:
        with qtbot.waitSignal(dialog.retry_wanted) as heard:
            qtbot.keyClick(dialog, Key.Key_F5)
        return heard.args[0]

    assert dialog.again.text() == "Try all of them again"
    assert tried() == ["a.jpg", "sea/b.jpg", "sea/c.jpg", "d.jpg"]
    select(dialog, "b.jpg", "c.jpg")
    assert dialog.again.text() == "Try 2 files again"
    assert tried() == ["sea/b.jpg", "sea/c.jpg"]
    select(dialog, "Damaged · 2", "b.jpg")
    assert tried() == ["a.jpg", "sea/b.jpg"]
    select(dialog, "No photos · 1")
    assert not dialog.again.isEnabled()


def test_paths_are_copied(dialog, qtbot):
    assert not dialog._copy.isEnabled()
    select(dialog, "a.jpg", "c.jpg")
    qtbot.keyClick(dialog, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == f"{Path('/pictures/a.jpg')}\n{Path('/pictures/sea/c.jpg')}"
    assert dialog.note.text() == "2 paths were copied."


def test_the_menu_of_the_selected_rows(dialog):
    select(dialog, "Damaged · 2")
    dialog._show_menu(dialog.view.visualRect(dialog.model.index(0, 0)).center())
    menu = dialog.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == [
        "Try 2 files again", "Copy paths", "Show in file manager", "Save the list as a table…",
    ]  # fmt: skip
    menu.close()


def test_the_current_row_is_told_in_full(dialog):
    dialog.view.selectRow(2)
    assert dialog.detail.text().splitlines() == [
        str(Path("/pictures/sea/b.jpg")), CUT, "Copy them again from the camera or a backup.",
    ]  # fmt: skip


def test_what_is_selected_and_folded_stays_while_the_list_changes(dialog):
    dialog.model.toggle(ReasonKind.WAITING)
    select(dialog, "b.jpg", "c.jpg")
    dialog.show_files(rows_of([one for one in FILES if one.id != "a.jpg"]))
    assert shown(dialog) == ["Damaged · 1", "b.jpg", "Empty · 1", "c.jpg", "Waiting to be read · 1", "No photos · 1"]
    assert [one.id for one in dialog.list.selected()] == ["sea/b.jpg", "sea/c.jpg"]
    dialog.show_files([])
    assert dialog.nothing.text() == "There is nothing that could not be read."
    assert dialog.title.text() == "Every photo is searchable"


@pytest.mark.alone
def test_ten_thousand_files_do_not_hold_the_window_up(dialog, qtbot):
    rows = rows_of([file(f"IMG_{number}.jpg", EMPTY if number % 2 else CUT) for number in range(10_000)])
    dialog.show_files(rows)
    steps = (lambda: dialog.model.seek("img_77"), lambda: dialog.model.seek(""), dialog.view.selectAll, dialog.repaint)
    for step in steps:
        before = time.thread_time()
        step()
        assert time.thread_time() - before < 0.2  # five times what it takes, on a machine that does other things too
    assert len(dialog.list.selected()) == 10_000
    assert sum(isinstance(row, Heading) for row in dialog.model.rows) == 2


def test_the_list_is_saved_as_a_table(user, photos, tmp_path):
    (photos[0].parent / "=1+1.jpg").write_bytes(photos[1].read_bytes()[:100])
    user.add_folder(photos[0].parent)
    user.until(lambda: user.workspace.activity.details.isVisible())
    user.workspace.activity.searchable.click()
    dialog = user.workspace.skipped.dialog
    user.until(dialog.isVisible)
    dialog._save.click()
    user.workspace.skipped.chooser.fileSelected.emit(str(tmp_path / "rest.csv"))
    user.until(lambda: dialog.note.text() == "“rest.csv” was saved.")
    with (tmp_path / "rest.csv").open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["kind"], row["name"]) == ("damaged", "'=1+1.jpg")
    assert row["path"] == str(photos[0].parent / "=1+1.jpg")
    user.workspace.skipped.chooser.close()
    dialog.close()
    user.until(lambda: user.workspace.skipped.dialog is None)
