"""What is dropped on the window or pasted into it."""

import pytest
from deeds import offer, said
from gestures import files, qt_picture
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QGuiApplication
from PySide6.QtWidgets import QApplication
from user import IN_THE_WINDOW, NO_KEYS, ON_THE_BAR

from gui.gallery.drag import mime_of

SHIFT = Qt.KeyboardModifier.ShiftModifier
# Without a desktop there is nothing a menu or a dialog could grab or raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_pasting_a_picture_without_a_file(settled):
    QGuiApplication.clipboard().setImage(qt_picture())
    settled.key(settled.window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settled.until(lambda: settled.workspace.searching.result)
    assert settled.query_names() == ["Pasted picture"]
    settled.until(lambda: settled.history()[1:2] and settled.history()[1].startswith("Pasted picture"))
    assert settled.workspace.searching.query.pictures[0].data.startswith(b"\x89PNG")


def test_pasting_a_path(settled, photos):
    QGuiApplication.clipboard().setText(str(photos[2]))
    settled.key(settled.window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settled.until(lambda: settled.matches()[:1] == ["photo_002.jpg"])


def test_pasting_nothing_useful_says_so(settled):
    QGuiApplication.clipboard().setText("hello")
    settled.key(settled.window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert settled.window.messages.texts == ["There is no picture in that."]


def test_several_files_are_one_query(settled, photos):
    settled.drop(files(*photos[:3]))
    settled.until(lambda: settled.workspace.searching.result)
    assert settled.query_names() == ["photo_000.jpg", "photo_001.jpg", "photo_002.jpg"]


def test_shift_adds_to_the_query_and_delete_takes_out(settled, photos):
    settled.search_with(photos[0])
    settled.drop(files(photos[1]), SHIFT)
    settled.until(lambda: settled.query_names() == ["photo_000.jpg", "photo_001.jpg"])
    settled.until(lambda: settled.workspace.searching.result)
    settled.key(settled.workspace.query_bar.chips.chips()[0], Qt.Key.Key_Delete)
    settled.until(lambda: settled.matches()[:1] == ["photo_001.jpg"])
    assert settled.query_names() == ["photo_001.jpg"]


def test_an_unreadable_drop_gives_a_sentence_and_leaves_the_query(settled, photos, tmp_path):
    settled.search_with(photos[0])
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(photos[1].read_bytes()[:100])
    settled.drop(files(broken))
    settled.until(lambda: settled.window.messages.texts)
    assert "broken.jpg" in settled.window.messages.texts[0]
    assert settled.query_names() == ["photo_000.jpg"]
    assert settled.matches()[0] == "photo_000.jpg"
    settled.search_with(photos[2])
    assert settled.window.messages.texts == []


def test_a_file_that_is_gone_gives_a_sentence(settled, tmp_path):
    settled.drop(files(tmp_path / "gone.jpg"))
    settled.until(lambda: settled.window.messages.texts)
    assert "gone.jpg" in settled.window.messages.texts[0]
    assert settled.workspace.stage.currentWidget() is settled.workspace.welcome


def test_searching_before_anything_is_indexed_says_what_to_do(user, photos):
    user.drop(files(photos[0]))
    user.until(lambda: user.window.messages.texts)
    assert user.workspace.stage.currentWidget() is user.workspace.welcome


def hover(user, mime, place=IN_THE_WINDOW, keys=NO_KEYS, *, enter=True) -> bool:
    """Drag over a place; whether it would be taken there."""
    kind = QDragEnterEvent if enter else QDragMoveEvent
    event = kind(place, Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, keys)
    QApplication.sendEvent(user.window, event)
    return event.isAccepted()


def test_the_window_names_what_a_drop_would_do(settled, photos):
    overlay = settled.window.drop_target.overlay
    assert hover(settled, files(photos[0]))
    assert overlay.isVisible()
    assert overlay.text == "Find lookalikes"
    assert not overlay.grab().isNull()
    QApplication.sendEvent(settled.window, QDragLeaveEvent())
    assert not overlay.isVisible()


def test_the_bar_and_the_window_name_what_each_would_do(settled, photos):
    mime, overlay = files(photos[1]), settled.window.drop_target.overlay
    hover(settled, mime, ON_THE_BAR)
    assert overlay.text == "Find lookalikes"  # without a query there is nothing to add to
    settled.search_with(photos[0])
    hover(settled, mime, ON_THE_BAR)
    assert overlay.text == "Add to the query"
    hover(settled, mime, enter=False)
    assert overlay.text == "Find lookalikes"
    assert "bar above" in overlay.hint
    hover(settled, mime, keys=SHIFT, enter=False)
    assert overlay.text == "Add to the query"
    assert not overlay.grab().isNull()


def test_what_is_let_go_on_the_bar_joins_the_query_and_elsewhere_replaces_it(settled, photos):
    settled.search_with(photos[0])
    settled.drop(files(photos[1]), place=ON_THE_BAR)
    settled.until(lambda: settled.query_names() == ["photo_000.jpg", "photo_001.jpg"])
    settled.drop(files(photos[2]), SHIFT, ON_THE_BAR)
    settled.until(lambda: settled.query_names() == ["photo_000.jpg", "photo_001.jpg", "photo_002.jpg"])
    settled.drop(files(photos[3]))
    settled.until(lambda: settled.query_names() == ["photo_003.jpg"])


def test_on_the_bar_a_folder_is_asked_about(settled, photos, make_photos, tmp_path):
    folder = make_photos(tmp_path / "more", 2, first=30)[0].parent
    settled.search_with(photos[0])
    settled.drop(files(folder, photos[1]), place=ON_THE_BAR)
    settled.until(lambda: settled.query_names() == ["photo_000.jpg", "photo_001.jpg"])
    assert settled.window.messages.texts == ["Index “more”?"]
    assert not settled.workspace.indexing.running
    offer(settled, "Index this folder").click()
    settled.until(lambda: settled.workspace.watch.latest.counts.searchable == 14)


def test_what_means_nothing_is_refused_while_it_hovers(settled):
    mime, overlay = QMimeData(), settled.window.drop_target.overlay
    mime.setText("hello")
    hover(settled, mime)
    assert not hover(settled, mime, enter=False)
    assert overlay.text == "There is no picture in that."
    assert not overlay.grab().isNull()
    QApplication.sendEvent(settled.window, QDragLeaveEvent())
    assert not overlay.isVisible()


def test_own_results_are_taken_by_the_query_bar_only(settled, photos):
    settled.search_with(photos[0])
    match = settled.workspace.searching.result.matches[3]
    mime, overlay = mime_of([match.photo]), settled.window.drop_target.overlay
    hover(settled, mime)
    assert not overlay.isVisible()
    assert hover(settled, mime, ON_THE_BAR, enter=False)
    assert overlay.isVisible()
    assert overlay.text == "Add to the query"
    assert not overlay.grab().isNull()
    settled.drop(mime, place=ON_THE_BAR)
    settled.until(lambda: settled.query_names() == ["photo_000.jpg", match.photo.path.name])


def test_every_part_of_a_mixed_drop_is_used_or_accounted_for(settled, photos, make_photos, tmp_path):
    folder = make_photos(tmp_path / "more", 2, first=30)[0].parent
    (tmp_path / "notes.txt").write_text("hello")
    settled.drop(files(photos[1], folder, tmp_path / "notes.txt", tmp_path / "gone.jpg", photos[2]))
    settled.until(lambda: settled.matches() and settled.query_names() == ["photo_001.jpg", "photo_002.jpg"])
    assert settled.window.messages.texts == [
        "2 pictures are searched with, “more” is indexed, “notes.txt” is not a picture, “gone.jpg” is not there."
    ]
    settled.until(lambda: settled.workspace.watch.latest.counts.searchable == 14)


def test_a_broken_picture_among_others_is_left_out(settled, photos, tmp_path):
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(photos[1].read_bytes()[:100])
    settled.drop(files(photos[0], broken))
    settled.until(lambda: settled.query_names() == ["photo_000.jpg"] and settled.matches())
    assert "broken.jpg" in said(settled)
    settled.drop(files(broken), place=ON_THE_BAR)
    settled.until(lambda: settled.query_names() == ["photo_000.jpg"] and settled.matches())
    assert not settled.workspace.searching.trail.can_go_forward
    settled.key(settled.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert settled.query_names() == []
