"""Closing the window in the middle of anything: it ends soon, and what was there before is there afterwards."""

import os
import signal
import socket
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from deeds import choose
from gestures import answer, question
from PySide6.QtCore import QMimeData, QUrl
from user import User

from benchmarks.heartbeat import Heartbeat
from engine.catalog.database import Database
from engine.records import Photo, QueryPicture
from gui.app import Session
from gui.browsing import View
from gui.dialogs.keys import KeysDialog

if sys.platform == "linux":
    import fcntl

pytestmark = [pytest.mark.alone, pytest.mark.qt_log_ignore("This plugin does not support")]
SOON_MS = 15_000
"""Less than a site (20 seconds) or a file (60 seconds) that says nothing would be waited for."""
needs_leases = pytest.mark.skipif(sys.platform != "linux", reason="A file that does not answer is a leased one here.")


class Endless:
    """Files that are there and cannot be opened for a long time, as on a drive that does not answer any more.

    Whoever opens a file waits for those who hold a lease on it (fcntl(2), F_SETLEASE).
    """

    def __init__(self) -> None:
        self._held: dict[Path, int] = {}
        self._told = signal.signal(signal.SIGIO, signal.SIG_IGN)  # comes when somebody waits

    def make(self, path: Path) -> None:
        """A new one, or in place of a file."""
        if path.exists():
            path.rename(path.with_suffix(".kept"))
        path.write_bytes(b"")
        self._held[path] = os.open(path, os.O_RDONLY)
        fcntl.fcntl(self._held[path], fcntl.F_SETLEASE, fcntl.F_WRLCK)

    def is_read(self, path: Path) -> bool:
        """Whether somebody waits for it; then the file that was there before is there again."""
        if fcntl.fcntl(self._held[path], fcntl.F_GETLEASE) == fcntl.F_WRLCK:
            return False
        path.unlink()
        if path.with_suffix(".kept").exists():
            path.with_suffix(".kept").rename(path)
        return True

    def end(self) -> None:
        for descriptor in self._held.values():
            os.close(descriptor)
        signal.signal(signal.SIGIO, self._told)


@pytest.fixture
def endless() -> Iterator[Endless | None]:
    made = Endless() if sys.platform == "linux" else None
    yield made
    if made is not None:
        made.end()


def close(session: Session, until: Callable[[Callable[[], object]], None]) -> None:
    """As a person does; the window's thread waits for nothing meanwhile."""
    with Heartbeat() as heart:
        session.window.close()
        until(lambda: session.library is None and not session.tasks.busy)
        until(lambda: not session.window.isVisible())
    assert not [late for late in heart.late if late.startswith("waited")], "\n".join(heart.late)


@pytest.fixture
def until(qtbot) -> Callable[[Callable[[], object]], None]:
    return lambda test: qtbot.waitUntil(lambda: bool(test()), timeout=SOON_MS)


@pytest.fixture
def busy(endless, settled: User, photos, until, open_library) -> Iterator[User]:
    """A user of 12 photos who has asked once; the window is closed after the test, and the library looked at."""
    settled.search_with(photos[0])
    settled.until(lambda: len(settled.history()) == 2)
    yield settled
    close(settled.session, until)
    library = open_library()
    assert library.verify().ok
    assert library.counts().searchable == len([photo for photo in photos if photo.exists()])
    assert library.history.list()[-1].query.pictures[0].path == photos[0]


def photo_of(user: User, path: Path) -> Photo:
    return next(match.photo for match in user.workspace.searching.result.matches if match.photo.path == path)


@needs_leases
def test_during_a_search_with_a_picture_that_has_no_end(busy, tmp_path, endless):
    endless.make(tmp_path / "beach.jpg")
    busy.workspace.take_pictures([QueryPicture(path=tmp_path / "beach.jpg")], False)
    busy.until(lambda: endless.is_read(tmp_path / "beach.jpg"))


def test_during_a_search(busy, photos):
    busy.workspace.take_pictures([QueryPicture(path=path) for path in photos], False)


def test_during_browsing_and_counting(busy):
    busy.workspace.exploring.toggle_filters()
    busy.workspace.counting._count()
    for view in View:
        busy.workspace.library_panel.entries[view].click()


@needs_leases
def test_while_a_thumbnail_is_made_again(busy, photos, endless):
    photo, loader = photo_of(busy, photos[1]), busy.workspace.loader
    busy.session.library.empty_thumbnails()
    endless.make(photos[1])
    loader._discard(photo.id)
    loader.want([photo], 160)
    busy.until(lambda: endless.is_read(photos[1]))


@needs_leases
def test_while_a_photo_is_opened(busy, photos, endless):
    photo = photo_of(busy, photos[1])
    endless.make(photos[1])
    busy.workspace.stage.open_viewer(photo)
    busy.until(lambda: endless.is_read(photos[1]))


@needs_leases
def test_during_an_export_there_is_no_half_file(busy, photos, tmp_path, endless):
    (tmp_path / "exports").mkdir()
    busy.workspace.loader.shutdown()  # or it would come first
    busy.session.library.empty_thumbnails()
    endless.make(photos[1])
    busy.workspace.export_results()
    busy.until(lambda: busy.workspace.doers.exporting.dialog)
    dialog = busy.workspace.doers.exporting.dialog
    dialog.fileSelected.emit(str(tmp_path / "exports" / "results.html"))
    dialog.close()
    busy.until(lambda: endless.is_read(photos[1]))
    busy.window.close()
    busy.until(lambda: busy.session.library is None)
    assert list((tmp_path / "exports").iterdir()) == []


def test_on_the_way_to_the_trash(own_trash, busy):
    choose(busy, 1, 2, 3)
    busy.workspace.doers.trashing.ask(busy.workspace.results.gallery.selected_photos())
    answer(question(busy.window), "Move to the trash")


def test_during_a_download_from_a_site_that_says_nothing(busy):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        mime = QMimeData()
        mime.setUrls([QUrl(f"http://127.0.0.1:{silent.getsockname()[1]}/beach.jpg")])
        busy.window.take(mime)
        answer(question(busy.window), "Download")
        connection, _ = silent.accept()
        with connection:
            busy.window.close()
            busy.until(lambda: busy.session.library is None)


def test_with_a_question_and_a_list_open_nothing_is_answered_too_late(busy):
    choose(busy, 1)
    trashing = busy.workspace.doers.trashing
    trashing.ask(busy.workspace.results.gallery.selected_photos())
    busy.window.commands["keys"].trigger()
    keys = busy.window.findChild(KeysDialog)
    assert question(busy.window).isVisible()
    assert keys.isVisible()
    busy.window.close()
    assert question(busy.window) is None
    assert not keys.isVisible()


def test_while_the_first_update_waits_for_another_program(
    start_session, until, open_library, make_photos, tmp_path, qtbot, monkeypatch
):
    library = open_library()
    library.index([make_photos(tmp_path / "Pictures", 3)[0].parent])
    library.close()
    other = sqlite3.connect(tmp_path / "library" / "catalog.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    asked, writing = [], Database.writing
    monkeypatch.setattr(Database, "writing", lambda self, **how: asked.append(self) or writing(self, **how))
    session = start_session(wait=False)
    until(lambda: session.window.workspace and session.window.workspace.indexing.running and asked)
    session.window.close()
    qtbot.wait(500)
    assert session.tasks.busy
    other.execute("ROLLBACK")
    other.close()
    close(session, until)
    assert open_library().counts().searchable == 3
