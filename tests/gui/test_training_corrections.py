"""What is corrected about labels is there when the same photos are looked at again, also by a program started anew."""

import json
from pathlib import Path

import pytest
from played import corrected, examined, found, write_run
from PySide6.QtWidgets import QApplication

from gui.training import Step
from gui.training_corrections import KeptCorrections
from gui.training_records import Examined

# Without a desktop there is nothing a dialog could raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def kept(user):
    """What is on the disk: labels by the name of the photo and the label that it was given."""
    file = user.session.library.folder / "runs" / "corrections.json"

    def read():
        rows = json.loads(file.read_text())["corrections"] if file.exists() else []
        return {(one["path"].rpartition("/")[2], one["given"]): one["label"] for one in rows}

    read.file = file
    return read


def again(user, play, photos, **others):
    """Begin anew, and look at the same photos."""
    user.workspace.training.begin_anew()
    user.workspace.training._kept = KeptCorrections(user.session.library.folder / "runs")  # a program started anew
    return looked(user, play, photos, **others)


def looked(user, play, photos, **others):
    dialog = user.workspace.training.dialog
    play("", examined(photos, **others))
    dialog.choosing.look.click()
    user.until(lambda: user.workspace.training.step is Step.EXAMINED)
    QApplication.processEvents()
    return dialog.examined


def one_corrected(user, play, photos, kept):
    page = found(user, play, photos).examined
    assert not page.before.isVisible()
    page.take_all.click()
    user.until(lambda: kept() == {("photo_000.jpg", "cup"): "mug"})
    return page


def test_corrections_are_kept_when_they_are_made(user, play, photos, kept):
    page = one_corrected(user, play, photos, kept)
    one, both = page.cards()
    both.leave.click()
    out = {("photo_002.jpg", "cup"): None, ("photo_003.jpg", "mug"): None}
    user.until(lambda: kept() == {("photo_000.jpg", "cup"): "mug"} | out)
    one.back.click()
    user.until(lambda: kept() == out)
    both.back.click()
    both.takes[0].click()
    user.until(lambda: kept() == {("photo_003.jpg", "mug"): "cup"})  # the other one is a cup anyway


def test_they_count_when_the_photos_are_looked_at_again(user, play, photos, kept):
    one_corrected(user, play, photos, kept)
    page = again(user, play, photos)
    assert page.before.isVisible()
    assert page.before.text() == "1 correction from last time counts again."
    assert page.cards()[0].decided.text() == "Counts as “mug” in your trainings."
    assert not page.take_all.isVisible()
    play("sys.exit(130)")
    page.learn.click()
    user.until(lambda: user.workspace.training.step is Step.EXAMINED)
    assert corrected(user)["photo_000.jpg"] == "mug"


def test_they_are_undone_and_done_again(user, play, photos, kept):
    one_corrected(user, play, photos, kept)
    page = again(user, play, photos)
    page.undo.setFocus()
    page.undo.click()
    assert page.before.text() == "1 correction from last time is undone."
    assert not page.undo.isVisible()
    assert page.redo.hasFocus()
    assert page.cards()[0].takes[0].isVisible()
    user.until(lambda: kept() == {})
    page.redo.click()
    assert page.undo.hasFocus()
    user.until(lambda: kept() == {("photo_000.jpg", "cup"): "mug"})
    page.cards()[0].back.click()
    assert page.redo.isVisible()
    page.cards()[0].leave.click()
    page.redo.click()
    assert page.cards()[0].decided.text() == "Left out of your trainings."  # what was decided since then stays


def test_a_photo_that_is_labelled_otherwise_by_now_is_not_corrected(user, play, photos, kept):
    one_corrected(user, play, photos, kept)
    rows = [[str(photo), ("bowl", "mug")[place % 2], ""] for place, photo in enumerate(photos)]
    page = again(user, play, photos, labelled=rows, classes={"bowl": 6, "mug": 6})
    assert not page.before.isVisible()
    assert page.summary.text() == "12 photos of 2 subjects"
    page = again(user, play, photos)
    assert page.before.isVisible()  # it is a cup again


def test_corrections_of_other_photos_stay(user, play, photos, kept):
    one_corrected(user, play, photos, kept)
    few = {"labelled": [[str(photo), "cup", ""] for photo in photos[2:4]], "classes": {"cup": 2}}
    both = {"message": "Look.", "hint": "", "photos": list(map(str, photos[2:4])), "suggestion": "mug"}
    page = again(user, play, photos, problems=[both], **few)
    assert not page.before.isVisible()
    page.take_all.click()
    user.until(lambda: len(kept()) == 3)
    assert kept()["photo_000.jpg", "cup"] == "mug"


def test_photos_with_several_labels_are_not_corrected(user, play, photos, kept):
    one_corrected(user, play, photos, kept)
    assert not again(user, play, photos, several_labels=True).before.isVisible()
    assert not user.workspace.training.corrections


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "{",
        "[" * 100_000,
        "[]",
        '{"format": 2, "corrections": []}',
        '{"format": 1, "corrections": [{"path": "/a.jpg", "given": "cup"}]}',
        '{"format": 1, "corrections": [{"path": "/a.jpg", "given": "cup", "label": 3}]}',
        '{"format": 1, "corrections": [{"path": 3, "given": "cup", "label": "mug"}]}',
    ],
    ids=["empty", "half", "deep", "list", "newer", "no label", "number", "no path"],
)
def test_a_damaged_file_is_told_put_aside_and_replaced(user, play, photos, kept, damage):
    write_run(kept.file.parent / "2026-11-20-101500-abcdefgh")
    kept.file.write_text(damage)
    dialog = found(user, play, photos)
    user.until(lambda: "cannot be read, it is damaged" in dialog.note.text())
    assert dialog.note.text().endswith("Correct the labels again. The file is kept as corrections.damaged.json.")
    assert (kept.file.parent / "corrections.damaged.json").read_text() == damage
    assert len(dialog.examined.cards()) == 2
    dialog.examined.take_all.click()
    user.until(lambda: kept() == {("photo_000.jpg", "cup"): "mug"})
    assert (kept.file.parent / "2026-11-20-101500-abcdefgh" / "metrics.json").exists()


def test_what_cannot_be_kept_is_told_and_counts_all_the_same(user, play, photos, kept):
    dialog = found(user, play, photos)
    kept.file.parent.write_text("in the way")
    dialog.examined.take_all.click()
    user.until(lambda: "“corrections.json” cannot be written" in dialog.note.text())
    assert dialog.examined.cards()[0].decided.isVisible()


def test_names_that_are_no_utf_8_are_kept(tmp_path):
    name = b"/p/caf\xe9.jpg".decode("utf-8", "surrogateescape")
    told = {"classes": {"cup": 1}, "problems": [], "skipped": [], "labelled": [[name, "cup", ""]]}
    KeptCorrections(tmp_path / "runs").keep(Examined.read(told), {Path(name): "mug"})
    assert KeptCorrections(tmp_path / "runs").of(Examined.read(told)) == {Path(name): "mug"}
