"""What is named on the command line comes into the window, however early it is there."""

import shutil
from pathlib import Path

import pytest

from gui.messages import Toast
from tests.samples import write_model

# Without a desktop there is nothing a dialog could raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def offers(user) -> list[Toast]:
    return [toast for toast in user.window.messages.findChildren(Toast) if not toast.isHidden()]


def test_a_picture_becomes_the_query(settled, photos):
    settled.session.arrivals.arrive([photos[3]])
    settled.until(lambda: settled.workspace.searching.result)
    assert settled.query_names() == [photos[3].name]
    assert settled.matches()[0] == photos[3].name


def test_a_picture_waits_for_the_library(qtbot, start_session, open_library, photos):
    open_library().index([photos[0].parent])
    session = start_session(wait=False)
    session.arrivals.arrive([photos[0]])
    qtbot.waitUntil(lambda: session.window.workspace is not None, timeout=30_000)
    searching = session.window.workspace.searching
    qtbot.waitUntil(lambda: searching.result is not None, timeout=30_000)
    assert searching.result.matches[0].photo.path == photos[0]


def test_a_folder_is_offered_to_be_indexed(user, photos):
    user.session.arrivals.arrive([photos[0].parent])
    user.until(lambda: user.window.messages.texts == ["Index “Pictures”?"])
    assert not user.workspace.indexing.running
    (toast,) = offers(user)
    toast.offered.click()
    user.until(lambda: user.workspace.watch.latest.counts.searchable == len(photos))


def test_what_is_not_there_is_said(user, tmp_path):
    user.session.arrivals.arrive([tmp_path / "gone.jpg"])
    user.until(lambda: user.window.messages.texts)
    assert "gone.jpg" in user.window.messages.texts[0]


def test_a_window_that_was_minimised_comes_back(user):
    user.window.showMinimized()
    user.session.arrivals.arrive([])
    user.until(lambda: not user.window.isMinimized() and user.window.isVisible())


@pytest.mark.parametrize("form", ["folder", "archive", "file"])
def test_a_model_is_added_and_not_searched_with(user, tmp_path, form):
    own = write_model(tmp_path / "downloads", "own", seed=5, dim=8)
    given = {
        "folder": lambda: own,
        "archive": lambda: Path(shutil.make_archive(str(tmp_path / "packed"), "zip", own.parent)),
        "file": lambda: user.session.library.models.export("tiny", tmp_path / "lone.onnx"),
    }[form]()
    user.session.arrivals.arrive([given])
    user.until(lambda: user.workspace.models.dialog and user.workspace.models.dialog.note.text())
    user.until(lambda: not user.workspace.models.adding)
    assert user.query_names() == []
    names = [card.name for card in user.session.library.models.list()]
    assert ("own" in names) is (form != "file")


def test_a_model_and_a_picture_go_their_ways(settled, photos, tmp_path):
    own = write_model(tmp_path / "downloads", "own", seed=5, dim=8)
    settled.session.arrivals.arrive([photos[3], own])
    settled.until(lambda: settled.matches()[:1] == [photos[3].name])
    settled.until(lambda: any(card.name == "own" for card in settled.session.library.models.list()))
