from datetime import date, datetime

import pytest

from gui import words

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(5, "less than a minute left"), (170, "3 min left"), (3600, "1 h 0 min left"), (9000, "2 h 30 min left")],
)
def test_time_left(seconds, said):
    assert words.time_left(seconds) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.4, "less than a second"), (4.2, "4 s"), (192, "3 min"), (4800, "1 h 20 min")],
)
def test_durations(seconds, said):
    assert words.duration(seconds) == said


def test_the_day_is_told_with_the_time_unless_it_is_today():
    assert words.day_and_time(datetime(2026, 11, 21, 14, 2), TODAY) == "14:02"
    assert words.day_and_time(datetime(2026, 11, 20, 14, 2), TODAY) == "Yesterday 14:02"


@pytest.mark.parametrize(("speed", "said"), [(58.3, "58 photos/s"), (0.43, "0.4 photos/s")])
def test_rates(speed, said):
    assert words.rate(speed) == said


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (date(2026, 11, 22), "Today"),  # a clock that was set back
        (date(2026, 11, 21), "Today"),
        (date(2026, 11, 20), "Yesterday"),
        (date(2026, 11, 17), "Tuesday"),
        (date(2026, 3, 3), "3 March"),
        (date(2024, 3, 3), "3 March 2024"),
    ],
)
def test_days(of, said):
    assert words.day(of, TODAY) == said


def test_moments():
    assert words.clock(datetime(2026, 11, 21, 14, 2)) == "14:02"
    assert words.milliseconds(0.0184) == "18 ms"
    assert words.milliseconds(1.42) == "1.4 s"
