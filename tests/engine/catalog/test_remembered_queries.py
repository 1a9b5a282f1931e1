"""The history: every query comes back as it was asked, even when its files are gone."""

import os
import time
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest

from engine.catalog.history import RememberedPicture
from engine.errors import NotFoundError
from engine.filters import Filters
from engine.records import Match, Mode, Photo, PhotoState, Query, QueryPicture, Region
from tests.engine.shelf import unit_vectors


@pytest.fixture
def history(shelf):
    return shelf.catalog.history


def remembered(number: int = 0, title: str = "a.jpg") -> RememberedPicture:
    hashes = tuple((2**64 - 1 - number * 97 * bit) % 2**64 for bit in range(8))
    return RememberedPicture(title, b"\xff\xd8 jpeg %d" % number, unit_vectors(1, seed=number)[0], hashes, "identity")


def match(rank: int, distance: float = 0.25) -> Match:
    photo = Photo(f"photo {rank}", Path("/p"), "root", 1, datetime(2024, 1, 1), PhotoState.INDEXED)
    return Match(photo, distance, 0.5, rank)


def simple(path: str = "/photos/a.jpg") -> Query:
    return Query((QueryPicture(Path(path)),))


def ask(history, query: Query | None = None, matches: int = 0) -> str:
    query = query or simple()
    pictures = [remembered(number) for number in range(len(query.pictures))]
    return history.add(query, pictures, [match(rank + 1, rank / 7) for rank in range(matches)], "tiny")


FULL = Query(
    pictures=(
        QueryPicture(Path("/photos/a.jpg"), region=Region(0.1, 0.2, 0.3, 0.4), weight=0.75),
        QueryPicture(Path("/photos/b.jpg"), weight=-0.5),
        QueryPicture(Path("/photos/c.jpg")),
    ),
    mode=Mode.COPIES,
    filters=Filters((Path("/photos/2024"),), (), date(2024, 1, 2), date(2024, 12, 31), "Größe X", min_score=0.875),
    k=17,
    exact=True,
)


def test_every_field_of_a_query_comes_back(history):
    before = datetime.now()
    entry = history.get(ask(history, FULL, matches=3))
    assert entry.query == FULL
    assert before <= entry.when <= datetime.now()
    assert (entry.titles, entry.model, entry.match_count, entry.pinned) == (("a.jpg",) * 3, "tiny", 3, False)
    assert history.list() == [entry]


def test_a_query_without_anything_special_comes_back_too(history):
    assert history.get(ask(history)).query == simple()


REGIONS = [
    (1 / 3, 1 / 7, 2 / 3, 6 / 7),
    (0.1234565, 0, 0.8765435, 1),  # six digits each would add up to more than 1
    (1e-7, 0, 1e-7, 1),
    (np.float64(0.1), np.float32(0.5), np.float64(0.2), np.float32(0.25)),
]


@pytest.mark.parametrize("sides", REGIONS)
def test_a_region_comes_back_to_the_last_digit(history, sides):
    query = Query((QueryPicture(Path("/a.jpg"), region=Region(*sides)),))
    (entry,) = [history.get(ask(history, query))]
    assert entry.query.pictures[0].region == query.pictures[0].region


def test_names_that_are_not_utf_8_come_back(history):
    odd = Path(os.fsdecode(b"/photos/sn\xf6.jpg"))
    folder = Path(os.fsdecode(b"/photos/\xff"))
    query = Query((QueryPicture(odd),), filters=Filters(folders=(folder,)))
    entry = history.get(history.add(query, [remembered(title=odd.name)], [], "tiny"))
    assert entry.query.pictures[0].path == odd
    assert entry.query.filters.folders == (folder,)
    assert entry.titles[0].startswith("sn")


def test_a_pasted_picture_comes_back_as_one_without_a_file(history):
    query = Query((QueryPicture(data=b"png"), QueryPicture(Path("https:/example.org/a.jpg"), data=b"jpeg")))
    pasted = [remembered(0, "pasted picture"), remembered(1, "from a page")]
    entry = history.get(history.add(query, pasted, [], "tiny"))
    assert entry.titles == ("pasted picture", "from a page")
    assert [picture.path for picture in entry.query.pictures] == [None, Path("https:/example.org/a.jpg")]
    assert history.picture(entry.id, 0) == pasted[0].thumbnail
    assert history.picture(entry.id, 1) == pasted[1].thumbnail


def test_vectors_hashes_and_thumbnails_come_back_exactly_and_in_order(history):
    pictures = [remembered(number, f"{number}.jpg") for number in range(3)]
    back = history.remembered(history.add(FULL, pictures, [], "tiny"))
    for ours, theirs in zip(pictures, back, strict=True):
        assert theirs.vector.dtype == np.float32
        assert theirs.vector.tolist() == ours.vector.tolist()
        assert (theirs.hashes, theirs.thumbnail, theirs.title) == (ours.hashes, ours.thumbnail, ours.title)
        assert theirs.model_identity == "identity"


def test_the_result_is_remembered_in_order_of_rank(history):
    entry_id = history.add(simple(), [remembered()], [match(2, 0.5), match(1, 1 / 3), match(3, 0.6)], "tiny")
    assert list(history.snapshot(entry_id).items()) == [("photo 1", 1 / 3), ("photo 2", 0.5), ("photo 3", 0.6)]


def test_pinned_queries_come_first_and_each_group_newest_first(history):
    ids = [ask(history) for _ in range(5)]
    history.pin(ids[1])
    history.pin(ids[3])
    assert [entry.id for entry in history.list()] == [ids[3], ids[1], ids[4], ids[2], ids[0]]
    assert [entry.pinned for entry in history.list()] == [True, True, False, False, False]
    history.pin(ids[3], pinned=False)
    assert [entry.id for entry in history.list()] == [ids[1], ids[4], ids[3], ids[2], ids[0]]


def test_queries_of_the_same_moment_are_newest_first_too(history, monkeypatch):
    monkeypatch.setattr(time, "time", lambda: 1_700_000_000.0)
    ids = [ask(history) for _ in range(5)]
    assert [entry.id for entry in history.list()] == ids[::-1]


def test_a_query_that_is_run_again_is_the_newest_with_its_new_answer(history):
    first, second = ask(history, FULL, matches=3), ask(history)
    history.update(first, [remembered(number + 5) for number in range(3)], [match(1)], "another model")
    entry = history.list()[0]
    assert entry.id == first
    assert entry.query == FULL
    assert (entry.model, entry.match_count) == ("another model", 1)
    assert list(history.snapshot(first)) == ["photo 1"]
    assert history.picture(first, 2) == remembered(7).thumbnail
    assert history.picture(second) == remembered(0).thumbnail


def test_a_deleted_query_is_off_the_list_until_it_is_restored(history):
    kept, deleted = ask(history), ask(history, matches=2)
    history.delete(deleted)
    assert [entry.id for entry in history.list()] == [kept]
    with pytest.raises(NotFoundError):
        history.get(deleted)
    history.restore(deleted)
    assert [entry.id for entry in history.list()] == [deleted, kept]
    assert history.get(deleted).match_count == 2


def test_purging_forgets_deleted_queries_and_their_pictures_for_good(history):
    kept, deleted = ask(history), ask(history, matches=2)
    history.delete(deleted)
    history.purge()
    with pytest.raises(NotFoundError):
        history.restore(deleted)
    assert history.snapshot(deleted) == {}
    assert history.remembered(deleted) == []
    assert [entry.id for entry in history.list()] == [kept]


def test_several_are_deleted_and_restored_together_or_not_at_all(history):
    first, second, third = (ask(history, matches=1) for _ in range(3))
    with pytest.raises(NotFoundError):
        history.delete(first, "unknown")
    assert len(history.list()) == 3
    history.delete(first, second)
    assert [entry.id for entry in history.list()] == [third]
    history.restore(first, second)
    history.pin(first, third)
    assert [entry.id for entry in history.list()] == [third, first, second]


def test_clearing_spares_pinned_queries_and_says_which_went(history):
    ids = [ask(history, matches=1) for _ in range(4)]
    history.pin(ids[2])
    history.delete(ids[0])
    assert set(history.clear()) == {ids[1], ids[3]}, "those that were on the list"
    assert [entry.id for entry in history.list()] == [ids[2]]


def test_what_was_cleared_comes_back_until_it_is_purged(history):
    kept, cleared = ask(history, matches=1), ask(history, matches=2)
    history.pin(kept)
    history.restore(*history.clear())
    assert history.get(cleared).match_count == 2
    history.clear()
    history.purge()
    assert history.snapshot(cleared) == {}
    with pytest.raises(NotFoundError):
        history.restore(cleared)


CALLS = ["get", "pin", "delete", "restore", "picture"]


@pytest.mark.parametrize("call", CALLS)
def test_an_unknown_query_is_a_sentence(history, call):
    ask(history)
    with pytest.raises(NotFoundError, match=r"There is no query unknown in the history\.") as caught:
        getattr(history, call)("unknown")
    assert "history list" in caught.value.hint


def test_what_makes_no_sense_twice_is_refused(history):
    entry_id = ask(history)
    with pytest.raises(NotFoundError):
        history.restore(entry_id)
    history.delete(entry_id)
    for call in (history.delete, history.pin):
        with pytest.raises(NotFoundError):
            call(entry_id)
    with pytest.raises(NotFoundError):
        history.update(entry_id, [remembered()], [], "tiny")


def test_a_picture_the_query_does_not_have_is_a_sentence(history):
    entry_id = ask(history)
    with pytest.raises(NotFoundError):
        history.picture(entry_id, 1)


def test_a_query_is_remembered_as_a_whole_or_not_at_all(history):
    with pytest.raises(Exception, match="UNIQUE"):
        history.add(simple(), [remembered()], [match(1), match(1)], "tiny")
    assert history.list() == []


def test_the_history_survives_the_roots(shelf, history):
    entry_id = ask(history, matches=2)
    shelf.catalog.roots.remove(shelf.root.id)
    assert history.get(entry_id).match_count == 2


@pytest.mark.alone
def test_five_hundred_queries_are_listed_at_once(history):
    pictures = [RememberedPicture("a.jpg", bytes(10_000), unit_vectors(1)[0], (0,) * 8, "identity")]
    matches = [match(rank + 1) for rank in range(50)]
    for _ in range(500):
        history.add(simple(), pictures, matches, "tiny")
    started = time.perf_counter()
    assert len(history.list()) == 500
    assert time.perf_counter() - started < 0.3


def test_a_title_of_ones_own(history):
    entry = ask(history)
    history.rename(entry, "  Beach houses ")
    assert history.get(entry).title == "Beach houses"
    assert history.get(entry).titles == ("a.jpg",)
    history.rename(entry, "")
    assert history.get(entry).title == ""
    with pytest.raises(NotFoundError):
        history.rename("nowhere", "x")


def test_a_title_may_hold_anything(history):
    entry = ask(history)
    history.rename(entry, "caf\udce9 \U0001f3d6")
    assert history.get(entry).title == "caf\ufffd \U0001f3d6"


def test_how_many_matches_were_new_is_remembered(history):
    query = simple()
    entry = history.add(query, [remembered()], [match(1)], "tiny")
    assert history.get(entry).new_count == 0
    new = [replace(match(rank), new=rank > 1) for rank in (1, 2, 3)]
    history.update(entry, [remembered()], new, "tiny")
    assert (history.get(entry).match_count, history.get(entry).new_count) == (3, 2)


def test_entries_that_did_not_change_are_the_same_objects_again(shelf):
    history = shelf.catalog.history
    picture = RememberedPicture("a.jpg", b"jpeg", np.zeros(2, dtype=np.float32), (1,) * 8, "tiny")
    kept, named, gone = (
        history.add(Query((QueryPicture(path=Path(f"/{name}.jpg")),)), [picture], [], "tiny") for name in "abc"
    )
    before = {entry.id: entry for entry in history.list()}
    history.rename(named, "renamed")
    history.delete(gone)
    now = {entry.id: entry for entry in history.list()}
    assert now[kept] is before[kept]
    assert now[named].title == "renamed"
    assert gone not in now
    history.restore(gone)
    assert {entry.id: entry for entry in history.list()}[gone] == before[gone]
