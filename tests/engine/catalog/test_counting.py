"""Counts that look only at what is left out are those of a look at every photo."""

import sqlite3

import pytest

from engine.records import PhotoState
from tests.engine.shelf import Shelf, unit_vectors

FOUND = {PhotoState.PENDING: 2, PhotoState.UNREADABLE: 1, PhotoState.IGNORED: 1, PhotoState.MISSING: 2}
INDEXED, EXCLUDED = 5, 1


@pytest.fixture
def mixed(shelf: Shelf) -> Shelf:
    """Photos in every state; two of the searchable ones and a missing one also have an embedding of another model."""
    for number in range(INDEXED + FOUND[PhotoState.MISSING] + EXCLUDED):
        shelf.add(f"{number}.jpg")
    other = shelf.embeddings.add_model("identity of other", "other", shelf.model.dim)
    batch = shelf.updates.transaction()
    for number in (0, 1, INDEXED):
        batch.embedded(shelf.key(f"{number}.jpg"), other, unit_vectors(1, seed=number)[0])
    shelf.record("waiting_1.jpg", "waiting_2.jpg", "broken.jpg")
    shelf.record("notes.txt", reason="it is no photo")
    batch.unreadable(shelf.key("broken.jpg"), "it is damaged", b"broken")
    batch.commit()
    shelf.vanish(f"{INDEXED}.jpg", f"{INDEXED + 1}.jpg")
    shelf.catalog.exclusions.set_patterns(shelf.root.id, ("7.jpg",))
    shelf.catalog.exclusions.apply(shelf.root.id, lambda folder, name: name == "7.jpg", "patterns")
    return shelf


def truth(shelf: Shelf, model: int) -> int:
    """Searchable photos, from a look at all of them."""
    connection = sqlite3.connect(shelf.photos.parent / "catalog.db")
    (count,) = connection.execute(
        """SELECT count(*) FROM photos JOIN embeddings ON photo = photos.key
           WHERE model = ? AND state = 'indexed'""",
        (model,),
    ).fetchone()
    connection.close()
    return count


@pytest.mark.parametrize(("identity", "searchable"), [("identity of tiny", 5), ("identity of other", 2)])
def test_every_state_is_counted(mixed, identity, searchable):
    model = mixed.embeddings.model(identity)
    counts = mixed.catalog.photos.counts(model.key)
    assert counts.searchable == searchable == truth(mixed, model.key)
    assert counts.photos == INDEXED + FOUND[PhotoState.PENDING] + FOUND[PhotoState.UNREADABLE]
    assert (counts.waiting, counts.unreadable) == (FOUND[PhotoState.PENDING], FOUND[PhotoState.UNREADABLE])
    assert (counts.missing, counts.ignored) == (FOUND[PhotoState.MISSING], FOUND[PhotoState.IGNORED])
    assert counts.excluded == EXCLUDED


def test_the_photos_of_each_model_are_counted(mixed):
    mixed.embeddings.add_model("identity of a third", "third", 4)
    assert mixed.embeddings.photos_by_model() == {
        "identity of tiny": 5,
        "identity of other": 2,
        "identity of a third": 0,
    }


def test_a_root_is_counted_whether_all_its_photos_have_embeddings_or_not(mixed):
    photos = INDEXED + FOUND[PhotoState.PENDING] + FOUND[PhotoState.UNREADABLE]
    (root,) = mixed.catalog.roots.list()
    assert (root.photos, root.searchable) == (photos, INDEXED)
    mixed.embeddings.set_answering(mixed.embeddings.model("identity of other"))
    (root,) = mixed.catalog.roots.list()
    assert (root.photos, root.searchable) == (photos, 2)


def test_an_empty_catalogue_counts_nothing(shelf):
    assert shelf.catalog.photos.counts(None).searchable == 0
    (root,) = shelf.catalog.roots.list()
    assert (root.photos, root.searchable) == (0, 0)
