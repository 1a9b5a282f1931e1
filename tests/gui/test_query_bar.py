from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolButton

from engine.filters import FilterKind, Filters
from engine.records import Mode, Query, QueryPicture, Region
from gui.panels.chips import chip_name
from gui.panels.query import QueryBar, tally
from gui.query_thumbnails import QueryThumbnails

BEACH = QueryPicture(path=Path("/photos/beach.jpg"))
MUG = QueryPicture(path=Path("/photos/mug.jpg"), weight=-0.5)
PASTED = QueryPicture(data=b"\x89PNG")


@pytest.fixture
def bar(qtbot, library, tasks):
    made = QueryBar(QueryThumbnails(library, tasks, tasks), QMenu())
    qtbot.addWidget(made)
    made.resize(1200, 52)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
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


def test_a_region_of_a_picture_is_named_so():
    assert chip_name(QueryPicture(path=Path("/a/beach.jpg"), region=Region(0, 0, 0.5, 0.5))) == "region of beach.jpg"


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_takes_a_picture_out(bar, qtbot, key):
    bar.show_query(Query((BEACH, MUG)))
    with qtbot.waitSignal(bar.removed) as heard:
        qtbot.keyClick(bar.chips.chips()[1], key)
    assert heard.args == [1]


def test_the_cross_takes_a_picture_out(bar, qtbot):
    bar.show_query(Query((BEACH, MUG)))
    cross = bar.chips.chips()[0]._remove
    assert cross.accessibleName() == "Take beach.jpg out of the query"
    with qtbot.waitSignal(bar.removed) as heard:
        cross.click()
    assert heard.args == [0]


def test_control_and_enter_search_with_one_picture_alone(bar, qtbot):
    bar.show_query(Query((BEACH, PASTED)))
    with qtbot.waitSignal(bar.chosen) as heard:
        qtbot.keyClick(bar.chips.chips()[1], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard.args == [PASTED]


def test_the_mode_is_shown_and_chosen(bar, qtbot):
    bar.show_query(Query((BEACH,), mode=Mode.COPIES))
    assert bar.modes.buttons[Mode.COPIES].isChecked()
    with qtbot.waitSignal(bar.mode_chosen) as heard:
        bar.modes.buttons[Mode.SIMILAR].click()
    assert heard.args == [Mode.SIMILAR]


def test_back_and_forward_are_there_when_they_lead_somewhere(bar, qtbot):
    assert not bar.back.isEnabled()
    bar.set_trail(back=True, forward=False, undo=True, redo=False)
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


def weights(bar) -> list[str]:
    return [chip.weight.text() for chip in bar.chips.chips() if not chip.weight.isHidden()]


def test_chips_say_in_words_how_much_each_picture_counts_where_there_is_room(bar, qtbot):
    bar.show_query(Query((BEACH, MUG)))
    assert weights(bar) == ["more like it ▾", "less, counts half ▾"]
    assert bar.chips.chips()[1].weight.toolTip().startswith("Less like mug.jpg, counts half\n")
    bar.resize(480, bar.height())
    qtbot.waitUntil(lambda: weights(bar) == ["−½"])
    assert bar.chips.chips()[1].toolTip().splitlines()[1] == "Less like mug.jpg, counts half"


def test_how_much_a_picture_counts_is_not_said_where_it_makes_no_difference(bar):
    bar.show_query(Query((BEACH, MUG)))
    bar.show_query(Query((BEACH,)))
    assert weights(bar) == []


def test_who_needs_little_room_leaves_the_rest_to_longer_names(bar):
    long = QueryPicture(path=Path("/photos/a name that goes on and on, as names of downloaded pictures do.jpg"))
    bar.show_query(Query((BEACH, long, replace(long, region=Region(0, 0, 0.5, 0.5)))))
    short, one, other = (chip._label.width() for chip in bar.chips.chips())
    assert short < one
    assert abs(one - other) <= 1
    assert bar.chips.horizontalScrollBar().maximum() == 0


def test_every_control_has_a_name(bar):
    bar.show_query(Query((BEACH,)))
    for control in bar.findChildren(QToolButton):
        assert control.accessibleName(), control.toolTip()


def drag(qtbot, chip, x: int) -> None:
    """Pull a chip so many pixels to the side and let it go."""
    middle = chip.rect().center()
    qtbot.mousePress(chip, Qt.MouseButton.LeftButton, pos=middle)
    for part in (0.5, 1.0):
        at = chip.mapToGlobal(middle)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(middle),
            QPointF(at.x() + x * part, at.y()),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(chip, event)


@pytest.mark.parametrize(
    ("key", "weight"),
    [(Qt.Key.Key_Plus, 2.0), (Qt.Key.Key_Minus, 0.5), (Qt.Key.Key_F, -1.0)],
)
def test_keys_weigh_and_flip(bar, qtbot, key, weight):
    bar.show_query(Query((BEACH, MUG)))
    with qtbot.waitSignal(bar.replaced) as heard:
        qtbot.keyClick(bar.chips.chips()[0], key)
    assert heard.args[0] == 0
    assert heard.args[1].weight == weight


def test_a_weighed_picture_keeps_its_chip_and_says_so(bar, qtbot):
    bar.show_query(Query((BEACH, MUG)))
    chip = bar.chips.chips()[0]
    qtbot.waitUntil(chip.isVisible)
    chip.setFocus()
    bar.show_query(Query((QueryPicture(path=BEACH.path, weight=2.0), MUG)))
    assert bar.chips.chips()[0] is chip
    assert chip.hasFocus()
    assert chip.accessibleName().startswith("More like beach.jpg, counts double")


def test_keys_move_a_picture_and_the_focus(bar, qtbot):
    bar.show_query(Query((BEACH, MUG, PASTED)))
    chips = bar.chips.chips()
    with qtbot.waitSignal(bar.moved) as heard:
        qtbot.keyClick(chips[0], Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert heard.args == [0, 1]
    qtbot.waitUntil(chips[1].isVisible)
    chips[0].setFocus()
    qtbot.keyClick(chips[0], Qt.Key.Key_Right)
    assert chips[1].hasFocus()
    with qtbot.assertNotEmitted(bar.moved):
        qtbot.keyClick(chips[0], Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)


def test_dragging_puts_a_picture_elsewhere(bar, qtbot):
    bar.show_query(Query((BEACH, MUG, PASTED)))
    chip = bar.chips.chips()[0]
    drag(qtbot, chip, 500)
    with qtbot.waitSignal(bar.moved) as heard:
        qtbot.mouseRelease(chip, Qt.MouseButton.LeftButton)
    assert heard.args == [0, 2]


def test_escape_ends_a_drag_and_nothing_has_happened(bar, qtbot):
    bar.show_query(Query((BEACH, MUG, PASTED)))
    chip = bar.chips.chips()[0]
    drag(qtbot, chip, 500)
    with qtbot.assertNotEmitted(bar.moved):
        qtbot.keyClick(chip, Qt.Key.Key_Escape)
    assert names(bar) == ["beach.jpg", "mug.jpg", "Pasted picture"]


def test_every_filter_has_a_chip_that_takes_it_away(bar, qtbot):
    filters = Filters(formats=("JPEG",), min_size=1000)
    bar.show_query(Query((BEACH,), filters=filters))
    chips = bar.chips.filter_chips()
    assert [chip.words for chip in chips] == ["JPEG", "At least 1,000 pixels"]
    with qtbot.waitSignal(bar.filters_changed) as heard:
        qtbot.keyClick(chips[0], Qt.Key.Key_Delete)
    assert heard.args[0] == filters.without(FilterKind.FORMAT)


def test_twenty_pictures_have_a_summary_and_a_list(bar, qtbot):
    bar.resize(800, 52)
    many = tuple(QueryPicture(path=Path(f"/photos/{n}.jpg"), weight=-1.0 if n > 16 else 1.0) for n in range(20))
    bar.show_query(Query(many))
    assert bar.summary.isVisible()
    assert bar.summary.text().startswith("20 pictures")
    assert tally(list(many)) == "17 more like, 3 less like"
    menu = bar.summary.menu()
    menu.aboutToShow.emit()
    assert len(menu.actions()) == 20
    qtbot.waitUntil(bar.chips.chips()[19].isVisible)
    menu.actions()[19].trigger()
    assert bar.chips.chips()[19].hasFocus()
    bar.show_query(Query(many[:2]))
    assert not bar.summary.isVisible()
