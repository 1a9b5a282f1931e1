import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF

from engine.records import Region
from gui.viewers.outline import Grip, drawn, grown, in_window, moved, pulled, unless_whole

LEAST = QSizeF(0.1, 0.1)
REGION = Region(0.2, 0.3, 0.4, 0.4)


def sides(region: Region) -> list[float]:
    return [region.x, region.y, region.width, region.height]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ((0.2, 0.3), (0.6, 0.7), Region(0.2, 0.3, 0.4, 0.4)),
        ((0.6, 0.7), (0.2, 0.3), Region(0.2, 0.3, 0.4, 0.4)),
        ((-0.5, 0.5), (0.5, 2.0), Region(0.0, 0.5, 0.5, 0.5)),
        ((0.5, 0.5), (0.51, 0.49), Region(0.5, 0.4, 0.1, 0.1)),
        ((0.95, 0.02), (0.97, 0.01), Region(0.85, 0.02, 0.1, 0.1)),
    ],
    ids=["down", "up", "beyond the picture", "too small", "too small in a corner"],
)
def test_drawing(start, end, expected):
    assert sides(drawn(QPointF(*start), QPointF(*end), LEAST)) == pytest.approx(sides(expected))


@pytest.mark.parametrize(
    ("grip", "to", "expected"),
    [
        (Grip(1, 1), (0.9, 0.8), Region(0.2, 0.3, 0.7, 0.5)),
        (Grip(-1, 0), (0.1, 0.9), Region(0.1, 0.3, 0.5, 0.4)),
        (Grip(0, -1), (0.9, 0.9), Region(0.2, 0.7, 0.4, 0.2)),
        (Grip(1, 0), (0.25, 0.5), Region(0.2, 0.3, 0.1, 0.4)),
    ],
    ids=["corner", "edge", "beyond the other edge", "too small"],
)
def test_pulling(grip, to, expected):
    assert sides(pulled(REGION, grip, QPointF(*to), LEAST)) == pytest.approx(sides(expected))


def test_moving_stops_at_the_edge_of_the_picture():
    assert sides(moved(REGION, 0.1, -0.1)) == pytest.approx(sides(Region(0.3, 0.2, 0.4, 0.4)))
    assert sides(moved(REGION, 5, -5)) == pytest.approx(sides(Region(0.6, 0.0, 0.4, 0.4)))


def test_growing_pushes_the_other_edges_when_there_is_no_room():
    assert sides(grown(REGION, 0.1, 0, LEAST)) == pytest.approx(sides(Region(0.2, 0.3, 0.5, 0.4)))
    assert sides(grown(REGION, 0, 0.5, LEAST)) == pytest.approx(sides(Region(0.2, 0.1, 0.4, 0.9)))
    assert sides(grown(REGION, -1, 5, LEAST)) == pytest.approx(sides(Region(0.2, 0.0, 0.1, 1.0)))


def test_an_outline_around_everything_is_the_whole_picture():
    assert unless_whole(Region(0, 0, 1, 1)) is None
    assert unless_whole(REGION) is REGION
    assert unless_whole(None) is None


def test_where_it_lies_in_the_window():
    assert in_window(Region(0.5, 0.25, 0.5, 0.5), QRectF(10, 20, 100, 200)) == QRectF(60, 70, 50, 100)
