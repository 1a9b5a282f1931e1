"""The page of a check: its files with their verdicts, one of them large, or one beside its match."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QPixmap, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from engine.having.records import CheckedFile
from engine.jobs import Progress
from engine.records import Photo
from gui.controls import keyed, surface
from gui.desktop import copy_paths, reveal
from gui.gallery.listing import Chosen
from gui.gallery.thumbnails import ThumbnailLoader
from gui.gallery.wording import shown_name, shown_path
from gui.having.blank import Blank
from gui.having.header import HavingHeader, copying_words
from gui.having.model import HavingModel
from gui.having.outcome import Outcome
from gui.having.rows import GROUPS, Row, files_of
from gui.having.view import HavingList
from gui.icons import icon
from gui.pictures import PictureReader
from gui.translation import counted, later, tr
from gui.viewers.compare import CompareViewer
from gui.viewers.pairs import Pairs
from gui.viewers.photo import PhotoViewer
from gui.viewers.sides import Side
from gui.words import number, time_left

STAGES = {
    "looking for photos": later("Looking for photos…"),
    "looking at the files": later("Looking at the files…"),
    "comparing photos": later("Comparing photos…"),
    "copying": later("Copying…"),
}


class HavingPage(QStackedWidget):
    """Shows what was found so far and asks; `gui/having/checking.py` answers.

    Attributes:
        running: files are being checked or copied.

    Signals:
        choose_wanted, again_wanted, cancel_wanted, save_wanted: what the buttons ask for.
        copy_wanted(list[CheckedFile]): to a folder that has yet to be chosen.
        lookalikes_wanted(Path): of a file.
        closed: the user is done.
    """

    choose_wanted = Signal()
    again_wanted = Signal()
    cancel_wanted = Signal()
    save_wanted = Signal()
    copy_wanted = Signal(list)
    lookalikes_wanted = Signal(object)
    closed = Signal()

    def __init__(self, files: ThumbnailLoader, photos: ThumbnailLoader, reader: PictureReader, parent: QWidget) -> None:
        super().__init__(parent)
        self.running = False
        self._places: tuple[Path, ...] = ()
        self.model = HavingModel(self)
        self.list = HavingList(self.model, files, photos)
        self.header = HavingHeader()
        self.outcome = Outcome()
        self.blank = Blank()
        self._rows = QStackedWidget()
        self._overview = QWidget()

        def preview(photo_id: str) -> QPixmap | None:
            return photos.image(photo_id) or files.image(photo_id)

        self.viewer = _viewer(reader, preview)
        self.comparison = CompareViewer(reader, preview)
        self._build()
        self._connect()
        self._describe()

    def begin(self, places: Sequence[Path]) -> None:
        """These are checked from now on."""
        self._places = tuple(places)
        self.show_overview()
        self.outcome.clear()
        self.header.search.clear()
        self.model.clear()
        self.show_progress(Progress("looking for photos", 0))

    def show_progress(self, progress: Progress | None) -> None:
        """How far it is; None if nothing is being done any more."""
        self.running = progress is not None
        if progress is None:
            self.header.show_progress("", 0, None)
        else:
            words = [tr(STAGES.get(progress.stage, STAGES["comparing photos"]))]
            if progress.total:
                words.append(tr("{done} of {total}", done=number(progress.done), total=number(progress.total)))
            if progress.seconds_left is not None:
                words.append(time_left(progress.seconds_left))
            self.header.show_progress(" · ".join(words), progress.done, progress.total)
        self._describe()

    def step_back(self) -> None:
        """What Escape does: back to the list, else close."""
        if self.currentWidget() is self._overview:
            self.closed.emit()
        else:
            self.show_overview()

    def show_overview(self) -> None:
        """Return to the list, to the row that was looked at."""
        large = self.currentWidget()
        if large is self.viewer and self.viewer.photo is not None:
            self.list.go_to(self.viewer.photo.id)
        elif large is self.comparison:
            self.list.go_to(self.comparison.row_id)
        self.setCurrentWidget(self._overview)
        self._focus()

    def compare(self, row: Row) -> None:
        """Show a file beside its match, or alone if it has none."""
        if row.match is None:
            self.preview(row)
            return
        pairs = Pairs([(one.file.id, *_sides(one, one.match)) for one in self.model.rows if one.match is not None])
        self.setCurrentWidget(self.comparison)
        self.comparison.compare(pairs.sides(pairs.row_of(row.file.id))[:1], pairs, row.file.id)
        self.comparison.setFocus()

    def preview(self, row: Row) -> None:
        """Show a file as large as the page, with the others an arrow key away."""
        if row.readable:
            self.viewer.show_listing(Chosen([one.file for one in self.model.rows if one.readable]), row.file.id)
            self.setCurrentWidget(self.viewer)
            self.viewer.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """What was looked at in large gave its memory back when the page was left."""
        super().showEvent(event)
        if not event.spontaneous():  # a minimised window comes back
            self.show_overview()

    def menu(self, row: Row) -> QMenu:
        """What can be done with a file, and with those that are selected with it."""
        selected = self.list.selected
        menu = QMenu(self)
        menu.addAction(icon("compare"), keyed(tr("Compare with its match"), tr("Enter")), lambda: self.compare(row))
        menu.actions()[-1].setEnabled(row.match is not None)
        menu.addAction(icon("preview"), keyed(tr("Preview"), tr("Space")), lambda: self.preview(row))
        menu.addAction(icon("lookalikes"), keyed(tr("Find lookalikes"), "L"), lambda: self._ask(row))
        for action in menu.actions()[1:]:
            action.setEnabled(row.readable)
        menu.addSeparator()
        keys = tr("Ctrl+Enter")
        menu.addAction(icon("reveal"), keyed(tr("Show in file manager"), keys), lambda: reveal(_paths(selected)))
        match = row.match
        if match is not None:
            menu.addAction(icon("reveal"), tr("Show its match in file manager"), lambda: reveal([match.path]))
        menu.addAction(icon("link"), keyed(tr("Copy path"), "Ctrl+C"), lambda: copy_paths(_paths(selected)))
        menu.addSeparator()
        files = files_of(selected)
        words = keyed(copying_words(len(files)), "Ctrl+Shift+C")
        menu.addAction(icon("copy"), words, lambda: self._copy(files)).setEnabled(self._may_copy(files))
        return menu

    def _copy(self, files: list[CheckedFile]) -> None:
        if self._may_copy(files):
            self.copy_wanted.emit(files)

    def _may_copy(self, files: list[CheckedFile]) -> bool:
        return bool(files) and not self.running

    def _describe_selected(self) -> None:
        files = files_of(self.list.selected)
        self.header.show_copying_selected(len(files), possible=self._may_copy(files))

    def _ask(self, row: Row) -> None:
        if row.readable:
            self.lookalikes_wanted.emit(row.path)

    def _show_menu(self, row: Row, position: QPoint) -> None:
        menu = self.menu(row)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(position)

    def _focus(self) -> None:
        if self._rows.currentWidget() is self.list:
            self.list.setFocus()
        elif not self.blank.choose.isHidden():
            self.blank.choose.setFocus()

    def _describe(self) -> None:
        """Say what all of it comes to, and why there is nothing to see if there is not."""
        model = self.model
        self.header.title.setText(title_of(self._places) if self._places else tr("Do I have this?"))
        self.header.summary.setText("" if self.running else _summary(model))
        self.header.show_counts(model.counts, model.group)
        for button in (self.header.again, self.header.save):
            button.setEnabled(not self.running)
        new = sum(count for group, count in model.counts.items() if group in ("new", "similar"))
        self.header.show_copying(new, possible=not self.running)
        self._describe_selected()
        self._rows.setCurrentWidget(self.list if model.rows else self.blank)
        if not model.rows:
            self._say_why_nothing()

    def _say_why_nothing(self) -> None:
        model, say = self.model, self.blank.say
        if model.total and model.sought:
            say(tr("No file has “{text}” in its name, folder or verdict", text=model.sought), choose=False)
        elif model.total:
            hint = _all_there(model) if model.group == "new" else ""
            say(tr(GROUPS[model.group].none), hint, sign="done", role="good", choose=False)
        elif self.running:
            say(tr("Looking for photos…"), tr("You can go on with anything else meanwhile."), choose=False)
        elif not self._places:
            say(
                tr("Do I have these photos?"),
                tr(
                    "Drop a folder or a memory card here, or choose one. Each photo is compared with your library; "
                    "nothing is added or changed."
                ),
                choose=True,
            )
        elif not self.outcome.text:
            say(
                tr("There are no photos in “{name}”", name=title_of(self._places)),
                tr("Videos and other files are not looked at."),
                choose=True,
            )
        else:
            say(tr("Nothing was compared"), choose=True)

    def _connect(self) -> None:
        header, rows, model = self.header, self.list, self.model
        model.changed.connect(self._describe)
        header.group_chosen.connect(model.show_group)
        header.order_chosen.connect(model.sort_by)
        header.search.textChanged.connect(model.seek)
        header.search.left.connect(self._leave_search)
        header.search.down.connect(self._focus)
        header.copy_wanted.connect(lambda: self._copy(model.new))
        header.copy_selected_wanted.connect(lambda: self._copy(files_of(rows.selected)))
        header.choose_wanted.connect(self.choose_wanted)
        header.again_wanted.connect(self.again_wanted)
        header.save_wanted.connect(self.save_wanted)
        header.cancel_wanted.connect(self.cancel_wanted)
        header.closed.connect(self.closed)
        self.blank.choose_wanted.connect(self.choose_wanted)
        rows.opened.connect(self.compare)
        rows.preview_wanted.connect(self.preview)
        rows.lookalikes_wanted.connect(self._ask)
        rows.reveal_wanted.connect(lambda several: reveal(_paths(several)))
        rows.paths_wanted.connect(lambda several: copy_paths(_paths(several)))
        rows.copy_wanted.connect(lambda several: self._copy(files_of(several)))
        rows.selected_changed.connect(self._describe_selected)
        rows.menu_wanted.connect(self._show_menu)
        self.viewer.closed.connect(self.show_overview)
        self.viewer.lookalikes_wanted.connect(lambda photo: self.lookalikes_wanted.emit(photo.path))
        self.comparison.closed.connect(self.show_overview)

    def _leave_search(self) -> None:
        if self.header.search.text():
            self.header.search.clear()
        else:
            self._focus()

    def _build(self) -> None:
        surface(self._rows, "panel")
        self._rows.addWidget(self.blank)
        self._rows.addWidget(self.list)
        column = QVBoxLayout(self._overview)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.outcome)
        column.addWidget(self._rows, 1)
        for page in (self._overview, self.viewer, self.comparison):
            self.addWidget(page)


def title_of(places: Sequence[Path]) -> str:
    """What is checked: the name of a folder or a drive, or how many there are."""
    if len(places) > 1:
        return counted("{n} folder or file", "{n} folders and files", len(places))
    return shown_name(places[0]) or shown_path(places[0])


def _paths(rows: Sequence[Row]) -> list[Path]:
    return [row.path for row in rows]


def _summary(model: HavingModel) -> str:
    """Such as "You have 290 of 312: 22 are new"."""
    unreadable, new = model.counts["unreadable"], model.counts["new"] + model.counts["similar"]
    readable = model.total - unreadable
    parts = []
    if readable and not new:
        parts.append(_all_there(model))
    elif readable:
        had = tr("You have {had} of {total}", had=number(readable - new), total=number(readable))
        parts += [had, counted("{n} is new", "{n} are new", new)]
    if unreadable:
        parts.append(counted("{n} cannot be read", "{n} cannot be read", unreadable))
    return " · ".join(parts)


def _all_there(model: HavingModel) -> str:
    had = model.total - model.counts["unreadable"] - model.counts["new"] - model.counts["similar"]
    return counted("You have this one", "You have all {n} of these", had) if had else ""


def _sides(row: Row, match: Photo) -> tuple[Side, Side]:
    return (
        Side(row.name, row.path, said=tr("the file that is checked")),
        Side(shown_name(match.path), match.path, match, said=f"{row.title}: {row.words}"),
    )


def _viewer(reader: PictureReader, preview: Callable[[str], QPixmap | None]) -> PhotoViewer:
    """Without what is done with photos of the library."""
    made = PhotoViewer(reader, preview)
    for of_the_library in (made.caption.compare, made.caption.region):
        of_the_library.hide()
    return made
