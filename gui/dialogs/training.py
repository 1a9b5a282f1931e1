"""Training a model from labelled folders: choose, look, learn, judge."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from engine.errors import EngineError, PhotosElsewhereError
from gui.addresses import local_paths
from gui.controls import button, caption, label, title
from gui.dialogs.choosing import choose_folder
from gui.dialogs.training_choosing import ChoosingPage
from gui.dialogs.training_earlier import EarlierPage
from gui.dialogs.training_examined import ExaminedPage
from gui.dialogs.training_running import RunningPage
from gui.dialogs.training_verdict import VerdictPage
from gui.folding import Folding
from gui.measures import open_with_size
from gui.training import Step, Training
from gui.translation import later, tr

BAD = "bad"
EARLIER, OPTIONS = 4, 5
"""Pages that are no step of a training."""
TITLES = {
    Step.CHOOSING: later("Train a model from labelled folders"),
    Step.LOOKING: later("Looking at the photos"),
    Step.EXAMINED: later("What was found"),
    Step.LEARNING: later("Learning"),
    Step.JUDGED: later("What was learned"),
}
HINTS = {
    Step.CHOOSING: later(
        "A model of your own puts photos of the same subject closer together. Choose folders in which each subject has"
        " a folder of its own, or a list of photos with their labels; or drop them here. Nothing leaves this computer,"
        " and no photo is moved or changed."
    ),
    Step.LOOKING: later("You can go on using the window, and close this dialog, meanwhile."),
    Step.EXAMINED: later(
        "What you mend here counts in your trainings, the next ones too; the files stay where they are."
    ),
    Step.LEARNING: later("You can go on using the window, and close this dialog, meanwhile."),
    Step.JUDGED: later("Each photo searched among photos that the model had not learned from."),
}


class TrainingDialog(QDialog):
    """Shows where the training is; what it starts goes on when it is closed."""

    def __init__(self, training: Training, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Train a model"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        open_with_size(self, 720, 660)
        self._training = training
        self._step: Step | None = None
        self.chooser: QFileDialog | None = None
        self.title = title("")
        self.hint = caption("", wrap=True)
        self.choosing = ChoosingPage(training)
        self.running = RunningPage(training)
        self.examined = ExaminedPage(training)
        self.judged = VerdictPage(training)
        self.earlier = EarlierPage(training)
        self.note = label("", wrap=True)
        self.note.setAccessibleDescription(tr("What happened"))
        self.note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)  # it may name a command
        self.find_photos = button(tr("Choose the folder of the photos…"), self._ask_for_photos, "", "picture")
        self._pages = QStackedWidget()
        self._rows: list[QWidget] = []
        self._lay_out()
        self.examined.back_wanted.connect(training.back)
        self.judged.back_wanted.connect(training.back)
        self.judged.anew_wanted.connect(training.begin_anew)
        self.choosing.earlier_wanted.connect(self.show_earlier)
        self.choosing.list_chosen.connect(lambda file: self._take([file]))
        self.choosing.options_wanted.connect(self.show_options)
        self.choosing.choice.done_wanted.connect(self._leave_options)
        self.earlier.back_wanted.connect(lambda: self._enter(Step.CHOOSING))
        for page in (self.choosing, self.running, self.judged):
            page.close_wanted.connect(self.close)
        training.changed.connect(self._follow)
        training.done.connect(self._say)
        training.failed.connect(self.show_error)
        training.earlier.done.connect(self._say)
        training.earlier.failed.connect(self.show_error)
        self._say("")
        self._follow()

    def show_earlier(self) -> None:
        """Show the trainings of before."""
        self._training.earlier.look()
        self.title.setText(tr("Earlier trainings"))
        self.hint.setText(tr("A model that was left undecided waits here. Installed or kept, it is among your models."))
        self._say("")
        self._show_page(EARLIER)
        self.earlier.back.setFocus()

    def show_options(self) -> None:
        """Show all that can be chosen about a training."""
        self.title.setText(tr("Expert options"))
        self.hint.setText(tr("Only what applies to the recipe is shown. Whatever you change is tested alike."))
        self._say("")
        self._show_page(OPTIONS)
        self.choosing.choice.recipe.setFocus()

    def _leave_options(self) -> None:
        self._enter(Step.CHOOSING)
        self.choosing.options.setFocus()

    def show_error(self, error: EngineError) -> None:
        """Say what went wrong, and what to do."""
        self._say(f"{error.message} {error.hint}".strip(), BAD)
        if isinstance(error, PhotosElsewhereError):
            self.find_photos.show()
            self.find_photos.setFocus()

    def done(self, result: int) -> None:
        self.examined.stop()
        self.running.learning.stop()
        self.judged.stop()
        super().done(result)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_paths(event.mimeData()) and self._training.step is Step.CHOOSING:
            event.acceptProposedAction()
            self._say(tr("Let go to learn from it."))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._say("")

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._take(local_paths(event.mimeData()))

    def _take(self, places: Sequence[Path]) -> None:
        """Learn from these, as far as that is possible."""
        useless = self.choosing.add_sources(places)
        names = ", ".join(one.name for one in useless)
        self._say(
            tr("{names} is neither a folder nor a list of photos and labels (.csv, .tsv, .txt, .json).", names=names)
            if useless
            else ""
        )

    def _ask_for_photos(self) -> None:
        self.chooser = choose_folder(self, tr("Folder of the photos"), self.choosing.look_in)

    def _follow(self) -> None:
        step = self._training.step
        if step is not self._step:
            self._step = step
            self._enter(step)
        if step is Step.EXAMINED:
            self.examined.follow()
        elif step is Step.JUDGED:
            self.judged.follow()

    def _enter(self, step: Step) -> None:
        self.title.setText(tr(TITLES[step]))
        self.hint.setText(tr(HINTS[step]))
        if step is not Step.CHOOSING:
            self._say("")
        place = {Step.EXAMINED: 2, Step.JUDGED: 3}.get(step, int(self._training.running))
        self._show_page(place)
        if self._training.running:
            self.running.begin(step)
        first = (self.choosing.add, self.running.close_button, self.examined.learn, self.judged.install)[place]
        first.setFocus()

    def _show_page(self, place: int) -> None:
        self._pages.setCurrentIndex(place)
        for number, row in enumerate(self._rows):
            row.setVisible(number == place)

    def _say(self, text: str, kind: str = "") -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))
        self.find_photos.hide()
        self.note.setProperty("kind", kind)
        self.note.style().unpolish(self.note)
        self.note.style().polish(self.note)

    def _lay_out(self) -> None:
        for page in (self.choosing, self.running, self.examined, self.judged, self.earlier, self.choosing.choice):
            self._pages.addWidget(page)
            self._rows.append(_row(page.buttons))
        self.title.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.title)
        column.addWidget(self.hint)
        column.addWidget(self._pages, 1)
        column.addWidget(self.note)
        column.addWidget(self.find_photos, 0, Qt.AlignmentFlag.AlignLeft)
        for row in self._rows:
            column.addWidget(row)


def _row(buttons: Sequence[QWidget]) -> QWidget:
    """The buttons of a page, at the end; a row that folds has all of the width."""
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    if not isinstance(buttons[0], Folding):
        row.addStretch()
    for one in buttons:
        row.addWidget(one)
    return held
