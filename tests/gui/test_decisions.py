"""Pins, hides and says "not a match" in the window, and undoes it."""

import pytest
from deeds import choose, offer, said
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from engine.records import Decision, QueryPicture
from gui.browsing import View

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Key = Qt.Key


@pytest.fixture
def asked(settled, photos):
    """A user who has asked with the first photo."""
    settled.search_with(photos[0])
    settled.gallery = settled.workspace.results.gallery
    settled.gallery.setFocus()
    return settled


def test_x_says_not_a_match_for_this_picture_and_undo_takes_it_back(asked, photos):
    gone = choose(asked, 2, 3)
    asked.key(asked.gallery, Key.Key_X)
    asked.until(lambda: len(asked.matches()) == 10)
    assert set(gone).isdisjoint(asked.matches())
    assert "2 photos are no match for this question any more." in said(asked)
    offer(asked).click()
    asked.until(lambda: len(asked.matches()) == 12)
    assert asked.session.library.decisions.rejections() == []


def test_a_rejected_photo_still_matches_other_pictures(asked, photos):
    (gone,) = choose(asked, 2)
    asked.key(asked.gallery, Key.Key_X)
    asked.until(lambda: len(asked.matches()) == 11)
    other = next(photo for photo in photos[1:] if photo.name != gone)
    asked.search_with(other)
    asked.until(lambda: len(asked.matches()) == 12)
    asked.search_with(photos[0])
    asked.until(lambda: len(asked.matches()) == 11)
    assert gone not in asked.matches()


def test_not_a_match_for_a_pasted_picture(settled, photos):
    settled.workspace.searching.ask_for([QueryPicture(data=photos[0].read_bytes())])
    settled.until(lambda: len(settled.matches()) == 12)
    (gone,) = choose(settled, 1)
    settled.workspace.results.gallery.setFocus()
    settled.key(settled.workspace.results.gallery, Key.Key_X)
    settled.until(lambda: len(settled.matches()) == 11)
    settled.search_with(photos[0])
    settled.until(lambda: gone not in settled.matches() and len(settled.matches()) == 11)


def test_h_hides_photos_everywhere_and_undo_shows_them(asked, photos):
    (gone,) = choose(asked, 1)
    asked.key(asked.gallery, Key.Key_H)
    asked.until(lambda: len(asked.matches()) == 11)
    assert "1 photo is hidden from now on." in said(asked)
    asked.search_with(photos[5])
    asked.until(lambda: len(asked.matches()) == 11)
    assert gone not in asked.matches()
    offer(asked).click()
    asked.until(lambda: gone in asked.matches())


def test_p_pins_and_unpins(asked, photos):
    (name,) = choose(asked, 1)
    asked.key(asked.gallery, Key.Key_P)
    decisions = asked.session.library.decisions
    asked.until(lambda: asked.gallery.current_photo().pinned)
    assert asked.gallery.current_photo().path.name == name
    menu = asked.workspace.photo_actions.menu(asked.gallery.selected_photos())
    assert "Unpin\tP" in [action.text() for action in menu.actions()]
    assert len(decisions.contents(Decision.PINNED)) == 1
    asked.key(asked.gallery, Key.Key_P)
    asked.until(lambda: not asked.gallery.current_photo().pinned)
    assert "1 photo is not pinned any more." in said(asked)
    offer(asked).click()
    asked.until(lambda: asked.gallery.current_photo().pinned)


def test_a_mixed_selection_is_pinned_and_undo_restores_the_mixture(asked):
    choose(asked, 1)
    asked.key(asked.gallery, Key.Key_P)
    asked.until(lambda: asked.gallery.current_photo().pinned)
    choose(asked, 1, 2, 3)
    asked.key(asked.gallery, Key.Key_P)
    decisions = asked.session.library.decisions
    asked.until(lambda: len(decisions.contents(Decision.PINNED)) == 3 and "2 photos are pinned." in said(asked))
    offer(asked).click()
    asked.until(lambda: len(decisions.contents(Decision.PINNED)) == 1)


def test_keys_act_on_the_photo_in_the_viewer_alone(asked):
    choose(asked, 4, 5, 2)
    photo = asked.gallery.current_photo()
    asked.key(asked.gallery, Key.Key_Return)
    asked.until(lambda: asked.workspace.stage.viewing)
    asked.key(asked.workspace.viewer, Key.Key_H)
    asked.until(lambda: len(asked.matches()) == 11)
    assert photo.path.name not in asked.matches()
    assert asked.workspace.stage.viewing
    asked.until(lambda: asked.workspace.viewer.photo.id != photo.id)


def test_the_menu_offers_what_makes_sense(asked):
    choose(asked, 1)
    menu = asked.workspace.photo_actions.menu(asked.gallery.selected_photos())
    texts = [action.text().partition("\t")[0] for action in menu.actions() if not action.isSeparator()]
    assert texts == [
        "Open", "Open with", "Find lookalikes of this", "More like this", "Less like this",
        "Find lookalikes of a region…", "Not a match", "Compare", "Why similar?", "Pin", "Hide", "Add to collection",
        "Show in file manager", "Copy path", "Copy picture", "Export…", "Move to the trash…",
    ]  # fmt: skip
    choose(asked, 1, 2)
    menu = asked.workspace.photo_actions.menu(asked.gallery.selected_photos())
    texts = [action.text().partition("\t")[0] for action in menu.actions() if not action.isSeparator()]
    assert {"Open", "Copy picture", "Find lookalikes of this"}.isdisjoint(texts)
    assert {"Copy 2 paths", "Export 2 photos…", "Move 2 photos to the trash…"} <= set(texts)


def test_what_is_no_match_is_listed_and_taken_back_there(asked, photos, qtmodeltester):
    (gone,) = choose(asked, 3)
    asked.key(asked.gallery, Key.Key_X)
    asked.until(lambda: len(asked.matches()) == 11)
    asked.window.commands["rejections"].trigger()
    deciding = asked.workspace.doers.deciding
    asked.until(lambda: deciding.dialog is not None and deciding.dialog.isVisible())
    dialog = deciding.dialog
    qtmodeltester.check(dialog.model)
    assert [dialog.model.index(0, column).data() for column in (0, 1)] == [gone, "photo_000.jpg"]
    assert dialog.title.text() == "1 photo is no match"
    assert not dialog.back.isEnabled()
    dialog.view.selectRow(0)
    dialog.back.click()
    assert dialog.title.text() == "Nothing was said to be no match"
    asked.until(lambda: gone in asked.matches())
    dialog.close()


def test_decisions_survive_a_restart(asked, start_session, photos, qtbot):
    from user import User

    (hidden,) = choose(asked, 1)
    asked.key(asked.gallery, Key.Key_H)
    asked.until(lambda: len(asked.matches()) == 11)
    (rejected,) = choose(asked, 1)
    asked.key(asked.gallery, Key.Key_X)
    asked.until(lambda: len(asked.matches()) == 10)
    asked.window.close()
    asked.until(lambda: asked.session.library is None and not asked.window.isVisible())
    again = User(qtbot, start_session())
    again.search_with(photos[0])
    again.until(lambda: len(again.matches()) == 10)
    assert {hidden, rejected}.isdisjoint(again.matches())


def test_the_details_have_buttons_for_what_is_wanted_most(asked):
    bar = asked.workspace.details._bar
    asked.gallery.selectionModel().clear()
    asked.until(lambda: bar.isHidden())
    (gone,) = choose(asked, 1)
    asked.until(lambda: not bar.isHidden())
    buttons = {button.accessibleName(): button for button in bar.findChildren(QToolButton)}
    assert list(buttons) == [
        "More like this", "Less like this", "Compare", "Why similar?", "Show in file manager", "Move to the trash",
    ]  # fmt: skip
    assert buttons["Compare"].toolTip() == "Compare (C)"
    buttons["Less like this"].click()
    asked.until(lambda: asked.query_names() == ["photo_000.jpg", gone])


def test_photos_of_the_browsed_library_are_decided_about_too(settled):
    settled.workspace.exploring.view(View.ALL)
    listing = lambda: settled.workspace.results.model.listing  # noqa: E731
    settled.until(lambda: len(listing()) == 12)
    gallery = settled.workspace.results.gallery
    settled.until(lambda: listing().photo(1) is not None)
    choose(settled, 1)
    menu = settled.workspace.photo_actions.menu(gallery.selected_photos())
    assert not [action for action in menu.actions() if action.text().startswith("Not a match")]
    settled.key(gallery, Key.Key_X)
    settled.until(lambda: "“Not a match” needs a question." in said(settled))
    settled.key(gallery, Key.Key_H)
    settled.until(lambda: len(listing()) == 11)
    offer(settled).click()
    settled.until(lambda: len(listing()) == 12)
