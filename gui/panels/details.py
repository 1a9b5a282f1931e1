"""The panel at the right: everything there is to know about the selected photo."""

import html
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPaintEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from engine.errors import EngineError
from engine.imaging.metadata import PhotoMetadata
from engine.records import Match, Photo
from gui.commands import command
from gui.controls import heading, surface, tool
from gui.gallery.wording import shown_name
from gui.keymap import KeyTip
from gui.measures import margins
from gui.panels import detail_rows
from gui.panels.detail_rows import Group, Row
from gui.pictures import PictureReader
from gui.tasks import Task
from gui.theme import CAPTION_RATIO, colors
from gui.translation import counted, tr
from gui.viewers import facts
from gui.window_state import WindowState

WIDTH = 264
NARROWEST = 200
PREVIEW_HEIGHT = 168
_READ_AFTER_MS = 120
_KEPT = 64
_SEEN_AT_LEAST = 64
_ENLARGED = 2  # a tiny picture can be seen, and a thumbnail of a panorama is as wide as the panel

Content = tuple[str, bytes]


class DetailsPanel(QWidget):
    """Can be hidden, and remembers whether it is. Reads a file only while it is shown.

    Signals:
        reveal_wanted(Photo): the folder was clicked.
        copied(str): a sentence about what is on the clipboard.
        described(list): the photos that are described now, of several all that are at hand.
    """

    reveal_wanted = Signal(object)
    copied = Signal(str)
    described = Signal(list)

    def __init__(
        self,
        reader: PictureReader,
        preview: Callable[[str], QPixmap | None],
        state: WindowState,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self._preview_of = preview
        self._state = state
        self._useful = False
        self._photo: Photo | None = None
        self._match: tuple[Match, float] | None = None
        self._several: tuple[Sequence[Photo], int] | None = None
        self._reading: Task | None = None
        self._kept: OrderedDict[Content, PhotoMetadata | EngineError] = OrderedDict()
        self._bar: QWidget | None = None
        self.preview = Preview()
        self.text = QTextBrowser()
        self._read = QTimer(self, singleShot=True, interval=_READ_AFTER_MS)
        self._read.timeout.connect(self._read_file)
        self._arrange()
        self.setVisible(False)
        self.show_nothing()

    def toggle(self) -> None:
        """Show or hide, and remember it."""
        self._state.details_shown = self.isHidden()
        self.setVisible(self.isHidden())

    def set_useful(self, useful: bool) -> None:
        """Whether there are photos on screen: without any, the panel only takes room."""
        self._useful = useful
        self.setVisible(useful and self._state.details_shown)

    def show_photo(self, photo: Photo, match: Match | None = None, noise_score: float = 0.0) -> None:
        """Describe one photo, and its match if it is one."""
        changed = self._photo is None or _content(photo) != _content(self._photo)
        self.preview.show()
        self._photo, self._several = photo, None
        self._match = None if match is None else (match, noise_score)
        if changed:
            self._stop_reading()
            self._show_preview(photo)
            self._read.start()
        self._write()
        self.described.emit([photo])

    def show_several(self, photos: Sequence[Photo], count: int) -> None:
        """Sum up several photos, of which some may not be at hand."""
        self._forget_photo()
        self._several = (photos, count)
        self._write()
        self.described.emit(list(photos))

    def show_nothing(self) -> None:
        """Nothing is selected."""
        self._forget_photo()
        self._several = None
        self._write()
        self.described.emit([])

    def add_actions(self, decisions: QWidget, bar: QWidget) -> None:
        """Have at the lower edge what is decided of the photos that are described, and what can be done with them."""
        self._bar = bar
        self._column.addWidget(decisions)
        self._column.addWidget(bar)
        self._write()

    def minimumSizeHint(self) -> QSize:
        """Wide enough for its words, be they large."""
        return super().minimumSizeHint().expandedTo(QSize(NARROWEST, 0))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._write()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read.start()

    def _arrange(self) -> None:
        surface(self, "panel")
        self.setAccessibleName(tr("Details"))
        top = QHBoxLayout()
        margins(top, 12, 4, 4, 4)
        top.addWidget(heading(tr("DETAILS")), 1)
        close = tool("close", tr("Hide the details"), self.toggle)
        KeyTip(close, tr("Hide the details"), command("details"))
        top.addWidget(close)
        self.text.setProperty("kind", "quiet")
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(tr("What is known about the photo"))
        self.text.document().setDocumentMargin(12)
        self.text.anchorClicked.connect(self._on_link)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.preview)
        column.addWidget(self.text, 1)

    def _forget_photo(self) -> None:
        self._stop_reading()
        self._photo = self._match = None
        self.preview.hide()

    def _stop_reading(self) -> None:
        self._read.stop()
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def _show_preview(self, photo: Photo) -> None:
        pixmap = self._preview_of(photo.id)
        self.preview.show_picture(pixmap)
        if pixmap is None:
            self._reader.load_thumbnail(photo.id, lambda image: self._on_thumbnail(photo, image))

    def _on_thumbnail(self, photo: Photo, image: QImage) -> None:
        if photo == self._photo:
            self.preview.show_picture(QPixmap.fromImage(image))

    def _read_file(self) -> None:
        """Read what only the file knows; not while nobody sees it, nor twice."""
        photo = self._photo
        if photo is None or self._reading is not None or self.isHidden() or _content(photo) in self._kept:
            return
        self._reading = self._reader.load_metadata(
            photo.path, lambda found: self._on_read(photo, found), lambda error: self._on_read(photo, error)
        )

    def _on_read(self, photo: Photo, found: PhotoMetadata | EngineError) -> None:
        self._kept[_content(photo)] = found
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        if self._photo is not None and _content(photo) == _content(self._photo):
            self._reading = None
            self._write()

    def _write(self) -> None:
        if self._bar is not None:
            self._bar.setVisible(self._photo is not None or self._several is not None)
        tones = colors(self.palette())
        words = Document(
            tones.secondary.name(), tones.accent.name(), tones.warning.name(), mirrored=self.isRightToLeft()
        )
        if self._photo is not None:
            self._write_photo(self._photo, words)
        elif self._several is not None:
            photos, count = self._several
            words.add_title(counted("{n} photo", "{n} photos", count))
            words.add_groups([detail_rows.summary_rows(photos)] if photos else [])
            if len(photos) < count:
                words.add_note(tr("Select fewer photos to see them summed up."))
        else:
            words.add_note(tr("Select a photo to see its details."))
        scrolled = self.text.verticalScrollBar().value()
        self.text.setHtml(words.html(self.font().pointSizeF() * CAPTION_RATIO))
        self.text.verticalScrollBar().setValue(scrolled)

    def _write_photo(self, photo: Photo, words: "Document") -> None:
        found = self._kept.get(_content(photo))
        known = found if isinstance(found, PhotoMetadata) else None
        words.add_title(shown_name(photo.path))
        if state := facts.state_words(photo):
            words.add_warning(state)
        if self._match is not None:
            words.add_groups([detail_rows.score_rows(*self._match)])
        words.add_groups([detail_rows.shot_rows(photo, known), detail_rows.place_rows(photo, known)])
        words.add_groups([detail_rows.picture_rows(known)] if known else [])
        words.add_groups([detail_rows.file_rows(photo)])
        if isinstance(found, EngineError) and not photo.offline:
            words.add_warning(" ".join(facts.why_not_shown(photo, found)))

    def _on_link(self, url: QUrl) -> None:
        photo = self._photo
        if photo is None:
            return
        if url.path() == detail_rows.FOLDER:
            self.reveal_wanted.emit(photo)
        elif photo.latitude is not None and photo.longitude is not None:
            QGuiApplication.clipboard().setText(facts.coordinates(photo.latitude, photo.longitude))
            self.copied.emit(tr("The coordinates are on the clipboard."))


class Preview(QWidget):
    """A small picture, hardly enlarged."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: QPixmap | None = None
        self.setFixedHeight(PREVIEW_HEIGHT)
        self.setAccessibleName(tr("Preview"))

    def show_picture(self, picture: QPixmap | None) -> None:
        """Show this; None leaves the place empty."""
        self._picture = picture
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            return
        room = self.rect().adjusted(12, 4, -12, -4)
        ratio = self.devicePixelRatioF()
        tiny = _SEEN_AT_LEAST * ratio / max(self._picture.width(), self._picture.height())
        shown = self._picture.size() * (max(_ENLARGED, tiny) / ratio)
        if shown.width() > room.width() or shown.height() > room.height():
            shown.scale(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        shown = shown.expandedTo(QSize(1, 1))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        target = QRect(QPoint(), shown)
        target.moveCenter(room.center())
        painter.drawPixmap(target, self._picture)


class Document:
    """The words of the panel as one text, so that all of it can be selected and copied."""

    def __init__(self, secondary: str, accent: str, warning: str, *, mirrored: bool = False) -> None:
        self._secondary = secondary
        self._accent = accent
        self._warning = warning
        self._align = "right" if mirrored else "left"
        self._mirrored = mirrored
        self._parts: list[str] = []

    def add_title(self, title: str) -> None:
        """The first line."""
        self._add("font-weight:600; margin:0 0 6px 0", title)

    def add_note(self, words: str) -> None:
        """A remark."""
        self._add(f"color:{self._secondary}; margin:4px 0", words)

    def add_warning(self, words: str) -> None:
        """What is wrong, and what to do."""
        self._add(f"color:{self._warning}; margin:4px 0", words)

    def add_groups(self, groups: Iterable[Group]) -> None:
        """Rows under a small heading; an empty group adds nothing."""
        for group in groups:
            if group.rows:
                self._add(f"color:{self._secondary}; font-weight:600; margin:10px 0 2px 0", group.title)
                rows = "".join(self._row(row) for row in group.rows)
                self._parts.append(f"<table width='100%' cellspacing='0' cellpadding='2'>{rows}</table>")

    def html(self, points: float) -> str:
        """The whole text."""
        return f"<html><body style='font-size:{_css(points)}pt'>{''.join(self._parts)}</body></html>"

    def _add(self, style: str, words: str) -> None:
        self._parts.append(f"<p align='{self._align}' style='{style}'>{_escaped(words)}</p>")

    def _row(self, row: Row) -> str:
        value = _escaped(row.value)
        if row.link:
            value = f"<a href='{row.link}' style='color:{self._accent}; text-decoration:none'>{value}</a>"
        if not row.label:
            return f"<tr><td colspan='2' align='{self._align}' style='color:{self._secondary}'>{value}</td></tr>"
        cells = [
            f"<td width='36%' align='{self._align}' style='color:{self._secondary}'>{_escaped(row.label)}</td>",
            f"<td align='{self._align}'>{value}</td>",
        ]
        return f"<tr>{''.join(reversed(cells) if self._mirrored else cells)}</tr>"


def _css(points: float) -> str:
    """For a style sheet, which knows no decimal comma."""
    return f"{points:.2f}"


def _escaped(words: str) -> str:
    """File names may look like markup."""
    return html.escape(words).replace("\n", "<br>")


def _content(photo: Photo) -> Content:
    return photo.id, photo.content_hash
