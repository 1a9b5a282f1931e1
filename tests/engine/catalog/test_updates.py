"""What an indexing run writes: the work list survives, and no photo ever gets another one's embedding."""

from dataclasses import replace

import numpy as np
import pytest

from engine.catalog.catalog import Catalog
from engine.records import PhotoState
from tests.engine.shelf import NOON, facts, found, unit_vectors

LATER = NOON + 10**9


def commit(shelf, *outcomes) -> None:
    """Write outcomes, each a method's name and its arguments, in one transaction."""
    batch = shelf.updates.transaction()
    for name, *arguments in outcomes:
        getattr(batch, name)(*arguments)
    batch.commit()


def state(shelf, path) -> PhotoState | None:
    photo = shelf.photo(path)
    return photo and photo.state


def change(shelf, path, **file) -> None:
    """Let a scan find this file changed."""
    shelf.updates.record_scan(shelf.scope, changed=[(shelf.key(path), found(path, **{"modified_ns": LATER, **file}))])


def rows(shelf) -> int:
    (count,) = shelf.updates._database.row("SELECT count(*) FROM photos")
    return count


def test_new_files_wait_and_other_files_are_ignored_with_their_reason(shelf):
    shelf.record("a.jpg", "sub/b.jpg")
    shelf.record("film.mov", reason="A video, not a photo.")
    assert shelf.pending() == ["a.jpg", "sub/b.jpg"]
    assert state(shelf, "a.jpg") is PhotoState.PENDING
    assert state(shelf, "film.mov") is PhotoState.IGNORED
    assert shelf.photo("film.mov").reason == "A video, not a photo."
    known = shelf.updates.known(shelf.scope, b"")
    assert set(known) == {b"a.jpg", b"film.mov"}
    assert (known[b"a.jpg"].size, known[b"a.jpg"].modified_ns, known[b"a.jpg"].pending) == (1000, NOON, True)
    assert shelf.updates.folders(shelf.scope) == {b"", b"sub"}


def test_the_work_list_survives_a_crash(shelf, tmp_path):
    shelf.record("a.jpg", "b.jpg", "c.jpg")
    commit(shelf, ("unreadable", shelf.key("b.jpg"), "It is damaged.", None))
    again = Catalog(tmp_path / "catalog.db")
    waiting = again.updates.pending(shelf.scope, 0, 10)
    again.close()
    assert [photo.path.name for photo in waiting] == ["a.jpg", "c.jpg"]


def test_the_work_list_is_read_in_portions_and_for_a_part_of_the_root(shelf):
    shelf.record(*(f"{folder}/{number}.jpg" for folder in ("a", "ab", "a/b") for number in range(3)))
    portion = shelf.updates.pending(shelf.scope, 0, 4)
    rest = shelf.updates.pending(shelf.scope, portion[-1].key, 100)
    assert len(portion) == 4
    assert len({photo.key for photo in (*portion, *rest)}) == 9
    part = shelf.updates.scope(shelf.root.id, shelf.photos / "a")
    assert part.path == shelf.photos / "a"
    assert shelf.updates.pending_count(part) == 6
    assert {photo.path.parent.name for photo in shelf.updates.pending(part, 0, 100)} == {"a", "b"}
    assert shelf.updates.folders(part) == {b"a", b"a/b"}


def test_names_that_are_not_utf_8_wait_under_their_own_bytes(shelf):
    shelf.record(b"\xff/\xe9.jpg")
    (waiting,) = shelf.updates.pending(shelf.scope, 0, 10)
    part = shelf.updates.scope(shelf.root.id, waiting.path.parent)
    assert part.inside == b"\xff"
    assert shelf.updates.pending_count(part) == 1


def test_a_date_that_sqlite_cannot_hold_stops_nothing(shelf):
    shelf.record("far future.jpg", modified_ns=11_000_000_000 * 10**9)
    shelf.record("a.jpg")
    change(shelf, "a.jpg", modified_ns=2**64)
    assert len(shelf.pending()) == 2
    assert shelf.photo("far future.jpg").modified.year > 2200


def test_reading_makes_a_photo_searchable_in_the_same_transaction(shelf):
    shelf.record("a.jpg")
    generation, membership = shelf.catalog.generation(), shelf.catalog.membership()
    (vector,) = unit_vectors(1)
    commit(shelf, ("readable", shelf.key("a.jpg"), facts("one"), shelf.model, vector))
    assert state(shelf, "a.jpg") is PhotoState.INDEXED
    assert shelf.pending() == []
    assert np.abs(shelf.vector("a.jpg") - vector).max() < 1e-3
    assert shelf.catalog.generation() > generation
    assert shelf.catalog.membership() == membership, "nothing left the search: looking at new rows is enough"


def test_a_changed_photo_stays_searchable_until_it_is_read_and_then_gets_a_new_seq(shelf):
    photo_id = shelf.add("a.jpg", content="old")
    before, membership = shelf.seqs(), shelf.catalog.membership()
    change(shelf, "a.jpg", size=2000)
    assert shelf.pending() == ["a.jpg"]
    assert shelf.seqs().tolist() == before.tolist()
    commit(shelf, ("readable", shelf.key("a.jpg"), facts("new"), shelf.model, unit_vectors(1, seed=5)[0]))
    assert shelf.photo("a.jpg").id == photo_id
    assert shelf.photo("a.jpg").size == 2000
    assert len(shelf.seqs()) == 1
    assert shelf.seqs()[0] > before[0]
    assert shelf.catalog.membership() > membership, "the old vector has to leave the index"


def test_a_photo_that_is_read_again_loses_the_vectors_of_its_old_content(shelf):
    other = shelf.embeddings.add_model("other", "other", shelf.model.dim)
    shelf.add("a.jpg")
    commit(shelf, ("embedded", shelf.key("a.jpg"), other, unit_vectors(1, seed=7)[0]))
    commit(shelf, ("readable", shelf.key("a.jpg"), facts("new"), shelf.model, unit_vectors(1, seed=8)[0]))
    assert shelf.vector("a.jpg", other) is None


def test_a_file_that_is_no_photo_any_more_is_ignored(shelf):
    shelf.add("a.jpg")
    change(shelf, "a.jpg", reason="Not a photo.")
    assert state(shelf, "a.jpg") is PhotoState.IGNORED
    assert shelf.pending() == []
    assert shelf.seqs().tolist() == []


def test_a_file_that_left_the_search_that_way_is_noticed_by_readers(shelf):
    shelf.add("a.jpg")
    membership = shelf.catalog.membership()
    change(shelf, "a.jpg", reason="Not a photo.")
    assert shelf.catalog.membership() > membership


def test_an_unreadable_photo_leaves_the_search_with_its_reason(shelf):
    shelf.add("a.jpg")
    membership = shelf.catalog.membership()
    change(shelf, "a.jpg")
    commit(shelf, ("unreadable", shelf.key("a.jpg"), "It is damaged.", b"bad"))
    photo = shelf.photo("a.jpg")
    assert (photo.state, photo.reason, photo.content_hash) == (PhotoState.UNREADABLE, "It is damaged.", b"bad")
    assert shelf.seqs().tolist() == []
    assert shelf.pending() == []
    assert shelf.catalog.membership() > membership


def test_a_reason_may_quote_a_name_that_is_not_utf_8(shelf):
    shelf.record("a.jpg", "b.jpg")
    commit(
        shelf,
        ("unreadable", shelf.key("a.jpg"), "cannot open 'sn\udcf6.jpg'", None),
        ("readable", shelf.key("b.jpg"), facts("b", camera="Cam\udce9ra"), shelf.model, unit_vectors(1)[0]),
    )
    assert shelf.photo("a.jpg").reason.startswith("cannot open 'sn")
    assert shelf.photo("b.jpg").camera.startswith("Cam")
    shelf.record("link", reason="A link to sn\udcf6.jpg.")
    assert state(shelf, "link") is PhotoState.IGNORED


def test_an_unreadable_photo_is_readable_after_it_changed(shelf):
    shelf.record("a.jpg")
    commit(shelf, ("unreadable", shelf.key("a.jpg"), "It is damaged.", None))
    change(shelf, "a.jpg")
    commit(shelf, ("readable", shelf.key("a.jpg"), facts(), shelf.model, unit_vectors(1)[0]))
    assert (state(shelf, "a.jpg"), shelf.photo("a.jpg").reason) == (PhotoState.INDEXED, "")


def test_other_readers_make_unreadable_files_worth_another_try(shelf):
    shelf.record("a.jpg", "b.jpg")
    commit(shelf, ("unreadable", shelf.key("a.jpg"), "No reader.", None))
    shelf.updates.retry_unreadable("Pillow 1")
    commit(shelf, ("unreadable", shelf.key("a.jpg"), "No reader.", None))
    shelf.updates.retry_unreadable("Pillow 1")
    assert shelf.pending() == ["b.jpg"]
    shelf.updates.retry_unreadable("Pillow 2")
    assert shelf.pending() == ["a.jpg", "b.jpg"]


def test_a_photo_that_went_missing_keeps_its_embedding_and_comes_back_with_it(shelf):
    photo_id = shelf.add("a.jpg")
    seqs, membership = shelf.seqs(), shelf.catalog.membership()
    shelf.vanish("a.jpg")
    assert state(shelf, "a.jpg") is PhotoState.MISSING
    assert shelf.seqs().tolist() == []
    assert shelf.catalog.membership() > membership
    membership = shelf.catalog.membership()
    shelf.come_back("a.jpg")
    assert (state(shelf, "a.jpg"), shelf.photo("a.jpg").id) == (PhotoState.INDEXED, photo_id)
    assert shelf.seqs().tolist() == seqs.tolist()
    assert shelf.pending() == []
    assert shelf.catalog.membership() > membership


def test_vanished_files_that_never_were_searchable_leave_no_row(shelf):
    shelf.record("waiting.jpg", "bad.jpg", "late.jpg")
    shelf.record("notes.txt", reason="Not a photo.")
    commit(shelf, ("unreadable", shelf.key("bad.jpg"), "It is damaged.", None))
    shelf.vanish("waiting.jpg", "bad.jpg", "notes.txt")
    commit(shelf, ("vanished", shelf.key("late.jpg")))
    assert rows(shelf) == 0


def test_a_photo_that_vanishes_before_it_is_read_is_missing_and_keeps_its_embedding(shelf):
    shelf.add("a.jpg")
    change(shelf, "a.jpg")
    membership = shelf.catalog.membership()
    commit(shelf, ("vanished", shelf.key("a.jpg")))
    assert state(shelf, "a.jpg") is PhotoState.MISSING
    assert shelf.vector("a.jpg") is not None
    assert shelf.pending() == []
    assert shelf.catalog.membership() > membership


def test_a_photo_that_changed_vanished_unread_and_came_back_is_read_before_it_is_believed(shelf):
    """Its embedding is of the content before the change: a scan must not find it unchanged."""
    shelf.add("a.jpg", content="old", size=1000)
    change(shelf, "a.jpg", size=2000)
    commit(shelf, ("vanished", shelf.key("a.jpg")))
    known = shelf.updates.known(shelf.scope, b"")[b"a.jpg"]
    assert known.pending or (known.size, known.modified_ns) != (2000, LATER)


def test_only_a_changed_date_changes_nothing_else(shelf):
    shelf.add("a.jpg")
    seqs = shelf.seqs()
    change(shelf, "a.jpg")
    commit(shelf, ("unchanged", shelf.key("a.jpg")))
    assert shelf.pending() == []
    assert shelf.seqs().tolist() == seqs.tolist()
    assert shelf.updates.known(shelf.scope, b"")[b"a.jpg"].modified_ns == LATER


def test_a_moved_photo_keeps_id_embedding_and_facts_at_its_new_place(shelf):
    photo_id = shelf.add("old/a.jpg", content="same", camera="X")
    seqs = shelf.seqs()
    shelf.vanish("old/a.jpg")
    shelf.record("new/b.jpg", modified_ns=LATER)
    commit(shelf, ("moved", shelf.key("new/b.jpg"), shelf.key("old/a.jpg")))
    photo = shelf.photo("new/b.jpg")
    assert (photo.id, photo.state, photo.camera) == (photo_id, PhotoState.INDEXED, "X")
    assert shelf.seqs().tolist() == seqs.tolist()
    assert shelf.photo("old/a.jpg") is None
    assert shelf.pending() == []
    assert shelf.updates.known(shelf.scope, b"new")[b"b.jpg"].modified_ns == LATER
    assert rows(shelf) == 1


def test_a_move_is_noticed_by_readers_even_before_the_scan_found_the_old_place_empty(shelf):
    shelf.add("a.jpg")
    shelf.record("b.jpg")
    membership = shelf.catalog.membership()
    commit(shelf, ("moved", shelf.key("b.jpg"), shelf.key("a.jpg")))
    assert shelf.catalog.membership() > membership
    assert state(shelf, "b.jpg") is PhotoState.INDEXED


def test_a_moved_photo_has_the_size_of_the_file_that_was_found(shelf):
    """It had been overwritten at its old place, and what it was before is found elsewhere."""
    shelf.add("a.jpg", size=1000)
    change(shelf, "a.jpg", size=2000)
    shelf.vanish("a.jpg")
    shelf.record("b.jpg", size=1000)
    commit(shelf, ("moved", shelf.key("b.jpg"), shelf.key("a.jpg")))
    assert shelf.photo("b.jpg").size == 1000


def test_a_copy_gets_facts_and_vectors_of_every_model_under_its_own_id(shelf):
    other = shelf.embeddings.add_model("other", "other", shelf.model.dim)
    original = shelf.add("a.jpg", content="same", camera="X", width=77, perceptual_hash=2**64 - 1)
    commit(shelf, ("embedded", shelf.key("a.jpg"), other, unit_vectors(1, seed=3)[0]))
    shelf.record("copy.jpg")
    commit(shelf, ("copied", shelf.key("copy.jpg"), shelf.key("a.jpg")))
    copy = shelf.photo("copy.jpg")
    assert copy.id != original
    assert (copy.state, copy.camera, copy.width, copy.perceptual_hash, copy.content_hash) == (
        PhotoState.INDEXED, "X", 77, 2**64 - 1, b"same",
    )  # fmt: skip
    for model in (shelf.model, other):
        assert shelf.vector("copy.jpg", model).tolist() == shelf.vector("a.jpg", model).tolist()
    assert len(shelf.seqs()) == 2
    assert shelf.pending() == []


def test_two_files_of_one_size_that_swapped_names_do_not_end_up_with_the_same_content(shelf):
    """Each has become a copy of what the other was: the second copy must not be made from the first one's new row."""
    shelf.add("a.jpg", content="A")
    shelf.add("b.jpg", content="B")
    change(shelf, "a.jpg")
    change(shelf, "b.jpg")
    commit(
        shelf,
        ("copied", shelf.key("a.jpg"), shelf.key("b.jpg")),
        ("copied", shelf.key("b.jpg"), shelf.key("a.jpg")),
    )
    assert shelf.photo("a.jpg").content_hash == b"B"
    assert shelf.photo("b.jpg").content_hash == b"A" or shelf.pending() == ["b.jpg"]


@pytest.mark.parametrize(
    "outcome", [("unreadable", "It is damaged.", None), ("readable", facts("new"), None, unit_vectors(1, seed=4)[0])]
)
def test_a_copy_of_a_photo_that_has_another_content_by_now_is_not_made(shelf, outcome):
    shelf.add("a.jpg", content="old")
    change(shelf, "a.jpg")
    shelf.record("copy.jpg")
    name, *arguments = [shelf.model if part is None and outcome[0] == "readable" else part for part in outcome]
    commit(shelf, (name, shelf.key("a.jpg"), *arguments), ("copied", shelf.key("copy.jpg"), shelf.key("a.jpg")))
    assert shelf.pending() == ["copy.jpg"], "it is still to be read"


def test_a_batch_is_all_or_nothing_and_can_be_committed_again(shelf):
    shelf.record("a.jpg", "b.jpg")
    batch = shelf.updates.transaction()
    batch.readable(shelf.key("a.jpg"), facts(), shelf.model, unit_vectors(1)[0])
    batch.readable(shelf.key("b.jpg"), replace(facts(), content_hash="no bytes"), shelf.model, unit_vectors(1)[0])
    with pytest.raises(Exception, match="cannot store TEXT"):
        batch.commit()
    assert shelf.pending() == ["a.jpg", "b.jpg"]
    assert shelf.seqs().tolist() == []
    waiting = len(batch)
    with pytest.raises(Exception, match="cannot store TEXT"):
        batch.commit()
    assert len(batch) == waiting > 0


def test_what_was_read_of_a_root_that_is_gone_is_dropped(shelf):
    shelf.record("a.jpg", "b.jpg")
    shelf.add("c.jpg", content="same")
    batch = shelf.updates.transaction()
    batch.readable(shelf.key("a.jpg"), facts(), shelf.model, unit_vectors(1)[0])
    batch.copied(shelf.key("b.jpg"), shelf.key("c.jpg"))
    shelf.catalog.roots.remove(shelf.root.id)
    batch.moved(1, 2)
    batch.commit()
    assert shelf.seqs().tolist() == []


def test_an_empty_batch_writes_nothing(shelf):
    generation = shelf.catalog.generation()
    shelf.updates.transaction().commit()
    assert shelf.catalog.generation() == generation


def test_a_batch_is_empty_after_its_commit(shelf):
    shelf.record("a.jpg")
    batch = shelf.updates.transaction()
    batch.readable(shelf.key("a.jpg"), facts(), shelf.model, unit_vectors(1)[0])
    assert len(batch) > 0
    batch.commit()
    assert len(batch) == 0
    seqs = shelf.seqs()
    batch.commit()
    assert shelf.seqs().tolist() == seqs.tolist()
