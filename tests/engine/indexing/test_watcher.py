"""Hearing of changes from the operating system."""

import errno
import os
import threading
import time

import pytest

from engine.indexing.watcher import Watcher, outermost
from engine.records import Root

SOON = 10.0


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "Pictures"
    (made / "deep" / "down").mkdir(parents=True)
    (made / "Trash").mkdir()
    (made / ".hidden").mkdir()
    (made / "library").mkdir()
    (made / "there.jpg").touch()
    return made


@pytest.fixture
def watcher(folder):
    made = Watcher(folder / "library", lambda: None)
    yield made
    made.close()


def root(path, *, online=True, excludes=()):
    return Root("1", path, online, 0, 0, tuple(excludes))


def heard(watcher, *expected, doing=lambda: None):
    """Everything that is heard until the expected folders were, while something is done again and again."""
    found = set()
    deadline = time.monotonic() + SOON
    while time.monotonic() < deadline and not found.issuperset(expected):
        doing()
        found.update(watcher.take())
        time.sleep(0.02)
    assert found >= set(expected)
    return found


def test_new_changed_moved_and_deleted_files_are_heard_of(watcher, folder, tmp_path):
    assert watcher.watch([root(folder)]) == ""
    (folder / "new.jpg").write_bytes(b"x")
    heard(watcher, folder)
    # The system's watches on the folders below are made in the background: the first writing may come before them.
    heard(watcher, folder / "deep" / "down", doing=lambda: (folder / "deep" / "down" / "a.jpg").write_bytes(b"x"))
    with (folder / "there.jpg").open("ab") as stream:
        stream.write(b"more")
    heard(watcher, folder)
    (folder / "there.jpg").rename(folder / "deep" / "there.jpg")
    heard(watcher, folder)
    (folder / "deep" / "there.jpg").unlink()
    heard(watcher, folder / "deep")
    (tmp_path / "from outside.jpg").write_bytes(b"x")
    (tmp_path / "from outside.jpg").rename(folder / "deep" / "b.jpg")
    heard(watcher, folder / "deep")


def test_folders_that_are_new_are_watched_too(watcher, folder):
    watcher.watch([root(folder)])
    (folder / "2024" / "05").mkdir(parents=True)
    heard(watcher, folder)
    # Until the new folders are watched, what is in them is found all the same: the folder above was told.
    photo = folder / "2024" / "05" / "a.jpg"
    heard(watcher, folder / "2024" / "05", doing=lambda: photo.write_bytes(b"x"))


def test_reading_is_no_change_nor_is_what_nobody_indexes(watcher, folder):
    watcher.watch([root(folder, excludes=["Trash/", "*.gif"])], frozenset([".bmp"]))
    (folder / "there.jpg").read_bytes()
    (folder / "library" / "catalog.db").write_bytes(b"x")
    (folder / ".hidden" / "a.jpg").write_bytes(b"x")
    (folder / "Trash" / "a.jpg").write_bytes(b"x")
    (folder / "dance.gif").write_bytes(b"x")
    (folder / "old.bmp").write_bytes(b"x")
    (folder / "Thumbs.db").write_bytes(b"x")
    time.sleep(0.5)
    assert watcher.take() == []
    (folder / "deep" / "a.jpg").write_bytes(b"x")
    assert heard(watcher, folder / "deep") == {folder / "deep"}


def test_it_calls_once_until_the_changes_are_taken(folder):
    calls = []
    rang = threading.Event()
    watcher = Watcher(folder / "library", lambda: (calls.append(1), rang.set()))
    watcher.watch([root(folder)])
    for number in range(20):
        (folder / f"{number}.jpg").write_bytes(b"x")
    assert rang.wait(SOON)
    time.sleep(0.5)
    assert len(calls) == 1
    assert watcher.take() == [folder]
    (folder / "more.jpg").write_bytes(b"x")
    heard(watcher, folder)
    watcher.close()


def test_a_folder_that_went_away_is_looked_for_above(watcher, folder):
    watcher.watch([root(folder)])
    (folder / "deep" / "down" / "a.jpg").write_bytes(b"x")
    time.sleep(0.3)
    (folder / "deep" / "down" / "a.jpg").unlink()
    (folder / "deep" / "down").rmdir()
    (folder / "deep").rmdir()
    time.sleep(0.3)
    assert watcher.take() == [folder]


def test_roots_that_are_away_are_passed_over(watcher, tmp_path):
    assert watcher.watch([root(tmp_path / "usb", online=False)]) == ""
    assert watcher.watch([]) == ""


def test_other_roots_take_the_place_of_those_before(watcher, folder, tmp_path):
    watcher.watch([root(folder / "deep")])
    watcher.watch([root(folder / "Trash")])
    (folder / "deep" / "a.jpg").write_bytes(b"x")
    (folder / "Trash" / "a.jpg").write_bytes(b"x")
    assert heard(watcher, folder / "Trash") == {folder / "Trash"}


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "has more folders than the system lets programs watch"), (errno.EACCES, "cannot be watched: Perm")],
)
def test_running_out_of_watches_is_a_sentence_and_no_end(watcher, folder, monkeypatch, number, said):
    from watchdog.observers.api import BaseObserver

    real = BaseObserver.schedule

    def schedule(self, handler, path, **options):
        if path.endswith("deep"):
            raise OSError(number, os.strerror(number))
        return real(self, handler, path, **options)

    monkeypatch.setattr(BaseObserver, "schedule", schedule)
    problem = watcher.watch([root(folder / "deep"), root(folder / "Trash")])
    assert f"“deep” {said}" in problem
    assert "when you come back to the window" in problem
    assert watcher.problem == problem
    (folder / "Trash" / "a.jpg").write_bytes(b"x")
    heard(watcher, folder / "Trash")
    assert watcher.watch([root(folder / "Trash")]) == ""


def test_other_programs_keep_half_of_the_watches(watcher, folder, tmp_path, monkeypatch):
    (tmp_path / "limit").write_text("12\n")
    monkeypatch.setattr("engine.indexing.watcher._LIMIT", tmp_path / "limit")
    assert "more folders than the system lets" in watcher.watch([root(folder / "deep"), root(folder)])
    (folder / "deep" / "a.jpg").write_bytes(b"x")
    heard(watcher, folder / "deep")
    assert watcher.watch([root(folder)]) == ""


def test_an_idle_watcher_takes_no_time(watcher, folder):
    watcher.watch([root(folder)])
    time.sleep(0.2)
    before = time.process_time()
    time.sleep(1.0)
    assert time.process_time() - before < 0.02


def test_outermost_folders(tmp_path):
    a, ab, abc, x = (tmp_path / name for name in ("a", "a/b", "a b/c", "x"))
    assert outermost([ab, a, abc, x, x]) == [a, abc, x]
