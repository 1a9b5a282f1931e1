"""What the colours of a map stand for; a press selects the photos of one."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gui.controls import Scrolling, caption, elided, empty, surface
from gui.gallery.wording import displayable
from gui.icons import SMALL
from gui.measures import control_height, grown
from gui.translation import counted
from gui.words import from_the_left, number

WIDTH = 216


@dataclass(frozen=True, slots=True)
class Entry:
    """One colour.

    Attributes:
        code: what it is called in the codes of the photos.
        whole: the name at its full length, if that is longer.
    """

    code: int
    name: str
    color: QColor
    photos: int
    whole: str = ""


class AtlasLegend(QWidget):
    """One row for each colour.

    Signals:
        chosen(int, bool): the code of a colour, and whether its photos join what is selected.
    """

    chosen = Signal(int, bool)

    def __init__(self) -> None:
        super().__init__()
        surface(self, "panel")
        self.rows: list[QToolButton] = []
        self._hint = caption("", wrap=True)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(8, 8, 8, 8)
        self._column.setSpacing(1)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Scrolling(inside))
        self.setFixedWidth(grown(WIDTH))

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these colours."""
        empty(self._column)
        self.rows = [self._row(entry) for entry in entries]
        for row in self.rows:
            self._column.addWidget(row)

    def _row(self, entry: Entry) -> QToolButton:
        made = QToolButton()
        side = grown(SMALL)
        made.setIcon(_swatch(entry.color, side, self.devicePixelRatioF()))
        made.setIconSize(QSize(side, side))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        photos = counted("{n} photo", "{n} photos", entry.photos)
        count = number(entry.photos)
        room = grown(WIDTH) - 2 * side - 40 - made.fontMetrics().horizontalAdvance(count)
        made.setText(f"{elided(entry.name, made, room)}  {count}")
        made.setToolTip(f"{from_the_left(displayable(entry.whole or entry.name))}\n{photos}")
        made.setAccessibleName(f"{entry.name}, {photos}")
        made.setMinimumHeight(control_height())
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda _=False: self.chosen.emit(entry.code, _adding()))
        return made


def _adding() -> bool:
    """Ctrl and Shift add to what is selected, as everywhere."""
    keys = QGuiApplication.keyboardModifiers()
    return bool(keys & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier))


def _swatch(color: QColor, side: int, ratio: float) -> QIcon:
    drawn = QPixmap(QSize(side, side) * ratio)
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(2, 2, side - 4, side - 4)
    painter.end()
    return QIcon(drawn)
