"""Named sets of photos."""

import pytest

from engine.errors import BadRequestError, NotFoundError


@pytest.fixture
def collections(shelf):
    return shelf.catalog.collections


def names(collections) -> list[str]:
    return [one.name for one in collections.list()]


def test_collections_are_listed_by_name_whatever_its_capitals(collections):
    for name in ("walks", "  Älps  2024 ", "Beach", "beach hats"):
        collections.create(name)
    assert names(collections) == ["Beach", "beach hats", "walks", "Älps 2024"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "a\x07b", "caf\udce9"])
def test_a_name_must_be_one(collections, name):
    with pytest.raises(BadRequestError, match="needs a name"):
        collections.create(name)


def test_names_are_unlike(collections):
    beach = collections.create("Beach")
    with pytest.raises(BadRequestError, match="There is a collection “Beach” already"):
        collections.create("bEACH ")
    walks = collections.create("Walks")
    with pytest.raises(BadRequestError, match="already"):
        collections.rename(walks.id, "BEACH")
    collections.rename(beach.id, "BEACH")
    assert names(collections) == ["BEACH", "Walks"]
    assert collections.named(" beach").id == beach.id


def test_photos_go_in_and_out_and_each_call_says_what_changed(collections):
    beach = collections.create("Beach", [b"a", b"b", b"", b"a"])
    assert (beach.photos, beach.present) == (2, 0)
    assert collections.add(beach.id, [b"b", b"c", b"d"]) == [b"c", b"d"]
    assert collections.remove(beach.id, [b"a", b"zz", b"c"]) == [b"a", b"c"]
    assert collections.contents(beach.id) == {b"b", b"d"}
    assert collections.get(beach.id).photos == 2


def test_what_is_present_counts_contents_that_can_be_searched(shelf, collections):
    shelf.add("a.jpg", content="one")
    shelf.add("copy.jpg", content="one")
    shelf.add("b.jpg", content="two")
    beach = collections.create("Beach", [b"one", b"two", b"elsewhere"])
    assert (beach.photos, beach.present) == (3, 2)
    shelf.vanish("b.jpg")
    assert collections.get(beach.id).present == 1


def test_it_is_known_which_collections_hold_photos_and_how_many(collections):
    beach = collections.create("Beach", [b"a" * 32, b"b" * 32])
    walks = collections.create("Walks", [b"b" * 32])
    collections.create("Empty")
    assert collections.holding([b"a" * 32, b"b" * 32, b"b" * 32, b"c" * 32]) == {beach.id: 2, walks.id: 1}
    many = [bytes([n % 256, n // 256]) * 16 for n in range(2_000)]
    collections.add(walks.id, many)
    assert collections.holding(many) == {walks.id: 2_000}
    assert collections.holding([]) == {}


def test_a_deleted_collection_comes_back_whole(collections):
    beach = collections.create("Beach", [b"a", b"b"])
    deleted = collections.delete(beach.id)
    assert names(collections) == []
    assert collections.contents(beach.id) == set()
    collections.restore(deleted)
    assert collections.list() == [beach]
    assert collections.contents(beach.id) == {b"a", b"b"}


def test_a_deleted_collection_does_not_take_a_name_from_another(collections):
    deleted = collections.delete(collections.create("Beach").id)
    collections.create("beach")
    with pytest.raises(BadRequestError, match="already"):
        collections.restore(deleted)


def test_what_is_not_there_is_a_sentence(collections):
    with pytest.raises(NotFoundError, match="no collection “x”"):
        collections.named("x")
    for call in (collections.get, collections.delete):
        with pytest.raises(NotFoundError):
            call("nope")
    for call in (collections.add, collections.remove):
        with pytest.raises(NotFoundError):
            call("nope", [b"a"])
    with pytest.raises(NotFoundError):
        collections.rename("nope", "a")


def test_collections_are_written_through_to_the_disk_and_noticed(shelf, collections):
    before = shelf.catalog.generation()
    collections.create("Beach")
    assert shelf.catalog._database._writer.execute("PRAGMA synchronous").fetchone() == (2,)
    assert shelf.catalog.generation() > before
