"""Progress, pausing and cancelling, without knowing who is watching."""

import threading

import pytest

from engine.jobs import Cancelled, Job, Progress


class SlowEvent(threading.Event):
    """An event that lets another thread in right after it was asked."""

    def __init__(self, then) -> None:
        super().__init__()
        self._then = then

    def is_set(self) -> bool:
        answer, then = super().is_set(), self._then
        self._then = lambda: None
        then()
        return answer


def waiting(job: Job) -> tuple[threading.Thread, list[str]]:
    """A thread that passes a checkpoint, and what became of it."""
    outcome: list[str] = []

    def work() -> None:
        try:
            job.checkpoint()
            outcome.append("went on")
        except Cancelled:
            outcome.append("stopped")

    thread = threading.Thread(target=work)
    thread.start()
    return thread, outcome


def test_a_job_passes_its_checkpoints_and_reports():
    seen: list[Progress] = []
    job = Job(report=seen.append)
    job.checkpoint()
    job.step(Progress("scanning", 1, 10))
    assert seen == [Progress("scanning", 1, 10)]
    assert (job.paused, job.cancelled) == (False, False)
    Job().step(Progress("nobody watches", 1))


def test_a_cancelled_job_stops_at_every_step_after_reporting():
    seen: list[Progress] = []
    job = Job(report=seen.append)
    job.cancel()
    assert job.cancelled
    for _ in range(2):
        with pytest.raises(Cancelled):
            job.step(Progress("scanning", 1))
    assert len(seen) == 2


def test_a_paused_job_waits_until_it_is_resumed():
    job = Job()
    job.pause()
    assert job.paused
    thread, outcome = waiting(job)
    thread.join(0.05)
    assert outcome == []
    job.resume()
    thread.join()
    assert outcome == ["went on"]
    assert not job.paused


def test_a_paused_job_can_be_cancelled():
    job = Job()
    job.pause()
    thread, outcome = waiting(job)
    job.cancel()
    thread.join()
    assert outcome == ["stopped"]


def test_a_cancelled_job_cannot_be_paused():
    job = Job()
    job.cancel()
    job.pause()
    assert not job.paused
    with pytest.raises(Cancelled):
        job.checkpoint()


def test_pausing_and_cancelling_at_the_same_moment_never_waits_for_ever():
    job = Job(_stop=SlowEvent(lambda: job.cancel()))
    job.pause()
    thread, outcome = waiting(job)
    thread.join(2)
    stuck = thread.is_alive()
    job.resume()
    thread.join()
    assert not stuck
    assert outcome == ["stopped"]


def test_each_job_is_its_own():
    one, other = Job(), Job()
    one.cancel()
    assert not other.cancelled
    other.pause()
    assert not Job().paused


def test_cancelling_is_no_error_of_the_engine():
    from engine.errors import EngineError

    assert not issubclass(Cancelled, EngineError)
