"""Runs engine calls off the main thread and hands their outcome back on it."""

import logging
import queue
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from engine.jobs import Cancelled, Job, Progress

log = logging.getLogger(__name__)
PROGRESS_INTERVAL_MS = 100
GIVE_WAY_SECONDS = 0.001
"""How long a worker's Python may run on while the window waits for its turn; Python's own rule is five times that."""


class Lane(StrEnum):
    """A queue with one worker. Calls of one lane run one after the other; lanes never wait for each other."""

    WRITING = "writing"
    """What changes the library and may take hours: indexing."""
    ANSWERING = "answering"
    """What a person is waiting for: searches."""
    READING = "reading"
    """What fills the window: pictures, lists."""
    LOOKING = "looking"
    """The pictures in the viewers, which may be large: no list waits for one."""
    COUNTING = "counting"
    """How many photos have what, for the filters: no list waits for it."""
    EXPLAINING = "explaining"
    """Why two pictures are alike, and photos in the order of their looks: that takes seconds, and no picture waits."""
    MAPPING = "mapping"
    """Drawing a map takes minutes; what explains and arranges does not wait for it."""
    CHECKING = "checking"
    """Comparing files from outside with the library, and copying those that are new."""
    CARING = "caring"
    """Checking the library and backing it up take minutes, and neither indexing nor searching waits for them."""
    COMPARING = "comparing"
    """Looking for duplicates takes minutes, and so may asking of thousands of groups how they are now."""
    FETCHING = "fetching"
    """What waits for others and may wait long: a download, a look at a path that may lie on a sleeping drive."""


def _ignore(outcome: Any) -> None:
    """Nobody wants to know."""


@dataclass(eq=False, slots=True)
class Task:
    """Handle of one call. A worker may hold it last, so it lets go of all that belongs to the window once settled.

    Attributes:
        call: what the worker runs.
        owner: outcomes are dropped once this object is destroyed.
        lane: where the call runs.
        on_failure: None for the runner's own `on_failure`.
        latest: the newest progress; written by the worker, read by the timer.
        shown: the progress that was handed to `on_progress` last.
    """

    call: Callable[[Job], Any]
    owner: QObject
    lane: Lane
    on_success: Callable[[Any], None] = _ignore
    on_failure: Callable[[Exception], None] | None = None
    on_progress: Callable[[Progress], None] = _ignore
    on_cancel: Callable[[], None] = lambda: None
    job: Job = field(default_factory=Job)
    latest: Progress | None = None
    shown: Progress | None = None

    def cancel(self) -> None:
        """Ask the call to stop; `on_cancel` follows once it has."""
        self.job.cancel()

    def pause(self) -> None:
        """Ask the call to wait at its next step."""
        self.job.pause()

    def resume(self) -> None:
        """Let a paused call go on."""
        self.job.resume()

    @property
    def paused(self) -> bool:
        """Whether the call has been asked to wait."""
        return self.job.paused

    def keep_latest(self, progress: Progress) -> None:
        """Called by the worker; the newest report replaces the one before."""
        self.latest = progress

    def run(self) -> Any:
        """What the worker executes: a call cancelled while it waited in its lane never starts."""
        self.job.checkpoint()
        return self.call(self.job)

    def let_go(self) -> None:
        """Forget the window's objects: on a worker they would be destroyed on the wrong thread."""
        del self.call, self.owner, self.on_success, self.on_failure, self.on_progress, self.on_cancel


class TaskRunner(QObject):
    """The one bridge between threads and widgets; one per application, alive as long as the application.

    Signals:
        idle: the last running or waiting call has settled.
        settled: the lane of a call that has.
    """

    idle = Signal()
    settled = Signal(str)
    _outcome_ready = Signal()  # the only signal a worker thread ever emits

    def __init__(self, parent: QObject | None = None, on_failure: Callable[[Exception], None] | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(GIVE_WAY_SECONDS)
        self.on_failure = on_failure or _log_failure
        self._pools = {lane: ThreadPoolExecutor(max_workers=1, thread_name_prefix=lane) for lane in Lane}
        self._outcomes: queue.SimpleQueue[tuple[Task, Future[Any]]] = queue.SimpleQueue()
        self._live: set[Task] = set()
        self._timer = QTimer(self, interval=PROGRESS_INTERVAL_MS)
        self._timer.timeout.connect(self._publish_progress)
        # Queued, or a call that finishes at once would settle before submit() returns.
        self._outcome_ready.connect(self._settle, Qt.ConnectionType.QueuedConnection)

    def submit(
        self,
        call: Callable[[Job], Any],
        *,
        lane: Lane,
        owner: QObject,
        on_success: Callable[[Any], None] = _ignore,
        on_failure: Callable[[Exception], None] | None = None,
        on_progress: Callable[[Progress], None] = _ignore,
        on_cancel: Callable[[], None] = lambda: None,
    ) -> Task:
        """Run the call on the lane's worker; exactly one of success, failure and cancel follows on this thread."""
        task = Task(call, owner, lane, on_success, on_failure, on_progress, on_cancel)
        task.job.report = task.keep_latest
        self._live.add(task)
        self._timer.start()
        future = self._pools[lane].submit(task.run)
        future.add_done_callback(lambda done: self._post(task, done))
        return task

    @property
    def busy(self) -> bool:
        """Whether a call runs or waits in any lane."""
        return bool(self._live)

    def works(self, lane: Lane) -> bool:
        """Whether a call runs or waits in this lane."""
        return any(task.lane is lane for task in self._live)

    def cancel_all(self) -> None:
        """Ask every call to stop."""
        for task in list(self._live):
            task.cancel()

    def shutdown(self) -> None:
        """Cancel what runs and wait for it: no thread may outlive the library."""
        self.cancel_all()
        for pool in self._pools.values():
            pool.shutdown(wait=True)
        while not self._outcomes.empty():
            self._settle()

    def _post(self, task: Task, future: Future[Any]) -> None:
        self._outcomes.put((task, future))
        self._outcome_ready.emit()

    @Slot()
    def _publish_progress(self) -> None:
        for task in list(self._live):
            latest = task.latest
            if latest is not None and latest is not task.shown and isValid(task.owner):
                task.shown = latest
                task.on_progress(latest)

    @Slot()
    def _settle(self) -> None:
        if self._outcomes.empty():  # already settled by shutdown()
            return
        task, future = self._outcomes.get_nowait()
        self._publish_progress()
        self._live.discard(task)
        try:
            self._hand_over(task, future)
        finally:
            task.let_go()
            self.settled.emit(task.lane)
            if not self._live:
                self._timer.stop()
                self.idle.emit()

    def _hand_over(self, task: Task, future: Future[Any]) -> None:
        if not isValid(task.owner):
            return
        error = future.exception()
        if error is None:
            task.on_success(future.result())
        elif isinstance(error, Cancelled):
            task.on_cancel()
        elif isinstance(error, Exception):
            (task.on_failure or self.on_failure)(error)
        else:
            raise error


def _log_failure(error: Exception) -> None:
    log.error("A background call failed.", exc_info=error)
