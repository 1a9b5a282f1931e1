"""The list of past queries: which keys and clicks it answers to, and what stays selected while it changes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from engine.records import HistoryEntry
from gui.measures import grown
from gui.panels.history_delegate import HistoryDelegate
from gui.panels.history_model import HistoryModel, HistoryRole
from gui.translation import tr

Index = QModelIndex | QPersistentModelIndex
LOWEST = 46
"""What is said where there is no history yet needs as much."""
NOTHING_HELD = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
SEVERAL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class HistoryView(QListView):
    """The rows. A click or Enter runs again, F2 renames; P and Delete are for all that are selected.

    Signals:
        run: wanted for an entry.
        pin, delete: wanted for a list of entries.
        renamed: an entry and its title, empty for the automatic one.
        menu: wanted for a list of entries at a global position.
    """

    run = Signal(object)
    pin = Signal(list)
    delete = Signal(list)
    renamed = Signal(object, str)
    menu = Signal(list, QPoint)

    def __init__(self, model: HistoryModel) -> None:
        super().__init__()
        self._model = model
        self._choosing = False
        self._kept: tuple[list[str], str] = ([], "")
        self.setModel(model)
        delegate = HistoryDelegate(self)
        delegate.renamed.connect(self.renamed)
        self.setItemDelegate(delegate)
        self.setAccessibleName(tr("History of queries"))
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)  # F2 on every system, see keyPressEvent
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.clicked.connect(self._on_click)
        self.customContextMenuRequested.connect(self._on_menu)
        model.modelAboutToBeReset.connect(self._keep_selection)
        model.modelReset.connect(self._restore_selection)

    def minimumSizeHint(self) -> QSize:
        """Low enough for the sidebar to fit a small screen with large text."""
        return QSize(super().minimumSizeHint().width(), grown(LOWEST))

    def entry(self, index: Index) -> HistoryEntry | None:
        """The entry of a row."""
        entry = index.data(HistoryRole.ENTRY) if index.isValid() else None
        return entry if isinstance(entry, HistoryEntry) else None

    def selected(self) -> list[HistoryEntry]:
        """The entries that are selected, from top to bottom."""
        rows = sorted(self.selectionModel().selectedIndexes(), key=QModelIndex.row)
        return [entry for row in rows if (entry := self.entry(row)) is not None]

    def rename(self) -> None:
        """Let a title be typed for the current entry."""
        if self.entry(self.currentIndex()) is not None:
            self.edit(self.currentIndex())

    def choose_first(self) -> None:
        """Go to the first entry, for whoever comes from the search box."""
        entries = (self._model.index(row) for row in range(self._model.rowCount()))
        first = next((index for index in entries if self.entry(index) is not None), None)
        if first is not None:
            self.setCurrentIndex(first)
            self.setFocus()

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """A picture that has come changes no height: laying out thousands of rows for each would be felt."""
        if list(roles) == [Qt.ItemDataRole.DecorationRole]:
            self.update(first)
        else:
            super().dataChanged(first, last, list(roles))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Return: lambda: self._run(self.currentIndex()),
            Qt.Key.Key_Enter: lambda: self._run(self.currentIndex()),
            Qt.Key.Key_F2: self.rename,
            Qt.Key.Key_P: lambda: self._emit_selected(self.pin.emit),
            Qt.Key.Key_Delete: lambda: self._emit_selected(self.delete.emit),
            Qt.Key.Key_Backspace: lambda: self._emit_selected(self.delete.emit),
        }
        wanted = keys.get(event.key())
        if wanted is None or event.modifiers() not in NOTHING_HELD:
            super().keyPressEvent(event)
        else:
            wanted()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._choosing = bool(event.modifiers() & SEVERAL)
        super().mouseReleaseEvent(event)

    def _on_click(self, index: QModelIndex) -> None:
        if not self._choosing:
            self._run(index)

    def _run(self, index: Index) -> None:
        entry = self.entry(index)
        if entry is not None:
            self.run.emit(entry)

    def _emit_selected(self, wanted: Callable[[Sequence[HistoryEntry]], object]) -> None:
        if entries := self.selected():
            wanted(entries)

    def _on_menu(self, position: QPoint) -> None:
        """A row that is selected stands for all that are; the menu key asks at the middle of the current row."""
        if self.entry(self.indexAt(position)) is not None:
            self.menu.emit(self.selected(), self.viewport().mapToGlobal(position))

    def _keep_selection(self) -> None:
        current = self.entry(self.currentIndex())
        self._kept = [entry.id for entry in self.selected()], current.id if current else ""

    def _restore_selection(self) -> None:
        selected, current = self._kept
        model, selection = self._model, self.selectionModel()
        if (row := model.row_of(current)) >= 0:
            selection.setCurrentIndex(model.index(row), QItemSelectionModel.SelectionFlag.NoUpdate)
        for entry_id in selected:
            if (row := model.row_of(entry_id)) >= 0:
                selection.select(model.index(row), QItemSelectionModel.SelectionFlag.Select)
