import threading

import pytest
from PySide6.QtCore import QObject

from engine.errors import NotFoundError
from engine.jobs import Job, Progress
from gui.tasks import Lane, TaskRunner


@pytest.fixture
def owner(qtbot):
    return QObject()


def submit(tasks, owner, call, lane=Lane.ANSWERING):
    """Run a call and collect what comes back, with the thread it came back on."""
    outcomes = []

    def note(kind):
        return lambda *value: outcomes.append((kind, *value, threading.current_thread() is threading.main_thread()))

    task = tasks.submit(
        call,
        lane=lane,
        owner=owner,
        on_success=note("success"),
        on_failure=note("failure"),
        on_progress=note("progress"),
        on_cancel=note("cancel"),
    )
    return task, outcomes


def test_a_result_comes_back_on_the_main_thread_but_never_at_once(qtbot, tasks, owner):
    _, outcomes = submit(tasks, owner, lambda job: 42)
    assert outcomes == []
    qtbot.waitUntil(lambda: bool(outcomes))
    assert outcomes == [("success", 42, True)]


def test_an_error_is_handed_over(qtbot, tasks, owner):
    error = NotFoundError("There is no such photo.")

    def fail(job: Job) -> None:
        raise error

    _, outcomes = submit(tasks, owner, fail)
    qtbot.waitUntil(lambda: bool(outcomes))
    assert outcomes == [("failure", error, True)]


def test_without_a_handler_of_its_own_a_failure_goes_to_the_runner(qtbot, owner):
    failures = []
    runner = TaskRunner(on_failure=failures.append)
    runner.submit(lambda job: 1 / 0, lane=Lane.READING, owner=owner)
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], ZeroDivisionError)
    runner.shutdown()


def test_a_cancelled_call_stops_at_its_next_step(qtbot, tasks, owner):
    started, go = threading.Event(), threading.Event()

    def call(job: Job) -> None:
        started.set()
        go.wait(10)
        job.checkpoint()

    task, outcomes = submit(tasks, owner, call)
    assert started.wait(10)
    task.cancel()
    go.set()
    qtbot.waitUntil(lambda: bool(outcomes))
    assert outcomes == [("cancel", True)]


def test_a_call_cancelled_while_it_waits_in_its_lane_never_starts(qtbot, tasks, owner):
    go = threading.Event()
    ran = []
    submit(tasks, owner, lambda job: go.wait(10))
    task, outcomes = submit(tasks, owner, ran.append)
    task.cancel()
    go.set()
    qtbot.waitUntil(lambda: bool(outcomes))
    assert outcomes == [("cancel", True)]
    assert not ran


def test_a_paused_call_waits_and_goes_on(qtbot, tasks, owner):
    steps = []

    def call(job: Job) -> None:
        for number in range(1000):
            job.step(Progress("counting", number))
            steps.append(number)
            if number == 10:
                job.pause()

    task, outcomes = submit(tasks, owner, call, Lane.WRITING)
    qtbot.waitUntil(lambda: len(steps) == 11 and task.paused)
    task.resume()
    qtbot.waitUntil(lambda: ("success", None, True) in outcomes)
    assert len(steps) == 1000


def test_lanes_do_not_wait_for_each_other(qtbot, tasks, owner):
    go = threading.Event()
    submit(tasks, owner, lambda job: go.wait(10), Lane.WRITING)
    _, outcomes = submit(tasks, owner, lambda job: "an answer", Lane.ANSWERING)
    qtbot.waitUntil(lambda: bool(outcomes))
    go.set()


def test_a_flood_of_progress_is_thinned_and_its_last_report_arrives(qtbot, tasks, owner):
    def call(job: Job) -> None:
        for number in range(100_000):
            job.step(Progress("counting", number, 100_000))

    _, outcomes = submit(tasks, owner, call)
    qtbot.waitUntil(lambda: bool(outcomes) and outcomes[-1][0] == "success", timeout=20_000)
    reports = [outcome for outcome in outcomes if outcome[0] == "progress"]
    assert len(reports) < 50
    assert reports[-1][1].done == 99_999


def test_many_short_calls_of_a_lane_settle_in_order(qtbot, tasks, owner):
    settled = []
    for number in range(500):
        tasks.submit(lambda job, number=number: number, lane=Lane.READING, owner=owner, on_success=settled.append)
    qtbot.waitUntil(lambda: len(settled) == 500)
    assert settled == list(range(500))


def test_the_outcome_for_a_destroyed_owner_is_dropped(qtbot, tasks):
    owner, go = QObject(), threading.Event()
    _, outcomes = submit(tasks, owner, lambda job: go.wait(10))
    owner.deleteLater()
    with qtbot.waitSignal(owner.destroyed):
        pass
    with qtbot.waitSignal(tasks.idle):
        go.set()
    assert outcomes == []


def test_a_handler_that_raises_does_not_block_the_next_outcome(qtbot, tasks, owner):
    tasks.submit(lambda job: 1, lane=Lane.READING, owner=owner, on_success=lambda value: 1 / 0)
    with qtbot.captureExceptions() as caught:
        _, outcomes = submit(tasks, owner, lambda job: 2, Lane.READING)
        qtbot.waitUntil(lambda: bool(outcomes))
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
    assert not tasks.busy


def test_shutdown_cancels_waits_and_lets_the_call_tidy_up(qtbot, owner):
    runner = TaskRunner()
    started, tidied = threading.Event(), []

    def call(job: Job) -> None:
        try:
            started.set()
            while True:
                job.checkpoint()
        finally:
            tidied.append(True)

    _, outcomes = submit(runner, owner, call, Lane.WRITING)
    assert started.wait(10)
    runner.shutdown()
    assert tidied
    assert outcomes == [("cancel", True)]
    assert not runner.busy
