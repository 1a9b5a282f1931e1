"""Measures that grow with the text: whoever needs large words needs what holds them to be larger too."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QLayout, QWidget

USUAL_LINE = 20
"""Pixels that a line of the usual text of any desktop needs at most."""
CONTROL_HEIGHT = 28
AROUND_A_LINE = 13
"""What the style needs above and below the text of a button or a field."""


def line_height() -> int:
    """Pixels of a line of the application's text."""
    return QFontMetrics(QGuiApplication.font()).height()


def grown(pixels: int) -> int:
    """A measure of the usual text, for the text there is; with small text it stays as it is."""
    return round(pixels * max(1.0, line_height() / USUAL_LINE))


def control_height() -> int:
    """Pixels of a button, a field or another control with a line of text."""
    return max(CONTROL_HEIGHT, line_height() + AROUND_A_LINE)


def margins(of: QLayout | QWidget, start: int, top: int, end: int, bottom: int) -> None:
    """Leave so many pixels free; the start is where one begins to read, which Qt does not mirror by itself."""
    left, right = (end, start) if QGuiApplication.isRightToLeft() else (start, end)
    of.setContentsMargins(left, top, right, bottom)


def open_with_size(window: QWidget, width: int, height: int) -> None:
    """Give a window this size, or with large text more, as far as the screen has it."""
    usual = QSize(width, height)
    window.resize(QSize(grown(width), grown(height)).boundedTo(window.screen().availableSize()).expandedTo(usual))
