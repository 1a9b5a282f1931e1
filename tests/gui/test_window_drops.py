"""What is dropped on the window or pasted into it."""

import pytest
from gestures import files, qt_picture
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication
from user import NO_KEYS

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


def test_a_file_that_is_gone_gives_a_sentence(settled, tmp_path):
    settled.drop(files(tmp_path / "gone.jpg"))
    settled.until(lambda: settled.window.messages.texts)
    assert "gone.jpg" in settled.window.messages.texts[0]
    assert settled.workspace.stage.currentWidget() is settled.workspace.welcome


def test_searching_before_anything_is_indexed_says_what_to_do(user, photos):
    user.drop(files(photos[0]))
    user.until(lambda: user.window.messages.texts)
    assert user.workspace.stage.currentWidget() is user.workspace.welcome


def test_the_window_names_what_a_drop_would_do(settled, photos):
    place, copy, buttons = QPoint(400, 300), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    mime, overlay = files(photos[0]), settled.window.drop_target.overlay
    QApplication.sendEvent(settled.window, QDragEnterEvent(place, copy, mime, buttons, NO_KEYS))
    assert overlay.isVisible()
    assert overlay.text == "Find lookalikes"
    assert not overlay.grab().isNull()
    QApplication.sendEvent(settled.window, QDragLeaveEvent())
    assert not overlay.isVisible()


def test_own_results_are_taken_by_the_query_bar_only(settled, photos):
    settled.search_with(photos[0])
    match = settled.workspace.searching.result.matches[3]
    mime = mime_of([match.photo])
    copy, buttons, overlay = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, settled.window.drop_target.overlay
    QApplication.sendEvent(settled.window, QDragEnterEvent(QPoint(600, 400), copy, mime, buttons, NO_KEYS))
    assert not overlay.isVisible()
    QApplication.sendEvent(settled.window, QDragMoveEvent(QPoint(600, 20), copy, mime, buttons, SHIFT))
    assert overlay.isVisible()
    assert overlay.text == "Add to the query"
    assert not overlay.grab().isNull()
    QApplication.sendEvent(settled.window, QDropEvent(QPointF(600, 20), copy, mime, buttons, SHIFT))
    settled.until(lambda: settled.query_names() == ["photo_000.jpg", match.photo.path.name])
