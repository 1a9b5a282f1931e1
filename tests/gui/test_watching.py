"""The window follows its folders by itself: nobody presses a key here."""

import sys
from pathlib import Path
from threading import Event

import pytest
from filelock import FileLock
from PySide6.QtCore import Qt
from user import User

import engine.indexing.watcher as watcher_module
import gui.watching as watching_module
from engine.settings_file import SettingsFile
from gui.tasks import Lane

ACTIVE, INACTIVE = Qt.ApplicationState.ApplicationActive, Qt.ApplicationState.ApplicationInactive


@pytest.fixture(autouse=True)
def soon_quiet(monkeypatch) -> None:
    monkeypatch.setattr(watching_module, "QUIET_MS", 50)


@pytest.fixture
def watched(settled: User) -> User:
    """A user whose folder is watched."""
    settled.until(lambda: any(root.online for root in settled.workspace.watching._roots))
    settled.until(lambda: settled.workspace.watching._watcher._watches and not settled.workspace.indexing.running)
    return settled


def photo_count(user: User) -> int:
    return sum(root.photos for root in user.workspace.watch.latest.roots)


def test_a_photo_that_comes_or_goes_is_taken_in(watched, photos, make_photos):
    make_photos(photos[0].parent / "new", 2)
    watched.until(lambda: photo_count(watched) == 14)
    photos[0].unlink()
    watched.until(lambda: photo_count(watched) == 13)


def test_what_changes_during_a_run_is_taken_in_by_one_run_after_it(watched, photos, make_photos):
    workspace, starts, changed = watched.workspace, [], Event()
    watched.session.tasks.submit(lambda job: changed.wait(), lane=Lane.WRITING, owner=workspace)  # the run waits for it
    workspace.indexing.update()
    workspace.indexing.started.connect(lambda: starts.append(1))
    make_photos(photos[0].parent / "new", 2)
    try:
        watched.until(lambda: workspace.indexing._next == (photos[0].parent,))
        assert not starts
    finally:
        changed.set()
    watched.until(lambda: starts and not workspace.indexing.running and photo_count(watched) == 14)
    assert starts == [1]


def test_the_switch_is_obeyed_at_once_and_kept(watched):
    panel, watching = watched.workspace.folders, watched.workspace.watching
    assert panel.watching.isChecked()
    panel.watching.click()
    watched.until(lambda: not watching._watcher._watches and not watched.session.tasks.busy)
    assert not watching.on
    assert not SettingsFile(watched.session.preferences.file.path).load().settings.watch
    panel.watching.click()
    watched.until(lambda: watching._watcher._watches)
    assert watching.on


def test_a_drive_that_comes_back_is_looked_through(watched, photos, make_photos):
    folder = photos[0].parent
    away = folder.rename(folder.with_name("unplugged"))
    watched.until(lambda: not watched.workspace.watch.latest.roots[0].online)
    make_photos(away / "new", 2)
    away.rename(folder)
    watched.until(lambda: photo_count(watched) == 14)


def test_after_a_long_absence_everything_is_looked_through(watched, qtbot, qapp):
    watching, now = watched.workspace.watching, [0.0]
    watching.clock = lambda: now[0]
    qapp.applicationStateChanged.emit(INACTIVE)
    now[0] = watching_module.AWAY_SECONDS - 1
    qapp.applicationStateChanged.emit(ACTIVE)
    assert not watched.workspace.indexing.running
    qapp.applicationStateChanged.emit(INACTIVE)
    now[0] += watching_module.AWAY_SECONDS
    with qtbot.waitSignal(watched.workspace.indexing.finished):
        qapp.applicationStateChanged.emit(ACTIVE)


def test_a_system_without_watches_is_said_with_what_to_do(user, photos: list[Path], monkeypatch):
    monkeypatch.setattr(watcher_module, "_watches_for_us", lambda: 0)
    user.add_folder(photos[0].parent)
    problem = user.workspace.folders.problem
    user.until(problem.isVisible)
    assert "“Pictures” has more folders than the system lets programs watch." in problem.text()
    assert sys.platform != "linux" or "raise fs.inotify.max_user_watches" in problem.text()


def test_changes_wait_out_another_program_that_updates_the_library(watched, photos, make_photos, monkeypatch):
    monkeypatch.setattr(watching_module, "RETRY_MS", 50)
    workspace = watched.workspace
    lock = FileLock(watched.session.library.folder / "lock")
    with lock, watched._qtbot.waitSignals([workspace.indexing.busy_elsewhere] * 2):
        make_photos(photos[0].parent / "new", 2)
    watched.until(lambda: photo_count(watched) == 14)
    watched.until(lambda: not workspace.indexing.running)
    assert not workspace.watching._owed
    assert not workspace.activity.go_on.isVisible()


def test_changes_of_a_run_that_was_cancelled_come_with_the_next_change(watched, photos, make_photos):
    workspace = watched.workspace
    workspace.indexing.started.connect(workspace.indexing.cancel, Qt.ConnectionType.SingleShotConnection)
    with watched._qtbot.waitSignal(workspace.indexing.stopped):
        make_photos(photos[0].parent / "new", 2)
    watched.until(lambda: not workspace.indexing.running)
    assert workspace.watching._pending == {photos[0].parent}
    make_photos(photos[0].parent / "newer", 1)
    watched.until(lambda: photo_count(watched) == 15)


def test_what_was_cancelled_is_offered(watched, photos, make_photos, tmp_path):
    workspace, other = watched.workspace, make_photos(tmp_path / "Other", 3)[0].parent
    workspace.indexing.update()
    workspace.indexing.add([other])
    workspace.indexing.cancel()
    watched.until(lambda: not workspace.indexing.running)
    assert workspace.activity.go_on.isVisible()
    workspace.activity.go_on.click()
    assert not workspace.activity.go_on.isVisible()
    watched.until(lambda: photo_count(watched) == 15)
    watched.until(lambda: workspace.indexing._left is None and not workspace.indexing.running)
    assert not workspace.activity.go_on.isVisible()
