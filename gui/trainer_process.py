"""The trainer in a process of its own, whose lines become signals: whatever happens to it, the window goes on."""

import json
import logging
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from engine.errors import EngineError, PhotosElsewhereError
from engine.jobs import Progress
from gui.training_records import Examined, Verdict
from gui.training_story import Story
from gui.translation import tr

log = logging.getLogger(__name__)
GRACE_MS = 10_000
"""The trainer stops where everything is consistent, for which it may take so long."""
LAST_GRACE_MS = 3000
"""The same, when the window has gone already."""
NICE = 10
MOST_KEPT = 20_000
"""Characters of what the trainer complained of."""
SENTENCE = "lookalike: "
"""What the trainer's own sentences on stderr begin with."""
INTERRUPTED = 130
NO_SENSE = (KeyError, TypeError, ValueError, AttributeError)


class TrainerProcess(QObject):
    """One run of the trainer. Exactly one of the four last signals follows a start.

    Args:
        story: takes what the trainer tells of a network while it learns.

    Signals:
        progressed: a Progress.
        story_told: the story has gone on.
        examined: Examined, where nothing but that was asked for.
        finished: a Verdict.
        failed: an EngineError.
        cancelled: it was stopped.
    """

    progressed = Signal(object)
    story_told = Signal()
    examined = Signal(object)
    finished = Signal(object)
    failed = Signal(Exception)
    cancelled = Signal()

    def __init__(self, command: Sequence[str], parent: QObject, story: Story | None = None) -> None:
        super().__init__(parent)
        self._command = list(command)
        self._story = story if story is not None else Story()  # an empty one is false
        self._complaint = ""
        self._outcome: Callable[[], None] | None = None
        self._failure: EngineError | None = None
        self._stopping = False
        self._process = QProcess(self)
        self._process.setStandardInputFile(QProcess.nullDevice())
        self._process.readyReadStandardOutput.connect(self._read_lines)
        self._process.readyReadStandardError.connect(self._read_complaint)
        self._process.started.connect(self._give_way)
        self._process.errorOccurred.connect(self._on_error)
        self._process.finished.connect(self._on_finished)
        self._patience = QTimer(self, singleShot=True, interval=GRACE_MS)
        self._patience.timeout.connect(self._process.kill)

    def start(self) -> None:
        """Begin; nothing waits for it."""
        self._process.start(self._command[0], self._command[1:])

    def cancel(self) -> None:
        """Ask it to stop where everything is consistent; if it does not, end it."""
        self._stopping = True
        self._process.terminate()
        self._patience.start()

    def wait(self) -> None:
        """Wait until a trainer that was cancelled has ended; only for when there is no window any more."""
        if not self._process.waitForFinished(LAST_GRACE_MS):
            self._process.kill()
            self._process.waitForFinished(LAST_GRACE_MS)

    def _give_way(self) -> None:
        """The window, and whatever else a person does meanwhile, comes first."""
        if hasattr(os, "setpriority"):
            with suppress(OSError):  # it has ended already
                os.setpriority(os.PRIO_PROCESS, self._process.processId(), NICE)

    def _read_lines(self) -> None:
        while self._process.canReadLine():
            self._read_line(bytes(self._process.readLine().data()))

    def _read_line(self, line: bytes) -> None:
        """One event. What is none is a library that talks to the terminal: it goes to the log."""
        try:
            told = json.loads(line)
            self._take(told["event"], told)
        except NO_SENSE:
            log.info("The trainer said: %s", line[:500].decode("utf-8", "replace").rstrip())

    def _take(self, event: str, told: Mapping[str, Any]) -> None:
        if self._story.take(event, told):
            self.story_told.emit()
        elif event == "progress":
            self.progressed.emit(_progress(told))
        elif event == "examined" and "labelled" in told:  # without, it goes on to learn
            found = Examined.read(told)
            self._outcome = lambda: self.examined.emit(found)
        elif event == "finished":
            verdict = Verdict.read(told)
            self._outcome = lambda: self.finished.emit(verdict)
        elif event == "failed":
            self._failure = _failure(told)

    def _read_complaint(self) -> None:
        text = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
        self._complaint = (self._complaint + text)[-MOST_KEPT:]

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.failed.emit(
                EngineError(
                    tr("The trainer could not be started: {why}.", why=self._process.errorString().rstrip(".")),
                    tr("Install Lookalike again."),
                )
            )

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._patience.stop()
        self._read_lines()
        if rest := bytes(self._process.readAllStandardOutput().data()):
            self._read_line(rest)
        self._read_complaint()
        crashed = status is QProcess.ExitStatus.CrashExit
        if self._outcome is not None and code == 0 and not crashed:
            self._outcome()
        elif self._stopping or (code == INTERRUPTED and not crashed):
            self.cancelled.emit()
        else:
            log.info("The trainer ended with %s %s: %s", status.name, code, self._complaint)
            self.failed.emit(self._failure or _sentence(self._complaint) or _unexpected())


def _progress(told: Mapping[str, Any]) -> Progress:
    fields = ("stage", "done", "total", "per_second", "seconds_left", "provider")
    progress = Progress(**{name: told[name] for name in fields if name in told})
    if not isinstance(progress.stage, str) or not isinstance(progress.done, int):
        raise TypeError("no progress")
    return progress


def _failure(told: Mapping[str, Any]) -> EngineError:
    """Why it failed; the hint of one that only a folder mends names an option of the command line."""
    message = str(told["message"])
    if told.get("photos_elsewhere"):
        return PhotosElsewhereError(message, tr("Choose the folder in which the photos lie."))
    return EngineError(message, str(told.get("hint") or ""))


def _sentence(complaint: str) -> EngineError | None:
    """What the trainer said in its own words, if it did: before it begins it can tell of no event."""
    _, found, said = complaint.rpartition(SENTENCE)
    message, _, hint = said.strip().partition("\n")
    return EngineError(message, " ".join(hint.split("\n"))) if found and message else None


def _unexpected() -> EngineError:
    return EngineError(
        tr("The training ended unexpectedly."),
        tr("What it had read is kept: try again, it goes on from there. If it happens again, close other programs."),
    )
