"""Processes that do the dangerous work: decoding files and running models that strangers made.

A worker that crashes, hangs or eats memory takes one task with it and nothing else. Pixels do not travel: on the CPU
each worker decodes and embeds with a session of its own.
"""

import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Final, Generic, TypeVar

from engine.errors import EngineError, UnreadablePhotoError
from engine.jobs import Cancelled, Job

Task = TypeVar("Task")
Answer = TypeVar("Answer")
Start = Callable[[], Callable[[Any], Any]]

START_METHOD: Final = "spawn"
"""Not fork, which would copy threads and their locks."""
START_SECONDS = 120.0
LISTEN_SECONDS = 0.1
"""How soon a job that is cancelled is heard."""
QUEUED = 2
"""Tasks that wait at a worker, so that it never idles while its answer travels."""
PIPE_BYTES = 32_768
"""What any system's pipe holds without a reader."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may take.

    Attributes:
        seconds: then the worker is killed.
        memory_mib: address space on top of what the worker has when it starts.
    """

    seconds: float = 60.0
    memory_mib: int = 4096


class WorkerFailedError(EngineError):
    """A worker could not be started."""


class Worker(Generic[Task, Answer]):
    """One process that answers one task after the other.

    Args:
        start: called once in the process; returns the function that answers tasks. Must be picklable.
        limits: what one task may take.
    """

    def __init__(self, start: Start, limits: Limits) -> None:
        self._limits = limits
        context = multiprocessing.get_context(START_METHOD)
        self.connection, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, pickle.dumps(start), limits), daemon=True, name="lookalike-worker"
        )
        with _unheard_interrupts():
            self._process.start()
        theirs.close()
        self.queue: deque[Task] = deque()
        self._unsent: deque[bytes] = deque()
        self._in_pipe: deque[int] = deque()
        self._since = time.monotonic()
        self._ready = False

    def send(self, task: Task) -> None:
        """Queue a task. A worker that has died is noticed by `receive`."""
        self._unsent.append(pickle.dumps(task))
        if not self.queue:
            self._since = time.monotonic()
        self.queue.append(task)
        self._send_ahead()

    def _send_ahead(self) -> None:
        """Send what the worker will read, or what the pipe holds: a full pipe makes us wait for a busy worker."""
        while self._unsent:
            idle = self._ready and not self._in_pipe
            if not idle and sum(self._in_pipe) + len(self._unsent[0]) > PIPE_BYTES:
                return
            data = self._unsent.popleft()
            self._in_pipe.append(len(data))
            with contextlib.suppress(OSError):
                self.connection.send_bytes(data)

    def receive(self) -> Answer | EngineError | None:
        """The answer to the oldest task, or what is wrong with it; None if there is nothing to say of it yet.

        Raises:
            WorkerFailedError: the worker could not start at all.
        """
        try:
            kind, value = self.connection.recv()
        except (EOFError, OSError):
            return self._died()
        if kind == "failed":
            raise WorkerFailedError(f"The program that reads photos could not start: {value}")
        self._ready, self._since = True, time.monotonic()
        if kind == "answer":
            self.queue.popleft()
            self._in_pipe.popleft()
        self._send_ahead()
        answer: Answer | EngineError | None = value
        return answer

    @property
    def seconds_left(self) -> float:
        """Time until the task at hand has taken too long."""
        allowed = self._limits.seconds if self._ready else START_SECONDS
        return self._since + allowed - time.monotonic()

    @property
    def alive(self) -> bool:
        """Whether the worker can take tasks."""
        return not self.connection.closed and self._process.is_alive()

    def give_up(self) -> EngineError:
        """Kill the worker because its task takes too long; returns what to say of that task."""
        self.stop()
        if not self._ready:
            raise WorkerFailedError("The program that reads photos did not start in time.")
        self.queue.popleft()
        return UnreadablePhotoError(f"Reading it took longer than {self._limits.seconds:g} seconds.")

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self.connection.close()

    def _died(self) -> EngineError | None:
        """What to say of the task at hand; None if somebody else ended the worker, so that another one takes it."""
        self._process.join()
        code = self._process.exitcode
        self.connection.close()
        if code == -signal.SIGTERM:
            return None
        if not self._ready:
            raise WorkerFailedError(f"The program that reads photos ended at its start (exit code {code}).")
        if self.queue:
            self.queue.popleft()
        return UnreadablePhotoError(f"Reading it crashed the decoder ({_cause(code)}); the file is probably damaged.")


class WorkerPool(Generic[Task, Answer]):
    """A few workers, started when first needed and replaced when they die.

    `map` and `ask` may be called from any thread, one call at a time.
    """

    def __init__(self, start: Start, size: int, limits: Limits) -> None:
        self._start = start
        self._size = size
        self._limits = limits
        self._workers: list[Worker[Task, Answer]] = []
        self._lock = threading.Lock()
        self._given_up = threading.Event()
        self._heard, self._alarm = multiprocessing.Pipe(duplex=False)

    def warm_up(self) -> None:
        """Start the workers without waiting for them."""
        with self._lock:
            if not self._given_up.is_set():
                self._fill_up()

    @property
    def started(self) -> bool:
        """Whether there are workers; none have been needed so far if not."""
        return bool(self._workers)

    def ask(self, task: Task, job: Job | None = None) -> Answer:
        """Answer one task; raises EngineError, and Cancelled if the job or the pool is given up meanwhile."""
        for _, answer in self.map([task], job):
            if isinstance(answer, EngineError):
                raise answer
            return answer
        raise AssertionError("map answers every task")

    def map(self, tasks: Iterable[Task], job: Job | None = None) -> Iterator[tuple[Task, Answer | EngineError]]:
        """Answer tasks as workers become free, in no particular order. Tasks are taken from the iterable when needed.

        Args:
            job: heard even while a task takes long; the worker at it is ended then.

        Raises:
            WorkerFailedError: workers cannot be started.
            Cancelled: the job was cancelled, or the pool has been given up.
        """
        with self._lock:
            try:
                yield from self._map(iter(tasks), job)
            finally:
                self._drop_busy()

    def give_up(self) -> None:
        """Let whatever is asked, now and later, be cancelled; does not wait for it."""
        self._given_up.set()
        self._alarm.send_bytes(b"!")  # wakes who waits for a worker

    def close(self) -> None:
        """End all workers."""
        with self._lock:
            for worker in self._workers:
                if worker.alive:
                    worker.stop()
            self._workers.clear()

    def _map(self, tasks: Iterator[Task], job: Job | None) -> Iterator[tuple[Task, Answer | EngineError]]:
        again: deque[Task] = deque()
        more = True
        while True:
            if self._given_up.is_set() or (job is not None and job.cancelled):
                raise Cancelled
            self._fill_up()
            more = self._hand_out(tasks, again) if more else self._hand_out(iter(()), again)
            busy = [worker for worker in self._workers if worker.queue]
            if not busy:
                return
            timeout = max(0.0, min(worker.seconds_left for worker in busy))
            if job is not None:
                timeout = min(timeout, LISTEN_SECONDS)
            ready = wait([self._heard, *(worker.connection for worker in busy)], timeout)
            for worker in busy:
                if worker.connection in ready:
                    yield from self._received(worker, again)
                elif worker.seconds_left <= 0 and not worker.connection.poll():  # our caller may have been the slow one
                    task = worker.queue[0]
                    yield task, worker.give_up()
                    again.extend(worker.queue)
            self._workers = [worker for worker in self._workers if not worker.connection.closed]

    def _received(
        self, worker: Worker[Task, Answer], again: deque[Task]
    ) -> Iterator[tuple[Task, Answer | EngineError]]:
        task = worker.queue[0]
        answer = worker.receive()
        if answer is not None:
            yield task, answer
        if worker.connection.closed:
            again.extend(worker.queue)

    def _hand_out(self, tasks: Iterator[Task], again: deque[Task]) -> bool:
        """Queue tasks at the workers, one round after the other; returns False when there are no more."""
        for depth in range(QUEUED):
            for worker in self._workers:
                if len(worker.queue) > depth:
                    continue
                if again:
                    worker.send(again.popleft())
                    continue
                try:
                    worker.send(next(tasks))
                except StopIteration:
                    return False
        return True

    def _fill_up(self) -> None:
        self._workers = [worker for worker in self._workers if worker.alive or worker.queue]
        while len(self._workers) < self._size:
            self._workers.append(Worker(self._start, self._limits))

    def _drop_busy(self) -> None:
        """After an abandoned `map` the answers on their way would be taken for answers to the next one's tasks."""
        for worker in self._workers:
            if worker.queue and not worker.connection.closed:
                worker.stop()
        self._workers = [worker for worker in self._workers if not worker.connection.closed]


def _serve(connection: Connection, start: bytes, limits: Limits) -> None:
    """The life of a worker process.

    Args:
        start: pickled, so that what it needs is loaded here, after the environment is set.
    """
    # NumPy's second thread waits by spinning: on two cores, indexing a photo of 2 MP took 22 ms of them instead of 10.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole process group; the parent decides
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sys.dont_write_bytecode = True
    try:
        answer = pickle.loads(start)()
        _silence()
        _confine(limits)
    except Exception as error:  # noqa: BLE001 - told to the parent
        connection.send(("failed", str(error) or repr(error)))
        return
    connection.send(("ready", None))
    while True:
        try:
            task = connection.recv()
        except EOFError:  # the parent is gone
            return
        try:
            connection.send(("answer", _answered(answer, task)))
        except BrokenPipeError:
            return


@contextlib.contextmanager
def _unheard_interrupts() -> Iterator[None]:
    """Ctrl-C goes to the whole process group; a process that begins now must not meet it before it ignores it.

    What is blocked here is blocked in the child; here it is only late.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _silence() -> None:
    """Close stderr: libtiff and LibRaw write there what they think of a damaged file, past Python."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _end_with_parent() -> None:
    """Without this a worker that hangs in a file would outlive a parent that was killed, and go on for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None, "workers are started by the program"
    parent.join()
    os._exit(1)


def _answered(answer: Callable[[Any], Any], task: Any) -> Any:
    try:
        return answer(task)
    except EngineError as error:
        return error
    except MemoryError:
        return UnreadablePhotoError("Reading it needs more memory than a photo is allowed to take.")
    except Exception as error:  # noqa: BLE001 - one bad file must not end the run
        return UnreadablePhotoError(f"It could not be read ({type(error).__name__}: {error}).")


def _confine(limits: Limits) -> None:
    """Limit memory, forbid writing files and core dumps, where the system can."""
    if sys.platform == "win32":
        return
    import resource

    used = _address_space()
    if used:
        most = used + limits.memory_mib * 2**20
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
    for what in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (0, 0))


def _address_space() -> int:
    """Bytes of address space in use; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as stream:  # noqa: PTH123
            return int(stream.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _cause(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-exit_code).name
    return f"exit code {exit_code}"
