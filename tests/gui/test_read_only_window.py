"""The window on a library where nothing may be written: told once, and seen as long as it is open."""

import pytest
from user import User

from tests.closed import DRIVE, closed


@pytest.fixture
def reader(qtbot, filled, tmp_path, start_session):
    """A user whose library is on a drive that is read-only."""
    with closed(tmp_path / "library", DRIVE) as place:
        user = User(qtbot, start_session(place.name))
        user.until(lambda: not user.session.tasks.busy)
        yield user
        user.session.window.close()
        user.until(lambda: user.session.library is None and not user.session.tasks.busy)


def test_it_is_told_once_and_seen_all_the_time(reader, photos):
    assert reader.window.messages.texts == ["This library is read-only."]
    bar = reader.workspace.activity
    assert bar.read_only.isVisible()
    assert bar.read_only.text() == "Read-only"
    assert "library-drive" in bar.read_only.toolTip()
    assert not bar.bar.isVisible(), "it was looked for changes that could not be taken in"
    reader.window.messages.clear()
    for photo in photos[:3]:
        reader.search_with(photo)
        assert reader.matches()[0] == photo.name
    assert reader.window.messages.texts == []
    assert reader.history() == []


def test_nothing_is_looked_for_by_itself_and_folders_cannot_be_changed(reader):
    folders = reader.workspace.folders
    assert not reader.workspace.watching.on
    controls = (folders._add, folders._update, folders.watching)
    assert not any(control.isEnabled() for control in controls)
    folders.show_roots(())
    folders.show_roots(reader.workspace.watch.latest.roots)
    assert not any(control.isEnabled() for control in controls)


def test_what_would_change_it_says_why_not(reader, photos):
    reader.window.messages.clear()
    reader.window.commands["update"].trigger()
    reader.until(lambda: reader.window.messages.texts)
    (said,) = reader.window.messages.texts
    assert said.endswith("is read-only: it can be searched and looked through, but not changed.")
    reader.until(lambda: not reader.workspace.indexing.running)


def test_a_library_that_can_be_changed_is_not_called_read_only(settled):
    assert not settled.workspace.activity.read_only.isVisible()
    assert settled.workspace.folders._add.isEnabled()
    assert "This library is read-only." not in settled.window.messages.texts
