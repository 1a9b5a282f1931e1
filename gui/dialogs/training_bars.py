"""Bars that show shares beside the words that tell them."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.measures import grown
from gui.theme import colors

THICK = 10
SHORTEST = 60
WHISKER = 1.5


class ShareBar(QWidget):
    """A part of a whole from 0 to 1, with bounds if it is uncertain. It adds nothing to the words beside it.

    Args:
        role: a field of `theme.Colors`.
        bounds: where the share lies as good as certainly.
    """

    def __init__(self, share: float, role: str = "accent", bounds: tuple[float, float] | None = None) -> None:
        super().__init__()
        self._share = min(max(share, 0.0), 1.0)
        self._role = role
        self._bounds = bounds
        self.setFixedHeight(grown(THICK))
        self.setMinimumWidth(grown(SHORTEST))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(grown(2 * SHORTEST), grown(THICK))

    def paintEvent(self, event: QPaintEvent) -> None:
        of = colors(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        whole = QRectF(self.rect())
        radius = whole.height() / 4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(of.border)
        painter.drawRoundedRect(whole, radius, radius)
        painter.setBrush(getattr(of, self._role))
        painter.drawRoundedRect(QRectF(0, 0, whole.width() * self._share, whole.height()), radius, radius)
        if self._bounds is not None:
            low, high = (whole.width() * bound for bound in self._bounds)
            painter.setPen(QPen(of.text, WHISKER))
            painter.drawLine(
                QRectF(low, whole.height() / 2, high - low, 0).topLeft(),
                QRectF(high, whole.height() / 2, 0, 0).topLeft(),
            )
            for end in (low, high):
                painter.drawLine(QRectF(end, 1, 0, 0).topLeft(), QRectF(end, whole.height() - 1, 0, 0).topLeft())
