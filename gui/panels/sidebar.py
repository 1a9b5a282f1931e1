"""The column at the side: the ways to look through the library, the history, collections, folders."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from gui.controls import surface
from gui.measures import grown
from gui.panels.collections import CollectionsPanel
from gui.panels.folders import FoldersPanel
from gui.panels.history import HistoryPanel
from gui.window_state import WindowState

WIDTH = 248
NARROWEST = 180


class Sidebar(QSplitter):
    """Can be hidden, and remembers whether it is."""

    def __init__(
        self,
        history: HistoryPanel,
        collections: CollectionsPanel,
        folders: FoldersPanel,
        state: WindowState,
        parent: QWidget,
    ) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._history = history
        self._state = state
        surface(self, "panel")
        self.addWidget(history)
        self.addWidget(collections)
        self.addWidget(folders)
        self.setSizes([100, grown(110), grown(176)])  # room for two folders
        self.setStretchFactor(0, 1)  # what is left over is for the history
        self.setChildrenCollapsible(False)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for its words, be they large."""
        return super().minimumSizeHint().expandedTo(QSize(NARROWEST, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The entries at the top scroll only where there is no room for all of them."""
        super().resizeEvent(event)
        sizes, first = self.sizes(), self.widget(0)
        if first is None or first is self._history:
            return  # they are not there yet
        spare = self._history.height() - self._history.minimumSizeHint().height()
        wanted = min(first.sizeHint().height() - sizes[0], spare)
        if wanted > 0:
            self.setSizes([sizes[0] + wanted, sizes[1] - wanted, *sizes[2:]])

    def toggle(self) -> None:
        """Show or hide."""
        self.setVisible(self.isHidden())
        self._state.sidebar_shown = not self.isHidden()

    def filter_history(self) -> None:
        """Put the cursor where names of past queries are typed."""
        if self.isHidden():
            self.toggle()
        self._history.start_filter()
