import gc
import threading
import weakref

import pytest

from gui.garbage import GarbageCollector, collect_if_due


class Node:
    """One half of a cycle."""

    def __init__(self) -> None:
        self.other = self


@pytest.fixture
def collector(qtbot):
    made = GarbageCollector()
    made.start()
    yield made
    made.stop()
    gc.disable()  # as the other tests of the window want it


def allocate() -> None:
    """More than enough for Python to collect by itself."""
    kept = [[number] for number in range(20 * gc.get_threshold()[0])]
    del kept


def test_a_worker_frees_no_cycle(collector):
    node = Node()
    gone = threading.Event()
    weakref.finalize(node, gone.set)
    del node
    worker = threading.Thread(target=allocate)
    worker.start()
    worker.join()
    assert not gone.is_set()


def test_the_windows_thread_frees_it(collector, qtbot):
    freed_on = []
    node = Node()
    weakref.finalize(node, lambda: freed_on.append(threading.current_thread()))
    del node
    kept = [[number] for number in range(2 * gc.get_threshold()[0])]
    qtbot.waitUntil(lambda: bool(freed_on), timeout=10_000)
    assert freed_on == [threading.main_thread()]
    assert kept


def test_what_is_kept_is_not_looked_at_again(collector):
    kept = [Node() for _ in range(10)]
    collector.keep()
    assert not [one for one in gc.get_objects() if isinstance(one, Node)]
    assert gc.get_freeze_count() > len(kept)


def test_nothing_is_collected_before_it_is_due(collector):
    gc.collect()
    assert collect_if_due() is None


def test_the_oldest_generation_that_is_due_is_collected(collector):
    before = gc.get_threshold()
    gc.collect()
    gc.set_threshold(100, 1, 1000)
    try:
        kept = []
        seen = []
        for _ in range(4):
            kept += [[number] for number in range(1000)]
            seen.append(collect_if_due())
    finally:
        gc.set_threshold(*before)
    assert set(seen) == {0, 1}


def test_python_has_its_collector_back_afterwards(qtbot):
    collector = GarbageCollector()
    was_on = gc.isenabled()
    collector.start()
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
    if not was_on:
        gc.disable()
