from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from gestures import answer
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QMenu

from engine.records import HistoryEntry, Query, QueryPicture
from gui.panels.history import HistoryPanel
from gui.panels.history_model import HistoryRole, entry_detail, entry_title, grouped
from gui.pictures import QueryPictures

# Without a desktop there is nothing a menu could grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NOW = datetime.now().replace(hour=12, minute=30)


def entry(name: str, days_ago: int = 0, *, pinned: bool = False, more: tuple[str, ...] = ()) -> HistoryEntry:
    pictures = tuple(QueryPicture(path=Path("/photos", each)) for each in (name, *more))
    return HistoryEntry(
        id=f"id of {name}",
        when=NOW - timedelta(days=days_ago),
        query=Query(pictures),
        titles=(name, *more),
        model="tiny",
        match_count=112,
        pinned=pinned,
    )


@pytest.fixture
def panel(qtbot, library, tasks):
    made = HistoryPanel(QueryPictures(library, tasks, tasks))
    qtbot.addWidget(made)
    made.resize(260, 500)
    made.show()
    return made


def rows(panel: HistoryPanel) -> list[str]:
    return [panel.model.index(row).data() for row in range(panel.model.rowCount())]


def choose(panel: HistoryPanel, name: str) -> QModelIndex:
    index = panel.model.index(panel.model.row_of(f"id of {name}"))
    panel.view.setCurrentIndex(index)
    return index


def test_pinned_come_first_then_day_by_day():
    entries = [entry("logo", 40, pinned=True), entry("old", 3), entry("mug"), entry("beach", 1)]
    headings = [row if isinstance(row, str) else entry_title(row) for row in grouped(entries, NOW.date())]
    weekday = f"{NOW - timedelta(days=3):%A}"
    assert headings == ["Pinned", "logo", "Today", "mug", "Yesterday", "beach", weekday, "old"]


def test_what_an_entry_says():
    assert entry_title(entry("mug", more=("cup", "glass"))) == "mug and 2 more"
    assert entry_detail(entry("mug")) == "112 matches · 12:30"
    assert entry_detail(entry("mug", pinned=True)) == f"112 matches · {NOW.day} {NOW:%b}"


def test_the_model_is_sound(panel, qtmodeltester):
    panel.show_entries([entry("mug"), entry("beach", 1), entry("logo", pinned=True)])
    qtmodeltester.check(panel.model)
    panel.show_entries([entry("mug")])


def test_an_empty_history_says_what_will_be_here(panel):
    panel.show_entries([])
    assert not panel.view.isVisible()
    assert "kept here" in panel._empty.text()
    assert not panel.clear.isEnabled()


@pytest.mark.parametrize(
    ("key", "signal"),
    [(Qt.Key.Key_Return, "run_wanted"), (Qt.Key.Key_P, "pin_wanted"), (Qt.Key.Key_Delete, "delete_wanted")],
)
def test_keys(panel, qtbot, key, signal):
    panel.show_entries([entry("mug")])
    choose(panel, "mug")
    with qtbot.waitSignal(getattr(panel, signal)) as heard:
        qtbot.keyClick(panel.view, key)
    assert heard.args[0].titles == ("mug",)


def test_pinning_turns_round(panel, qtbot):
    panel.show_entries([entry("mug", pinned=True)])
    choose(panel, "mug")
    with qtbot.waitSignal(panel.pin_wanted) as heard:
        qtbot.keyClick(panel.view, Qt.Key.Key_P)
    assert heard.args[1] is False


def test_a_click_runs_again_and_a_heading_does_nothing(panel, qtbot):
    panel.show_entries([entry("mug")])
    runs = []
    panel.run_wanted.connect(runs.append)
    for row in (0, 1):
        place = panel.view.visualRect(panel.model.index(row)).center()
        qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [run.titles for run in runs] == [("mug",)]


def test_the_arrow_keys_pass_over_headings(panel, qtbot):
    panel.show_entries([entry("mug"), entry("beach", 1)])
    choose(panel, "mug")
    qtbot.keyClick(panel.view, Qt.Key.Key_Down)
    assert panel.view.currentIndex().data() == "beach"


def test_the_context_menu_offers_everything(panel, qtbot):
    panel.show_entries([entry("mug")])
    place = panel.view.visualRect(panel.model.index(1)).center()
    panel.view.customContextMenuRequested.emit(QPoint(place))
    menu = panel.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == ["Search again", "Pin", "Delete"]
    with qtbot.waitSignal(panel.delete_wanted):
        menu.actions()[2].trigger()
    menu.close()


def test_a_refreshed_list_keeps_the_selection(panel):
    panel.show_entries([entry("mug"), entry("beach", 1)])
    choose(panel, "beach")
    panel.show_entries([entry("hat"), entry("mug"), entry("beach", 1)])
    assert panel.view.currentIndex().data() == "beach"


def test_a_list_that_only_changed_inside_is_not_rebuilt(panel, qtbot):
    mug = entry("mug")
    panel.show_entries([mug])
    with qtbot.assertNotEmitted(panel.model.modelReset), qtbot.waitSignal(panel.model.dataChanged):
        panel.show_entries([replace(mug, match_count=113)])
    assert panel.model.index(1).data(HistoryRole.DETAIL).startswith("113 matches")


def test_the_answer_on_screen_is_marked(panel):
    panel.show_entries([entry("mug"), entry("beach", 1)])
    panel.mark("id of beach")
    assert panel.view.currentIndex().data() == "beach"
    panel.mark(None)
    assert not panel.view.selectionModel().hasSelection()


def test_the_filter_finds_names_of_any_picture(panel, qtbot):
    panel.show_entries([entry("mug", more=("Cup",)), entry("beach", 1)])
    panel.start_filter()
    qtbot.keyClicks(panel.filter, "cup")
    assert rows(panel) == ["Today", "mug and 1 more"]
    qtbot.keyClicks(panel.filter, "xyz")
    assert "No query" in panel._empty.text()
    panel.search.click()
    assert len(rows(panel)) == 4


@pytest.mark.parametrize(("button", "cleared"), [("Clear", True), ("Keep", False)])
def test_clearing_asks_first(panel, button, cleared):
    panel.show_entries([entry("mug")])
    wanted = []
    panel.clear_wanted.connect(lambda: wanted.append(True))
    panel.clear.click()
    answer(panel.question, button)
    assert bool(wanted) is cleared
    assert panel.question is None


def test_everything_has_a_name(panel):
    panel.show_entries([entry("mug", pinned=True)])
    assert panel.view.accessibleName()
    assert panel.filter.accessibleName()
    spoken = panel.model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("mug, 112 matches")
    assert spoken.endswith("pinned")


def test_rows_are_painted_in_every_state(panel, qtbot):
    panel.show_entries([entry("a very long name " * 10, pinned=True), entry("mug")])
    choose(panel, "mug")
    panel.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert not panel.grab().isNull()
