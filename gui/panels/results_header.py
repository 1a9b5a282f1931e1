"""The line above the gallery: what was found, which scores are shown, in which order, and what stands under photos."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton

from gui.controls import ElidedLabel, caption, label, slider, surface, tool
from gui.gallery.arrangement import Order
from gui.gallery.captions import Caption, in_order
from gui.gallery.geometry import LARGEST, SMALLEST
from gui.gallery.score_range import ScoreRange
from gui.gallery.wording import range_text
from gui.measures import control_height, grown
from gui.theme import CAPTION_RATIO
from gui.translation import later, tr

AROUND = 12
SLIDER_WIDTH = 96
LEAST_WIDTH = 300
SPELLED_OUT = 820
"""From this width on the order and the range of scores are spelled out; below, the icons have to do."""
ROOMY = 560
"""From this width on there is room for what can be had elsewhere too: how long it took, the size of thumbnails."""

ORDERS = {
    Order.SCORE: (later("Score"), later("Best first"), later("Worst first")),
    Order.DATE: (later("Date"), later("Newest first"), later("Oldest first")),
    Order.NAME: (later("Name"), later("A to Z"), later("Z to A")),
    Order.SIZE: (later("File size"), later("Largest first"), later("Smallest first")),
    Order.LOOK: (later("Look"), later("From the one end"), later("From the other end")),
}
CAPTIONS = {
    Caption.SCORE: later("Score"),
    Caption.NAME: later("File name"),
    Caption.FOLDER: later("Folder"),
    Caption.DATE: later("Date"),
}


class ResultsHeader(QFrame):
    """Says and asks; what it all means is the panel's business.

    Signals:
        ordered(Order, bool): sort by this, backwards or not.
        captions_chosen(tuple[Caption, ...]): let these stand under the photos.
        stacked_toggled(bool): fold near-identical photos, or do not.
    """

    ordered = Signal(object, bool)
    captions_chosen = Signal(object)
    stacked_toggled = Signal(bool)

    def __init__(self, captions: Sequence[Caption]) -> None:
        super().__init__()
        self.summary = label("", bold=True)
        self.note = ElidedLabel("", "secondary", CAPTION_RATIO)
        self.scores = ScoreRange()
        self.range_text = caption("")
        self.order = _menu_tool("sort", tr("Sort"))
        self.captions = _menu_tool("captions", tr("What stands under the photos"))
        self.stacks = tool("stack", tr("Fold near-identical photos into stacks"))
        self.thumbnail_size = slider(tr("Thumbnail size"), SLIDER_WIDTH)
        self._ranged = True
        self._orders: dict[Order, QAction] = {}
        self._lines: dict[Caption, QAction] = {}
        self._fill_orders()
        self._fill_captions(captions)
        self._build()

    def show_text(self, summary: str, note: str) -> None:
        """What is shown, and a quieter remark."""
        self.summary.setText(summary)
        self.note.setText(note)

    def show_range(self, lowest: float, highest: float) -> None:
        """Which scores are shown."""
        self.scores.show_range(lowest, highest)
        self.range_text.setText(range_text(lowest, highest))

    def show_order(self, order: Order | None, backwards: bool) -> None:
        """What the photos are sorted by; None if that cannot be chosen."""
        self.order.setVisible(order is not None)
        if order is None:
            return
        name, forwards_text, backwards_text = (tr(text) for text in ORDERS[order])
        self._orders[order].setChecked(True)
        self._forwards.setText(forwards_text)
        self._backwards.setText(backwards_text)
        (self._backwards if backwards else self._forwards).setChecked(True)
        self.order.setText(f"{name} {'↑' if backwards else '↓'}")
        said = tr("Sorted by: {name}, {direction}", name=name, direction=backwards_text if backwards else forwards_text)
        self.order.setToolTip(said)
        self.order.setAccessibleName(said)

    def show_stacked(self, stacked: bool) -> None:
        """Whether near-identical photos are folded."""
        self.stacks.setChecked(stacked)

    def set_scored(self, scored: bool, *, copies: bool = False) -> None:
        """Whether there are scores to choose from and stacks to fold.

        Args:
            copies: their pixels agree, so that a range of scores says nothing of them, and none of them is folded.
        """
        self._ranged = scored and not copies
        self.scores.setVisible(self._ranged)
        self.stacks.setVisible(self._ranged)
        self.range_text.setVisible(self._ranged and self.width() >= grown(SPELLED_OUT))
        self._orders[Order.SCORE].setVisible(scored)
        self._lines[Caption.SCORE].setEnabled(scored)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= grown(SPELLED_OUT)
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if wide else Qt.ToolButtonStyle.ToolButtonIconOnly
        self.order.setToolButtonStyle(style)
        self.range_text.setVisible(wide and self._ranged)
        self.thumbnail_size.setVisible(self.width() >= grown(ROOMY))

    def _fill_orders(self) -> None:
        menu, group = self.order.menu(), QActionGroup(self)
        for order, (name, _, _) in ORDERS.items():
            action = _choice(menu, group, tr(name))
            action.triggered.connect(lambda _=False, order=order: self.ordered.emit(order, False))
            self._orders[order] = action
        menu.addSeparator()
        directions = QActionGroup(self)
        self._forwards, self._backwards = _choice(menu, directions, ""), _choice(menu, directions, "")
        self._forwards.triggered.connect(lambda: self.ordered.emit(self._order(), False))
        self._backwards.triggered.connect(lambda: self.ordered.emit(self._order(), True))

    def _order(self) -> Order:
        return next(order for order, action in self._orders.items() if action.isChecked())

    def _fill_captions(self, captions: Sequence[Caption]) -> None:
        menu = self.captions.menu()
        for line, name in CAPTIONS.items():
            action = menu.addAction(tr(name))
            action.setCheckable(True)
            action.setChecked(line in captions)
            action.triggered.connect(self._on_captions)
            self._lines[line] = action

    def _on_captions(self) -> None:
        self.captions_chosen.emit(in_order(line for line, action in self._lines.items() if action.isChecked()))

    def _build(self) -> None:
        surface(self, "ground")
        # Less than the layout wants: some of it then gives way.
        self.setMinimumSize(grown(LEAST_WIDTH), control_height() + AROUND)
        self.stacks.setCheckable(True)
        self.stacks.clicked.connect(self.stacked_toggled)
        self.thumbnail_size.setRange(SMALLEST, LARGEST)
        self.thumbnail_size.setToolTip(tr("Thumbnail size (Ctrl and the mouse wheel)"))
        self.range_text.setMinimumWidth(self.range_text.fontMetrics().horizontalAdvance(range_text(0.9988, 0.9999)))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.summary)
        row.addWidget(self.note, 1)
        for widget in (self.scores, self.range_text, self.order, self.captions, self.stacks, self.thumbnail_size):
            row.addWidget(widget)


def _menu_tool(icon_name: str, name: str) -> QToolButton:
    made = tool(icon_name, name)
    made.setMenu(QMenu(made))
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return made


def _choice(menu: QMenu, group: QActionGroup, text: str) -> QAction:
    action = menu.addAction(text)
    action.setCheckable(True)
    group.addAction(action)
    return action
