"""Controls that stand beside each other, and above each other where there is no room for that, as with large text."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QHBoxLayout, QWidget

Direction = QBoxLayout.Direction
TOGETHER, APART, EQUAL, REST_TO_SECOND = (0, 0, 1), (1, 0, 0), (1, 1, 0), (0, 1, 0)


class Folding(QWidget):
    """Two widgets in a row; the second comes below the first if both are not as wide as they want to be.

    Args:
        shares: of the room that is left over: of the first, of the second, and of what stays empty behind them.
    """

    def __init__(
        self, first: QWidget, second: QWidget, *, spacing: int = 8, shares: tuple[int, int, int] = TOGETHER
    ) -> None:
        super().__init__()
        # A button keeps its width when it has a row of its own.
        self._both = tuple(beside(one) if isinstance(one, QAbstractButton) else one for one in (first, second))
        self._row = QBoxLayout(Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(spacing)
        for widget, share in zip(self._both, shares, strict=False):
            self._row.addWidget(widget, share)
        self._row.addStretch(shares[2])

    @property
    def folded(self) -> bool:
        """Whether one is above the other."""
        return self._row.direction() == Direction.TopToBottom

    def sizeHint(self) -> QSize:
        """As wide as both beside each other, be they so or not: else they would never unfold."""
        return QSize(self._wanted(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        widest = max(one.minimumSizeHint().width() for one in self._both if not one.isHidden())
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fold()
        return super().event(event)

    def _wanted(self) -> int:
        shown = [one.sizeHint().width() for one in self._both if not one.isHidden()]
        return sum(shown) + self._row.spacing() * (len(shown) - 1)

    def _fold(self) -> None:
        wanted = Direction.TopToBottom if self.width() < self._wanted() else Direction.LeftToRight
        if wanted != self._row.direction():
            self._row.setDirection(wanted)


def beside(*widgets: QWidget, spacing: int = 8, centered: bool = False) -> QWidget:
    """Widgets that always stay beside each other."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    if centered:
        row.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    for widget in widgets:
        row.addWidget(widget)
    if not centered:
        row.addStretch()
    return made
