from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton

from engine.records import Mode, Query, QueryPicture, Region
from gui.panels.query import QueryBar, chip_name
from gui.pictures import QueryPictures

BEACH = QueryPicture(path=Path("/photos/beach.jpg"))
MUG = QueryPicture(path=Path("/photos/mug.jpg"), weight=-0.5)
PASTED = QueryPicture(data=b"\x89PNG")


@pytest.fixture
def bar(qtbot, library, tasks):
    made = QueryBar(QueryPictures(library, tasks, tasks), QMenu())
    qtbot.addWidget(made)
    made.resize(1200, 52)
    made.show()
    return made


def names(bar: QueryBar) -> list[str]:
    return [chip.name for chip in bar.chips.chips()]


def test_without_a_query_there_is_only_a_hint(bar):
    assert names(bar) == []
    assert bar.hint.isVisible()
    assert not bar.add.isVisible()
    assert not bar.modes.isVisible()


def test_every_picture_has_a_chip_in_its_order(bar):
    bar.show_query(Query((BEACH, MUG, PASTED)))
    assert names(bar) == ["beach.jpg", "mug.jpg", "Pasted picture"]
    bar.show_query(Query((PASTED, BEACH)))
    assert names(bar) == ["Pasted picture", "beach.jpg"]


def test_chips_of_pictures_that_stay_are_kept(bar):
    bar.show_query(Query((BEACH,)))
    before = bar.chips.chips()[0]
    bar.show_query(Query((BEACH, MUG)))
    assert bar.chips.chips()[0] is before


def test_the_sign_is_said_in_words(bar):
    bar.show_query(Query((BEACH, MUG)))
    more, less = (chip.accessibleName() for chip in bar.chips.chips())
    assert more.startswith("More like beach.jpg")
    assert less.startswith("Less like mug.jpg")


def test_a_part_of_a_picture_is_named_so():
    assert chip_name(QueryPicture(path=Path("/a/beach.jpg"), region=Region(0, 0, 0.5, 0.5))) == "part of beach.jpg"


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_takes_a_picture_out(bar, qtbot, key):
    bar.show_query(Query((BEACH, MUG)))
    with qtbot.waitSignal(bar.removed) as heard:
        qtbot.keyClick(bar.chips.chips()[1], key)
    assert heard.args == [1]


def test_the_cross_takes_a_picture_out(bar, qtbot):
    bar.show_query(Query((BEACH, MUG)))
    cross = bar.chips.chips()[0].findChild(QToolButton)
    assert cross.accessibleName() == "Take beach.jpg out of the query"
    with qtbot.waitSignal(bar.removed) as heard:
        cross.click()
    assert heard.args == [0]


def test_enter_searches_with_one_picture_alone(bar, qtbot):
    bar.show_query(Query((BEACH, PASTED)))
    with qtbot.waitSignal(bar.chosen) as heard:
        qtbot.keyClick(bar.chips.chips()[1], Qt.Key.Key_Return)
    assert heard.args == [PASTED]


def test_the_mode_is_shown_and_chosen(bar, qtbot):
    bar.show_query(Query((BEACH,), mode=Mode.COPIES))
    assert bar.modes.buttons[Mode.COPIES].isChecked()
    with qtbot.waitSignal(bar.mode_chosen) as heard:
        bar.modes.buttons[Mode.SIMILAR].click()
    assert heard.args == [Mode.SIMILAR]


def test_back_and_forward_are_there_when_they_lead_somewhere(bar, qtbot):
    assert not bar.back.isEnabled()
    bar.set_trail(back=True, forward=False)
    assert bar.back.isEnabled()
    assert not bar.forward.isEnabled()
    with qtbot.waitSignal(bar.back_wanted):
        bar.back.click()


def test_many_pictures_share_the_room(bar):
    pictures = tuple(QueryPicture(path=Path(f"/photos/a long name of a picture {n}.jpg")) for n in range(12))
    bar.show_query(Query(pictures))
    chips = bar.chips.chips()
    assert all(chip._label.isHidden() for chip in chips)
    bar.show_query(Query(pictures[:2]))
    assert not any(chip._label.isHidden() for chip in bar.chips.chips())


def test_every_control_has_a_name(bar):
    bar.show_query(Query((BEACH,)))
    for control in bar.findChildren(QToolButton):
        assert control.accessibleName(), control.toolTip()
