"""Small real things: generated photos, a tiny ONNX model, a library on it; and guards that fail a noisy test."""

import logging
import multiprocessing
import sys
import threading
from collections.abc import Callable, Iterator
from multiprocessing import forkserver
from pathlib import Path

import pytest

from engine import workers
from engine.library import Library
from engine.settings import Settings
from tests.samples import picture, write_model
from tests.side_by_side import (  # noqa: F401  # pytest finds its hooks by their names
    pytest_collection_modifyitems,
    pytest_configure_node,
    pytest_runtest_protocol,
    pytest_xdist_setupnodes,
)

ROOT = Path(__file__).parents[1]
MakePhotos = Callable[..., list[Path]]


@pytest.fixture(scope="session")
def make_photos() -> MakePhotos:
    """make_photos(folder, count, first=0): writes JPEG files photo_000.jpg, ... and returns them."""

    def make(folder: Path, count: int, first: int = 0) -> list[Path]:
        folder.mkdir(parents=True, exist_ok=True)
        files = [folder / f"photo_{seed:03}.jpg" for seed in range(first, first + count)]
        for seed, file in enumerate(files, first):
            picture(seed).save(file, quality=92)
        return files

    return make


@pytest.fixture(scope="session")
def models_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two models, "tiny" and "other"; "tiny" comes with every library of the tests."""
    folder = tmp_path_factory.mktemp("models")
    write_model(folder, "tiny", seed=0)
    write_model(folder, "zother", seed=1, dim=16)
    return folder


@pytest.fixture
def open_library(tmp_path: Path, models_folder: Path) -> Iterator[Callable[..., Library]]:
    """open_library(name="library"): opens a library in tmp_path; all are closed at the end."""
    opened: list[Library] = []

    def open_(name: str = "library", **settings: int) -> Library:
        library = Library.open(tmp_path / name, models_folder, Settings(**{"workers": 1, **settings}))
        opened.append(library)
        return library

    yield open_
    for library in opened:
        library.close()


@pytest.fixture
def library(open_library: Callable[..., Library]) -> Library:
    """An empty library with the tiny model."""
    return open_library()


@pytest.fixture(scope="session", autouse=True)
def quick_workers() -> Iterator[str]:
    """Workers are there at once, forked from a process that has loaded what they need; a window starts three of them.

    Where a test starts the program itself, and in `tests/engine/test_workers.py`, they start as they do in the program,
    which is what this yields.
    """
    method = workers.START_METHOD
    if sys.platform != "linux":
        yield method
        return
    needed = ["onnxruntime", "engine.indexing.reading", "engine.search.explaining"]
    multiprocessing.set_forkserver_preload([*needed, "engine.library", "main"])
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)  # the process finds the modules there
        forkserver.ensure_running()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "START_METHOD", "forkserver")
        yield method


@pytest.fixture(autouse=True)
def no_warnings_in_the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """An unexpected log record is a failure; a test that expects one clears it."""
    yield
    loud = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not loud, f"logged: {[record.getMessage() for record in loud]}"


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """A thread that outlives its test is a failure."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in set(threading.enumerate()) - before if thread.is_alive() and not thread.daemon]
    for thread in left:
        thread.join(timeout=5)
    assert not [thread.name for thread in left if thread.is_alive()]


@pytest.fixture
def own_trash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an empty trash in a home of its own: no test puts anything into a person's trash."""
    from send2trash import plat_other

    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setattr(plat_other, "XDG_DATA_HOME", bytes(home / "data"))
    monkeypatch.setattr(plat_other, "HOMETRASH_B", bytes(home / "data" / "Trash"))
    (home / "data").mkdir()
    return home / "data" / "Trash"
