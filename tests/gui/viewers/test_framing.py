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
    assert framing(100, 80).scale == FIT_ENLARGES_AT_MOST
    assert framing(100, 80).area == QRectF(300, 220, 200, 160)


def test_a_tiny_picture_can_be_found() -> None:
    assert framing(1, 1).area == QRectF(336, 236, 128, 128)
    assert framing(16, 4, ratio=2.0).area == QRectF(336, 284, 128, 32)
    assert framing(1, 1).scaled(64, MIDDLE).scale == 64


@pytest.mark.parametrize(("width", "height"), [(4000, 3000), (400, 300), (1000, 3000)])
def test_two_pictures_are_looked_at_alike(width: int, height: int) -> None:
    seen = framing().scaled(1.0, QPointF(600, 100))
    other = framing(width, height).placed(seen.place)
    assert other.scale / other.fit_scale == pytest.approx(seen.scale / seen.fit_scale)
    assert other.center.y() / height == pytest.approx(seen.center.y() / 3000)
    assert framing(width, height).placed(framing().place).fits


def test_what_is_seen() -> None:
    assert framing().seen == QRectF(0, 0, 4000, 3000)
    assert framing().scaled(1.0, MIDDLE).seen == QRectF(1600, 1200, 800, 600)
    assert framing(ratio=2.0).scaled(1.0, MIDDLE).seen == QRectF(1200, 900, 1600, 1200)


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
