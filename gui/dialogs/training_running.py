"""How far looking at photos, or learning from them, has come."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from engine.jobs import Progress
from gui.controls import button, caption, label
from gui.panels.activity import progress_text
from gui.training import Step, Training
from gui.translation import tr


class RunningPage(QWidget):
    """A stage, a bar, the time left, and a way to stop.

    Signals:
        close_wanted: the button; what runs goes on.
    """

    close_wanted = Signal()

    def __init__(self, training: Training) -> None:
        super().__init__()
        self._training = training
        self.stage = label("", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress of the training"))
        self.hint = caption("", wrap=True)
        self.cancel = button(tr("Cancel"), self._cancel)
        self.close_button = button(tr("Close; it goes on"), self.close_wanted.emit)
        self.buttons = (self.cancel, self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(self.stage)
        column.addWidget(self.bar)
        column.addWidget(self.hint)
        column.addStretch(2)
        training.progressed.connect(self._show_progress)

    def begin(self, step: Step) -> None:
        """Something begins to run."""
        self.stage.setText(tr("Starting…"))
        self.bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        self.hint.setText(
            tr("Each photo is read once; the next time it is quick.")
            if step is Step.LOOKING
            else tr("Some photos are kept back at a time, to see what was learned from the others.")
        )

    def _show_progress(self, progress: Progress) -> None:
        """With updates off, because a progress bar repaints at once, and with it all else that waits to be painted."""
        self.stage.setText(progress_text(progress))
        self.bar.setUpdatesEnabled(False)
        self.bar.setRange(0, progress.total or 0)
        self.bar.setValue(progress.done)
        self.bar.setUpdatesEnabled(True)

    def _cancel(self) -> None:
        self.stage.setText(tr("Stopping…"))
        self.cancel.setEnabled(False)
        self._training.cancel()
