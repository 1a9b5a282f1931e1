"""With the font of the system twice as large nothing is cut off, anywhere."""

from contextlib import suppress

import pytest
from places import PLACES, leave, narrow
from PySide6.QtCore import QCoreApplication, QDate, QSize
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.exceptions import TimeoutError as NotInTime
from walk import cramped

from engine.catalog.photos import Counts
from engine.jobs import Progress
from gui.controls import label
from gui.folding import APART, Folding, beside
from gui.measures import CONTROL_HEIGHT, control_height, grown, open_with_size
from gui.overview import Overview
from gui.panels.activity import ActivityBar
from gui.theme import font

# Without a desktop there is nothing a dialog could raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ROUNDS = 8
"""Of events, until what is laid out anew is laid out: each layout asks the one around it."""
SMALL_SCREEN = QSize(1280, 720)


@pytest.fixture
def large(undressed, request):
    """The program starts with the font that the system has; the theme goes by it."""
    undressed.setFont(font(undressed.font(), 2))
    return request.getfixturevalue("dressed")


def settle() -> None:
    for _ in range(ROUNDS):
        QCoreApplication.processEvents()


@pytest.mark.parametrize("name", PLACES)
def test_nothing_is_cut_off(large, settled, photos, name):
    place = PLACES[name](settled, photos)
    settled.until(lambda: not settled.session.tasks.busy)
    settle()
    with suppress(NotInTime):  # what is cramped is told below; what only comes late is not
        settled.until(lambda: not cramped(place))
    wrong = cramped(place)
    leave(place, settled)
    assert not wrong, "\n".join(wrong)


def test_the_first_screen_of_all(large, user):
    user.until(lambda: not user.session.tasks.busy)
    settle()
    assert user.workspace.welcome.isVisible()
    assert not cramped(user.window)


def test_the_whole_window_fits_a_small_screen(large, settled, photos):
    window = narrow(settled, photos)
    settle()
    assert window.width() <= SMALL_SCREEN.width()
    assert window.height() <= SMALL_SCREEN.height()


@pytest.mark.parametrize("width", [1800, 900], ids=["beside", "above each other"])
def test_all_that_the_status_bar_may_say(large, qtbot, width):
    bar = ActivityBar()
    qtbot.addWidget(bar)
    bar.resize(width, 10)
    bar.show()
    counts = Counts(photos=42_013, searchable=41_870, unreadable=143, waiting=0, missing=0, ignored=0)
    bar.show_overview(Overview(1, counts, (), (), "lookalike-2", 256))
    bar.show_started()
    bar.show_progress(Progress("indexing", 310, 1_204, per_second=58.0, seconds_left=200.0, provider="CPU"))
    for _ in range(ROUNDS):
        settle()
        bar.resize(max(width, bar.minimumSizeHint().width()), bar.minimumSizeHint().height())
    assert bar.width() == width
    assert not cramped(bar)
    beside_each_other = middle_of(bar, bar.stage) == middle_of(bar, bar.searchable)
    assert beside_each_other == (width > 1500)


def middle_of(bar: QWidget, one: QWidget) -> int:
    return one.mapTo(bar, one.rect().center()).y()


@pytest.mark.parametrize("ratio", [1, 1.5, 2, 2.5])
def test_controls_in_a_row_are_equally_high_with_any_text(undressed, request, qtbot, ratio):
    undressed.setFont(font(undressed.font(), ratio))
    request.getfixturevalue("dressed")
    row = QWidget()
    qtbot.addWidget(row)
    combo = QComboBox()
    combo.addItem("one")
    made = [QLineEdit("one"), combo, QSpinBox(), QDateEdit(QDate(2026, 11, 26)), QPushButton("one")]
    layout = QHBoxLayout(row)
    for control in made:
        layout.addWidget(control)
    row.show()
    settle()
    assert {control.height() for control in made} == {control_height()}
    assert control_height() >= max(CONTROL_HEIGHT, row.fontMetrics().height() + 10)
    for control in made:
        control.setFocus()
        settle()
        assert control.height() == control_height(), type(control).__name__


def test_what_is_round_stays_round(large, qtbot):
    choice = QRadioButton("")
    qtbot.addWidget(choice)
    choice.show()
    settle()
    image = choice.grab().toImage()
    edge = grown(14) // 6  # where a square would have its corner
    assert image.pixelColor(4 + edge // 2, image.height() // 2 - grown(14) // 2 + edge // 2) == image.pixelColor(0, 0)


def test_measures_grow_with_the_text_and_never_shrink(undressed):
    usual = undressed.font()
    undressed.setFont(font(usual, 0.5))
    assert (grown(16), control_height()) == (16, CONTROL_HEIGHT)
    undressed.setFont(font(usual, 2))
    assert grown(16) > 20
    assert grown(100) == pytest.approx(100 * grown(1000) / 1000, abs=1)


def test_a_dialog_opens_larger_as_far_as_the_screen_goes(large, qtbot):
    dialog = QWidget()
    qtbot.addWidget(dialog)
    screen = dialog.screen().availableSize()
    open_with_size(dialog, 400, 300)
    assert dialog.size() == QSize(grown(400), grown(300))
    open_with_size(dialog, screen.width() - 1, screen.height() - 1)
    assert dialog.size() == screen


def test_what_has_no_room_beside_comes_below_and_back(large, qtbot):
    first, second = beside(label("some words"), QPushButton("One")), beside(QPushButton("Two"), QPushButton("Three"))
    both = Folding(first, second, shares=APART)
    holder = QWidget()
    qtbot.addWidget(holder)
    QVBoxLayout(holder).addWidget(both)
    holder.resize(1000, 100)
    holder.show()
    settle()
    assert not both.folded
    assert first.y() == second.y()
    holder.resize(holder.minimumSizeHint())
    settle()
    assert both.folded
    assert second.y() >= first.geometry().bottom()
    assert not cramped(holder)
    holder.resize(1000, 100)
    settle()
    assert not both.folded


def test_a_button_below_keeps_its_width(large, qtbot):
    wide, narrow = label("words that take nearly all of the room there is"), QPushButton("Open")
    holder = QWidget()
    qtbot.addWidget(holder)
    QVBoxLayout(holder).addWidget(Folding(wide, narrow))
    holder.resize(wide.sizeHint().width() + 60, 200)
    holder.show()
    settle()
    assert narrow.mapTo(holder, narrow.rect().topLeft()).y() > wide.mapTo(holder, wide.rect().topLeft()).y()
    assert narrow.width() == narrow.sizeHint().width()


def test_a_folding_row_heeds_what_its_parts_come_to_say(large, qtbot):
    words = label("")
    both = Folding(words, QPushButton("Button"))
    holder = QWidget()
    qtbot.addWidget(holder)
    QVBoxLayout(holder).addWidget(both)
    holder.resize(300, 200)
    holder.show()
    settle()
    assert not both.folded
    words.setText("as much as there is room for")
    settle()
    assert both.folded
    words.setText("")
    settle()
    assert not both.folded
