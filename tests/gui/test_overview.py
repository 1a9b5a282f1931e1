"""The window looks at its library when there is something to see, and rests otherwise."""

import pytest
from user import User

import gui.overview as overview_module
from engine.library import Library
from engine.records import Decision


@pytest.fixture
def resting(settled: User, monkeypatch) -> User:
    """A user before a window in which nothing happens any more."""
    monkeypatch.setattr(overview_module, "LOOK_EVERY_MS", 20)
    monkeypatch.setattr(overview_module, "AT_REST_MS", 160)
    watch = settled.workspace.watch
    settled.until(lambda: not settled.workspace.indexing.running and not settled.session.tasks.busy)
    watch.look()
    settled.until(lambda: watch._timer.interval() == 160)
    return settled


def test_nothing_is_read_while_nothing_happens(resting, qtbot):
    watch, read = resting.workspace.watch, []
    watch.looked.connect(read.append)
    library = resting.session.library
    assert watch._read(None)[1] == watch.latest  # on this thread, whose pulse begins here
    pulse = library.pulse()
    assert watch._read(pulse) == (pulse, None)
    before = watch.latest
    with qtbot.waitSignals([watch._timer.timeout] * 2):
        pass
    resting.until(lambda: not watch._looking)
    assert watch.latest is before
    assert not read


def test_what_another_program_writes_is_seen(resting, models_folder, photos):
    watch = resting.workspace.watch
    content = resting.session.library.photos.at(photos[0]).content_hash
    with Library.open(resting.session.library.folder, models_folder) as other:
        other.decisions.decide(Decision.PINNED, [content])
        other.collections.create("Holiday", [content])
    resting.until(lambda: [one.name for one in watch.latest.collections] == ["Holiday"])


def test_after_our_own_writing_it_looks_soon(resting):
    watch, library = resting.workspace.watch, resting.session.library
    resting.workspace.doers.collecting._changes.make(lambda _: library.collections.create("Cups"))
    resting.until(lambda: [one.name for one in watch.latest.collections] == ["Cups"])
    resting.until(lambda: watch._timer.interval() == 160)


def test_a_drive_that_goes_is_seen(resting, photos):
    photos[0].parent.rename(photos[0].parent.with_name("unplugged"))
    resting.until(lambda: not resting.workspace.watch.latest.roots[0].online)


def test_a_drive_that_goes_and_comes_back_while_it_is_looked_is_seen_to_be_there(resting, photos, monkeypatch):
    watch, roots = resting.workspace.watch, resting.session.library.roots
    folder, away, listed = photos[0].parent, photos[0].parent.with_name("unplugged"), roots.list

    def unplugged():
        monkeypatch.setattr(roots, "list", listed)
        folder.rename(away)
        seen = listed()
        away.rename(folder)
        return seen

    monkeypatch.setattr(roots, "list", unplugged)
    watch.look()
    resting.until(lambda: not watch.latest.roots[0].online)
    resting.until(lambda: watch.latest.roots[0].online)
