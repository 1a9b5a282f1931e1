"""The quiet bar under a large photo: what it is, where it stands in the answer, and the way on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from engine.records import Match, Photo
from gui.commands import command
from gui.controls import ElidedLabel, caption, surface, tool
from gui.gallery.wording import describe, shown_name
from gui.keymap import KeyTip
from gui.measures import control_height
from gui.theme import CAPTION_RATIO
from gui.translation import tr
from gui.viewers.facts import moment, percent_shown, pixel_size
from gui.words import number


class CaptionBar(QWidget):
    """Says what is shown and offers the mouse what the keys do.

    Signals:
        previous_wanted, next_wanted, lookalikes_wanted, region_wanted, compare_wanted, size_toggled,
            closed: the buttons.
    """

    previous_wanted = Signal()
    next_wanted = Signal()
    lookalikes_wanted = Signal()
    region_wanted = Signal()
    compare_wanted = Signal()
    size_toggled = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        surface(self, "panel", "above")
        self.previous = tool("back", tr("Previous photo (Left, Page up)"), self.previous_wanted.emit)
        self.next = tool("forward", tr("Next photo (Right, Page down)"), self.next_wanted.emit)
        self.compare = tool("compare", tr("Compare with the query"), self.compare_wanted.emit)
        KeyTip(self.compare, tr("Compare with the query"), command("compare"))
        self.region = tool("region", tr("Find lookalikes of a region"), self.region_wanted.emit)
        KeyTip(self.region, tr("Find lookalikes of a region"), command("region"))
        self._position = caption("")
        self._name = ElidedLabel()
        self._details = ElidedLabel("", "secondary", CAPTION_RATIO)
        self._scale = _text_button(tr("Fit the window, or 100 % (0, 1)"))
        self._scale.clicked.connect(self.size_toggled)
        self._arrange()

    def show_photo(self, photo: Photo, match: Match | None, noise_score: float) -> None:
        """Describe a photo; its match if it is one."""
        score = "" if match is None else str(describe(match, noise_score))
        facts = [
            pixel_size(photo.width, photo.height),
            moment(photo.taken) if photo.taken else "",
            photo.camera,
            tr("offline") if photo.offline else "",
            score,
        ]
        self._name.setText(shown_name(photo.path))
        self._details.setText(" · ".join(fact for fact in facts if fact))

    def show_position(self, position: int, count: int) -> None:
        """Where it stands; positions count from 0."""
        self._position.setText(tr("{done} of {total}", done=number(position + 1), total=number(count)))
        self.previous.setEnabled(position > 0)
        self.next.setEnabled(position < count - 1)

    def show_scale(self, scale: float | None) -> None:
        """Say how large the photo is shown; 1 is one pixel of the photo per pixel of the screen, None is no photo."""
        self._scale.setText("" if scale is None else percent_shown(scale))
        self._scale.setEnabled(scale is not None)

    @property
    def text(self) -> str:
        """All that is said about the photo, for screen readers."""
        return f"{self._name.text()}, {self._details.text()}, {self._position.text()}"

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._details)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(4)
        row.addWidget(self.previous)
        row.addWidget(self.next)
        row.addSpacing(8)
        row.addLayout(words, 1)
        row.addSpacing(8)
        row.addWidget(self._position)
        row.addSpacing(8)
        row.addWidget(self._scale)
        row.addWidget(self.compare)
        row.addWidget(tool("lookalikes", tr("Find lookalikes of this photo (L)"), self.lookalikes_wanted.emit))
        row.addWidget(self.region)
        row.addWidget(tool("close", tr("Close (Escape)"), self.closed.emit))


def _text_button(name: str) -> QToolButton:
    button = QToolButton()
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setMinimumHeight(control_height())
    button.setMinimumWidth(2 * control_height())  # wide enough for 3,200 %, so that zooming moves nothing
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
