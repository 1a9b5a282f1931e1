"""A range of days: the histogram, and two fields for those who know the days or have no mouse."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QSignalBlocker, Signal
from PySide6.QtWidgets import QDateEdit, QVBoxLayout, QWidget

from gui.filters.histogram import Histogram, Range
from gui.folding import EQUAL, Folding
from gui.translation import tr

EARLIEST = QDate(1826, 1, 1)
"""Older than any photo; it stands for "any day"."""


class DayRange(QWidget):
    """Shows and changes the range of days.

    Signals:
        range_chosen: first and last day, each None if it is left open.
    """

    range_chosen = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.histogram = Histogram()
        self.histogram.range_chosen.connect(self.range_chosen)
        self.after = _day_field(tr("From this day"))
        self.before = _day_field(tr("Until this day"))
        for field in (self.after, self.before):
            field.editingFinished.connect(self._on_edited)
        self._shown: Range = (None, None)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.histogram)
        column.addWidget(Folding(self.after, self.before, spacing=6, shares=EQUAL))

    def show_days(self, days: Sequence[tuple[str, int]]) -> None:
        """Show how many photos there are on each day."""
        self.histogram.show_days(days, self._shown)

    def show_range(self, after: date | None, before: date | None) -> None:
        """Show what is chosen."""
        self._shown = (after, before)
        self.histogram.show_range(self._shown)
        for field, day in ((self.after, after), (self.before, before)):
            with QSignalBlocker(field):
                field.setDate(EARLIEST if day is None else QDate(day.year, day.month, day.day))

    def _on_edited(self) -> None:
        """A range that ends before it begins is meant the other way round."""
        after, before = _day_of(self.after), _day_of(self.before)
        if after and before and after > before:
            after, before = before, after
        if (after, before) != self._shown:
            self.range_chosen.emit(after, before)


class DayField(QDateEdit):
    """A day or any day."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        """From “any day” Tab leaves at once: Qt would look for the parts of a day in it for ever."""
        if self.date() == EARLIEST:
            return QWidget.focusNextPrevChild(self, forward)
        return super().focusNextPrevChild(forward)


def _day_field(name: str) -> QDateEdit:
    made = DayField(EARLIEST)
    made.setMinimumDate(EARLIEST)
    made.setSpecialValueText(tr("Any day"))
    made.setCalendarPopup(True)
    made.setKeyboardTracking(False)
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made


def _day_of(field: QDateEdit) -> date | None:
    day = field.date()
    return None if day == EARLIEST else date(day.year(), day.month(), day.day())
