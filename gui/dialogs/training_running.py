"""How far looking at photos, or learning from them, has come."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.jobs import Progress
from gui.controls import Scrolling, button, caption, label
from gui.dialogs.training_learning import LearningView
from gui.measures import margins
from gui.panels.activity import progress_text
from gui.progress_bar import ProgressBar
from gui.training import Step, Training
from gui.translation import tr


class RunningPage(Scrolling):
    """A stage, a bar, the time left, and a way to stop.

    Signals:
        close_wanted: the button; what runs goes on.
    """

    close_wanted = Signal()

    def __init__(self, training: Training) -> None:
        super().__init__()
        self._training = training
        self.stage = label("", wrap=True)
        self.bar = ProgressBar(tr("Progress of the training"))
        self.hint = caption("", wrap=True)
        self.cancel = button(tr("Cancel"), self._cancel)
        self.close_button = button(tr("Close; it goes on"), self.close_wanted.emit)
        self.buttons = (self.cancel, self.close_button)
        self.learning = LearningView(training, self.bar)
        inside = QWidget()
        column = QVBoxLayout(inside)
        margins(column, 0, 0, 8, 0)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(self.stage)
        column.addWidget(self.bar)
        column.addWidget(self.hint)
        column.addWidget(self.learning)
        column.addStretch(2)
        self.hold(inside)
        training.progressed.connect(self._show_progress)

    def begin(self, step: Step) -> None:
        """Something begins to run."""
        self.learning.begin()
        self.stage.setText(tr("Starting…"))
        self.bar.show_share(0, None)
        self.cancel.setEnabled(True)
        self.hint.setText(
            tr("Each photo is read once; the next time it is quick.")
            if step is Step.LOOKING
            else tr("Some photos are kept back at a time, to see what was learned from the others.")
        )

    def _show_progress(self, progress: Progress) -> None:
        self.stage.setText(progress_text(progress))
        self.bar.show_share(progress.done, progress.total)

    def _cancel(self) -> None:
        self.stage.setText(tr("Stopping…"))
        self.cancel.setEnabled(False)
        self._training.cancel()
