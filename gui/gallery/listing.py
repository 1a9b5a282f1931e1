"""What a gallery can show: rows of photos, with scores or without, all at hand or read as they are looked at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from engine.records import Match, Photo, SearchResult

Photos = list[Photo]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading above a row, such as a day above its first photo.

    Attributes:
        first: the row that begins a new line below the heading.
    """

    first: int
    title: str


class Listing(QObject):
    """Rows of photos in an order. The number of rows and the id of each never change; another order is another listing.

    A subclass that has every photo at hand overrides `__len__`, `photo_id`, `row_of` and `photo`. One that reads its
    photos as they are looked at also overrides `want` and `gather`, and answers None from `photo` until it has one.

    Signals:
        loaded(int, int): the photos from one row to another, both included, can be had now.
    """

    loaded = Signal(int, int)

    def __len__(self) -> int:
        raise NotImplementedError

    def photo_id(self, row: int) -> str:
        """The id of a row's photo, known from the beginning."""
        raise NotImplementedError

    def row_of(self, photo_id: str) -> int:
        """The row of a photo, or -1."""
        raise NotImplementedError

    def photo(self, row: int) -> Photo | None:
        """The photo of a row; None while it is read."""
        raise NotImplementedError

    def match(self, row: int) -> Match | None:
        """The photo with its score, if this listing answers a query."""
        return None

    def want(self, rows: Sequence[range]) -> None:
        """These rows are looked at, the most urgent first; earlier wishes are forgotten. `loaded` follows."""

    def gather(self, rows: Sequence[range], done: Callable[[Photos], None]) -> None:
        """Hand over the photos of these rows in their order: at once if they are at hand, else when they are read."""
        photos = [self.photo(row) for run in rows for row in run]
        done([photo for photo in photos if photo is not None])

    @property
    def sections(self) -> Sequence[Section]:
        """Headings, from the top."""
        return ()

    @property
    def noise_row(self) -> int | None:
        """The first row that is as near as chance is; None if there is none, or if the rows are not sorted by score."""
        return None

    @property
    def noise_score(self) -> float:
        """The score below which a match is as near as chance is."""
        return 0.0


class Nothing(Listing):
    """No rows."""

    def __len__(self) -> int:
        return 0

    def row_of(self, photo_id: str) -> int:
        return -1


class Answer(Listing):
    """The matches of a search result, in its order."""

    def __init__(self, result: SearchResult) -> None:
        super().__init__()
        self._matches = result.matches
        self._noise_score = result.noise_score
        self._noise_row = _first_noise_row(self._matches, result.noise_score)
        self._rows: dict[str, int] | None = None

    def __len__(self) -> int:
        return len(self._matches)

    def photo_id(self, row: int) -> str:
        return self._matches[row].photo.id

    def row_of(self, photo_id: str) -> int:
        if self._rows is None:
            self._rows = {match.photo.id: row for row, match in enumerate(self._matches)}
        return self._rows.get(photo_id, -1)

    def photo(self, row: int) -> Photo | None:
        return self._matches[row].photo

    def match(self, row: int) -> Match | None:
        return self._matches[row]

    @property
    def noise_row(self) -> int | None:
        return self._noise_row

    @property
    def noise_score(self) -> float:
        return self._noise_score


def _first_noise_row(matches: Sequence[Match], noise_score: float) -> int | None:
    first = next((row for row, match in enumerate(matches) if match.score < noise_score), None)
    if first is None or any(matches[row].score >= noise_score for row in range(first + 1, len(matches))):
        return None
    return first
