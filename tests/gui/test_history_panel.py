from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QMenu

from engine.records import HistoryEntry, Query, QueryPicture
from gui.dialogs.welcome import recent
from gui.panels.history import HistoryPanel
from gui.panels.history_model import DayNames, HistoryRole, entry_detail, entry_title, grouped
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
    headings = [row if isinstance(row, str) else entry_title(row) for row in grouped(entries, DayNames(NOW.date()))]
    weekday = f"{NOW - timedelta(days=3):%A}"
    assert headings == ["Pinned", "logo", "Today", "mug", "Yesterday", "beach", weekday, "old"]


def test_what_an_entry_says():
    assert entry_title(entry("mug", more=("cup", "glass"))) == "mug and 2 more"
    assert entry_detail(entry("mug")) == "112 matches · 12:30"
    assert entry_detail(replace(entry("mug"), match_count=200)) == "200 nearest photos · 12:30"
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
    said = heard.args[0][0] if isinstance(heard.args[0], list) else heard.args[0]
    assert said.titles == ("mug",)


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
    choose(panel, "mug")
    place = panel.view.visualRect(panel.model.index(1)).center()
    panel.view.customContextMenuRequested.emit(QPoint(place))
    menu = panel.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == [
        "Search again\tEnter",
        "Rename…\tF2",
        "Pin\tP",
        "Delete\tDel",
    ]
    with qtbot.waitSignal(panel.delete_wanted):
        menu.actions()[3].trigger()
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


def test_all_words_are_sought_in_title_names_and_day(panel, qtbot):
    mug, beach = entry("mug.jpg", 40), entry("beach.jpg", 1)
    panel.show_entries([replace(mug, title="Grandma's cup"), beach])
    for typed, found in (
        ("grandma", "Grandma's cup"),
        ("CUP MUG", "Grandma's cup"),
        ("yesterday", "beach.jpg"),
        (f"{beach.when:%Y-%m-%d}", "beach.jpg"),
        (f"jpg {mug.when:%Y-%m}", "Grandma's cup"),
    ):
        panel.filter.setText(typed)
        assert rows(panel)[1:] == [found], typed
    panel.filter.setText("cup yesterday")
    assert rows(panel) == []
    assert "“cup yesterday”" in panel._empty.text()


def test_the_search_box_leads_into_the_list_and_escape_leaves_it(panel, qtbot):
    panel.show_entries([entry("mug"), entry("beach", 1)])
    panel.start_filter()
    qtbot.keyClicks(panel.filter, "beach")
    qtbot.keyClick(panel.filter, Qt.Key.Key_Down)
    assert panel.view.currentIndex().data() == "beach"
    panel.start_filter()
    qtbot.keyClick(panel.filter, Qt.Key.Key_Escape)
    assert panel.filter.isHidden()
    assert len(rows(panel)) == 4
    assert panel.view.currentIndex().data() == "beach", "what was found stays chosen"


def type_title(panel: HistoryPanel, qtbot, title: str) -> None:
    qtbot.keyClick(panel.view, Qt.Key.Key_F2)
    (editor,) = panel.view.viewport().findChildren(QLineEdit)
    editor.clear()
    qtbot.keyClicks(editor, title)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not panel.view.viewport().findChildren(QLineEdit))


@pytest.mark.parametrize(
    ("title", "typed", "wanted"),
    [
        ("", " Blue   mugs ", ["Blue mugs"]),
        ("Blue mugs", "", [""]),
        ("Blue mugs", "mug", [""]),
        ("", "mug", []),
        ("Blue mugs", "Blue mugs", []),
    ],
)
def test_f2_types_a_title_and_none_is_the_automatic_one(panel, qtbot, title, typed, wanted):
    panel.show_entries([replace(entry("mug"), title=title)])
    choose(panel, "mug")
    heard = []
    panel.rename_wanted.connect(lambda one, title: heard.append(title))
    type_title(panel, qtbot, typed)
    assert heard == wanted


def test_escape_leaves_the_title_as_it_was_and_news_do_not_disturb(panel, qtbot):
    panel.show_entries([entry("mug")])
    choose(panel, "mug")
    qtbot.keyClick(panel.view, Qt.Key.Key_F2)
    (editor,) = panel.view.viewport().findChildren(QLineEdit)
    assert editor.accessibleName()
    assert editor.text() == editor.placeholderText() == "mug"
    qtbot.keyClicks(editor, "Blue")
    panel.show_entries([replace(entry("mug"), match_count=113)])
    assert editor.text() == "Blue"
    with qtbot.assertNotEmitted(panel.rename_wanted):
        qtbot.keyClick(editor, Qt.Key.Key_Escape)


def test_a_title_stands_for_the_names_of_the_pictures(panel):
    panel.show_entries([replace(entry("mug", more=("cup",)), title="Blue mugs")])
    index = panel.model.index(1)
    assert index.data() == "Blue mugs"
    assert "mug\ncup" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_what_the_last_run_found_anew_is_said(panel):
    panel.show_entries([replace(entry("mug"), new_count=3), entry("beach")])
    assert [panel.model.index(row).data(HistoryRole.NEW) for row in (1, 2)] == ["3 new", ""]
    assert "3 new" in panel.model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert not panel.grab().isNull()


def test_several_are_chosen_without_running_them(panel, qtbot):
    panel.show_entries([entry("mug"), entry("beach", 1), entry("hat", 2)])
    heard = []
    panel.run_wanted.connect(heard.append)
    choose(panel, "mug")
    place = panel.view.visualRect(panel.model.index(panel.model.row_of("id of hat"))).center()
    held = Qt.KeyboardModifier.ShiftModifier
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, held, place)
    assert [one.titles[0] for one in panel.view.selected()] == ["mug", "beach", "hat"]
    with qtbot.waitSignal(panel.delete_wanted) as deleted:
        qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
    assert len(deleted.args[0]) == 3
    panel.view.customContextMenuRequested.emit(place)
    menu = panel.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == ["Pin 3 queries\tP", "Delete 3 queries\tDel"]
    menu.close()
    assert not heard


def test_keys_choose_several_across_days(panel, qtbot):
    panel.show_entries([entry("mug"), entry("beach", 1)])
    choose(panel, "mug")
    qtbot.keyClick(panel.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(panel.pin_wanted) as heard:
        qtbot.keyClick(panel.view, Qt.Key.Key_P)
    assert len(heard.args[0]) == 2


def test_what_is_chosen_stays_so_while_the_history_changes(panel):
    entries = [entry("mug"), entry("beach", 1)]
    panel.show_entries(entries)
    panel.mark("id of mug")
    panel.view.selectAll()
    panel.show_entries([entry("hat"), *entries])
    panel.mark("id of mug")
    assert [one.titles[0] for one in panel.view.selected()] == ["mug", "beach"]


def test_a_query_that_was_just_asked_is_marked_when_it_comes(panel):
    panel.show_entries([entry("mug")])
    panel.mark("id of hat")
    assert not panel.view.selectionModel().hasSelection()
    panel.show_entries([entry("hat"), entry("mug")])
    panel.mark("id of hat")
    assert panel.view.currentIndex().data() == "hat"


def test_there_is_nothing_to_clear_where_all_is_pinned(panel, qtbot):
    panel.show_entries([entry("mug", pinned=True)])
    assert not panel.clear.isEnabled()
    panel.show_entries([entry("mug")])
    with qtbot.waitSignal(panel.clear_wanted):
        panel.clear.click()


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


def test_the_first_page_offers_every_question_once():
    asked = [entry("mug"), entry("beach", 1), entry("mug", 2), entry("logo", 3), entry("a", 4), entry("b", 5)]
    pasted = replace(entry("Pasted picture", 6), query=Query((QueryPicture(data=b"\x89PNG"),)), id="one")
    again = [replace(one, id=str(number)) for number, one in enumerate(asked)]
    assert [one.titles[0] for one in recent(again)] == ["mug", "beach", "logo", "a", "b"]
    both = [pasted, replace(pasted, id="two"), entry("mug"), replace(entry("mug"), id="x", title="Mine")]
    assert [one.id for one in recent(both)] == ["id of mug", "x", "one", "two"]
