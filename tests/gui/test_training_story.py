"""What a network tells while it learns: as a record, in words, and as curves that are read with the keys."""

import logging
import time

import numpy as np
import pytest
from places import trained, training_learns
from played import story
from PySide6.QtCore import Qt
from shiboken6 import isValid

from engine.settings import Look, Motion
from gui.dialogs.training_learning import SELDOM_MS
from gui.dialogs.training_plot import Plot
from gui.theme import Theme
from gui.training import Step
from gui.training_story import MOST_POINTS, Story, found_of_100

# Without a desktop there is nothing a dialog could raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def curve(step, loss=0.5, part="learning", **others):
    return {"part": part, "step": step, "steps": 100, "loss": loss, "rate": 0.1} | others


def check(step, found=0.5, best=True, part="learning"):
    return {"part": part, "step": step, "metrics": {"precision@1": found}, "best": best}


def test_parts_stand_in_the_order_in_which_they_began():
    told = Story()
    assert (told.now, bool(told)) == (None, False)
    for part in ("testing 1", "testing 2", "learning"):
        assert told.take("curve", curve(0, part=part))
    assert list(told.parts) == ["testing 1", "testing 2", "learning"]
    assert told.now.name == "learning"
    assert told.now.total == 100


def test_the_best_check_is_the_one_that_would_be_kept():
    told = Story()
    for step, best in ((0, True), (10, True), (20, False)):
        told.take("validated", check(step, 0.456, best))
    assert told.now.best.step == 10
    assert found_of_100(told.now.best) == 46


def test_a_training_that_goes_on_replaces_what_it_does_again():
    told = Story()
    for step in range(10):
        told.take("curve", curve(step, loss=1))
    told.take("validated", check(8))
    told.take("curve", curve(5, loss=2))
    assert told.now.steps == [0, 1, 2, 3, 4, 5]
    assert told.now.losses[-1] == 2
    assert told.now.checks == []


def test_long_curves_are_thinned():
    told = Story()
    for step in range(20_000):
        told.take("curve", curve(step, loss=step))
    part = told.now
    assert MOST_POINTS / 3 < len(part.steps) <= MOST_POINTS
    assert part.steps == part.losses
    assert (np.diff(part.steps) > 0).all()
    assert part.steps[-1] > 19_900


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ("curve", {"part": "learning"}),
        ("curve", curve("many")),
        ("validated", {"part": "learning", "step": 1, "metrics": 3, "best": True}),
        ("sample", {"step": 1, "query": "/a.jpg", "neighbours": ["/b.jpg"], "hits": []}),
    ],
)
def test_what_makes_no_sense_changes_nothing(event, told):
    record = Story()
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError)):
        record.take(event, told)
    assert (bool(record), record.sample) == (False, None)
    assert not record.take("progress", {})


def test_curves_and_words_say_the_same(user, photos):
    view = training_learns(user, photos).running.learning
    user.until(lambda: "step 57 of 60" in view.now.text())
    assert view.now.text() == "The new model: step 57 of 60, loss 0.017"
    assert "same subject for 68. The best so far: 72, at step 20." in view.found.text()
    loss, found = view.plots
    assert len(drawn(loss)) == len(drawn(found)) == 2
    steps, values = drawn(found)[-1]
    assert (list(steps), list(values)) == ([0, 20, 40], pytest.approx([50, 72, 68]))
    assert "step 57 of 60" in loss.accessible_state()


def drawn(plot):
    return [one.getData() for one in plot._curves]


def test_the_keys_step_through_what_was_learned(user, photos):
    view = training_learns(user, photos).running.learning
    user.until(lambda: view.now.text())
    for _ in range(8):
        user.key(view.plots[0], Qt.Key.Key_Left)
    assert view.now.text().startswith("The new model: step 33 of 60")
    assert "for 72. That is the best so far." in view.found.text()
    assert view.plots[1]._reading.isVisible()
    user.key(view.plots[0], Qt.Key.Key_Right)
    assert "step 36 of 60" in view.now.text()
    user.key(view.plots[1], Qt.Key.Key_End)
    assert "step 57 of 60" in view.now.text()
    assert not view.plots[1]._reading.isVisible()
    for _ in range(30):
        user.key(view.plots[0], Qt.Key.Key_Left)
    assert "step 0 of 60" in view.now.text()


def test_what_a_photo_finds_has_signs_and_words(user, photos):
    view = training_learns(user, photos).running.learning
    user.until(lambda: view._cells and all(not picture.pixmap().isNull() for picture, _ in view._cells))
    assert [words.text() for _, words in view._cells] == [
        "searched with", "✓ same", "✓ same", "✗ other", "✓ same", "✗ other",
    ]  # fmt: skip
    assert view._cells[3][0].accessibleDescription() == "✗ other"
    assert view.sample_title.text() == "What one photo finds at step 40"


def test_nothing_is_drawn_for_what_learns_in_seconds(user, photos):
    dialog = trained(user, photos, Step.LEARNING)
    assert not dialog.running.learning.isVisible()
    assert dialog.running.learning.plots == []


def test_a_dialog_that_is_opened_again_shows_what_was_told(user, photos):
    dialog, training = trained(user, photos, Step.LEARNING), user.workspace.training
    dialog.close()
    user.until(lambda: not isValid(dialog))
    for event in story(photos):
        training.story.take(event["event"], event)
        training.story_changed.emit()
    training.show()
    view = training.dialog.running.learning
    user.until(lambda: view.isVisible() and view.plots)
    assert "step 57" in view.now.text()


def test_a_dialog_that_is_closed_before_curves_can_be_drawn(user, photos, monkeypatch):
    asked = []
    monkeypatch.setattr("gui.training.import_module", lambda name: asked.append(name) or time.sleep(0.2))
    dialog, training = trained(user, photos, Step.LEARNING), user.workspace.training
    training.story.take("curve", curve(1))
    training.story_changed.emit()
    user.until(lambda: asked)
    dialog.close()
    user.until(lambda: not isValid(dialog))
    user.until(lambda: not user.session.tasks.busy)


def test_curves_wear_the_colours_of_the_window(user, photos, undressed):
    theme = Theme(undressed, Look.LIGHT)
    view = training_learns(user, photos).running.learning
    light = view.plots[0]._view.backgroundBrush().color()
    theme.use(Look.HIGH_CONTRAST_DARK)
    plot = view.plots[0]
    assert plot._view.backgroundBrush().color().name() == "#000000" != light.name()
    assert plot._curves[-1].opts["pen"].color().name() == "#ffd800"
    assert plot._view.getPlotItem().getAxis("left").textPen().color().name() == "#ffffff"
    theme.deleteLater()


def test_whoever_wants_less_motion_sees_fewer_drawings(user, photos, undressed):
    theme = Theme(undressed, Look.LIGHT, Motion.REDUCED)
    view = training_learns(user, photos).running.learning
    user.until(view.isVisible)
    user.workspace.training.story_changed.emit()
    assert view._pause.interval() == SELDOM_MS
    theme.deleteLater()


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("testing 2", "Test 2: step"),
        ("testing 2, division 2", "Test 2, with other photos kept back (2): step"),
        ("learning, all photos", "The new model, from all photos: step"),
    ],
)
def test_it_says_which_part_is_learning(user, photos, part, said):
    view = training_learns(user, photos).running.learning
    user.workspace.training.story.take("curve", curve(1, part=part))
    view._show()
    assert view.now.text().startswith(said)


@pytest.mark.alone
def test_a_drawing_is_quick(user, photos):
    """A thousand points in each of ten parts are drawn in less than the 50 ms that nobody notices."""
    training = user.workspace.training
    view = training_learns(user, photos).running.learning
    for part in range(10):
        for step in range(1000):
            training.story.take("curve", curve(step, part=f"testing {part}"))
    view._show()
    began = time.process_time()
    for _ in range(5):
        view._show()
        view.plots[0].grab()
    assert (time.process_time() - began) / 5 < 0.2  # of a processor that the tests share; 0.02 alone


def test_without_what_draws_there_are_words(user, photos, monkeypatch, caplog):
    def missing(name):
        raise ModuleNotFoundError("No module named 'pyqtgraph'")

    monkeypatch.setattr("gui.training.import_module", missing)
    dialog, training = trained(user, photos, Step.LEARNING), user.workspace.training
    with caplog.at_level(logging.WARNING):
        training.story.take("curve", curve(1))
        training.story_changed.emit()
        user.until(lambda: caplog.records)
    assert "step 1 of 100" in dialog.running.learning.now.text()
    assert dialog.findChildren(Plot) == []
    caplog.clear()
