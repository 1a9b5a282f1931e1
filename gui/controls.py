"""Labels and buttons in the house style, each with its accessible name."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSlider,
    QStyle,
    QToolButton,
    QWidget,
)

from gui.icons import SMALL, icon
from gui.measures import control_height, grown
from gui.theme import BY_ITS_LETTERS, CAPTION_RATIO, TITLE_RATIO, font

AT_THE_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
SLIDER_HEIGHT = 24
LOWEST = 34
"""Pixels that are enough to scroll in, when there is no room for more."""
Kind = TypeVar("Kind", bound=QWidget)


def label(text: str, kind: str = "", ratio: float = 1.0, *, bold: bool = False, wrap: bool = False) -> QLabel:
    """Text that cannot be mistaken for markup: file names may contain anything."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("kind", kind)
    made.setFont(font(made.font(), ratio, bold=bold))
    made.setWordWrap(wrap)
    if QGuiApplication.isRightToLeft():  # names and the engine's sentences too, which Qt would put to the left
        made.setAlignment(AT_THE_RIGHT)
    return made


def caption(text: str, *, wrap: bool = False) -> QLabel:
    """Small secondary text."""
    return label(text, "secondary", CAPTION_RATIO, wrap=wrap)


def title(text: str) -> QLabel:
    """The one large line of a page."""
    return label(text, "", TITLE_RATIO, bold=True)


def heading(text: str) -> QLabel:
    """The small heading of a panel."""
    return label(text, "secondary", CAPTION_RATIO, bold=True)


ICON_ROLES = {"": "text", "primary": "on_accent", "plain": "accent", "quiet": "secondary"}


class Button(QPushButton):
    """A push button of kind "" (normal), "primary", "plain" or "quiet"."""

    def __init__(self, text: str, kind: str = "", icon_name: str = "") -> None:
        super().__init__(text)
        self._icon_name = icon_name
        self.setAutoDefault(True)
        self.setIconSize(QSize(grown(SMALL), grown(SMALL)))
        self._dress(kind)

    def set_kind(self, kind: str) -> None:
        """Look like this kind from now on."""
        self._dress(kind)
        self.style().unpolish(self)
        self.style().polish(self)

    def _dress(self, kind: str) -> None:
        """Before it is polished for the first time: Qt would forget a font that is set afterwards."""
        self.setProperty("kind", kind)
        if self._icon_name:
            self.setIcon(icon(self._icon_name, ICON_ROLES[kind]))


def button(text: str, run: Callable[[], object], kind: str = "", icon_name: str = "") -> Button:
    """A push button that does something."""
    made = Button(text, kind, icon_name)
    made.clicked.connect(lambda: run())
    return made


def tool(icon_name: str, name: str, run: Callable[[], object] | None = None, size: int = SMALL) -> QToolButton:
    """An icon button; its name is its tooltip and what a screen reader says."""
    made = QToolButton()
    made.setIcon(icon(icon_name))
    made.setIconSize(QSize(grown(size), grown(size)))
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setFixedHeight(control_height())
    made.setMinimumWidth(control_height())
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if run is not None:
        made.clicked.connect(lambda: run())
    return made


def slider(name: str, width: int) -> QSlider:
    """A slider with room for its handle; its name is its tooltip and what a screen reader says."""
    made = QSlider(Qt.Orientation.Horizontal)
    made.setFixedSize(grown(width), grown(SLIDER_HEIGHT))
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def keyed(text: str, keys: str) -> str:
    """The text of an entry in a menu, with keys that the widget below the menu takes."""
    return f"{text}\t{keys}"


def surface(widget: QWidget, ground: str, line: str = "") -> None:
    """Give a widget the ground of a panel and, if asked, a hairline."""
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    widget.setProperty("surface", ground)
    widget.setProperty("line", line)


def separator() -> QFrame:
    """A horizontal hairline."""
    made = QFrame()
    made.setFixedHeight(1)
    made.setProperty("line", "above")
    return made


def widgets_in(layout: QLayout, kind: type[Kind]) -> list[Kind]:
    """The widgets of one kind in a layout, in order.

    Without `QLayout.itemAt`: Python would keep what stands for the layout's item after Qt has freed it together with
    its widget. The next object made in that place is then taken for known, and its end crashes (seen with PySide 6.11).
    """
    parent = layout.parentWidget()
    children = parent.findChildren(kind, options=Qt.FindChildOption.FindDirectChildrenOnly) if parent else []
    return sorted((child for child in children if layout.indexOf(child) >= 0), key=layout.indexOf)


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


class Scrolling(QScrollArea):
    """Scrolls up and down only, so it is never narrower than what is in it. No ground and no focus of its own."""

    def __init__(self, inside: QWidget | None = None) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if inside is not None:
            self.hold(inside)

    def hold(self, inside: QWidget) -> None:
        """Scroll this."""
        self.setWidget(inside)
        for ground in (inside, self.viewport()):
            ground.setAutoFillBackground(False)

    def minimumSizeHint(self) -> QSize:
        width = self.verticalScrollBar().sizeHint().width()
        if (inside := self.widget()) is not None:
            width += inside.minimumSizeHint().width()
        return QSize(width, grown(LOWEST))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def elided(text: str, widget: QWidget, width: int) -> str:
    """One line of a widget's font that gives way in the middle, so that a file's extension stays readable."""
    return QFontMetrics(widget.font()).elidedText(text, Qt.TextElideMode.ElideMiddle, width)


class ElidedLabel(QLabel):
    """One line that gives way in the middle, so that a file's extension stays readable; the tooltip has it whole."""

    def __init__(self, text: str = "", kind: str = "", ratio: float = 1.0) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setFont(font(self.font(), ratio))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._show_tip()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.setLayoutDirection(BY_ITS_LETTERS)
        edge = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        painter.drawText(self.contentsRect(), edge | Qt.AlignmentFlag.AlignVCenter, self._elided())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_tip()

    def _show_tip(self) -> None:
        self.setToolTip(self.text() if self._elided() != self.text() else "")

    def _elided(self) -> str:
        metrics = QFontMetrics(self.font())
        return metrics.elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.contentsRect().width())
