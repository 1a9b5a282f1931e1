"""Pairs to compare one after the other: both pictures change with the row."""

from collections.abc import Sequence

from engine.records import Photo
from gui.gallery.listing import Listing
from gui.viewers.sides import Side


class Pairs(Listing):
    """Rows of two pictures; the photo of a row is the second of them.

    Args:
        pairs: what stays, and what is compared with it, by an id of the row.
    """

    def __init__(self, pairs: Sequence[tuple[str, Side, Side]]) -> None:
        super().__init__()
        self._pairs = list(pairs)
        self._rows = {row_id: row for row, (row_id, _, _) in enumerate(self._pairs)}

    def __len__(self) -> int:
        return len(self._pairs)

    def photo_id(self, row: int) -> str:
        return self._pairs[row][0]

    def row_of(self, photo_id: str) -> int:
        return self._rows.get(photo_id, -1)

    def photo(self, row: int) -> Photo | None:
        return self.sides(row)[1].photo

    def sides(self, row: int) -> tuple[Side, Side]:
        """The two pictures of a row."""
        _, stays, changes = self._pairs[row]
        return stays, changes
