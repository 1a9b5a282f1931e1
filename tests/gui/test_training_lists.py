"""Lists of labelled photos, and a ground truth whose photos lie elsewhere, in the training dialog."""

import pytest
from played import close, look, opened
from PySide6.QtCore import Qt

from gui.training import Step

# Without a desktop there is nothing a dialog could raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ELSEWHERE = {
    "event": "failed",
    "message": "Not one good photo of the 2 landmarks is in /p, besides those that ask.",
    "hint": "Name the photos' folder with --gallery.",
    "photos_elsewhere": True,
}


def listed(choosing):
    return [choosing.sources.item(row).text() for row in range(choosing.sources.count())]


def choose_photos(dialog, folder):
    dialog.find_photos.click()
    dialog.chooser.fileSelected.emit(str(folder))
    dialog.chooser.close()


def test_a_list_is_chosen_beside_folders(user, photos, tmp_path):
    dialog, table = opened(user), tmp_path / "labels.csv"
    dialog.choosing.add_list.click()
    chooser = dialog.choosing.chooser
    assert chooser.nameFilters()[0] == "Tables and lists (*.csv *.tsv *.txt *.json)"
    chooser.fileSelected.emit(str(table))
    chooser.close()
    assert dialog.choosing.plan().sources == (table,)
    assert dialog.choosing.look.isEnabled()
    assert not dialog.note.isVisible()


def test_a_file_that_is_no_list_is_not_taken(user, photos):
    dialog = opened(user)
    dialog.choosing.add_list.click()
    dialog.choosing.chooser.fileSelected.emit(str(photos[0]))
    dialog.choosing.chooser.close()
    assert not dialog.choosing.plan().sources
    assert "photo_000.jpg is neither a folder nor a list" in dialog.note.text()


def test_the_photos_of_a_ground_truth_are_looked_for_where_a_person_says(user, play, photos, tmp_path):
    dialog = look(user, play, photos, ELSEWHERE, code="sys.exit(1)")
    user.until(dialog.find_photos.isVisible)
    assert dialog.find_photos.hasFocus()
    assert "Not one good photo" in dialog.note.text()
    assert "--gallery" not in dialog.note.text()
    choose_photos(dialog, tmp_path / "first")
    user.until(dialog.find_photos.isVisible)
    play("sys.exit(130)")
    choose_photos(dialog, tmp_path / "second")
    assert not dialog.find_photos.isVisible()
    user.until(lambda: user.workspace.training.step is Step.CHOOSING)
    given = play.given()
    assert given[given.index("--gallery") + 1] == str(tmp_path / "second")
    assert given[-2:] == ["--", str(photos[0].parent)]
    assert len(listed(dialog.choosing)) == 2


def test_the_folder_of_the_photos_is_taken_out_again(user, play, photos, tmp_path):
    dialog = look(user, play, photos, ELSEWHERE, code="sys.exit(1)")
    user.until(dialog.find_photos.isVisible)
    choose_photos(dialog, tmp_path / "second")
    user.until(dialog.find_photos.isVisible)
    close(user, dialog)
    choosing = opened(user).choosing
    assert choosing.plan().photos == tmp_path / "second"
    choosing.sources.setCurrentRow(0)
    choosing.remove.click()
    assert "second" in listed(choosing)[0]
    assert not choosing.look.isEnabled()  # there is nothing to learn from
    user.key(choosing.sources, Qt.Key.Key_Delete)
    assert choosing.plan().photos is None


def test_of_other_failures_no_folder_is_asked_for(user, play, photos):
    dialog = look(user, play, photos, ELSEWHERE, code="sys.exit(1)")
    user.until(dialog.find_photos.isVisible)
    play("sys.exit(1)", ELSEWHERE | {"hint": "Name others.", "photos_elsewhere": False})
    dialog.choosing.look.click()
    user.until(lambda: "Name others." in dialog.note.text())
    assert not dialog.find_photos.isVisible()
