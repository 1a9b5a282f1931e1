from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from paged import Paged
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag, QFontMetrics
from pytestqt.qtbot import QtBot

from engine.records import Mode, Query, QueryPicture, SearchResult
from gui.gallery.arrangement import Order
from gui.gallery.captions import Caption
from gui.gallery.delegate import caption_font
from gui.gallery.marks import badge_area
from gui.gallery.model import Role
from gui.gallery.score_range import STEPS, score_of, step_of
from gui.gallery.thumbnails import ThumbnailLoader
from gui.panels.results import ResultsPanel
from gui.window_state import WindowState

MakeAnswer = Callable[..., SearchResult]
Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot: QtBot, loader: ThumbnailLoader, tmp_path: Path) -> ResultsPanel:
    made = ResultsPanel(loader, WindowState(tmp_path))
    qtbot.addWidget(made)
    made.resize(1000, 600)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def answer(make_answer: MakeAnswer) -> SearchResult:
    """Six matches, the last two as near as chance is; b, d and f are of one burst, d the best."""
    made = make_answer("abcdef", scores=[0.9999, 0.9995, 0.999, 0.99, 0.5, 0.4], noise=0.9)
    return replace(made, stacks=(("d", "b", "f"),))


def shown(panel: ResultsPanel) -> str:
    listing = panel.model.listing
    return "".join(listing.photo_id(row) for row in range(len(listing)))


def said(panel: ResultsPanel) -> tuple[str, str]:
    return panel.header.summary.text(), panel.header.note.text()


def choose(panel: ResultsPanel, text: str) -> None:
    """An entry of the menu of orders."""
    next(action for action in panel.header.order.menu().actions() if action.text() == text).trigger()


def caption(panel: ResultsPanel, text: str) -> None:
    """An entry of the menu of captions."""
    next(action for action in panel.header.captions.menu().actions() if action.text() == text).trigger()


def test_photos_that_answer_no_query(
    panel: ResultsPanel, paged: Callable[..., Paged], answer: SearchResult, qtbot: QtBot
) -> None:
    panel.show_result(answer)
    panel.show_listing(paged(5000), "5,000 photos", "in Pictures", order=Order.DATE, backwards=True)
    assert said(panel) == ("5,000 photos", "in Pictures")
    assert panel.result is None
    assert panel.model.rowCount() == 5000
    assert not panel.header.scores.isVisible()
    assert not panel.header.stacks.isVisible()
    assert panel.header.order.accessibleName() == "Sorted by: Date, Oldest first"
    with qtbot.waitSignal(panel.ordered) as ordered:
        choose(panel, "Name")
    assert ordered.args == [Order.NAME, False]
    panel.show_result(answer)
    assert panel.header.scores.isVisible()
    assert panel.header.order.accessibleName() == "Sorted by: Score, Best first"


def test_matches_folded_and_new_ones_are_counted(panel: ResultsPanel, answer: SearchResult) -> None:
    new = tuple(replace(match, new=match.photo.id in "ab") for match in answer.matches)
    panel.show_result(replace(answer, matches=new))
    assert panel.header.summary.text() == "6 matches, 2 new"
    assert panel.header.note.text().startswith("2 folded · in 6 photos")
    panel.header.stacks.click()
    assert panel.header.note.text().startswith("in 6 photos")


class TestScores:
    def test_the_count_follows_the_range_while_it_is_moved(self, panel: ResultsPanel, answer: SearchResult) -> None:
        panel.show_result(answer)
        panel.header.scores.lowest.setValue(step_of(0.95))
        assert panel.header.summary.text() == "4 of 6 matches"
        assert panel.header.range_text.text() == "≥ 94.9 %"
        assert shown(panel) == "acd"
        panel.header.scores.highest.setValue(step_of(0.9992))
        assert panel.header.summary.text() == "2 of 6 matches"
        assert panel.header.range_text.text() == "94.9 – 99.92 %"
        panel.header.scores.lowest.setValue(0)
        assert panel.header.range_text.text() == "≤ 99.92 %"

    def test_the_line_of_chance_stays_where_it_belongs(self, panel: ResultsPanel, answer: SearchResult) -> None:
        panel.show_result(answer)
        assert panel.gallery.grid.starts == (0, 3, 4)
        panel.header.scores.highest.setValue(step_of(0.9992))
        assert panel.gallery.grid.starts == (0, 2, 3)
        choose(panel, "Name")
        assert panel.gallery.grid.starts == (0, 3)
        choose(panel, "Score")
        panel.header.scores.lowest.setValue(step_of(0.95))
        assert panel.gallery.grid.starts == (0, 2)

    def test_keys_move_the_handles_and_neither_passes_the_other(
        self, qtbot: QtBot, panel: ResultsPanel, answer: SearchResult
    ) -> None:
        panel.show_result(answer)
        scores = panel.header.scores
        qtbot.keyClick(scores.lowest, Key.Key_Right)
        assert panel.arrangement.lowest == pytest.approx(score_of(scores.lowest.value()))
        assert 0 < scores.lowest.value() < STEPS / 20
        qtbot.keyClick(scores.highest, Key.Key_Home)
        assert scores.lowest.value() == scores.highest.value() == 0
        qtbot.keyClick(scores.lowest, Key.Key_End)
        assert scores.lowest.value() == scores.highest.value() == STEPS

    def test_the_mouse_drags_the_nearer_handle_and_a_double_click_shows_all(
        self, qtbot: QtBot, panel: ResultsPanel, answer: SearchResult
    ) -> None:
        panel.show_result(answer)
        scores = panel.header.scores
        middle = scores.height() - 6
        qtbot.mouseClick(scores, LEFT, pos=QPoint(scores.x_of(150), middle))
        assert scores.lowest.value() == pytest.approx(150, abs=3)
        assert scores.highest.value() == STEPS
        qtbot.mousePress(scores.lowest, LEFT)
        qtbot.mouseMove(scores.lowest, scores.lowest.mapFrom(scores, QPoint(scores.x_of(200), middle)))
        qtbot.mouseRelease(scores.lowest, LEFT)
        assert panel.arrangement.lowest == pytest.approx(score_of(200), abs=0.002)
        qtbot.mouseDClick(scores, LEFT, pos=QPoint(scores.x_of(350), 4))
        assert not panel.arrangement.narrowed

    def test_a_range_without_matches_says_what_to_do(self, panel: ResultsPanel, answer: SearchResult) -> None:
        panel.show_result(answer)
        plain = panel.gallery.viewport().grab().toImage()
        panel.header.scores.highest.setValue(step_of(0.2))
        assert panel.header.summary.text() == "0 of 6 matches"
        assert panel.model.rowCount() == 0
        assert panel.gallery.viewport().grab().toImage() != plain

    def test_it_lasts_while_the_question_goes_on_and_ends_with_another(
        self, panel: ResultsPanel, answer: SearchResult
    ) -> None:
        panel.show_result(answer)
        panel.header.scores.lowest.setValue(step_of(0.95))
        both = Query((*answer.query.pictures, QueryPicture(path=Path("/other.jpg"), weight=-1)))
        panel.show_result(replace(answer, query=both))
        assert panel.header.summary.text() == "4 of 6 matches"
        panel.show_result(replace(answer, query=Query((QueryPicture(path=Path("/other.jpg")),))))
        assert panel.header.summary.text() == "6 matches"
        assert panel.header.range_text.text() == "all scores"

    def test_from_right_to_left_the_scale_is_mirrored(
        self, qtbot: QtBot, panel: ResultsPanel, answer: SearchResult
    ) -> None:
        panel.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        panel.show_result(answer)
        scores = panel.header.scores
        assert scores.x_of(0) > scores.x_of(STEPS)
        assert scores.step_at(scores.x_of(150)) == pytest.approx(150, abs=3)
        assert not scores.grab().isNull()

    @pytest.mark.parametrize("score", [0, 0.3, 0.5, 0.9, 0.95, 0.999, 0.99995, 1])
    def test_places_and_scores_belong_together(self, score: float) -> None:
        assert score_of(step_of(score)) == pytest.approx(score, abs=0.02 * (1 - score))


class TestOrder:
    def test_the_menu_sorts_and_turns_round(self, panel: ResultsPanel, answer: SearchResult) -> None:
        panel.show_result(answer)
        choose(panel, "Name")
        assert shown(panel) == "acde"
        choose(panel, "Z to A")
        assert shown(panel) == "edca"
        assert panel.header.order.accessibleName() == "Sorted by: Name, Z to A"
        choose(panel, "Score")
        assert shown(panel) == "acde"

    def test_the_selection_stays_with_its_photos(self, panel: ResultsPanel, answer: SearchResult) -> None:
        panel.show_result(answer)
        panel.gallery.set_current_photo("e")
        choose(panel, "Worst first")
        assert shown(panel) == "edca"
        assert [photo.id for photo in panel.gallery.selected_photos()] == ["e"]

    def test_another_answer_comes_in_the_same_order(self, panel: ResultsPanel, answer: SearchResult) -> None:
        panel.show_result(answer)
        choose(panel, "Worst first")
        panel.show_result(replace(answer, query=replace(answer.query, mode=Mode.COPIES)))
        assert shown(panel) == "edca"


class TestStacks:
    def test_g_opens_and_closes_in_place(self, qtbot: QtBot, panel: ResultsPanel, answer: SearchResult) -> None:
        panel.show_result(answer)
        panel.gallery.set_current_photo("d")
        qtbot.keyClick(panel.gallery, Key.Key_G)
        assert shown(panel) == "acdbfe"
        assert panel.gallery.current_photo().id == "d"
        qtbot.keyClick(panel.gallery, Key.Key_Right)
        qtbot.keyClick(panel.gallery, Key.Key_Right)
        assert panel.gallery.current_photo().id == "f"
        qtbot.keyClick(panel.gallery, Key.Key_G)
        assert shown(panel) == "acde"
        assert panel.gallery.current_photo().id == "d"  # it stands for what is folded
        assert [photo.id for photo in panel.gallery.selected_photos()] == ["d"]

    def test_a_click_on_the_number_opens_and_selects_nothing(
        self, qtbot: QtBot, panel: ResultsPanel, answer: SearchResult
    ) -> None:
        panel.show_result(answer)
        gallery = panel.gallery
        for expected in ("acdbfe", "acde"):
            index = panel.model.index(2)
            picture = gallery.itemDelegate().picture(gallery.visualRect(index), gallery.font(), index)
            metrics = QFontMetrics(caption_font(gallery.font()))
            badge = badge_area(picture, index.data(Role.STACK), metrics, gallery.layoutDirection())
            qtbot.mouseClick(gallery.viewport(), LEFT, pos=badge.center())
            assert shown(panel) == expected
        assert gallery.selected_photos() == []

    def test_g_on_a_photo_alone_does_nothing(self, qtbot: QtBot, panel: ResultsPanel, answer: SearchResult) -> None:
        panel.show_result(answer)
        panel.gallery.set_current_photo("a")
        qtbot.keyClick(panel.gallery, Key.Key_G)
        assert shown(panel) == "acde"

    def test_they_can_be_switched_off_and_that_is_remembered(
        self, qtbot: QtBot, panel: ResultsPanel, answer: SearchResult, tmp_path: Path, loader: ThumbnailLoader
    ) -> None:
        panel.show_result(answer)
        panel.header.stacks.click()
        assert shown(panel) == "abcdef"
        other = ResultsPanel(loader, WindowState(tmp_path))
        qtbot.addWidget(other)
        other.show_result(answer)
        assert shown(other) == "abcdef"
        other.header.stacks.click()
        assert shown(other) == "acde"

    def test_a_refresh_leaves_them_open_another_answer_closes_them(
        self, panel: ResultsPanel, answer: SearchResult
    ) -> None:
        panel.show_result(answer)
        panel.toggle_stack(answer.matches[3].photo)
        panel.show_result(answer, keep=True)
        assert shown(panel) == "acdbfe"
        panel.show_result(answer)
        assert shown(panel) == "acde"

    def test_they_are_told_to_everybody(self, panel: ResultsPanel, answer: SearchResult) -> None:
        panel.show_result(answer)
        index = panel.model.index(2)
        assert "2 near-identical photos folded" in index.data(Qt.ItemDataRole.ToolTipRole)
        assert "2 near-identical photos folded" in index.data(Qt.ItemDataRole.AccessibleTextRole)
        panel.toggle_stack(answer.matches[3].photo)
        assert "beside it" in panel.model.index(2).data(Qt.ItemDataRole.ToolTipRole)
        assert "One of a stack" in panel.model.index(3).data(Qt.ItemDataRole.ToolTipRole)


class TestCaptions:
    def test_each_line_makes_room_and_the_choice_is_remembered(
        self, panel: ResultsPanel, answer: SearchResult, tmp_path: Path
    ) -> None:
        panel.show_result(answer)
        two = panel.gallery.grid.cell_height
        caption(panel, "Folder")
        caption(panel, "Date")
        four = panel.gallery.grid.cell_height
        assert four > two
        assert not panel.gallery.viewport().grab().isNull()
        assert WindowState(tmp_path).captions == tuple(Caption)
        for line in ("Folder", "Date", "File name"):
            caption(panel, line)
        assert panel.gallery.grid.cell_height < two
        caption(panel, "Score")
        assert panel.gallery.grid.cell_height == panel.gallery.grid.cell_width
        assert WindowState(tmp_path).captions == ()

    def test_photos_without_scores_leave_no_gap(
        self, panel: ResultsPanel, answer: SearchResult, paged: Callable[..., Paged]
    ) -> None:
        panel.show_result(answer)
        with_score = panel.gallery.grid.cell_height
        panel.show_listing(paged(10), "10 photos")
        assert panel.gallery.grid.cell_height < with_score


class TestSelection:
    def test_several_are_summed_up(self, qtbot: QtBot, panel: ResultsPanel, answer: SearchResult) -> None:
        panel.show_result(answer)
        before = said(panel)
        panel.gallery.set_current_photo("a")
        assert said(panel) == before
        qtbot.keyClick(panel.gallery, Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
        assert panel.header.note.text() == "4 selected, 8.0 MB"
        panel.gallery.clearSelection()
        assert said(panel) == before

    def test_sizes_are_not_guessed(self, panel: ResultsPanel, paged: Callable[..., Paged]) -> None:
        listing = paged(1000)
        panel.show_listing(listing, "1,000 photos")
        listing.arrive(range(10))
        panel.gallery.selectAll()
        assert panel.header.note.text() == "1,000 selected"


def test_a_drag_takes_all_or_nothing(
    panel: ResultsPanel, paged: Callable[..., Paged], monkeypatch: pytest.MonkeyPatch
) -> None:
    dragged: list[int] = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, actions: dragged.append(len(drag.mimeData().urls())))
    listing = paged(100)
    panel.show_listing(listing, "100 photos")
    listing.arrive(range(60))
    panel.gallery.selectAll()
    panel.gallery.startDrag(Qt.DropAction.CopyAction)
    assert "still being read" in panel.header.note.text()
    listing.arrive(range(60, 100))
    panel.gallery.startDrag(Qt.DropAction.CopyAction)
    assert dragged == [100]
    panel.show_listing(paged(20_000), "20,000 photos")
    panel.gallery.selectAll()
    panel.gallery.startDrag(Qt.DropAction.CopyAction)
    assert panel.header.note.text() == "At most 10,000 photos can be dragged at once."
    assert dragged == [100]


@pytest.mark.parametrize("width", [340, 500, 700, 1400])
def test_the_header_gives_way_where_it_is_narrow(panel: ResultsPanel, answer: SearchResult, width: int) -> None:
    panel.show_result(answer)
    panel.resize(width, 500)
    assert panel.width() == width
    assert panel.header.range_text.isVisible() is (width >= 820)
    assert panel.header.order.isVisible()


def test_waiting_shows_no_old_matches_for_long(qtbot: QtBot, panel: ResultsPanel, answer: SearchResult) -> None:
    panel.show_result(answer)
    panel.show_awaiting(True)
    assert panel.model.rowCount() == 4
    qtbot.waitUntil(lambda: panel.header.summary.text() == "Searching…")
    assert panel.model.rowCount() == 0
    panel.show_awaiting(False)
    panel.show_result(answer)
    assert panel.model.rowCount() == 4
    panel.clear()
    assert said(panel) == ("", "")


def cut_off(answer: SearchResult) -> SearchResult:
    """As many matches as were asked for."""
    return replace(answer, query=replace(answer.query, k=len(answer.matches)))


def test_more_is_wanted_where_the_end_of_what_may_go_on_is_in_sight(
    panel: ResultsPanel, answer: SearchResult, make_answer: MakeAnswer, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(panel.more_wanted, wait=100):
        panel.show_result(answer)
    with qtbot.waitSignal(panel.more_wanted):
        panel.show_result(cut_off(answer))
    assert panel.header.summary.text() == "6 nearest photos"
    long = cut_off(make_answer([f"p{number}" for number in range(400)]))
    with qtbot.assertNotEmitted(panel.more_wanted, wait=100):
        panel.show_result(long)
    with qtbot.waitSignal(panel.more_wanted):
        qtbot.keyClick(panel.gallery, Key.Key_End)


def test_who_leaves_out_low_scores_is_not_shown_lower_ones(
    panel: ResultsPanel, answer: SearchResult, qtbot: QtBot
) -> None:
    panel.show_result(cut_off(answer))
    with qtbot.assertNotEmitted(panel.more_wanted, wait=100):
        panel.arrange(replace(panel.arrangement, lowest=0.9))
    assert panel.header.summary.text() == "4 of 6 matches"


def test_no_copy_is_chance(panel: ResultsPanel, answer: SearchResult) -> None:
    """A picture that was turned may be far away for the model, and is a copy all the same."""
    panel.show_result(replace(answer, query=replace(answer.query, mode=Mode.COPIES), stacks=()))
    assert panel.model.noise_row is None
    words = [str(panel.model.index(row).data(Role.WORDING)) for row in range(6)]
    assert words[-2:] == ["50 % loose", "40 % loose"]
    panel.show_result(replace(answer, stacks=()))
    assert str(panel.model.index(5).data(Role.WORDING)) == "40 % chance"
