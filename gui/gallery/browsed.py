"""The library itself as a listing: ids at once, photos page by page as they are looked at."""

from collections import OrderedDict
from collections.abc import Callable, Sequence

from engine.browsing import Contents
from engine.records import Photo
from gui.gallery.listing import Listing, Section

PAGE = 128
"""Photos that are read together: a screen or two."""
PAGES_KEPT = 64

Found = dict[str, Photo]
Read = Callable[[Sequence[str], Callable[[Found], None]], None]
"""Reads photos by their ids and hands them over later; what is gone is left out."""


class Browsed(Listing):
    """Reads one page at a time; whoever scrolls on has the newest wish read next, and no page that was flown over."""

    def __init__(self, contents: Contents, read: Read, sections: Sequence[Section] = ()) -> None:
        super().__init__()
        self.contents = contents
        self._read = read
        self._sections = sections
        self._pages: OrderedDict[int, list[Photo | None]] = OrderedDict()  # least recently wanted first
        self._wanted: list[int] = []
        self._reading: int | None = None

    def __len__(self) -> int:
        return len(self.contents)

    def photo_id(self, row: int) -> str:
        return self.contents.id_at(row)

    def row_of(self, photo_id: str) -> int:
        return self.contents.place_of(photo_id)

    def photo(self, row: int) -> Photo | None:
        page = self._pages.get(row // PAGE)
        return page[row % PAGE] if page is not None else None

    def want(self, rows: Sequence[range]) -> None:
        pages = dict.fromkeys(page for run in rows if run for page in range(run[0] // PAGE, run[-1] // PAGE + 1))
        for page in reversed(pages):
            if page in self._pages:
                self._pages.move_to_end(page)
        self._wanted = [page for page in pages if page not in self._pages and page != self._reading]
        self._read_next()

    def find(self, beginning: str, start: int) -> int:
        """Only among the photos that have been read: nobody waits while a million are."""
        wanted = beginning.casefold()
        read = sorted(row for page in self._pages for row in self._rows(page))
        for row in [*(row for row in read if row >= start), *(row for row in read if row < start)]:
            photo = self.photo(row)
            if photo is not None and photo.path.name.casefold().startswith(wanted):
                return row
        return -1

    def gather(self, rows: Sequence[range], done: Callable[[list[Photo]], None]) -> None:
        at_hand = [photo for run in rows for row in run if (photo := self.photo(row)) is not None]
        if len(at_hand) == sum(map(len, rows)):
            done(at_hand)
            return
        ids = [photo_id for run in rows for photo_id in self.contents.ids_at(run)]
        self._read(ids, lambda found: done([found[photo_id] for photo_id in ids if photo_id in found]))

    @property
    def sections(self) -> Sequence[Section]:
        return self._sections

    def _read_next(self) -> None:
        if self._reading is not None or not self._wanted:
            return
        page = self._reading = self._wanted.pop(0)
        ids = self.contents.ids_at(self._rows(page))
        self._read(ids, lambda found: self._take(page, ids, found))

    def _take(self, page: int, ids: Sequence[str], found: Found) -> None:
        self._reading = None
        self._pages[page] = [found.get(photo_id) for photo_id in ids]
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        rows = self._rows(page)
        self.loaded.emit(rows[0], rows[-1])
        self._read_next()

    def _rows(self, page: int) -> range:
        return range(page * PAGE, min((page + 1) * PAGE, len(self)))
