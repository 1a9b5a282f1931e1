"""Copying from “Do I have this?”: what is new, or what was selected."""

import shutil

import pytest
from checks import answer, card_of, page_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from gui.having.rows import Order

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def card(photos):
    return card_of(photos)


@pytest.fixture
def checked(settled, card):
    """A user who sees what the library has of a card."""
    settled.workspace.checking.check([card])
    settled.until(lambda: not page_of(settled).running)
    return settled


def copy_to(user, folder) -> None:
    page = page_of(user)
    page.header.copy.click()
    copying = user.workspace.checking._copying
    copying.dialog.fileSelected.emit(str(folder))
    copying.dialog.close()
    user.until(lambda: not page.running)


def test_new_files_are_copied_and_the_folder_is_offered_to_the_library(checked, tmp_path, photos):
    target = tmp_path / "Import"
    target.mkdir()
    page = page_of(checked)
    assert page.header.copy.text() == "Copy the 3 new ones to…"
    copy_to(checked, target)
    assert len(list(target.iterdir())) == 3
    assert page.outcome.text == "3 photos were copied to “Import”."
    answer(checked, "Add folder to library").click()
    checked.until(lambda: checked.workspace.watch.latest.counts.searchable == len(photos) + 3)
    page.header.again.click()
    checked.until(lambda: not page.running)
    assert page.header.summary.text() == "You have all 7 of these · 1 cannot be read"
    assert not page.header.copy.isEnabled()
    page.model.show_group("new")
    assert page.blank.line.text() == "There is nothing new in it"
    assert page.blank.hint.text() == "You have all 7 of these"


def test_what_is_copied_into_the_library_is_indexed(checked, photos):
    copy_to(checked, photos[0].parent / "new")
    assert "which is in your library" in page_of(checked).outcome.text
    checked.until(lambda: checked.workspace.watch.latest.counts.searchable == len(photos) + 3)


def select(user, *names: str) -> None:
    page = page_of(user)
    selection = page.list.selectionModel()
    selection.clear()
    for row, one in enumerate(page.model.rows):
        if one.name in names:
            selection.setCurrentIndex(page.model.index(row), selection.SelectionFlag.Select)
    page.list.setFocus()


def choose_target(user, folder) -> None:
    dialog = user.workspace.checking._copying.dialog
    dialog.fileSelected.emit(str(folder))
    dialog.close()
    user.until(lambda: not page_of(user).running)


def test_the_selected_files_are_copied_by_button_key_and_menu(checked, tmp_path):
    page, header = page_of(checked), page_of(checked).header
    page.list.selectionModel().clear()
    assert header.copy_selected.text() == "Copy the selected ones to…"
    assert not header.copy_selected.isEnabled()
    select(checked, "IMG_0001.JPG", "IMG_0004.JPG", "IMG_0007.JPG")
    assert header.copy_selected.text() == "Copy the 2 selected ones to…"  # one of the three cannot be read
    header.copy_selected.click()
    choose_target(checked, tmp_path / "Button")
    assert sorted(file.name for file in (tmp_path / "Button").iterdir()) == ["IMG_0001.JPG", "IMG_0004.JPG"]
    assert page.outcome.text == "2 photos were copied to “Button”."
    checked.key(page.list, Key.Key_C, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    choose_target(checked, tmp_path / "Button")
    assert "0 photos were copied" in page.outcome.text
    assert "2 have the content of others that are there." in page.outcome.text
    select(checked, "IMG_0005.JPG")
    menu = page.menu(page.list.current)
    action = next(one for one in menu.actions() if one.text().startswith("Copy the selected one to…"))
    action.trigger()
    menu.deleteLater()
    choose_target(checked, tmp_path / "Menu")
    assert [file.name for file in (tmp_path / "Menu").iterdir()] == ["IMG_0005.JPG"]


def test_what_cannot_be_read_is_not_copied(checked):
    page = page_of(checked)
    select(checked, "IMG_0007.JPG")
    assert not page.header.copy_selected.isEnabled()
    checked.key(page.list, Key.Key_C, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert checked.workspace.checking._copying.dialog is None
    menu = page.menu(page.list.current)
    assert not menu.actions()[-1].isEnabled()
    menu.deleteLater()


def test_a_selection_stays_when_the_list_changes_as_far_as_it_is_shown(checked):
    page = page_of(checked)
    checked.key(page.list, Key.Key_A, CONTROL)
    assert len(page.list.selected) == 8
    select(checked, "IMG_0001.JPG", "IMG_0005.JPG", "IMG_0006.JPG")
    page.header.order.setCurrentIndex(list(Order).index(Order.VERDICT))
    assert sorted(row.name for row in page.list.selected) == ["IMG_0001.JPG", "IMG_0005.JPG", "IMG_0006.JPG"]
    assert page.list.current.name == "IMG_0006.JPG"
    page.header.buttons["new"].click()
    assert [row.name for row in page.list.selected] == ["IMG_0005.JPG", "IMG_0006.JPG"]
    assert page.header.copy_selected.text() == "Copy the 2 selected ones to…"
    checked.key(page.list, Key.Key_C, CONTROL)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines == [str(row.path) for row in page.list.selected]


def test_a_right_click_on_a_selected_file_means_all_that_are_selected(checked):
    page = page_of(checked)
    select(checked, "IMG_0001.JPG", "IMG_0005.JPG")
    wanted = []
    page.list.menu_wanted.disconnect()
    page.list.menu_wanted.connect(lambda row, position: wanted.append((row.name, len(page.list.selected))))
    for name in ("IMG_0001.JPG", "IMG_0003.JPG"):
        row = next(place for place, one in enumerate(page.model.rows) if one.name == name)
        at = page.list.visualRect(page.model.index(row)).center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, page.list.viewport().mapToGlobal(at))
        QApplication.sendEvent(page.list.viewport(), event)
    assert wanted == [("IMG_0001.JPG", 2), ("IMG_0003.JPG", 1)]


def test_too_little_room_is_a_sentence_and_nothing_is_written(checked, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 0))
    copy_to(checked, tmp_path / "Import")
    assert "1 MB are needed, 0 MB are free. Nothing was copied." in page_of(checked).outcome.text
    assert not (tmp_path / "Import").exists()


def test_a_target_behind_a_link_into_the_library_is_indexed(checked, photos, tmp_path):
    (tmp_path / "link").symlink_to(photos[0].parent, target_is_directory=True)
    copy_to(checked, tmp_path / "link" / "new")
    assert "which is in your library" in page_of(checked).outcome.text
    checked.until(lambda: checked.workspace.watch.latest.counts.searchable == len(photos) + 3)


def test_where_nothing_can_be_copied_to_is_a_sentence(checked, card, tmp_path):
    page = page_of(checked)
    copy_to(checked, card / "DCIM")
    assert "where the files come from" in page.outcome.text
    copy_to(checked, checked.session.library.folder / "new")
    assert "its own data" in page.outcome.text
    (tmp_path / "file").write_text("in the way")
    copy_to(checked, tmp_path / "file" / "below")
    assert "cannot be made" in page.outcome.text
    copy_to(checked, tmp_path / "Import")
    copy_to(checked, tmp_path / "Import")
    assert "0 photos were copied" in page.outcome.text
    assert "3 have the content of others that are there." in page.outcome.text
