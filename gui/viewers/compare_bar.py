"""The controls above two compared pictures."""

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from gui.controls import caption, slider, surface, tool
from gui.folding import APART, Folding, beside
from gui.measures import control_height
from gui.translation import later, tr
from gui.viewers.facts import percent_shown
from gui.viewers.overlay import GAINS
from gui.words import number

GAIN_WIDTH = 96


class View(StrEnum):
    """How two pictures are shown."""

    SIDE_BY_SIDE = "side by side"
    SWIPE = "swipe"
    FLICKER = "flicker"
    DIFFERENCE = "difference"
    WHY = "why"


VIEWS = (
    (View.SIDE_BY_SIDE, later("Side by side"), later("Both beside each other (A)")),
    (View.SWIPE, later("Swipe"), later("One over the other, with a divider to drag (S, Shift+Left and Shift+Right)")),
    (View.FLICKER, later("Flicker"), later("One and the other in turn (F, Space)")),
    (View.DIFFERENCE, later("Difference"), later("Where they differ; black is equal (D)")),
    (View.WHY, later("Why similar?"), later("What in the two makes them alike (Y)")),
)


class CompareBar(QWidget):
    """Chooses the view and leads to the next photo.

    Signals:
        view_chosen(View), gain_chosen(int), timed_toggled(bool): how the two are shown; the gain is a step of `GAINS`.
        previous_wanted, next_wanted, side_wanted, swap_wanted, size_toggled, closed: the buttons.
    """

    view_chosen = Signal(object)
    gain_chosen = Signal(int)
    timed_toggled = Signal(bool)
    previous_wanted = Signal()
    next_wanted = Signal()
    side_wanted = Signal()
    swap_wanted = Signal()
    size_toggled = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        surface(self, "panel", "below")
        self.view = View.SIDE_BY_SIDE
        self.buttons = {view: _text_button(tr(text), tr(tip), checkable=True) for view, text, tip in VIEWS}
        self.gain = slider(tr("How strongly differences are shown"), GAIN_WIDTH)
        self.timed = _text_button(tr("By itself"), tr("Change pictures by itself (T)"), checkable=True)
        self.which = _text_button("", tr("Compare with the next picture of the query (Q)"))
        self.previous = tool("back", tr("Previous match (Left, Page up)"), self.previous_wanted.emit)
        self.next = tool("forward", tr("Next match (Right, Page down)"), self.next_wanted.emit)
        self._position = caption("")
        self._scale = _text_button("", tr("Fit the window, or 100 % (0, 1)"))
        self._scale.setMinimumWidth(2 * control_height())
        self._connect()
        self._arrange()

    def show_view(self, view: View) -> None:
        """Press the button of a view, and offer what belongs to it."""
        self.view = view
        self.buttons[view].setChecked(True)
        self.timed.setChecked(False)
        self.timed.setVisible(view is View.FLICKER)
        self.gain.setVisible(view is View.DIFFERENCE)

    def show_position(self, position: int, count: int) -> None:
        """Where the photo stands; positions count from 0."""
        self._position.setText(tr("{done} of {total}", done=number(position + 1), total=number(count)))
        self.previous.setEnabled(position > 0)
        self.next.setEnabled(position < count - 1)

    def show_side(self, position: int, count: int) -> None:
        """Which of the pictures of the query stays; positions count from 0."""
        text = tr("Query picture {done} of {total}", done=number(position + 1), total=number(count))
        self.which.setText(text)
        self.which.setAccessibleName(text)
        self.which.setVisible(count > 1)

    def show_scale(self, scale: float) -> None:
        """How large the pictures are shown."""
        self._scale.setText(percent_shown(scale))

    def toggle_timed(self) -> None:
        """Change pictures by itself, or stop that."""
        timed = not self.timed.isChecked()
        self.timed_toggled.emit(timed)
        self.timed.setChecked(timed)

    def _connect(self) -> None:
        group = QButtonGroup(self)
        for view, button in self.buttons.items():
            group.addButton(button)
            button.clicked.connect(lambda _=False, view=view: self.view_chosen.emit(view))
        self.gain.setRange(0, len(GAINS) - 1)
        self.gain.setValue(2)
        self.gain.setPageStep(1)
        self.gain.valueChanged.connect(self.gain_chosen)
        self.timed.clicked.connect(self._on_timed)
        self.which.clicked.connect(self.side_wanted)
        self._scale.clicked.connect(self.size_toggled)

    def _on_timed(self, timed: bool) -> None:
        self.timed_toggled.emit(timed)
        self.timed.setChecked(timed)

    def _arrange(self) -> None:
        swap = tool("swap", tr("Swap left and right (W)"), self.swap_wanted.emit)
        close = tool("close", tr("Close (Escape)"), self.closed.emit)
        buttons = [*self.buttons.values()]
        views = Folding(beside(*buttons[:3], spacing=4), beside(*buttons[3:], spacing=4), spacing=4)
        options = beside(self.gain, self.timed, self.which, spacing=4)
        ways = beside(self.previous, self._position, self.next, self._scale, swap, close, spacing=4)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.addWidget(Folding(Folding(views, options, spacing=4), ways, spacing=4, shares=APART))


def _text_button(text: str, tip: str, *, checkable: bool = False) -> QToolButton:
    made = QToolButton()
    made.setText(text)
    made.setToolTip(tip)
    made.setAccessibleName(text or tip)
    made.setAccessibleDescription(tip)
    made.setCheckable(checkable)
    made.setMinimumHeight(control_height())
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
