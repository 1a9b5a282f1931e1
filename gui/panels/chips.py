"""The parts of a query as chips: its pictures and its filters."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.records import QueryPicture
from gui.accessible import Told
from gui.controls import ElidedLabel, tool
from gui.gallery.wording import shown_name
from gui.icons import SMALL, sign
from gui.measures import grown, margins
from gui.panels.weight_slider import INSET, WeightButton
from gui.pictures import square
from gui.query_edits import flipped, weighed
from gui.theme import CAPTION_RATIO, font
from gui.translation import later, tr
from gui.weights import sentence

CHIP_HEIGHT = 42
CHIP_PICTURE = 34
LONGEST_NAME = 320
SHORTEST_NAME = 72
FILTER_WIDTH = 160
REMOVE = 24
CROSS = 12
GAP = 8
MARGIN = 3
SPACING = 6
PICTURE_WITHOUT_FILE = later("Pasted picture")


class Chip(Told, QFrame):
    """One picture of the query: thumbnail, name, below it how much it counts, and a button to take it out.

    Signals:
        removed: the user wants it out of the query.
        chosen: the user wants to search with this picture alone.
        opened: the user wants to see it large and to choose what part of it counts.
        replaced: the QueryPicture to put in its place.
        weighed: the same with another weight only, and whether the movement that began before goes on.
        stepped: the user wants it so many places further.
        focus_stepped: the user wants to look at the chip so many places further.
        dragged: it is pulled along; the pointer in global coordinates.
        let_go: the pull has ended; whether it counts.
        menu_wanted: its context menu, at a place on the screen.
    """

    removed = Signal()
    chosen = Signal()
    opened = Signal()
    replaced = Signal(object)
    weighed = Signal(object, bool)
    stepped = Signal(int)
    focus_stepped = Signal(int)
    dragged = Signal(QPoint)
    let_go = Signal(bool)
    menu_wanted = Signal(QPoint)
    accessible_role = QAccessible.Role.Button

    def __init__(self, picture: QueryPicture) -> None:
        super().__init__()
        self.setObjectName("chip")
        self.setFixedHeight(chip_height(self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._pressed_at: QPoint | None = None
        self._dragging = False
        self._thumbnail = QLabel()
        self._side = grown(CHIP_PICTURE)
        self._thumbnail.setFixedSize(self._side, self._side)
        self._thumbnail.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.weight = WeightButton()
        self.weight.weighed.connect(
            lambda weight, going_on: self.weighed.emit(replace(self.picture, weight=weight), going_on)
        )
        self._label = ElidedLabel()
        margins(self._label, INSET, 0, 0, 0)
        self._remove = tool("close", "", self.removed.emit)
        _shrink(self._remove)
        self._lay_out()
        self.show_picture(picture)
        self.show_thumbnail(None)

    def show_picture(self, picture: QueryPicture) -> None:
        """Stand for this picture from now on."""
        self.picture = picture
        self.name = chip_name(picture)
        said = sentence(self.name, picture.weight)
        self.setAccessibleName(tr("{sentence}. Press Delete to take it out.", sentence=said))
        where = str(picture.path) if picture.path else self.name
        self.setToolTip("\n".join((where, said, tr("Click to see it large and choose a region (Enter)"))))
        self._label.setText(self.name)
        self._remove.setToolTip(tr("Take {name} out of the query", name=self.name))
        self._remove.setAccessibleName(self._remove.toolTip())
        self.weight.show_picture(picture, self.name)
        self.weight.say(short=True)

    def show_thumbnail(self, pixmap: QPixmap | None) -> None:
        """Replace the placeholder, or put it back."""
        if pixmap is None:
            self._thumbnail.setPixmap(sign("picture", "secondary"))
        else:
            self._thumbnail.setPixmap(square(pixmap, self._side, self.devicePixelRatioF()))

    def frame_width(self, *, remove: bool) -> int:
        """What is around the words, with the button to take it out or without."""
        return self._side + (grown(REMOVE) + SPACING if remove else 0) + 2 * MARGIN + 2

    def least_words(self, *, named: bool) -> int:
        """What the words cannot do without, or else the figure that stands for them; 0 if there is nothing to say."""
        self.weight.say(short=not named)
        weight = self.weight.sizeHint().width() if self.weight.text() else 0
        needed = max(weight, min(self._natural(), grown(SHORTEST_NAME))) if named else weight
        return needed + SPACING if needed else 0

    def most_words(self) -> int:
        """What the words would take if there were room enough."""
        return max(self.least_words(named=True), min(self._natural(), grown(LONGEST_NAME)) + SPACING)

    def fit(self, words: int, *, remove: bool, named: bool) -> None:
        """Say it in words that take so many pixels, or leave that to the tooltip."""
        self._label.setVisible(named)
        self._label.setFixedWidth(min(max(words - SPACING, 1), self._natural()))
        self._remove.setVisible(remove)
        self.weight.say(short=not named)

    def accessible_press(self) -> Callable[[], object]:
        return self.opened.emit

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ahead = -1 if self.isRightToLeft() else 1
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        match event.key():
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.removed.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                (self.chosen if control else self.opened).emit()
            case Qt.Key.Key_Left | Qt.Key.Key_Right if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                event.ignore()  # back and forward
            case Qt.Key.Key_Left | Qt.Key.Key_Right as key:
                step = ahead if key == Qt.Key.Key_Right else -ahead
                (self.stepped if control else self.focus_stepped).emit(step)
            case Qt.Key.Key_Escape if self._dragging:
                self._end_drag(counts=False)
            case Qt.Key.Key_F if not event.modifiers():
                self.replaced.emit(flipped(self.picture))
            case _:
                self._weigh(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._dragging and isinstance(event, QKeyEvent):
            event.accept()  # Escape ends the drag and not the query
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.globalPosition().toPoint()
        if self._pressed_at is None:
            return
        if (at - self._pressed_at).manhattanLength() >= QApplication.startDragDistance():
            self._dragging = True
        if self._dragging:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed_at is None:
            return
        self._pressed_at = None
        if self._dragging:
            self._end_drag(counts=True)
        elif self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.weight.nudge(event)
            event.accept()
        else:
            event.ignore()  # the row scrolls

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def _weigh(self, event: QKeyEvent) -> None:
        wanted = weighed(event.text(), self.picture)
        if wanted is not None:
            self.replaced.emit(wanted)
        else:
            super().keyPressEvent(event)

    def _end_drag(self, *, counts: bool) -> None:
        self._pressed_at = None
        self._dragging = False
        self.unsetCursor()
        self.let_go.emit(counts)

    def _natural(self) -> int:
        return self._label.fontMetrics().horizontalAdvance(self.name) + INSET + 2

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch()
        words.addWidget(self._label)
        words.addWidget(self.weight, 0, Qt.AlignmentFlag.AlignLeading)
        words.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        row.setSpacing(SPACING)
        row.addWidget(self._thumbnail)
        row.addLayout(words)
        row.addWidget(self._remove)


class FilterChip(Told, QFrame):
    """One filter that is set, and a button to take it away.

    Signals:
        removed: the user wants it no longer.
    """

    removed = Signal()
    accessible_role = QAccessible.Role.ListItem

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words
        self.setObjectName("chip")
        self.setFixedHeight(chip_height(self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Filter: {words}. Press Delete to take it away.", words=words))
        self.setToolTip(words)
        mark = QLabel()
        mark.setPixmap(sign("filter", "secondary"))
        mark.setFixedSize(grown(SMALL), grown(SMALL))
        text = ElidedLabel(words)
        text.setFixedWidth(min(text.fontMetrics().horizontalAdvance(words) + 2, grown(FILTER_WIDTH)))
        self.remove: QToolButton = tool("close", tr("Take away the filter {words}", words=words), self.removed.emit)
        _shrink(self.remove)
        row = QHBoxLayout(self)
        margins(row, GAP, MARGIN, MARGIN, MARGIN)
        row.setSpacing(SPACING)
        for widget in (mark, text, self.remove):
            row.addWidget(widget)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)


def chip_name(picture: QueryPicture) -> str:
    """What a picture of a query is called, or the region of it that counts."""
    name = picture_name(picture)
    return tr("region of {name}", name=name) if picture.region else name


def picture_name(picture: QueryPicture) -> str:
    """What a whole picture of a query is called."""
    return shown_name(picture.path) if picture.path else tr(PICTURE_WITHOUT_FILE)


def chip_height(widget: QWidget) -> int:
    """High enough for the thumbnail, and for a name with a smaller line below it."""
    lines = widget.fontMetrics().height() + QFontMetrics(font(widget.font(), CAPTION_RATIO)).height()
    return max(CHIP_HEIGHT, grown(CHIP_PICTURE) + GAP, lines + INSET + GAP)


def _shrink(cross: QToolButton) -> None:
    """Smaller than other buttons, as a chip is smaller than what is around it."""
    cross.setFixedSize(grown(REMOVE), grown(REMOVE))
    cross.setIconSize(QSize(grown(CROSS), grown(CROSS)))
