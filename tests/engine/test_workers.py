"""Workers under attack: whatever one task does, it is the only one to suffer, and every task gets its answer."""

import multiprocessing
import os
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine import workers
from engine.errors import BadRequestError, EngineError, UnreadablePhotoError
from engine.jobs import Cancelled
from engine.workers import Limits, WorkerFailedError, WorkerPool
from tests.engine import children, worker_functions

LIMITS = Limits(seconds=20, memory_mib=512)


@pytest.fixture(scope="module", autouse=True)
def started_as_in_the_program(quick_workers):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "START_METHOD", quick_workers)
        yield


@pytest.fixture(scope="module")
def shared():
    """Two workers for all tests that do not mind what happened to them before."""
    pool = WorkerPool(worker_functions.start, 2, LIMITS)
    yield pool
    pool.close()


@pytest.fixture
def new_pool():
    """new_pool(size, limits): workers of a test's own."""
    pools = []

    def make(size=1, limits=LIMITS, start=worker_functions.start) -> WorkerPool:
        pools.append(WorkerPool(start, size, limits))
        return pools[-1]

    yield make
    for pool in pools:
        pool.close()


def doubles(count: int) -> list[tuple[str, int]]:
    return [("double", number) for number in range(count)]


def answers(pool: WorkerPool, tasks) -> dict:
    return dict(pool.map(tasks))


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until(condition, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def test_every_task_is_answered_once_whatever_the_order(shared):
    tasks = doubles(60)
    got = list(shared.map(tasks))
    assert sorted(got) == [(("double", number), number * 2) for number in range(60)]


def test_no_tasks_are_no_answers(shared):
    assert list(shared.map([])) == []


def test_ask_answers_or_raises(shared):
    assert shared.ask(("double", "ab")) == "abab"
    with pytest.raises(BadRequestError, match="no such thing") as caught:
        shared.ask(("refuse", "no such thing"))
    assert caught.value.hint == "Do something else."


CRASHES = [
    ("abort", None, "SIGABRT"),
    ("crash", None, "SIGSEGV"),
    ("kill", int(signal.SIGKILL), "SIGKILL"),
    ("exit", 3, "exit code 3"),
    ("exit", 0, "exit code 0"),
    ("system_exit", 5, "exit code 5"),
]


def test_a_crash_fails_its_own_task_only(shared, capfd):
    crashes = {(kind, value): cause for kind, value, cause in CRASHES}
    good = doubles(30)
    tasks = good[:10]
    for number, crash in enumerate(crashes):
        tasks += [crash, *good[10 + 2 * number : 12 + 2 * number]]
    tasks += good[10 + 2 * len(crashes) :]
    got = answers(shared, tasks)
    assert len(got) == len(tasks)
    assert all(got[task] == task[1] * 2 for task in good)
    for crash, cause in crashes.items():
        assert isinstance(got[crash], UnreadablePhotoError)
        assert got[crash].message == f"Reading it crashed the decoder ({cause}); the file is probably damaged."


def test_tasks_that_all_crash_are_all_answered(new_pool):
    tasks = [("exit", code) for code in range(1, 8)]
    got = answers(new_pool(2), tasks)
    assert sorted(got) == tasks
    assert all(isinstance(answer, UnreadablePhotoError) for answer in got.values())


@pytest.mark.skipif(sys.platform != "linux", reason="counts threads as Linux tells them")
def test_numpy_has_no_threads_of_its_own_in_a_worker(new_pool):
    """They wait by spinning, and each worker would have as many as there are processors."""
    pool = new_pool(1, start=worker_functions.StartWithNumPy())
    assert pool.ask("how many?") == 2, "the one that works, and the one that ends with the parent"


def test_what_an_exception_says_is_told(shared):
    got = answers(shared, [("raise", "bad marker 0xff"), ("recurse", 0), ("nonsense", 0)])
    assert got["raise", "bad marker 0xff"].message == "It could not be read (RuntimeError: bad marker 0xff)."
    assert "RecursionError" in got["recurse", 0].message
    assert "KeyError" in got["nonsense", 0].message
    assert all(isinstance(answer, UnreadablePhotoError) for answer in got.values())


def test_an_answer_that_cannot_travel_fails_its_own_task_only(shared, capfd):
    got = answers(shared, [("unpicklable", 0), ("double", 1)])
    assert got["double", 1] == 2
    assert isinstance(got["unpicklable", 0], UnreadablePhotoError)


def test_a_memory_hog_gets_a_sentence_and_the_worker_goes_on(new_pool):
    pool = new_pool(1, Limits(seconds=20, memory_mib=300))
    before = pool.ask(("pid", None))
    assert pool.ask(("eat", 100)) == 100 * 2**20
    with pytest.raises(UnreadablePhotoError, match="more memory than a photo is allowed to take"):
        pool.ask(("eat", 400))
    assert pool.ask(("pid", None)) == before


def test_a_hang_is_ended_after_the_limit_and_the_tasks_behind_it_are_answered(new_pool):
    pool = new_pool(1, Limits(seconds=0.5, memory_mib=512))
    pool.ask(("double", 1))
    started = time.monotonic()
    got = answers(pool, [("hang", None), *doubles(5)])
    assert time.monotonic() - started < 10
    assert got["hang", None].message == "Reading it took longer than 0.5 seconds."
    assert [got["double", number] for number in range(5)] == [0, 2, 4, 6, 8]


def test_many_short_tasks_may_take_longer_than_the_limit_together(new_pool):
    pool = new_pool(1, Limits(seconds=0.6, memory_mib=512))
    got = answers(pool, [("sleep", 0.2 + number / 1000) for number in range(6)])
    assert all(task[1] == answer for task, answer in got.items())


def test_a_caller_who_takes_a_long_time_over_an_answer_blames_nobody(new_pool):
    """Indexing may be paused between two answers; meanwhile the other worker has long finished."""
    pool = new_pool(2, Limits(seconds=0.6, memory_mib=512))
    list(pool.map(doubles(4)))
    tasks = [("double", 1), ("sleep", 0.2), ("double", 2), ("sleep", 0.21), ("sleep", 0.22), ("sleep", 0.23)]
    got = {}
    for task, answer in pool.map(tasks):
        if not got:
            time.sleep(0.8)
        got[task] = answer
    assert {task: answer for task, answer in got.items() if isinstance(answer, EngineError)} == {}
    assert len(got) == len(tasks)


@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        (worker_functions.start_failing, "could not start: no model here"),
        (worker_functions.start_dying, r"ended at its start \(exit code 7\)"),
    ],
)
def test_a_worker_that_cannot_start_is_an_error_and_not_an_answer(new_pool, start, sentence):
    pool = new_pool(2, start=start)
    for _ in range(2):
        with pytest.raises(WorkerFailedError, match=sentence):
            pool.ask(("double", 1))


def test_a_worker_that_does_not_start_in_time_is_an_error(new_pool, monkeypatch):
    monkeypatch.setattr(workers, "START_SECONDS", 1.0)
    with pytest.raises(WorkerFailedError, match="did not start in time"):
        new_pool(1, start=worker_functions.start_hanging).ask(("double", 1))


@pytest.mark.parametrize("how", ["closed", "exception", "cancelled"])
def test_an_abandoned_map_does_not_confuse_the_next_one(new_pool, how):
    pool = new_pool(2)

    def tasks():
        yield from doubles(10)
        raise InterruptedError

    def abandon() -> None:
        for _ in pool.map(doubles(20)):
            raise InterruptedError

    if how == "closed":
        running = pool.map(doubles(20))
        next(running)
        running.close()
    else:
        with pytest.raises(InterruptedError):
            abandon() if how == "exception" else list(pool.map(tasks()))
    assert answers(pool, [("double", number) for number in range(100, 120)]) == {
        ("double", number): number * 2 for number in range(100, 120)
    }


def test_tasks_are_taken_when_they_are_needed(new_pool):
    pool = new_pool(2)
    taken = []

    def tasks():
        for task in doubles(50):
            taken.append(task)
            yield task

    for done, _ in enumerate(pool.map(tasks()), 1):
        assert len(taken) <= done + 2 * workers.QUEUED
    assert len(taken) == 50


def test_large_tasks_behind_a_hang_block_nobody(new_pool):
    """A worker that hangs reads nothing: whoever sends it more than a pipe holds would wait for ever."""
    pool = new_pool(1, Limits(seconds=0.7, memory_mib=512))
    data = bytes(10_000_000)
    got = dict(pool.map([("hang", None), ("length", data), ("length", data[1:])]))
    assert "longer than" in got["hang", None].message
    assert got["length", data] == 10_000_000
    assert got["length", data[1:]] == 9_999_999


def test_large_answers_and_large_tasks_pass_each_other(new_pool):
    pool = new_pool(1)
    data = [bytes([number]) * 3_000_000 for number in range(4)]
    assert sum(len(answer) for _, answer in pool.map([("double", part) for part in data])) == 4 * 6_000_000


def test_a_worker_cannot_write_files(shared, tmp_path):
    with pytest.raises(UnreadablePhotoError, match="File too large"):
        shared.ask(("write", tmp_path / "file"))
    assert not (tmp_path / "file").exists() or (tmp_path / "file").stat().st_size == 0


def test_a_worker_ignores_the_interrupt_that_is_meant_for_the_program(shared):
    assert shared.ask(("interrupt", None)) == "went on"


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_worker_ignores_it_from_its_very_start(new_pool):
    pool, before = new_pool(2), set(multiprocessing.active_children())
    pool.warm_up()
    for process in set(multiprocessing.active_children()) - before:
        os.kill(process.pid, signal.SIGINT)
    assert pool.ask(("double", b"x")) == b"xx"
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_a_worker_that_died_between_two_maps_is_replaced(new_pool):
    pool = new_pool(1)
    pid = pool.ask(("pid", None))
    os.kill(pid, signal.SIGKILL)
    assert wait_until(lambda: not pool._workers[0].alive)
    assert pool.ask(("pid", None)) != pid


def test_workers_are_kept_from_one_map_to_the_next(new_pool):
    pool = new_pool(1)
    assert pool.ask(("pid", None)) == pool.ask(("pid", None))


def test_threads_may_ask_at_once(shared):
    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(shared.ask, doubles(40))) == [number * 2 for number in range(40)]


def test_warming_up_starts_the_workers_without_waiting(new_pool):
    pool = new_pool(2, start=worker_functions.start)
    pool.warm_up()
    pids = {worker._process.pid for worker in pool._workers}
    assert len(pids) == 2
    assert {answer for _, answer in pool.map([("pid", number) for number in range(8)])} <= pids


def test_close_ends_the_processes_and_may_be_called_again(new_pool):
    pool = new_pool(2)
    list(pool.map(doubles(4)))
    pids = [worker._process.pid for worker in pool._workers]
    pool.close()
    pool.close()
    assert len(pids) == 2
    assert not any(alive(pid) for pid in pids)


def test_a_pool_that_was_never_used_can_be_closed(new_pool):
    new_pool().close()


def test_close_waits_for_what_another_thread_is_asking(new_pool):
    pool = new_pool(1)
    pool.ask(("double", 1))
    with ThreadPoolExecutor(1) as other:
        slow = other.submit(pool.ask, ("sleep", 0.3))
        assert wait_until(pool._lock.locked)
        pool.close()
        assert slow.result() == 0.3


@pytest.mark.faults
@pytest.mark.parametrize("busy", ["waiting", "hanging"])
def test_workers_end_when_their_parent_is_killed(busy):
    script = """
import sys, threading
from engine.workers import Limits, WorkerPool
from tests.engine import worker_functions
if __name__ == "__main__":
    pool = WorkerPool(worker_functions.start, 2, Limits(seconds=1000))
    pids = {pid for _, pid in pool.map([("pid", number) for number in range(20)])}
    pids |= {worker._process.pid for worker in pool._workers}
    print(*pids, flush=True)
    if sys.argv[1] == "hanging":
        list(pool.map([("hang", None), ("hang", 1)]))
    threading.Event().wait()
"""
    child = children.start(script, busy)
    pids = [int(pid) for pid in child.stdout.readline().split()]
    try:
        assert len(pids) == 2
        assert all(alive(pid) for pid in pids)
        threading.Event().wait(0.2 if busy == "hanging" else 0)
        child.kill()
        child.wait()
        assert wait_until(lambda: not any(alive(pid) for pid in pids))
    finally:
        for pid in pids:
            if alive(pid):
                os.kill(pid, signal.SIGKILL)
        child.stdout.close()


def test_a_pool_that_is_given_up_cancels_what_is_asked_now_and_later(new_pool):
    pool = new_pool()
    with ThreadPoolExecutor(1) as thread:
        asked = thread.submit(pool.ask, ("sleep", 1000))
        assert wait_until(lambda: pool._workers and pool._workers[0].queue)
        pool.give_up()
        with pytest.raises(Cancelled):
            asked.result(LIMITS.seconds / 2)
    with pytest.raises(Cancelled):
        pool.ask(("double", 1))
    assert not pool._workers
