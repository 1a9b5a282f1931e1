"""The history panel: every query again, with its picture, a click away."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from engine.records import HistoryEntry
from gui.commands import command
from gui.controls import caption, heading, keyed, tool
from gui.icons import icon
from gui.keymap import KeyTip
from gui.measures import margins
from gui.panels.history_model import HistoryModel
from gui.panels.history_view import HistoryView
from gui.panels.search_field import SearchField
from gui.pictures import QueryPictures
from gui.translation import counted, tr


class HistoryPanel(QWidget):
    """The list with its search box, its menu and its empty states.

    Signals:
        run_wanted: a HistoryEntry to run again.
        rename_wanted: a HistoryEntry and its new title, empty for the automatic one.
        pin_wanted: a list of entries and whether they shall be pinned.
        delete_wanted: a list of entries; the owner offers the undo.
        clear_wanted: everything that is not pinned shall go; the owner offers the undo.
    """

    run_wanted = Signal(object)
    rename_wanted = Signal(object, str)
    pin_wanted = Signal(list, bool)
    delete_wanted = Signal(list)
    clear_wanted = Signal()

    def __init__(self, pictures: QueryPictures) -> None:
        super().__init__()
        self.model = HistoryModel(pictures, self)
        self.view = HistoryView(self.model)
        self.view.run.connect(self.run_wanted)
        self.view.renamed.connect(self.rename_wanted)
        self.view.pin.connect(self._toggle_pin)
        self.view.delete.connect(self.delete_wanted)
        self.view.menu.connect(self._show_menu)
        self.filter = SearchField(tr("Title, file name or day"), tr("Search the history by title, file name or day"))
        self.filter.textChanged.connect(self._on_filter)
        self.filter.left.connect(self._leave_filter)
        self.filter.down.connect(self.view.choose_first)
        self.filter.hide()
        self._entries: Sequence[HistoryEntry] = ()
        self._marked: str | None = None
        self._awaited = False
        self._build()

    def show_entries(self, entries: Sequence[HistoryEntry]) -> None:
        """Show this history."""
        self._entries = entries
        self.model.show_entries(entries)
        self.search.setEnabled(bool(entries))
        self.clear.setEnabled(not all(entry.pinned for entry in entries))
        self._show_page()

    def mark(self, entry_id: str | None) -> None:
        """Select the entry whose answer is on screen, or none; only once, then the selection is the user's."""
        selection = self.view.selectionModel()
        if entry_id != self._marked:
            self._marked, self._awaited = entry_id, entry_id is not None
            selection.clear()
        row = self.model.row_of(entry_id) if entry_id and self._awaited else -1
        if row >= 0:  # a query that was just asked comes into the list a little later
            self._awaited = False
            selection.setCurrentIndex(self.model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def start_filter(self) -> None:
        """Show the search box and type into it."""
        self.filter.show()
        self.filter.setFocus()
        self.filter.selectAll()

    def _build(self) -> None:
        self.search = tool("search", tr("Search the history"), self._toggle_filter)
        KeyTip(self.search, tr("Search the history"), command("filter_history"))
        self.clear = tool("delete", tr("Clear the history; pinned queries stay"), self.clear_wanted.emit)
        top = QHBoxLayout()
        margins(top, 12, 8, 8, 4)
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
        if not self._entries:
            self._empty.setText(tr("Pictures you search with are kept here."))
        else:
            sought = self.filter.text().strip()
            self._empty.setText(tr("No query has “{text}” in its title, its file names or its day.", text=sought))
        self._pages.setCurrentIndex(0 if self.model.rowCount() else 1)

    def _toggle_filter(self) -> None:
        if self.filter.isHidden():
            self.start_filter()
        else:
            self._leave_filter()

    def _leave_filter(self) -> None:
        had_focus = self.filter.hasFocus()
        self.filter.clear()
        self.filter.hide()
        if had_focus:
            self.view.setFocus()

    def _on_filter(self, text: str) -> None:
        self.model.set_filter(text)
        self._show_page()

    def _toggle_pin(self, entries: Sequence[HistoryEntry]) -> None:
        self.pin_wanted.emit(entries, not all(entry.pinned for entry in entries))

    def _show_menu(self, entries: Sequence[HistoryEntry], position: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        count = len(entries)
        if count == 1:
            again, enter = tr("Search again"), tr("Enter")
            menu.addAction(icon("update"), f"{again}\t{enter}", lambda: self.run_wanted.emit(entries[0]))
            menu.addAction(keyed(tr("Rename…"), "F2"), self.view.rename)
            pin, delete = tr("Unpin") if entries[0].pinned else tr("Pin"), tr("Delete")
        else:
            pinned = all(entry.pinned for entry in entries)
            pin = counted("Unpin {n} query", "Unpin {n} queries", count) if pinned else ""
            pin = pin or counted("Pin {n} query", "Pin {n} queries", count)
            delete = counted("Delete {n} query", "Delete {n} queries", count)
        menu.addAction(icon("pin"), f"{pin}\tP", lambda: self._toggle_pin(entries))
        menu.addAction(icon("delete"), keyed(delete, tr("Del")), lambda: self.delete_wanted.emit(entries))
        menu.popup(position)
