"""What indexing asks the catalogue: which contents are on record, who has them, and what is still to be embedded."""

import pytest

from engine.records import PhotoState
from tests.engine.catalog.test_updates import change, commit
from tests.engine.shelf import facts, unit_vectors


def pending(shelf, path):
    (photo,) = [photo for photo in shelf.updates.pending(shelf.scope, 0, 1000) if photo.path == shelf.photos / path]
    return photo


def test_contents_of_a_size_are_those_on_record(shelf):
    shelf.add("a.jpg", content="A", size=500)
    shelf.add("b.jpg", content="B", size=500)
    shelf.add("gone.jpg", content="C", size=500)
    shelf.add("other size.jpg", content="D", size=501)
    shelf.vanish("gone.jpg")
    shelf.record("bad.jpg", size=500)
    commit(shelf, ("unreadable", shelf.key("bad.jpg"), "It is damaged.", b"E"))
    shelf.record("new.jpg", size=500)
    assert shelf.updates.contents_of_size(pending(shelf, "new.jpg")) == {b"A", b"B", b"C"}


@pytest.mark.parametrize(("count", "expected"), [(64, 64), (65, 0)])
def test_too_many_contents_of_a_size_are_not_worth_comparing(shelf, count, expected):
    batch = shelf.updates.transaction()
    shelf.record(*(f"{number}.bmp" for number in range(count)), size=500)
    for number, vector in enumerate(unit_vectors(count)):
        batch.readable(shelf.key(f"{number}.bmp"), facts(str(number)), shelf.model, vector)
    batch.commit()
    shelf.record("new.bmp", size=500)
    assert len(shelf.updates.contents_of_size(pending(shelf, "new.bmp"))) == expected


def test_a_photos_own_content_is_always_worth_comparing(shelf):
    shelf.add("own.bmp", content="own", size=500)
    batch = shelf.updates.transaction()
    shelf.record(*(f"{number}.bmp" for number in range(70)), size=500)
    for number, vector in enumerate(unit_vectors(70)):
        batch.readable(shelf.key(f"{number}.bmp"), facts(str(number)), shelf.model, vector)
    batch.commit()
    change(shelf, "own.bmp", size=500)
    assert shelf.updates.contents_of_size(pending(shelf, "own.bmp")) == {b"own"}


def test_holders_have_the_content_and_an_embedding_of_the_model(shelf):
    other = shelf.embeddings.add_model("other", "other", shelf.model.dim)
    shelf.add("a.jpg", content="same")
    shelf.add("b.jpg", content="same")
    shelf.add("c.jpg", content="same", model=other)
    shelf.add("d.jpg", content="different")
    shelf.vanish("b.jpg")
    holders = shelf.updates.holders(b"same", shelf.model)
    assert [(holder.path.name, holder.state) for holder in holders] == [
        ("b.jpg", PhotoState.MISSING),  # first: a file that was moved is more likely than one that was copied
        ("a.jpg", PhotoState.INDEXED),
    ]
    assert holders[0].root_path == shelf.photos


def test_thousands_of_files_that_are_the_same_cost_no_more_than_a_few(shelf):
    for number in range(150):
        shelf.add(f"{number}.jpg", content="same")
    assert len(shelf.updates.holders(b"same", shelf.model)) < 100
    assert shelf.updates.has_embedding(shelf.key("149.jpg"), b"same", shelf.model)
    assert not shelf.updates.has_embedding(shelf.key("149.jpg"), b"other", shelf.model)


def test_photos_without_an_embedding_of_a_model_are_found_in_portions(shelf):
    other = shelf.embeddings.add_model("other", "other", shelf.model.dim)
    shelf.add_many(unit_vectors(5))
    shelf.record("waiting.jpg")
    shelf.vanish("photo_000004.jpg")
    portion = shelf.updates.without_embedding(other, 0, 3)
    rest = shelf.updates.without_embedding(other, portion[-1].key, 3)
    assert [photo.path.name for photo in (*portion, *rest)] == [f"photo_00000{number}.jpg" for number in range(4)]
    commit(shelf, *[("embedded", photo.key, other, unit_vectors(1)[0]) for photo in portion])
    assert len(shelf.updates.without_embedding(other, 0, 10)) == 1
    assert shelf.updates.without_embedding(shelf.model, 0, 10) == []


def test_damaged_embeddings_are_dropped_and_their_photos_read_again(shelf):
    seqs, membership = shelf.add_many(unit_vectors(3)), shelf.catalog.membership()
    shelf.catalog.reread([int(seqs[1])])
    assert shelf.pending() == ["photo_000001.jpg"]
    assert shelf.seqs().tolist() == [seqs[0], seqs[2]]
    assert shelf.catalog.membership() > membership
