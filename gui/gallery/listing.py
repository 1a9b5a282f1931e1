"""What a gallery can show: rows of photos, with scores or without, all at hand or read as they are looked at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from PySide6.QtCore import QObject, Signal

from engine.records import Match, Photo, SearchResult
from gui.gallery.arrangement import AS_IT_COMES, Arrangement, Stacked, arrange

Photos = list[Photo]
MOST_SEARCHED = 50_000


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

    def stack(self, row: int) -> Stacked | None:
        """What this row has to do with a stack of near-identical photos."""
        return None

    def ids(self) -> Sequence[str]:
        """The ids of all photos."""
        return [self.photo_id(row) for row in range(len(self))]

    def changed_since(self, old: "Listing") -> Sequence[int]:
        """The rows of photos that were in the old listing too and look different now."""
        earlier = [old.row_of(photo_id) for photo_id in self.ids()]
        return [row for row, before in enumerate(earlier) if before >= 0 and not self._is_like(row, old, before)]

    def _is_like(self, row: int, old: "Listing", before: int) -> bool:
        return (
            self.photo(row) == old.photo(before)
            and self.match(row) == old.match(before)
            and self.stack(row) == old.stack(before)
            and self.noise_score == old.noise_score
        )

    def find(self, beginning: str, start: int) -> int:
        """The next row from `start` on, and then from the top, whose file name begins like this; -1 if none does.

        Of a very long listing only the rows that come next, because somebody waits for the answer.
        """
        wanted = beginning.casefold()
        start = min(start, len(self))
        for row in islice(chain(range(start, len(self)), range(start)), MOST_SEARCHED):
            photo = self.photo(row)
            if photo is not None and photo.path.name.casefold().startswith(wanted):
                return row
        return -1

    def want(self, rows: Sequence[range]) -> None:
        """These rows are looked at, the most urgent first; earlier wishes are forgotten. `loaded` follows."""

    def gather(self, rows: Sequence[range], done: Callable[[Photos], None]) -> None:
        """Hand over the photos of these rows in their order: at once if they are at hand, else when they are read."""
        photos = [self.photo(row) for run in rows for row in run]
        done([photo for photo in photos if photo is not None])

    @property
    def scored(self) -> bool:
        """Whether there is a score to show and to sort by."""
        return False

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


class Chosen(Listing):
    """Photos that are at hand, in an order of their own."""

    def __init__(self, photos: Sequence[Photo]) -> None:
        super().__init__()
        self._photos = list(photos)
        self._rows = {photo.id: row for row, photo in enumerate(self._photos)}

    def __len__(self) -> int:
        return len(self._photos)

    def photo_id(self, row: int) -> str:
        return self._photos[row].id

    def row_of(self, photo_id: str) -> int:
        return self._rows.get(photo_id, -1)

    def photo(self, row: int) -> Photo | None:
        return self._photos[row]


class Answer(Listing):
    """The matches of a search result, as they are arranged."""

    def __init__(self, result: SearchResult, arrangement: Arrangement = AS_IT_COMES) -> None:
        super().__init__()
        self.arranged = arrange(result, arrangement)
        self._result = result
        self._ids = [match.photo.id for match in self.arranged.matches]
        self._rows: dict[str, int] | None = None

    def __len__(self) -> int:
        return len(self._ids)

    def photo_id(self, row: int) -> str:
        return self._ids[row]

    def ids(self) -> Sequence[str]:
        return self._ids

    def row_of(self, photo_id: str) -> int:
        if self._rows is None:
            self._rows = {photo_id: row for row, photo_id in enumerate(self._ids)}
        return self._rows.get(photo_id, -1)

    def changed_since(self, old: Listing) -> Sequence[int]:
        """Of the same answer in another arrangement only the marks of stacks can have changed."""
        if not isinstance(old, Answer) or old._result is not self._result:
            return super().changed_since(old)
        before, now = old.arranged.stacks, self.arranged.stacks
        marked = before.keys() ^ now.keys() | {one for one, mark in now.items() if before.get(one) != mark}
        return sorted(row for one in marked if old.row_of(one) >= 0 and (row := self.row_of(one)) >= 0)

    def photo(self, row: int) -> Photo | None:
        return self.arranged.matches[row].photo

    def match(self, row: int) -> Match | None:
        return self.arranged.matches[row]

    def stack(self, row: int) -> Stacked | None:
        return self.arranged.stacks.get(self._ids[row])

    @property
    def scored(self) -> bool:
        return True

    @property
    def noise_row(self) -> int | None:
        return self.arranged.noise_row

    @property
    def noise_score(self) -> float:
        return self._result.chance_below
