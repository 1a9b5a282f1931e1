"""Tests in several processes at once (`pytest -n`); those that measure time have the machine to themselves.

`tests/conftest.py` takes over these hooks. Each process holds a lock of its own while it runs a test. A test marked
`alone` shuts a gate that every test passes first, and waits until nobody holds a lock any more. Waiting counts for no
timeout, and the lock of a process that has crashed is free.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from filelock import FileLock

LOCKS = pytest.StashKey[str]()
POLL_SECONDS = 0.01


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config) -> None:
    """One thread each for what computes with several: there are as many processes as processors already."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    folder = TemporaryDirectory(prefix="lookalike-tests-")
    config.add_cleanup(folder.cleanup)
    config.stash[LOCKS] = folder.name


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    node.workerinput["locks"] = node.config.stash[LOCKS]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What runs alone comes last, when there is little left to wait for."""
    if hasattr(config, "workerinput"):
        items.sort(key=_is_alone)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    told = getattr(item.config, "workerinput", None)
    if told is None:
        return (yield)
    folder = Path(told["locks"])
    with alone(folder) if _is_alone(item) else beside(folder, told["workerid"]):
        return (yield)


@contextmanager
def beside(folder: Path, name: str) -> Iterator[None]:
    """Others may do the same at the same time."""
    with _lock(folder / "gate"):
        mine = _lock(folder / f"{name}.busy")
        mine.acquire()
    try:
        yield
    finally:
        mine.release()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else is in `beside` or `alone`."""
    with _lock(folder / "gate"):
        for file in folder.glob("*.busy"):
            with _lock(file):
                pass
        yield


def _lock(file: Path) -> FileLock:
    return FileLock(file, poll_interval=POLL_SECONDS)


def _is_alone(item: pytest.Item) -> bool:
    return item.get_closest_marker("alone") is not None
