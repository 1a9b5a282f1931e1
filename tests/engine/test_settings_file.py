"""The file that a person may edit: read with care, changed line by line, never replaced when it is broken."""

from dataclasses import fields, replace

import pytest

from engine.errors import BadRequestError, LibraryUnusableError
from engine.settings import Settings
from engine.settings_file import MEANINGS, LoadedSettings, SettingsFile


@pytest.fixture
def file(tmp_path):
    return SettingsFile(tmp_path / "config" / "settings.toml")


def written(file, text):
    file.path.parent.mkdir(exist_ok=True)
    file.path.write_text(text)
    return file


def test_without_a_file_the_defaults_hold(file):
    assert file.load() == LoadedSettings(Settings())
    assert written(file, "").load() == LoadedSettings(Settings())


def test_a_file_changes_what_it_names(file):
    loaded = written(file, 'workers = 3\nmax_megapixels = 50  # small\nformats_off = ["GIF"]\nlook = "dark"\n').load()
    assert loaded.problem is None
    assert loaded.settings == Settings(workers=3, max_megapixels=50, formats_off=("GIF",), look="dark")


def test_a_name_that_does_not_exist_is_a_sentence_and_the_rest_holds(file):
    loaded = written(file, "worker = 3\nspeed = 1\nphoto_seconds = 5\n").load()
    assert loaded.settings == Settings(photo_seconds=5)
    assert "names speed, worker, which do not exist" in loaded.problem.message
    assert "max_megapixels, motion, photo_seconds" in loaded.problem.hint


def test_a_value_that_makes_no_sense_is_a_sentence_and_the_defaults_hold(file):
    loaded = written(file, "workers = -1\nphoto_seconds = 5\n").load()
    assert loaded.settings == Settings()
    assert "The setting workers is -1" in loaded.problem.message
    assert "the defaults hold" in loaded.problem.hint


BROKEN = [b"workers = ", b"\xff\xfe", b"workers = 1\nworkers = 2", b"[workers]\nx = 1"]


@pytest.mark.parametrize("content", BROKEN)
def test_a_broken_file_is_a_sentence_and_the_defaults_hold(file, content):
    written(file, "").path.write_bytes(content)
    loaded = file.load()
    assert loaded.settings == Settings()
    assert loaded.problem.hint


@pytest.mark.parametrize("content", BROKEN)
def test_a_broken_file_is_never_written(file, content):
    written(file, "").path.write_bytes(content)
    with pytest.raises(BadRequestError):
        file.save(Settings(workers=4))
    assert file.path.read_bytes() == content


def test_a_folder_in_place_of_the_file_is_a_sentence(tmp_path):
    assert "cannot be read" in SettingsFile(tmp_path).load().problem.message


def test_what_is_saved_is_read_again(file):
    settings = Settings(
        workers=2, max_megapixels=9, photo_seconds=8, worker_memory_mib=512, thumbnail_cache_mib=100,
        formats_off=("TIFF", "GIF"), look="high-contrast-dark", language='d"e\\\n',
        downloads="never", excludes=("Trash/", "*.gif"), watch=False,
    )  # fmt: skip
    file.save(settings)
    assert file.load() == LoadedSettings(settings)
    assert set(MEANINGS) == {field.name for field in fields(Settings)}
    assert file.path.read_text().startswith("# Settings of Lookalike")


def test_only_what_differs_is_written(file):
    file.save(Settings())
    assert not file.path.exists()
    file.save(Settings(workers=2))
    assert file.path.read_text().splitlines()[1:] == [f"workers = 2  # {MEANINGS['workers']}"]


def test_comments_order_and_unknown_names_stay(file):
    written(
        file,
        "# mine\n\n  workers=3 # it's mine [1]\nwurkers = 1\n"
        "formats_off = [\n  'GIF', # no films\n]\n\n[other]\nx = 1\n",
    )
    file.save(replace(file.load().settings, workers=1, formats_off=("TIFF",), look="dark"))
    assert file.path.read_text() == (
        '# mine\n\nworkers = 1  # it\'s mine [1]\nwurkers = 1\nformats_off = ["TIFF"]\n\n'
        f'look = "dark"  # {MEANINGS["look"]}\n[other]\nx = 1\n'
    )


def test_a_setting_goes_back_to_its_default(file):
    file.save(Settings(workers=2))
    file.save(Settings())
    assert file.load().settings == Settings()


def test_what_cannot_be_changed_safely_is_left_alone(file):
    text = 'note = """\nworkers = 1\n"""\nworkers = 2\n'
    written(file, text)
    with pytest.raises(BadRequestError, match="cannot change safely") as caught:
        file.save(Settings(workers=3))
    assert "Change workers in a text editor" in caught.value.hint
    assert file.path.read_text() == text


def test_a_link_to_the_file_stays_a_link(file, tmp_path):
    (tmp_path / "real.toml").write_text("workers = 1\n")
    file.path.parent.mkdir()
    file.path.symlink_to(tmp_path / "real.toml")
    file.save(Settings(workers=2))
    assert file.path.is_symlink()
    assert (tmp_path / "real.toml").read_text() == "workers = 2\n"


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(LibraryUnusableError, match="cannot be written"):
        SettingsFile(tmp_path / "file" / "settings.toml").save(Settings(workers=2))


def test_nothing_is_left_behind(file):
    file.save(Settings(workers=2))
    assert list(file.path.parent.iterdir()) == [file.path]
