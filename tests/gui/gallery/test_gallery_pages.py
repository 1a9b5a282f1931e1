"""The gallery over a listing whose photos are read as they are looked at."""

from collections.abc import Callable

from paged import Paged
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.gallery.listing import Section
from gui.gallery.model import GalleryModel
from gui.gallery.thumbnails import ThumbnailLoader
from gui.gallery.view import GalleryView

Key = Qt.Key


def test_what_is_seen_is_wanted_first(
    qtbot: QtBot, view: GalleryView, model: GalleryModel, paged: Callable[..., Paged]
) -> None:
    listing = paged(10_000)
    model.show(listing)
    qtbot.waitUntil(lambda: listing.wanted[:1] == [view.visible_rows()])
    view.verticalScrollBar().setValue(view.grid.rect(5000).top())
    qtbot.waitUntil(lambda: listing.wanted[0].start == 5000)


def test_they_appear_when_they_have_been_read(
    qtbot: QtBot, view: GalleryView, model: GalleryModel, paged: Callable[..., Paged], loader: ThumbnailLoader
) -> None:
    listing = paged(100)
    model.show(listing)
    waiting = view.viewport().grab().toImage()
    listing.arrive(view.visible_rows())
    qtbot.waitUntil(lambda: loader.image("p0") is not None)
    assert view.viewport().grab().toImage() != waiting


def test_keys_wait_for_the_photo(
    qtbot: QtBot, view: GalleryView, model: GalleryModel, paged: Callable[..., Paged]
) -> None:
    listing = paged(100)
    model.show(listing)
    qtbot.keyClick(view, Key.Key_End)
    with qtbot.assertNotEmitted(view.opened):
        qtbot.keyClick(view, Key.Key_Return)
    assert (view.current_photo(), view.selected_photos()) == (None, [])
    assert view.selected_rows() == [range(99, 100)]
    listing.arrive(range(90, 100))
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Key.Key_Return)
    assert opened.args[0].id == "p99"


def test_headings_stand_above_their_first_photo(
    view: GalleryView, model: GalleryModel, paged: Callable[..., Paged]
) -> None:
    model.show(paged(20))
    plain = view.viewport().grab().toImage()
    model.show(paged(20, sections=[Section(0, "Today"), Section(3, "3 March 2024")]))
    assert view.grid.headed
    assert view.grid.starts == (0, 3, 20)
    assert view.visualRect(model.index(3)).left() == view.visualRect(model.index(0)).left()
    assert view.viewport().grab().toImage() != plain
