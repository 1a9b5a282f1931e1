"""What a query asks of the catalogue begins with the few rows that it is about, never with all of a model."""

from collections.abc import Callable, Sized

import numpy as np
import pytest

from engine.catalog.database import Database
from engine.filters import Filters
from engine.records import Decision
from tests.engine.shelf import Shelf

SOME = np.arange(1, 4)
MATCHES = 200
ASKED: dict[str, Callable[[Shelf, list[str]], Sized]] = {
    "the hidden photos": lambda shelf, ids: shelf.catalog.photos.hidden(shelf.model.key),
    "the vectors of matches": lambda shelf, ids: shelf.embeddings.of_photos(ids * MATCHES, shelf.model),
    "the vector of a photo": lambda shelf, ids: shelf.embeddings.of_photo(ids[0], shelf.model),
    "chosen vectors": lambda shelf, ids: list(shelf.embeddings.chosen(SOME, shelf.model)),
    "the photos of matches": lambda shelf, ids: shelf.catalog.photos.with_embeddings(SOME.tolist()),
    "photos by id": lambda shelf, ids: shelf.catalog.photos.with_ids(ids),
    "photos of a size": lambda shelf, ids: [shelf.catalog.photos.any_of_size(1)],
    "photos by content": lambda shelf, ids: shelf.catalog.photos.with_contents([b"a.jpg"]),
}


@pytest.fixture
def plans(monkeypatch) -> list[str]:
    """How SQLite went about every statement that reads, step by step."""
    seen: list[str] = []

    def explained(read):
        def wrapper(database, sql, parameters=(), **options):
            with database._reading() as connection:
                seen.extend(step for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters))
            return read(database, sql, parameters, **options)

        return wrapper

    for name in ("row", "rows", "stream"):
        monkeypatch.setattr(Database, name, explained(getattr(Database, name)))
    return seen


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_a_query_looks_up_what_it_is_about(shelf: Shelf, plans, asked):
    ids = [shelf.add(f"{name}.jpg") for name in "abc"]
    shelf.catalog.decisions.decide(Decision.HIDDEN, [b"a.jpg"])
    plans.clear()
    assert len(asked(shelf, ids))
    assert plans
    assert not [step for step in plans if "embeddings_model" in step or step.startswith("SCAN photos")]


def test_a_statement_that_looks_through_a_model_would_be_noticed(shelf: Shelf, plans):
    shelf.add("a.jpg")
    plans.clear()
    assert len(shelf.embeddings.live(shelf.model))
    assert [step for step in plans if "embeddings_model" in step]


def test_which_embedding_a_photo_has_is_read_without_the_vectors(shelf: Shelf, plans):
    shelf.add("a.jpg", camera="X")
    plans.clear()
    assert len(shelf.catalog.browsing.passing(Filters(camera="X"), shelf.model.key)) == 1
    read = [step for step in plans if "embeddings" in step]
    assert read
    assert all("COVERING INDEX" in step for step in read)


def test_counting_looks_at_no_row_of_a_photo(shelf: Shelf, plans):
    shelf.add("a.jpg")
    shelf.record("waiting.jpg")
    plans.clear()
    assert shelf.catalog.photos.counts(shelf.model.key).searchable == 1
    assert shelf.embeddings.photos_by_model() == {"identity of tiny": 1}
    (root,) = shelf.catalog.roots.list()
    assert (root.photos, root.searchable) == (2, 1)
    assert plans
    assert not [step for step in plans if step == "SCAN photos" or "photos USING INTEGER PRIMARY KEY" in step]
