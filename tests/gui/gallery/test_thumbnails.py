import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from engine.errors import EngineError, UnreadablePhotoError
from engine.records import Photo, PhotoState
from gui.gallery.thumbnails import ThumbnailLoader

MakeLoader = Callable[..., ThumbnailLoader]


class Shelf:
    """What a library does for the loader: slow if told so, and it remembers what it was asked for."""

    def __init__(self, jpeg: bytes) -> None:
        self.jpeg = jpeg
        self.asked: list[str] = []
        self.open = threading.Event()
        self.open.set()

    def fetch(self, photo_id: str) -> bytes:
        self.asked.append(photo_id)
        assert self.open.wait(10)
        if photo_id.startswith("unreadable"):
            raise UnreadablePhotoError("The file is cut short.", "Copy it again.")
        if photo_id.startswith("bug"):
            raise KeyError(photo_id)
        return b"no picture" if photo_id.startswith("garbage") else self.jpeg


@pytest.fixture
def shelf(jpeg: bytes) -> Shelf:
    return Shelf(jpeg)


@pytest.fixture
def make_loader(qapp: object, shelf: Shelf) -> Iterator[MakeLoader]:
    made: list[ThumbnailLoader] = []

    def make(**limits: int) -> ThumbnailLoader:
        made.append(ThumbnailLoader(shelf.fetch, **limits))
        return made[-1]

    yield make
    shelf.open.set()
    for loader in made:
        loader.shutdown()


def photos(*photo_ids: str, content: bytes = b"") -> list[Photo]:
    moment = datetime(2024, 5, 3)
    return [
        Photo(photo_id, Path(f"/photos/{photo_id}.jpg"), "root", 1, moment, PhotoState.INDEXED, content)
        for photo_id in photo_ids
    ]


def loaded(loader: ThumbnailLoader, *photo_ids: str) -> Callable[[], bool]:
    return lambda: all(loader.image(photo_id) is not None for photo_id in photo_ids)


def test_a_wanted_thumbnail_arrives_in_the_wanted_size(make_loader: MakeLoader, qtbot: QtBot) -> None:
    loader = make_loader()
    with qtbot.waitSignal(loader.loaded) as signal:
        loader.want(photos("a"), 160)
    assert signal.args == [["a"]]
    assert (loader.image("a").width(), loader.image("a").height()) == (160, 120)


def test_it_is_never_enlarged(make_loader: MakeLoader, shelf: Shelf, qtbot: QtBot) -> None:
    loader = make_loader()
    loader.want(photos("a"), 900)
    qtbot.waitUntil(loaded(loader, "a"))
    assert loader.image("a").width() == 320
    loader.want(photos("a"), 1200)  # there are no more pixels to be had
    assert shelf.asked == ["a"]


def test_another_size_is_loaded_while_the_old_one_is_shown(make_loader: MakeLoader, qtbot: QtBot) -> None:
    loader = make_loader()
    loader.want(photos("a"), 100)
    qtbot.waitUntil(loaded(loader, "a"))
    loader.want(photos("a"), 200)
    assert loader.image("a").width() == 100
    qtbot.waitUntil(lambda: loader.image("a").width() == 200)


def test_signals_arrive_on_the_gui_thread_and_never_before_control_returns(
    make_loader: MakeLoader, qtbot: QtBot
) -> None:
    loader = make_loader()
    threads = []
    loader.loaded.connect(lambda ids: threads.append(QThread.currentThread()))
    loader.want(photos("a"), 100)
    loader.shutdown()
    assert threads == []
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [loader.thread()]


def test_the_most_urgent_come_first_and_what_scrolled_away_is_dropped(
    make_loader: MakeLoader, shelf: Shelf, qtbot: QtBot
) -> None:
    loader = make_loader()
    shelf.open.clear()
    loader.want(photos("busy1", "busy2", "gone1", "gone2"), 100)
    qtbot.waitUntil(lambda: len(shelf.asked) == 2)  # both threads wait at the shelf
    loader.want(photos("c", "d", "e"), 100)
    shelf.open.set()
    qtbot.waitUntil(loaded(loader, "busy1", "busy2", "c", "d", "e"))
    assert set(shelf.asked[:2]) == {"busy1", "busy2"}
    assert set(shelf.asked[2:4]) == {"c", "d"}
    assert shelf.asked[4:] == ["e"]


def test_nothing_is_fetched_twice_while_it_is_on_its_way(make_loader: MakeLoader, shelf: Shelf, qtbot: QtBot) -> None:
    loader = make_loader()
    shelf.open.clear()
    loader.want(photos("a"), 100)
    qtbot.waitUntil(lambda: shelf.asked == ["a"])
    loader.want(photos("a", "b"), 100)
    shelf.open.set()
    qtbot.waitUntil(loaded(loader, "a", "b"))
    assert sorted(shelf.asked) == ["a", "b"]


def test_the_least_recently_used_are_dropped_beyond_the_budget(make_loader: MakeLoader, qtbot: QtBot) -> None:
    one = 100 * 75 * 4
    loader = make_loader(budget=3 * one)
    for photo_id in ("a", "b", "c"):
        loader.want(photos(photo_id), 100)
        qtbot.waitUntil(loaded(loader, photo_id))
    loader.image("a")
    loader.want(photos("d"), 100)
    qtbot.waitUntil(loaded(loader, "d"))
    assert [photo_id for photo_id in "abcd" if loader.image(photo_id)] == ["a", "c", "d"]
    assert loader.bytes_held == 3 * one


def test_what_is_wanted_is_kept_even_beyond_the_budget(make_loader: MakeLoader, shelf: Shelf, qtbot: QtBot) -> None:
    loader = make_loader(budget=10)
    loader.want(photos("a", "b", "c"), 100)
    qtbot.waitUntil(loaded(loader, "a", "b", "c"))
    loader.want(photos("a", "b", "c"), 100)
    assert sorted(shelf.asked) == ["a", "b", "c"]


@pytest.mark.parametrize("photo_id", ["unreadable", "garbage"])
def test_a_failure_is_remembered_until_it_is_forgotten(
    make_loader: MakeLoader, shelf: Shelf, qtbot: QtBot, photo_id: str
) -> None:
    loader = make_loader()
    with qtbot.waitSignal(loader.loaded):
        loader.want(photos(photo_id), 100)
    assert isinstance(loader.failure(photo_id), EngineError)
    assert loader.failure(photo_id).hint
    loader.want(photos(photo_id), 100)
    assert shelf.asked == [photo_id]
    loader.forget_failures()
    with qtbot.waitSignal(loader.loaded):
        loader.want(photos(photo_id), 100)


def test_a_mistake_of_ours_is_raised_on_the_gui_thread_and_stops_nothing(make_loader: MakeLoader, qtbot: QtBot) -> None:
    loader = make_loader()
    with capture_exceptions() as raised:
        loader.want(photos("bug", "a", "b", "c"), 100)
        qtbot.waitUntil(loaded(loader, "a", "b", "c"))
        qtbot.waitUntil(lambda: loader.failure("bug") is not None)
    assert [kind for kind, _, _ in raised] == [KeyError]


def test_shutdown_joins_the_threads_and_drops_what_waits(make_loader: MakeLoader, shelf: Shelf, qtbot: QtBot) -> None:
    before = threading.active_count()
    loader = make_loader()
    assert threading.active_count() == before  # none before the first wish
    loader.want(photos(*(str(number) for number in range(500))), 100)
    qtbot.waitUntil(lambda: len(shelf.asked) > 4)
    loader.shutdown()
    assert threading.active_count() == before
    assert len(shelf.asked) < 500
    loader.shutdown()


def test_shutdown_without_a_single_wish(make_loader: MakeLoader) -> None:
    make_loader().shutdown()


def test_hundreds_of_thumbnails_arrive(make_loader: MakeLoader, qtbot: QtBot) -> None:
    loader = make_loader()
    ids = [str(number) for number in range(300)]
    loader.want(photos(*ids), 96)
    qtbot.waitUntil(loaded(loader, *ids), timeout=20_000)


@pytest.mark.parametrize("photo_id", ["a", "unreadable"])
def test_a_file_that_changed_is_loaded_again(
    make_loader: MakeLoader, shelf: Shelf, qtbot: QtBot, photo_id: str
) -> None:
    loader = make_loader()
    for content in (b"before", b"after"):
        with qtbot.waitSignal(loader.loaded):
            loader.want(photos(photo_id, content=content), 100)
    assert shelf.asked == [photo_id, photo_id]
