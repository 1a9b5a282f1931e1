"""The query bar: what is being searched with, always in sight."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from engine.records import Mode, Query, QueryPicture, SearchResult
from gui.commands import command
from gui.controls import button, label, surface, tool
from gui.icons import LARGE
from gui.keymap import KeyTip
from gui.measures import control_height, grown
from gui.panels.chip_row import ChipRow
from gui.panels.chips import chip_height
from gui.query_thumbnails import QueryThumbnails
from gui.translation import counted, tr

AROUND_CHIPS = 12
NARROW = 860


class QueryBar(QFrame):
    """The ways back and forward, the chips, the mode and the menu.

    Signals:
        back_wanted, forward_wanted, undo_wanted, redo_wanted, add_wanted: their buttons.
        removed: position of the picture to take out.
        opened: position of the picture to choose a region of.
        replaced: position of a picture and the QueryPicture to put there.
        weighed: the same where only the weight is another, and whether the movement that began before goes on.
        moved: position of a picture and where it shall be.
        chosen: a QueryPicture to search with alone.
        filters_changed: the Filters without one that was taken away.
        mode_chosen: similar or copies.
    """

    back_wanted = Signal()
    forward_wanted = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()
    add_wanted = Signal()
    removed = Signal(int)
    opened = Signal(int)
    replaced = Signal(int, object)
    weighed = Signal(int, object, bool)
    moved = Signal(int, int)
    chosen = Signal(object)
    filters_changed = Signal(object)
    mode_chosen = Signal(object)

    def __init__(self, pictures: QueryThumbnails, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        surface(self, "panel", "below")
        self.setMinimumHeight(chip_height(self) + AROUND_CHIPS)
        self.setAccessibleName(tr("Query"))
        self.back = self._way("back", tr("Back to what was on screen before"), self.back_wanted)
        self.forward = self._way("forward", tr("Forward to what was on screen after this"), self.forward_wanted)
        self.undo = self._way("undo", tr("Undo the last change of the query"), self.undo_wanted)
        self.redo = self._way("redo", tr("Redo the change of the query"), self.redo_wanted)
        self.add = button(tr("Add picture"), self.add_wanted.emit, "plain", "add")
        self.add.setToolTip(tr("Search with one more picture"))
        self.add.setAccessibleName(tr("Add picture"))
        self.chips = ChipRow(pictures)
        for heard, told in (
            (self.chips.removed, self.removed),
            (self.chips.opened, self.opened),
            (self.chips.replaced, self.replaced),
            (self.chips.weighed, self.weighed),
            (self.chips.moved, self.moved),
            (self.chips.chosen, self.chosen),
            (self.chips.filters_changed, self.filters_changed),
        ):
            heard.connect(told)
        self.chips.overflowing_changed.connect(lambda: self._show_summary())
        self.modes = _ModeSwitch()
        self.modes.chosen.connect(self.mode_chosen)
        self._build(menu)
        self.show_query(None)
        self.set_trail(back=False, forward=False, undo=False, redo=False)

    def show_query(self, query: Query | None) -> None:
        """Show the parts of a query, or that there is none. Known thumbnails stay, and so does the focus."""
        self.chips.show_query(query)
        self.modes.show_mode(query.mode if query else Mode.SIMILAR)
        for widget in (self.add, self.modes):
            widget.setVisible(query is not None)
        self.hint.setVisible(query is None)
        self._show_summary()

    def show_result(self, result: SearchResult) -> None:
        """The answer is here: its pictures have thumbnails now."""
        self.show_query(result.query)
        self.chips.fetch_thumbnails()

    def set_trail(self, *, back: bool, forward: bool, undo: bool, redo: bool) -> None:
        """Which ways lead somewhere."""
        self.back.setEnabled(back)
        self.forward.setEnabled(forward)
        self.undo.setEnabled(undo)
        self.redo.setEnabled(redo)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.add.setText("" if self.width() < grown(NARROW) else tr("Add picture"))

    def _way(self, name: str, text: str, wanted: SignalInstance) -> QToolButton:
        made = tool(name, text, wanted.emit, LARGE)
        KeyTip(made, text, command(name))
        return made

    def _build(self, menu: QMenu) -> None:
        self.hint = label(tr("No picture chosen"), "secondary")
        self.summary = QToolButton()
        self.summary.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.summary.setMinimumHeight(control_height())
        self.summary.setMenu(QMenu(self.summary))
        self.summary.menu().aboutToShow.connect(lambda: self.chips.list_in(self.summary.menu()))
        self.menu = tool("menu", tr("Menu"), None, LARGE)
        self.menu.setMenu(menu)
        self.menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(4)
        for widget in (self.back, self.forward, self.undo, self.redo):
            row.addWidget(widget)
        row.addSpacing(8)
        row.addWidget(self.hint)
        row.addWidget(self.summary)
        row.addWidget(self.chips, 1)
        row.addSpacing(4)
        row.addWidget(self.add)
        row.addSpacing(8)
        row.addWidget(self.modes)
        row.addSpacing(8)
        row.addWidget(self.menu)

    def _show_summary(self) -> None:
        """When not all chips can be seen at once: how many there are, and a list of them."""
        pictures = [chip.picture for chip in self.chips.chips()]
        self.summary.setVisible(self.chips.overflowing)
        text = counted("{n} picture", "{n} pictures", len(pictures))
        self.summary.setText(f"{text} ▾")
        self.summary.setAccessibleName(tr("{pictures}: list them", pictures=text))
        self.summary.setToolTip(tally(pictures))


class _ModeSwitch(QFrame):
    """Similar or Copies, never mixed.

    Signals:
        chosen: the Mode the user has clicked.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("What counts as a match"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self._group = QButtonGroup(self)
        self.buttons = {
            Mode.SIMILAR: self._button(tr("Similar"), tr("Photos that show something alike")),
            Mode.COPIES: self._button(tr("Copies"), tr("The same picture: re-saved, resized, cut, turned or edited")),
        }
        for mode, made in self.buttons.items():
            made.clicked.connect(lambda _=False, mode=mode: self.chosen.emit(mode))
            self._group.addButton(made)
            row.addWidget(made)

    def show_mode(self, mode: Mode) -> None:
        """Press the button of a mode."""
        self.buttons[mode].setChecked(True)

    def _button(self, text: str, tip: str) -> QToolButton:
        made = QToolButton()
        made.setText(text)
        made.setToolTip(tip)
        made.setAccessibleName(text)
        made.setAccessibleDescription(tip)
        made.setCheckable(True)
        made.setMinimumHeight(control_height())
        return made


def tally(pictures: list[QueryPicture]) -> str:
    """Such as "17 more like, 3 less like"."""
    less = sum(picture.weight < 0 for picture in pictures)
    more = counted("{n} more like", "{n} more like", len(pictures) - less)
    return tr("{more}, {less}", more=more, less=counted("{n} less like", "{n} less like", less)) if less else more
