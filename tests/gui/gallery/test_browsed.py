"""A library that is read as it is looked at: by page, the newest wish first, and no more than is needed."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from pytestqt.modeltest import ModelTester

from engine.browsing import Contents, Run
from engine.records import Photo
from gui.gallery.browsed import PAGE, PAGES_KEPT, Browsed
from gui.gallery.listing import Section
from gui.gallery.model import GalleryModel

Photos = dict[str, Photo]


class Shelf:
    """Reads photos when it is told to."""

    def __init__(self, make_photo: Callable[[str], Photo]) -> None:
        self._make_photo = make_photo
        self.asked: list[tuple[Sequence[str], Callable[[Photos], None]]] = []
        self.gone: set[str] = set()

    def read(self, ids: Sequence[str], done: Callable[[Photos], None]) -> None:
        self.asked.append((ids, done))

    def answer(self) -> Sequence[str]:
        ids, done = self.asked.pop(0)
        done({photo_id: self._make_photo(photo_id) for photo_id in ids if photo_id not in self.gone})
        return ids


def contents(count: int, first: int = 0) -> Contents:
    return Contents(np.array([f"p{number:07}" for number in range(first, first + count)], dtype="S36"))


@pytest.fixture
def shelf(make_photo: Callable[[str], Photo]) -> Shelf:
    return Shelf(make_photo)


def test_ids_are_known_before_any_photo_is_read(shelf: Shelf, qapp: object) -> None:
    listing = Browsed(contents(1000), shelf.read, [Section(0, "June")])
    assert (len(listing), listing.photo_id(999), listing.row_of("p0000500")) == (1000, "p0000999", 500)
    assert (listing.row_of("unknown"), listing.photo(0), listing.sections[0].title) == (-1, None, "June")
    assert shelf.asked == []


def test_the_newest_wish_is_read_next_and_what_was_flown_over_never(shelf: Shelf, qapp: object) -> None:
    listing = Browsed(contents(100 * PAGE), shelf.read)
    heard: list[tuple[int, int]] = []
    listing.loaded.connect(lambda *rows: heard.append(rows))
    listing.want([range(0, 10)])
    for page in (3, 7, 50):
        listing.want([range(page * PAGE, page * PAGE + 10)])
    assert len(shelf.asked) == 1, "one page at a time"
    shelf.answer()
    shelf.answer()
    assert shelf.asked == []
    assert heard == [(0, PAGE - 1), (50 * PAGE, 51 * PAGE - 1)]
    assert listing.photo(50 * PAGE).id == f"p{50 * PAGE:07}"
    assert listing.photo(3 * PAGE) is None


def test_no_more_pages_are_kept_than_some(shelf: Shelf, qapp: object) -> None:
    listing = Browsed(contents(200 * PAGE), shelf.read)
    for page in range(100):
        listing.want([range(page * PAGE, page * PAGE + 1)])
        shelf.answer()
    assert sum(listing.photo(row) is not None for row in range(len(listing))) == PAGES_KEPT * PAGE
    assert listing.photo(0) is None
    listing.want([range(0, 1)])
    shelf.answer()
    assert listing.photo(0) is not None


def test_photos_that_are_gone_by_now_are_left_out(shelf: Shelf, qapp: object) -> None:
    listing = Browsed(contents(5), shelf.read)
    shelf.gone = {"p0000001"}
    gathered: list[list[Photo]] = []
    listing.gather([range(0, 3)], gathered.append)
    shelf.answer()
    assert [photo.id for photo in gathered[0]] == ["p0000000", "p0000002"]
    listing.want([range(0, 5)])
    shelf.answer()
    assert listing.photo(1) is None
    listing.gather([range(2, 4)], gathered.append)
    assert shelf.asked == [], "they are at hand"
    assert [photo.id for photo in gathered[1]] == ["p0000002", "p0000003"]


def test_names_are_found_among_what_has_been_read(shelf: Shelf, qapp: object) -> None:
    listing = Browsed(contents(3 * PAGE), shelf.read)
    assert listing.find("p00", 0) == -1
    listing.want([range(PAGE, PAGE + 1)])
    shelf.answer()
    assert listing.find("p0000130", 0) == 130
    assert listing.find("P0000130", 131) == 130
    assert listing.find("p0000001", 0) == -1


def test_it_keeps_the_rules_of_qt_models(model: GalleryModel, shelf: Shelf, qtmodeltester: ModelTester) -> None:
    first = Browsed(contents(300), shelf.read)
    model.show(first)
    first.want([range(0, 10)])
    shelf.answer()
    qtmodeltester.check(model)
    model.show(Browsed(contents(400, first=100), shelf.read), keep=True)
    assert model.row_of("p0000250") == 150


def test_contents_from_the_end_keep_their_runs() -> None:
    rising = Contents(contents(5).ids, (Run(0, "a"), Run(2, "b")))
    falling = rising.reversed()
    assert (falling.id_at(0), falling.runs) == ("p0000004", (Run(0, "b"), Run(3, "a")))
    assert falling.reversed() == rising
