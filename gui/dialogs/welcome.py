"""The first screen: one invitation, and below it what was searched for lately."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from engine.records import HistoryEntry
from gui.controls import Scrolling, button, empty, heading, label, surface, title, widgets_in
from gui.folding import Folding, beside
from gui.icons import app_icon, icon
from gui.measures import grown
from gui.overview import Overview
from gui.panels.history_model import entry_detail, entry_title
from gui.pictures import QueryPictures, square
from gui.theme import CAPTION_RATIO, colors, font
from gui.translation import counted, later, tr

WIDEST = 640
DROP_HEIGHT = 280
CARD = 112
AROUND_PICTURE = 16
MOST_CARDS = 5
BETWEEN_CARDS = 12
PICTURE = 64
FIRST_HINT = later(
    "Then drop any picture to find its lookalikes.\nYour photos stay where they are, and nothing leaves this computer."
)
INVITATION = later("Drop a photo to find its lookalikes")


class DropArea(QFrame):
    """A large dashed frame: this is where a photo goes."""

    def __init__(self, buttons: Sequence[QWidget]) -> None:
        super().__init__()
        self.setMinimumHeight(grown(DROP_HEIGHT))
        self.setAccessibleName(tr(INVITATION))
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.line = title(tr(INVITATION))
        self.hint = label("", "secondary", wrap=True)
        self.line.setWordWrap(True)
        for words in (self.line, self.hint):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(8)
        column.addStretch()
        column.addWidget(self.picture)
        column.addSpacing(8)
        column.addWidget(self.line)
        column.addWidget(self.hint)
        column.addSpacing(16)
        middle = len(buttons) // 2
        halves = (beside(*half, centered=True) for half in (buttons[:middle], buttons[middle:]))
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(Folding(*halves))
        row.addStretch()
        column.addLayout(row)
        column.addStretch()

    def paintEvent(self, event: QPaintEvent) -> None:
        of = colors(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(of.disabled, 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(of.panel)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 12, 12)


class RecentCard(QToolButton):
    """One recent query: its picture, its name, what was found."""

    def __init__(self, entry: HistoryEntry) -> None:
        super().__init__()
        self.entry = entry
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.side = grown(CARD) - AROUND_PICTURE
        self.setIconSize(QSize(self.side, self.side))
        self.setFixedWidth(grown(CARD))
        self.setFont(font(self.font(), CAPTION_RATIO))
        shown = QFontMetrics(self.font()).elidedText(entry_title(entry), Qt.TextElideMode.ElideMiddle, self.side)
        self.setText(shown.replace("&", "&&"))
        self.setToolTip(f"{entry_title(entry)}\n{entry_detail(entry)}")
        self.setAccessibleName(
            tr("Search again: {title}, {detail}", title=entry_title(entry), detail=entry_detail(entry))
        )
        self.setIcon(icon("picture", "disabled"))


class CardRow(QWidget):
    """The recent queries in one row, as many as there is room for; the history has them all."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(BETWEEN_CARDS)

    def cards(self) -> list[RecentCard]:
        """All of them, newest first."""
        return widgets_in(self._row, RecentCard)

    def show_entries(self, entries: Sequence[HistoryEntry]) -> None:
        """Show these, the newest first."""
        empty(self._row)
        for entry in entries:
            self._row.addWidget(RecentCard(entry))
        self._row.addStretch()
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(grown(CARD), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = (self.width() + BETWEEN_CARDS) // (grown(CARD) + BETWEEN_CARDS)
        for place, card in enumerate(self.cards()):
            card.setVisible(place < room)


class WelcomePage(Scrolling):
    """Shown while there is no query.

    Signals:
        open_wanted, paste_wanted, add_folder_wanted, browse_wanted: the buttons.
        run_wanted: a HistoryEntry to search again.
    """

    open_wanted = Signal()
    paste_wanted = Signal()
    add_folder_wanted = Signal()
    browse_wanted = Signal()
    run_wanted = Signal(object)

    def __init__(self, pictures: QueryPictures) -> None:
        super().__init__()
        self._pictures = pictures
        pictures.ready.connect(self._on_thumbnail)
        self.open = button(tr("Open…"), self.open_wanted.emit, "", "picture")
        self.paste = button(tr("Paste"), self.paste_wanted.emit, "", "paste")
        self.add_folder = button(tr("Add folder…"), self.add_folder_wanted.emit, "primary", "folder-add")
        self.browse = button(tr("Browse"), self.browse_wanted.emit, "", "picture")
        self.browse.hide()
        self.drop_area = DropArea([self.add_folder, self.open, self.paste, self.browse])
        self._cards = CardRow()
        self._recent = QWidget()
        self._shown: tuple[tuple[str, str], ...] = ()
        self._build()
        self._show_hint(None)

    def show_overview(self, overview: Overview) -> None:
        """Say what the library holds, and offer its recent queries."""
        self._show_hint(overview)
        self.browse.setVisible(overview.counts.searchable > 0)
        self.browse.setText(counted("Browse {n} photo", "Browse {n} photos", overview.counts.searchable))
        newest = recent(overview.history)
        wanted = tuple((entry.id, entry.title) for entry in newest)
        if wanted != self._shown:
            self._shown = wanted
            self._show_cards(newest)

    def cards(self) -> list[RecentCard]:
        """The recent queries, newest first."""
        return self._cards.cards()

    def _build(self) -> None:
        inside = QWidget()
        surface(inside, "ground")
        below = QVBoxLayout(self._recent)
        below.setContentsMargins(0, 24, 0, 0)
        below.setSpacing(8)
        below.addWidget(heading(tr("RECENT")))
        below.addWidget(self._cards)
        middle = QVBoxLayout()
        middle.addStretch(2)
        middle.addWidget(self.drop_area)
        middle.addWidget(self._recent)
        middle.addStretch(3)
        holder = QWidget()
        holder.setMaximumWidth(grown(WIDEST))
        holder.setLayout(middle)
        middle.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout(inside)
        row.setContentsMargins(24, 24, 24, 24)
        row.addStretch(1)
        row.addWidget(holder, 100)
        row.addStretch(1)
        self.hold(inside)
        self._recent.hide()

    def _show_hint(self, overview: Overview | None) -> None:
        if overview is None or not overview.roots:
            line, picture = tr("Welcome. Drop a folder with your photos"), app_icon()
            hint = tr(FIRST_HINT)
        else:
            line, picture = tr(INVITATION), icon("lookalikes", "accent")
            hint = _searched_in(overview)
        self.drop_area.picture.setPixmap(picture.pixmap(grown(PICTURE), grown(PICTURE)))
        self.drop_area.line.setText(line)
        self.drop_area.hint.setText(hint)
        self._prefer(self.add_folder if overview is None or not overview.roots else self.open)

    def _prefer(self, wanted: QWidget) -> None:
        """The one accented button is the next sensible step."""
        for made in (self.open, self.add_folder):
            made.set_kind("primary" if made is wanted else "")

    def _show_cards(self, entries: Sequence[HistoryEntry]) -> None:
        self._cards.show_entries(entries)
        for card in self.cards():
            card.clicked.connect(lambda _=False, entry=card.entry: self.run_wanted.emit(entry))
            self._show_thumbnail(card)
        self._recent.setVisible(bool(entries))

    def _on_thumbnail(self, entry_id: str, position: int) -> None:
        for card in self.cards():
            if position == 0 and card.entry.id == entry_id:
                self._show_thumbnail(card)

    def _show_thumbnail(self, card: RecentCard) -> None:
        pixmap = self._pictures.get(card.entry.id)
        if pixmap is not None:
            card.setIcon(QIcon(square(pixmap, card.side, card.devicePixelRatioF(), radius=6)))


def recent(history: Iterable[HistoryEntry]) -> list[HistoryEntry]:
    """The newest queries; what was asked several times with the same pictures is there once."""
    newest: dict[object, HistoryEntry] = {}
    for entry in sorted(history, key=lambda entry: entry.when, reverse=True):
        pictures = entry.query.pictures
        known = all(picture.path is not None for picture in pictures)  # pasted ones cannot be told apart here
        newest.setdefault((pictures, entry.title) if known else entry.id, entry)
    return list(newest.values())[:MOST_CARDS]


def _searched_in(overview: Overview) -> str:
    counts = overview.counts
    if not counts.searchable:
        return tr("Your photos are being indexed. You can search as soon as the first ones are in.")
    if counts.searchable < counts.photos - counts.unreadable:
        return counted(
            "It is compared with {n} photo so far; more are being indexed.",
            "It is compared with {n} photos so far; more are being indexed.",
            counts.searchable,
        )
    return counted(
        "It is compared with {n} photo in your folders.",
        "It is compared with {n} photos in your folders.",
        counts.searchable,
    )
