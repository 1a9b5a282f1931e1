"""What is missing from the search, why, and another try."""

import pytest

from engine.catalog.coverage import OFFLINE, WAITING, WITHOUT_EMBEDDING
from engine.reason_kinds import RETRIED, ReasonKind
from engine.records import PhotoState
from tests.engine.shelf import Shelf


@pytest.fixture
def shelf(tmp_path):
    made = Shelf(tmp_path)
    yield made
    made.catalog.close()


def unreadable(shelf, *paths, reason="The file is empty."):
    shelf.record(*paths)
    batch = shelf.updates.transaction()
    for key in shelf.keys(*paths):
        batch.unreadable(key, reason, None)
    batch.commit()


def rest(shelf):
    return {str(file.path.relative_to(shelf.photos)): file.reason for file in shelf.catalog.coverage.rest()}


def test_every_reason_is_told(shelf):
    shelf.add("good.jpg")
    shelf.record("new.jpg")
    shelf.record("letter.txt", reason="This is a text.")
    unreadable(shelf, "cut.jpg")
    shelf.add("other.jpg", model=shelf.embeddings.add_model("other", "other", 32))
    assert rest(shelf) == {
        "cut.jpg": "The file is empty.",
        "letter.txt": "This is a text.",
        "new.jpg": WAITING,
        "other.jpg": WITHOUT_EMBEDDING,
    }


def test_every_file_has_a_kind_of_reason(shelf):
    shelf.record("new.jpg")
    shelf.record("letter.txt", reason="not a photo")
    unreadable(shelf, "cut.jpg")
    unreadable(shelf, "big.jpg", reason="The picture has 400 megapixels; the limit is 300.")
    shelf.add("other.jpg", model=shelf.embeddings.add_model("other", "other", 32))
    assert {file.path.name: file.kind for file in shelf.catalog.coverage.rest()} == {
        "new.jpg": ReasonKind.WAITING,
        "letter.txt": ReasonKind.IGNORED,
        "cut.jpg": ReasonKind.EMPTY,
        "big.jpg": ReasonKind.LIMITS,
        "other.jpg": ReasonKind.EMBEDDING,
    }
    assert [file.kind for file in shelf.catalog.photos.skipped()] == [
        ReasonKind.LIMITS, ReasonKind.EMPTY, ReasonKind.IGNORED,
    ]  # fmt: skip


def test_unread_photos_are_found_by_kind_and_folder(shelf):
    def unread(kinds, *folders):
        found = shelf.catalog.coverage.unread(kinds, [shelf.photos / folder for folder in folders])
        return [file.path.name for file in found]

    unreadable(shelf, "cut.jpg", "old/cut2.jpg")
    unreadable(shelf, "old/big.jpg", reason="The picture has 400 megapixels; the limit is 300.")
    shelf.record("letter.txt", reason="not a photo")
    assert unread(RETRIED) == ["cut.jpg", "big.jpg", "cut2.jpg"]
    assert unread([ReasonKind.EMPTY]) == ["cut.jpg", "cut2.jpg"]
    assert unread([ReasonKind.EMPTY, ReasonKind.LIMITS], "old") == ["big.jpg", "cut2.jpg"]
    assert unread([ReasonKind.IGNORED]) == []


def test_the_rest_and_the_searchable_are_all_there_is(shelf):
    shelf.add_many_ids = [shelf.add(f"{n}.jpg") for n in range(3)]
    unreadable(shelf, "cut.jpg")
    shelf.record("new.jpg")
    counts = shelf.catalog.photos.counts(shelf.model.key)
    left = [file for file in shelf.catalog.coverage.rest() if file.state is not PhotoState.IGNORED]
    assert counts.searchable + len(left) == counts.photos


def test_what_waits_on_a_drive_that_is_not_connected_says_so(shelf):
    shelf.record("new.jpg")
    unreadable(shelf, "cut.jpg")
    shelf.photos.rmdir()
    assert rest(shelf) == {"cut.jpg": "The file is empty.", "new.jpg": OFFLINE}
    assert ReasonKind.OFFLINE in {file.kind for file in shelf.catalog.coverage.rest()}


def test_one_photo_is_tried_again(shelf):
    unreadable(shelf, "a.jpg", "b.jpg")
    assert shelf.catalog.coverage.retry([shelf.photo("a.jpg").id]) == 1
    assert shelf.pending() == ["a.jpg"]
    assert rest(shelf) == {"a.jpg": WAITING, "b.jpg": "The file is empty."}


def test_all_are_tried_again_but_nothing_else(shelf):
    shelf.add("good.jpg")
    shelf.record("letter.txt", reason="This is a text.")
    unreadable(shelf, "a.jpg", "b.jpg")
    assert shelf.catalog.coverage.retry() == 2
    assert shelf.pending() == ["a.jpg", "b.jpg"]
    assert shelf.catalog.coverage.retry([shelf.photo("good.jpg").id, shelf.photo("letter.txt").id, "nobody"]) == 0


def test_thousands_may_be_named(shelf):
    unreadable(shelf, *(f"{number}.jpg" for number in range(2000)))
    ids = [file.id for file in shelf.catalog.coverage.rest()]
    assert shelf.catalog.coverage.retry(ids) == 2000
