import sys

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from engine.errors import EngineError
from engine.jobs import Cancelled
from gui.messages import MOST, Messages, Offer


@pytest.fixture
def over(qtbot):
    widget = QWidget()
    widget.resize(800, 600)
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.fixture
def messages(over):
    return Messages(over)


def test_an_engine_error_shows_its_sentence_and_its_hint(messages):
    messages.error(EngineError("The disk is full.", "Make room."))
    assert messages.texts == ["The disk is full."]
    assert messages.isVisible()
    assert "Make room." in [label.text() for label in messages.findChildren(QLabel)]


def test_cancelling_is_no_error(messages):
    messages.error(Cancelled())
    assert messages.texts == []
    assert not messages.isVisible()


def test_a_bug_goes_to_the_crash_net(messages, monkeypatch):
    caught = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: caught.append(kind))
    messages.error(ZeroDivisionError())
    assert caught == [ZeroDivisionError]
    assert messages.texts == []


def test_an_offer_is_taken_once(messages, qtbot):
    undone = []
    messages.tell("Deleted.", "", Offer("Undo", lambda: undone.append(True)))
    messages.findChild(QPushButton).click()
    assert undone == [True]
    assert messages.texts == []


def test_the_same_sentence_is_not_said_twice_at_once(messages):
    for _ in range(3):
        messages.error(EngineError("The disk is full."))
    assert messages.texts == ["The disk is full."]


def test_only_the_latest_few_stay(messages):
    for number in range(6):
        messages.error(EngineError(f"Failure {number}."))
    assert messages.texts == [f"Failure {number}." for number in range(6 - MOST, 6)]


def test_a_message_can_be_closed(messages):
    messages.error(EngineError("The disk is full."))
    close = messages.findChild(QToolButton)
    assert close.accessibleName() == "Close this message"
    close.click()
    assert messages.texts == []
    assert not messages.isVisible()


def test_an_error_goes_when_it_is_old_news(messages):
    class Work(QObject):
        begun = Signal()

    work = Work()
    messages.error(EngineError("That cannot be done."), until=work.begun)
    messages.error(EngineError("The disk is full."))
    work.begun.emit()
    assert messages.texts == ["The disk is full."]
    work.begun.emit()
    assert messages.texts == ["The disk is full."]


def test_messages_stay_inside_a_window_that_shrinks(messages, over):
    messages.error(EngineError("A sentence that is long enough to need more than one line in a narrow window. " * 3))
    over.resize(320, 300)
    assert over.rect().contains(messages.geometry())


def test_names_are_never_taken_for_markup(messages):
    messages.error(EngineError("<b>bold</b>.jpg cannot be read."))
    assert messages.texts == ["<b>bold</b>.jpg cannot be read."]
