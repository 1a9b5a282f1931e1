"""What the pages of the settings are made of: headed groups of labelled controls that scroll when there is no room."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent, QWheelEvent
from PySide6.QtWidgets import QFormLayout, QLabel, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget

from gui.controls import Scrolling, caption, label
from gui.measures import control_height, grown, margins
from gui.words import from_the_left

PAUSE_MS = 600
WIDEST = 560
FIELD_WIDTH = 216
INSET = 4


class Page(Scrolling):
    """One page.

    Signals:
        change_wanted: other values of settings, by name.
    """

    change_wanted = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        inside = QWidget()
        inside.setMaximumWidth(grown(WIDEST))
        self._begun = False
        self.column = QVBoxLayout(inside)
        margins(self.column, 0, 0, 16, 0)
        self.column.setSpacing(8)
        self.hold(inside)

    def add_heading(self, text: str) -> None:
        """Begin a group."""
        if self._begun:
            self.column.addSpacing(16)
        self._begun = True
        self.column.addWidget(label(text, bold=True, wrap=True))

    def add_hint(self, text: str) -> QLabel:
        """Small words that explain what stands above."""
        made = caption(text, wrap=True)
        self.column.addWidget(made)
        return made

    def add_form(self) -> QFormLayout:
        """Rows of a name and a control."""
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        self.column.addLayout(form)
        return form

    def add_row(self, form: QFormLayout, text: str, field: QWidget) -> None:
        """A control with its name beside the middle of it, which a form by itself puts a little higher."""
        name = label(text)
        name.setMinimumHeight(control_height())
        name.setBuddy(field)
        form.addRow(name, field)

    def reserve(self) -> QVBoxLayout:
        """A place for a group that can be shown later, see `filling`."""
        place = QVBoxLayout()
        place.setSpacing(8)
        self.column.addLayout(place)
        return place

    @contextmanager
    def filling(self, place: QVBoxLayout) -> Iterator[None]:
        """What is added meanwhile comes into the reserved place."""
        whole, self.column = self.column, place
        try:
            yield
        finally:
            self.column = whole

    def want(self, **values: Any) -> None:
        """Ask for other values."""
        self.change_wanted.emit(values)

    def showEvent(self, event: QShowEvent) -> None:
        """Fields for numbers are as wide as the widest of them."""
        super().showEvent(event)
        fields = self.findChildren(NumberField)
        for field in fields:
            field.setMinimumWidth(max(grown(FIELD_WIDTH), *(one.sizeHint().width() for one in fields)))


class NumberField(QSpinBox):
    """A whole number that is taken when it has been typed. The wheel scrolls the page unless the field is in use."""

    def __init__(self, name: str, least: int, most: int, suffix: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setRange(least, most)
        self.setSuffix(suffix)
        self.lineEdit().setTextMargins(INSET, 0, INSET, 0)  # as other fields have it by the style sheet
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class LinesField(QPlainTextEdit):
    """A few lines of text that are taken once nobody types any more.

    Signals:
        taken: the lines.
    """

    taken = Signal(list)

    def __init__(self, name: str, example: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(from_the_left(example))
        self.setTabChangesFocus(True)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # patterns are written so in every language
        self.setFixedHeight(grown(96))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(lambda: self.taken.emit(self.lines()))
        self.textChanged.connect(self._pause.start)

    def lines(self) -> list[str]:
        """What is typed."""
        return self.toPlainText().splitlines()

    def show_lines(self, lines: tuple[str, ...]) -> None:
        """Show other lines; those that are being typed stay."""
        if not self.hasFocus():
            self.setPlainText("\n".join(lines))
            self._pause.stop()

    def finish(self) -> None:
        """Take what was typed last at once."""
        if self._pause.isActive():
            self._pause.stop()
            self.taken.emit(self.lines())
