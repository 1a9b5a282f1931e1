"""The history panel: every query again, with its picture, a click away."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from engine.records import HistoryEntry
from gui.controls import caption, heading, tool
from gui.icons import icon
from gui.panels.history_model import HistoryModel
from gui.panels.history_view import HistoryView
from gui.pictures import QueryPictures
from gui.translation import tr


class HistoryPanel(QWidget):
    """The list with its filter, its menu and its empty state.

    Signals:
        run_wanted: a HistoryEntry to run again.
        pin_wanted: a HistoryEntry and whether it shall be pinned.
        delete_wanted: a HistoryEntry; the owner offers the undo.
        clear_wanted: the user has confirmed that everything that is not pinned shall go.
    """

    run_wanted = Signal(object)
    pin_wanted = Signal(object, bool)
    delete_wanted = Signal(object)
    clear_wanted = Signal()

    def __init__(self, pictures: QueryPictures) -> None:
        super().__init__()
        self.model = HistoryModel(pictures, self)
        self.view = HistoryView(self.model)
        self.view.run.connect(self.run_wanted)
        self.view.pin.connect(self._toggle_pin)
        self.view.delete.connect(self.delete_wanted)
        self.view.menu.connect(self._show_menu)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter by name"))
        self.filter.setAccessibleName(tr("Filter the history by name"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setAcceptDrops(False)
        self.filter.textChanged.connect(self._on_filter)
        self.filter.hide()
        self.question: QMessageBox | None = None
        self._entries = 0
        self._build()

    def show_entries(self, entries: Sequence[HistoryEntry]) -> None:
        """Show this history."""
        current = self.view.entry(self.view.currentIndex())
        self._entries = len(entries)
        self.model.show_entries(entries)
        if current is not None:
            self.mark(current.id)
        self.search.setEnabled(bool(entries))
        self.clear.setEnabled(bool(entries))
        self._show_page()

    def mark(self, entry_id: str | None) -> None:
        """Select the entry whose answer is on screen, or none."""
        row = self.model.row_of(entry_id) if entry_id else -1
        selection = self.view.selectionModel()
        if row < 0:
            selection.clear()
            return
        selection.setCurrentIndex(self.model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def start_filter(self) -> None:
        """Show the filter and type into it."""
        self.filter.show()
        self.filter.setFocus()
        self.filter.selectAll()

    def _build(self) -> None:
        self.search = tool("search", tr("Filter the history"), self._toggle_filter)
        self.clear = tool("delete", tr("Clear the history…"), self._ask_to_clear)
        top = QHBoxLayout()
        top.setContentsMargins(12, 8, 8, 4)
        top.setSpacing(0)
        top.addWidget(heading(tr("HISTORY")))
        top.addStretch()
        top.addWidget(self.search)
        top.addWidget(self.clear)
        filter_row = QHBoxLayout()
        filter_row.setContentsMargins(12, 0, 12, 4)
        filter_row.addWidget(self.filter)
        self._empty = caption("", wrap=True)
        self._empty.setContentsMargins(12, 4, 12, 12)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(filter_row)
        column.addWidget(self._pages, 1)
        self._show_page()

    def _show_page(self) -> None:
        nothing = (
            tr("Pictures you search with are kept here.") if not self._entries else tr("No query has such a name.")
        )
        self._empty.setText(nothing)
        self._pages.setCurrentIndex(0 if self.model.rowCount() else 1)

    def _toggle_filter(self) -> None:
        if self.filter.isHidden():
            self.start_filter()
        else:
            self.filter.hide()
            self.filter.clear()

    def _on_filter(self, text: str) -> None:
        self.model.set_filter(text)
        self._show_page()

    def _toggle_pin(self, entry: HistoryEntry) -> None:
        self.pin_wanted.emit(entry, not entry.pinned)

    def _show_menu(self, entry: HistoryEntry, position: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("update"), tr("Search again"), lambda: self.run_wanted.emit(entry))
        menu.addAction(icon("pin"), tr("Unpin") if entry.pinned else tr("Pin"), lambda: self._toggle_pin(entry))
        menu.addAction(icon("delete"), tr("Delete"), lambda: self.delete_wanted.emit(entry))
        menu.popup(position)

    def _ask_to_clear(self) -> None:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(tr("Clear the history?"))
        box.setText(tr("Clear the history?"))
        box.setInformativeText(tr("Past queries are forgotten, except pinned ones. Your photos stay as they are."))
        clear = box.addButton(tr("Clear"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(tr("Keep"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.finished.connect(lambda: self._on_answered(box.clickedButton() is clear))
        self.question = box
        box.open()

    def _on_answered(self, agreed: bool) -> None:
        if self.question is not None:
            self.question.deleteLater()
            self.question = None
        if agreed:
            self.clear_wanted.emit()
