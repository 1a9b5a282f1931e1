"""Zoom and pan, up to photos with more pixels than are held at once."""

import pytest
from colored import DETAIL, FILE_COLORS, FULL, Files, answer_of, middle_color, shows
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.viewers.photo import PhotoViewer

Key = Qt.Key


class TestHuge:
    """Photos with more pixels than are held as a whole."""

    @pytest.fixture(autouse=True)
    def _small_limit(self, files: Files) -> None:
        files.whole_pixels = 400 * 300

    def test_it_is_shown_scaled_with_a_sentence(self, qtbot: QtBot, viewer: PhotoViewer, files: Files) -> None:
        viewer.show_listing(answer_of("red"), "red")
        qtbot.waitUntil(shows(viewer, "red"))
        assert files.asked == [("red", 400)]
        assert "1.9 megapixels" in viewer.notice.text
        assert "0.1" in viewer.notice.text

    def test_zoomed_in_the_part_on_show_is_read_in_full(self, qtbot: QtBot, viewer: PhotoViewer, files: Files) -> None:
        viewer.show_listing(answer_of("red"), "red")
        qtbot.waitUntil(shows(viewer, "red"))
        qtbot.keyClick(viewer, Key.Key_1)
        qtbot.waitUntil(lambda: middle_color(viewer) == DETAIL)
        assert files.asked[-1] == ("red", FULL.width())
        region = files.regions[-1]
        assert region.width == pytest.approx(640 / 1600 * 1.5)
        viewer.canvas.pan(1, 0)  # within the margin
        qtbot.wait(200)
        assert len(files.regions) == 1
        viewer.canvas.pan(3, 0)
        qtbot.waitUntil(lambda: len(files.regions) == 2)

    def test_only_what_is_visible_of_a_region_is_painted_sharp(
        self, qtbot: QtBot, viewer: PhotoViewer, files: Files
    ) -> None:
        viewer.show_listing(answer_of("red"), "red")
        qtbot.waitUntil(shows(viewer, "red"))
        qtbot.keyClick(viewer, Key.Key_1)
        qtbot.waitUntil(lambda: middle_color(viewer) == DETAIL)
        viewer.canvas.pan(8, 0)
        shot = viewer.canvas.grab().toImage()
        assert shot.pixelColor(2, 200).name() == DETAIL
        assert shot.pixelColor(637, 200).name() == FILE_COLORS["red"]


class TestZoom:
    @pytest.fixture(autouse=True)
    def _shown(self, qtbot: QtBot, viewer: PhotoViewer) -> None:
        viewer.show_listing(answer_of("red"), "red")
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
