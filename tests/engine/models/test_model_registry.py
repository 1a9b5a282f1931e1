"""Finding models: bundled ones first, and a broken folder hides no other."""

import pytest
from model_folders import manifest, put

from engine.errors import ModelError
from engine.models.registry import ModelRegistry


@pytest.fixture
def registry(tmp_path):
    """Two bundled models and one of the library."""
    put(tmp_path / "bundled" / "b", b"b", name="beta")
    put(tmp_path / "bundled" / "a", b"a", name="alpha")
    put(tmp_path / "own" / "0", b"0", name="own")
    return ModelRegistry(tmp_path / "bundled", tmp_path / "own")


def names(registry) -> list[str]:
    return [model.manifest.name for model in registry.list()]


def test_bundled_models_come_first_each_group_by_folder(registry, tmp_path):
    assert [(model.manifest.name, model.source) for model in registry.list()] == [
        ("alpha", "bundled"), ("beta", "bundled"), ("own", "library"),
    ]  # fmt: skip
    assert registry.list()[2].folder == tmp_path / "own" / "0"


def test_a_folder_that_is_not_there_has_no_models(tmp_path):
    registry = ModelRegistry(tmp_path / "nowhere", tmp_path / "neither")
    assert registry.list() == []
    with pytest.raises(ModelError, match="No embedding model is installed"):
        registry.default()
    with pytest.raises(ModelError) as caught:
        registry.named("x")
    assert caught.value.hint == "There are: none."


def test_a_new_model_is_found_without_opening_again(registry, tmp_path):
    put(tmp_path / "own" / "new", b"new", name="new")
    assert names(registry) == ["alpha", "beta", "own", "new"]


def test_a_model_is_found_by_name_and_an_unknown_one_is_a_sentence(registry):
    assert registry.named("own").source == "library"
    with pytest.raises(ModelError, match="There is no model named gamma") as caught:
        registry.named("gamma")
    assert caught.value.hint == "There are: alpha, beta, own."


def test_a_model_is_found_by_its_identity_whatever_it_is_called_now(registry, tmp_path):
    identity = registry.named("own").manifest.identity
    put(tmp_path / "own" / "0", b"0", name="renamed")
    assert registry.find(identity).manifest.name == "renamed"
    put(tmp_path / "own" / "0", b"other weights", name="own")
    assert registry.find(identity) is None


def test_a_new_version_succeeds_a_model_and_else_the_default_does(registry):
    assert registry.successor("own").manifest.name == "own"
    assert registry.successor("gone") == registry.default()


def test_the_default_is_ours_and_else_the_first(registry, tmp_path):
    assert registry.default().manifest.name == "alpha"
    put(tmp_path / "bundled" / "z", b"z", name="lookalike-2")
    assert registry.default().manifest.name == "lookalike-2"


def test_a_broken_folder_is_logged_and_hides_no_other(registry, tmp_path, caplog):
    put(tmp_path / "bundled" / "aa", b"x", manifest(dim=0))
    (tmp_path / "own" / "empty").mkdir()
    assert names(registry) == ["alpha", "beta", "own"]
    assert sorted(record.levelname for record in caplog.records) == ["WARNING", "WARNING"]
    assert "dim is 0" in caplog.text
    assert "it has no manifest.json" in caplog.text
    caplog.clear()


def test_files_and_hidden_folders_are_passed_over(registry, tmp_path):
    (tmp_path / "bundled" / "README.md").touch()
    (tmp_path / "bundled" / "__pycache__").mkdir()
    (tmp_path / "own" / ".downloading").mkdir()
    assert names(registry) == ["alpha", "beta", "own"]
