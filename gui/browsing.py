"""Looking through the library without a query: which part of it, in which order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.browsing import Contents, Emptiness, Order, Run
from engine.filters import FilterKind, Filters
from engine.jobs import Job
from gui.gallery.browsed import Browsed, Found
from gui.gallery.listing import Section
from gui.tasks import Lane, Task, TaskRunner
from gui.translation import counted, later, tr
from gui.words import dated, number

if TYPE_CHECKING:
    from engine.library import Library

PHOTOS_PER_DAY = 4
"""With fewer photos a day on average, months make better headings than days."""


class View(StrEnum):
    """The ways to look through the library."""

    ALL = "all"
    TIMELINE = "timeline"
    FOLDERS = "folders"


TITLES = {View.ALL: later("All photos"), View.TIMELINE: later("Timeline"), View.FOLDERS: later("Folders")}
FILTER_WORDS = {
    FilterKind.FOLDER: later("the folders"),
    FilterKind.DATE: later("the dates"),
    FilterKind.CAMERA: later("the camera"),
    FilterKind.FORMAT: later("the format"),
    FilterKind.ORIENTATION: later("the orientation"),
    FilterKind.SIZE: later("the size"),
    FilterKind.DECISION: later("the decision"),
    FilterKind.COLLECTION: later("the collection"),
    FilterKind.SCORE: later("the score"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the library in an order.

    Attributes:
        title: what the part is called; empty for that of the view.
    """

    view: View = View.ALL
    filters: Filters = field(default_factory=Filters)
    order: Order = Order.TIME
    descending: bool = True
    title: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is at a place.

    Attributes:
        emptiness: why there is nothing; None if there is something.
    """

    place: Place
    contents: Contents
    emptiness: Emptiness | None = None

    @property
    def summary(self) -> str:
        """Such as "All photos: 1,204 photos"."""
        photos = counted("{n} photo", "{n} photos", len(self.contents))
        return tr("{place}: {photos}", place=self.place.title or tr(TITLES[self.place.view]), photos=photos)

    @property
    def sections(self) -> list[Section]:
        """The headings."""
        if self.place.view is View.ALL and self.place.order is Order.TIME:
            return []
        if self.place.order is Order.FOLDER:
            return [Section(run.first, _folder_title(run.name)) for run in self.contents.runs]
        return dated_sections(self.contents)


class Browsing(QObject):
    """Owns the place that is looked at while no query is on screen.

    Signals:
        shown: a Shelf and whether it is only a newer state of the place that was shown before.
        place_changed: the Place, or None.
        arranging: a Progress, while it takes a while to bring a place into its order.
        failed: why a place cannot be shown.
    """

    shown = Signal(object, bool)
    place_changed = Signal(object)
    arranging = Signal(object)
    failed = Signal(Exception)

    def __init__(self, library: "Library", tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._task: Task | None = None
        self.place: Place | None = None
        self.shelf: Shelf | None = None
        self._closed = False

    def look_at(self, place: Place) -> None:
        """Show a place; one that was shown last is there at once, and then what has become of it."""
        self.place = place
        self.place_changed.emit(place)
        if self.shelf is not None and self.shelf.place == place:
            self.shown.emit(self.shelf, False)
            self.refresh()
        else:
            self._read(place, newer=False)

    def viewed(self, view: View) -> Place:
        """The library in one of the ways; the filters stay, but not those that were a part with a name."""
        filters = self.place.filters if self.place and not self.place.title else Filters()
        order = Order.FOLDER if view is View.FOLDERS else Order.TIME
        return Place(view, filters, order, descending=view is not View.FOLDERS)

    def filtered(self, filters: Filters) -> Place:
        """The place with only what passes."""
        place = self.place or Place()
        return place if place.filters == filters else replace(place, filters=filters, title="")

    def ordered(self, order: Order, descending: bool) -> Place:
        """The same photos in another order."""
        place = self.place or Place()
        view = View.FOLDERS if order is Order.FOLDER else place.view
        view = View.ALL if view is View.FOLDERS and order is not Order.FOLDER else view
        return replace(place, view=view, order=order, descending=descending)

    def leave(self) -> None:
        """Look at nothing."""
        self._stop()
        self.place = self.shelf = None
        self.place_changed.emit(None)

    def stop(self) -> None:
        """Read nothing more: the library is about to be closed."""
        self._stop()
        self._closed = True

    def refresh(self) -> None:
        """Take in what has changed; skipped while the place is being read."""
        if self.place is not None and self._task is None:
            self._read(self.place, newer=True)

    def explain(self, filters: Filters, done: Callable[[Emptiness], None]) -> None:
        """Find out why nothing passes these filters, or why a query found nothing that does."""
        self._tasks.submit(
            lambda job: self._library.browsing.emptiness(filters), lane=Lane.READING, owner=self, on_success=done
        )

    def listing(self, shelf: Shelf) -> Browsed:
        """The photos of a shelf for the gallery."""
        return Browsed(shelf.contents, self._read_photos, shelf.sections)

    def _read(self, place: Place, *, newer: bool) -> None:
        self._stop()
        self._task = self._tasks.submit(
            lambda job: self._take_stock(place, job),
            lane=Lane.EXPLAINING if place.order is Order.LOOK else Lane.READING,
            owner=self,
            on_success=lambda shelf: self._on_read(shelf, newer),
            on_progress=lambda progress: None if newer else self.arranging.emit(progress),
            on_failure=self._on_failed,
        )

    def _take_stock(self, place: Place, job: Job) -> Shelf:
        if place.order is Order.LOOK:
            contents = self._library.looks.contents(place.filters, descending=place.descending, job=job)
        else:
            contents = self._library.browsing.contents(place.filters, place.order, descending=place.descending)
        job.checkpoint()
        return Shelf(place, contents, None if len(contents) else self._library.browsing.emptiness(place.filters))

    def _on_read(self, shelf: Shelf, newer: bool) -> None:
        self._task = None
        if shelf.place != self.place or (newer and shelf == self.shelf):
            return
        newer = newer and self.shelf is not None and self.shelf.place == shelf.place
        self.shelf = shelf
        self.shown.emit(shelf, newer)

    def _on_failed(self, error: Exception) -> None:
        self._task = None
        self.failed.emit(error)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task.on_success = lambda shelf: None
            self._task.on_failure = lambda error: None
            self._task.on_progress = lambda progress: None
            self._task = None

    def _read_photos(self, ids: Sequence[str], done: Callable[[Found], None]) -> None:
        if not self._closed:
            self._tasks.submit(
                lambda job: self._library.photos.with_ids(ids), lane=Lane.READING, owner=self, on_success=done
            )


def dated_sections(contents: Contents) -> list[Section]:
    """Headings by day, or by month where there are few photos a day."""
    if len(contents) >= PHOTOS_PER_DAY * len(contents.runs):
        return [Section(run.first, day_title(run.name)) for run in contents.runs]
    months: list[Run] = []
    for run in contents.runs:
        if not months or months[-1].name != run.name[:7]:
            months.append(Run(run.first, run.name[:7]))
    return [Section(run.first, month_title(run.name)) for run in months]


def day_title(day: str) -> str:
    """Such as "Saturday, 1 June 2024"."""
    return dated(date.fromisoformat(day), tr("dddd, d MMMM yyyy")) if day else tr("Without a date")


def month_title(month: str) -> str:
    """Such as "June 2024"."""
    return dated(date.fromisoformat(f"{month}-01"), tr("MMMM yyyy")) if month else tr("Without a date")


def why_empty(emptiness: Emptiness | None) -> tuple[str, str]:
    """What an empty gallery says, and what to do."""
    if emptiness is None or not emptiness.without_filters:
        return tr("No photos yet"), tr("Add a folder with photos, or wait until the first ones are indexed.")
    if emptiness.unknown_folders:
        folder = emptiness.unknown_folders[0]
        return tr("“{name}” is not in the library", name=folder.name or str(folder)), tr(
            "Its photos were removed from the library, or the folder was moved. Choose another folder."
        )
    if emptiness.loosened:
        kind, photos = emptiness.loosened[0]
        return tr("No photo passes these filters"), tr(
            "Leave {filter} open: {photos} would pass.",
            filter=tr(FILTER_WORDS[kind]),
            photos=counted("{n} photo", "{n} photos", photos),
        )
    return tr("No photo passes these filters"), tr(
        "Clear the filters to see all {n} photos.", n=number(emptiness.without_filters)
    )


def why_no_match(emptiness: Emptiness) -> tuple[str, str]:
    """The same when a query found nothing."""
    if not emptiness.passing:
        return why_empty(emptiness)
    passing = counted("{n} photo passes the filters", "{n} photos pass the filters", emptiness.passing)
    return tr("No matches"), tr(
        "{photos}, but none is near enough. Lower the least score, or take away a picture.", photos=passing
    )


def _folder_title(path: str) -> str:
    """The folder, and where it is."""
    folder = Path(path)
    return f"{folder.name}  ·  {folder.parent}" if folder.name else path
