"""A model of a person's own: looking at labelled photos, learning from them, and what comes of it."""

import logging
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from engine.errors import EngineError
from engine.jobs import Job
from gui.changing import Changes
from gui.desktop import open_with_system
from gui.earlier_trainings import RUNS, EarlierTrainings
from gui.messages import Offer
from gui.models import Models
from gui.overview import Overview
from gui.pictures import PictureReader
from gui.tasks import Lane, Task
from gui.trainer_process import TrainerProcess
from gui.training_corrections import Corrections, KeptCorrections
from gui.training_options import arguments
from gui.training_recipes import NETWORKS
from gui.training_records import LINEAR, EarlierRun, Examined, Plan, Verdict
from gui.training_sources import corrected, sources
from gui.training_story import Story
from gui.translation import tr
from gui.unfinished_training import UnfinishedTraining

if TYPE_CHECKING:
    from engine.catalog.collections import PhotoCollection

log = logging.getLogger(__name__)
PROGRAM = (sys.executable, str(Path(__file__).resolve().parent.parent / "main.py"))


class Step(IntEnum):
    """Where a training has come to."""

    CHOOSING = 0
    LOOKING = 1
    EXAMINED = 2
    LEARNING = 3
    JUDGED = 4


class Training(QObject):
    """One at a time. It goes on while its dialog is closed; what has come of it is there when that is opened again.

    Attributes:
        models: what it starts from, and where the new model goes.
        reader: reads the photos that are shown.
        program: what runs the trainer.
        earlier: trainings of before.
        dialog: the one that shows it, once it has been opened.
        collections: that can be learned from.
        plan: what was chosen.
        step: how far it has come.
        examined: what was found about the photos.
        corrections: labels that are others than in the folders.
        story: what is told while it learns.
        interrupted: it was stopped while it learned, in this window or before, and goes on from there.
        unfinished: what was chosen for a training that was stopped before its end, until it is chosen again.
        verdict: what came of it.
        installed: the new model's name among the models, or "".
        before: the model that answered when the new one was to take over, or "".

    Signals:
        changed: it has come to another step, or something of it is different.
        running_changed: it has begun to run, or ended.
        progressed: a Progress.
        story_changed: the story has gone on.
        done: a sentence about something that is finished.
        failed: why something was not done.
    """

    changed = Signal()
    running_changed = Signal(bool)
    progressed = Signal(object)
    story_changed = Signal()
    done = Signal(str)
    failed = Signal(Exception)

    def __init__(
        self,
        changes: Changes,
        models: Models,
        reader: PictureReader,
        window: QWidget,
        dialog: Callable[["Training", QWidget], QDialog],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._new_dialog = dialog
        self._changes = changes
        self._library = changes.library
        self.models = models
        self.reader = reader
        self._process: TrainerProcess | None = None
        self._gathering: Task | None = None
        self._stopped = False
        self._kept = KeptCorrections(self._library.folder / RUNS)
        self._begun = UnfinishedTraining(self._library.folder / RUNS)
        self.earlier = EarlierTrainings(changes, self)
        self.program: Sequence[str] = PROGRAM
        self.dialog: QDialog | None = None
        self.collections: tuple[PhotoCollection, ...] = ()
        self.plan = Plan()
        self.step = Step.CHOOSING
        self.examined: Examined | None = None
        self.corrections = Corrections()
        self.story = Story()
        self.interrupted = False
        self.unfinished: Plan | None = None
        self.verdict: Verdict | None = None
        self.installed = ""
        self.before = ""

    @property
    def running(self) -> bool:
        """Whether photos are looked at, or learned from."""
        return self.step in (Step.LOOKING, Step.LEARNING)

    def show(self) -> None:
        """Open the dialog, or bring it to the front."""
        if self.dialog is None or not isValid(self.dialog):
            self.dialog = self._new_dialog(self, self._window)
            self.models.look()
        self.earlier.look()
        if not self.running:
            self._decide(self._begun.plan, self._show_unfinished)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def show_overview(self, overview: Overview) -> None:
        """The collections there are."""
        if overview.collections != self.collections:
            self.collections = overview.collections
            self.changed.emit()

    def look(self, plan: Plan) -> None:
        """Look at the photos of a plan: how many there are of what, and what may be wrong with their labels."""
        self.plan = plan
        self.corrections = Corrections()
        self.story, self.interrupted = Story(), False
        self._go_to(Step.LOOKING)
        self._gather(lambda job: sources(self._library, plan, job), "--examine")

    def choose_unfinished(self) -> None:
        """Choose what was chosen for the training that was stopped."""
        if self.unfinished is not None:
            self.plan, self.unfinished = self.unfinished, None
            self.changed.emit()

    def learn(self) -> None:
        """Learn from the photos as they count now."""
        found, corrections, plan = self.examined, self.corrections, self.plan
        if found is None:
            return
        self.story = Story()
        self._go_to(Step.LEARNING)
        if found.several:  # a table has room for one label of each photo
            self._gather(lambda job: sources(self._library, plan, job))
            return
        if plan.recipe in NETWORKS:
            self._decide(lambda: self._begun.begin(plan, corrections.apply(found.labelled)))
        self._gather(lambda job: [corrected(self._library, found, corrections, job)])

    def cancel(self) -> None:
        """Stop looking or learning; what was read is kept, so that the next time is quick."""
        if self._gathering is not None:
            self._gathering.cancel()
        if self._process is not None:
            self._process.cancel()

    def back(self) -> None:
        """To what was chosen, or once something was learned to what was found about the photos."""
        judged = self.step is Step.JUDGED and self.examined is not None
        self._go_to(Step.EXAMINED if judged else Step.CHOOSING)

    def reopen(self, run: EarlierRun) -> None:
        """Look at an earlier training again, and decide what becomes of its model."""
        self.plan, self.verdict = run.plan, run.verdict
        self.examined, self.corrections = None, Corrections()
        self.installed, self.before = run.installed, ""
        self._go_to(Step.JUDGED)

    def begin_anew(self) -> None:
        """Choose again."""
        self._go_to(Step.CHOOSING)

    def correct(self, change: Callable[[Corrections], None]) -> None:
        """Let other labels count, in this training and in later ones of the same photos."""
        found = self.examined
        if found is None:
            return
        change(self.corrections)
        self.interrupted = False
        labels = self.corrections.labels
        self._decide(lambda: self._kept.keep(found, labels), lambda _: self._look_whether_it_goes_on())
        self.changed.emit()

    def install(self) -> None:
        """Let the new model take over once it has embedded every photo."""
        in_use = self.models.shelf.in_use
        self.before = in_use.name if in_use is not None else ""
        self._put_on_shelf(self.models.use)

    def keep(self) -> None:
        """Put the new model among the others, where it can be tried and used later."""
        self._put_on_shelf(lambda name: self.done.emit(tr("“{name}” is among your models now.", name=name)))

    def go_back(self) -> None:
        """Let the model that was to be beaten answer, or go on answering."""
        in_use, before = self.models.shelf.in_use, self.before
        self.before = ""
        if in_use is not None and in_use.name == before:
            self.models.keep()
        else:
            self.models.use(before)
        self.done.emit(tr("“{name}” answers searches.", name=before))
        self.changed.emit()

    def discard(self) -> None:
        """Delete what was learned."""
        if self.verdict is None:
            return
        folder = self.verdict.folder
        self._submit(lambda job: shutil.rmtree(folder, ignore_errors=True), lambda _: self._on_discarded())

    def open_report(self) -> None:
        """Show the page about the training, with pictures."""
        if self.verdict is None or self.verdict.report is None:
            return
        try:
            open_with_system(self.verdict.report)
        except EngineError as error:
            self._tell_failure(error)

    def load_charts(self, owner: QObject, then: Callable[[], None]) -> None:
        """Load what draws curves, on a worker because it takes long; without it there are words all the same.

        Args:
            owner: who wants them; nothing is done once it is gone.
        """
        self._changes.tasks.submit(
            lambda job: import_module("pyqtgraph"),
            lane=Lane.READING,
            owner=owner,
            on_success=lambda _: then(),
            on_failure=lambda error: log.warning("No curves can be drawn: %s", error),
        )

    def stop(self) -> None:
        """Begin nothing more; the library is about to be closed."""
        self._stopped = True
        self.cancel()
        if self.dialog is not None and isValid(self.dialog):
            self.dialog.close()

    def wait(self) -> None:
        """Until what was stopped has ended; only for when there is no window any more."""
        if self._process is not None:
            self._process.wait()

    def _gather(self, call: Callable[[Job], list[Path]], *options: str) -> None:
        """Find out on a worker what the trainer is given, then start it."""
        self._gathering = self._submit(
            call, lambda sources: self._run(sources, *options), on_cancel=lambda: self._end(self._step_before())
        )

    def _run(self, sources: Sequence[Path], *options: str) -> None:
        self._gathering = None
        if self._stopped:
            self._end(self._step_before())
            return
        plan = self.plan
        recipe = () if plan.recipe == LINEAR else ("--recipe", plan.recipe)
        chosen = (*recipe, "--base", plan.base, "--out", plan.name, "--install", "never", "--events")
        folder = ("--library", str(self._library.folder))
        photos = () if plan.photos is None else ("--gallery", str(plan.photos))
        further = (*arguments(plan.recipe, plan.options), *photos, *options)
        command = (*self.program, *folder, "train", *chosen, *further, "--", *map(str, sources))
        self._process = process = TrainerProcess(command, self, self.story)
        process.progressed.connect(self.progressed)
        process.story_told.connect(self.story_changed)
        process.examined.connect(self._on_examined)
        process.finished.connect(self._on_judged)
        process.failed.connect(self._on_failed)
        process.cancelled.connect(self._on_cancelled)
        process.start()

    def _on_examined(self, found: Examined) -> None:
        """What was corrected before is read first."""
        if self._stopped:
            self._end(Step.CHOOSING)
            return

        def go_on(before: Mapping[Path, str | None]) -> None:
            self.examined, self.corrections = found, Corrections(before)
            self._end(Step.EXAMINED)
            self._look_whether_it_goes_on()
            self._call(tr("The photos have been looked at."))

        def go_on_without(error: Exception) -> None:
            go_on({})
            self._tell_failure(error)

        self._gathering = self._changes.tasks.submit(
            lambda job: self._kept.of(found),
            lane=Lane.ANSWERING,  # where they are written
            owner=self,
            on_success=go_on,
            on_failure=go_on_without,
            on_cancel=lambda: self._end(Step.CHOOSING),
        )

    def _on_judged(self, verdict: Verdict) -> None:
        self.verdict = verdict
        self.installed = self.before = ""
        self.interrupted, self.unfinished = False, None
        self._decide(self._begun.end)
        self.earlier.look()
        self._end(Step.JUDGED)
        name = self.plan.name
        if verdict.accepted:
            self._call(tr("“{name}” has learned, and is better on your photos.", name=name))
        else:
            self._call(tr("“{name}” has learned, but is not better on your photos.", name=name))

    def _look_whether_it_goes_on(self) -> None:
        """Whether a training of these photos, as they count now, was stopped before its end."""
        found, plan, labels = self.examined, self.plan, self.corrections.labels
        if found is None:
            return

        def show(goes_on: bool) -> None:
            if goes_on and self.step is Step.EXAMINED and labels == self.corrections.labels:
                self.interrupted = True
                self.changed.emit()

        self._decide(lambda: self._begun.goes_on(plan, Corrections(labels).apply(found.labelled)), show)

    def _show_unfinished(self, plan: Plan | None) -> None:
        self.unfinished = plan
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        if self.running:
            self._end(self._step_before())
        self._tell_failure(error)

    def _on_cancelled(self) -> None:
        """What a network had learned is kept, and what photos are like too."""
        self.interrupted = self.step is Step.LEARNING and bool(self.story)
        self._end(self._step_before())
        if self.interrupted:
            self.done.emit(
                tr("Stopped. It goes on from there, now or on another day, with the same photos and options.")
            )

    def _step_before(self) -> Step:
        return Step.EXAMINED if self.step is Step.LEARNING else Step.CHOOSING

    def _end(self, step: Step) -> None:
        self._gathering = None
        if self._process is not None:
            self._process.deleteLater()
            self._process = None
        self._go_to(step)

    def _go_to(self, step: Step) -> None:
        ran, self.step = self.running, step
        self.changed.emit()
        if ran != self.running:
            self.running_changed.emit(self.running)

    def _call(self, text: str) -> None:
        """Somebody who has closed the dialog is told."""
        if self.dialog is None or not isValid(self.dialog):
            self._changes.messages.ask(text, "", Offer(tr("See it"), self.show))

    def _put_on_shelf(self, then: Callable[[str], object]) -> None:
        if self.installed:
            then(self.installed)
            self.changed.emit()
            return
        if self.verdict is None:
            return
        model = self.verdict.model

        def on_added(name: str) -> None:
            self.installed = name
            self.models.look()
            self.earlier.look()
            then(name)
            self.changed.emit()

        self._submit(lambda job: self._library.models.add(model, job), on_added, Lane.FETCHING)

    def _on_discarded(self) -> None:
        self.verdict = None
        self.earlier.look()
        self.back()
        self.done.emit(tr("What was learned is deleted; your photos are as they were."))

    def _submit(
        self,
        call: Callable[[Job], Any],
        then: Callable[[Any], None],
        lane: Lane = Lane.READING,
        on_cancel: Callable[[], None] = lambda: None,
    ) -> Task:
        return self._changes.tasks.submit(
            call, lane=lane, owner=self, on_success=then, on_failure=self._on_failed, on_cancel=on_cancel
        )

    def _decide(self, call: Callable[[], Any], then: Callable[[Any], None] = lambda _: None) -> None:
        """Read or write what is kept of decisions, one after the other: it waits for nothing else."""
        self._changes.tasks.submit(
            lambda job: call(),
            lane=Lane.ANSWERING,
            owner=self,
            on_success=then,
            on_failure=self._tell_failure,
        )

    def _tell_failure(self, error: Exception) -> None:
        """In the dialog, if it is open: a message over the window would lie behind it."""
        if isinstance(error, EngineError) and self.dialog is not None and isValid(self.dialog):
            self.failed.emit(error)
        else:
            self._changes.messages.error(error)
