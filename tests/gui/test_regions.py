"""Choosing the region of a picture that counts, in the window on the real engine."""

import pytest
from gestures import qt_picture
from PySide6.QtCore import QPoint, QPointF, Qt

from engine.records import Region

Key, Left = Qt.Key, Qt.MouseButton.LeftButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def asked(settled, photos):
    """Somebody who has searched with the first photo."""
    settled.search_with(photos[0])
    settled.chip = settled.workspace.query_bar.chips.chips()[0]
    settled.stage, settled.picker = settled.workspace.stage, settled.workspace.picker
    return settled


def opened(user):
    """The picture of the query, large and read."""
    user.chip.setFocus()
    user.key(user.chip, Key.Key_Return)
    user.until(lambda: user.picker.canvas.layer.loaded_side == 96)
    return user.picker.canvas


def point(canvas, x: float, y: float) -> QPoint:
    area = canvas.framing.area
    return QPointF(area.x() + x * area.width(), area.y() + y * area.height()).toPoint()


def drag(qtbot, canvas, start, end):
    qtbot.mousePress(canvas, Left, pos=start)
    qtbot.mouseMove(canvas, (start + end) / 2)
    qtbot.mouseMove(canvas, end)
    qtbot.mouseRelease(canvas, Left, pos=end)


def is_about(region: Region, *sides: float) -> bool:
    return (region.x, region.y, region.width, region.height) == pytest.approx(sides, abs=0.02)


def draw(qtbot, canvas, *sides: float) -> None:
    x, y, width, height = sides
    drag(qtbot, canvas, point(canvas, x, y), point(canvas, x + width, y + height))
    assert is_about(canvas.region, *sides)


def test_a_click_on_a_chip_shows_the_picture_large(qtbot, asked):
    qtbot.mouseClick(asked.chip, Left, pos=asked.chip.rect().center())
    assert asked.stage.choosing_region
    assert asked.picker.bar.name.text() == "photo_000.jpg"
    asked.until(lambda: asked.picker.canvas.layer.loaded_side == 96)
    assert asked.picker.canvas.region is None
    assert "Draw" in asked.picker.bar.facts.text()


def test_a_region_is_drawn_taken_searched_with_undone_and_remembered(qtbot, asked):
    canvas = opened(asked)
    draw(qtbot, canvas, 0.1, 0.2, 0.5, 0.6)
    assert "pixels" in asked.picker.bar.facts.text()
    asked.key(asked.picker, Key.Key_Return)
    assert not asked.stage.choosing_region
    assert asked.query_names() == ["region of photo_000.jpg"]
    asked.until(lambda: asked.workspace.searching.result)
    assert is_about(asked.workspace.searching.result.query.pictures[0].region, 0.1, 0.2, 0.5, 0.6)
    asked.until(lambda: asked.history()[1:2] == ["region of photo_000.jpg"])
    assert asked.chip.hasFocus()
    asked.key(asked.window, Key.Key_Z, CONTROL)
    asked.until(lambda: asked.query_names() == ["photo_000.jpg"])
    asked.key(asked.window, Key.Key_Z, CONTROL | SHIFT)
    asked.until(lambda: asked.query_names() == ["region of photo_000.jpg"])


def test_the_chip_shows_what_was_cut(qtbot, asked):
    asked.until(lambda: asked.workspace.query_thumbnails.get(asked.chip.picture))
    draw(qtbot, opened(asked), 0.0, 0.0, 0.5, 0.5)
    asked.key(asked.picker, Key.Key_Return)
    asked.until(lambda: asked.workspace.searching.result)
    asked.until(lambda: asked.workspace.query_thumbnails.get(asked.chip.picture))
    whole = opened(asked).layer.size
    small = asked.workspace.query_thumbnails.get(asked.chip.picture)
    assert small.width() <= whole.width() // 2 + 2


def test_escape_leaves_everything_as_it_was(qtbot, asked):
    before = asked.workspace.searching.query
    draw(qtbot, opened(asked), 0.1, 0.2, 0.5, 0.6)
    asked.key(asked.picker, Key.Key_Escape)
    assert asked.stage.currentWidget() is asked.workspace.results
    assert asked.workspace.searching.query is before
    assert asked.chip.hasFocus()


def test_keys_make_move_grow_and_drop_an_outline(asked):
    canvas = opened(asked)
    asked.key(asked.picker, Key.Key_Left)
    assert is_about(canvas.region, 0.25, 0.25, 0.5, 0.5)
    first = canvas.region
    asked.key(asked.picker, Key.Key_Right)
    asked.key(asked.picker, Key.Key_Up, CONTROL)
    assert canvas.region.x > first.x
    assert 0 < first.y - canvas.region.y < canvas.region.x - first.x
    asked.key(asked.picker, Key.Key_Down, SHIFT)
    assert canvas.region.height > first.height
    asked.key(asked.picker, Key.Key_Delete)
    assert canvas.region is None
    assert not asked.picker.bar.whole.isEnabled()


def test_an_outline_is_pulled_and_moved_with_the_mouse(qtbot, asked):
    canvas = opened(asked)
    draw(qtbot, canvas, 0.2, 0.2, 0.4, 0.4)
    drag(qtbot, canvas, point(canvas, 0.6, 0.6), point(canvas, 0.8, 0.7))
    assert is_about(canvas.region, 0.2, 0.2, 0.6, 0.5)
    drag(qtbot, canvas, point(canvas, 0.5, 0.45), point(canvas, 0.4, 0.35))
    assert is_about(canvas.region, 0.1, 0.1, 0.6, 0.5)
    kept = canvas.region
    qtbot.mouseClick(canvas, Left, pos=point(canvas, 0.95, 0.95))
    assert canvas.region == kept


def test_the_whole_picture_again(qtbot, asked):
    draw(qtbot, opened(asked), 0.1, 0.2, 0.5, 0.6)
    asked.key(asked.picker, Key.Key_Return)
    canvas = opened(asked)
    assert is_about(canvas.region, 0.1, 0.2, 0.5, 0.6)
    asked.picker.bar.whole.click()
    asked.picker.bar.take.click()
    assert asked.query_names() == ["photo_000.jpg"]
    asked.until(lambda: asked.workspace.searching.result)


def test_a_region_of_a_photo_in_the_viewer_is_a_new_question(qtbot, asked):
    gallery, viewer = asked.workspace.results.gallery, asked.workspace.viewer
    photo = asked.workspace.searching.result.matches[1].photo
    gallery.set_current_photo(photo.id)
    asked.key(gallery, Key.Key_Return)
    assert viewer.isVisible()
    viewer.caption.region.click()
    asked.until(lambda: asked.picker.canvas.layer.loaded_side == 96)
    asked.key(asked.picker, Key.Key_Escape)
    assert viewer.isVisible()
    assert viewer.photo == photo
    asked.key(viewer, Key.Key_R)
    asked.until(lambda: asked.picker.canvas.layer.loaded_side == 96)
    draw(qtbot, asked.picker.canvas, 0.1, 0.1, 0.5, 0.5)
    qtbot.mouseDClick(asked.picker.canvas, Left, pos=point(asked.picker.canvas, 0.3, 0.3))
    assert asked.query_names() == [f"region of {photo.path.name}"]
    asked.until(lambda: asked.workspace.searching.result)
    assert asked.stage.currentWidget() is asked.workspace.results


def test_a_picture_whose_file_is_gone_is_shown_as_it_was_kept(asked, photos):
    photos[0].unlink()
    asked.key(asked.chip, Key.Key_Space)
    asked.until(lambda: "out of reach" in asked.picker.notice.text)
    assert asked.picker.canvas.ready


def test_a_picture_that_cannot_be_read_says_why(asked, photos):
    photos[0].write_bytes(b"rubbish")
    asked.key(asked.chip, Key.Key_Return)
    asked.until(lambda: asked.picker.canvas.message)
    assert not asked.picker.bar.take.isEnabled()
    asked.key(asked.picker, Key.Key_Return)
    assert asked.stage.choosing_region
    assert not asked.picker.grab().isNull()


def test_a_change_of_the_query_ends_the_choosing(asked):
    opened(asked)
    asked.key(asked.chip, Key.Key_Plus)
    assert not asked.stage.choosing_region
    asked.until(lambda: asked.workspace.searching.result)


def test_a_large_photo_of_the_library_is_read_sharper_than_its_thumbnail(settled, photos):
    large = photos[0].parent / "large.png"
    qt_picture(side=800).save(str(large))
    settled.add_folder(large.parent)
    settled.search_with(large)
    chip = settled.workspace.query_bar.chips.chips()[0]
    settled.until(lambda: settled.workspace.query_thumbnails.get(chip.picture))
    settled.key(chip, Key.Key_Return)
    settled.until(lambda: settled.workspace.picker.canvas.layer.loaded_side > 320)
    assert settled.workspace.picker.canvas.layer.size.width() == 800
