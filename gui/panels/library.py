"""The ways to look through the library, at the top of the sidebar."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gui.browsing import TITLES, View
from gui.commands import command
from gui.controls import Scrolling, heading, tool
from gui.icons import SMALL, icon
from gui.keymap import KeyTip
from gui.measures import control_height, grown, margins
from gui.translation import later, tr

SPACING = 1
FEWEST = 4
"""Entries that are seen at least."""
ICONS = {View.ALL: "picture", View.TIMELINE: "timeline", View.FOLDERS: "folder"}
TIPS = {
    View.ALL: later("All photos, the newest first"),
    View.TIMELINE: later("All photos by day or month"),
    View.FOLDERS: later("All photos, folder by folder"),
}


class LibraryPanel(QWidget):
    """One entry for each way; the one on screen is marked.

    Signals:
        view_chosen: a View.
        map_wanted: the map of all photos.
        duplicates_wanted: groups of copies and bursts.
        filters_wanted: the button that shows the filters, or hides them.
    """

    view_chosen = Signal(object)
    map_wanted = Signal()
    duplicates_wanted = Signal()
    filters_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Library"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._group = QButtonGroup(self)
        self._view: View | None = None
        self._over: QToolButton | None = None
        self.entries = {view: self._entry(view) for view in View}
        KeyTip(self.entries[View.ALL], tr(TIPS[View.ALL]), command("browse"))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(SPACING)
        self.filters = tool("filter", tr("Filters"), self.filters_wanted.emit)
        KeyTip(self.filters, tr("Filters"), command("filters"))
        top = QHBoxLayout()
        margins(top, 4, 0, 0, 0)
        top.addWidget(heading(tr("LIBRARY")), 1)
        top.addWidget(self.filters)
        column.addLayout(top)
        self.map = self._page(tr("Map"), "map", tr("All photos on a map, alike ones near each other"), self.map_wanted)
        tip = tr("Copies and bursts, to look through and to clear up")
        self.duplicates = self._page(tr("Duplicates"), "duplicates", tip, self.duplicates_wanted)
        KeyTip(self.duplicates, tip, command("duplicates"))
        self.duplicates.setAccessibleName(tr("Duplicates"))
        column.addWidget(_Entries([*self.entries.values(), self.map, self.duplicates]))

    def mark(self, view: View | None) -> None:
        """Show which of them is on screen."""
        self._view = view
        self._mark()

    def mark_map(self, shown: bool) -> None:
        """Show whether the map lies over it."""
        self._mark_over(self.map, shown)

    def mark_duplicates(self, shown: bool) -> None:
        """Show whether the duplicates lie over it."""
        self._mark_over(self.duplicates, shown)

    def _mark_over(self, page: QToolButton, shown: bool) -> None:
        if shown:
            self._over = page
        elif self._over is page:
            self._over = None
        self._mark()

    def _mark(self) -> None:
        self._group.setExclusive(self._view is not None and self._over is None)
        for one, entry in self.entries.items():
            entry.setChecked(one is self._view and self._over is None)
        for page in (self.map, self.duplicates):
            page.setChecked(page is self._over)

    def _page(self, text: str, icon_name: str, tip: str, wanted: SignalInstance) -> QToolButton:
        made = _entry(text, icon_name, tip)
        made.setCheckable(True)

        def on_press() -> None:
            self._mark()  # a press on what is marked does not take the mark away
            wanted.emit()

        made.clicked.connect(on_press)
        return made

    def _entry(self, view: View) -> QToolButton:
        made = _entry(tr(TITLES[view]), ICONS[view], tr(TIPS[view]))
        made.setCheckable(True)
        made.clicked.connect(lambda _=False: self.view_chosen.emit(view))
        self._group.addButton(made)
        return made


class _Entries(Scrolling):
    """The entries below each other; on a small screen with large text they scroll."""

    def __init__(self, entries: Sequence[QToolButton]) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        for entry in entries:
            column.addWidget(entry)
        super().__init__(inside)
        self._inside = inside
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        lowest = FEWEST * (control_height() + SPACING) - SPACING
        return QSize(self._inside.minimumSizeHint().width(), min(lowest, self._inside.sizeHint().height()))


def _entry(text: str, icon_name: str, tip: str) -> QToolButton:
    made = QToolButton()
    made.setText(text)
    made.setIcon(icon(icon_name, "secondary"))
    made.setIconSize(QSize(grown(SMALL), grown(SMALL)))
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setToolTip(tip)
    made.setAccessibleName(text)
    made.setMinimumHeight(control_height())
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made
