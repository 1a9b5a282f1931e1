"""What screen readers are told of what is painted by hand."""

import gc

import pytest
from deeds import choose
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken

from gui.gallery import cells_told
from gui.gallery.cells_told import CellTold
from gui.gallery.score_range import step_of
from gui.viewers.compare_bar import View

# Without a desktop nothing can be raised, and no menu grabs the keyboard.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Key, Role, Text = Qt.Key, QAccessible.Role, QAccessible.Text


@pytest.fixture
def asked(settled, photos):
    settled.search_with(photos[0])
    return settled


def told(widget):
    return QAccessible.queryAccessibleInterface(widget)


def described(widget) -> str:
    return told(widget).text(Text.Description)


def test_the_gallery_is_a_list_of_its_photos(asked):
    gallery = asked.workspace.results.gallery
    choose(asked, 2)
    listed = told(gallery)
    assert (listed.role(), listed.childCount()) == (Role.List, 12)
    third = listed.child(2)
    assert third.role() is Role.ListItem
    assert third.text(Text.Name).startswith(f"{asked.matches()[2]}, score ")
    assert "rank 3" in third.text(Text.Name)
    assert third.state().selected
    assert third.state().focused
    assert not listed.child(1).state().selected
    assert listed.indexOfChild(third) == 2
    assert third.parent().object() is gallery
    assert listed.focusChild() is third
    middle = third.rect().center()
    assert listed.childAt(middle.x(), middle.y()) is third
    assert listed.child(12) is None


def test_photos_that_have_gone_are_no_items_any_more(asked):
    listed = told(asked.workspace.results.gallery)
    last = listed.child(11)
    asked.workspace.results.clear()
    assert listed.childCount() == 0
    assert not last.isValid()
    assert last.state().invalid
    assert last.text(Text.Name) == ""


def test_of_a_large_gallery_only_some_items_are_kept(asked, monkeypatch):
    monkeypatch.setattr(cells_told, "MOST_KEPT", 4)
    listed = told(asked.workspace.results.gallery)
    first = listed.child(0)
    for row in range(6):
        listed.child(row)
    assert not Shiboken.isValid(first)
    assert listed.child(0).text(Text.Name).startswith("photo_000.jpg")


def test_the_items_end_with_the_gallery(qtbot, session, start_session):
    """Whatever is left of them would be freed twice."""
    from gui.gallery.model import GalleryModel
    from gui.gallery.thumbnails import ThumbnailLoader
    from gui.gallery.view import GalleryView

    loader = ThumbnailLoader(lambda photo_id: b"")
    view = GalleryView(GalleryModel(loader), loader)
    told(view).child(0)
    view.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert not [kept for kept in Shiboken.getAllValidWrappers() if isinstance(kept, CellTold)]
    loader.shutdown()


def test_a_chip_is_pressed_like_a_button(asked):
    chip = asked.workspace.query_bar.chips.chips()[0]
    assert told(chip).role() is Role.Button
    assert "Press" in told(chip).actionNames()
    told(chip).doAction("Press")
    assert asked.workspace.stage.choosing_region
    canvas = asked.workspace.picker.canvas
    assert told(canvas).text(Text.Name) == "Region of photo_000.jpg"
    asked.until(lambda: "Draw" in described(canvas))


def test_a_folder_opens_its_menu_when_pressed(settled):
    settled.until(settled.workspace.folders.rows)
    row = settled.workspace.folders.rows()[0]
    told(row).doAction("Press")
    settled.until(lambda: QApplication.activePopupWidget())
    QApplication.activePopupWidget().close()


def test_pictures_are_told_by_what_they_show(asked):
    choose(asked, 2)
    asked.key(asked.workspace.results.gallery, Key.Key_Return)
    canvas = asked.workspace.viewer.canvas
    assert told(canvas).role() is Role.Graphic
    assert told(canvas).text(Text.Name).startswith(asked.matches()[2])
    asked.key(asked.workspace.viewer, Key.Key_Escape)
    asked.key(asked.workspace.results.gallery, Key.Key_C)
    page = asked.workspace.comparison
    assert told(page.stays.canvas).text(Text.Name).startswith("photo_000.jpg, ")
    page.show_as(View.SWIPE)
    asked.key(page, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert described(page.overlay) == "Divider at 52 %"
    page.show_as(View.FLICKER)
    assert described(page.overlay) == "The first picture is shown"
    asked.key(page, Key.Key_Space)
    assert described(page.overlay) == "The second picture is shown"
    page.show_as(View.DIFFERENCE)
    assert described(page.overlay) == "Differences 4 times as strong"


def test_bars_and_handles_tell_what_they_are_set_to(asked):
    asked.window.commands["filters"].trigger()
    bars = asked.workspace.filters.days.histogram
    asked.until(lambda: bars.bars)
    assert told(bars).role() is Role.Chart
    assert "All of the time" in described(bars)
    bars.setFocus()
    asked.key(bars, Key.Key_Right)
    asked.until(lambda: described(bars).rpartition(". ")[2].startswith("From "))
    handle = asked.workspace.results.header.scores.lowest
    assert described(handle) == "no limit"
    handle.setValue(step_of(0.99))
    assert described(handle) == "99.0 %"


def test_a_frame_shows_that_a_page_has_the_focus_to_those_who_came_with_the_keyboard(asked):
    choose(asked, 2)
    asked.key(asked.workspace.results.gallery, Key.Key_Return)
    viewer = asked.workspace.viewer
    asked.until(viewer.hasFocus)
    before = viewer.grab(viewer.canvas.geometry()).toImage().pixelColor(QPoint(1, 1))
    asked.key(viewer, Key.Key_Tab)
    asked.key(QApplication.focusWidget(), Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert viewer.hasFocus()
    assert viewer.grab(viewer.canvas.geometry()).toImage().pixelColor(QPoint(1, 1)) != before


def test_tab_leaves_a_day_that_may_be_any(asked):
    asked.window.commands["filters"].trigger()
    days = asked.workspace.filters.days
    asked.until(days.after.isVisible)
    days.after.setFocus(Qt.FocusReason.TabFocusReason)
    asked.key(days.after, Key.Key_Tab)
    assert days.before.hasFocus()
