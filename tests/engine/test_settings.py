"""What a person may tune, and where everything lies."""

import os

import pytest

from engine.errors import BadRequestError
from engine.paths import AppPaths
from engine.settings import Settings


def test_zero_workers_are_one_per_processor():
    assert Settings().worker_count == os.cpu_count()
    assert Settings(workers=5).worker_count == 5


WRONG = [
    ("workers", -1, "whole number of at least 0"),
    ("workers", 1.5, "whole number"),
    ("workers", True, "whole number"),
    ("workers", "2", "whole number"),
    ("workers", None, "whole number"),
    ("max_megapixels", 0, "whole number of at least 1"),
    ("photo_seconds", -5, "whole number of at least 1"),
    ("worker_memory_mib", 255, "whole number of at least 256"),
    ("thumbnail_cache_mib", -1, "whole number of at least 0"),
    ("look", "pink", "one of system, light, dark, high-contrast-light, high-contrast-dark"),
    ("look", 1, "one of system"),
    ("language", 3, "a text such as de"),
    ("formats_off", "GIF", "a list of names"),
    ("downloads", "always", "one of ask, never"),
    ("excludes", "*.gif", "a list of patterns"),
    ("excludes", ["*.gif", 3], "a list of patterns such as"),
    ("watch", "yes", "true or false"),
    ("watch", 1, "true or false"),
    ("formats_off", ["GIF", "TXT"], "a list of names out of JPEG, PNG"),
    ("formats_off", [["GIF"]], "a list of names out of"),
]


@pytest.mark.parametrize(("name", "value", "needed"), WRONG)
def test_a_wrong_value_is_named_with_what_it_must_be(name, value, needed):
    with pytest.raises(BadRequestError, match=f"The setting {name} is ") as caught:
        Settings(**{name: value})
    assert repr(value) in caught.value.message
    assert needed in caught.value.hint


@pytest.mark.parametrize(("name", "value"), [("workers", 0), ("max_megapixels", 1), ("worker_memory_mib", 256)])
def test_the_least_values_are_allowed(name, value):
    assert getattr(Settings(**{name: value}), name) == value


def test_formats_that_are_off_are_known_by_their_endings():
    settings = Settings(formats_off=["TIFF", "GIF", "TIFF"])
    assert settings.formats_off == ("TIFF", "GIF")
    assert settings.extensions_off == {".tif", ".tiff", ".gif"}
    assert Settings().extensions_off == frozenset()


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
