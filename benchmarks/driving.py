"""The real window without a screen, driven as by a person, and what each step takes."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.heartbeat import Heartbeat
from engine.settings_file import SettingsFile
from gui.app import Session, open_library
from gui.garbage import GarbageCollector
from gui.workspace import Workspace

PATIENCE_SECONDS = 120
THERE = 1
FRAME_MS = 4
"""Between two frames, for thumbnails to arrive."""


@dataclass(frozen=True, slots=True)
class Step:
    """What something took.

    Attributes:
        seconds: on the clock, from what was done until it was there.
        block_ms: the most processor time that the window's thread used at once, or waited in our own code.
        gap_ms: the longest time on the clock without an event handled; other programs count.
    """

    seconds: float
    block_ms: float
    gap_ms: float

    @property
    def milliseconds(self) -> float:
        """On the clock."""
        return 1000 * self.seconds


class Drive:
    """A window on a library, as in the program. Its settings and its state lie in a folder of their own."""

    def __init__(self, library: Path, state: Path) -> None:
        self.session = Session(library, partial(open_library, library), state, SettingsFile(state / "settings.toml"))
        self.window = self.session.window
        self._garbage = GarbageCollector(self.window)  # Python's own would hold the window up from a worker
        self._garbage.start()
        self.session.opened.connect(self._garbage.keep)
        self.late: list[str] = []

    @property
    def workspace(self) -> Workspace:
        """What the window shows of the library."""
        assert self.window.workspace is not None, "the library is open"
        return self.window.workspace

    def start(self) -> Step:
        """Open the window, and wait for the library."""
        return self.step(self.session.start, lambda: self.window.workspace and self.workspace.watch.latest)

    def step(self, deed: Callable[[], object], there: Callable[[], object] = lambda: True) -> Step:
        """Do something and wait until it is there and painted."""
        with Heartbeat() as heart:
            began = time.perf_counter()
            deed()
            wait_until(there)
            QApplication.processEvents()
            seconds = time.perf_counter() - began
            beats = heart.beats
            wait_until(lambda: heart.beats > beats)
        self.late += heart.late
        return Step(seconds, 1000 * max(heart.longest, heart.longest_wait), 1000 * heart.longest_gap)

    def settle(self) -> Step:
        """Wait until nothing is being done any more."""
        return self.step(lambda: None, lambda: not self.session.tasks.busy)

    def scroll(self, notches: int, jumps: int) -> list[float]:
        """Notches of a wheel, then jumps as with the scroll bar: milliseconds of this thread for each frame."""
        bar = self.workspace.results.gallery.verticalScrollBar()
        bar.setValue(0)
        targets = [bar.value() + 120 * number for number in range(1, notches + 1)]
        targets += [bar.maximum() * number // jumps for number in range(1, jumps + 1)]
        frames = []
        for target in targets:
            began = time.thread_time()
            bar.setValue(target)
            QApplication.processEvents()
            frames.append(1000 * (time.thread_time() - began))
            wait(FRAME_MS)
        return frames

    def close(self) -> None:
        """Close the window as a person does, and free it."""
        self.window.close()
        wait_until(lambda: self.session.library is None and not self.session.tasks.busy)
        self.session.end()
        self._garbage.stop()
        self.window.deleteLater()
        self.session.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def percentiles(values: Sequence[float]) -> dict[str, float]:
    """The middle, the 95th of a hundred, and the largest."""
    return {
        "p50": round(float(np.median(values)), 2),
        "p95": round(float(np.percentile(values, 95)), 2),
        "max": round(max(values), 2),
    }


def wait(milliseconds: int) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until(there: Callable[[], object]) -> None:
    """Let the window live until something is true.

    Raises:
        TimeoutError: it takes too long.
    """
    loop = QEventLoop()
    ticks = QTimer(interval=1)
    ticks.timeout.connect(lambda: there() and loop.exit(THERE))
    ticks.start()
    QTimer.singleShot(1000 * PATIENCE_SECONDS, loop, loop.quit)
    if loop.exec() != THERE:
        raise TimeoutError("the window did not come to what was waited for")
