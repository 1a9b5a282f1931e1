"""“Do I have this?” in the window, on a real library and a small memory card."""

import csv
import json
import shutil
import threading

import pytest
from checks import answer, card_of, page_of
from deeds import offer, said
from gestures import files
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from gui.drops import Aim, Files
from gui.having.rows import Order
from tests.samples import scene

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
BELOW = QPoint(400, 700)
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def card(photos):
    return card_of(photos)


@pytest.fixture
def checked(settled, card):
    """A user who sees what the library has of a card."""
    settled.drop(files(card), place=BELOW)
    settled.until(lambda: settled.workspace.checking.page is not None)
    settled.until(lambda: not settled.workspace.checking.page.running)
    return settled


def shown(user) -> dict[str, str]:
    return {row.name[:12]: row.group for row in page_of(user).model.rows}


def test_a_folder_that_is_let_go_below_is_checked_and_not_indexed(checked, photos):
    assert shown(checked) == {
        "IMG_0001.JPG": "identical",
        "IMG_0002.png": "identical",
        "IMG_0003.JPG": "same picture",
        "IMG_0004.JPG": "edited",
        "IMG_0005.JPG": "new",
        "IMG_0006.JPG": "new",
        "IMG_0007.JPG": "unreadable",
        "A photo with": "new",
    }
    page = page_of(checked)
    assert page.header.title.text() == "EOS_DIGITAL"
    assert page.header.summary.text() == "You have 4 of 7 · 3 are new · 1 cannot be read"
    words = {row.name: row.words for row in page.model.rows}
    assert words["IMG_0001.JPG"] == "identical file"
    assert words["IMG_0004.JPG"].startswith("mirrored · score ")
    assert words["IMG_0005.JPG"] == "nothing like it in your library"
    assert words["IMG_0007.JPG"]
    folders = {row.name: row.folder for row in page.model.rows}
    assert folders["IMG_0001.JPG"] == "EOS_DIGITAL/DCIM/100CANON"
    assert not checked.workspace.indexing.running
    assert checked.workspace.watch.latest.counts.searchable == len(photos)


def test_both_uses_of_a_folder_are_named_while_it_hovers(settled, card, photos):
    overlay = settled.window.drop_target.overlay

    def hover(mime, place):
        event = QDragEnterEvent(
            place, Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(settled.window, event)
        assert not overlay.grab().isNull()
        return overlay.text

    assert hover(files(card), QPoint(400, 200)) == "Index this folder"
    assert hover(files(card), BELOW) == "Do I have what is in it?"
    assert "nothing is added" in overlay.hint
    assert hover(files(photos[0], photos[1]), QPoint(400, 200)) == "Find lookalikes of these 2 pictures"
    assert hover(files(photos[0], photos[1]), BELOW) == "Do I have these?"
    assert hover(files(photos[0]), BELOW) == "Find lookalikes"
    overlay.hide()


def test_loose_files_are_checked_together_and_what_is_no_photo_is_told(settled, card, tmp_path):
    (tmp_path / "notes.txt").write_text("hello")
    folder = card / "DCIM" / "100CANON"
    settled.drop(files(folder / "IMG_0001.JPG", folder / "IMG_0005.JPG", tmp_path / "notes.txt"), place=BELOW)
    settled.until(lambda: page_of(settled) and not page_of(settled).running)
    assert shown(settled) == {"IMG_0001.JPG": "identical", "IMG_0005.JPG": "new"}
    assert page_of(settled).header.title.text() == "2 folders and files"
    assert "2 folders and files are checked, “notes.txt” is not a picture." in said(settled)
    assert settled.query_names() == []


def test_a_folder_on_the_command_line_may_be_checked(settled, card):
    settled.window.intake.take(Files((card,)), Aim.NAMED)
    settled.until(lambda: settled.window.messages.texts)
    offer(settled, "Do I have these photos?").click()
    settled.until(lambda: page_of(settled) and not page_of(settled).running)
    assert page_of(settled).model.total == 8


def test_the_command_asks_for_a_folder_and_later_returns_to_what_was_checked(settled, card):
    settled.key(settled.window, Key.Key_H, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    checking, page = settled.workspace.checking, page_of(settled)
    assert page.blank.line.text() == "Do I have these photos?"
    assert page.blank.choose.isVisible()
    checking.dialog.fileSelected.emit(str(card))
    checking.dialog.close()
    settled.until(lambda: not page.running)
    settled.window.commands["clear"].trigger()
    assert not page.isVisible()
    before = checking.dialog
    settled.window.commands["have"].trigger()
    assert page.isVisible()
    assert page.model.total == 8
    assert checking.dialog is before


def test_verdicts_search_and_order_narrow_the_list(checked):
    page = page_of(checked)
    header = page.header
    assert header.buttons["new"].text() == "New  3"
    assert header.buttons["new"].accessibleName() == "New: 3 files"
    assert header.buttons["similar"].isHidden()
    header.buttons["new"].click()
    assert {row.group for row in page.model.rows} == {"new"}
    header.search.setText("img 5")
    assert [row.name for row in page.model.rows] == ["IMG_0005.JPG"]
    header.search.setText("nothing has this")
    assert page.blank.isVisible()
    assert "“nothing has this”" in page.blank.line.text()
    checked.key(header.search, Key.Key_Escape)
    header.buttons[""].click()
    header.order.setCurrentIndex(list(Order).index(Order.VERDICT))
    assert [row.group for row in page.model.rows][:3] == ["new"] * 3
    assert page.model.rows[-1].group == "unreadable"
    header.order.setCurrentIndex(list(Order).index(Order.NAME))
    assert page.model.rows[0].name.startswith("A photo")


def test_the_current_file_stays_current_when_the_list_changes(checked):
    page = page_of(checked)
    page.list.go_to(page.model.rows[3].file.id)
    name = page.list.current.name
    page.header.order.setCurrentIndex(list(Order).index(Order.SCORE))
    assert page.list.current.name == name


def test_keys_compare_preview_and_return_to_the_row(checked):
    page = page_of(checked)
    row = next(row for row in page.model.rows if row.group == "edited")
    page.list.go_to(row.file.id)
    checked.key(page.list, Key.Key_Return)
    compared = page.comparison
    checked.until(lambda: compared.stays.canvas.layer.loaded_side and compared.changes.canvas.layer.loaded_side)
    assert compared.stays.side.source == row.path
    assert compared.photo == row.match
    assert "mirrored" in compared.changes.caption.facts.text()
    checked.key(compared, Key.Key_PageUp)
    assert compared.stays.side.title == "IMG_0003.JPG"
    checked.key(compared, Key.Key_Escape)
    assert page.list.current.name == "IMG_0003.JPG"
    page.list.go_to(next(row.file.id for row in page.model.rows if row.group == "new"))
    checked.key(page.list, Key.Key_Space)
    checked.until(lambda: page.viewer.canvas.layer.loaded_side)
    assert page.currentWidget() is page.viewer
    checked.key(page.viewer, Key.Key_Space)
    assert page.list.isVisible()
    checked.key(checked.window, Key.Key_Escape)
    assert not page.isVisible()


def test_a_new_file_has_nothing_to_compare_with_and_is_shown_alone(checked):
    page = page_of(checked)
    page.list.go_to(next(row.file.id for row in page.model.rows if row.group == "new"))
    checked.key(page.list, Key.Key_Return)
    assert page.currentWidget() is page.viewer
    menu = page.menu(page.list.current)
    by_text = {action.text().partition("\t")[0]: action for action in menu.actions()}
    assert not by_text["Compare with its match"].isEnabled()
    assert by_text["Preview"].isEnabled()
    assert "Show its match in file manager" not in by_text
    menu.deleteLater()


def test_lookalikes_of_a_file_and_its_path(checked):
    page = page_of(checked)
    page.list.go_to(page.model.rows[-1].file.id)
    current = page.list.current
    checked.key(page.list, Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == str(current.path)
    row = next(row for row in page.model.rows if row.group == "same picture")
    page.list.go_to(row.file.id)
    checked.key(page.list, Key.Key_L)
    checked.until(lambda: checked.workspace.searching.result)
    assert checked.query_names() == [row.name]
    assert checked.matches()[0] == "photo_002.jpg"


def test_pictures_of_files_and_matches_are_loaded_for_what_is_seen(checked):
    page, loader = page_of(checked), checked.workspace.loader
    rows = [row for row in page.model.rows if row.readable]
    checked.until(lambda: all(page.list._files.image(row.file.id) for row in rows))
    checked.until(lambda: all(loader.image(row.match.id) for row in rows if row.match))


def test_the_list_is_saved_as_a_table_and_as_a_document(checked, tmp_path):
    page, checking = page_of(checked), checked.workspace.checking
    for name in ("list.csv", "list.json"):
        page.header.save.click()
        checking.dialog.fileSelected.emit(str(tmp_path / name))
        checking.dialog.close()
        checked.until(lambda name=name: page.outcome.text == f"“{name}” was saved.")
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert len(list(csv.DictReader(stream))) == 8
    assert len(json.loads((tmp_path / "list.json").read_text("utf-8"))["files"]) == 7


def test_a_check_can_be_cancelled_and_keeps_what_was_found(settled, card, monkeypatch):
    begun, go = threading.Event(), threading.Event()
    having = settled.session.library.having
    by_pixels = having._by_pixels

    def waiting(unknown, check):
        begun.set()
        go.wait(20)
        by_pixels(unknown, check)

    monkeypatch.setattr(having, "_by_pixels", waiting)
    settled.workspace.checking.check([card])
    page = page_of(settled)
    settled.until(begun.is_set)
    settled.until(lambda: page.model.total == 1)
    assert page.header.cancel.isVisible()
    assert not page.header.copy.isEnabled()
    page.header.cancel.click()
    go.set()
    settled.until(lambda: not page.running)
    assert page.outcome.text == "The check was cancelled. What was found so far is shown."
    assert shown(settled) == {"IMG_0001.JPG": "identical"}
    monkeypatch.undo()
    answer(settled, "Check once more").click()
    settled.until(lambda: not page.running)
    assert page.model.total == 8
    assert page.outcome.text == ""


def test_a_card_that_is_pulled_out_and_a_folder_that_is_gone(checked, card, tmp_path):
    page = page_of(checked)
    shutil.move(card, tmp_path / "elsewhere")
    page.header.again.click()
    checked.until(lambda: not page.running)
    assert page.outcome.text.startswith(f"There is no folder or file {card}.")
    assert page.blank.line.text() == "Nothing was compared"
    shutil.move(tmp_path / "elsewhere", card)
    answer(checked, "Check once more").click()
    checked.until(lambda: not page.running)
    assert page.model.total == 8


def test_a_folder_without_photos_and_one_that_nobody_can_read(settled, tmp_path):
    (tmp_path / "Papers").mkdir()
    (tmp_path / "Papers" / "notes.txt").write_text("hello")
    checking = settled.workspace.checking
    checking.check([tmp_path / "Papers"])
    settled.until(lambda: not page_of(settled).running)
    assert page_of(settled).blank.line.text() == "There are no photos in “Papers”"
    (tmp_path / "Papers" / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    checking.check([tmp_path / "Papers"])
    settled.until(lambda: not page_of(settled).running)
    assert page_of(settled).header.summary.text() == "1 cannot be read"
    page = page_of(settled)
    page.list.go_to(page.model.rows[0].file.id)
    settled.key(page.list, Key.Key_Return)  # there is nothing to look at
    assert page.list.isVisible()


def test_everything_is_there_already(settled, photos):
    settled.workspace.checking.check(photos[:3])
    settled.until(lambda: not page_of(settled).running)
    assert page_of(settled).header.summary.text() == "You have all 3 of these"
    assert "are the files themselves" in page_of(settled).outcome.text


def test_a_link_to_the_library_is_the_library_and_dots_that_lead_out_of_it_are_not(settled, photos, card):
    root = photos[0].parent
    (root.parent / "link").symlink_to(root, target_is_directory=True)
    checking = settled.workspace.checking
    own = {}
    for place in (root.parent / "link", root / ".." / card.name):
        checking.check([place])
        settled.until(lambda: not page_of(settled).running)
        own[place.name] = "are the files themselves" in page_of(settled).outcome.text
    assert own == {"link": True, card.name: False}


def test_who_is_elsewhere_when_a_check_ends_is_told(settled, card):
    settled.workspace.checking.check([card])
    settled.key(settled.window, Key.Key_Escape)
    settled.until(lambda: "“EOS_DIGITAL” was checked." in said(settled))
    assert not page_of(settled).isVisible()
    offer(settled, "Show").click()
    assert page_of(settled).isVisible()


def test_another_check_takes_the_place_of_the_one_that_runs(settled, card, tmp_path):
    (tmp_path / "One").mkdir()
    scene(90).save(tmp_path / "One" / "a.jpg")
    settled.workspace.checking.check([card])
    settled.workspace.checking.check([tmp_path / "One"])
    settled.until(lambda: not page_of(settled).running)
    settled.until(lambda: not settled.session.tasks.busy)
    assert shown(settled) == {"a.jpg": "new"}
