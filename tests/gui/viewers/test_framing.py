import pytest
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF

from gui.viewers.framing import FIT_ENLARGES_AT_MOST, LARGEST_SCALE, Framing

WINDOW = QSizeF(800, 600)
MIDDLE = QPointF(400, 300)


def framing(width: int = 4000, height: int = 3000, ratio: float = 1.0) -> Framing:
    return Framing(QSize(width, height), WINDOW, ratio)


def test_a_large_picture_fits_the_window() -> None:
    assert framing().area == QRectF(0, 0, 800, 600)
    assert framing(4000, 1500).area == QRectF(0, 150, 800, 300)
    assert framing().scale == pytest.approx(0.2)


def test_a_small_picture_is_not_blown_up() -> None:
    assert framing(32, 32).scale == FIT_ENLARGES_AT_MOST
    assert framing(32, 32).area == QRectF(368, 268, 64, 64)


def test_full_size_is_a_pixel_per_pixel_of_the_screen() -> None:
    assert framing().scaled(1.0, MIDDLE).area.width() == 4000
    assert framing(ratio=2.0).scaled(1.0, MIDDLE).area.width() == 2000


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("about", [(400, 300), (100, 500), (700, 20)])
def test_zooming_keeps_the_point_under_the_pointer(about: tuple[int, int], ratio: float) -> None:
    point = QPointF(*about)
    before = framing(ratio=ratio)
    after = before.scaled(1.0, point).scaled(2.5, point)
    assert after.at(point).x() == pytest.approx(before.at(point).x(), abs=0.01)
    assert after.at(point).y() == pytest.approx(before.at(point).y(), abs=0.01)


def test_zooming_out_ends_with_the_whole_picture() -> None:
    assert framing().scaled(1.0, MIDDLE).scaled(0.1, MIDDLE).fits
    assert not framing(32, 32).scaled(1.5, MIDDLE).fits  # smaller than it fits, but not than it is


def test_zooming_in_ends_somewhere() -> None:
    assert framing().scaled(1e9, MIDDLE).scale == LARGEST_SCALE


def test_panning_stops_at_the_edges() -> None:
    zoomed = framing().scaled(1.0, MIDDLE)
    assert zoomed.panned(QPointF(100, 50)).area.topLeft() == zoomed.area.topLeft() + QPointF(100, 50)
    assert zoomed.panned(QPointF(1e6, 1e6)).area.topLeft() == QPointF(0, 0)
    assert zoomed.panned(QPointF(-1e6, -1e6)).area.bottomRight() == QPointF(800, 600)


def test_a_picture_narrower_than_the_window_stays_in_its_middle() -> None:
    tall = framing(500, 3000).scaled(1.0, MIDDLE).panned(QPointF(77, 10))
    assert tall.area.center().x() == 400


def test_a_fitted_picture_cannot_be_pushed() -> None:
    assert framing().panned(QPointF(10, 10)) == framing()


def test_another_window_size_keeps_the_scale() -> None:
    zoomed = framing().scaled(1.0, MIDDLE).in_view(QSizeF(400, 300), 1.0)
    assert zoomed.scale == 1.0
    assert zoomed.center == QPointF(2000, 1500)
    assert framing().in_view(QSizeF(400, 300), 1.0).scale == pytest.approx(0.1)


def test_without_a_picture_or_a_window_nothing_breaks() -> None:
    assert Framing(QSize(), WINDOW).area.isEmpty()
    assert Framing(QSize(40, 30), QSizeF(0, 0)).scale == 1.0
