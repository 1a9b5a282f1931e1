"""What stands above the files of a check: what it is, how far, what of it is shown, and what can be done."""

from collections import Counter

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QToolButton, QVBoxLayout, QWidget

from gui.controls import Button, ElidedLabel, button, caption, surface, tool
from gui.flowing import Flowing
from gui.folding import APART, Folding, beside
from gui.having.rows import GROUPS, ORDERS, Order
from gui.icons import SMALL, icon
from gui.measures import control_height, grown
from gui.panels.search_field import SearchField
from gui.progress_bar import ProgressBar
from gui.theme import CAPTION_RATIO, font
from gui.translation import counted, tr
from gui.words import number

PROGRESS_WIDTH = 120
SEARCH_WIDTH = 180
LEAST_TITLE = 140


class HavingHeader(QWidget):
    """Shows counts and asks.

    Signals:
        group_chosen(str): only the files with this verdict are wanted; empty for all.
        order_chosen(Order): the files are wanted in this order.
        copy_wanted, copy_selected_wanted, choose_wanted, again_wanted, save_wanted, cancel_wanted, closed: the buttons.
    """

    group_chosen = Signal(str)
    order_chosen = Signal(object)
    copy_wanted = Signal()
    copy_selected_wanted = Signal()
    choose_wanted = Signal()
    again_wanted = Signal()
    save_wanted = Signal()
    cancel_wanted = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        surface(self, "panel", "below")
        self.title = ElidedLabel()
        self.title.setFont(font(self.title.font(), 1.0, bold=True))
        self.summary = ElidedLabel("", "secondary", CAPTION_RATIO)
        self.stage = caption("")
        self.progress = ProgressBar(tr("How far it is"))
        self.cancel = tool("close", tr("Cancel"), self.cancel_wanted.emit)
        self.copy: Button = button(tr("Copy only the new ones to…"), self.copy_wanted.emit, "primary", "copy")
        self.copy_selected = button(copying_words(0), self.copy_selected_wanted.emit, "", "copy")
        self.choose = tool("folder", tr("Check another folder…"), self.choose_wanted.emit)
        self.again = tool("update", tr("Check once more"), self.again_wanted.emit)
        self.save = tool("export", tr("Save the list…"), self.save_wanted.emit)
        self.search = SearchField(tr("Name or folder"), tr("Search these files by name, folder, match or verdict"))
        self.order = QComboBox()
        self.buttons = {group: _filter_button(group) for group in ("", *GROUPS)}
        self._copies = Flowing(self.copy_selected, self.copy)
        self._busy = Folding(self.stage, beside(self.progress, self.cancel, spacing=4), spacing=4)
        narrowing = beside(self.search, self.order, spacing=4)
        self._narrow = Folding(Flowing(*self.buttons.values()), narrowing, shares=APART)
        self._build()
        self._connect()
        self.show_progress("", 0, None)

    def show_counts(self, counts: Counter[str], group: str) -> None:
        """How many files have which verdict, and which of them are shown."""
        for one, made in self.buttons.items():
            count = counts[one] if one else counts.total()
            words = tr(GROUPS[one].title) if one else tr("All")
            made.setText(f"{words}  {number(count)}")
            made.setAccessibleName(tr("{verdict}: {files}", verdict=words, files=_files(count)))
            made.setChecked(one == group)
            made.setVisible(not one or count > 0 or one == group)
        for useful in (self._narrow, self._copies, self.again, self.save):
            useful.setVisible(counts.total() > 0)

    def show_copying(self, new: int, *, possible: bool) -> None:
        """How many new files could be copied, and whether they can be now."""
        words = counted("Copy the {n} new one to…", "Copy the {n} new ones to…", new)
        self.copy.setText(words if new else tr("Copy only the new ones to…"))
        if self.copy.isEnabled() != (possible and new > 0):
            self.copy.setEnabled(possible and new > 0)
            self.copy.set_kind("primary" if self.copy.isEnabled() else "")

    def show_copying_selected(self, selected: int, *, possible: bool) -> None:
        """How many of the selected files could be copied, and whether they can be now."""
        self.copy_selected.setText(copying_words(selected))
        self.copy_selected.setEnabled(possible)

    def show_progress(self, words: str, done: int, total: int | None) -> None:
        """What is being done and how far it is; without words nothing is."""
        self._busy.setVisible(bool(words))
        self.stage.setText(words)
        if words:
            self.progress.show_share(done, total)

    def _connect(self) -> None:
        group = QButtonGroup(self)
        for one, made in self.buttons.items():
            group.addButton(made)
            made.clicked.connect(lambda _=False, one=one: self.group_chosen.emit(one))
        for order, words in ORDERS.items():
            self.order.addItem(tr(words), order)
        self.order.currentIndexChanged.connect(lambda row: self.order_chosen.emit(list(Order)[row]))
        self.order.setAccessibleName(tr("Order of the files"))
        self.order.setToolTip(tr("Order of the files"))

    def _build(self) -> None:
        self.progress.setFixedWidth(grown(PROGRESS_WIDTH))
        self.search.setMinimumWidth(grown(SEARCH_WIDTH))
        said = QWidget()
        said.setMinimumWidth(grown(LEAST_TITLE))
        words = QVBoxLayout(said)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.summary)
        close = tool("close", tr("Close (Escape)"), self.closed.emit)
        tools = beside(self.choose, self.again, self.save, close, spacing=4)
        deeds = Folding(self._busy, Folding(self._copies, tools, spacing=4), spacing=8)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 6)
        column.setSpacing(6)
        column.addWidget(Folding(said, deeds, shares=APART))
        column.addWidget(self._narrow)


def copying_words(selected: int) -> str:
    """What would be copied, of the files that are selected."""
    if not selected:
        return tr("Copy the selected ones to…")
    return counted("Copy the selected one to…", "Copy the {n} selected ones to…", selected)


def _filter_button(group: str) -> QToolButton:
    made = QToolButton()
    made.setCheckable(True)
    made.setMinimumHeight(control_height())
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if group:
        made.setIcon(icon(GROUPS[group].icon, GROUPS[group].role))
        made.setIconSize(QSize(grown(SMALL), grown(SMALL)))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return made


def _files(count: int) -> str:
    return counted("{n} file", "{n} files", count)
