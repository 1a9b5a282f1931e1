"""The settings file that a person may edit, and where it lies."""

import os

import pytest

from engine.errors import BadRequestError
from engine.paths import AppPaths
from engine.settings import Settings


def test_without_a_file_the_defaults_hold(tmp_path):
    assert Settings.load(tmp_path / "nowhere" / "settings.toml") == Settings()
    (tmp_path / "empty.toml").touch()
    assert Settings.load(tmp_path / "empty.toml") == Settings()


def test_a_file_changes_what_it_names(tmp_path):
    (tmp_path / "settings.toml").write_text("workers = 3\nmax_megapixels = 50  # small\n")
    settings = Settings.load(tmp_path / "settings.toml")
    assert (settings.workers, settings.max_megapixels) == (3, 50)
    assert settings.photo_seconds == Settings().photo_seconds


def test_zero_workers_are_one_per_processor():
    assert Settings().worker_count == os.cpu_count()
    assert Settings(workers=5).worker_count == 5


WRONG = [
    ("workers", -1), ("workers", 1.5), ("workers", True), ("workers", "2"), ("workers", None),
    ("max_megapixels", 0), ("photo_seconds", 0), ("photo_seconds", -5), ("worker_memory_mib", 255),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_value_is_named_with_what_it_must_be(name, value):
    with pytest.raises(BadRequestError, match=f"The setting {name} is {value!r}") as caught:
        Settings(**{name: value})
    assert "whole number of at least" in caught.value.hint


@pytest.mark.parametrize(("name", "value"), [("workers", 0), ("max_megapixels", 1), ("worker_memory_mib", 256)])
def test_the_least_values_are_allowed(name, value):
    assert getattr(Settings(**{name: value}), name) == value


def test_a_setting_that_does_not_exist_is_named_with_those_that_do(tmp_path):
    (tmp_path / "settings.toml").write_text("worker = 3\nspeed = 1\n")
    with pytest.raises(BadRequestError, match="names speed, worker, which does not exist") as caught:
        Settings.load(tmp_path / "settings.toml")
    assert "max_megapixels, photo_seconds, worker_memory_mib, workers" in caught.value.hint


@pytest.mark.parametrize("content", [b"workers = ", b"\xff\xfe", b"workers = 1\nworkers = 2", b"[workers]\nx = 1"])
def test_a_file_that_makes_no_sense_is_a_sentence(tmp_path, content):
    (tmp_path / "settings.toml").write_bytes(content)
    with pytest.raises(BadRequestError) as caught:
        Settings.load(tmp_path / "settings.toml")
    assert caught.value.hint


def test_a_folder_in_place_of_the_file_is_a_sentence(tmp_path):
    with pytest.raises(BadRequestError, match="cannot be read"):
        Settings.load(tmp_path)


def test_everything_lies_below_a_folder_when_asked_for(tmp_path):
    paths = AppPaths.under(tmp_path)
    assert paths.library == tmp_path / "data" / "library"
    assert paths.settings_file == tmp_path / "config" / "settings.toml"
    assert paths.log == tmp_path / "state" / "log"
    assert list(tmp_path.iterdir()) == []


def test_the_default_folders_are_the_systems_and_bear_our_name():
    paths = AppPaths.default()
    for folder in (paths.data, paths.config, paths.state):
        assert folder.is_absolute()
        assert "lookalike" in str(folder)
