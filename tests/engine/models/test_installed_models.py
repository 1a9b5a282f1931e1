"""Which model a library uses, and how another one takes over."""

import pytest
from model_folders import put

from engine.errors import ModelError
from engine.models.installed import Models
from engine.models.registry import ModelRegistry
from tests.engine.shelf import Shelf, unit_vectors


@pytest.fixture
def registry(tmp_path):
    """Two bundled models."""
    put(tmp_path / "bundled" / "first", b"1", name="first", licence="MIT", training={"recipe": "distill"})
    put(tmp_path / "bundled" / "second", b"2", name="second")
    return ModelRegistry(tmp_path / "bundled", tmp_path / "own")


@pytest.fixture
def models(shelf: Shelf, registry) -> Models:
    """The models of a library that has the first one's photos to come."""
    models = Models(registry, shelf.embeddings)
    shelf.embeddings.set_answering(models._stored(registry.named("first")))
    shelf.model = shelf.embeddings.answering()
    return models


def in_use(models: Models) -> list[str]:
    return [card.name for card in models.list() if card.in_use]


def filling(models: Models) -> list[str]:
    return [card.name for card in models.list() if card.filling]


def test_a_new_library_answers_with_the_default_from_now_on(shelf, registry, tmp_path):
    with shelf.embeddings._database.writing() as connection:
        connection.execute("DELETE FROM meta")
    models = Models(registry, shelf.embeddings)
    assert in_use(models) == ["first"]
    assert shelf.embeddings.answering() is None, "looking changes nothing"
    stored, installed = models.answering()
    assert (stored.name, installed.folder) == ("first", tmp_path / "bundled" / "first")
    put(tmp_path / "bundled" / "0", b"0", name="0 comes before it")
    assert models.answering()[0] == stored


def test_a_card_says_what_a_person_wants_to_know(models, tmp_path):
    card = models.list()[0]
    assert (card.name, card.version, card.dim, card.licence, card.source) == ("first", "1", 4, "MIT", "bundled")
    assert (card.folder, card.in_use, card.filling) == (tmp_path / "bundled" / "first", True, False)
    assert card.training == {"recipe": "distill"}


def test_without_photos_another_model_answers_at_once(models):
    models.use("second")
    assert in_use(models) == ["second"]
    assert filling(models) == []


def test_with_photos_another_model_first_has_to_embed_them(shelf, models):
    shelf.add("a.jpg", unit_vectors(1, dim=4)[0])
    models.use("second")
    assert (in_use(models), filling(models)) == (["first"], ["second"])
    stored, installed = models.filling()
    assert installed.manifest.name == "second"
    batch = shelf.updates.transaction()
    batch.embedded(shelf.key("a.jpg"), stored, unit_vectors(1, seed=1, dim=4)[0])
    batch.commit()
    models.use("second")
    assert (in_use(models), filling(models)) == (["second"], [])


def test_choosing_the_old_model_again_calls_the_change_off(shelf, models):
    shelf.add("a.jpg", unit_vectors(1, dim=4)[0])
    models.use("second")
    models.use("first")
    assert (in_use(models), filling(models)) == (["first"], [])
    assert models.filling() is None


def test_an_unknown_model_is_a_sentence_and_changes_nothing(models):
    with pytest.raises(ModelError, match="There is no model named third"):
        models.use("third")
    assert in_use(models) == ["first"]


def test_a_new_version_of_the_model_takes_its_place(models, tmp_path):
    before = models.answering()[0]
    put(tmp_path / "bundled" / "first", b"1, better", name="first")
    after, installed = models.answering()
    assert (after.name, installed.folder) == ("first", tmp_path / "bundled" / "first")
    assert after.key != before.key, "vectors of two versions must not be mixed"
    assert in_use(models) == ["first"]


def test_a_model_that_was_uninstalled_gives_way_to_the_default(models, tmp_path):
    models.answering()
    (tmp_path / "bundled" / "first").rename(tmp_path / "elsewhere")
    assert models.answering()[0].name == "second"
    assert in_use(models) == ["second"]


def test_a_model_that_was_to_take_over_and_was_uninstalled_is_given_up(shelf, models, tmp_path):
    shelf.add("a.jpg", unit_vectors(1, dim=4)[0])
    models.use("second")
    (tmp_path / "bundled" / "second").rename(tmp_path / "elsewhere")
    assert models.filling() is None
    assert in_use(models) == ["first"]
