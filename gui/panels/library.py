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
        filters_wanted: the button that shows the filters, or hides them.
    """

    view_chosen = Signal(object)
    filters_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Library"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
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

    def mark(self, view: View | None) -> None:
        """Show which of them is on screen."""
        self._group.setExclusive(view is not None)
        for one, entry in self.entries.items():
            entry.setChecked(one is view)

    def _entry(self, view: View) -> QToolButton:
        made = QToolButton()
        made.setText(tr(TITLES[view]))
        made.setIcon(icon(ICONS[view], "secondary"))
        made.setIconSize(QSize(grown(SMALL), grown(SMALL)))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setToolTip(tr(TIPS[view]))
        made.setAccessibleName(tr(TITLES[view]))
        made.setCheckable(True)
        made.setMinimumHeight(control_height())
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.clicked.connect(lambda _=False: self.view_chosen.emit(view))
        self._group.addButton(made)
        return made
