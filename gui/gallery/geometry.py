"""Where every cell of the gallery lies: pure arithmetic, so a million cells cost nothing to lay out."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect

PADDING = 4
"""Around the picture of a cell: two neighbours keep the 8 px gap, and the selection ring has its place in it."""
MARGIN = 4
"""Around all cells: with the padding, 8 px from the edge to the first picture."""
SMALLEST = 96
LARGEST = 320


@dataclass(frozen=True, slots=True)
class Grid:
    """Equal cells in lines, with a strip between the near cells and the rest.

    A row is a row of the model; a line is a row of cells. Coordinates are those of the scrolled content.

    Attributes:
        count: number of cells.
        near_count: number of cells above the strip; there is a strip only if this is less than `count`.
        left: x of the leftmost column.
        mirrored: the first column is the rightmost.
    """

    count: int
    near_count: int
    columns: int
    cell_width: int
    cell_height: int
    left: int
    strip_height: int
    mirrored: bool

    @classmethod
    def fit(
        cls,
        count: int,
        near_count: int,
        *,
        width: int,
        reserved: int,
        thumbnail_size: int,
        caption_height: int,
        strip_height: int,
        mirrored: bool = False,
    ) -> "Grid":
        """Fill the width with as many columns as come closest to the wanted thumbnail size.

        Of the viewport's width, the reserved part stays unused, so that a scroll bar may come and go without a new
        layout. The caption height is what a cell is higher than wide.
        """
        usable = max(width - reserved - 2 * MARGIN, 1)
        columns = columns_for(width - reserved, thumbnail_size)
        cell_width = max(usable // columns, 2 * PADDING + 1)
        return cls(
            count=count,
            near_count=min(near_count, count),
            columns=columns,
            cell_width=cell_width,
            cell_height=cell_width + caption_height,
            left=max((width - columns * cell_width) // 2, 0),
            strip_height=strip_height,
            mirrored=mirrored,
        )

    @property
    def picture_side(self) -> int:
        """Side of the square that a picture is fitted into."""
        return self.cell_width - 2 * PADDING

    @property
    def height(self) -> int:
        """Height of all content."""
        return self._line_top(self._lines) + MARGIN

    def rect(self, row: int) -> QRect:
        """The cell of a model row."""
        line, column = self._place(row)
        if self.mirrored:
            column = self.columns - 1 - column
        x = self.left + column * self.cell_width
        return QRect(x, self._line_top(line), self.cell_width, self.cell_height)

    def strip(self) -> QRect | None:
        """Where the line between near and far matches is drawn; None if there is none."""
        if not self._has_strip:
            return None
        top = MARGIN + self._near_lines * self.cell_height
        return QRect(self.left, top, self.columns * self.cell_width, self.strip_height)

    def row_at(self, point: QPoint) -> int:
        """The row whose cell contains the point, or -1."""
        line = self._line_at(point.y())
        column = (point.x() - self.left) // self.cell_width
        if not (0 <= line < self._lines and 0 <= column < self.columns) or point.y() < self._line_top(line):
            return -1
        if self.mirrored:
            column = self.columns - 1 - column
        rows = self._rows_of(line)
        return rows[column] if column < len(rows) else -1

    def rows_between(self, top: int, bottom: int) -> range:
        """All rows of the lines that touch this height."""
        first = max(self._line_at(top), 0)
        last = min(self._line_at(bottom), self._lines - 1)
        if first > last:
            return range(0)
        return range(self._rows_of(first).start, self._rows_of(last).stop)

    def rows_in(self, area: QRect) -> list[range]:
        """The rows whose cells touch an area, as runs of neighbours."""
        first = max((area.left() - self.left) // self.cell_width, 0)
        last = min((area.right() - self.left) // self.cell_width, self.columns - 1)
        if first > last:
            return []
        if self.mirrored:
            first, last = self.columns - 1 - last, self.columns - 1 - first
        lines = range(max(self._line_at(area.top()), 0), min(self._line_at(area.bottom()), self._lines - 1) + 1)
        touched = (line for line in lines if self._line_top(line) <= area.bottom())
        return _joined([self._rows_of(line)[first : last + 1] for line in touched])

    def row_lines_away(self, row: int, lines: int) -> int:
        """The row so many lines below (or above, if negative), in the same column as far as there is one."""
        line, column = self._place(row)
        target = min(max(line + lines, 0), self._lines - 1)
        if target == line:
            return row
        rows = self._rows_of(target)
        return rows[min(column, len(rows) - 1)]

    @property
    def _has_strip(self) -> bool:
        return self.near_count < self.count

    @property
    def _near_lines(self) -> int:
        return math.ceil(self.near_count / self.columns)

    @property
    def _lines(self) -> int:
        return self._near_lines + math.ceil((self.count - self.near_count) / self.columns)

    def _place(self, row: int) -> tuple[int, int]:
        if row < self.near_count:
            return divmod(row, self.columns)
        line, column = divmod(row - self.near_count, self.columns)
        return self._near_lines + line, column

    def _line_top(self, line: int) -> int:
        below_strip = self._has_strip and line >= self._near_lines
        return MARGIN + line * self.cell_height + (self.strip_height if below_strip else 0)

    def _line_at(self, y: int) -> int:
        """The line at this height; a point on the strip belongs to the line below it."""
        line = (y - MARGIN) // self.cell_height
        if not self._has_strip or line < self._near_lines:
            return line
        return max((y - MARGIN - self.strip_height) // self.cell_height, self._near_lines)

    def _rows_of(self, line: int) -> range:
        if line < self._near_lines:
            start = line * self.columns
            return range(start, min(start + self.columns, self.near_count))
        start = self.near_count + (line - self._near_lines) * self.columns
        return range(start, min(start + self.columns, self.count))


def columns_for(width: int, thumbnail_size: int) -> int:
    """How many columns come closest to the wanted size."""
    return max(1, round((width - 2 * MARGIN) / (thumbnail_size + 2 * PADDING)))


def size_for(width: int, columns: int) -> int:
    """The thumbnail size that gives so many columns, within what is allowed."""
    size = (width - 2 * MARGIN) // max(columns, 1) - 2 * PADDING
    return min(max(size, SMALLEST), LARGEST)


def _joined(runs: list[range]) -> list[range]:
    """Runs that touch become one, so that a selection of whole lines is one range."""
    joined: list[range] = []
    for run in runs:
        if not run:
            continue
        if joined and joined[-1].stop == run.start:
            joined[-1] = range(joined[-1].start, run.stop)
        else:
            joined.append(run)
    return joined
