"""The ways to look through the library, at the top of the sidebar."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gui.browsing import TITLES, View
from gui.commands import command
from gui.controls import heading, tool
from gui.icons import SMALL, icon
from gui.keymap import KeyTip
from gui.measures import control_height, grown, margins
from gui.translation import later, tr

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
        filters_wanted: the button that shows the filters, or hides them.
    """

    view_chosen = Signal(object)
    map_wanted = Signal()
    filters_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Library"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._view: View | None = None
        self._mapped = False
        self.entries = {view: self._entry(view) for view in View}
        KeyTip(self.entries[View.ALL], tr(TIPS[View.ALL]), command("browse"))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(1)
        self.filters = tool("filter", tr("Filters"), self.filters_wanted.emit)
        KeyTip(self.filters, tr("Filters"), command("filters"))
        top = QHBoxLayout()
        margins(top, 4, 0, 0, 0)
        top.addWidget(heading(tr("LIBRARY")), 1)
        top.addWidget(self.filters)
        column.addLayout(top)
        for entry in self.entries.values():
            column.addWidget(entry)
        self.map = _entry(tr("Map"), "map", tr("All photos on a map, alike ones near each other"))
        self.map.setCheckable(True)
        self.map.clicked.connect(self._on_map)
        column.addWidget(self.map)

    def mark(self, view: View | None) -> None:
        """Show which of them is on screen."""
        self._view = view
        self._mark()

    def mark_map(self, shown: bool) -> None:
        """Show whether the map lies over it."""
        self._mapped = shown
        self._mark()

    def _mark(self) -> None:
        self._group.setExclusive(self._view is not None and not self._mapped)
        for one, entry in self.entries.items():
            entry.setChecked(one is self._view and not self._mapped)
        self.map.setChecked(self._mapped)

    def _on_map(self) -> None:
        self._mark()  # a press on what is marked does not take the mark away
        self.map_wanted.emit()

    def _entry(self, view: View) -> QToolButton:
        made = _entry(tr(TITLES[view]), ICONS[view], tr(TIPS[view]))
        made.setCheckable(True)
        made.clicked.connect(lambda _=False: self.view_chosen.emit(view))
        self._group.addButton(made)
        return made


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
