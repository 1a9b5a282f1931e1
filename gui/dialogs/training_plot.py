"""One curve of a training that is going on, in the colours of the window."""

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.accessible import Told
from gui.focus_frame import FocusFrame
from gui.measures import grown
from gui.theme import CAPTION_RATIO, colors, font

WIDTH, HEIGHT = 280, 168
LINE, THIN, MARK = 2.0, 1.0, 1.5
AXIS_WIDTH = 44
Points = tuple[Sequence[float], Sequence[float]]


class Plot(Told, QWidget):
    """A chart that is read and not moved about; the arrow keys step through it, and words beside it say what is there.

    pyqtgraph must have been loaded before, on a worker: that takes a third of a second.

    Args:
        title: what is drawn.
        highest: the top of the scale; None for whatever there is.

    Signals:
        moved: steps from where one reads: -1 back, 1 on, 0 to the newest.
    """

    accessible_role: ClassVar[QAccessible.Role] = QAccessible.Role.Chart
    moved = Signal(int)

    def __init__(self, title: str, highest: float | None = None) -> None:
        super().__init__()
        import pyqtgraph as pg  # not with the window's first frame

        self._pg = pg
        self._words = ""
        self._curves: list[Any] = []
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(grown(HEIGHT))
        self._view = pg.PlotWidget()
        for part in (self._view, self._view.viewport()):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._view.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self._title = title
        self._reading = pg.InfiniteLine(angle=90)
        self._kept = pg.InfiniteLine(angle=90)
        item = self._view.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setMouseEnabled(x=False, y=False)
        item.getAxis("left").setWidth(grown(AXIS_WIDTH))
        if highest is not None:
            item.setYRange(0, highest, padding=0.02)
        for line in (self._reading, self._kept):
            line.hide()
            item.addItem(line, ignoreBounds=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.addWidget(self._view)
        self._frame = FocusFrame(self)
        self._dress()

    def sizeHint(self) -> QSize:
        return QSize(grown(WIDTH), grown(HEIGHT))

    def show_curves(self, earlier: Sequence[Points], now: Points, steps_in_all: int) -> None:
        """Draw steps and values: what was learned before in the background, what is being learned before it."""
        item = self._view.getPlotItem()
        while len(self._curves) < len(earlier) + 1:
            self._curves.append(item.plot(antialias=True))
        while len(self._curves) > len(earlier) + 1:
            item.removeItem(self._curves.pop())
        for curve, (steps, values) in zip(self._curves, (*earlier, now), strict=True):
            curve.setData(list(steps), list(values))
            curve.setPen(self._pen(now=curve is self._curves[-1]))
        item.setXRange(0, max(1, steps_in_all), padding=0.01)

    def show_marks(self, kept: int | None, reading: int | None) -> None:
        """Mark the step whose state would be kept, and the one that is being read."""
        for line, step in ((self._kept, kept), (self._reading, reading)):
            line.setVisible(step is not None)
            if step is not None:
                line.setValue(step)

    def say(self, words: str) -> None:
        """What somebody is told who does not see it."""
        if words != self._words:
            self._words = words
            self.tell_state()

    def accessible_state(self) -> str:
        return self._words

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_End: 0}.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(by)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "_view"):
            self._dress()

    def _dress(self) -> None:
        """The colours and letters that the window has now."""
        of, small = colors(self.palette()), font(self.font(), CAPTION_RATIO)
        item = self._view.getPlotItem()
        self._view.setBackground(of.panel)
        item.setTitle(self._title, color=of.text.name(), size=f"{small.pointSizeF():.1f}pt")
        item.showGrid(x=False, y=True, alpha=0.15)
        for name in ("left", "bottom"):
            axis = item.getAxis(name)
            axis.setPen(of.control)
            axis.setTextPen(of.secondary)
            axis.setTickFont(small)
        for curve in self._curves:
            curve.setPen(self._pen(now=curve is self._curves[-1]))
        self._kept.setPen(self._pg.mkPen(of.good, width=MARK, style=Qt.PenStyle.DashLine))
        self._reading.setPen(self._pg.mkPen(of.text, width=MARK, style=Qt.PenStyle.DotLine))

    def _pen(self, *, now: bool) -> Any:
        of = colors(self.palette())
        return self._pg.mkPen(of.accent if now else of.control, width=LINE if now else THIN)
