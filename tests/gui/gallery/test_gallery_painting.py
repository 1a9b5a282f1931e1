import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from engine.records import SearchResult
from gui.gallery.listing import Answer
from gui.gallery.model import GalleryModel, Role
from gui.gallery.thumbnails import ThumbnailLoader
from gui.gallery.view import GalleryView
from gui.theme import Colors, colors

MakeAnswer = Callable[..., SearchResult]


@pytest.fixture(autouse=True)
def shown(model: GalleryModel, view: GalleryView, make_answer: MakeAnswer) -> None:
    """26 photos in lines of four, the first one current."""
    model.show(Answer(make_answer("abcdefghijklmnopqrstuvwxyz")))
    view.set_current_photo("a")


@pytest.fixture
def tones(view: GalleryView) -> Colors:
    return colors(view.palette())


def colors_of(view: GalleryView, step: int = 5) -> set[str]:
    shot = view.viewport().grab().toImage()
    points = itertools.product(range(0, shot.width(), step), range(0, shot.height(), step))
    return {shot.pixelColor(x, y).name() for x, y in points}


def test_thumbnails_of_what_is_seen_are_loaded_and_shown(
    qtbot: QtBot, view: GalleryView, loader: ThumbnailLoader
) -> None:
    qtbot.waitUntil(lambda: loader.image("a") is not None)
    assert max(loader.image("a").width(), loader.image("a").height()) == view.grid.picture_side
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: loader.image("z") is not None)


def test_the_selection_is_a_ring_and_no_tint(
    qtbot: QtBot, view: GalleryView, tones: Colors, loader: ThumbnailLoader
) -> None:
    qtbot.waitUntil(lambda: all(loader.image(photo_id) for photo_id in "ab"))
    chosen, plain = (view.visualRect(view.model().index(row)) for row in (0, 1))
    shot = view.viewport().grab().toImage()
    assert shot.pixelColor(chosen.center()) == shot.pixelColor(plain.center())
    ring = QPoint(chosen.left() + 2, chosen.center().y() + 10)
    assert shot.pixelColor(ring) == tones.accent
    assert shot.pixelColor(ring + plain.topLeft() - chosen.topLeft()) == tones.gallery_ground


def test_the_frame_of_the_keyboard_is_for_those_who_use_it(
    qtbot: QtBot, view: GalleryView, tones: Colors, model: GalleryModel
) -> None:
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    frame = view.visualRect(view.currentIndex()).topLeft() + QPoint(30, 0)
    assert view.viewport().grab().toImage().pixelColor(frame) == tones.secondary
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(model.index(1)).center())
    assert view.viewport().grab().toImage().pixelColor(frame) == tones.gallery_ground


def test_waiting_cells_while_the_first_answer_is_awaited(view: GalleryView, tones: Colors, model: GalleryModel) -> None:
    model.clear()
    view.set_busy(True)
    assert tones.border.name() in colors_of(view)
    view.set_busy(False)
    assert tones.border.name() not in colors_of(view)


def test_the_message_for_nothing(view: GalleryView, model: GalleryModel) -> None:
    model.clear()
    view.set_empty_message("", "")
    blank = view.viewport().grab().toImage()
    view.set_empty_message("No matches", "Take away a filter.")
    assert view.viewport().grab().toImage() != blank


def test_marks_on_photos(view: GalleryView, tones: Colors, model: GalleryModel, make_answer: MakeAnswer) -> None:
    view.clearSelection()
    plain = make_answer("ab", width=240)
    model.show(Answer(plain))
    assert tones.accent.name() not in colors_of(view, step=1)
    model.show(Answer(replace(plain, matches=tuple(replace(match, new=True) for match in plain.matches))), keep=True)
    assert tones.accent.name() in colors_of(view, step=1)
    for mark in ("offline", "pinned"):
        model.show(Answer(make_answer("ab", width=240, **{mark: True})), keep=True)
        assert tones.panel.name() in colors_of(view, step=1)


def test_a_thumbnail_that_cannot_be_had(
    qtbot: QtBot, view: GalleryView, model: GalleryModel, loader: ThumbnailLoader, make_answer: MakeAnswer
) -> None:
    model.show(Answer(make_answer(["unreadable", "b"])))
    waiting = view.viewport().grab().toImage()
    qtbot.waitUntil(lambda: model.index(0).data(Role.FAILURE) is not None)
    cell = view.visualRect(model.index(0))
    assert view.viewport().grab(cell).toImage() != waiting.copy(cell)


def test_every_state_of_a_cell_can_be_painted_in_any_size(
    view: GalleryView, model: GalleryModel, make_answer: MakeAnswer
) -> None:
    model.show(Answer(make_answer(["long name " * 20, "b"], noise=2, offline=True, pinned=True, width=0)))
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        view.setLayoutDirection(direction)
        for size in (96, 320):
            view.set_thumbnail_size(size)
            assert not view.viewport().grab().isNull()
