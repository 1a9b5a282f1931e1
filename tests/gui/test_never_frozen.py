"""The window's thread is never busy, and never waits, for longer than a person notices: 50 ms."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from user import User

from benchmarks.heartbeat import TOO_LONG, Heartbeat
from engine.filters import Filters, Orientation
from engine.records import QueryPicture
from gui.browsing import View
from gui.garbage import GarbageCollector
from gui.tasks import Lane

# Without a desktop there is nothing a menu or a dialog could grab or raise.
pytestmark = [pytest.mark.alone, pytest.mark.qt_log_ignore("This plugin does not support")]


PHOTOS = 300
USUAL_SECONDS = 0.006
ROUNDS = (("One", 0), ("Two", PHOTOS), ("Three", 2 * PHOTOS))


@pytest.fixture
def collector(qtbot):
    """As in the program, where it works on the window's thread."""
    made = GarbageCollector()
    made.start()
    yield made
    made.stop()


def work(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def test_work_on_the_windows_thread_is_told(qtbot):
    with Heartbeat() as heart:
        QTimer.singleShot(0, lambda: work(0.1))
        qtbot.waitUntil(lambda: bool(heart.late))
    assert "ms of work at once" in heart.late[0]
    assert "in work" in heart.late[0]


def test_waiting_in_our_own_code_is_told(qtbot, tasks):
    """Here for a worker, as `shutdown` does on purpose."""
    owner = QObject()
    tasks.submit(lambda job: time.sleep(0.3), lane=Lane.READING, owner=owner)
    with Heartbeat() as heart:
        QTimer.singleShot(0, tasks.shutdown)
        qtbot.waitUntil(lambda: bool(heart.late))
    assert "in shutdown" in heart.late[0]


def test_an_idle_window_is_no_late_one(qtbot):
    with Heartbeat() as heart:
        qtbot.wait(200)
    assert not heart.late


def slowness() -> float:
    """How much longer this machine takes for some work now than one of usual speed at its best; 1 at least.

    Processor time grows too where two share a processor.
    """

    def took() -> float:
        before = time.thread_time()
        sum(number * number for number in range(100_000))
        return time.thread_time() - before

    return max(1.0, sorted(took() for _ in range(15))[7] / USUAL_SECONDS)


def never_late(run: Callable[[Heartbeat], None]) -> None:
    """Three times at most: what blocks the window does so again, what a busy machine adds to its time does not."""
    for _ in range(3):
        with Heartbeat() as heart:
            run(heart)
        waited = [late for late in heart.late if late.startswith("waited")]
        if not waited and heart.longest <= TOO_LONG * slowness():
            return
    pytest.fail("\n\n".join(heart.late))


def test_opening(start_session, collector):
    names = iter(("one", "two", "three"))
    never_late(lambda heart: start_session(next(names)))


def test_indexing_and_searching_at_once(user: User, tmp_path, make_photos, collector):
    workspace = user.workspace
    prepared = iter([make_photos(tmp_path / name, PHOTOS, first) for name, first in ROUNDS])

    def run(heart: Heartbeat) -> None:
        many = next(prepared)
        workspace.add_folders([many[0].parent])
        user.until(lambda: user.session.library.counts().searchable > 0)
        workspace.take_pictures([QueryPicture(path=many[0])], False)
        user.until(lambda: workspace.searching.result)
        while workspace.indexing.running:
            look_around(user, heart)
        user.until(lambda: workspace.searching.result and workspace.searching.result.searchable >= PHOTOS)
        workspace.results.gallery.opened.emit(workspace.results.model.photo_at(0))
        user.until(lambda: workspace.viewer.photo)
        user.key(workspace.viewer, Qt.Key.Key_Right)
        user.key(workspace.viewer, Qt.Key.Key_Escape)

    never_late(run)


def look_around(user: User, heart: Heartbeat) -> None:
    """What somebody does who does not wait for the end of indexing; nobody does two of it at the same moment."""
    workspace = user.workspace
    gallery, header = workspace.results.gallery, workspace.results.header
    for act in (
        lambda: user.key(gallery, Qt.Key.Key_PageDown),
        lambda: gallery.verticalScrollBar().setValue(gallery.verticalScrollBar().maximum()),
        lambda: header.scores.lowest.setValue(20),
        lambda: user.key(gallery, Qt.Key.Key_L),
        lambda: header.scores.lowest.setValue(0),
    ):
        act()
        before = heart.beats
        user.until(lambda before=before: heart.beats > before + 1)
        user.until(lambda: workspace.searching.result)


def test_browsing_and_filters(settled: User, collector):
    workspace = settled.workspace

    def run(heart: Heartbeat) -> None:
        for view in View:
            workspace.library_panel.entries[view].click()
            settled.until(lambda view=view: workspace.browsing.shelf and workspace.browsing.shelf.place.view is view)
        workspace.filters.hide()
        workspace.exploring.toggle_filters()
        settled.until(workspace.filters.isVisible)
        for filters in (Filters(orientations=(Orientation.PORTRAIT,)), Filters(min_size=50), Filters()):
            workspace.exploring.filter(filters)
            settled.until(lambda filters=filters: workspace.browsing.shelf.place.filters == filters)

    never_late(run)
