"""Why two pictures are alike, in the window."""

from datetime import timedelta

import numpy as np
import pytest
from PySide6.QtCore import Qt
from test_comparing import compare

from engine.copies.verdict import Change, ChangeKind, Kind, Verdict
from engine.errors import EngineError
from engine.imaging.exif import PhotoDetails
from engine.search.explanation import Differences, Evidence, Explanation, Focus, Method, PictureEvidence
from gui.viewers.compare_bar import View
from gui.viewers.why import WhyPanel, _differences, focus_words

Key = Qt.Key


@pytest.fixture
def asked(settled, photos):
    settled.search_with(photos[0])
    return settled


def explained(user):
    page = user.workspace.comparison
    user.until(lambda: page.stays.canvas.heat is not None and page.changes.canvas.heat is not None)
    return page


def test_a_key_explains_a_match(asked):
    gallery = asked.workspace.results.gallery
    gallery.set_current_photo(asked.workspace.results.model.listing.photo_id(2))
    gallery.setFocus()
    asked.key(gallery, Key.Key_Y)
    page = explained(asked)
    assert page.view is View.WHY
    assert page.why.panel.isVisible()
    assert page.why.panel.verdict.text() == "Different pictures."
    assert page.why.panel.closeness.text().startswith("The two are ")
    assert "the same size" in page.why.panel.differences.text()
    assert "hidden by grey" in page.why.panel.legend.text()
    assert page.stays.caption.focus.text().endswith(".")
    assert page.changes.caption.focus.isVisible()


def test_the_maps_follow_the_match_and_leave_with_the_view(asked):
    page = compare(asked, 2)
    asked.key(page, Key.Key_Y)
    explained(asked)
    before = page.why.panel.closeness.text()
    asked.key(page, Key.Key_PageDown)
    assert page.changes.canvas.heat is None
    assert page.why.panel.verdict.text() == "Looking for what makes them alike…"
    explained(asked)
    assert page.why.panel.closeness.text() != "" != before
    asked.key(page, Key.Key_A)
    assert page.stays.canvas.heat is None
    assert not page.why.panel.isVisible()
    assert not page.stays.caption.focus.isVisible()


def test_comparing_anew_does_not_begin_with_why(asked):
    page = compare(asked, 2)
    page.bar.buttons[View.WHY].click()
    explained(asked)
    asked.key(page, Key.Key_Escape)
    assert compare(asked, 3).view is View.SIDE_BY_SIDE


def test_two_selected_photos_are_explained_from_the_menu(asked):
    gallery = asked.workspace.results.gallery
    gallery.selectAll()
    photos = asked.workspace.results.result.matches
    chosen = [photos[1].photo, photos[2].photo]
    menu = asked.workspace.photo_actions.menu(chosen)
    action = next(action for action in menu.actions() if action.text().startswith("Why similar?"))
    action.trigger()
    page = explained(asked)
    assert page.stays.title == chosen[0].path.name
    menu.close()


def test_a_picture_that_is_gone_is_explained_from_what_was_kept(asked, photos):
    page = compare(asked, 2)
    photos[0].unlink()
    asked.key(page, Key.Key_Y)
    explained(asked)
    assert page.why.panel.verdict.text()


def test_a_failure_is_said_in_its_place(asked, photos):
    page = compare(asked, 2)
    page.why.panel.show_failure(EngineError("It is broken.", "Mend it."))
    assert page.why.panel.accessibleName() == "It is broken. Mend it."


@pytest.mark.parametrize(
    ("verdict", "says", "closeness"),
    [
        (
            Verdict(Kind.COPY, 0.99, (Change(ChangeKind.TURNED, 135), Change(ChangeKind.CROPPED, 72))),
            "The same picture: turned 135°, cropped to 72 %.",
            "The model does not see that: to it, they are no closer than photos picked at random.",
        ),
        (Verdict(Kind.IDENTICAL_PIXELS, 1.0), "The same picture: identical pixels.", "The model does not see that: "),
        (Verdict(Kind.OTHER_SHOT, 0.9, seconds_apart=3), "Different shots of one thing, 3 s apart.", "The two are no"),
        (Verdict(Kind.OTHER_SHOT, 0.9), "Different shots of one thing.", "The two are no closer than"),
        (Verdict(Kind.DIFFERENT, 0.9), "Different pictures.", "The two are no closer than"),
    ],
)
def test_a_copy_is_never_chance(qtbot, verdict, says, closeness):
    side = PictureEvidence(np.zeros((1, 1), np.float32), (0, 0, 1, 1), 40, 30, PhotoDetails())
    panel = WhyPanel()
    qtbot.addWidget(panel)
    evidence = Evidence(Method.FEATURES, 0.1, side, side, verdict)
    panel.show_explanation(Explanation(evidence, 0.9, 0.5, 0.95, "tiny"))
    assert panel.verdict.text() == says
    assert panel.closeness.text().startswith(closeness)
    assert panel.accessibleName().startswith(says)


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        (timedelta(0), "taken in the same second"),
        (timedelta(seconds=1), "taken 1 second apart"),
        (timedelta(minutes=4), "taken 4 minutes apart"),
        (timedelta(hours=30), "taken 30 hours apart"),
        (timedelta(days=40), "taken 40 days apart"),
        (timedelta(days=3653), "taken 10 years apart"),
    ],
)
def test_times_apart(qapp, apart, words):
    side = PictureEvidence(None, (0, 0, 1, 1), 40, 30, PhotoDetails())
    assert _differences(Differences(apart, True, 0.25, 1), side, side) == [
        words,
        "250 m apart",
        "the same camera",
        "the same size",
    ]


def test_where_the_likeness_lies(qapp):
    assert focus_words(Focus(0.36, 0, -1)) == "Half of the likeness lies in 36 % of it, at the top."
    assert focus_words(Focus(0.48)) == "The likeness is spread over all of it."
    assert focus_words(Focus(0.0)) == "Nothing in it speaks for the likeness."
