"""The query bar: what is being searched with, always in sight."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from engine.records import Mode, Query, QueryPicture, SearchResult
from gui.actions import command
from gui.controls import CONTROL_HEIGHT, ElidedLabel, button, label, scrolling, surface, tool, widgets_in
from gui.icons import LARGE, SMALL, icon
from gui.keymap import KeyTip
from gui.pictures import QueryPictures, square
from gui.theme import CAPTION_RATIO
from gui.translation import later, tr

BAR_HEIGHT = 52
CHIP_HEIGHT = 36
CHIP_PICTURE = 28
NAME_WIDTH = 160
SHORTEST_NAME = 64
REMOVE = 24
GAP = 8
PICTURE_WITHOUT_FILE = later("Pasted picture")


class Chip(QFrame):
    """One picture of the query: thumbnail, sign, name, and a button to take it out.

    Signals:
        removed: the user wants it out of the query.
        chosen: the user wants to search with this picture alone.
    """

    removed = Signal()
    chosen = Signal()

    def __init__(self, picture: QueryPicture) -> None:
        super().__init__()
        self.picture = picture
        self.name = chip_name(picture)
        self.setObjectName("chip")
        self.setFixedHeight(chip_height(self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("{sentence}. Press Delete to take it out.", sentence=self._sentence()))
        self.setToolTip(str(picture.path) if picture.path else self.name)
        self._thumbnail = QLabel()
        self._thumbnail.setFixedSize(CHIP_PICTURE, CHIP_PICTURE)
        self._thumbnail.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._thumbnail.setPixmap(icon("picture", "secondary").pixmap(SMALL, SMALL))
        self._label = ElidedLabel(self.name)
        self._sign = self._minus() if picture.weight < 0 else None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._build()

    def show_thumbnail(self, pixmap: QPixmap) -> None:
        """Replace the placeholder."""
        self._thumbnail.setPixmap(square(pixmap, CHIP_PICTURE, self.devicePixelRatioF()))

    def width_without_name(self) -> int:
        """What the chip needs before its name gets any room."""
        minus = self._sign.sizeHint().width() + GAP if self._sign else 0
        return CHIP_PICTURE + minus + REMOVE + 3 * GAP

    def set_name_width(self, width: int) -> None:
        """Give the name this much room at most; with too little it is only in the tooltip."""
        natural = self._label.fontMetrics().horizontalAdvance(self.name) + 2
        self._label.setVisible(width >= SHORTEST_NAME)
        self._label.setFixedWidth(min(max(width, 1), natural))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.removed.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.chosen.emit()
            case _:
                super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("lookalikes"), tr("Search with this picture alone"), self.chosen.emit)
        menu.addAction(icon("close"), tr("Take out of the query"), self.removed.emit)
        menu.popup(event.globalPos())

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(6)
        row.addWidget(self._thumbnail)
        if self._sign is not None:
            row.addWidget(self._sign)
        row.addWidget(self._label)
        remove = tool("close", tr("Take {name} out of the query", name=self.name), self.removed.emit)
        remove.setFixedSize(REMOVE, REMOVE)
        remove.setIconSize(QSize(12, 12))
        row.addWidget(remove)

    def _minus(self) -> QLabel:
        made = label(tr("− less like"), "bad", CAPTION_RATIO, bold=True)
        made.setAccessibleName(tr("less like"))
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return made

    def _sentence(self) -> str:
        less = self.picture.weight < 0
        return tr("Less like {name}", name=self.name) if less else tr("More like {name}", name=self.name)


class ChipRow(QScrollArea):
    """The chips side by side; more than fit are reached with the wheel or the Tab key."""

    def __init__(self) -> None:
        super().__init__()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(chip_height(self))
        inside = QWidget()
        self.row = QHBoxLayout(inside)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(GAP)
        self.row.addStretch()
        scrolling(inside, self)

    def chips(self) -> list[Chip]:
        """The chips, in the order of the query."""
        return widgets_in(self.row, Chip)

    def fit(self) -> None:
        """Share the room among the names; when there is too little for any, the thumbnails must do."""
        chips = self.chips()
        if not chips:
            return
        taken = sum(chip.width_without_name() + GAP for chip in chips)
        room = (self.viewport().width() - taken) // len(chips)
        for chip in chips:
            chip.set_name_width(min(room, NAME_WIDTH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (event.angleDelta().y() or event.angleDelta().x()))

    def focusNextPrevChild(self, forward: bool) -> bool:
        moved = super().focusNextPrevChild(forward)
        focused = self.focusWidget()
        if focused is not None:
            self.ensureWidgetVisible(focused)
        return moved


class QueryBar(QFrame):
    """Back, forward, chips, the mode and the menu.

    Signals:
        back_wanted, forward_wanted, add_wanted: their buttons.
        removed: position of the picture to take out.
        chosen: a QueryPicture to search with alone.
        mode_chosen: similar or copies.
    """

    back_wanted = Signal()
    forward_wanted = Signal()
    add_wanted = Signal()
    removed = Signal(int)
    chosen = Signal(object)
    mode_chosen = Signal(object)

    def __init__(self, pictures: QueryPictures, menu: QMenu) -> None:
        super().__init__()
        self._pictures = pictures
        self._entry_id: str | None = None
        self._query: Query | None = None
        pictures.ready.connect(self._on_thumbnail)
        surface(self, "panel", "below")
        self.setMinimumHeight(BAR_HEIGHT)
        self.setAccessibleName(tr("Query"))
        self.back = tool("back", tr("Back to the query before"), self.back_wanted.emit, LARGE)
        KeyTip(self.back, tr("Back to the query before"), command("back"))
        self.forward = tool("forward", tr("Forward to the next query"), self.forward_wanted.emit, LARGE)
        KeyTip(self.forward, tr("Forward to the next query"), command("forward"))
        self.add = button(tr("Add picture"), self.add_wanted.emit, "plain", "add")
        self.add.setToolTip(tr("Search with one more picture"))
        self.chips = ChipRow()
        self.modes = _ModeSwitch()
        self.modes.chosen.connect(self.mode_chosen)
        self._build(menu)
        self.show_query(None)
        self.set_trail(back=False, forward=False)

    def show_query(self, query: Query | None) -> None:
        """Show the pictures of a query, or that there is none. Known thumbnails stay."""
        known = {chip.picture: chip for chip in self.chips.chips()}
        self._query = query
        wanted = query.pictures if query else ()
        for chip in known.values():
            if chip.picture not in wanted:
                self._drop(chip)
        for position, picture in enumerate(wanted):
            self.chips.row.insertWidget(position, known.get(picture) or self._chip(picture))
        self.chips.fit()
        self.modes.show_mode(query.mode if query else Mode.SIMILAR)
        for widget in (self.add, self.modes):
            widget.setVisible(query is not None)
        self.hint.setVisible(query is None)

    def show_result(self, result: SearchResult) -> None:
        """The answer is here: its entry in the history has the thumbnails."""
        self._entry_id = result.entry_id
        self.show_query(result.query)
        if result.entry_id is None:
            return
        for position, chip in enumerate(self.chips.chips()):
            pixmap = self._pictures.get(result.entry_id, position)
            if pixmap is not None:
                chip.show_thumbnail(pixmap)

    def set_trail(self, *, back: bool, forward: bool) -> None:
        """Whether there is a way back and forward."""
        self.back.setEnabled(back)
        self.forward.setEnabled(forward)

    def _build(self, menu: QMenu) -> None:
        self.hint = label(tr("No picture chosen"), "secondary")
        self.menu = tool("menu", tr("Menu"), None, LARGE)
        self.menu.setMenu(menu)
        self.menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(4)
        row.addWidget(self.back)
        row.addWidget(self.forward)
        row.addSpacing(8)
        row.addWidget(self.hint)
        row.addWidget(self.chips, 1)
        row.addSpacing(4)
        row.addWidget(self.add)
        row.addSpacing(8)
        row.addWidget(self.modes)
        row.addSpacing(8)
        row.addWidget(self.menu)

    def _chip(self, picture: QueryPicture) -> Chip:
        chip = Chip(picture)
        chip.removed.connect(lambda: self.removed.emit(self.chips.chips().index(chip)))
        chip.chosen.connect(lambda: self.chosen.emit(picture))
        return chip

    def _drop(self, chip: Chip) -> None:
        self.chips.row.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def _on_thumbnail(self, entry_id: str, position: int) -> None:
        chips = self.chips.chips()
        if entry_id == self._entry_id and position < len(chips):
            pixmap = self._pictures.get(entry_id, position)
            if pixmap is not None:
                chips[position].show_thumbnail(pixmap)


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
            Mode.COPIES: self._button(tr("Copies"), tr("The same picture: re-saved, resized, mirrored or turned")),
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
        made.setMinimumHeight(CONTROL_HEIGHT)
        return made


def chip_name(picture: QueryPicture) -> str:
    """What a picture of a query is called."""
    name = picture.path.name if picture.path else tr(PICTURE_WITHOUT_FILE)
    return tr("part of {name}", name=name) if picture.region else name


def chip_height(widget: QWidget) -> int:
    """High enough for the thumbnail, and for large text."""
    return max(CHIP_HEIGHT, widget.fontMetrics().height() + GAP)
