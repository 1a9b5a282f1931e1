"""Settings that hold at once and are saved behind the user's back."""

import pytest

from engine.errors import BadRequestError
from engine.settings import Settings
from engine.settings_file import SettingsFile
from gui.preferences import Preferences


@pytest.fixture
def preferences(tasks, tmp_path, qtbot):
    made = Preferences(SettingsFile(tmp_path / "settings.toml"), tasks, tasks)
    made.failures = []
    made.failed.connect(made.failures.append)
    return made


def test_a_change_holds_at_once_and_is_saved(preferences, qtbot, tasks):
    with qtbot.waitSignal(preferences.changed) as heard:
        preferences.change(workers=3, look="dark")
    assert heard.args == [Settings(workers=3, look="dark")]
    qtbot.waitUntil(lambda: not tasks.busy)
    assert preferences.file.load().settings == preferences.settings


def test_what_is_the_same_is_no_change(preferences, qtbot):
    with qtbot.assertNotEmitted(preferences.changed):
        preferences.change(workers=0)
    assert not preferences.file.path.exists()


def test_nonsense_changes_nothing(preferences):
    with pytest.raises(BadRequestError):
        preferences.change(workers=-1)
    assert preferences.settings == Settings()


def test_a_broken_file_is_told_and_left_alone(tasks, tmp_path, qtbot):
    (tmp_path / "settings.toml").write_text("workers = ")
    preferences = Preferences(SettingsFile(tmp_path / "settings.toml"), tasks, tasks)
    assert "cannot be read" in preferences.problem.message
    with qtbot.waitSignal(preferences.failed):
        preferences.change(workers=3)
    assert preferences.settings.workers == 3
    assert (tmp_path / "settings.toml").read_text() == "workers = "


def test_the_window_says_that_the_settings_are_broken(start_session, tmp_path):
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text("workers = -5")
    session = start_session()
    assert any("The setting workers is -5" in text for text in session.window.messages.texts)


def test_smaller_limits_hold_for_the_next_picture(settled, photos):
    settled.session.preferences.change(max_megapixels=1, photo_seconds=7)
    settled.until(lambda: not settled.session.tasks.busy)
    assert settled.session.library._settings.photo_seconds == 7
    settled.search_with(photos[3])
    assert settled.matches()[0] == "photo_003.jpg"
