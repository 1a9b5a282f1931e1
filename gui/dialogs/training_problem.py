"""Something that may be wrong with labels, with its photos and what can be done about it."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from gui.controls import Button, ElidedLabel, button, caption, label, surface
from gui.desktop import reveal
from gui.dialogs.training_pictures import SmallPictures
from gui.folding import Folding, beside
from gui.theme import CAPTION_RATIO
from gui.training import Training
from gui.training_records import Examined, Problem
from gui.translation import counted, tr

MOST_PICTURES = 5
MOST_CHOICES = 2


class ProblemCard(QFrame):
    """What is done here counts in trainings only; no file is moved or changed."""

    def __init__(self, training: Training, found: Examined, problem: Problem, pictures: SmallPictures) -> None:
        super().__init__()
        self._given = found.given
        self.problem = problem
        self._training = training
        surface(self, "panel", "around")
        self.setAccessibleName(problem.message)
        self.decided = label("", "accent", wrap=True)
        self.takes = [
            button(tr("Take as “{label}”", label=one).replace("&", "&&"), partial(self._take, one))
            for one in found.choices(problem)[:MOST_CHOICES]
        ]
        self.leave = button(
            counted("Leave the photo out", "Leave the {n} photos out", len(problem.photos)), self._leave_out
        )
        self.back = button(tr("Undo"), self._take_back)
        self.show_files = button(tr("Show in folder"), lambda: reveal(problem.photos[:MOST_PICTURES]), "plain")
        for one in self.buttons():
            one.setAutoDefault(False)
            one.setAccessibleDescription(problem.message)
        self._lay_out(pictures)
        self.follow()

    def buttons(self) -> list[Button]:
        """What can be done, in order."""
        return [*self.takes, self.leave, self.back, self.show_files]

    def follow(self) -> None:
        """Show what counts now."""
        counts = self._training.corrections.of(self.problem.photos)
        label_now = next(iter(counts), None)
        self.decided.setVisible(bool(counts))
        if label_now is not None:
            self.decided.setText(tr("Counts as “{label}” in your trainings.", label=label_now))
        elif counts:
            self.decided.setText(tr("Left out of your trainings."))
        for take in self.takes:
            take.setVisible(not counts)
        self.leave.setVisible(bool(self.problem.photos) and not counts)
        self.show_files.setVisible(bool(self.problem.photos))
        self.back.setVisible(bool(counts))

    def _take(self, label_: str) -> None:
        self._training.correct(lambda corrections: corrections.take_as(self.problem.photos, label_))
        self.back.setFocus()

    def _leave_out(self) -> None:
        self._training.correct(lambda corrections: corrections.leave_out(self.problem.photos))
        self.back.setFocus()

    def _take_back(self) -> None:
        self._training.correct(lambda corrections: corrections.take_back(self.problem.photos))
        (*self.takes, self.leave)[0].setFocus()

    def _picture(self, photo: Path, pictures: SmallPictures) -> QVBoxLayout:
        """A photo above its label."""
        column = QVBoxLayout()
        column.setSpacing(2)
        shown = pictures.make(photo)
        column.addWidget(shown)
        words = ElidedLabel(self._given.get(photo, ""), "secondary", CAPTION_RATIO)
        words.setFixedWidth(shown.width())
        column.addWidget(words)
        return column

    def _lay_out(self, pictures: SmallPictures) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(6)
        column.addWidget(label(self.problem.message, wrap=True))
        if self.problem.hint:
            column.addWidget(caption(self.problem.hint, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        for photo in self.problem.photos[:MOST_PICTURES]:
            row.addLayout(self._picture(photo, pictures))
        row.addStretch()
        column.addLayout(row)
        more = len(self.problem.photos) - MOST_PICTURES
        if more > 0:
            column.addWidget(caption(counted("and {n} more", "and {n} more", more)))
        column.addWidget(self.decided)
        column.addWidget(Folding(beside(*self.takes, self.leave, self.back), self.show_files))
