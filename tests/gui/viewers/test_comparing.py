"""Comparing in the window, on the real engine."""

import io

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt

from engine.records import QueryPicture
from gui.viewers.compare_bar import View
from tests.samples import picture

Key = Qt.Key


@pytest.fixture
def asked(settled, photos):
    settled.search_with(photos[0])
    return settled


def compare(user, *rows):
    """Select these rows and press C."""
    gallery, model = user.workspace.results.gallery, user.workspace.results.model
    gallery.set_current_photo(model.listing.photo_id(rows[0]))
    for row in rows[1:]:
        gallery.selectionModel().select(model.index(row), gallery.selectionModel().SelectionFlag.Select)
    gallery.setFocus()
    user.key(gallery, Key.Key_C)
    user.until(lambda: user.workspace.stage.comparing)
    page = user.workspace.comparison
    user.until(lambda: page.stays.canvas.layer.loaded_side and page.changes.canvas.layer.loaded_side == 96)
    return page


def test_the_query_beside_a_match(asked):
    page = compare(asked, 2)
    assert page.stays.title == "photo_000.jpg"
    assert page.changes.title == asked.matches()[2]
    assert "distance" in page.changes.caption.facts.text()
    assert "96 × 72" in page.stays.caption.facts.text()
    asked.key(page, Key.Key_Right)
    assert (page.stays.title, page.changes.title) == ("photo_000.jpg", asked.matches()[3])
    asked.key(page, Key.Key_Escape)
    assert asked.workspace.stage.currentWidget() is asked.workspace.results
    assert asked.workspace.results.gallery.current_photo().path.name == asked.matches()[3]


def test_every_picture_of_the_query_can_be_compared_with(asked, photos):
    assert not compare(asked, 2).bar.which.isVisible()
    asked.key(asked.workspace.comparison, Key.Key_Escape)
    more = [QueryPicture(photos[3], weight=-1.0), QueryPicture(photos[4])]
    asked.workspace.take_pictures(more, add=True)
    asked.until(lambda: len(asked.workspace.results.result.query.pictures) == 3)
    page = compare(asked, 2)
    shown = page.changes.title
    seen = [(page.stays.title, page.bar.which.text())]
    for turn in (lambda: asked.key(page, Key.Key_Q), page.bar.which.click, page.bar.which.click):
        turn()
        seen.append((page.stays.title, page.bar.which.text()))
    assert seen == [
        ("photo_000.jpg", "Query picture 1 of 3"),
        ("photo_004.jpg", "Query picture 2 of 3"),
        ("photo_003.jpg", "Query picture 3 of 3"),
        ("photo_000.jpg", "Query picture 1 of 3"),
    ]
    assert page.changes.title == shown
    asked.until(lambda: page.stays.canvas.layer.loaded_side == 96)


def test_two_selected_photos(asked):
    page = compare(asked, 1, 4)
    assert (page.stays.title, page.changes.title) == (asked.matches()[1], asked.matches()[4])


def test_zoom_and_pan_are_linked_for_other_sizes_and_proportions(asked, photos):
    picture(50, (240, 60)).save(photos[5])
    page = compare(asked, asked.matches().index("photo_005.jpg") or 1, 3)
    one, other = page.stays.canvas, page.changes.canvas
    for _ in range(6):
        asked.key(page, Key.Key_Plus)
    asked.key(page, Key.Key_Right)
    assert not other.framing.fits
    assert other.framing.place.zoom == pytest.approx(one.framing.place.zoom)
    assert other.framing.place.x == pytest.approx(one.framing.place.x, abs=0.05)
    asked.key(page, Key.Key_0)
    assert one.framing.fits
    assert other.framing.fits


def test_swapping(asked):
    page = compare(asked, 2)
    left = page.stays.canvas.mapTo(page, QPoint()).x()
    asked.key(page, Key.Key_W)
    asked.until(lambda: page.stays.canvas.mapTo(page, QPoint()).x() > left)


def test_swipe_shows_one_left_and_the_other_right_of_the_divider(asked, qtbot):
    page = compare(asked, 2)
    asked.key(page, Key.Key_S)
    assert page.view is View.SWIPE
    asked.key(page, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert page.overlay.divider == pytest.approx(0.52)
    at = QPoint(round(page.overlay.width() * 0.52), 40)
    qtbot.mousePress(page.overlay, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseMove(page.overlay, QPoint(30, 40))
    qtbot.mouseRelease(page.overlay, Qt.MouseButton.LeftButton, pos=QPoint(30, 40))
    assert page.overlay.divider == pytest.approx(30 / page.overlay.width())


def middle(page):
    shot = page.overlay.grab().toImage()
    return shot.pixelColor(shot.width() // 2 - 40, shot.height() // 2 - 40).name()


def test_flicker_flips_by_key_and_by_itself(asked):
    page = compare(asked, 2)
    asked.key(page, Key.Key_F)
    first = middle(page)
    asked.key(page, Key.Key_Space)
    assert middle(page) != first
    assert not page.stays.caption.isEnabled()
    asked.key(page, Key.Key_T)
    assert page.bar.timed.isChecked()
    asked.until(lambda: middle(page) == first)
    asked.key(page, Key.Key_A)
    assert not page.overlay.flicker.isActive()
    assert page.stays.caption.isEnabled()


def test_the_difference_of_equal_pictures_is_black(asked):
    page = compare(asked, 0)
    asked.key(page, Key.Key_D)
    asked.until(lambda: page.overlay.difference is not None)
    assert middle(page) == "#000000"
    asked.key(page, Key.Key_Right)
    asked.until(lambda: page.overlay.difference is not None and middle(page) != "#000000")
    weak = page.overlay.difference
    page.bar.gain.setValue(4)
    asked.until(lambda: page.overlay.difference not in (None, weak))


def test_a_query_whose_file_is_gone_is_shown_from_the_history(asked, tmp_path):
    elsewhere = tmp_path / "elsewhere.png"
    picture(3).save(elsewhere)
    asked.search_with(elsewhere)
    asked.until(lambda: asked.workspace.results.model.rowCount())
    elsewhere.unlink()
    page = compare(asked, 1)
    asked.until(lambda: "history keeps it" in page.stays.caption.notice.text)
    assert "no longer there" in page.stays.caption.notice.text


def test_a_pasted_picture(asked):
    data = io.BytesIO()
    picture(4).save(data, "PNG")
    asked.workspace.searching.ask_for([QueryPicture(data=data.getvalue())])
    asked.until(lambda: asked.matches()[:1] == ["photo_004.jpg"])
    page = compare(asked, 1)
    assert page.stays.title == "Pasted picture"
    assert not page.stays.caption.notice.text


def test_a_pasted_picture_from_the_history_says_what_it_is(asked):
    data = io.BytesIO()
    Image.effect_noise((900, 600), 80).save(data, "PNG")
    asked.workspace.searching.ask_for([QueryPicture(data=data.getvalue())])
    asked.until(lambda: asked.workspace.searching.result and asked.workspace.searching.result.entry_id)
    entry = asked.workspace.searching.result.entry_id
    asked.workspace.searching.rerun(asked.session.library.history.get(entry).query, entry)
    asked.until(lambda: asked.workspace.searching.result)
    page = compare(asked, 1)
    assert "as the history keeps it" in page.stays.caption.notice.text


def test_a_match_that_vanished_is_shown_by_its_thumbnail(asked):
    asked.workspace.searching.result.matches[6].photo.path.unlink()
    page = compare(asked, 5)
    asked.key(page, Key.Key_Right)
    asked.until(lambda: "This is its thumbnail" in page.changes.caption.notice.text)
    assert not page.changes.canvas.layer.empty


def test_from_the_viewer_and_back(asked):
    gallery = asked.workspace.results.gallery
    gallery.set_current_photo(asked.workspace.results.model.listing.photo_id(2))
    asked.key(gallery, Key.Key_Return)
    asked.key(asked.workspace.viewer, Key.Key_C)
    assert asked.workspace.stage.comparing
    asked.key(asked.workspace.comparison, Key.Key_PageDown)
    asked.key(asked.workspace.comparison, Key.Key_C)
    assert asked.workspace.stage.viewing
    assert asked.workspace.viewer.photo.path.name == asked.matches()[3]
