from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QContextMenuEvent, QImage, QPixmap, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.errors import EngineError, UnreadablePhotoError
from engine.records import Match, Photo, PhotoState, Query, QueryPicture, SearchResult, Timing
from gui.viewers.photo import PhotoViewer

Key = Qt.Key
FULL = QSize(1600, 1200)
FILE_COLORS = {"red": "#c04040", "green": "#40c040", "blue": "#4040c0"}
BROKEN = "broken"


class Files:
    """Decodes colours instead of files, later and through the event loop as the real loader does."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self.waiting: list[Callable[[], None]] = []
        self.held = False

    def load(
        self,
        path: Path,
        longest_side: int,
        on_ready: Callable[[QImage], None],
        on_failure: Callable[[EngineError], None],
    ) -> None:
        self.asked.append((path.stem, longest_side))
        self.waiting.append(lambda: self._answer(path, longest_side, on_ready, on_failure))
        if not self.held:
            QTimer.singleShot(0, self.release)

    def release(self) -> None:
        """Answer all that was asked so far."""
        waiting, self.waiting = self.waiting, []
        for answer in waiting:
            answer()

    def _answer(
        self,
        path: Path,
        side: int,
        on_ready: Callable[[QImage], None],
        on_failure: Callable[[EngineError], None],
    ) -> None:
        if path.stem == BROKEN:
            on_failure(UnreadablePhotoError("The file is cut short.", "Copy it again from the camera."))
            return
        size = FULL if side >= FULL.width() else FULL.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
        image = QImage(size, QImage.Format.Format_RGB888)
        image.fill(QColor(FILE_COLORS[path.stem]))
        on_ready(image)


def match_of(name: str, rank: int) -> Match:
    photo = Photo(
        name, Path(f"/photos/{name}.jpg"), "root", 1000, datetime(2024, 1, 1), PhotoState.INDEXED,
        width=FULL.width(), height=FULL.height(), taken=datetime(2021, 3, 12, 14, 3), camera="Canon EOS 5D",
    )  # fmt: skip
    return Match(photo, 0.018, 0.982, rank)


def answer_of(*names: str) -> SearchResult:
    query = Query((QueryPicture(path=Path("/query.jpg")),))
    matches = tuple(match_of(name, rank) for rank, name in enumerate(names, 1))
    return SearchResult(query, matches, "tiny", Timing(), len(matches), noise_score=0.5)


@pytest.fixture
def files() -> Files:
    return Files()


@pytest.fixture
def thumbnails(qapp: object) -> dict[str, QPixmap]:
    grey = QPixmap(320, 240)
    grey.fill(QColor("#808080"))
    return {"red": grey}


@pytest.fixture
def viewer(qtbot: QtBot, files: Files, thumbnails: dict[str, QPixmap]) -> PhotoViewer:
    made = PhotoViewer(files.load, thumbnails.get)
    qtbot.addWidget(made)
    made.resize(640, 528)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    return made


def middle_color(viewer: PhotoViewer) -> str:
    shot = viewer.canvas.grab().toImage()
    return shot.pixelColor(shot.rect().center()).name()


def shows(viewer: PhotoViewer, name: str) -> Callable[[], bool]:
    return lambda: middle_color(viewer) == FILE_COLORS[name]


class TestLoading:
    def test_the_thumbnail_first_then_the_picture(self, qtbot: QtBot, viewer: PhotoViewer, files: Files) -> None:
        files.held = True
        viewer.show_result(answer_of("red"), "red")
        assert middle_color(viewer) == "#808080"
        area = viewer.canvas.framing.area
        files.release()
        assert middle_color(viewer) == FILE_COLORS["red"]
        assert viewer.canvas.framing.area == area

    def test_it_asks_for_no_more_pixels_than_are_seen(self, viewer: PhotoViewer, files: Files) -> None:
        viewer.show_result(answer_of("red"), "red")
        assert files.asked == [("red", 768)]

    def test_zooming_in_decodes_again(self, qtbot: QtBot, viewer: PhotoViewer, files: Files) -> None:
        viewer.show_result(answer_of("red"), "red")
        qtbot.waitUntil(shows(viewer, "red"))
        assert viewer.canvas.loaded_side == 768
        qtbot.keyClick(viewer, Key.Key_1)
        qtbot.waitUntil(lambda: viewer.canvas.loaded_side == FULL.width())
        assert viewer.canvas.framing.scale == 1.0

    def test_the_neighbour_is_decoded_ahead(self, qtbot: QtBot, viewer: PhotoViewer, files: Files) -> None:
        viewer.show_result(answer_of("red", "green", "blue"), "red")
        qtbot.waitUntil(lambda: [name for name, _ in files.asked] == ["red", "green"])
        qtbot.waitUntil(lambda: not files.waiting)
        qtbot.keyClick(viewer, Key.Key_Right)
        assert middle_color(viewer) == FILE_COLORS["green"]
        qtbot.waitUntil(lambda: [name for name, _ in files.asked] == ["red", "green", "blue"])

    def test_a_picture_that_comes_too_late_is_not_shown(self, viewer: PhotoViewer, files: Files) -> None:
        files.held = True
        viewer.show_result(answer_of("red", "green"), "red")
        viewer.go(1)
        files.release()
        assert middle_color(viewer) == FILE_COLORS["green"]

    def test_a_failure_is_a_sentence_and_the_neighbours_stay_in_reach(
        self, qtbot: QtBot, viewer: PhotoViewer, files: Files
    ) -> None:
        viewer.show_result(answer_of(BROKEN, "green"), BROKEN)
        qtbot.waitUntil(lambda: viewer.canvas.message is not None)
        assert viewer.canvas.message == ("The file is cut short.", "Copy it again from the camera.")
        qtbot.keyClick(viewer, Key.Key_Right)
        qtbot.waitUntil(shows(viewer, "green"))
        qtbot.keyClick(viewer, Key.Key_Left)
        qtbot.waitUntil(lambda: files.asked.count((BROKEN, 768)) == 2)

    def test_a_picture_of_unknown_size(self, qtbot: QtBot, files: Files) -> None:
        viewer = PhotoViewer(files.load, lambda photo_id: None)
        qtbot.addWidget(viewer)
        answer = answer_of("red")
        unknown = Photo("red", Path("/photos/red.jpg"), "root", 1, datetime(2024, 1, 1), PhotoState.INDEXED)
        viewer.show_result(SearchResult(answer.query, (Match(unknown, 0.1, 0.9, 1),), "tiny", Timing(), 1, 0.5), "red")
        qtbot.waitUntil(shows(viewer, "red"))

    def test_a_refreshed_answer_reloads_nothing(self, qtbot: QtBot, viewer: PhotoViewer, files: Files) -> None:
        viewer.show_result(answer_of("red"), "red")
        qtbot.waitUntil(shows(viewer, "red"))
        qtbot.keyClick(viewer, Key.Key_1)
        viewer.show_result(answer_of("green", "red"), "red")
        assert "2 of 2" in viewer.caption.text
        assert viewer.canvas.framing.scale == 1.0

    def test_a_photo_that_is_not_in_the_answer_changes_nothing(self, viewer: PhotoViewer) -> None:
        viewer.show_result(answer_of("red"), "green")
        assert viewer.match is None


class TestGoing:
    def test_keys_and_buttons_go_through_the_answer(self, qtbot: QtBot, viewer: PhotoViewer) -> None:
        viewer.show_result(answer_of("red", "green", "blue"), "green")
        with qtbot.waitSignal(viewer.photo_changed) as changed:
            qtbot.keyClick(viewer, Key.Key_Right)
        assert changed.args[0].id == "blue"
        assert not viewer.caption.next.isEnabled()
        with qtbot.assertNotEmitted(viewer.photo_changed):
            qtbot.keyClick(viewer, Key.Key_Right)
        qtbot.mouseClick(viewer.caption.previous, Qt.MouseButton.LeftButton)
        assert viewer.match.photo.id == "green"

    def test_from_right_to_left_the_left_key_goes_on(self, qtbot: QtBot, viewer: PhotoViewer) -> None:
        viewer.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        viewer.show_result(answer_of("red", "green"), "red")
        qtbot.keyClick(viewer, Key.Key_Left)
        assert viewer.match.photo.id == "green"

    def test_keys_do_nothing_without_a_photo(self, qtbot: QtBot, viewer: PhotoViewer) -> None:
        for key in (Key.Key_Right, Key.Key_L, Key.Key_Plus, Key.Key_1):
            qtbot.keyClick(viewer, key)
        assert viewer.match is None

    @pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_Space])
    def test_closing(self, qtbot: QtBot, viewer: PhotoViewer, key: Key) -> None:
        viewer.show_result(answer_of("red"), "red")
        with qtbot.waitSignal(viewer.closed):
            qtbot.keyClick(viewer, key)

    def test_full_screen_ends_with_the_viewer(self, qtbot: QtBot, viewer: PhotoViewer) -> None:
        viewer.show_result(answer_of("red"), "red")
        qtbot.keyClick(viewer, Key.Key_F11)
        assert viewer.window().isFullScreen()
        qtbot.keyClick(viewer, Key.Key_Escape)
        assert not viewer.window().isFullScreen()

    def test_lookalikes_and_the_context_menu(self, qtbot: QtBot, viewer: PhotoViewer) -> None:
        viewer.show_result(answer_of("red"), "red")
        with qtbot.waitSignal(viewer.lookalikes_wanted) as wanted:
            qtbot.keyClick(viewer, Key.Key_L)
        assert wanted.args[0].id == "red"
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), QPoint(105, 105))
        with qtbot.waitSignal(viewer.context_menu_wanted) as wanted:
            QApplication.sendEvent(viewer.canvas, event)
        assert (wanted.args[0].id, wanted.args[1]) == ("red", QPoint(105, 105))

    def test_the_caption_says_what_is_shown(self, viewer: PhotoViewer) -> None:
        viewer.show_result(answer_of("green", "red"), "red")
        assert viewer.caption.text == (
            "red.jpg, 1600 × 1200 · 12 March 2021, 14:03 · Canon EOS 5D · 98.2 % loose, 2 of 2"
        )
        assert viewer.accessibleName() == viewer.caption.text


class TestZoom:
    @pytest.fixture(autouse=True)
    def _shown(self, qtbot: QtBot, viewer: PhotoViewer) -> None:
        viewer.show_result(answer_of("red"), "red")
        qtbot.waitUntil(shows(viewer, "red"))

    def test_keys(self, qtbot: QtBot, viewer: PhotoViewer) -> None:
        fitted = viewer.canvas.framing.scale
        qtbot.keyClick(viewer, Key.Key_Plus)
        assert viewer.canvas.framing.scale == pytest.approx(fitted * 1.25)
        qtbot.keyClick(viewer, Key.Key_Minus)
        assert viewer.canvas.framing.fits
        qtbot.keyClick(viewer, Key.Key_1)
        assert viewer.canvas.framing.scale == 1.0
        qtbot.keyClick(viewer, Key.Key_0)
        assert viewer.canvas.framing.fits

    def test_the_wheel_zooms_about_the_pointer(self, viewer: PhotoViewer) -> None:
        point = QPointF(100, 120)
        before = viewer.canvas.framing.at(point)
        for _ in range(8):
            wheel(viewer, point, 120)
        after = viewer.canvas.framing.at(point)
        assert viewer.canvas.framing.scale > 1
        assert (after.x(), after.y()) == (pytest.approx(before.x()), pytest.approx(before.y()))

    def test_a_double_click_toggles_full_size(self, qtbot: QtBot, viewer: PhotoViewer) -> None:
        for fits in (False, True):
            qtbot.mouseDClick(viewer.canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
            assert viewer.canvas.framing.fits == fits

    def test_dragging_pans(self, qtbot: QtBot, viewer: PhotoViewer) -> None:
        viewer.canvas.zoom_to(1.0)
        before = viewer.canvas.framing.area.topLeft()
        qtbot.mousePress(viewer.canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
        qtbot.mouseMove(viewer.canvas, QPoint(230, 190))
        assert viewer.canvas.cursor().shape() == Qt.CursorShape.ClosedHandCursor
        qtbot.mouseRelease(viewer.canvas, Qt.MouseButton.LeftButton, pos=QPoint(230, 190))
        assert viewer.canvas.framing.area.topLeft() == before + QPointF(30, -10)
        assert viewer.canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor

    def test_the_greatest_zoom_can_be_painted(self, viewer: PhotoViewer) -> None:
        viewer.canvas.zoom_to(1000)
        assert middle_color(viewer) == FILE_COLORS["red"]


def wheel(viewer: PhotoViewer, point: QPointF, delta: int) -> None:
    event = QWheelEvent(
        point,
        QPointF(viewer.canvas.mapToGlobal(point.toPoint())),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewer.canvas, event)
