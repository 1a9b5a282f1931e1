"""Trainings of before, with what they came to; those that were left undecided can be decided now."""

from datetime import UTC, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from engine.errors import EngineError
from gui.controls import Button, Scrolling, button, caption, empty, label, surface, widgets_in
from gui.desktop import open_with_system
from gui.dialogs.question import Question, ask
from gui.dialogs.training_wording import key_sentence, recipe_name
from gui.folding import Folding, beside
from gui.measures import margins
from gui.training import Training
from gui.training_records import EarlierRun
from gui.translation import counted, tr
from gui.words import day_and_time

MOST_CARDS = 12


class RunCard(QFrame):
    """One training; a screen reader says which one a button is for.

    Signals:
        decide_wanted, report_wanted, delete_wanted: the buttons.
    """

    decide_wanted = Signal()
    report_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, run: EarlierRun) -> None:
        super().__init__()
        self.run = run
        surface(self, "panel", "around")
        name, when = run.plan.name, day_and_time(run.when, datetime.now(UTC).astimezone().date())
        self.setAccessibleName(f"{name} {when}")
        self.decide = button(tr("Look at it") if run.installed else tr("Decide…"), self.decide_wanted.emit)
        self.report = button(tr("Open report"), self.report_wanted.emit)
        self.delete = button(tr("Delete…"), self.delete_wanted.emit)
        self.report.setVisible(run.verdict.report is not None)
        for one in self.buttons():
            one.setAutoDefault(False)
            one.setAccessibleName(f"{one.text()} {name} {when}")
        told = {"when": when, "recipe": recipe_name(run.plan.recipe), "base": run.plan.base}
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        column.addWidget(label(name, bold=True, wrap=True))
        column.addWidget(caption(tr("{when} · {recipe} · from {base}", **told), wrap=True))
        column.addWidget(caption(run.data, wrap=True))
        column.addWidget(label(key_sentence(run.verdict), wrap=True))
        column.addWidget(label(_state_text(run), "accent", wrap=True))
        column.addWidget(Folding(beside(self.decide, self.report), self.delete, shares=(1, 0, 0)))

    def buttons(self) -> list[Button]:
        """What can be done, in order."""
        return [self.decide, self.report, self.delete]


class EarlierPage(Scrolling):
    """The newest first.

    Signals:
        back_wanted: the button.
    """

    back_wanted = Signal()

    def __init__(self, training: Training) -> None:
        super().__init__()
        self._training = training
        self._cards = QVBoxLayout()
        self._most = MOST_CARDS
        self.none = caption(tr("There are none: what you train is listed here, whatever becomes of it."), wrap=True)
        self.more = button("", self._show_more, "plain")
        self.back = button(tr("Back"), self.back_wanted.emit)
        self.buttons = (self.back,)
        inside = QWidget()
        column = QVBoxLayout(inside)
        margins(column, 0, 0, 8, 0)
        column.setSpacing(8)
        self._cards.setSpacing(8)
        column.addWidget(self.none)
        column.addLayout(self._cards)
        column.addWidget(self.more)
        column.addStretch()
        self.hold(inside)
        training.earlier.listed.connect(self.follow)
        self.follow()

    def cards(self) -> list[RunCard]:
        """The trainings, as far as they are shown."""
        return widgets_in(self._cards, RunCard)

    def follow(self) -> None:
        """Show what there is."""
        runs = self._training.earlier.runs
        if [card.run for card in self.cards()] != list(runs[: self._most]):
            empty(self._cards)
            for run in runs[: self._most]:
                self._cards.addWidget(self._card(run))
        self.none.setVisible(not runs)
        left = len(runs) - self._most
        self.more.setText(counted("Show {n} more", "Show {n} more", max(left, 0)))
        self.more.setVisible(left > 0)

    def _show_more(self) -> None:
        self._most += MOST_CARDS
        self.follow()

    def _card(self, run: EarlierRun) -> RunCard:
        card = RunCard(run)
        card.decide_wanted.connect(lambda: self._training.reopen(run))
        card.report_wanted.connect(lambda: self._open_report(run))
        card.delete_wanted.connect(lambda: self._ask_to_delete(run))
        return card

    def _open_report(self, run: EarlierRun) -> None:
        try:
            if run.verdict.report is not None:
                open_with_system(run.verdict.report)
        except EngineError as error:
            self._training.failed.emit(error)

    def _ask_to_delete(self, run: EarlierRun) -> None:
        hint = (
            tr("The model “{name}” stays among your models; the report goes.", name=run.installed)
            if run.installed
            else tr("What was learned goes with it, and cannot be brought back. Your photos are not touched.")
        )
        text = tr("Delete the training “{name}”?", name=run.plan.name)
        question = Question(tr("Delete training"), text, hint, tr("Delete"), tr("Cancel"))
        ask(self, question, lambda: self._training.earlier.delete(run))


def _state_text(run: EarlierRun) -> str:
    if run.installed:
        return tr("“{name}” is among your models.", name=run.installed)
    if run.verdict.accepted:
        return tr("It is better, and not installed.")
    return tr("It is not better, and not installed.")
