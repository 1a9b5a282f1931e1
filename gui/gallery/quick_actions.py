"""The two buttons that appear on the photo under the pointer: more like this, less like this."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.controls import tool
from gui.measures import grown
from gui.theme import colors
from gui.translation import tr

_INSET = 6
_BUTTON = 24
_RADIUS = 4


class QuickActions(QWidget):
    """Lies over one cell at a time. For the mouse only: the same is on keys and in the context menu.

    Signals:
        more_wanted: more photos like the one under the pointer.
        less_wanted: fewer photos like it.
    """

    more_wanted = Signal()
    less_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        for name, text, wanted in (
            ("add", tr("More like this"), self.more_wanted),
            ("less", tr("Less like this"), self.less_wanted),
        ):
            button = tool(name, text, wanted.emit)
            button.setAutoRaise(True)
            button.setFixedSize(grown(_BUTTON), grown(_BUTTON))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.hide()

    def show_on(self, picture: QRect) -> None:
        """Appear in the upper outer corner of a photo; stay away if it is too small for that."""
        self.adjustSize()
        if picture.width() < 2 * self.width() or picture.height() < 2 * self.height():
            self.hide()
            return
        x = picture.left() + _INSET if self.isRightToLeft() else picture.right() + 1 - _INSET - self.width()
        self.move(x, picture.top() + _INSET)
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        tones = colors(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tones.border, 1))
        painter.setBrush(tones.panel)
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
