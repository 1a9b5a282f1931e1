"""Controls in a row that goes on below where it is full, as with large text or in a narrow window."""

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget


class Flowing(QWidget):
    """Places its controls itself; a layout of Qt's knows no lines."""

    def __init__(self, *controls: QWidget, spacing: int = 4) -> None:
        super().__init__()
        self._controls = controls
        self._spacing = spacing
        for control in controls:
            control.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """All in one line."""
        hints = self._hints()
        width = sum(hint.width() for hint in hints) + self._spacing * max(len(hints) - 1, 0)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSizeHint(self) -> QSize:
        widest = max((hint.width() for hint in self._hints()), default=0)
        return QSize(widest, self.heightForWidth(max(self.width(), widest)))

    def heightForWidth(self, width: int) -> int:
        return max((place.bottom() + 1 for place in self._places(width)), default=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place()
        return super().event(event)

    def _place(self) -> None:
        shown = [control for control in self._controls if not control.isHidden()]
        for control, place in zip(shown, self._places(self.width()), strict=True):
            control.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))
        if self.height() < self.heightForWidth(self.width()):
            self.updateGeometry()

    def _places(self, width: int) -> list[QRect]:
        places: list[QRect] = []
        x = y = line = 0
        for hint in self._hints():
            if x and x + hint.width() > width:
                x, y, line = 0, y + line + self._spacing, 0
            places.append(QRect(x, y, min(hint.width(), max(width, 1)), hint.height()))
            x += hint.width() + self._spacing
            line = max(line, hint.height())
        return places

    def _hints(self) -> list[QSize]:
        return [
            control.sizeHint().expandedTo(control.minimumSize()) for control in self._controls if not control.isHidden()
        ]
