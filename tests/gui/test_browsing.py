"""Looking through the library without a query, and starting a query there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from engine.browsing import Order
from engine.filters import FilterKind, Filters
from gui.browsing import Place, View
from gui.gallery.arrangement import Order as Sorting

# Without a desktop there is nothing a menu or a dialog could grab or raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def names(user) -> list[str]:
    model = user.workspace.results.model
    photos = [model.photo_at(row) for row in range(model.rowCount())]
    return [photo.path.name for photo in photos if photo is not None]


def browse(user, view: View = View.ALL) -> None:
    user.workspace.library_panel.entries[view].click()
    user.until(lambda: user.workspace.browsing.shelf and user.workspace.browsing.shelf.place.view is view)


def test_the_first_screen_offers_to_browse_once_there_are_photos(user, photos):
    assert user.workspace.welcome.browse.isHidden()
    user.add_folder(photos[0].parent)
    user.until(lambda: not user.workspace.welcome.browse.isHidden())
    user.until(lambda: user.workspace.welcome.browse.text() == "Browse 12 photos")
    user.workspace.welcome.browse.click()
    user.until(lambda: len(names(user)) == 12)
    assert user.workspace.stage.currentWidget() is user.workspace.results
    assert user.workspace.results.header.summary.text() == "All photos: 12 photos"
    assert user.workspace.library_panel.entries[View.ALL].isChecked()


def test_the_timeline_has_headings_and_all_photos_has_none(settled):
    browse(settled)
    assert list(settled.workspace.results.model.listing.sections) == []
    browse(settled, View.TIMELINE)
    assert len(settled.workspace.results.model.listing.sections) == 1
    browse(settled, View.FOLDERS)
    (section,) = settled.workspace.results.model.listing.sections
    assert section.title.startswith("Pictures  ·  ")


def test_browsed_photos_are_arranged_by_look(settled, photos):
    browse(settled)
    results = settled.workspace.results
    results.header._orders[Sorting.LOOK].trigger()
    settled.until(lambda: settled.workspace.browsing.shelf.place.order is Order.LOOK)
    assert not settled.workspace.browsing.shelf.place.descending
    settled.until(lambda: len(names(settled)) == len(photos))
    forwards = names(settled)
    assert results.header.order.toolTip() == "Sorted by: Look, From the one end"
    assert list(results.model.listing.sections) == []
    results.header._backwards.trigger()
    settled.until(lambda: names(settled) == forwards[::-1])
    results.header._orders[Sorting.NAME].trigger()
    settled.until(lambda: names(settled) == sorted(forwards))


def test_browsed_photos_are_sorted_in_every_order_and_both_directions(settled, photos):
    browse(settled)
    for sorting in (Sorting.DATE, Sorting.NAME, Sorting.SIZE):
        for backwards in (False, True):
            settled.workspace.results.ordered.emit(sorting, backwards)
            settled.until(lambda: len(names(settled)) == 12)
            place = settled.workspace.browsing.place
            settled.until(lambda place=place: settled.workspace.browsing.shelf.place == place)
    settled.workspace.results.ordered.emit(Sorting.NAME, False)
    settled.until(lambda: names(settled) == [path.name for path in photos])
    assert settled.workspace.browsing.place.order is Order.NAME
    settled.workspace.results.ordered.emit(Sorting.NAME, True)
    settled.until(lambda: names(settled) == [path.name for path in reversed(photos)])


def test_a_query_begins_in_the_library_and_back_returns_there(settled):
    browse(settled)
    settled.until(lambda: len(names(settled)) == 12)
    gallery = settled.workspace.results.gallery
    gallery.set_current_photo(settled.workspace.results.model.listing.photo_id(5))
    name = gallery.current_photo().path.name
    settled.key(gallery, Qt.Key.Key_L)
    settled.until(lambda: settled.matches()[:1] == [name])
    assert not settled.workspace.library_panel.entries[View.ALL].isChecked()
    assert settled.workspace.query_bar.back.isEnabled()
    settled.key(settled.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    settled.until(lambda: len(names(settled)) == 12)
    assert settled.query_names() == []
    assert settled.workspace.stage.currentWidget() is settled.workspace.results
    assert settled.workspace.library_panel.entries[View.ALL].isChecked()


def test_escape_leads_from_the_query_to_the_library_and_from_there_to_the_first_screen(settled, photos):
    browse(settled)
    settled.search_with(photos[3])
    settled.key(settled.window, Qt.Key.Key_Escape)
    settled.until(lambda: len(names(settled)) == 12)
    settled.key(settled.window, Qt.Key.Key_Escape)
    assert settled.workspace.stage.currentWidget() is settled.workspace.welcome
    assert settled.workspace.browsing.place is None


def test_the_library_takes_the_place_of_a_query(settled, photos):
    settled.search_with(photos[3])
    settled.key(settled.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    settled.until(lambda: settled.query_names() == [] and len(names(settled)) == 12)


def test_new_photos_appear_while_the_library_is_browsed(settled, photos, make_photos):
    browse(settled)
    settled.until(lambda: len(names(settled)) == 12)
    make_photos(photos[0].parent, 3, first=12)
    settled.key(settled.window, Qt.Key.Key_F5)
    settled.until(lambda: settled.workspace.results.model.rowCount() == 15)


def test_a_browsed_photo_opens_in_the_viewer(settled):
    browse(settled)
    settled.until(lambda: len(names(settled)) == 12)
    gallery = settled.workspace.results.gallery
    gallery.set_current_photo(settled.workspace.results.model.listing.photo_id(0))
    settled.key(gallery, Qt.Key.Key_Return)
    assert settled.workspace.stage.viewing
    settled.key(settled.workspace.viewer, Qt.Key.Key_PageDown)
    settled.until(lambda: settled.workspace.viewer.photo.id == settled.workspace.results.model.listing.photo_id(1))


def test_filters_count_for_the_library_and_then_for_the_query(settled, photos, tmp_path, make_photos):
    make_photos(tmp_path / "Pictures" / "trip", 3, first=20)
    settled.key(settled.window, Qt.Key.Key_F5)
    browse(settled)
    settled.until(lambda: settled.workspace.results.model.rowCount() == 15)
    settled.key(settled.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    panel = settled.workspace.filters
    settled.until(lambda: panel.folders.rowCount() == 1 and panel.summary.text() == "15 photos pass")
    root = panel.folders.index(0, 0)
    trip = panel.folders.index(0, 0, root)
    assert trip.data() == "trip"
    panel.folders.setData(trip, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    settled.until(lambda: settled.workspace.results.model.rowCount() == 3)
    assert root.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.PartiallyChecked
    settled.until(lambda: panel.summary.text() == "3 photos pass")

    settled.search_with(photos[0])
    settled.until(lambda: panel.filters == Filters())
    panel.changed.emit(Filters(folders=(tmp_path / "Pictures" / "trip",)))
    settled.until(lambda: len(settled.matches()) == 3)
    assert panel.filters.kinds == (FilterKind.FOLDER,)
    panel.clear.click()
    settled.until(lambda: len(settled.matches()) == 15)


def test_filters_that_leave_nothing_say_which_one_to_loosen(settled, photos, tmp_path):
    browse(settled)
    settled.workspace.exploring.filter(Filters(cameras=("Leica",)))
    settled.until(
        lambda: settled.workspace.results.model.rowCount() == 0 and settled.workspace.browsing.shelf.emptiness
    )
    assert settled.workspace.results.gallery._empty_message == (
        "No photo passes these filters",
        "Leave the camera open: 12 photos would pass.",
    )
    settled.workspace.exploring.look_at(Place(filters=Filters(folders=(tmp_path / "gone",))))
    settled.until(lambda: "gone" in settled.workspace.results.gallery._empty_message[0])
    settled.search_with(photos[0])
    settled.workspace.exploring.filter(Filters(cameras=("Leica",)))
    settled.until(lambda: settled.workspace.results.gallery._empty_message[1].startswith("Leave the camera open"))


def test_escape_in_the_filters_closes_them_and_nothing_else(settled, photos):
    settled.search_with(photos[0])
    settled.key(settled.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    panel = settled.workspace.filters
    settled.until(lambda: panel.isAncestorOf(QApplication.focusWidget()))
    settled.key(settled.window, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert settled.query_names() == ["photo_000.jpg"]
