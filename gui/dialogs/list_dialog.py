"""What dialogs that list something are made of: a title, the rows, and what can be done with the selected ones."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.controls import ElidedLabel, button, caption, title, tool
from gui.panels.search_field import SearchField
from gui.translation import tr

NATIVE = QKeySequence.SequenceFormat.NativeText
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RowsView(QTableView):
    """Rows to select; any number of them, because only those in sight are asked for.

    Signals:
        entered: Enter; the default button of the dialog does not get it.
    """

    entered = Signal()

    def __init__(self, model: QAbstractTableModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setHighlightSections(False)

    def selected_rows(self) -> list[int]:
        """The selected rows from top to bottom, told from whole ranges: there may be a hundred thousand."""
        ranges = self.selectionModel().selection().toList()
        return sorted({row for one in ranges for row in range(one.top(), one.bottom() + 1)})

    def select_rows(self, rows: Sequence[int]) -> None:
        """Select these, given from top to bottom, beside what is selected; in whole ranges."""
        model, chosen = self.model(), QItemSelection()
        first = 0
        for place, row in enumerate(rows):
            if place + 1 == len(rows) or rows[place + 1] != row + 1:
                chosen.select(model.index(rows[first], 0), model.index(row, 0))
                first = place + 1
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(chosen, flags.Select | flags.Rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class ListDialog(QDialog):
    """A title, a hint, a search with tools beside it, the rows, and buttons.

    Args:
        name: what is listed.
        find: called with what is sought while it is typed; the model shows what has it.

    Attributes:
        nothing: says in place of the rows why there are none.
        note: what became of what was asked for last.
    """

    def __init__(
        self, name: str, view: RowsView, search: SearchField, find: Callable[[str], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view = view
        self.search = search
        self.title = title("")
        self.hint = caption("", wrap=True)
        self.nothing = QLabel()
        self.note = ElidedLabel("", "secondary")
        self.close_button = button(tr("Close"), self.close, "primary")
        self.close_button.setDefault(True)
        self._tools = QHBoxLayout()
        self._buttons = QHBoxLayout()
        self._pages = QStackedWidget()
        search.textChanged.connect(find)
        search.left.connect(self._leave_search)
        search.down.connect(self._enter_rows)
        self._add_key("Ctrl+F", self._start_search)
        self._lay_out()

    def add_tool(self, icon_name: str, name: str, keys: str, run: Callable[[], object]) -> QToolButton:
        """A button beside the search, with a key that counts in this dialog."""
        made = tool(icon_name, name, run)
        made.setToolTip(f"{name} ({QKeySequence(keys).toString(NATIVE)})")
        self._add_key(keys, lambda: made.isEnabled() and run())
        self._tools.addWidget(made)
        return made

    def add_button(self, made: QPushButton, tip: str = "", keys: str = "") -> None:
        """A button below the rows, with a key that counts in this dialog."""
        made.setToolTip(f"{tip} ({QKeySequence(keys).toString(NATIVE)})" if keys else tip)
        if keys:  # not as the shortcut of the button, which loses it with its text
            self._add_key(keys, made.click)
        self._buttons.insertWidget(self._buttons.count() - 2, made)

    def show_nothing(self, why: str) -> None:
        """Say why there are no rows; empty if there are."""
        self.nothing.setText(why)
        self._pages.setCurrentWidget(self.nothing if why else self.view)

    def _add_key(self, keys: str, run: Callable[[], object]) -> None:
        action = QAction(self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: run())
        self.addAction(action)

    def _start_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _leave_search(self) -> None:
        """Escape takes back what is sought; a second one closes, as it does from the rows."""
        if self.search.text():
            self.search.clear()
        else:
            self.reject()

    def _enter_rows(self) -> None:
        if self.view.model().rowCount():
            if not self.view.currentIndex().isValid():
                self.view.selectRow(0)
            self.view.setFocus()

    def _lay_out(self) -> None:
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setTextFormat(Qt.TextFormat.PlainText)
        self.nothing.setProperty("kind", "secondary")
        self.nothing.setWordWrap(True)
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.nothing)
        self._tools.setSpacing(4)
        self._tools.addWidget(self.search, 1)
        self._buttons.addWidget(self.note, 1)
        self._buttons.addWidget(self.close_button)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 24, 24, 16)
        self.column.setSpacing(12)
        self.column.addWidget(self.title)
        self.column.addWidget(self.hint)
        self.column.addLayout(self._tools)
        self.column.addWidget(self._pages, 1)
        self.column.addLayout(self._buttons)
