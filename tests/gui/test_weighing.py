"""How much a picture of the query counts, by mouse."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from engine.records import QueryPicture
from gui.panels.weight_slider import HANDLE, WeightSlider
from gui.weights import nudged, strength_words, weight_figure, weight_words

# Without a desktop there is nothing a popup could grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def asked(settled, photos):
    """Two pictures in the query."""
    settled.search_with(photos[0])
    settled.workspace.searching.add([QueryPicture(path=photos[1])])
    settled.until(lambda: settled.query_names() == ["photo_000.jpg", "photo_001.jpg"])
    settled.until(lambda: settled.workspace.searching.result)
    return settled


def chip(user, place: int = 1):
    return user.workspace.query_bar.chips.chips()[place]


def opened(user, place: int = 1):
    chip(user, place).weight.click()
    return chip(user, place).weight.popup


def weight(user, place: int = 1) -> float:
    return user.workspace.searching.query.pictures[place].weight


def point(slider: WeightSlider, of: float) -> QPoint:
    room = slider.width() - 2 * HANDLE
    return QPoint(HANDLE + round(room * (of + 2) / 4), slider.height() // 2)


def mouse(slider: WeightSlider, kind: QEvent.Type, of: float) -> None:
    at = QPointF(point(slider, of))
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else LEFT
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
    event = QMouseEvent(kind, at, slider.mapToGlobal(at), button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(slider, event)


def drag(slider: WeightSlider, *stations: float) -> None:
    mouse(slider, QEvent.Type.MouseButtonPress, stations[0])
    for station in stations[1:]:
        mouse(slider, QEvent.Type.MouseMove, station)
    mouse(slider, QEvent.Type.MouseButtonRelease, stations[-1])


def turn(widget, clicks: int, keys=Qt.KeyboardModifier.NoModifier) -> None:
    at = QPointF(widget.rect().center())
    event = QWheelEvent(
        at, widget.mapToGlobal(at), QPoint(), QPoint(0, 120 * clicks), Qt.MouseButton.NoButton, keys,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_a_drag_updates_live_and_is_one_step_to_undo(asked):
    slider = opened(asked).slider
    steps = len(asked.workspace.searching.trail)
    mouse(slider, QEvent.Type.MouseButtonPress, 1.5)
    assert weight(asked) == 1.5
    mouse(slider, QEvent.Type.MouseMove, -0.7)
    assert weight(asked) == -0.7
    asked.until(lambda: asked.workspace.searching.result)
    assert chip(asked).weight.property("kind") == "bad"
    assert chip(asked).accessibleName().startswith("Less like photo_001.jpg, counts 0.7 times")
    mouse(slider, QEvent.Type.MouseMove, -2.0)
    mouse(slider, QEvent.Type.MouseButtonRelease, -2.0)
    assert weight(asked) == -2
    assert len(asked.workspace.searching.trail) == steps + 1
    asked.workspace.searching.undo()
    assert weight(asked) == 1
    assert slider.value() == 10
    asked.workspace.searching.redo()
    assert weight(asked) == -2


def test_every_drag_is_a_step_of_its_own(asked):
    slider = opened(asked).slider
    drag(slider, 1.2, 1.6)
    drag(slider, 0.8, 0.5)
    assert weight(asked) == 0.5
    asked.workspace.searching.undo()
    assert weight(asked) == 1.6
    asked.workspace.searching.undo()
    assert weight(asked) == 1


def test_nothing_counts_zero_times(asked):
    slider = opened(asked).slider
    drag(slider, 0.04, 0.0)
    assert weight(asked) == 0.1
    asked.key(slider, Qt.Key.Key_Left)
    assert weight(asked) == -0.1
    asked.key(slider, Qt.Key.Key_Right)
    assert weight(asked) == 0.1
    turn(slider, -1)
    assert weight(asked) == -0.1
    asked.key(slider, Qt.Key.Key_Home)
    assert weight(asked) == -2


def test_a_double_click_counts_fully_again(asked, qtbot):
    popup = opened(asked)
    drag(popup.slider, 0.5)
    qtbot.mouseDClick(popup.slider, LEFT, pos=point(popup.slider, -1.5))
    assert weight(asked) == 1
    assert popup.said.text() == "more like it, counts fully"
    assert popup.slider.accessibleName() == "How much photo_001.jpg counts"


def test_the_only_picture_to_look_like_cannot_count_against_itself(settled, photos):
    settled.search_with(photos[0])
    slider = opened(settled, 0).slider
    drag(slider, 0.5, -2)
    assert weight(settled, 0) == 0.1
    turn(chip(settled, 0), -1, CONTROL)
    assert weight(settled, 0) == 0.1
    assert settled.window.messages.texts == []


def test_the_wheel_with_control_nudges_in_one_step(asked):
    bar = asked.workspace.query_bar.chips
    turn(chip(asked), 1, CONTROL)
    turn(chip(asked), 1, CONTROL)
    assert weight(asked) == 1.2
    asked.workspace.searching.undo()
    assert weight(asked) == 1
    turn(chip(asked), -1)
    assert weight(asked) == 1
    turn(chip(asked), -1, CONTROL)
    asked.key(chip(asked), Qt.Key.Key_F)
    assert weight(asked) == -0.9
    turn(chip(asked), -1, CONTROL)
    asked.workspace.searching.undo()
    assert weight(asked) == -0.9
    assert [one.weight.text() for one in bar.chips()] == ["more like it ▾", "less, counts 0.9 times ▾"]


def test_what_came_between_is_not_swallowed(asked, photos):
    turn(chip(asked), 1, CONTROL)
    asked.workspace.searching.add([QueryPicture(path=photos[4])])
    turn(chip(asked), 1, CONTROL)
    assert weight(asked) == 1.2
    asked.workspace.searching.undo()
    assert (weight(asked), len(asked.query_names())) == (1.1, 3)
    asked.workspace.searching.undo()
    assert len(asked.query_names()) == 2


def test_the_slider_is_left_with_escape_and_opens_from_the_keyboard(asked):
    button = chip(asked).weight
    asked.key(button, Qt.Key.Key_Space)
    popup = button.popup
    assert popup.isVisible()
    assert popup.slider.hasFocus()
    asked.key(popup, Qt.Key.Key_Return)
    assert button.popup is None
    assert asked.query_names() == ["photo_000.jpg", "photo_001.jpg"]


def test_weights_are_put_into_few_words():
    assert [weight_words(weight) for weight in (1.0, 2.0, 0.3, -1.0, -0.5)] == [
        "more like it", "counts double", "counts 0.3 times", "less like it", "less, counts half",
    ]  # fmt: skip


def test_weights_are_put_into_few_figures():
    assert [weight_figure(weight) for weight in (1.3, -0.7, 0.25, 2.0, 1.0, 0.33)] == [
        "1.3×", "−0.7×", "¼", "2×", "", "0.33×",
    ]  # fmt: skip
    assert strength_words(1.5) == "counts 1.5 times"
    assert [nudged(0.1, -1), nudged(-0.1, 1), nudged(2.0, 1), nudged(4.0, -1)] == [-0.1, 0.1, 2.0, 1.9]
