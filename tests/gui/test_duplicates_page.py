"""Duplicates in the window, on the real engine: found, looked through by keyboard, moved to the trash and back."""

import json
import threading

import pytest
from copies import find, groups, look_at, members, write_burst, write_copies
from deeds import offer, said
from gestures import answer, question
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from engine import trash
from engine.catalog.pairs import PairKind
from engine.duplicates.groups import GroupKind, Where
from engine.jobs import Progress
from gui.duplicates.delegates import Card

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
APART = (
    (Key.Key_N, Qt.KeyboardModifier.NoModifier, PairKind.NOT_COPIES),
    (Key.Key_K, SHIFT, PairKind.KEEP_BOTH),
)
FIRST = {"scene_1.jpg": False, "same.jpg": True, "small.jpg": True}


@pytest.fixture
def folder(tmp_path):
    return write_copies(tmp_path / "Copies")


@pytest.fixture
def reviewing(own_trash, user, folder):
    """A user in front of two groups of copies."""
    user.add_folder(folder)
    find(user)
    return user


def page(user):
    return user.workspace.deduplicating.page


def press(user, key, modifiers=Qt.KeyboardModifier.NoModifier):
    at = page(user).comparison.viewer if page(user).comparing else page(user).pane.members
    user.key(at, key, modifiers)


def test_from_no_photos_to_groups_with_the_one_to_keep_and_why(own_trash, user, folder):
    user.window.commands["duplicates"].trigger()
    start = page(user).start
    assert user.workspace.deduplicating.shown
    assert start.title.text() == "No photos yet"
    assert start.add_folder.isVisible()
    assert not start.look.isVisible()
    start.add_folder.click()
    user.window.findChild(QFileDialog).reject()
    user.add_folder(folder)
    user.until(start.look.isVisible)
    assert start.title.text() == "Find duplicates"
    find(user)
    pane = page(user).pane
    assert set(groups(user)) == {"scene_1.jpg", "scene_2.jpg"}
    look_at(user, "scene_1.jpg")
    assert set(members(user)) == set(FIRST)
    assert members(user) == {name: FIRST[name] for name in members(user)}
    assert pane.title.text() == "3 copies"
    assert pane.why.text() == "Worth keeping is “scene_1.jpg”: earlier."
    assert pane.move_marked.text() == "Move 2 photos to the trash"
    assert pane.summary.text().startswith("2 groups · 3 photos to spare · ")
    told = pane.members_model.index([*members(user)].index("small.jpg")).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("small.jpg, To the trash, Resized to 75 %")
    assert "270 × 202" in told
    listed = pane.groups_model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "to spare" in listed
    user.until(lambda: pane.members_model.index(0).data(Qt.ItemDataRole.DecorationRole))


def test_the_page_is_a_place_of_the_sidebar_and_escape_leaves_it(reviewing):
    panel = reviewing.workspace.library_panel
    assert panel.duplicates.isChecked()
    press(reviewing, Key.Key_Escape)
    assert not reviewing.workspace.deduplicating.shown
    assert not panel.duplicates.isChecked()
    panel.duplicates.click()
    assert groups(reviewing)
    panel.map.click()
    assert (panel.map.isChecked(), panel.duplicates.isChecked()) == (True, False)
    panel.duplicates.click()
    assert (panel.map.isChecked(), panel.duplicates.isChecked()) == (False, True)


def test_photos_are_marked_and_one_of_them_always_stays(reviewing, qtbot):
    look_at(reviewing, "scene_1.jpg", "small.jpg")
    press(reviewing, Key.Key_K)
    assert members(reviewing)["small.jpg"] is False
    press(reviewing, Key.Key_X)
    assert members(reviewing) == FIRST
    look_at(reviewing, "scene_1.jpg", "scene_1.jpg")
    press(reviewing, Key.Key_Delete)
    assert members(reviewing) == FIRST
    assert "One photo of each group stays." in said(reviewing)
    look_at(reviewing, "scene_1.jpg", "same.jpg")
    press(reviewing, Key.Key_B)
    assert members(reviewing) == {"scene_1.jpg": True, "same.jpg": False, "small.jpg": True}
    press(reviewing, Key.Key_U)
    assert members(reviewing) == FIRST
    look_at(reviewing, "scene_1.jpg", "scene_1.jpg")
    view = page(reviewing).pane.members
    row = [*members(reviewing)].index("small.jpg")
    card = Card.of(view.visualRect(view.model().index(row, 0)), view.font())
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=card.fate.center())
    assert members(reviewing)["small.jpg"] is False
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=card.picture.center())
    assert members(reviewing)["small.jpg"] is False
    assert page(reviewing).pane.photo.path.name == "small.jpg"
    view = page(reviewing).pane.members
    view.customContextMenuRequested.emit(view.visualRect(view.model().index(0, 0)).center())
    menu = QApplication.activePopupWidget()
    assert "Keep only this photo" in [action.text() for action in menu.actions()]
    menu.close()
    view.customContextMenuRequested.emit(QPoint(view.width() - 1, view.height() - 1))
    assert QApplication.activePopupWidget() is None


def test_the_marked_of_a_group_go_to_the_trash_and_undo_brings_the_group_back(reviewing, folder, own_trash):
    look_at(reviewing, "scene_1.jpg")
    press(reviewing, Key.Key_Delete, CTRL)
    reviewing.until(lambda: groups(reviewing) == ["scene_2.jpg"])
    assert question(reviewing.window) is None
    assert sorted(file.name for file in (own_trash / "files").iterdir()) == ["same.jpg", "small.jpg"]
    reviewing.until(lambda: "2 photos are in the trash." in said(reviewing))
    offer(reviewing).click()
    reviewing.until(lambda: len(groups(reviewing)) == 2)
    assert (folder / "shared" / "small.jpg").exists()
    look_at(reviewing, "scene_1.jpg")
    reviewing.until(lambda: members(reviewing) == FIRST)


def test_reviewed_groups_go_together_after_a_question(reviewing, own_trash):
    press(reviewing, Key.Key_R)
    press(reviewing, Key.Key_U)
    page(reviewing)._review_identical()
    review = page(reviewing).review
    (one,) = review.groups(review.reviewed())
    assert one.keeper.path.name in ("scene_2.jpg", "again.jpg")
    page(reviewing)._review_none()
    assert review.reviewed() == []
    pane = page(reviewing).pane
    assert not pane.footer.isVisible()
    first = groups(reviewing)[0]
    look_at(reviewing, first)
    press(reviewing, Key.Key_R)
    assert pane.number >= 0
    assert groups(reviewing).index(first) == 0
    assert pane.groups.currentIndex().row() == 1
    press(reviewing, Key.Key_R)
    assert pane.reviewed.text().startswith("2 groups are reviewed: ")
    press(reviewing, Key.Key_Delete, CTRL | SHIFT)
    box = question(reviewing.window)
    assert box.text() == "Move 3 photos to the trash?"
    assert "2 reviewed groups" in box.informativeText()
    answer(box, "Move to the trash")
    start = page(reviewing).start
    reviewing.until(start.title.isVisible)
    assert start.title.text() == "All done"
    assert len([*(own_trash / "files").iterdir()]) == 3
    reviewing.until(lambda: "3 photos are in the trash." in said(reviewing))
    offer(reviewing).click()
    reviewing.until(lambda: len(groups(reviewing)) == 2 and page(reviewing).reviewing)


def test_what_cannot_be_moved_stays_with_a_sentence(reviewing, folder, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(trash, "_has_trash", lambda path: False)
        look_at(reviewing, "scene_1.jpg")
        press(reviewing, Key.Key_Delete, CTRL)
        reviewing.until(lambda: "2 photos stay where they are." in said(reviewing))
        reviewing.until(lambda: not reviewing.session.tasks.busy)
    assert members(reviewing) == FIRST
    assert (folder / "shared" / "small.jpg").exists()
    look_at(reviewing, "scene_1.jpg")
    reviewing.until(lambda: not reviewing.session.tasks.busy)
    (folder / "shared" / "small.jpg").write_bytes(b"something else")
    press(reviewing, Key.Key_Delete, CTRL)
    reviewing.until(lambda: "was changed since it was compared" in said(reviewing))
    reviewing.until(lambda: "small.jpg" not in members(reviewing))
    assert (folder / "shared" / "same.jpg").exists()


def test_a_file_that_vanishes_during_the_review_is_told_and_its_group_goes_on(reviewing, folder):
    look_at(reviewing, "scene_2.jpg")
    reviewing.until(lambda: not reviewing.session.tasks.busy)
    (folder / "shared" / "small.jpg").unlink()
    look_at(reviewing, "scene_1.jpg")
    reviewing.until(lambda: "small.jpg" not in members(reviewing))
    assert "“small.jpg” is gone, or was changed." in said(reviewing)
    assert set(members(reviewing)) == {"scene_1.jpg", "same.jpg"}
    reviewing.until(lambda: not reviewing.session.tasks.busy)
    (folder / "2024" / "scene_1.jpg").rename(folder.parent / "away.jpg")
    press(reviewing, Key.Key_Delete, CTRL)
    reviewing.until(lambda: "None of the photos of this group that would stay" in said(reviewing))
    reviewing.until(lambda: groups(reviewing) == ["scene_2.jpg"])
    assert (folder / "shared" / "same.jpg").exists()


def test_a_group_that_is_none_is_not_shown_again_until_that_is_taken_back(reviewing):
    for key, modifiers, kind in APART:
        look_at(reviewing, "scene_1.jpg")
        press(reviewing, key, modifiers)
        reviewing.until(lambda: groups(reviewing) == ["scene_2.jpg"])
        assert reviewing.session.library.duplicates.kept_apart(kind)
        press(reviewing, Key.Key_U)
        reviewing.until(lambda: len(groups(reviewing)) == 2)
        assert not reviewing.session.library.duplicates.kept_apart(kind)
    (best,) = [name for name in groups(reviewing) if name != "scene_1.jpg"]
    look_at(reviewing, best)
    press(reviewing, Key.Key_N)
    assert "These are identical files" in said(reviewing)
    press(reviewing, Key.Key_K, SHIFT)
    reviewing.until(lambda: groups(reviewing) == ["scene_1.jpg"])
    find(reviewing)
    assert groups(reviewing) == ["scene_1.jpg"]
    # Decided elsewhere meanwhile: the page follows.
    look_at(reviewing, "scene_1.jpg")
    library = reviewing.session.library
    library.duplicates.keep_apart(PairKind.NOT_COPIES, [one.photo for one in page(reviewing).pane.group.members])
    reviewing.workspace.deduplicating.refresh()
    reviewing.until(lambda: set(members(reviewing)) == {"scene_1.jpg", "same.jpg"})  # which are identical


def test_a_photo_is_compared_with_the_best_one_and_marked_there(reviewing):
    look_at(reviewing, "scene_1.jpg", "same.jpg")
    press(reviewing, Key.Key_Return)
    comparison = page(reviewing).comparison
    assert page(reviewing).comparing
    assert comparison.viewer.stays.title == "scene_1.jpg"
    assert comparison.photo.path.name == "same.jpg"
    assert comparison.said.text() == "To the trash: Identical file"
    press(reviewing, Key.Key_K)
    assert comparison.said.text() == "Keep: Identical file"
    press(reviewing, Key.Key_Down, CTRL)
    assert page(reviewing).comparing
    assert comparison.viewer.stays.title == "scene_2.jpg"
    press(reviewing, Key.Key_Escape)
    assert page(reviewing).reviewing
    assert not page(reviewing).comparing
    press(reviewing, Key.Key_Space)
    assert page(reviewing).comparing
    reviewing.workspace.step_back()
    press(reviewing, Key.Key_Up, CTRL)
    assert members(reviewing)["same.jpg"] is False


def test_reference_folders_and_what_is_marked_is_kept_by_the_next_search(reviewing, folder, tmp_path):
    look_at(reviewing, "scene_1.jpg", "small.jpg")
    press(reviewing, Key.Key_K)
    find(reviewing)
    look_at(reviewing, "scene_1.jpg")
    assert members(reviewing)["small.jpg"] is False
    start = page(reviewing).start
    start.show_reference(folder / "shared")
    start.where.setCurrentIndex(start.where.findData(Where.ACROSS_FOLDERS))
    find(reviewing)
    assert all(group.members[0].reference for group in page(reviewing).review.all_shown())
    look_at(reviewing, groups(reviewing)[0], groups(reviewing)[0])
    press(reviewing, Key.Key_X)
    assert "lies in a reference folder" in said(reviewing)
    assert not any(page(reviewing).review.leaves(0, one.photo.id) for one in page(reviewing).pane.group.members[:1])
    start._forget_reference(folder / "shared")
    assert start.references == []
    start.references.append(tmp_path / "nowhere")
    find(reviewing)
    assert start.title.text() == f"There is no folder {tmp_path / 'nowhere'}."
    start.back.click()
    assert len(groups(reviewing)) == 2


def test_a_search_tells_how_far_it_is_and_can_be_given_up(reviewing, monkeypatch):
    go = threading.Event()

    def find_slowly(options, job):
        job.report(Progress("comparing photos", 12, 40))
        go.wait(20)
        job.checkpoint()

    monkeypatch.setattr(reviewing.session.library.duplicates, "find", find_slowly)
    page(reviewing).again_wanted.emit()
    start = page(reviewing).start
    start.look.click()
    reviewing.until(lambda: start.stage.text() == "Comparing photos… 12 / 40")
    assert not start.options.isVisible()
    start.cancel.click()
    go.set()
    reviewing.until(start.look.isVisible)
    start.back.click()
    assert len(groups(reviewing)) == 2


def test_the_end_of_a_search_is_told_to_whoever_is_elsewhere(own_trash, user, folder):
    user.add_folder(folder)
    user.window.commands["duplicates"].trigger()
    page(user).start.look.click()
    user.workspace.browse()
    user.until(lambda: "2 groups of duplicates were found." in said(user))
    offer(user, "Look at them").click()
    assert user.workspace.deduplicating.shown


def test_a_saved_list_comes_back_with_what_was_marked(reviewing, tmp_path):
    look_at(reviewing, "scene_1.jpg", "same.jpg")
    press(reviewing, Key.Key_B)
    page(reviewing).save_wanted.emit()
    dialog = reviewing.workspace.doers.exporting.dialog
    file = tmp_path / "list.html"
    dialog.fileSelected.emit(str(file))
    dialog.close()
    reviewing.until(file.exists)
    reviewing.until(lambda: not reviewing.session.tasks.busy)
    press(reviewing, Key.Key_U)
    reviewing.workspace.deduplicating.load(file)
    reviewing.until(lambda: not reviewing.workspace.deduplicating.finding)
    look_at(reviewing, "scene_1.jpg")
    assert members(reviewing) == {"scene_1.jpg": True, "same.jpg": False, "small.jpg": True}
    file = tmp_path / "other.json"
    file.write_text(json.dumps({"groups": []}))
    reviewing.workspace.deduplicating.load(file)
    reviewing.until(lambda: not reviewing.workspace.deduplicating.finding)
    assert "is not a file of duplicates" in page(reviewing).start.title.text()


def test_bursts_are_kept_apart_and_nothing_of_them_is_marked(user, tmp_path):
    user.add_folder(write_burst(tmp_path / "burst"))
    start = page(user).start
    start.how_far.setItemData(0, 0.0)  # the model of the tests hardly knows what is alike
    start.how_far.setCurrentIndex(0)
    find(user)
    pane = page(user).pane
    assert pane.kinds[GroupKind.BURST].isChecked()
    assert not pane.kinds[GroupKind.COPIES].isEnabled()
    assert set(members(user).values()) == {False}
    assert not pane.move_marked.isEnabled()
    press(user, Key.Key_B)
    assert sum(members(user).values()) == 1


def test_nothing_found_is_said(user, photos):
    user.add_folder(photos[0].parent)
    find(user)
    assert page(user).start.title.text() == "No duplicates"
    assert page(user).start.look.isVisible()
