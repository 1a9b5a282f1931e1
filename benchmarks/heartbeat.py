"""Watches whether the window's thread keeps up, without being fooled by a busy machine."""

import faulthandler
import tempfile
import threading
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 5
SAMPLE_SECONDS = 0.01
TOO_LONG = 0.05
"""A person notices a window that stands still for longer."""
WORKING_SECONDS = 0.002
CALLS_SHOWN = 12
OURS = tuple(f'File "{Path(__file__).parents[1] / part}/' for part in ("gui", "engine"))


class Heartbeat(QObject):
    """Beats by a timer of the thread that makes it; another thread looks whether the beat is late, and at what.

    A late beat alone proves nothing: the machine may have been busy with something else. What counts is processor
    time that this thread has used since its last beat, or a call in our own code that it has waited in without using
    any, such as a lock, a file or SQLite.

    Attributes:
        late: what took too long, each with the stack at that time.
        longest: the most processor time between two beats, in seconds.
        longest_wait: the longest that a call in our own code only waited, in seconds; short ones are not noticed.
        longest_gap: the longest time on the clock between two beats, in seconds; other programs count.
        beats: how many there have been.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.late: list[str] = []
        self.longest = self.longest_wait = self.longest_gap = 0.0
        self.beats = 0
        self._stacks = Stacks(threading.get_ident())
        self._clock = time.pthread_getcpuclockid(threading.get_ident())
        self._stack = ""
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._ended = threading.Event()
        self._sampler = threading.Thread(target=self._watch, name="heartbeat")

    def __enter__(self) -> "Heartbeat":
        self._used_at_beat, self._beat_at = time.thread_time(), time.monotonic()
        self._timer.start()
        self._sampler.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._timer.stop()
        self._ended.set()
        self._sampler.join()
        self._stacks.close()

    def _beat(self) -> None:
        self.beats += 1
        now = time.thread_time()
        used = now - self._used_at_beat
        self.longest = max(self.longest, used)
        self.longest_gap = max(self.longest_gap, time.monotonic() - self._beat_at)
        if used > TOO_LONG:
            self.late.append(f"{1000 * used:.0f} ms of work at once, some of it at\n{self._stack or '(not seen)'}")
        self._used_at_beat, self._beat_at = now, time.monotonic()
        self._stack = ""

    def _watch(self) -> None:
        """On a thread of its own: looks at the stack while the beat is late, and for calls that only wait."""
        since, before, told = time.monotonic(), None, False
        while not self._ended.wait(SAMPLE_SECONDS):
            if time.monotonic() - self._beat_at < TOO_LONG / 2:
                before = None
                continue
            stack, used = self._stacks.look(), time.clock_gettime(self._clock)
            # The first that is seen at work: later it may be done, and only wait for its turn to beat.
            self._stack = self._stack or (stack if used - self._used_at_beat > WORKING_SECONDS else "")
            waiting = (stack, used) if any(ours in stack for ours in OURS) else None
            if waiting is None or waiting != before:
                since, before, told = time.monotonic(), waiting, False
                continue
            self.longest_wait = max(self.longest_wait, time.monotonic() - since)
            if time.monotonic() - since > TOO_LONG and not told:
                self.late.append(f"waited over {1000 * TOO_LONG:.0f} ms in\n{stack}")
                told = True


class Stacks:
    """What one thread is at. Holds no frame of it: that would keep a painter alive beyond its paint event."""

    def __init__(self, thread: int) -> None:
        self._head = f"hread 0x{thread:016x} (most recent call first):\n"
        self._file = tempfile.TemporaryFile("w+")  # noqa: SIM115 - kept open until close()

    def look(self) -> str:
        """The stack as text, the innermost calls first."""
        self._file.seek(0)
        self._file.truncate()
        faulthandler.dump_traceback(self._file)
        self._file.seek(0)
        _, _, below = self._file.read().partition(self._head)
        return "\n".join(below.partition("\n\n")[0].splitlines()[:CALLS_SHOWN])

    def close(self) -> None:
        """No more of it."""
        self._file.close()
