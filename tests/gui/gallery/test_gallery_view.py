from collections.abc import Callable
from string import ascii_lowercase

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QCursor,
    QDrag,
    QHoverEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from engine.records import SearchResult
from gui.gallery.drag import dragged_photo_ids
from gui.gallery.listing import Answer
from gui.gallery.model import GalleryModel
from gui.gallery.view import GalleryView

MakeAnswer = Callable[..., SearchResult]
Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
IDS = list(ascii_lowercase)
COLUMNS = 4


@pytest.fixture(autouse=True)
def shown(model: GalleryModel, view: GalleryView, make_answer: MakeAnswer) -> None:
    """26 photos in lines of four, the first one current."""
    model.show(Answer(make_answer(IDS)))
    assert view.grid.columns == COLUMNS
    view.set_current_photo("a")


def selected(view: GalleryView) -> str:
    return "".join(photo.id for photo in view.selected_photos())


def center(view: GalleryView, row: int) -> QPoint:
    return view.visualRect(view.model().index(row)).center()


def click(qtbot: QtBot, view: GalleryView, row: int, modifier: Qt.KeyboardModifier | None = None) -> None:
    qtbot.mouseClick(view.viewport(), LEFT, modifier or Qt.KeyboardModifier.NoModifier, center(view, row))


def test_whoever_comes_with_tab_sees_where_the_keys_are(qtbot: QtBot, view: GalleryView):
    view.set_current_photo("z")
    view.clearFocus()
    view.verticalScrollBar().setValue(0)
    view.setFocus(Qt.FocusReason.MouseFocusReason)
    assert view.verticalScrollBar().value() == 0  # what is clicked on stays where it is
    view.clearFocus()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()).center())


class TestKeyboard:
    @pytest.mark.parametrize(
        ("start", "key", "end"),
        [
            (5, Key.Key_Left, 4), (5, Key.Key_Right, 6), (5, Key.Key_Up, 1), (5, Key.Key_Down, 9),
            (4, Key.Key_Left, 3), (3, Key.Key_Right, 4), (0, Key.Key_Left, 0), (1, Key.Key_Up, 1),
            (25, Key.Key_Right, 25), (25, Key.Key_Down, 25), (23, Key.Key_Down, 25),
            (9, Key.Key_Home, 0), (9, Key.Key_End, 25), (9, Key.Key_PageUp, 1), (9, Key.Key_PageDown, 17),
        ],
    )  # fmt: skip
    def test_moving(self, qtbot: QtBot, view: GalleryView, start: int, key: Key, end: int) -> None:
        view.set_current_photo(IDS[start])
        qtbot.keyClick(view, key)
        assert view.currentIndex().row() == end
        assert selected(view) == IDS[end]
        assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))

    def test_moving_across_the_line_of_chance(
        self, qtbot: QtBot, view: GalleryView, model: GalleryModel, make_answer: MakeAnswer
    ) -> None:
        model.show(Answer(make_answer("abcdefgh", scores=[0.9] * 5 + [0.1] * 3, noise=0.5)))
        view.set_current_photo("e")
        qtbot.keyClick(view, Key.Key_Down)
        assert view.currentIndex().row() == 5
        qtbot.keyClick(view, Key.Key_Left)
        assert view.currentIndex().row() == 4

    def test_from_right_to_left_the_left_key_goes_on(self, qtbot: QtBot, view: GalleryView) -> None:
        view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        assert center(view, 0).x() > center(view, 1).x()
        qtbot.keyClick(view, Key.Key_Left)
        assert view.currentIndex().row() == 1
        qtbot.keyClick(view, Key.Key_Right)
        assert view.currentIndex().row() == 0

    def test_shift_extends_in_reading_order(self, qtbot: QtBot, view: GalleryView) -> None:
        view.set_current_photo("c")
        qtbot.keyClick(view, Key.Key_Down, SHIFT)
        assert selected(view) == "cdefg"
        qtbot.keyClick(view, Key.Key_Left, SHIFT)
        assert selected(view) == "cdef"
        qtbot.keyClick(view, Key.Key_Home, SHIFT)
        assert selected(view) == "abc"
        qtbot.keyClick(view, Key.Key_End, SHIFT)
        assert selected(view) == "".join(IDS[2:])

    def test_control_a_selects_all(self, qtbot: QtBot, view: GalleryView) -> None:
        qtbot.keyClick(view, Key.Key_A, CONTROL)
        assert selected(view) == ascii_lowercase

    @pytest.mark.parametrize(
        ("key", "signal"),
        [
            (Key.Key_Space, "preview_wanted"),
            (Key.Key_Return, "opened"),
            (Key.Key_Enter, "opened"),
            (Key.Key_L, "lookalikes_wanted"),
        ],
    )
    def test_keys_act_on_the_current_photo(self, qtbot: QtBot, view: GalleryView, key: Key, signal: str) -> None:
        view.set_current_photo("d")
        with qtbot.waitSignal(getattr(view, signal)) as wanted:
            qtbot.keyClick(view, key)
        assert wanted.args[0].id == "d"

    def test_keys_do_nothing_without_a_photo(self, qtbot: QtBot, view: GalleryView, model: GalleryModel) -> None:
        model.clear()
        with qtbot.assertNotEmitted(view.opened):
            qtbot.keyClick(view, Key.Key_Return)
        qtbot.keyClick(view, Key.Key_Down)
        assert view.current_photo() is None

    def test_other_keys_are_left_to_the_window(self, qtbot: QtBot, view: GalleryView) -> None:
        for key in (Key.Key_Plus, Key.Key_Escape, Key.Key_F11, Key.Key_Delete):
            qtbot.keyClick(view, key)
        for key in (Key.Key_L, Key.Key_B):
            qtbot.keyClick(view, key, CONTROL)
        assert view.currentIndex().row() == 0


class TestMouse:
    def test_clicks_select_one_toggle_and_extend(self, qtbot: QtBot, view: GalleryView) -> None:
        click(qtbot, view, 5)
        assert selected(view) == "f"
        click(qtbot, view, 2, CONTROL)
        assert selected(view) == "cf"
        click(qtbot, view, 5, CONTROL)
        assert selected(view) == "c"
        click(qtbot, view, 7, SHIFT)
        assert selected(view) == "cfgh"  # from where Ctrl was clicked last

    def test_a_click_beside_all_cells_selects_nothing(self, qtbot: QtBot, view: GalleryView) -> None:
        qtbot.mouseClick(view.viewport(), LEFT, pos=QPoint(1, 1))
        assert selected(view) == ""

    def test_a_double_click_opens(self, qtbot: QtBot, view: GalleryView) -> None:
        click(qtbot, view, 6)
        with qtbot.waitSignal(view.opened) as opened:
            qtbot.mouseDClick(view.viewport(), LEFT, pos=center(view, 6))
        assert opened.args[0].id == "g"

    def test_a_rectangle_drawn_from_beside_a_photo_selects_what_it_touches(
        self, qtbot: QtBot, view: GalleryView
    ) -> None:
        start = view.visualRect(view.model().index(1)).topLeft() + QPoint(10, 10)  # above a landscape photo
        viewport = view.viewport()
        qtbot.mousePress(viewport, LEFT, pos=start)
        qtbot.mouseMove(viewport, start + QPoint(20, 20))
        qtbot.mouseMove(viewport, center(view, 6))
        assert selected(view) == "bcfg"
        assert view.state() == view.State.DragSelectingState
        qtbot.mouseRelease(viewport, LEFT, pos=center(view, 6))
        assert selected(view) == "bcfg"

    def test_what_starts_a_drag(self, view: GalleryView) -> None:
        index = view.model().index(1)
        cell = view.visualRect(index)
        assert view.can_drag_from(index, cell.center())
        assert view.can_drag_from(index, QPoint(cell.center().x(), cell.bottom() - 10))  # the name
        assert not view.can_drag_from(index, cell.topLeft() + QPoint(10, 10))  # above a landscape photo

    def test_a_drag_takes_the_selected_photos_along(self, view: GalleryView, monkeypatch: pytest.MonkeyPatch) -> None:
        dragged: list[tuple[list[str], bool, Qt.DropAction]] = []
        monkeypatch.setattr(
            QDrag,
            "exec",
            lambda drag, actions: dragged.append((dragged_photo_ids(drag.mimeData()), drag.pixmap().isNull(), actions)),
        )
        view.selectAll()
        view.startDrag(view.model().supportedDragActions())
        assert dragged == [(IDS, False, Qt.DropAction.CopyAction)]

    def test_the_context_menu_is_asked_for_with_the_selection(self, qtbot: QtBot, view: GalleryView) -> None:
        click(qtbot, view, 1)
        click(qtbot, view, 2, CONTROL)
        where = center(view, 2)
        with qtbot.waitSignal(view.context_menu_wanted) as wanted:
            menu_at(view, where, QContextMenuEvent.Reason.Mouse)
        photos, position = wanted.args
        assert [photo.id for photo in photos] == ["b", "c"]
        assert position == view.viewport().mapToGlobal(where)

    def test_the_menu_key_opens_the_menu_at_the_current_photo(self, qtbot: QtBot, view: GalleryView) -> None:
        view.set_current_photo("g")
        with qtbot.waitSignal(view.context_menu_wanted) as wanted:
            menu_at(view, QPoint(0, 0), QContextMenuEvent.Reason.Keyboard)
        assert wanted.args[1] == view.viewport().mapToGlobal(center(view, 6))

    def test_no_menu_without_a_selection(self, qtbot: QtBot, view: GalleryView) -> None:
        view.clearSelection()
        with qtbot.assertNotEmitted(view.context_menu_wanted):
            menu_at(view, QPoint(0, 0), QContextMenuEvent.Reason.Mouse)

    def test_a_click_on_a_quick_action_counts_once(self, qtbot: QtBot, view: GalleryView) -> None:
        hover(view, center(view, 5))
        heard: list[str] = []
        view.more_like_wanted.connect(lambda photo: heard.append(photo.id))
        view.less_like_wanted.connect(lambda photo: heard.append(photo.id))
        more, less = view.viewport().findChildren(QToolButton)
        more.click()
        less.click()
        assert heard == ["f", "f"]

    def test_the_quick_actions_belong_to_the_photo_under_the_pointer(self, qtbot: QtBot, view: GalleryView) -> None:
        more, less = view.viewport().findChildren(QToolButton)
        assert not more.isVisible()
        hover(view, center(view, 5))
        with qtbot.waitSignal(view.more_like_wanted) as wanted:
            qtbot.mouseClick(more, LEFT)
        assert wanted.args[0].id == "f"
        with qtbot.waitSignal(view.less_like_wanted) as wanted:
            qtbot.mouseClick(less, LEFT)
        assert wanted.args[0].id == "f"
        hover(view, QPoint(1, 1))
        assert not more.isVisible()


def menu_at(view: GalleryView, where: QPoint, reason: QContextMenuEvent.Reason) -> None:
    QApplication.sendEvent(view.viewport(), QContextMenuEvent(reason, where, view.viewport().mapToGlobal(where)))


def hover(view: GalleryView, where: QPoint) -> None:
    point = QPointF(where)
    QApplication.sendEvent(view.viewport(), QHoverEvent(QEvent.Type.HoverMove, point, point, point))


def turn_wheel(view: GalleryView, where: QPoint, notches: float, modifier: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(
        QPointF(where),
        QPointF(view.viewport().mapToGlobal(where)),
        QPoint(),
        QPoint(0, round(notches * 120)),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


class TestSize:
    def test_a_notch_of_the_wheel_with_control_is_a_column(self, qtbot: QtBot, view: GalleryView) -> None:
        with qtbot.waitSignal(view.thumbnail_size_changed) as changed:
            turn_wheel(view, center(view, 0), 1, CONTROL)
        assert view.grid.columns == COLUMNS - 1
        assert changed.args == [view.thumbnail_size()]
        turn_wheel(view, center(view, 0), -0.5, CONTROL)
        assert view.grid.columns == COLUMNS - 1
        turn_wheel(view, center(view, 0), -0.5, CONTROL)
        assert view.grid.columns == COLUMNS

    def test_sizes_end_where_they_should(self, view: GalleryView) -> None:
        view.set_thumbnail_size(10)
        assert view.thumbnail_size() == 96
        view.set_thumbnail_size(1000)
        assert view.thumbnail_size() == 320

    def test_the_wheel_alone_scrolls_by_pixels(self, view: GalleryView) -> None:
        turn_wheel(view, center(view, 0), -0.25, Qt.KeyboardModifier.NoModifier)
        assert 0 < view.verticalOffset() < view.grid.cell_height

    def test_the_current_photo_stays_where_it_is_looked_at(self, view: GalleryView) -> None:
        view.set_current_photo("o")
        view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 30)
        before = view.visualRect(view.currentIndex()).top()
        view.set_thumbnail_size(190)
        assert view.visualRect(view.currentIndex()).top() == before

    def test_the_first_photo_seen_stays_when_the_window_changes(self, view: GalleryView) -> None:
        view.verticalScrollBar().setValue(view.grid.rect(8).top())
        view.resize(470, 500)
        assert view.grid.columns == COLUMNS - 1
        assert view.visualRect(view.model().index(8)).top() == 0
        view.resize(620, 500)
        assert view.visualRect(view.model().index(8)).top() == 0

    def test_the_scroll_bar_changes_no_cell(
        self, qtbot: QtBot, view: GalleryView, model: GalleryModel, make_answer: MakeAnswer
    ) -> None:
        width = view.grid.cell_width
        model.show(Answer(make_answer("ab")))
        qtbot.waitUntil(lambda: not view.verticalScrollBar().isVisible())
        assert view.grid.cell_width == width


class TestRefresh:
    def test_selection_current_photo_and_place_stay_with_their_photos(
        self, view: GalleryView, model: GalleryModel, make_answer: MakeAnswer
    ) -> None:
        view.set_current_photo("o")
        view.selectionModel().select(model.index(16), view.selectionModel().SelectionFlag.Select)
        view.verticalScrollBar().setValue(view.grid.rect(12).top() + 7)
        model.show(Answer(make_answer(["new1", *IDS[:8], "new2", "new3", *IDS[8:], "new4", "new5"])), keep=True)
        assert selected(view) == "oq"
        assert view.current_photo().id == "o"
        assert view.visualRect(model.index(model.row_of("m"))).top() == -7

    def test_who_looks_at_the_top_goes_on_seeing_the_best(
        self, view: GalleryView, model: GalleryModel, make_answer: MakeAnswer
    ) -> None:
        model.show(Answer(make_answer(["better", *IDS])), keep=True)
        assert view.verticalOffset() == 0

    def test_another_answer_starts_at_the_top_with_nothing_selected(
        self, view: GalleryView, model: GalleryModel, make_answer: MakeAnswer
    ) -> None:
        view.verticalScrollBar().setValue(300)
        model.show(Answer(make_answer(IDS[::-1])))
        assert view.verticalOffset() == 0
        assert selected(view) == ""

    def test_the_line_of_chance_moves_with_the_answer(
        self, view: GalleryView, model: GalleryModel, make_answer: MakeAnswer
    ) -> None:
        assert view.grid.starts == (0, 26)
        model.show(Answer(make_answer(IDS, scores=[0.9] * 6 + [0.1] * 20, noise=0.5)), keep=True)
        assert view.grid.starts == (0, 6, 26)
        assert view.visualRect(model.index(6)).left() == view.visualRect(model.index(0)).left()

    def test_a_vanished_anchor_leaves_the_scroll_position(
        self, view: GalleryView, model: GalleryModel, make_answer: MakeAnswer
    ) -> None:
        view.verticalScrollBar().setValue(view.grid.rect(8).top())
        model.show(Answer(make_answer(IDS[:8] + IDS[9:])), keep=True)
        assert view.verticalOffset() == view.grid.rect(8).top()


class TestSelection:
    def test_changes_are_announced_with_the_photos(self, qtbot: QtBot, view: GalleryView) -> None:
        with qtbot.waitSignal(view.selection_changed) as changed:
            click(qtbot, view, 4)
        assert [photo.id for photo in changed.args[0]] == ["e"]

    def test_it_ends_with_another_answer(
        self, qtbot: QtBot, view: GalleryView, model: GalleryModel, make_answer: MakeAnswer
    ) -> None:
        with qtbot.waitSignal(view.selection_changed) as changed:
            model.show(Answer(make_answer("ab")))
        assert changed.args == [[]]

    def test_the_viewer_can_move_it(self, view: GalleryView) -> None:
        view.set_current_photo("z")
        assert (view.current_photo().id, selected(view)) == ("z", "z")
        assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))
        view.set_current_photo("unknown")
        assert view.current_photo().id == "z"


@pytest.mark.parametrize(
    ("hint", "share"), [("PositionAtTop", 0), ("PositionAtCenter", 0.5), ("PositionAtBottom", 1), ("EnsureVisible", 1)]
)
def test_scrolling_to_a_photo(view: GalleryView, hint: str, share: float) -> None:
    index, room = view.model().index(13), view.viewport().height() - view.grid.cell_height
    view.scrollTo(index, getattr(view.ScrollHint, hint))
    assert view.visualRect(index).top() == pytest.approx(share * room, abs=1)


def test_screen_readers_follow_the_current_photo(qtbot: QtBot, view: GalleryView) -> None:
    QAccessible.setActive(True)
    try:
        qtbot.keyClick(view, Key.Key_Right)
        qtbot.keyClick(view, Key.Key_Left)
    finally:
        QAccessible.setActive(False)
    assert QAccessible.queryAccessibleInterface(view).text(QAccessible.Text.Name) == "Matches"
    spoken = view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("a.jpg, score")


def test_end_goes_to_the_last_photo_before_any_is_current(
    qtbot: QtBot, view: GalleryView, model: GalleryModel, make_answer: MakeAnswer
) -> None:
    model.show(Answer(make_answer("xyz")))
    qtbot.keyClick(view, Key.Key_End)
    assert selected(view) == "z"


def test_control_and_a_rectangle_add_to_the_selection(qtbot: QtBot, view: GalleryView) -> None:
    click(qtbot, view, 0)
    start = view.visualRect(view.model().index(5)).topLeft() + QPoint(10, 10)  # above a landscape photo
    viewport = view.viewport()
    qtbot.mousePress(viewport, LEFT, CONTROL, pos=start)
    move(view, start + QPoint(20, 20), CONTROL)
    move(view, center(view, 6), CONTROL)
    qtbot.mouseRelease(viewport, LEFT, CONTROL, pos=center(view, 6))
    assert selected(view) == "afg"


def test_a_rectangle_drawn_beyond_the_edge_scrolls(qtbot: QtBot, view: GalleryView) -> None:
    start = view.visualRect(view.model().index(1)).topLeft() + QPoint(10, 10)
    qtbot.mousePress(view.viewport(), LEFT, pos=start)
    move(view, start + QPoint(20, 20))
    bottom = QPoint(view.viewport().width() - 30, view.viewport().height() - 2)
    QCursor.setPos(view.viewport().mapToGlobal(bottom))
    for _ in range(2):
        move(view, bottom)
    qtbot.waitUntil(lambda: view.verticalOffset() == view.verticalScrollBar().maximum())
    qtbot.mouseRelease(view.viewport(), LEFT, pos=bottom)
    assert "b" in selected(view)
    assert len(selected(view)) > 16


def move(view: GalleryView, where: QPoint, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A move of the mouse with its left button down."""
    place = QPointF(where)
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, view.viewport().mapToGlobal(place), Qt.MouseButton.NoButton, LEFT, keys
    )
    QApplication.sendEvent(view.viewport(), event)
