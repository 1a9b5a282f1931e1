"""How much a picture of the query counts, by mouse: a figure on its chip, and the slider that a click on it opens."""

from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QSlider, QToolButton, QVBoxLayout, QWidget

from engine.records import QueryPicture
from gui.controls import ElidedLabel, caption, heading
from gui.measures import grown
from gui.theme import CAPTION_RATIO, colors, font
from gui.translation import tr
from gui.weights import MOST, TENTHS, nudged, sentence, strength_words, tenths, weight_figure, weight_words

POPUP_WIDTH = 296
HEIGHT = 36
HANDLE = 16
TICK = 5
PAGE = 5
INSET = 4


class WeightSlider(QSlider):
    """From less like to more like, in tenths. Nothing counts zero times, so the handle jumps over the middle.

    Signals:
        weighed: the weight, and whether the movement that began before goes on.
    """

    weighed = Signal(float, bool)

    def __init__(self, *, liked_only: bool) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._going_on = False
        self.setRange(1 if liked_only else -MOST * TENTHS, MOST * TENTHS)
        self.setSingleStep(1)
        self.setPageStep(PAGE)
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._before = 1
        self.valueChanged.connect(self._on_value)

    def show_weight(self, weight: float) -> None:
        """Put the handle there; nobody has moved it."""
        with QSignalBlocker(self):
            self.setValue(tenths(weight))
        self._before = self.value()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(POPUP_WIDTH, HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._going_on = False
            self.setSliderDown(True)
            self.setValue(self._value_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setValue(self._value_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)
        self._going_on = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back to counting fully; the press before it was a part of this."""
        self._going_on = True
        self.setValue(TENTHS)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.setValue(tenths(nudged(self.value() / TENTHS, _steps(event))))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_0, Qt.Key.Key_1):
            self.setValue(TENTHS)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        of = colors(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() // 2
        painter.setPen(QPen(of.control, 1))
        for mark in range(-MOST, MOST + 1):
            x = self._x_of(mark * TENTHS)
            painter.drawLine(x, middle - TICK - 4, x, middle + TICK + 4) if mark == 0 else painter.drawLine(
                x, middle - TICK, x, middle + TICK
            )
        left, right = sorted((self._x_of(-MOST * TENTHS), self._x_of(MOST * TENTHS)))
        painter.setPen(QPen(of.border, 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(left, middle, right, middle)
        tone = of.bad if self.value() < 0 else of.accent
        painter.setPen(QPen(tone, 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(self._x_of(0), middle, self._x_of(self.value()), middle)
        painter.setPen(QPen(of.text if self.hasFocus() else tone, 2.5 if self.hasFocus() else 1.5))
        painter.setBrush(of.panel)
        painter.drawEllipse(QPoint(self._x_of(self.value()), middle), HANDLE // 2, HANDLE // 2)

    def _on_value(self, value: int) -> None:
        if value == 0:
            self.setValue(-1 if self._before > 0 else 1)
            return
        self._before = value
        self.update()
        going_on, self._going_on = self._going_on, True
        self.weighed.emit(value / TENTHS, going_on)

    def _value_at(self, x: float) -> int:
        """What the handle would say there; beside the middle, the side it is on."""
        room = self.width() - 2 * HANDLE
        share = (x - HANDLE) / max(room, 1)
        exact = (2 * share - 1) * MOST * TENTHS * (-1 if self.isRightToLeft() else 1)
        return round(exact) or (1 if exact >= 0 else -1)

    def _x_of(self, value: int) -> int:
        share = (value / TENTHS / MOST + 1) / 2
        room = self.width() - 2 * HANDLE
        return HANDLE + round(room * (1 - share if self.isRightToLeft() else share))


class WeightPopup(QFrame):
    """The slider, what its ends mean, and in words what it says. Escape, Enter and a click elsewhere close it.

    Signals:
        weighed: see `WeightSlider`.
        closed: it is gone.
    """

    weighed = Signal(float, bool)
    closed = Signal()

    def __init__(self, name: str, parent: QWidget, *, liked_only: bool) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("How much {name} counts", name=name))
        self.setObjectName("weights")
        self.setFixedWidth(grown(POPUP_WIDTH))
        self._name = name
        self.said = heading("")
        self.slider = WeightSlider(liked_only=liked_only)
        self.slider.setAccessibleName(self.accessibleName())
        self.slider.setToolTip(tr("Drag, or use the wheel or the arrow keys; double-click for what is usual"))
        self.slider.weighed.connect(self._on_weighed)
        self._lay_out(liked_only)
        self.slider.setFocus()

    def show_weight(self, weight: float) -> None:
        """Say how much it counts now."""
        self.slider.show_weight(weight)
        self._say(weight)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Escape):
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def _on_weighed(self, weight: float, going_on: bool) -> None:
        self._say(weight)
        self.weighed.emit(weight, going_on)

    def _say(self, weight: float) -> None:
        like = tr("more like it") if weight > 0 else tr("less like it")
        self.said.setText(tr("{like}, {strength}", like=like, strength=strength_words(weight)))
        self.slider.setAccessibleDescription(sentence(self._name, weight))

    def _lay_out(self, liked_only: bool) -> None:
        title = ElidedLabel(self._name)
        title.setFont(font(title.font(), 1.0, bold=True))
        ends = QHBoxLayout()
        ends.addWidget(caption(tr("Less like it")))
        ends.addStretch()
        ends.addWidget(caption(tr("More like it")))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        column.addWidget(title)
        column.addWidget(self.said)
        column.addWidget(self.slider)
        column.addLayout(ends)
        if liked_only:
            column.addWidget(
                caption(tr("No other picture says what to look like, so it cannot count against."), wrap=True)
            )


class WeightButton(QToolButton):
    """Says how much a picture counts, and changes it: a click opens the slider, Ctrl and the wheel nudge it.

    Attributes:
        alone: it is the only picture of the query, and how much it counts makes no difference.
        liked_only: no other picture of the query is to be looked like, so this one cannot count against it.

    Signals:
        weighed: see `WeightSlider`.
    """

    weighed = Signal(float, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("weight")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFont(font(self.font(), CAPTION_RATIO))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.alone = False
        self.liked_only = False
        self.popup: WeightPopup | None = None
        self._picture: QueryPicture | None = None
        self._name = ""
        self._nudged: float | None = None
        self.clicked.connect(self.open)

    def show_picture(self, picture: QueryPicture, name: str) -> None:
        """Tell of this picture from now on."""
        self._picture, self._name = picture, name
        self.setProperty("kind", "bad" if picture.weight < 0 else "secondary")
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleName(tr("How much {name} counts", name=name))
        said = sentence(name, picture.weight)
        self.setAccessibleDescription(said)
        how = tr("How much it counts: click for a slider, or turn the wheel with Ctrl")
        self.setToolTip(f"{said}\n{how}")
        if self.popup is not None and not self.popup.slider.isSliderDown():
            self.popup.show_weight(picture.weight)

    def say(self, *, short: bool) -> None:
        """In words, or in as few figures as it takes; then what is usual goes without saying."""
        assert self._picture is not None, "there is something to tell of"
        weight = self._picture.weight
        text = "" if self.alone else weight_figure(weight) if short else f"{weight_words(weight)} ▾"
        self.setText(text)
        self.setVisible(bool(text))

    def sizeHint(self) -> QSize:
        """Without the blanks that Qt puts around the text, so that it begins where the name above it does."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2 * INSET, self.fontMetrics().height() + INSET)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def open(self) -> None:
        """Open the slider below the chip."""
        if self._picture is None or self.popup is not None:
            return
        self.popup = popup = WeightPopup(self._name, self, liked_only=self.liked_only)
        popup.show_weight(self._picture.weight)
        popup.weighed.connect(self.weighed)
        popup.closed.connect(self._on_closed)
        popup.adjustSize()
        chip = self.parentWidget() or self
        below = chip.mapToGlobal(QPoint(0, chip.height() + 4))
        window = self.window()
        right = window.mapToGlobal(QPoint(window.width() - popup.width() - 8, 0)).x()
        popup.move(min(below.x(), right), below.y())
        popup.show()

    def nudge(self, event: QWheelEvent) -> None:
        """A little more or less; turning on is the same movement while nothing else has changed it."""
        if self._picture is None:
            return
        wanted = nudged(self._picture.weight, _steps(event))
        if self.liked_only and wanted < 0:
            return
        if wanted != self._picture.weight:
            going_on = self._nudged == self._picture.weight
            self._nudged = wanted
            self.weighed.emit(wanted, going_on)

    def _on_closed(self) -> None:
        self.popup = None


def _steps(event: QWheelEvent) -> int:
    turned = event.angleDelta().y() or event.angleDelta().x()
    return (turned > 0) - (turned < 0)
