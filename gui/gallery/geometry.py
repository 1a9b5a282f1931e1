"""Where every cell of the gallery lies: pure arithmetic, so a million cells cost nothing to lay out."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from PySide6.QtCore import QPoint, QRect

PADDING = 4
"""Around the picture of a cell: two neighbours keep the 8 px gap, and the selection ring has its place in it."""
MARGIN = 4
"""Around all cells: with the padding, 8 px from the edge to the first picture."""
SMALLEST = 96
LARGEST = 320


@dataclass(frozen=True, slots=True)
class Grid:
    """Equal cells in lines, in blocks with a strip above each: a heading, or the line where chance begins.

    A row is a row of the model; a line is a row of cells. Coordinates are those of the scrolled content.

    Attributes:
        count: number of cells.
        headed: there is a strip above the first block too.
        left: x of the leftmost column.
        mirrored: the first column is the rightmost.
        starts: the first row of every block, and the row after the last one.
        lines: the first line of every block, and the line after the last one.
        tops: y of the first line of every block, and of the end of the last one.
    """

    count: int
    headed: bool
    columns: int
    cell_width: int
    cell_height: int
    left: int
    strip_height: int
    mirrored: bool
    starts: tuple[int, ...]
    lines: tuple[int, ...]
    tops: tuple[int, ...]

    @classmethod
    def fit(
        cls,
        count: int,
        breaks: Sequence[int],
        *,
        width: int,
        reserved: int,
        thumbnail_size: int,
        caption_height: int,
        strip_height: int,
        mirrored: bool = False,
    ) -> "Grid":
        """Fill the width with as many columns as come closest to the wanted thumbnail size.

        A strip is above every row of `breaks`, which rise. Of the viewport's width, the reserved part stays unused,
        so that a scroll bar may come and go without a new layout. The caption height is what a cell is higher than
        wide.
        """
        usable = max(width - reserved - 2 * MARGIN, 1)
        columns = columns_for(width - reserved, thumbnail_size)
        cell_width = max(usable // columns, 2 * PADDING + 1)
        cell_height = cell_width + caption_height
        headed = bool(breaks) and breaks[0] == 0 and count > 0
        starts = (0, *(row for row in breaks if 0 < row < count), count)
        lines = (0, *accumulate(-(-(stop - start) // columns) for start, stop in pairwise(starts)))
        strips = range(headed, headed + len(starts))  # so many are above a block
        tops = tuple(
            MARGIN + line * cell_height + above * strip_height for line, above in zip(lines, strips, strict=True)
        )
        return cls(
            count=count,
            headed=headed,
            columns=columns,
            cell_width=cell_width,
            cell_height=cell_height,
            left=max((width - columns * cell_width) // 2, 0),
            strip_height=strip_height,
            mirrored=mirrored,
            starts=starts,
            lines=lines,
            tops=(*tops[:-1], tops[-1] - strip_height),  # nothing is below the last block
        )

    @property
    def picture_side(self) -> int:
        """Side of the square that a picture is fitted into."""
        return self.cell_width - 2 * PADDING

    @property
    def height(self) -> int:
        """Height of all content."""
        return self.tops[-1] + MARGIN

    def rect(self, row: int) -> QRect:
        """The cell of a model row."""
        line, column = self._place(row)
        if self.mirrored:
            column = self.columns - 1 - column
        x = self.left + column * self.cell_width
        return QRect(x, self._line_top(line), self.cell_width, self.cell_height)

    def strips_between(self, top: int, bottom: int) -> Iterable[tuple[int, QRect]]:
        """The strips that touch this height, each with the row that begins below it."""
        first = max(bisect_right(self.tops, top) - 1, 0)
        for block in range(first, len(self.starts) - 1):
            if block == 0 and not self.headed:
                continue
            y = self.tops[block] - self.strip_height
            if y > bottom:
                return
            if self.tops[block] > top:
                yield self.starts[block], QRect(self.left, y, self.columns * self.cell_width, self.strip_height)

    def row_at(self, point: QPoint) -> int:
        """The row whose cell contains the point, or -1."""
        line = self._line_at(point.y())
        column = (point.x() - self.left) // self.cell_width
        if not (0 <= line < self.lines[-1] and 0 <= column < self.columns) or point.y() < self._line_top(line):
            return -1
        if self.mirrored:
            column = self.columns - 1 - column
        rows = self._rows_of(line)
        return rows[column] if column < len(rows) else -1

    def rows_between(self, top: int, bottom: int) -> range:
        """All rows of the lines that touch this height."""
        first = max(self._line_at(top), 0)
        last = min(self._line_at(bottom), self.lines[-1] - 1)
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
        lines = range(max(self._line_at(area.top()), 0), min(self._line_at(area.bottom()), self.lines[-1] - 1) + 1)
        touched = (line for line in lines if self._line_top(line) <= area.bottom())
        return _joined([self._rows_of(line)[first : last + 1] for line in touched])

    def row_lines_away(self, row: int, lines: int) -> int:
        """The row so many lines below (or above, if negative), in the same column as far as there is one."""
        line, column = self._place(row)
        target = min(max(line + lines, 0), self.lines[-1] - 1)
        if target == line:
            return row
        rows = self._rows_of(target)
        return rows[min(column, len(rows) - 1)]

    def _place(self, row: int) -> tuple[int, int]:
        block = bisect_right(self.starts, row, hi=len(self.starts) - 1) - 1
        line, column = divmod(row - self.starts[block], self.columns)
        return self.lines[block] + line, column

    def _block_of(self, line: int) -> int:
        return max(bisect_right(self.lines, line, hi=len(self.lines) - 1) - 1, 0)

    def _line_top(self, line: int) -> int:
        block = self._block_of(line)
        return self.tops[block] + (line - self.lines[block]) * self.cell_height

    def _line_at(self, y: int) -> int:
        """The line at this height; a point on a strip belongs to the line below it."""
        if y < self.tops[0] - self.strip_height * self.headed:
            return -1
        block = max(bisect_right(self.tops, y, hi=len(self.tops) - 1) - 1, 0)
        line = self.lines[block] + max(y - self.tops[block], 0) // self.cell_height
        # Past the last line of a block that is not the last one there is the strip of the next.
        return min(line, self.lines[block + 1]) if block + 2 < len(self.lines) else line

    def _rows_of(self, line: int) -> range:
        block = self._block_of(line)
        start = self.starts[block] + (line - self.lines[block]) * self.columns
        return range(start, min(start + self.columns, self.starts[block + 1]))


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
