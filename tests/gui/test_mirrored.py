"""Where one reads from the right, the window is mirrored, and the arrows go where they point."""

import pytest
from deeds import choose
from places import PLACES, leave
from PySide6.QtCore import QCoreApplication, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QWidget
from walk import cramped

from gui.controls import ElidedLabel, label
from gui.dialogs.page import LinesField
from gui.filters.days import DayRange
from gui.gallery.score_range import STEPS, ScoreRange
from gui.icons import icon
from gui.measures import margins
from gui.panels.weight_slider import WeightSlider
from gui.viewers.compare_bar import View

# Without a desktop there is nothing a dialog could raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
ROUNDS = 8
LAID_OUT = ("results", "filters", "swipe", "region", "settings_of_indexing", "models", "skipped")
"""Places that between them have all kinds of layouts."""


@pytest.fixture
def mirrored(undressed):
    undressed.setLayoutDirection(Qt.LayoutDirection.RightToLeft)


@pytest.fixture
def asked(mirrored, settled, photos):
    settled.search_with(photos[0])
    return settled


def x_of(widget) -> int:
    return widget.mapToGlobal(QPoint(widget.width() // 2, 0)).x()


def test_panels_buttons_chips_and_photos_lie_the_other_way_round(asked):
    workspace, gallery = asked.workspace, asked.workspace.results.gallery
    assert x_of(workspace.sidebar) > x_of(workspace.stage)
    assert x_of(workspace.query_bar.back) > x_of(workspace.query_bar.forward) > x_of(workspace.query_bar.menu)
    choose(asked, 5)
    gallery.less_like_wanted.emit(gallery.current_photo())
    asked.until(lambda: len(asked.query_names()) == 2)
    first, second = workspace.query_bar.chips.chips()
    asked.until(lambda: x_of(first) > x_of(second))
    model = workspace.results.model
    assert gallery.visualRect(model.index(1)).x() > gallery.visualRect(model.index(2)).x()


def test_arrows_go_where_they_point(asked):
    gallery, matches = asked.workspace.results.gallery, asked.matches()
    choose(asked, 2)
    asked.key(gallery, Key.Key_Left)
    assert gallery.current_photo().path.name == matches[3]
    asked.key(gallery, Key.Key_Return)
    viewer = asked.workspace.viewer
    asked.key(viewer, Key.Key_Left)
    assert viewer.photo.path.name == matches[4]
    asked.key(viewer, Key.Key_Escape)
    asked.key(gallery, Key.Key_C)
    comparison = asked.workspace.comparison
    asked.until(lambda: asked.workspace.stage.comparing)
    before = comparison.photo.path.name
    asked.key(comparison, Key.Key_Left)
    assert matches.index(comparison.photo.path.name) == matches.index(before) + 1
    asked.key(comparison, Key.Key_Right)
    assert comparison.photo.path.name == before


@pytest.mark.parametrize("name", ["back", "forward", "undo", "redo"])
def test_icons_that_point_are_mirrored(undressed, name):
    usual = icon(name).pixmap(64, 64).toImage()
    undressed.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert icon(name).pixmap(64, 64).toImage() != usual


@pytest.mark.parametrize("name", LAID_OUT)
def test_nothing_is_cut_off_or_out_of_place(mirrored, dressed, settled, photos, name):
    place = PLACES[name](settled, photos)
    settled.until(lambda: not settled.session.tasks.busy)
    for _ in range(ROUNDS):
        QCoreApplication.processEvents()
    wrong = cramped(place)
    leave(place, settled)
    assert not wrong, "\n".join(wrong)


def ink(widget: QWidget) -> QRect:
    """Where something is drawn on the ground of the widget's upper left corner."""
    image = widget.grab().toImage()
    ground = image.pixel(0, 0)
    drawn = [(x, y) for x in range(image.width()) for y in range(image.height()) if image.pixel(x, y) != ground]
    xs, ys = zip(*drawn, strict=True)
    return QRect(QPoint(min(xs), min(ys)), QPoint(max(xs), max(ys)))


def flipped(image: QImage) -> QImage:
    return image.flipped(Qt.Orientation.Horizontal)


@pytest.fixture
def both_ways(undressed, dressed, qtbot):
    """both_ways(make): the widget as it is read from the left, and from the right, both on the screen."""

    def make_both(make, width: int, height: int) -> tuple[QWidget, QWidget]:
        made = []
        for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
            undressed.setLayoutDirection(direction)
            widget = make()
            if not widget.testAttribute(Qt.WidgetAttribute.WA_SetLayoutDirection):
                widget.setLayoutDirection(direction)  # it stays so when the application is read otherwise
            qtbot.addWidget(widget)
            widget.resize(width, height)
            widget.show()
            made.append(widget)
        QCoreApplication.processEvents()
        return made[0], made[1]

    return make_both


def days_of_a_year() -> DayRange:
    made = DayRange()
    made.show_days([(f"2020-{month:02}-15", month) for month in range(1, 13)])
    return made


def test_time_begins_at_the_right(both_ways):
    left, right = both_ways(days_of_a_year, 240, 120)
    usual, mirrored = left.histogram, right.histogram
    for bar in range(12):
        mine, other = usual._area(bar, 0.5), mirrored._area(bar, 0.5)
        assert mine.center().x() + other.center().x() == pytest.approx(usual.width(), abs=1.5)
    image, other = usual.grab().toImage(), mirrored.grab().toImage()
    low = image.height() // 2  # where only the bars of the last months are
    assert image.pixel(image.width() - 6, low) == other.pixel(6, low) != image.pixel(6, low)


def test_dragging_and_keys_go_along_the_mirrored_time(both_ways, qtbot):
    _, days = both_ways(days_of_a_year, 240, 120)
    bars, heard = days.histogram, []
    days.range_chosen.connect(lambda *ends: heard.append([end.month for end in ends]))
    step = bars.width() // 12
    qtbot.mousePress(bars, LEFT, pos=QPoint(bars.width() - 2 * step - 4, 30))
    qtbot.mouseMove(bars, QPoint(bars.width() - 5 * step - 4, 30))
    qtbot.mouseRelease(bars, LEFT, pos=QPoint(bars.width() - 5 * step - 4, 30))
    assert heard.pop() == [3, 6]
    qtbot.keyClick(bars, Key.Key_Left)
    assert heard.pop() == [4, 7]
    qtbot.keyClick(bars, Key.Key_Left, SHIFT)
    assert heard.pop() == [4, 8]
    qtbot.keyClick(bars, Key.Key_Right)
    assert heard.pop() == [3, 7]


def test_scores_grow_to_the_left(both_ways):
    usual, mirrored = both_ways(ScoreRange, 180, 32)
    for scale in (usual, mirrored):
        scale.show_range(0.9, 0.99)
    assert usual.lowest.x() < usual.highest.x()
    for mine, other in ((usual.lowest, mirrored.lowest), (usual.highest, mirrored.highest)):
        assert abs(mine.geometry().center().x() - (mirrored.width() - other.geometry().center().x())) <= 2
    assert mirrored.step_at(mirrored.width()) == 0
    assert mirrored.step_at(0) == STEPS


def test_more_like_it_is_to_the_left(both_ways):
    usual, mirrored = both_ways(lambda: WeightSlider(liked_only=False), 296, 36)
    for slider in (usual, mirrored):
        slider.show_weight(1.0)
    wide, narrow = ink(usual), ink(mirrored)
    assert abs(wide.left() - (mirrored.width() - 1 - narrow.right())) <= 2
    assert usual._x_of(20) + mirrored._x_of(20) == pytest.approx(usual.width(), abs=2)


@pytest.mark.parametrize("make", [label, ElidedLabel])
def test_names_stand_where_one_begins_to_read(both_ways, make):
    usual, mirrored = both_ways(lambda: make("beach.jpg"), 300, 30)
    assert ink(usual).left() < 10
    assert ink(mirrored).right() > 290


def test_a_path_is_not_turned_around(both_ways):
    _, mirrored = both_ways(lambda: ElidedLabel("/aaa"), 300, 30)
    area = ink(mirrored)
    first, last = QRect(area.topLeft(), QSize(3, area.height())), QRect(area.topLeft(), QSize(3, area.height()))
    last.moveRight(area.right())
    image = mirrored.grab().toImage()
    slash, letter = (rows_with_ink(image.copy(part), image.pixel(0, 0)) for part in (first, last))
    assert slash > letter


def rows_with_ink(image: QImage, ground: int) -> int:
    return sum(any(image.pixel(x, y) != ground for x in range(image.width())) for y in range(image.height()))


def test_patterns_are_written_from_the_left(both_ways):
    usual, mirrored = both_ways(lambda: LinesField("Patterns", "*.gif"), 300, 96)
    assert usual.placeholderText() == "*.gif"
    assert mirrored.placeholderText() == "\N{LEFT-TO-RIGHT ISOLATE}*.gif\N{POP DIRECTIONAL ISOLATE}"
    for field in (usual, mirrored):
        field.setPlainText("*.gif")
    assert usual.grab().toImage() == mirrored.grab().toImage()


def test_the_arrow_of_a_choice_leaves_its_words_alone(both_ways):
    def choice() -> QComboBox:
        made = QComboBox()
        made.addItem("words that need all of the room")
        return made

    usual, mirrored = both_ways(choice, 150, 28)
    arrow = mirrored.grab(QRect(2, 4, 20, 20)).toImage()
    assert flipped(arrow) == usual.grab(QRect(usual.width() - 22, 4, 20, 20)).toImage()


def test_room_at_the_start_is_at_the_right(undressed, mirrored, qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    margins(widget, 12, 1, 4, 2)
    kept = widget.contentsMargins()
    assert (kept.left(), kept.top(), kept.right(), kept.bottom()) == (4, 1, 12, 2)


def test_details_have_their_labels_at_the_right(asked):
    choose(asked, 2)
    text = asked.workspace.details.text
    asked.until(lambda: "Score" in text.toPlainText())
    cursor = text.document().find("Score")
    at = text.cursorRect(cursor).x()
    assert at > text.width() / 2
    assert text.cursorRect(text.document().find("Rank")).x() > text.width() / 2


def test_swiping_begins_at_the_right_as_the_captions_do(asked):
    choose(asked, 2)
    asked.key(asked.workspace.results.gallery, Key.Key_C)
    page = asked.workspace.comparison
    asked.until(lambda: page.stays.canvas.layer.loaded_side and page.changes.canvas.layer.loaded_side)
    page.show_as(View.SWIPE)
    QCoreApplication.processEvents()
    overlay = page.overlay
    overlay.move_divider(1.0)
    first = overlay.grab().toImage()
    overlay.move_divider(0.0)
    second = overlay.grab().toImage()
    overlay.move_divider(0.5)
    both = overlay.grab().toImage()
    right, left, y = overlay.width() * 3 // 4, overlay.width() // 4, overlay.height() // 4
    assert both.pixel(right, y) == first.pixel(right, y) != second.pixel(right, y)
    assert both.pixel(left, y) == second.pixel(left, y) != first.pixel(left, y)
    asked.key(page, Key.Key_Left, SHIFT)
    assert overlay.divider == pytest.approx(0.52)  # the divider goes where the key points


def test_pictures_and_their_pixels_are_not_mirrored(undressed, asked):
    def shown() -> QImage:
        return asked.workspace.viewer.canvas.grab().toImage()

    choose(asked, 2)
    asked.key(asked.workspace.results.gallery, Key.Key_Return)
    asked.until(lambda: asked.workspace.viewer.canvas.layer.loaded_side)
    image = shown()
    asked.workspace.viewer.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert shown() == image
    assert flipped(image) != image


def test_a_region_stays_where_it_is_in_the_picture(asked):
    chip = asked.workspace.query_bar.chips.chips()[0]
    chip.setFocus()
    asked.key(chip, Key.Key_Return)
    picker = asked.workspace.picker
    asked.until(lambda: picker.canvas.layer.loaded_side)
    asked.key(picker, Key.Key_Right)
    before = picker.canvas.region
    asked.key(picker, Key.Key_Right)
    assert picker.canvas.region.x > before.x


def test_a_path_in_a_list_keeps_its_signs_in_their_places(mirrored, dressed, settled, photos):
    dialog = PLACES["skipped"](settled, photos)
    shown = [dialog.model.index(row, 2).data() for row in range(dialog.model.rowCount())]
    leave(dialog, settled)
    path = str(photos[0].parent)
    assert f"\N{LEFT-TO-RIGHT ISOLATE}{path}\N{POP DIRECTIONAL ISOLATE}" in shown
