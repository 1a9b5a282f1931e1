"""What a training came to: before and after on photos that were kept back, and what to do with the new model."""

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.controls import Scrolling, button, caption, empty, label
from gui.dialogs.question import Question, ask
from gui.dialogs.training_bars import ShareBar
from gui.dialogs.training_examples import Examples
from gui.dialogs.training_wording import hundred, in_hundred
from gui.folding import Folding, beside
from gui.measures import margins
from gui.training import Training
from gui.training_records import LINEAR, Figure, Verdict
from gui.translation import tr
from gui.words import duration


class VerdictPage(Scrolling):
    """Figures in words, with bars; why it is not better, and what to try.

    Signals:
        back_wanted, anew_wanted, close_wanted: the buttons.
    """

    back_wanted = Signal()
    anew_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, training: Training) -> None:
        super().__init__()
        self._training = training
        self._shown: Verdict | None = None
        self._figures = QVBoxLayout()
        self._words = QVBoxLayout()
        self.verdict = label("", bold=True, wrap=True)
        self.state = label("", "accent", wrap=True)
        self.examples = Examples(training)
        self.report = button(tr("Open report"), training.open_report)
        self.back = button(tr("Back"), self.back_wanted.emit)
        self.discard = button(tr("Discard…"), self._ask_to_discard)
        self.keep = button(tr("Keep for later"), training.keep)
        self.install = button(tr("Install"), training.install, "primary")
        self.go_back = button("", training.go_back)
        self.anew = button(tr("Train another"), self.anew_wanted.emit)
        self.close_button = button(tr("Close"), self.close_wanted.emit)
        self.keep.setToolTip(
            tr("It joins your models and can be tried and used there; searches are answered as before.")
        )
        self.discard.setToolTip(tr("What was learned is deleted; your photos are not touched."))
        self.buttons = (
            Folding(
                beside(self.back, self.report),
                beside(self.discard, self.keep, self.install, self.go_back, self.anew, self.close_button),
                shares=(1, 0, 0),
            ),
        )
        self._lay_out()
        training.models.listed.connect(self.follow)

    def follow(self) -> None:
        """Show the verdict, and what was done about it."""
        training, verdict = self._training, self._training.verdict
        if verdict is None:
            return
        if verdict is not self._shown:
            self._show_verdict(verdict)
        installed, before = training.installed, training.before
        self.report.setVisible(verdict.report is not None)
        self.install.setText(tr("Install") if verdict.accepted else tr("Install anyway"))
        self.install.set_kind("primary" if verdict.accepted else "")
        self.install.setVisible(not before)
        self.keep.setVisible(not installed)
        for button_ in (self.discard, self.back):
            button_.setVisible(not installed)
        for button_ in (self.anew, self.close_button):
            button_.setVisible(bool(installed))
        self.go_back.setVisible(bool(before))
        self.go_back.setText(tr("Use “{name}” again", name=before))
        self.state.setVisible(bool(installed))
        self.state.setText(self._state_text())

    def stop(self) -> None:
        """Read no more pictures."""
        self.examples.stop()

    def _ask_to_discard(self) -> None:
        text = tr("Discard what “{name}” has learned?", name=self._training.plan.name)
        hint = tr("It is deleted with its report, and cannot be brought back. Your photos are not touched.")
        ask(self, Question(tr("Discard"), text, hint, tr("Discard"), tr("Cancel")), self._training.discard)

    def _state_text(self) -> str:
        name, in_use = self._training.installed, self._training.models.shelf.in_use
        if in_use is not None and in_use.name == name:
            return tr("“{name}” answers searches now.", name=name)
        if self._training.before:
            return tr("“{name}” takes over once it has embedded every photo.", name=name)
        return tr("“{name}” is among your models; another one answers searches.", name=name)

    def _show_verdict(self, verdict: Verdict) -> None:
        self._shown = verdict
        name = self._training.plan.name
        self.verdict.setText(
            tr("“{name}” is better on photos of yours that were kept back.", name=name)
            if verdict.accepted
            else tr("“{name}” is not better on photos of yours that were kept back.", name=name)
        )
        empty(self._words)
        for line in _words(verdict, self._training.plan.recipe):
            self._words.addWidget(label(line, wrap=True))
        if verdict.seconds:
            self._words.addWidget(caption(tr("It took {duration}.", duration=duration(verdict.seconds))))
        self._show_figures(verdict)
        self.examples.show_examples(verdict.examples, (self._training.plan.base, name))

    def _show_figures(self, verdict: Verdict) -> None:
        empty(self._figures)
        names = (self._training.plan.base, self._training.plan.name)
        for metric, sentence in verdict.metrics.items():
            if metric in verdict.before and metric in verdict.after:
                both = (verdict.before[metric], verdict.after[metric])
                self._figures.addWidget(_compared(tr(sentence, **in_hundred(*both)), names, both))
        if verdict.unseen is not None:
            old, new = (Figure(value, value, value) for value in verdict.unseen)
            self._figures.addWidget(_compared(tr(verdict.unseen_words, **in_hundred(old, new)), names, (old, new)))
        else:
            text = tr("How it does with subjects that it has not learned could not be tried: too few are named here.")
            self._figures.addWidget(caption(text, wrap=True))

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        margins(column, 0, 0, 8, 0)
        column.setSpacing(12)
        self._figures.setSpacing(16)
        self._words.setSpacing(4)
        column.addWidget(self.verdict)
        column.addLayout(self._words)
        column.addWidget(self.state)
        column.addLayout(self._figures)
        column.addWidget(self.examples)
        column.addStretch()
        self.hold(inside)


def _words(verdict: Verdict, recipe: str) -> Iterator[str]:
    """Why it is not better, and what to try."""
    for reason in verdict.reasons:
        yield f"{reason[:1].upper()}{reason[1:].rstrip('.')}."
    if verdict.accepted:
        return
    yield tr(
        "More photos for each subject help most; labels that are wrong, and photos that show two subjects, do harm."
    )
    if recipe == LINEAR:
        yield tr("“Thorough” changes more, and is worth a try with many photos.")
        yield tr("“Adapt to the look of my photos”, an expert option, changes less: worth a try with few photos.")
    else:
        yield tr("“Quick” changes less, and is worth a try with few photos.")


def _compared(sentence: str, names: tuple[str, str], both: tuple[Figure, Figure]) -> QWidget:
    """A sentence, and below it a bar for each model with the bounds between which its figure lies."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    grid.addWidget(label(sentence, wrap=True), 0, 0, 1, 3)
    for row, (name, figure, role) in enumerate(zip(names, both, ("secondary", "accent"), strict=True), 1):
        certain = figure.low == figure.high
        grid.addWidget(caption(name), row, 0)
        grid.addWidget(ShareBar(figure.value, role, None if certain else (figure.low, figure.high)), row, 1)
        text = hundred(figure.value)
        if not certain:
            bounds = {"low": hundred(figure.low), "high": hundred(figure.high)}
            text = tr("{value} (between {low} and {high})", value=text, **bounds)
        grid.addWidget(caption(text), row, 2)
    return made
