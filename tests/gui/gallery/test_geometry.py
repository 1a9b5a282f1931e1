import pytest
from PySide6.QtCore import QPoint, QRect

from gui.gallery.geometry import LARGEST, SMALLEST, Grid, columns_for, size_for

WIDTH = 408  # four columns of 100 between margins of 4


def grid(count: int, near: int | None = None, *, mirrored: bool = False) -> Grid:
    return Grid.fit(
        count,
        () if near is None else (near,),
        width=WIDTH,
        reserved=0,
        thumbnail_size=92,
        caption_height=30,
        strip_height=40,
        mirrored=mirrored,
    )


def strip(of: Grid) -> QRect | None:
    return next((area for _, area in of.strips_between(0, of.height)), None)


def test_cells_fill_the_width_without_gaps_or_overlaps() -> None:
    cells = [grid(8).rect(row) for row in range(8)]
    assert cells[0] == QRect(4, 4, 100, 130)
    assert cells[3].right() == WIDTH - 4 - 1
    assert cells[4] == QRect(4, 134, 100, 130)


def test_the_far_part_begins_a_new_line_below_the_strip() -> None:
    split = grid(9, near=5)
    assert strip(split) == QRect(4, 4 + 2 * 130, 400, 40)
    assert split.rect(4).topLeft() == QPoint(4, 134)
    assert split.rect(5).topLeft() == QPoint(4, 4 + 2 * 130 + 40)
    assert split.height == 4 + 3 * 130 + 40 + 4


def test_without_far_matches_there_is_no_strip() -> None:
    assert strip(grid(9)) is None
    assert strip(grid(9, near=9)) is None
    assert strip(grid(0, near=0)) is None


def test_with_far_matches_only_the_strip_is_on_top() -> None:
    assert strip(grid(3, near=0)) == QRect(4, 4, 400, 40)
    assert grid(3, near=0).rect(0).top() == 44


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize(("count", "near"), [(1, 1), (8, 8), (9, 5), (11, 0), (12, 4), (5, 4)])
def test_the_row_at_a_point_is_the_row_whose_cell_is_there(count: int, near: int, mirrored: bool) -> None:
    cells = grid(count, near, mirrored=mirrored)
    for row in range(count):
        rect = cells.rect(row)
        assert cells.row_at(rect.center()) == row
        assert cells.row_at(rect.topLeft()) == row
        assert cells.row_at(rect.bottomRight()) == row


@pytest.mark.parametrize("point", [(0, 50), (407, 50), (50, 0), (250, 200), (50, 280), (50, 900)])
def test_outside_every_cell_there_is_no_row(point: tuple[int, int]) -> None:
    assert grid(9, near=5).row_at(QPoint(*point)) == -1


def test_mirrored_the_first_cell_is_on_the_right() -> None:
    assert grid(8, mirrored=True).rect(0).left() == 304
    assert grid(8, mirrored=True).rect(3).left() == 4


def test_the_rows_between_two_heights_are_whole_lines() -> None:
    split = grid(9, near=5)
    assert split.rows_between(0, 50) == range(4)
    assert split.rows_between(100, 140) == range(5)
    assert split.rows_between(270, 290) == range(5, 9)  # the strip belongs to what follows it
    assert split.rows_between(-500, 5000) == range(9)
    assert not split.rows_between(5000, 6000)
    assert not grid(0).rows_between(0, 100)


def test_a_rectangle_touches_runs_of_rows() -> None:
    split = grid(9, near=5)
    assert split.rows_in(QRect(110, 10, 150, 150)) == [range(1, 3)]
    assert split.rows_in(QRect(10, 10, 150, 400)) == [range(0, 2), range(4, 7)]
    assert split.rows_in(QRect(10, 10, 390, 400)) == [range(9)]
    assert split.rows_in(QRect(10, 266, 390, 20)) == []  # on the strip only
    assert split.rows_in(QRect(-50, 10, 20, 20)) == []
    assert grid(8, mirrored=True).rows_in(QRect(310, 10, 20, 20)) == [range(1)]


def test_going_down_keeps_the_column_across_the_strip() -> None:
    split = grid(9, near=5)
    assert split.row_lines_away(0, 1) == 4
    assert split.row_lines_away(2, 1) == 4  # the line is short
    assert split.row_lines_away(4, 1) == 5
    assert split.row_lines_away(7, -2) == 2
    assert split.row_lines_away(7, 1) == 7
    assert split.row_lines_away(0, -3) == 0
    assert split.row_lines_away(1, 100) == 6


def days(count: int, *firsts: int) -> Grid:
    return Grid.fit(count, firsts, width=WIDTH, reserved=0, thumbnail_size=92, caption_height=30, strip_height=40)


def test_every_block_begins_below_its_strip() -> None:
    three = days(12, 0, 5, 6)
    assert [(row, area.top()) for row, area in three.strips_between(0, three.height)] == [
        (0, 4), (5, 4 + 40 + 260), (6, 4 + 40 + 260 + 40 + 130),
    ]  # fmt: skip
    assert [three.rect(row).top() for row in (0, 4, 5, 6, 10)] == [44, 174, 344, 514, 644]
    assert three.height == 644 + 130 + 4
    assert all(three.row_at(three.rect(row).center()) == row for row in range(12))
    assert three.row_at(QPoint(50, 310)) == -1  # on a strip
    assert [three.row_lines_away(row, 1) for row in (4, 5, 6, 9)] == [5, 6, 10, 11]
    assert three.rows_between(44, 50) == range(4)
    assert three.rows_between(310, 360) == range(5, 6)
    assert three.rows_in(QRect(110, 50, 90, 700)) == [range(1, 2), range(7, 8), range(11, 12)]


def test_only_the_strips_that_can_be_seen_are_named() -> None:
    many = days(100_000, *range(0, 100_000, 8))
    assert [row for row, _ in many.strips_between(0, 500)] == [0, 8]
    top = many.rect(50_000).top()
    assert [row for row, _ in many.strips_between(top - 30, top + 100)] == [50_000]


@pytest.mark.parametrize("columns", [2, 3, 5, 8])
def test_the_size_for_some_columns_gives_these_columns(columns: int) -> None:
    width = columns * 150
    assert columns_for(width, size_for(width, columns)) == columns


def test_sizes_stay_within_what_is_allowed() -> None:
    assert size_for(2000, 1) == LARGEST
    assert size_for(300, 50) == SMALLEST


def test_a_million_cells_are_placed_by_arithmetic() -> None:
    million = grid(1_000_000, near=500_001)
    last = million.rect(999_999)
    assert million.row_at(last.center()) == 999_999
    assert million.height == last.bottom() + 1 + 4
