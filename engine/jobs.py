"""Progress, pausing and cancellation in plain Python: the engine never learns who is watching."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


class Cancelled(Exception):  # noqa: N818 - not an error: the caller asked for it
    """The caller asked the job to stop."""


@dataclass(frozen=True, slots=True)
class FolderProgress:
    """How far a job has come with the folder at hand.

    Attributes:
        path: the root.
        done: finished items of it.
        total: all items of it, or None while that is unknown.
    """

    path: Path
    done: int
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """One reading of how far a job has come.

    Attributes:
        stage: what is being done, as a present participle: "scanning", "indexing", "saving the index".
        done: finished items of this stage.
        total: all items of this stage, or None while that is unknown.
        per_second: finished items per second over the recent past, or None.
        seconds_left: estimated time left in this stage, or None.
        provider: the execution provider in use, or empty.
        folder: the part of it that concerns one folder; None if the stage goes by other things.
    """

    stage: str
    done: int
    total: int | None = None
    per_second: float | None = None
    seconds_left: float | None = None
    provider: str = ""
    folder: FolderProgress | None = None


@dataclass(slots=True)
class Job:
    """What every long engine call is handed: where to report, when to wait, when to stop."""

    report: Callable[[Progress], None] = lambda progress: None
    _stop: threading.Event = field(default_factory=threading.Event)
    _go: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._go.set()

    def cancel(self) -> None:
        """Ask the job to stop at its next step; a paused job stops too."""
        self._stop.set()
        self._go.set()

    def pause(self) -> None:
        """Ask the job to wait at its next step."""
        self._go.clear()
        if self._stop.is_set():  # asked afterwards: whoever cancels meanwhile opens the way again
            self._go.set()

    def resume(self) -> None:
        """Let a paused job go on."""
        self._go.set()

    @property
    def paused(self) -> bool:
        """Whether the job has been asked to wait."""
        return not self._go.is_set()

    @property
    def cancelled(self) -> bool:
        """Whether the job has been asked to stop."""
        return self._stop.is_set()

    def checkpoint(self) -> None:
        """Wait while paused; raise Cancelled if the caller has asked to stop."""
        self._go.wait()
        if self._stop.is_set():
            raise Cancelled

    def step(self, progress: Progress) -> None:
        """Report progress, then do what `checkpoint` does."""
        self.report(progress)
        self.checkpoint()
