"""Bars that show shares beside the words that tell them."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.measures import grown
from gui.theme import colors

THICK = 10
SHORTEST = 60
WHISKER = 1.5
HALO = 3.5


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
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = whole.height() / 4
        painter.setPen(QPen(of.border, 1))
        painter.setBrush(of.panel)
        painter.drawRoundedRect(whole, radius, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(getattr(of, self._role))
        painter.drawRoundedRect(QRectF(0, 0, self.width() * self._share, self.height()), radius, radius)
        for color, width in ((of.panel, HALO), (of.text, WHISKER)):
            self._draw_bounds(painter, QPen(color, width))

    def _draw_bounds(self, painter: QPainter, pen: QPen) -> None:
        """A line between the bounds with a stroke at each; with a halo, so that it is seen on any ground."""
        if self._bounds is None:
            return
        painter.setPen(pen)
        low, high = (self.width() * bound for bound in self._bounds)
        middle = self.height() / 2
        painter.drawLine(QPointF(low, middle), QPointF(high, middle))
        for end in (low, high):
            painter.drawLine(QPointF(end, 1), QPointF(end, self.height() - 1))
