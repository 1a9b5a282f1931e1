"""Turns counted items into progress with a pace and a remaining time."""

import time

from engine.jobs import Job, Progress


class Pace:
    """Reports one stage of a job.

    Args:
        job: where to report; its cancellation surfaces in `step`.
        stage: what is being done, as a present participle.
        total: all items of the stage.
        done: items that an earlier run already finished.
        provider: the device in use, or empty.
    """

    def __init__(self, job: Job, stage: str, total: int, *, done: int = 0, provider: str = "") -> None:
        self._job, self._stage, self._total, self._provider = job, stage, total, provider
        self._first = done
        self._started = time.perf_counter()

    def step(self, done: int) -> None:
        """Report that so many items are finished; raises Cancelled if the caller has asked to stop."""
        seconds = time.perf_counter() - self._started
        per_second = (done - self._first) / seconds if done > self._first and seconds > 0 else None
        left = (self._total - done) / per_second if per_second else None
        self._job.step(Progress(self._stage, done, self._total, per_second, left, self._provider))
