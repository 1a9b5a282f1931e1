"""Bars over time, and a range dragged across them."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, QPoint, Qt

from gui.filters.days import EARLIEST, DayRange
from gui.filters.histogram import bars_of


def test_a_long_time_is_in_years_a_shorter_one_in_months_a_short_one_in_days():
    years = bars_of([("1999-05-03", 2), ("2020-01-01", 1)])
    assert (len(years), years[0].first, years[0].last, years[0].photos) == (22, date(1999, 1, 1), date(1999, 12, 31), 2)
    months = bars_of([("2020-01-31", 1), ("2020-02-29", 2), ("2020-12-01", 3)])
    assert (len(months), months[1].last, months[1].photos, sum(bar.photos for bar in months)) == (
        12,
        date(2020, 2, 29),
        2,
        6,
    )
    assert [bar.photos for bar in bars_of([("2020-01-01", 1), ("2020-01-03", 2)])] == [1, 0, 2]
    assert bars_of([("", 7)]) == []


@pytest.fixture
def days(qtbot):
    made = DayRange()
    qtbot.addWidget(made)
    made.resize(240, 120)
    made.show_days([(f"2020-{month:02}-15", month) for month in range(1, 13)])
    made.show()
    return made


def test_dragging_across_the_bars_chooses_a_time(days, qtbot):
    bars = days.histogram
    step = bars.width() // 12
    with qtbot.waitSignal(days.range_chosen) as heard:
        qtbot.mousePress(bars, Qt.MouseButton.LeftButton, pos=QPoint(5 * step + 4, 30))
        qtbot.mouseMove(bars, QPoint(2 * step + 4, 30))
        qtbot.mouseRelease(bars, Qt.MouseButton.LeftButton, pos=QPoint(2 * step + 4, 30))
    assert heard.args == [date(2020, 3, 1), date(2020, 6, 30)]
    with qtbot.waitSignal(days.range_chosen) as heard:
        qtbot.mouseDClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(10, 30))
    assert heard.args == [None, None]


def test_the_keys_move_and_widen_the_range(days, qtbot):
    heard = []
    days.range_chosen.connect(lambda *ends: heard.append(ends))
    for key, modifier in (
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
    ):
        qtbot.keyClick(days.histogram, key, modifier)
    assert heard == [
        (date(2020, 1, 1), date(2020, 1, 31)),
        (date(2020, 2, 1), date(2020, 2, 29)),
        (date(2020, 2, 1), date(2020, 3, 31)),
        (None, None),
    ]


def test_days_that_are_typed_the_wrong_way_round_are_swapped(days, qtbot):
    days.show_range(date(2020, 5, 1), None)
    assert days.before.date() == EARLIEST
    days.before.setDate(QDate(2020, 3, 1))
    with qtbot.waitSignal(days.range_chosen) as heard:
        days.before.editingFinished.emit()
    assert heard.args == [date(2020, 3, 1), date(2020, 5, 1)]
