"""What a query asks of the catalogue begins with the few rows that it is about, never with all of a model."""

from collections.abc import Callable, Sized

import numpy as np
import pytest

from engine.catalog.database import Database
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
