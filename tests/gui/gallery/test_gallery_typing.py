"""Typing the beginning of a name in the gallery."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from engine.records import SearchResult
from gui.gallery.listing import Answer
from gui.gallery.model import GalleryModel
from gui.gallery.type_ahead import PATIENCE_MS, TypeAhead
from gui.gallery.view import GalleryView

MakeAnswer = Callable[..., SearchResult]
Key = Qt.Key


@pytest.fixture(autouse=True)
def named(model: GalleryModel, view: GalleryView, make_answer: MakeAnswer) -> None:
    model.show(Answer(make_answer(["IMG_1", "beach", "IMG_20", "Baker", "lake", "img_21"])))
    view.set_current_photo("IMG_1")


def type_(qtbot: QtBot, view: GalleryView, text: str) -> str:
    qtbot.keyClicks(view, text)
    return "".join(photo.id for photo in view.selected_photos())


def test_the_beginning_of_a_name_is_found(qtbot: QtBot, view: GalleryView) -> None:
    assert type_(qtbot, view, "b") == "beach"
    assert type_(qtbot, view, "a") == "Baker"
    assert type_(qtbot, view, "xyz") == "Baker"
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


def test_the_same_beginning_again_finds_the_next(qtbot: QtBot, view: GalleryView) -> None:
    found = []
    for _ in range(3):
        found.append(type_(qtbot, view, "im"))
        qtbot.waitUntil(lambda: not view.findChild(TypeAhead).isVisible(), timeout=PATIENCE_MS * 3)
    assert found == ["IMG_20", "img_21", "IMG_1"]


def test_what_was_found_stays_while_it_fits(qtbot: QtBot, view: GalleryView) -> None:
    assert type_(qtbot, view, "img_2") == "IMG_20"
    assert type_(qtbot, view, "1") == "img_21"
    qtbot.keyClick(view, Key.Key_Backspace)
    assert type_(qtbot, view, "0") == "IMG_20"


def test_a_letter_that_is_a_key_needs_the_slash(qtbot: QtBot, view: GalleryView) -> None:
    with qtbot.waitSignal(view.lookalikes_wanted):
        qtbot.keyClick(view, Key.Key_L)
    with qtbot.assertNotEmitted(view.lookalikes_wanted):
        assert type_(qtbot, view, "/la") == "lake"
    qtbot.keyClick(view, Key.Key_Escape)
    with qtbot.waitSignal(view.lookalikes_wanted):
        qtbot.keyClick(view, Key.Key_L)


def test_what_is_typed_can_be_read(qtbot: QtBot, view: GalleryView) -> None:
    type_(qtbot, view, "be")
    shown = view.findChild(TypeAhead)
    assert shown.isVisible()
    assert [label.text() for label in shown.findChildren(QLabel)] == ["be"]
    qtbot.keyClick(view, Key.Key_Escape)
    assert not shown.isVisible()


def test_while_typing_no_shortcut_takes_a_letter(qtbot: QtBot, view: GalleryView) -> None:
    heard = []
    QShortcut(QKeySequence("P"), view, lambda: heard.append("P"))
    type_(qtbot, view, "/p")
    assert heard == []
    qtbot.keyClick(view, Key.Key_Escape)
    type_(qtbot, view, "p")
    assert heard == ["P"]
