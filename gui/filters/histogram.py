"""Photos over time as bars; dragging across them chooses a range of days."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.accessible import Told
from gui.theme import colors
from gui.translation import counted, tr
from gui.words import dated, short_date

HEIGHT = 64
MOST_MONTHS = 96
"""A longer time is shown by year."""
FEWEST_MONTHS = 4
"""A shorter one by day."""

Range = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of days, both ends included, and its photos."""

    first: date
    last: date
    photos: int


def bars_of(days: Sequence[tuple[str, int]]) -> list[Bar]:
    """Bars of equal meaning, without gaps: days, months or years, whichever fits."""
    counts = {date.fromisoformat(day): photos for day, photos in days if day}
    if not counts:
        return []
    first, last = min(counts), max(counts)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    bars, start, rest = [], _start_of(first, months), sorted(counts, reverse=True)
    while start <= last:
        end, photos = _end_of(start, months), 0
        while rest and rest[-1] <= end:
            photos += counts[rest.pop()]
        bars.append(Bar(start, end, photos))
        start = end + timedelta(days=1)
    return bars


def _start_of(day: date, months: int) -> date:
    if months <= FEWEST_MONTHS:
        return day
    return day.replace(day=1) if months <= MOST_MONTHS else day.replace(month=1, day=1)


def _end_of(start: date, months: int) -> date:
    if months <= FEWEST_MONTHS:
        return start
    if months <= MOST_MONTHS:
        return start.replace(day=monthrange(start.year, start.month)[1])
    return start.replace(month=12, day=31)


class Histogram(Told, QWidget):
    """Bars to drag across; a double click or Delete takes the range away, the arrows move it.

    Signals:
        range_chosen: first and last day, or None twice.
    """

    range_chosen = Signal(object, object)
    accessible_role = QAccessible.Role.Chart

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Photos over time"))
        self.setToolTip(tr("Drag across the bars to choose a time; double-click to choose all of it"))
        self.bars: list[Bar] = []
        self._range: Range = (None, None)
        self._dragged: tuple[int, int] | None = None

    def show_days(self, days: Sequence[tuple[str, int]], chosen: Range) -> None:
        """Show how many photos there are on each day, and which days are chosen."""
        self.bars = bars_of(days)
        self._range = chosen
        self.setEnabled(bool(self.bars))
        self.update()

    def show_range(self, chosen: Range) -> None:
        """Show which days are chosen."""
        self._range = chosen
        self.update()

    def accessible_state(self) -> str:
        after, before = self._range
        if not self.bars:
            return ""
        if after is None and before is None:
            return tr("All of the time, from {first} to {last}", first=self._day(None, 0), last=self._day(None, -1))
        return tr("From {first} to {last}", first=self._day(after, 0), last=self._day(before, -1))

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.bars:
            at = self._bar_at(event.position().toPoint())
            self._dragged = (at, at)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            self._dragged = (self._dragged[0], self._bar_at(event.position().toPoint()))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            first, last = sorted(self._dragged)
            self._dragged = None
            self._choose(self.bars[first].first, self.bars[last].last)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._dragged = None
        self._choose(None, None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        later = -1 if self.isRightToLeft() else 1
        steps = {Qt.Key.Key_Left: -later, Qt.Key.Key_Right: later}
        if event.key() in steps and self.bars:
            self._move(steps[Qt.Key(event.key())], extend=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._choose(None, None)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and self.bars and isinstance(event, QHelpEvent):
            bar = self.bars[self._bar_at(event.pos())]
            photos = counted("{n} photo", "{n} photos", bar.photos)
            QToolTip.showText(event.globalPos(), f"{self._named(bar)}: {photos}\n{self.toolTip()}", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        of = colors(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(of.border)
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        most = max((bar.photos for bar in self.bars), default=0)
        painter.setPen(Qt.PenStyle.NoPen)
        chosen = self._chosen_bars()
        for number, bar in enumerate(self.bars):
            if bar.photos:
                painter.setBrush(of.accent if number in chosen else of.control)
                painter.drawRect(self._area(number, bar.photos / most))
        if self.hasFocus():
            painter.setPen(of.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _area(self, number: int, share: float) -> QRectF:
        width = self.width() / len(self.bars)
        gap = 1.0 if width >= 3 else 0.0
        height = max(share * (self.height() - 6), 2)
        place = len(self.bars) - 1 - number if self.isRightToLeft() else number
        return QRectF(place * width, self.height() - 1 - height, max(width - gap, 0.5), height)

    def _bar_at(self, position: QPoint) -> int:
        x = self.width() - position.x() if self.isRightToLeft() else position.x()
        place = int(x * len(self.bars) / max(self.width(), 1))
        return min(max(place, 0), len(self.bars) - 1)

    def _chosen_bars(self) -> range:
        """The bars that a range of days touches, or all."""
        if self._dragged is not None:
            first, last = sorted(self._dragged)
            return range(first, last + 1)
        after, before = self._range
        touched = [
            number
            for number, bar in enumerate(self.bars)
            if (after is None or bar.last >= after) and (before is None or bar.first <= before)
        ]
        return range(touched[0], touched[-1] + 1) if touched else range(0)

    def _move(self, step: int, *, extend: bool) -> None:
        chosen = self._chosen_bars()
        if not chosen or self._range == (None, None):
            first = last = 0 if step > 0 else len(self.bars) - 1
        elif extend:
            first, last = chosen[0], min(max(chosen[-1] + step, chosen[0]), len(self.bars) - 1)
        else:
            move = min(max(step, -chosen[0]), len(self.bars) - 1 - chosen[-1])
            first, last = chosen[0] + move, chosen[-1] + move
        self._choose(self.bars[first].first, self.bars[last].last)

    def _choose(self, after: date | None, before: date | None) -> None:
        self._range = (after, before)
        self.update()
        self.tell_state()
        self.range_chosen.emit(after, before)

    def _day(self, chosen: date | None, bar: int) -> str:
        """A day that is chosen, or else where the bars begin or end."""
        return short_date(chosen or (self.bars[bar].last if bar else self.bars[bar].first))

    def _named(self, bar: Bar) -> str:
        if bar.first == bar.last:
            return dated(bar.first, tr("d MMMM yyyy"))
        return dated(bar.first, tr("MMMM yyyy")) if bar.first.month == bar.last.month else str(bar.first.year)
