"""A slider with two handles over the scores of an answer: what lies outside is not shown.

Good matches lie between 99 % and 99.99 %, so the scale is logarithmic: every fifth of it stands for one more nine.
"""

import math
from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QWidget

from gui.gallery.wording import figures
from gui.theme import colors
from gui.translation import tr

STEPS = 500
_NINES = 5  # the scale ends at 99.999 %
_HANDLE = 14
_LEAST_WIDTH = 84
_MOST_WIDTH = 180
_HEIGHT = 32
_BARS = 44
_BAR_SPACE = 14
_ROOT = 0.5  # low bars stay visible beside high ones
_ARROW_STEP = 5
_PAGE_STEP = 50


def step_of(score: float) -> int:
    """Where a score is on the scale; both ends stand for no limit."""
    if score >= 1:
        return STEPS
    return min(round(-math.log10(1 - max(score, 0.0)) / _NINES * STEPS), STEPS)


def score_of(step: int) -> float:
    """The score at a place of the scale."""
    if step >= STEPS:
        return 1.0
    score: float = 1 - 10 ** (-step / STEPS * _NINES)
    return score


class ScoreRange(QWidget):
    """Shows how many matches have which score, and takes the lowest and the highest that are wanted.

    Signals:
        changed(float, float): the user wants these scores from now on.
    """

    changed = Signal(float, float)

    def __init__(self) -> None:
        super().__init__()
        self._bars: list[int] = [0] * _BARS
        self._noise_step = 0
        self.lowest = _Handle(self, tr("Lowest score"), tr("Scores below this are not shown"), 0)
        self.highest = _Handle(self, tr("Highest score"), tr("Scores above this are not shown"), STEPS)
        self.lowest.valueChanged.connect(self._on_moved)
        self.highest.valueChanged.connect(self._on_moved)
        self.setMinimumSize(_LEAST_WIDTH, _HEIGHT)
        self.setMaximumSize(_MOST_WIDTH, _HEIGHT)

    def sizeHint(self) -> QSize:
        return QSize(_MOST_WIDTH, _HEIGHT)

    def show_scores(self, scores: Sequence[float], noise_score: float) -> None:
        """Draw how many matches have which score, and where chance begins."""
        self._bars = [0] * _BARS
        for score in scores:
            self._bars[min(step_of(score) * _BARS // STEPS, _BARS - 1)] += 1
        self._noise_step = step_of(noise_score)
        self.update()

    def show_range(self, lowest: float, highest: float) -> None:
        """Put the handles there; nothing is announced."""
        for handle, score in ((self.lowest, lowest), (self.highest, highest)):
            handle.blockSignals(True)
            handle.setValue(step_of(score))
            handle.blockSignals(False)
        self._place()

    def x_of(self, step: int) -> int:
        """The middle of a handle at this step."""
        travel = self.width() - _HANDLE
        x = _HANDLE // 2 + round(travel * step / STEPS)
        return self.width() - x if self.isRightToLeft() else x

    def step_at(self, x: int) -> int:
        """The step whose handle would be here."""
        if self.isRightToLeft():
            x = self.width() - x
        return min(max(round((x - _HANDLE // 2) / (self.width() - _HANDLE) * STEPS), 0), STEPS)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The nearer handle comes to where the scale is pressed."""
        step = self.step_at(round(event.position().x()))
        nearer = min((self.lowest, self.highest), key=lambda handle: abs(handle.value() - step))
        nearer.setValue(step)
        nearer.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back to all scores."""
        self.lowest.setValue(0)
        self.highest.setValue(STEPS)

    def paintEvent(self, event: QPaintEvent) -> None:
        tones = colors(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        base = self.height() - _HANDLE / 2
        most = max(self._bars) or 1
        painter.setPen(Qt.PenStyle.NoPen)
        for number, bar in enumerate(self._bars):
            start, stop = number * STEPS // _BARS, (number + 1) * STEPS // _BARS
            inside = self.lowest.value() <= start and stop <= self.highest.value() + STEPS // _BARS
            left, right = sorted((self.x_of(start), self.x_of(stop)))
            height = 0 if not bar else max(2.0, _BAR_SPACE * (bar / most) ** _ROOT)
            painter.setBrush(tones.secondary if inside else tones.border)
            painter.drawRect(QRectF(left, base - 3 - height, max(right - left - 1, 1), height))
        painter.setBrush(tones.border)
        painter.drawRect(QRectF(_HANDLE / 2, base - 1, self.width() - _HANDLE, 2))
        painter.setBrush(tones.accent)
        left, right = sorted((self.x_of(self.lowest.value()), self.x_of(self.highest.value())))
        painter.drawRect(QRectF(left, base - 1, right - left, 2))
        if self._noise_step:
            painter.setPen(QPen(tones.secondary, 1, Qt.PenStyle.DotLine))
            x = self.x_of(self._noise_step)
            painter.drawLine(x, 2, x, round(base))

    def resizeEvent(self, event: object) -> None:
        self._place()

    def _on_moved(self) -> None:
        """A handle pushes the other one along rather than passing it."""
        moved = self.sender()
        if self.lowest.value() > self.highest.value():
            other = self.highest if moved is self.lowest else self.lowest
            other.setValue(self.lowest.value() if moved is self.lowest else self.highest.value())
            return
        self._place()
        self.changed.emit(score_of(self.lowest.value()), score_of(self.highest.value()))

    def _place(self) -> None:
        for handle in (self.lowest, self.highest):
            center = self.x_of(handle.value())
            handle.setGeometry(QRect(center - _HANDLE // 2, self.height() - _HANDLE, _HANDLE, _HANDLE))
        # Where both are at the upper end, the lower one is the one that can be moved.
        (self.lowest if self.lowest.value() > STEPS // 2 else self.highest).raise_()
        self.update()


class _Handle(QSlider):
    """One handle: for keys and screen readers it is a slider of its own."""

    def __init__(self, scale: ScoreRange, name: str, tip: str, value: int) -> None:
        super().__init__(Qt.Orientation.Horizontal, scale)
        self._scale = scale
        self.setRange(0, STEPS)
        self.setValue(value)
        self.setSingleStep(_ARROW_STEP)
        self.setPageStep(_PAGE_STEP)
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.valueChanged.connect(self._say)
        self._say(value)

    def _say(self, step: int) -> None:
        """A step means nothing to anybody; the score does."""
        at_the_end = step in (0, STEPS)
        self.setAccessibleDescription(tr("no limit") if at_the_end else figures(score_of(step)))

    def paintEvent(self, event: QPaintEvent) -> None:
        tones = colors(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2.5 if self.hasFocus() else 1.5
        painter.setPen(QPen(tones.text if self.hasFocus() else tones.accent, width))
        painter.setBrush(tones.panel)
        painter.drawEllipse(self.rect().toRectF().adjusted(1.5, 1.5, -1.5, -1.5))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.setValue(self._scale.step_at(round(self.mapTo(self._scale, event.position()).x())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The base class would end a drag that it never began."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back to no limit at this end."""
        self.setValue(0 if self is self._scale.lowest else STEPS)
