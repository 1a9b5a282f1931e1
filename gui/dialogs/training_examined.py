"""What was found about labelled photos before anything is learned from them."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gui.controls import ElidedLabel, Scrolling, button, caption, empty, label, surface, widgets_in
from gui.dialogs.training_bars import ShareBar
from gui.dialogs.training_pictures import SmallPictures
from gui.dialogs.training_problem import ProblemCard
from gui.measures import grown, margins
from gui.training import Training
from gui.training_corrections import Corrections
from gui.training_records import Examined
from gui.translation import counted, tr
from gui.words import number

MOST_CLASSES = 24
MOST_CARDS = 8
MOST_SKIPPED = 5
NAME_WIDTH = 160


class ExaminedPage(Scrolling):
    """Photos by class, and what may be wrong with their labels.

    Signals:
        back_wanted: the button.
    """

    back_wanted = Signal()

    def __init__(self, training: Training) -> None:
        super().__init__()
        self._training = training
        self._found: Examined | None = None
        self._pictures = SmallPictures(training.reader, self)
        self._classes = QGridLayout()
        self._cards = QVBoxLayout()
        self.summary = label("", bold=True, wrap=True)
        self.before = label("", wrap=True)
        self.undo = button(tr("Undo"), lambda: training.correct(Corrections.undo_before))
        self.redo = button(tr("Redo"), lambda: training.correct(Corrections.redo_before))
        self._from_before = QFrame()
        self.goes_on = label(
            tr("A training of these photos with these labels was stopped before its end. It goes on from there."),
            "accent",
            wrap=True,
        )
        self.skipped = caption("", wrap=True)
        self.heading = label("", bold=True, wrap=True)
        self.more = button("", self._show_more, "plain")
        self.take_all = button("", self._take_all)
        self.back = button(tr("Back"), self.back_wanted.emit)
        self.learn = button(tr("Train"), training.learn, "primary")
        self.buttons = (self.back, self.take_all, self.learn)
        self._lay_out()

    def cards(self) -> list[ProblemCard]:
        """What may be wrong, as far as it is shown."""
        return widgets_in(self._cards, ProblemCard)

    def follow(self) -> None:
        """Show what was found, and what counts now."""
        found = self._training.examined
        if found is None:
            return
        if found is not self._found:
            self._show_found(found)
        for card in self.cards():
            card.follow()
        self._show_before(self._training.corrections)
        self._show_classes(self._training.corrections.classes(found))
        left = sum(1 for one in found.problems if one.suggestion and not self._training.corrections.of(one.photos))
        self.take_all.setText(counted("Take the suggested label", "Take all {n} suggested labels", left))
        self.take_all.setVisible(left > 0)
        self.goes_on.setVisible(self._training.interrupted)
        self.learn.setText(tr("Go on") if self._training.interrupted else tr("Train"))

    def stop(self) -> None:
        """Read no more pictures."""
        self._pictures.stop()

    def _show_found(self, found: Examined) -> None:
        self._found = found
        self._pictures.stop()
        empty(self._cards)
        self.heading.setText(
            counted("{n} thing to look at", "{n} things to look at", len(found.problems))
            if found.problems
            else tr("Nothing looks wrong with the labels.")
        )
        shown = [f"{path}: {reason}" for path, reason in found.skipped[:MOST_SKIPPED]]
        more = len(found.skipped) - MOST_SKIPPED
        text = counted("{n} file does not take part:", "{n} files do not take part:", len(found.skipped))
        self.skipped.setText("\n".join([text, *shown, *(["…"] if more > 0 else [])]))
        self.skipped.setVisible(bool(found.skipped))
        self._show_more()

    def _show_more(self) -> None:
        """The next few: each has pictures that must be read."""
        if self._found is None:
            return
        begun = len(self.cards())
        for problem in self._found.problems[begun : begun + MOST_CARDS]:
            self._cards.addWidget(ProblemCard(self._training, self._found, problem, self._pictures))
        left = len(self._found.problems) - begun - MOST_CARDS
        self.more.setText(counted("Show {n} more", "Show {n} more", max(left, 0)))
        self.more.setVisible(left > 0)

    def _take_all(self) -> None:
        found = self._found

        def change(corrections: Corrections) -> None:
            for one in found.problems if found else ():
                if one.suggestion and not corrections.of(one.photos):
                    corrections.take_as(one.photos, one.suggestion)

        self._training.correct(change)
        self.learn.setFocus()

    def _show_before(self, corrections: Corrections) -> None:
        """Say what counts because it was corrected another time."""
        counting, undone = corrections.counting_again, corrections.undone
        self.before.setText(
            counted(
                "{n} correction from last time counts again.", "{n} corrections from last time count again.", counting
            )
            if counting
            else counted(
                "{n} correction from last time is undone.", "{n} corrections from last time are undone.", undone
            )
        )
        held = self.undo.hasFocus() or self.redo.hasFocus()
        self._from_before.setVisible(bool(counting or undone))
        for one, of_use in ((self.undo, counting), (self.redo, undone)):
            one.setAccessibleDescription(self.before.text())
            one.setVisible(bool(of_use))
            if held and of_use:
                one.setFocus()

    def _show_classes(self, classes: Mapping[str, int]) -> None:
        if self._found is not None and self._found.several:
            photos = counted("{n} photo", "{n} photos", len(self._found.labelled))
            text = counted("{photos} with {n} label", "{photos} with {n} labels", len(classes), photos=photos)
        else:
            photos = counted("{n} photo", "{n} photos", sum(classes.values()))
            text = counted("{photos} of {n} subject", "{photos} of {n} subjects", len(classes), photos=photos)
        self.summary.setText(text)
        empty(self._classes)
        most = max(classes.values(), default=1)
        for row, (name, share) in enumerate(sorted(classes.items())[:MOST_CLASSES]):
            self._classes.addWidget(ElidedLabel(name), row, 0)
            self._classes.addWidget(ShareBar(share / most), row, 1)
            self._classes.addWidget(caption(number(share)), row, 2)
        if len(classes) > MOST_CLASSES:
            rest = counted("and {n} more", "and {n} more", len(classes) - MOST_CLASSES)
            self._classes.addWidget(caption(rest), MOST_CLASSES, 0)

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        margins(column, 0, 0, 8, 0)
        column.setSpacing(8)
        self._classes.setHorizontalSpacing(12)
        self._classes.setVerticalSpacing(4)
        self._classes.setColumnMinimumWidth(0, grown(NAME_WIDTH))
        self._classes.setColumnStretch(1, 1)
        self._cards.setSpacing(8)
        surface(self._from_before, "panel", "around")
        row = QHBoxLayout(self._from_before)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(self.before, 1)
        for one in (self.undo, self.redo):
            one.setAutoDefault(False)
            row.addWidget(one)
        column.addWidget(self._from_before)
        column.addWidget(self.goes_on)
        column.addWidget(self.summary)
        column.addLayout(self._classes)
        column.addWidget(self.skipped)
        column.addSpacing(8)
        column.addWidget(self.heading)
        column.addLayout(self._cards)
        column.addWidget(self.more)
        column.addStretch()
        self.hold(inside)
