"""Trainings that have ended, as their folders tell: some wait for somebody to decide what becomes of their model."""

import json
import logging
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from engine.errors import EngineError
from engine.jobs import Job
from gui.changing import Changes
from gui.tasks import Lane
from gui.training_records import EarlierRun, Plan, Verdict
from gui.translation import tr

if TYPE_CHECKING:
    from engine.library import Library

log = logging.getLogger(__name__)
RUNS = "runs"
"""The library's folder of trainings."""
FIGURES = "metrics.json"
NAMED_BY = "%Y-%m-%d-%H%M%S"
"""How the trainer names the folder of a run, by the time in UTC, before a few random letters."""
_NAME_LENGTH = len("2026-11-27-022032")


class EarlierTrainings(QObject):
    """What lies in the library's folder of runs; it is read on a worker.

    Attributes:
        runs: the newest first.

    Signals:
        listed: they have been looked at.
        done: a sentence about something that is finished.
        failed: why something was not done.
    """

    listed = Signal()
    done = Signal(str)
    failed = Signal(Exception)

    def __init__(self, changes: Changes, parent: QObject) -> None:
        super().__init__(parent)
        self._changes = changes
        self._library = changes.library
        self.runs: tuple[EarlierRun, ...] = ()

    @property
    def undecided(self) -> int:
        """Trainings whose model is not among the models."""
        return sum(1 for run in self.runs if not run.installed)

    def look(self) -> None:
        """See what there is now."""
        library = self._library
        self._submit(lambda job: tuple(_runs(library, job)), self._show)

    def delete(self, run: EarlierRun) -> None:
        """Delete a training with its report; a model that was installed from it stays."""
        folder = run.verdict.folder

        def deleted(_: object) -> None:
            self.done.emit(tr("The training is deleted; your photos are as they were."))
            self.look()

        self._submit(lambda job: _delete(folder), deleted)

    def _show(self, runs: tuple[EarlierRun, ...]) -> None:
        self.runs = runs
        self.listed.emit()

    def _submit(self, call: Callable[[Job], Any], then: Callable[[Any], None]) -> None:
        self._changes.tasks.submit(
            call, lane=Lane.READING, owner=self, on_success=then, on_failure=self.failed.emit, on_cancel=lambda: None
        )


def _runs(library: "Library", job: Job) -> Iterator[EarlierRun]:
    """What there is, the newest first; folders that are no whole training are passed over."""
    folder = library.folder / RUNS
    names = {_identity(card.folder): card.name for card in library.models.list()}
    for place in sorted(folder.iterdir(), reverse=True) if folder.is_dir() else ():
        job.checkpoint()
        if (run := _run(place, names)) is not None:
            yield run


def _run(place: Path, names: dict[str, str]) -> EarlierRun | None:
    try:
        when = datetime.strptime(place.name[:_NAME_LENGTH], NAMED_BY).replace(tzinfo=UTC).astimezone()
        told = json.loads((place / FIGURES).read_text(encoding="utf-8"))
        made = json.loads((place / "model" / "manifest.json").read_text(encoding="utf-8"))
        plan = Plan(base=str(told["base"]), recipe=str(told["recipe"]), name=str(made["name"]))
        installed = names.get(str(made["sha256"]), "")
        return EarlierRun(when, plan, str(told["data"]), Verdict.kept(place, told), installed)
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        log.debug("No training in %s: %s", place, error)
        return None


def _identity(folder: Path) -> str:
    """What is the same of a model and of what it was installed from."""
    try:
        return str(json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["sha256"])
    except (OSError, KeyError, TypeError, ValueError):
        return ""


def _delete(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise EngineError(
            tr("“{name}” cannot be deleted: {why}.", name=folder.name, why=error.strerror),
            tr("Check the permissions of the folder."),
        ) from error
