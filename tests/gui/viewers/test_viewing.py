"""The viewer in the window, on the real engine."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

Key = Qt.Key


@pytest.fixture
def viewing(settled, photos):
    """Somebody who looks at the best match of the first photo."""
    settled.search_with(photos[0])
    gallery = settled.workspace.results.gallery
    gallery.set_current_photo(settled.workspace.searching.result.matches[0].photo.id)
    settled.key(gallery, Key.Key_Return)
    settled.until(lambda: settled.workspace.viewer.canvas.layer.loaded_side == 96)
    return settled


def test_going_on_moves_the_gallery_along(viewing):
    viewer, gallery = viewing.workspace.viewer, viewing.workspace.results.gallery
    viewing.key(viewer, Key.Key_Right)
    assert gallery.current_photo() == viewer.photo
    assert viewing.workspace.searching.result.matches[1].photo == viewer.photo
    viewing.key(viewer, Key.Key_Space)
    assert viewing.workspace.stage.currentWidget() is viewing.workspace.results
    assert gallery.selected_photos() == [gallery.current_photo()]


def test_the_keys_of_the_gallery_act_on_the_photo_on_show(viewing):
    viewer = viewing.workspace.viewer
    viewing.key(viewer, Key.Key_Right)
    viewing.key(viewer, Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert QGuiApplication.clipboard().text() == str(viewer.photo.path)


def test_a_photo_that_vanished_is_shown_by_its_thumbnail(viewing):
    viewer = viewing.workspace.viewer
    viewing.workspace.searching.result.matches[11].photo.path.unlink()
    viewing.key(viewer, Key.Key_End)
    viewing.until(lambda: "no longer there" in viewer.notice.text)
    assert "look for changes (F5)" in viewer.notice.text
    assert not viewer.canvas.layer.empty
    viewing.key(viewer, Key.Key_Left)
    viewing.until(lambda: not viewer.notice.text)


def test_a_photo_that_was_spoilt_meanwhile_says_why(viewing):
    viewer = viewing.workspace.viewer
    viewing.workspace.searching.result.matches[11].photo.path.write_bytes(b"\xff\xd8\xff rubbish")
    viewing.key(viewer, Key.Key_End)
    viewing.until(lambda: "damaged" in viewer.notice.text)
    assert viewer.notice.text.endswith("This is its thumbnail.")


def test_new_photos_come_in_while_one_is_looked_at(viewing, photos, make_photos):
    viewer, shown = viewing.workspace.viewer, viewing.workspace.viewer.photo
    make_photos(photos[0].parent, 4, first=12)
    viewing.key(viewing.window, Key.Key_F5)
    viewing.until(lambda: len(viewing.matches()) == 16)
    assert viewer.isVisible()
    assert viewer.photo == shown
    assert "of 16" in viewer.caption.text
