"""A frame around a page that takes keys as a whole, for those who come to it with the keyboard."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.theme import colors

WIDTH = 2
BY_KEYBOARD = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}


class FocusFrame(QWidget):
    """Lies over the page while it has the focus by Tab; whoever uses the mouse has no need of it."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            self._follow(event)
        elif event.type() == QEvent.Type.Resize:
            self.setGeometry(self._page.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(colors(self.palette()).accent, WIDTH))
        painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _follow(self, event: QFocusEvent) -> None:
        if event.gotFocus() and event.reason() in BY_KEYBOARD:
            self.setGeometry(self._page.rect())
            self.show()
            self.raise_()
        elif event.lostFocus() and event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.hide()
