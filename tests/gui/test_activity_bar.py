from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject

from engine.catalog.photos import Counts
from engine.jobs import Progress
from engine.records import IndexReport, LastUpdate
from gui.overview import Overview
from gui.panels.activity import ActivityBar, last_update_lines, last_update_text, progress_text


@pytest.fixture
def bar(qtbot):
    made = ActivityBar()
    qtbot.addWidget(made)
    made.resize(1000, 32)
    made.show()
    return made


def overview(photos: int, searchable: int, unreadable: int = 0) -> Overview:
    counts = Counts(photos=photos, searchable=searchable, unreadable=unreadable, waiting=0, missing=0, ignored=0)
    return Overview(1, counts, (), (), "tiny", 32)


def test_how_much_is_searchable(bar):
    bar.show_overview(overview(42_013, 41_870, 143))
    assert bar.searchable.text() == "41,870 of 42,013 searchable"
    assert bar.machine.text() == "tiny · 32-d"
    bar.show_overview(replace(overview(42_013, 41_870, 143), provider="CUDA"))
    assert bar.machine.text() == "CUDA · tiny · 32-d"
    assert bar.machine.toolTip() == "The last photos were embedded on: CUDA"
    assert bar.details.text() == "143 files not readable"


def test_an_empty_library_counts_nothing(bar):
    bar.show_overview(overview(0, 0))
    assert bar.searchable.text() == ""
    assert not bar.details.isVisible()


def test_details_are_a_click_away(bar, qtbot):
    bar.show_overview(overview(10, 9, 1))
    assert bar.details.text() == "1 file not readable"
    with qtbot.waitSignal(bar.details_wanted):
        bar.details.click()


def test_progress_is_said_with_rate_and_time_left():
    progress = Progress("indexing", 310, 1204, per_second=58.2, seconds_left=170)
    assert progress_text(progress) == "Indexing 310 of 1,204 · 58 photos/s · 3 min left"
    assert progress_text(Progress("scanning", 1200)) == "Scanning 1,200"


def test_a_run_from_start_to_end(bar):
    bar.show_started()
    assert bar.pause.isVisible()
    assert bar.cancel.isVisible()
    assert bar.bar.maximum() == 0
    bar.show_progress(Progress("indexing", 310, 1204, provider="CPU"))
    assert (bar.bar.value(), bar.bar.maximum()) == (310, 1204)
    bar.show_overview(overview(1204, 310))
    assert bar.machine.text() == "CPU · tiny · 32-d"
    bar.show_finished(IndexReport(added=1200, missing=3, offline=(Path("/usb"),)))
    assert not bar.pause.isVisible()
    assert bar.stage.text().startswith("Up to date, ")
    assert bar.stage.text().endswith(" · 1,200 added · 3 gone · 1 folder not connected")


TODAY = date(2026, 11, 24)
DONE = LastUpdate(datetime(2026, 11, 24, 14, 2), added=12, missing=3, offline=1, seconds=192, unreadable=2)


def test_the_last_update_is_told_shortly_and_in_full():
    short = "Up to date, 14:02 · 12 added · 3 gone · 2 not readable · 1 folder not connected"
    assert last_update_text(DONE, TODAY) == short
    assert last_update_lines(DONE, TODAY) == [
        "The folders were looked through: 14:02", "It took 3 min", "12 added", "3 gone", "2 not readable",
        "1 folder not connected",
    ]  # fmt: skip
    nothing = LastUpdate(datetime(2026, 11, 23, 9, 30))
    assert last_update_text(nothing, TODAY) == "Up to date, Yesterday 09:30"
    assert last_update_lines(nothing, TODAY)[1:] == ["Nothing had changed"]


def test_the_last_update_is_told_when_nothing_goes_on(bar):
    bar.show_overview(replace(overview(10, 10), last_update=DONE))
    assert " · 12 added" in bar.stage.text()
    assert "It took 3 min" in bar.stage.toolTip()
    bar.show_started()
    assert bar.stage.toolTip() == ""
    bar.show_idle("Indexing was cancelled; what was done is kept.")
    bar.show_overview(replace(overview(11, 10), last_update=DONE))
    assert bar.stage.text() == "Indexing was cancelled; what was done is kept."
    bar.show_overview(replace(overview(11, 11), last_update=replace(DONE, added=1)))  # by another program
    assert " · 1 added" in bar.stage.text()


def test_pause_turns_into_go_on(bar, qtbot):
    bar.show_started()
    bar.show_progress(Progress("indexing", 1, 10))
    with qtbot.waitSignal(bar.pause_wanted):
        bar.pause.click()
    bar.show_paused(True)
    bar.show_progress(Progress("indexing", 2, 10))  # what was under way ends first
    assert bar.stage.text() == "Paused"
    assert bar.pause.accessibleName() == "Go on"
    bar.show_paused(False)
    assert bar.stage.text() == "Indexing 2 of 10"
    assert bar.pause.accessibleName() == "Pause"


def test_a_download_names_the_site(bar):
    bar.show_downloading("example.com")
    assert bar.download.text() == "Downloading from example.com…"
    bar.show_downloading("")
    assert bar.download.text() == ""


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt calls it
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_progress_is_painted_when_the_window_is_not_in_the_middle_of_something(bar, qtbot):
    bar.show_started()
    qtbot.waitExposed(bar)
    paints = Paints()
    bar.bar.installEventFilter(paints)
    bar.show_progress(Progress("indexing", 500, 1000))
    assert paints.count == 0
    qtbot.waitUntil(lambda: paints.count > 0)
    bar.bar.removeEventFilter(paints)
