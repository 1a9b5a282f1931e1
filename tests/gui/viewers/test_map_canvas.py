"""The map as it is painted, moved over, and selected from, without a library."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPixmap, QWheelEvent
from PySide6.QtTest import QTest

from engine.maps import Atlas
from gui.viewers.atlas_canvas import AtlasCanvas
from gui.viewers.atlas_frame import Frame, paint_points
from gui.viewers.atlas_levels import FINEST, Levels

Key = Qt.Key
COUNT = 400


def grid_of_photos():
    """20 x 20 photos, evenly."""
    across = (np.arange(20) + 0.5) / 20
    positions = np.stack(np.meshgrid(across, across), axis=-1).reshape(-1, 2).astype(np.float32)
    ids = np.array([f"{one:036}" for one in range(COUNT)], dtype="S36")
    return Atlas(ids, positions, (positions[:, 0] > 0.5).astype(np.int32))


@pytest.fixture
def canvas(qtbot, qapp):
    made = AtlasCanvas(lambda photo_id: None)
    qtbot.addWidget(made)
    made.resize(600, 500)
    with qtbot.waitExposed(made):
        made.show()
    atlas = grid_of_photos()
    made.show_atlas(atlas, Levels(atlas.positions).prepare())
    made.show_colours(atlas.groups, [QColor("#ff0000"), QColor("#0000ff"), QColor("#888888")])
    return made


def drag(canvas, points, keys=Qt.KeyboardModifier.NoModifier):
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, keys, QPoint(*points[0]))
    for point in points[1:]:
        QTest.mouseMove(canvas, QPoint(*point))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, keys, QPoint(*points[-1]))


def test_a_frame_goes_both_ways():
    frame = Frame(600, 400).zoomed(3, (100, 300))
    x, y = frame.to_map(140, 77)
    assert frame.to_view(np.array([[x, y]], dtype=np.float32))[0] == pytest.approx([140, 77], abs=1e-3)
    at = Frame(600, 400).to_map(100, 300)
    assert frame.to_map(100, 300) == pytest.approx(at)  # what is under the pointer stays there


def test_all_of_the_map_is_the_smallest():
    assert Frame(600, 400).zoomed(0.5) == Frame(600, 400)
    far = Frame(600, 400, zoom=2).panned(100_000, 0)
    assert far.x == 1.0


def test_points_are_painted_in_their_colours():
    frame = Frame(100, 100)
    positions = np.array([[0.5, 0.5], [0.5, 0.5], [0.0, 0.0], [9.0, 9.0]], dtype=np.float32)
    colours = np.array([0xFFFF0000, 0xFF00FF00, 0xFF0000FF, 0xFFFFFFFF], dtype=np.uint32)
    pixels = paint_points(frame, positions, colours, 0xFF101010, 1.0, 2)
    assert pixels.shape == (100, 100)
    assert pixels[50, 50] == pixels[51, 51] == 0xFF00FF00  # the later one lies above
    assert (pixels == 0xFF0000FF).sum() == 4
    assert (pixels == 0xFFFFFFFF).sum() == 0


@pytest.mark.parametrize("level", [0, 1, 3, FINEST])
def test_one_photo_stands_for_each_cell(level):
    positions = np.random.default_rng(0).random((3000, 2)).astype(np.float32)
    rows = Levels(positions).standing_for(level)
    cells = np.clip((positions * (1 << level)).astype(int), 0, (1 << level) - 1)
    assert len(np.unique(cells[rows], axis=0)) == len(rows) == len(np.unique(cells, axis=0))


def test_the_colours_are_on_the_screen(canvas):
    image = canvas.grab().toImage()
    left, right = (
        {image.pixel(x, y) for x in across for y in range(0, 500, 2)} for across in (range(290), range(310, 600))
    )
    assert QColor("#ff0000").rgb() in left
    assert QColor("#0000ff").rgb() in right
    assert QColor("#0000ff").rgb() not in left


def test_the_wheel_enlarges_about_the_pointer(canvas):
    at = canvas.frame.to_map(150, 120)
    place = QPointF(150, 120)
    event = QWheelEvent(
        place, canvas.mapToGlobal(place), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    canvas.wheelEvent(event)
    assert canvas.frame.zoom == pytest.approx(1.25**2)
    assert canvas.frame.to_map(150, 120) == pytest.approx(at)


def test_keys_move_enlarge_and_fit(canvas):
    for _ in range(4):
        QTest.keyClick(canvas, Key.Key_Plus)
    zoom, x, y = canvas.frame.zoom, canvas.frame.x, canvas.frame.y
    assert zoom > 2
    QTest.keyClick(canvas, Key.Key_Right)
    QTest.keyClick(canvas, Key.Key_Down)
    assert canvas.frame.x > x
    assert canvas.frame.y > y
    QTest.keyClick(canvas, Key.Key_Minus)
    assert canvas.frame.zoom < zoom
    QTest.keyClick(canvas, Key.Key_0)
    assert canvas.frame == Frame(600, 500)


def test_a_drag_moves_the_map(canvas):
    canvas.look(canvas.frame.zoomed(4))
    x = canvas.frame.x
    drag(canvas, [(300, 200), (260, 200), (200, 200)])
    assert canvas.frame.x > x
    assert not canvas.selected.any()


def test_a_lasso_selects_what_it_surrounds(canvas):
    (left, top), (right, bottom) = canvas.frame.to_view(np.array([[0.0, 0.0], [0.5, 0.5]], dtype=np.float32)).astype(
        int
    )
    corners = [(left - 5, top - 5), (right, top - 5), (right, bottom), (left - 5, bottom)]
    counts = []
    canvas.selection_changed.connect(counts.append)
    drag(canvas, corners, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.selected.sum() == 100
    assert counts == [100]
    assert (canvas.atlas.positions[canvas.selected] < 0.5).all()
    canvas.lassoing = True
    over = right - left
    drag(canvas, [(x + over, y) for x, y in corners], Qt.KeyboardModifier.ControlModifier)
    assert canvas.selected.sum() == 200  # added
    assert "200 selected" in canvas.accessible_state()


def test_a_click_selects_the_photo_that_is_meant_and_beside_all_none(canvas):
    x, y = canvas.frame.to_view(canvas.atlas.positions[[42]])[0].astype(int).tolist()
    opened = []
    canvas.opened.connect(opened.append)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(x, y))
    assert canvas.selected.sum() == 1
    QTest.keyClick(canvas, Key.Key_Return)
    assert opened == canvas.selected_ids()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(3, 3))
    assert not canvas.selected.any()


def test_everything_in_view_is_selected_and_the_middle_asked_for_first(canvas):
    QTest.keyClick(canvas, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert canvas.selected.all()
    few = canvas.selected_ids(4)
    rows = [int(one) for one in few]
    assert np.abs(canvas.atlas.positions[rows] - 0.5).max() < 0.08


def test_thumbnails_are_wanted_for_what_stands_for_others_and_painted(qtbot, canvas):
    red = QPixmap(40, 30)
    red.fill(QColor("#00ff00"))
    with qtbot.waitSignal(canvas.thumbnails_wanted, timeout=3000) as wanted:
        canvas.look(canvas.frame.zoomed(2))
    ids, side = wanted.args
    assert 4 <= len(ids) < COUNT
    assert side >= 40
    canvas._image = lambda photo_id: red
    canvas.thumbnails_came()
    image = canvas.grab().toImage()
    green = sum(image.pixel(x, y) == QColor("#00ff00").rgb() for x in range(0, 600, 5) for y in range(0, 500, 5))
    assert green > 100


def test_a_newer_map_keeps_the_look_and_the_selection(canvas):
    canvas.look(canvas.frame.zoomed(3))
    canvas.select(np.arange(COUNT) < 10)
    frame, old = canvas.frame, canvas.atlas
    fresh = Atlas(old.ids[5:], old.positions[5:], old.groups[5:])
    canvas.show_atlas(fresh, Levels(fresh.positions), np.arange(5, COUNT))
    assert canvas.frame == frame
    assert canvas.selected.sum() == 5
    other = Atlas(np.array([b"x" * 36] * 8, dtype="S36"), old.positions[:8], old.groups[:8])
    canvas.show_atlas(other, Levels(other.positions))
    assert canvas.frame.zoom == 1


def test_a_message_stands_in_for_the_map(canvas):
    canvas.show_message("Nothing here", "Add photos.")
    assert canvas.atlas is None
    assert canvas.accessible_state() == "Nothing here"
    QTest.keyClick(canvas, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton)
    assert not canvas.grab().isNull()
