"""What is wrong with the controls of a place: without a name, out of reach of the Tab key, cut off, overlapping."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QCalendarWidget,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QProgressBar,
    QScrollBar,
    QSizeGrip,
    QSplitterHandle,
    QTextEdit,
    QToolButton,
    QWidget,
)

from gui.commands import PLACES as COMMANDS
from gui.controls import ElidedLabel, Scrolling
from gui.gallery.quick_actions import QuickActions
from gui.keymap import keymap, shown_keys
from gui.panels.chip_row import ChipRow

Role = QAccessible.Role
KINDS = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QAbstractItemView, QProgressBar)
FOR_THE_MOUSE = (QuickActions,)
"""Shown under the pointer only; the keys + and - of the gallery do the same."""
OF_QT = (QScrollBar, QSizeGrip, QSplitterHandle, QHeaderView, QCalendarWidget)
# What says nothing about what a control is for.
EMPTY_ROLES = {Role.NoRole, Role.Client, Role.Border, Role.Whitespace}
MOST_STOPS = 300
MOST_INSIDE = 12
"""So often Tab may stay in one control: the parts of a date, the links of a text."""


def controls(place: QWidget) -> list[QWidget]:
    """What can be seen and used."""
    found = [one for one in place.findChildren(QWidget) if one.isVisible() and one.isEnabled()]
    return [
        one
        for one in found
        if (isinstance(one, KINDS) or one.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and not isinstance(one, OF_QT)
        and not isinstance(one.parentWidget(), FOR_THE_MOUSE)
        and not _is_part_of_qts_own(one)
    ]


def unnamed(place: QWidget) -> list[str]:
    """Controls that a screen reader could not tell apart."""
    wrong = []
    for one in controls(place):
        interface = QAccessible.queryAccessibleInterface(one)
        name = interface.text(QAccessible.Text.Name).replace("&", "")
        if not name.strip() or name.endswith((".svg", ".png")):
            wrong.append(f"{told(one)} has the name {name!r}")
        if interface.role() in EMPTY_ROLES:
            wrong.append(f"{told(one)} has the role {interface.role().name}")
    return wrong


def without_keys(place: QWidget) -> list[str]:
    """Icon buttons of a command that has keys, whose tooltip does not tell them."""
    keyed = {
        command.title: shown_keys(command) for where in COMMANDS for command in where.commands if keymap().keys(command)
    }
    buttons = [one for one in controls(place) if isinstance(one, QToolButton)]
    return [
        f"{told(one)}: the tooltip {one.toolTip()!r} does not tell {keyed[name]}"
        for one in buttons
        if (name := one.accessibleName() or one.text()) in keyed and keyed[name] not in one.toolTip()
    ]


def out_of_reach(place: QWidget) -> list[str]:
    """Controls that Tab does not come to, or whose focus is not seen when it does."""
    wanted = [one for one in controls(place) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    if not wanted:
        return []
    if (focused := place.focusWidget()) is not None:
        focused.clearFocus()
    before = {one: seen(one) for one in wanted}
    wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
    stops = list(_walked())
    wrong = [
        f"{told(one)} does not show that it has the focus"
        for one, image in stops
        if one in before and image.size() == before[one].size() and image == before[one]
    ]
    visited = {one for one, _ in stops}
    missed = [one for one in wanted if one.isVisible() and visited.isdisjoint(_stops_of(one))]
    return wrong + [f"{told(one)} is not reached with Tab" for one in missed]


def _walked() -> Iterator[tuple[QWidget, QImage]]:
    """Where Tab leads, from the control that has the focus until it comes back to it; each as it is then seen."""
    first = at = QApplication.focusWidget()
    inside = 0
    for _ in range(MOST_STOPS):
        if at is None:
            return
        yield at, seen(at)
        QTest.keyClick(at, Qt.Key.Key_Tab)
        before, at = at, QApplication.focusWidget()
        inside = inside + 1 if at is before else 0
        if inside > MOST_INSIDE or (at is first and at is not before):
            return


def _stops_of(one: QWidget) -> set[QWidget]:
    """The controls of which Tab comes to one: of buttons in a group to that which is on, the arrows to the others."""
    group = one.group() if isinstance(one, QAbstractButton) else None
    proxy = one.focusProxy()
    return {one, *(group.buttons() if group is not None else ()), *((proxy,) if proxy is not None else ())}


def clickable_only(place: QWidget) -> list[str]:
    """Buttons that the keyboard never comes to."""
    return [
        f"{told(one)} takes no focus"
        for one in controls(place)
        if isinstance(one, QAbstractButton)
        and all(not of.focusPolicy() & Qt.FocusPolicy.TabFocus for of in _stops_of(one))
    ]


def nameless_entries(menu: QMenu) -> list[str]:
    """Entries of a menu that say nothing."""
    interface = QAccessible.queryAccessibleInterface(menu)
    entries = [interface.child(row) for row in range(interface.childCount())]
    wrong = [one for one in entries if one.role() is not Role.Separator and not one.text(QAccessible.Text.Name)]
    return [f"entry {entries.index(one)} of the menu has no name" for one in wrong]


def cramped(place: QWidget) -> list[str]:
    """Words that are cut off, and controls that stick out or lie over each other."""
    shown = _seen_in(place)
    cut_off = [words for one in shown if (words := _cut_off(one))]
    sticking_out = [f"{told(one)} sticks out of {told(one.parentWidget())}" for one in shown if not _is_contained(one)]
    return [*cut_off, *sticking_out, *_overlaps(place), *_beyond_scrolling(shown), *_cut_off_headers(place)]


def seen(one: QWidget) -> QImage:
    """A widget as it is on the screen."""
    return one.grab().toImage()


def told(one: QWidget) -> str:
    """A widget in words that help to find it."""
    text = one.text() if isinstance(one, (QLabel, QAbstractButton, QLineEdit)) else ""
    name = one.accessibleName() or text or one.objectName() or one.toolTip()
    above = one.parentWidget()
    within = f" in {type(above).__name__}" if above is not None else ""
    return f"{type(one).__name__} “{name[:60]}”{within} {one.geometry().getRect()}"


def _seen_in(place: QWidget) -> list[QWidget]:
    return [
        one
        for one in place.findChildren(QWidget)
        if one.isVisible() and not isinstance(one, OF_QT) and not _is_part_of_qts_own(one)
    ]


def _is_part_of_qts_own(one: QWidget) -> bool:
    """Such as the list of a combo box, the buttons of a line edit, or a whole file dialog."""
    above = one.parentWidget()
    while above is not None:
        if isinstance(above, (QComboBox, QAbstractSpinBox, QCalendarWidget, QMenu, QScrollBar, QLineEdit)):
            return True
        if one.isWindow():
            return False
        above = above.parentWidget()
    return one.objectName().startswith("qt_")


def _cut_off(one: QWidget) -> str:
    if isinstance(one, ElidedLabel):
        height = one.fontMetrics().height()
        cut = one.text() and (one.height() < height or (one._elided() != one.text() and not one.toolTip()))
        return f"{told(one)} is cut off" if cut else ""
    if isinstance(one, QLabel) and not one.text():
        return ""
    if isinstance(one, QLabel) and one.wordWrap():
        needed = one.heightForWidth(one.width())
        return f"{told(one)} needs a height of {needed}" if needed > one.height() else ""
    style = one.toolButtonStyle() if isinstance(one, QToolButton) and not one.icon().isNull() else None
    if style == Qt.ToolButtonStyle.ToolButtonIconOnly:
        icon = one.iconSize()
        fits = icon.width() <= one.width() - 4 and icon.height() <= one.height() - 4
        return "" if fits else f"{told(one)} is smaller than its icon"
    if isinstance(one, (QLabel, QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit)):
        hint = one.sizeHint() if isinstance(one, (QLabel, QAbstractButton)) else one.minimumSizeHint()
        if hint.width() > one.width() + 1 or hint.height() > one.height() + 1:
            return f"{told(one)} needs {hint.width()} × {hint.height()}"
    return ""


def _is_contained(one: QWidget) -> bool:
    above = one.parentWidget()
    if one.isWindow() or above is None or isinstance(above.parentWidget(), QAbstractScrollArea):
        return True
    return above.rect().adjusted(-1, -1, 1, 1).contains(one.geometry())


def _beyond_scrolling(shown: list[QWidget]) -> Iterator[str]:
    """What is wider than the area that scrolls it up and down only."""
    for area in shown:
        if isinstance(area, Scrolling) and not isinstance(area, ChipRow) and area.widget() is not None:
            wide, room = area.widget().width(), area.viewport().width()
            if wide > room:
                yield f"{told(area)} shows {room} of {wide} pixels"


def _cut_off_headers(place: QWidget) -> Iterator[str]:
    """Titles of columns."""
    for header in place.findChildren(QHeaderView):
        if header.isVisible() and header.orientation() == Qt.Orientation.Horizontal:
            for section in range(header.count()):
                needed, room = header.sectionSizeHint(section), header.sectionSize(section)
                past = header.sectionViewportPosition(section) + needed > header.viewport().width() + 1
                if needed > room + 1 or past:
                    yield f"{told(header)}: column {section} needs {needed} of {room}"


def _overlaps(place: QWidget) -> Iterator[str]:
    """Siblings that a layout should have kept apart."""
    laid_over = {"Messages", "DropOverlay", "QRubberBand", "QuickActions", "_Handle", "TypeAhead", "QSplitterHandle"}
    for above in [place, *_seen_in(place)]:
        if isinstance(above, (QAbstractScrollArea, QTextEdit)):
            continue
        beside = [
            one
            for one in above.children()
            if isinstance(one, QWidget)
            and one.isVisible()
            and not one.isWindow()
            and type(one).__name__ not in laid_over
            and one.width()
            and one.height()
        ]
        for place_, one in enumerate(beside):
            for other in beside[place_ + 1 :]:
                common = one.geometry().intersected(other.geometry())
                if common.width() > 1 and common.height() > 1:
                    yield f"{told(one)} lies over {told(other)}"
