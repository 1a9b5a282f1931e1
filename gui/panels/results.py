"""The answer: a line that says what was found, and the gallery."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from engine.records import Mode, SearchResult
from gui.controls import caption, label, surface
from gui.gallery.listing import Answer, Listing
from gui.gallery.model import GalleryModel
from gui.gallery.thumbnails import ThumbnailLoader
from gui.gallery.view import GalleryView
from gui.translation import counted, tr
from gui.words import milliseconds, number

HEADER_HEIGHT = 40
SLIDER_WIDTH = 120
PATIENCE_MS = 200
SMALLEST = 96
LARGEST = 320


class ResultsPanel(QWidget):
    """Header and gallery of one result.

    Signals:
        thumbnail_size_changed: the size the user has chosen, in pixels.
    """

    thumbnail_size_changed = Signal(int)

    def __init__(self, loader: ThumbnailLoader, thumbnail_size: int) -> None:
        super().__init__()
        self.model = GalleryModel(loader, self)
        self.gallery = GalleryView(self.model, loader, self)
        self.summary = label("", bold=True)
        self.timing = caption("")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self._result: SearchResult | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._show_busy)
        self._build()
        self._connect_sizes(thumbnail_size)

    @property
    def result(self) -> SearchResult | None:
        """The answer that is shown."""
        return self._result

    def show_awaiting(self, awaiting: bool) -> None:
        """A first answer is awaited, or no longer. What is shown stays a moment: a quick answer must not flicker."""
        if not awaiting:
            self._patience.stop()
            self.gallery.set_busy(False)
        elif self._result is None:
            self._show_busy()
        else:
            self._patience.start()

    def show_result(self, result: SearchResult, *, keep: bool = False) -> None:
        """Show an answer; `keep` leaves selection and scroll where they are."""
        self.gallery.set_empty_message(*nothing_found(result))
        self._result = result
        self.model.show(Answer(result), keep=keep)
        self.summary.setText(summary(result))
        self.timing.setText(timing(result))

    def show_listing(
        self,
        listing: Listing,
        summary: str,
        note: str = "",
        *,
        empty: tuple[str, str] = ("No photos", ""),
        keep: bool = False,
    ) -> None:
        """Show photos that answer no query; `keep` leaves selection and scroll where they are.

        Args:
            summary: says what they are.
            note: a quieter remark beside it.
            empty: what is said, and what to do, if there are none.
        """
        self._result = None
        self.gallery.set_busy(False)
        self.gallery.set_empty_message(*empty)
        self.model.show(listing, keep=keep)
        self.summary.setText(summary)
        self.timing.setText(note)

    def clear(self) -> None:
        """Show nothing."""
        self._result = None
        self.model.clear()
        self.summary.setText("")
        self.timing.setText("")

    def _show_busy(self) -> None:
        self._result = None
        self.model.clear()
        self.gallery.set_busy(True)
        self.summary.setText(tr("Searching…"))
        self.timing.setText("")

    def _build(self) -> None:
        header = QFrame()
        surface(header, "ground")
        header.setMinimumHeight(HEADER_HEIGHT)
        row = QHBoxLayout(header)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        row.addWidget(self.summary)
        row.addWidget(self.timing)
        row.addStretch()
        row.addWidget(self.slider)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(self.gallery, 1)

    def _connect_sizes(self, thumbnail_size: int) -> None:
        self.slider.setRange(SMALLEST, LARGEST)
        self.slider.setFixedSize(QSize(SLIDER_WIDTH, 24))
        self.slider.setAccessibleName(tr("Thumbnail size"))
        self.slider.setToolTip(tr("Thumbnail size"))
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.gallery.set_thumbnail_size(thumbnail_size)
        self.slider.setValue(thumbnail_size)
        self.slider.valueChanged.connect(self.gallery.set_thumbnail_size)
        self.slider.valueChanged.connect(self.thumbnail_size_changed)
        self.gallery.thumbnail_size_changed.connect(self.slider.setValue)


def summary(result: SearchResult) -> str:
    """Such as "200 matches, 12 new"."""
    new = sum(match.new for match in result.matches)
    found = counted("{n} match", "{n} matches", len(result.matches))
    return tr("{found}, {new} new", found=found, new=number(new)) if new else found


def timing(result: SearchResult) -> str:
    """Such as "in 42,013 photos · 18 ms"."""
    parts = result.timing
    seconds = parts.decode + parts.embed + parts.search
    return counted("in {n} photo · {time}", "in {n} photos · {time}", result.searchable, time=milliseconds(seconds))


def nothing_found(result: SearchResult) -> tuple[str, str]:
    """What an empty gallery says, and what to do."""
    if not result.searchable:
        return tr("No photo is searchable yet"), tr(
            "Add a folder with photos, or wait until the first ones are indexed."
        )
    if result.query.mode is Mode.COPIES:
        return tr("No copies of this picture"), tr("Switch to Similar for photos that show something alike.")
    return tr("No matches"), tr("Take away a filter or one of the pictures.")
