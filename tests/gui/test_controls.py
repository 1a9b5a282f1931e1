"""Layouts: what is in them, and what Python may not keep of them."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget, QWidgetItem
from shiboken6 import Shiboken

from gui.controls import button, empty, widgets_in
from gui.theme import CAPTION_RATIO, font


@pytest.fixture
def column(qapp):
    gone()  # what earlier tests let go
    widget = QWidget()
    yield QVBoxLayout(widget)
    widget.deleteLater()


def gone() -> None:
    """Free what was let go."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def items() -> int:
    """How many items of layouts Python knows."""
    return sum(isinstance(kept, QWidgetItem) for kept in Shiboken.getAllValidWrappers())


def test_widgets_are_told_by_kind_in_the_order_of_the_layout(column):
    second, other, first = QLabel("second"), QPushButton("other"), QLabel("first")
    for widget in (second, other):
        column.addWidget(widget)
    column.addStretch()
    column.insertWidget(0, first)
    QLabel("laid over, in no layout", column.parentWidget())
    assert widgets_in(column, QLabel) == [first, second]
    assert widgets_in(column, QPushButton) == [other]
    assert widgets_in(column, QWidget) == [first, second, other]


def test_a_layout_in_a_layout_has_its_own_widgets(column):
    row = QHBoxLayout()
    column.addLayout(row)
    beside, below = QLabel("beside"), QLabel("below")
    row.addWidget(beside)
    column.addWidget(below)
    assert widgets_in(row, QLabel) == [beside]
    assert widgets_in(column, QLabel) == [below]
    assert widgets_in(QVBoxLayout(), QLabel) == []


def test_widgets_that_go_by_themselves_leave_nothing_behind(column):
    """What Python kept of them would make the end of another object crash; see `widgets_in`."""
    before = items()
    for _ in range(5):
        column.addWidget(QLabel("gone soon"))
    for widget in widgets_in(column, QLabel):
        widget.deleteLater()
    gone()
    assert column.count() == 0
    assert items() == before


def test_an_emptied_layout_leaves_nothing_behind(column):
    before = items()
    kept = QLabel("let go")
    column.addWidget(kept)
    column.addStretch()
    empty(column)
    assert kept.isHidden()
    gone()
    assert column.count() == 0
    assert not Shiboken.isValid(kept)
    assert items() == before


def test_a_button_keeps_its_font_when_it_is_seen_and_is_wide_enough(dressed, qtbot):
    row = QWidget()
    qtbot.addWidget(row)
    small = button("1,204 of 1,204 searchable", lambda: None, "quiet")
    small.setFont(font(small.font(), CAPTION_RATIO))
    wanted = small.font().pointSizeF()
    layout = QHBoxLayout(row)
    layout.addWidget(small)
    layout.addStretch()
    row.show()
    assert small.font().pointSizeF() == wanted
    assert small.width() >= small.sizeHint().width() > small.fontMetrics().horizontalAdvance(small.text())
    small.set_kind("primary")
    assert small.property("kind") == "primary"
