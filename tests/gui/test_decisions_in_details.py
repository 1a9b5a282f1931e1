"""What the details say of decisions about the selected photos, and how it is changed there."""

import pytest
from deeds import choose, offer
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

State = Qt.CheckState


@pytest.fixture
def asked(settled, photos):
    """A user who has asked with the first photo."""
    settled.search_with(photos[0])
    settled.section = settled.workspace.decided.section
    return settled


def standing(user):
    return user.section.standing


def test_nothing_is_said_while_nothing_is_selected(asked):
    asked.workspace.results.gallery.selectionModel().clear()
    asked.until(asked.section.isHidden)


def test_a_tick_pins_and_shows_what_the_library_holds(asked):
    choose(asked, 1)
    asked.until(lambda: standing(asked) and not asked.section.isHidden())
    assert asked.section.pinned.checkState() is State.Unchecked
    asked.section.pinned.click()
    asked.until(lambda: asked.section.pinned.checkState() is State.Checked)
    choose(asked, 1, 2)
    asked.until(lambda: asked.section.pinned.checkState() is State.PartiallyChecked)
    assert asked.section.pinned.text() == "Pinned (1 of 2)"


def test_not_a_match_is_undone_and_told_of_when_other_pictures_are_asked_with(asked, photos):
    (gone,) = choose(asked, 2)
    asked.until(lambda: standing(asked) and standing(asked).asked)
    asked.section.rejected.click()
    asked.until(lambda: gone not in asked.matches())
    other = next(photo for photo in photos[1:] if photo.name != gone)
    asked.search_with(other)
    asked.until(lambda: gone in asked.matches())
    choose(asked, asked.matches().index(gone))
    asked.until(lambda: [one.name for one in standing(asked).rejections] == ["photo_000.jpg"])
    (back,) = (one for one in asked.section.findChildren(QToolButton) if "photo_000.jpg" in one.accessibleName())
    back.click()
    asked.until(lambda: not standing(asked).rejections)
    assert asked.session.library.decisions.rejections() == []


def test_the_collections_of_a_photo_are_listed_and_it_is_taken_out_with_undo(asked):
    choose(asked, 1, 2)
    photos = asked.workspace.results.gallery.selected_photos()
    library = asked.session.library
    beach = library.collections.create("Beach", [photos[0].content_hash])
    asked.until(lambda: standing(asked) and [count for _, count in standing(asked).collections] == [1])
    (out,) = (one for one in asked.section.findChildren(QToolButton) if "Beach" in one.accessibleName())
    out.click()
    asked.until(lambda: not standing(asked).collections)
    assert library.collections.contents(beach.id) == set()
    offer(asked).click()
    asked.until(lambda: standing(asked).collections)
