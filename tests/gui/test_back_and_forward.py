"""Back and forward through questions and through what was looked at, by keys and by the side buttons of the mouse."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.browsing import Order
from engine.filters import Filters
from gui.browsing import View
from gui.gallery.arrangement import Order as Sorting

# Without a desktop there is nothing a menu or a dialog could grab or raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
BACK, FORWARD = Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton


def look(user, view: View) -> None:
    user.workspace.library_panel.entries[view].click()
    at(user, view)


def at(user, view: View) -> None:
    browsing = user.workspace.browsing
    user.until(lambda: browsing.place and browsing.place.view is view and browsing.shelf)
    user.until(lambda: browsing.shelf.place == browsing.place and user.workspace.results.model.rowCount() == 12)
    assert user.query_names() == []
    assert user.workspace.stage.currentWidget() is user.workspace.results
    assert user.workspace.library_panel.entries[view].isChecked()


def press(user, button: Qt.MouseButton, widget=None) -> None:
    """In the middle of a widget, or of the window."""
    over = widget or user.window
    where = over.mapTo(user.window, over.rect().center())
    QTest.mouseClick(user.window.windowHandle(), button, Qt.KeyboardModifier.NoModifier, where)


def asked(user, name: str) -> None:
    user.until(lambda: user.query_names() == [name] and user.matches()[:1] == [name])


def test_places_are_steps_like_questions(settled, photos):
    bar = settled.workspace.query_bar
    look(settled, View.ALL)
    look(settled, View.TIMELINE)
    settled.search_with(photos[3])
    look(settled, View.FOLDERS)
    bar.back.click()
    asked(settled, "photo_003.jpg")
    bar.back.click()
    at(settled, View.TIMELINE)
    bar.back.click()
    at(settled, View.ALL)
    bar.back.click()
    assert settled.workspace.stage.currentWidget() is settled.workspace.welcome
    assert not bar.back.isEnabled()
    for view in (View.ALL, View.TIMELINE):
        bar.forward.click()
        at(settled, view)
    bar.forward.click()
    asked(settled, "photo_003.jpg")
    bar.forward.click()
    at(settled, View.FOLDERS)
    assert not bar.forward.isEnabled()


def test_the_side_buttons_work_anywhere_in_the_window(settled, photos):
    workspace = settled.workspace
    look(settled, View.ALL)
    settled.search_with(photos[3])
    settled.search_with(photos[5])
    gallery = workspace.results.gallery
    press(settled, BACK, gallery.viewport())
    asked(settled, "photo_003.jpg")
    settled.workspace.stage.open_viewer(workspace.searching.result.matches[1].photo)
    assert workspace.stage.viewing
    press(settled, BACK, workspace.viewer)
    at(settled, View.ALL)
    press(settled, FORWARD, workspace.query_bar)
    asked(settled, "photo_003.jpg")
    press(settled, FORWARD, workspace.history)
    asked(settled, "photo_005.jpg")
    press(settled, FORWARD)
    assert settled.query_names() == ["photo_005.jpg"]


def test_two_quick_presses_are_two_steps(settled, photos):
    for photo in photos[:3]:
        settled.search_with(photo)
    where = settled.window.windowHandle()
    QTest.mouseClick(where, BACK, Qt.KeyboardModifier.NoModifier, QPoint(400, 300))
    QTest.mouseDClick(where, BACK, Qt.KeyboardModifier.NoModifier, QPoint(400, 300))
    settled.until(lambda: settled.query_names() == [])


def test_a_place_is_found_as_it_was_left(settled, photos):
    look(settled, View.ALL)
    gallery, model = settled.workspace.results.gallery, settled.workspace.results.model
    settled.workspace.results.ordered.emit(Sorting.NAME, False)
    settled.until(lambda: settled.workspace.browsing.shelf.place.order is Order.NAME)
    settled.until(lambda: model.photo_at(0) and model.photo_at(0).path.name == "photo_000.jpg")
    gallery.set_current_photo(model.listing.photo_id(7))
    look(settled, View.TIMELINE)
    settled.search_with(photos[2])
    press(settled, BACK)
    at(settled, View.TIMELINE)
    press(settled, BACK)
    at(settled, View.ALL)
    assert settled.workspace.browsing.place.order is Order.NAME
    settled.until(lambda: gallery.current_photo() and gallery.current_photo().path.name == "photo_007.jpg")


def test_filters_of_a_place_are_no_steps(settled):
    look(settled, View.ALL)
    steps = len(settled.workspace.searching.trail)
    settled.workspace.exploring.filter(Filters(formats=("JPEG",)))
    settled.workspace.exploring.filter(Filters())
    assert len(settled.workspace.searching.trail) == steps
    look(settled, View.ALL)
    assert len(settled.workspace.searching.trail) == steps


def test_escape_is_a_step_too(settled, photos):
    look(settled, View.TIMELINE)
    settled.search_with(photos[2])
    settled.key(settled.window, Qt.Key.Key_Escape)
    at(settled, View.TIMELINE)
    settled.key(settled.window, Qt.Key.Key_Escape)
    assert settled.workspace.stage.currentWidget() is settled.workspace.welcome
    press(settled, BACK)
    at(settled, View.TIMELINE)
    press(settled, BACK)
    asked(settled, "photo_002.jpg")


def test_undo_goes_to_another_state_of_the_query_and_over_places(settled, photos):
    settled.search_with(photos[2])
    look(settled, View.ALL)
    look(settled, View.TIMELINE)
    settled.workspace.query_bar.undo.click()
    asked(settled, "photo_002.jpg")
    settled.workspace.query_bar.redo.click()
    at(settled, View.ALL)
    assert not settled.workspace.query_bar.redo.isEnabled()
    assert settled.workspace.query_bar.forward.isEnabled()
