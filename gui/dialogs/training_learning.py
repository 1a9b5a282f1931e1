"""A network while it learns: curves, the same in words, and what one photo finds by now."""

from bisect import bisect_right

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.controls import caption, empty, label
from gui.dialogs.training_pictures import SmallPictures
from gui.dialogs.training_plot import Plot, Points
from gui.folding import EQUAL, Folding
from gui.progress_bar import ProgressBar
from gui.training import Training
from gui.training_records import KEY_METRIC
from gui.training_story import LEARNING, Check, Part, Sample, found_of_100
from gui.translation import tr
from gui.words import number

OFTEN_MS, SELDOM_MS = 250, 3000
"""Between two drawings; the latter with reduced motion."""
MOST_NEIGHBOURS = 5
TEST, WHOLE, DIVISION = "testing ", ", all photos", ", division "
"""What the trainer calls its tests, before their number; a last round with the photos that were kept back till then;
and other ways to keep photos back, before their number."""


class LearningView(QWidget):
    """Nothing as long as the trainer tells of no curve: what is learned in seconds has none.

    Args:
        bar: the progress, which knows whether less motion is wanted.
    """

    def __init__(self, training: Training, bar: ProgressBar) -> None:
        super().__init__()
        self._training = training
        self._bar = bar
        self.plots: list[Plot] = []
        self.now = label("", wrap=True)
        self.found = label("", wrap=True)
        self.trouble = label("", "bad", wrap=True)
        self.sample_title = caption("", wrap=True)
        self._charts = QVBoxLayout()
        self._pictures = SmallPictures(training.reader, self)
        self._cells: list[tuple[QLabel, QLabel]] = []
        self._row = QHBoxLayout()
        self._shown: Sample | None = None
        self._reading: int | None = None
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._show)
        self._lay_out()
        self.hide()
        training.story_changed.connect(self._wait)

    def begin(self) -> None:
        """Something else begins to run."""
        self._reading = self._shown = None
        self.hide()
        self._cells = []
        empty(self._row)
        self._wait()

    def stop(self) -> None:
        """Read no more pictures."""
        self._pictures.stop()

    def _wait(self) -> None:
        """Draw soon, together with what comes until then."""
        if self._training.story and not self._pause.isActive():
            pause = SELDOM_MS if self._bar.stands_still() else OFTEN_MS
            self._pause.start(pause if self.isVisible() else 0)

    def _show(self) -> None:
        story = self._training.story
        part = story.now
        if part is None:
            return
        if not self.plots:
            self._training.load_charts(self, self._make_plots)
        self._draw(part)
        self._tell(part)
        self.trouble.setText(story.troubles[-1] if story.troubles else "")
        self.trouble.setVisible(bool(story.troubles))
        if story.sample is not None and story.sample is not self._shown:
            self._show_sample(story.sample)
        self.setVisible(True)

    def _make_plots(self) -> None:
        if self.plots:
            return
        self.plots = [Plot(tr("Loss")), Plot(tr("Found, of 100 photos"), 100.0)]
        for plot in self.plots:
            plot.moved.connect(self._read)
        self._charts.addWidget(Folding(*self.plots, shares=EQUAL, spacing=12))
        if (part := self._training.story.now) is not None:
            self._draw(part)
            self._tell(part)

    def _draw(self, part: Part) -> None:
        if not self.plots:
            return
        earlier = [one for one in self._training.story.parts.values() if one is not part]
        loss, found = self.plots
        steps = max(one.total for one in (*earlier, part))
        loss.show_curves([(one.steps, one.losses) for one in earlier], (part.steps, part.losses), steps)
        found.show_curves([_checked(one) for one in earlier], _checked(part), steps)
        best = part.best
        for plot in self.plots:
            plot.show_marks(best.step if best is not None else None, self._reading)

    def _tell(self, part: Part) -> None:
        """The same in words: of the newest step, or of the one that is read."""
        step = self._reading if self._reading is not None else (part.steps[-1] if part.steps else 0)
        known = part.at(step)
        told = {"part": _part_text(part), "step": number(step), "steps": number(part.total)}
        if known is None:
            self.now.setText(tr("{part}: step {step} of {steps}", **told))
        else:
            self.now.setText(tr("{part}: step {step} of {steps}, loss {loss}", **told, loss=number(known[1], 3)))
        checks = [check for check in part.checks if check.step <= step]
        self.found.setText(_found_text(checks, part.best))
        for plot in self.plots:
            plot.say(f"{self.now.text()}. {self.found.text()}".strip())

    def _read(self, by: int) -> None:
        """Read a step before or after the one that is read, or go with the newest again."""
        part = self._training.story.now
        if part is None or not part.steps:
            return
        place = len(part.steps) - 1 if self._reading is None else bisect_right(part.steps, self._reading) - 1
        jump = max(1, len(part.steps) // 20)
        place = max(0, place + by * jump)
        newest = by == 0 or place >= len(part.steps) - 1
        self._reading = None if newest else part.steps[place]
        self._draw(part)
        self._tell(part)

    def _show_sample(self, sample: Sample) -> None:
        """A photo and what it finds; pictures stay until the new ones are there."""
        self._shown = sample
        self.sample_title.setText(tr("What one photo finds at step {step}", step=number(sample.step)))
        photos = (sample.query, *sample.neighbours[:MOST_NEIGHBOURS])
        if len(self._cells) != len(photos):
            self._cells = []
            empty(self._row)
            for _ in photos:
                self._add_cell()
        signs = [tr("searched with"), *(tr("✓ same") if hit else tr("✗ other") for hit in sample.hits)]
        for (picture, words), photo, sign in zip(self._cells, photos, signs, strict=False):
            self._pictures.fill(picture, photo)
            words.setText(sign)
            picture.setAccessibleDescription(sign)

    def _add_cell(self) -> None:
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        picture, words = self._pictures.frame(), caption("")
        column.addWidget(picture)
        column.addWidget(words)
        self._cells.append((picture, words))
        self._row.addWidget(cell)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._charts)
        column.addWidget(self.now)
        column.addWidget(self.found)
        column.addWidget(self.trouble)
        column.addWidget(self.sample_title)
        row = QHBoxLayout()
        self._row.setSpacing(8)
        row.addLayout(self._row)
        row.addStretch()
        column.addLayout(row)


def _checked(part: Part) -> Points:
    return [check.step for check in part.checks], [100 * check.quality.get(KEY_METRIC, 0.0) for check in part.checks]


def _part_text(part: Part) -> str:
    """Such as "Test 2", "The new model, from all photos"."""
    name, _, division = part.name.removesuffix(WHOLE).partition(DIVISION)
    if name.startswith(TEST):
        said = tr("Test {number}", number=name.removeprefix(TEST))
    else:
        said = tr("The new model") if name == LEARNING else name.capitalize()
    if division:
        return tr("{part}, with other photos kept back ({number})", part=said, number=division)
    return tr("{part}, from all photos", part=said) if part.name.endswith(WHOLE) else said


def _found_text(checks: list[Check], best: Check | None) -> str:
    if not checks:
        return ""
    now = tr("Of 100 photos, the nearest one is of the same subject for {n}.", n=number(found_of_100(checks[-1])))
    if best is None or best is checks[-1]:
        return tr("{sentence} That is the best so far.", sentence=now)
    told = {"step": number(best.step), "n": number(found_of_100(best))}
    return tr("{sentence} The best so far: {n}, at step {step}.", sentence=now, **told)
