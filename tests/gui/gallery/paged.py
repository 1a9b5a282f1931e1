"""A listing that is read as it is looked at, as a library of a million photos is."""

from collections.abc import Callable, Sequence

from engine.records import Photo
from gui.gallery.listing import Listing, Section


class Paged(Listing):
    """Photos p0, p1, ... (or from `first` on), each of which can be had once it has arrived."""

    def __init__(
        self, count: int, make_photo: Callable[[str], Photo], first: int = 0, sections: Sequence[Section] = ()
    ) -> None:
        super().__init__()
        self._count, self._make_photo, self._first, self._sections = count, make_photo, first, sections
        self._arrived: dict[int, Photo] = {}
        self.wanted: list[range] = []

    def arrive(self, rows: range) -> None:
        """What a worker has read is here."""
        self._arrived |= {row: self._make_photo(self.photo_id(row)) for row in rows}
        self.loaded.emit(rows.start, rows.stop - 1)

    def __len__(self) -> int:
        return self._count

    def photo_id(self, row: int) -> str:
        return f"p{row + self._first}"

    def row_of(self, photo_id: str) -> int:
        row = int(photo_id[1:]) - self._first
        return row if 0 <= row < self._count else -1

    def photo(self, row: int) -> Photo | None:
        return self._arrived.get(row)

    def want(self, rows: Sequence[range]) -> None:
        self.wanted = list(rows)

    @property
    def sections(self) -> Sequence[Section]:
        return self._sections
