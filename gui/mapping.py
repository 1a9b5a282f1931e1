"""Maps of what is on screen: asked for, drawn in the background, and what is done with what is selected on them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from engine.errors import EngineError
from engine.filters import Filters
from engine.jobs import Job
from engine.maps import Atlas, ColorBy, Legend
from engine.records import Photo, QueryPicture
from gui.browsing import TITLES, Browsing, View
from gui.gallery.listing import Chosen
from gui.gallery.thumbnails import ThumbnailLoader
from gui.overview import LibraryWatch
from gui.panels.library import LibraryPanel
from gui.panels.results import ResultsPanel
from gui.panels.stage import Stage
from gui.photo_actions import Doers
from gui.searching import Searching
from gui.tasks import Lane, Task, TaskRunner
from gui.training import Training
from gui.translation import counted, tr
from gui.viewers.atlas import COLORS, AtlasPage
from gui.viewers.atlas_levels import Levels

if TYPE_CHECKING:
    from engine.library import Library

MOST_ASKED = 12
"""Pictures of a query from the map: those in the middle of what is selected; more say nothing new."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a map shows.

    Attributes:
        ids: of the matches of an answer; None for all photos that pass the filters.
    """

    title: str
    filters: Filters = field(default_factory=Filters)
    ids: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A map with all it takes to show it.

    Attributes:
        by: what the legend is about.
        before: the map that was on screen when it was asked for.
        rows_before: where each photo was on that, -1 for a new one.
    """

    atlas: Atlas
    levels: Levels
    legend: Legend
    by: ColorBy
    before: Atlas | None
    rows_before: NDArray[np.int64] | None


class Mapping(QObject):
    """Owns what the map shows."""

    def __init__(
        self,
        library: "Library",
        tasks: TaskRunner,
        page: AtlasPage,
        stage: Stage,
        panel: LibraryPanel,
        watch: LibraryWatch,
        loader: ThumbnailLoader,
        searching: Searching,
        doers: Doers,
        training: Training,
    ) -> None:
        super().__init__(page)
        self._library = library
        self._tasks = tasks
        self._page = page
        self._stage = stage
        self._loader = loader
        self._searching = searching
        self._doers = doers
        self._training = training
        self._scope: Scope | None = None
        self._drawing: Task | None = None
        self._photos: dict[str, Photo] = {}
        self._ended = False
        self._connect()
        panel.map_wanted.connect(self.show_library)
        stage.currentChanged.connect(lambda _: panel.mark_map(stage.mapping))
        watch.photos_changed.connect(self.refresh)

    def show_library(self) -> None:
        """Map all photos."""
        self._show(Scope(tr(TITLES[View.ALL])))

    def show_results(self, results: ResultsPanel, browsing: Browsing) -> None:
        """Map what the gallery shows: the answer, or the place that is browsed; else all photos."""
        result, place = results.result, browsing.place
        if result is not None:
            passing = [match.photo.id for match in result.matches if results.arrangement.passes(match)]
            self._show(Scope(results.header.summary.text(), ids=tuple(passing)))
        elif place is not None:
            self._show(Scope(place.title or tr(TITLES[place.view]), place.filters))
        else:
            self.show_library()

    def refresh(self) -> None:
        """The photos have changed: the map follows if it is on screen and not being drawn."""
        if self._stage.mapping and self._scope is not None and self._drawing is None:
            self._draw(self._scope)

    def stop(self) -> None:
        """Draw nothing any more: the library is about to be closed."""
        self._ended = True
        self._cancel()

    def _show(self, scope: Scope) -> None:
        self._stage.show_map()
        if scope != self._scope or self._page.canvas.atlas is None:
            self._scope = scope
            self._page.show_message("")
            self._draw(scope)
        else:
            self.refresh()

    def _draw(self, scope: Scope) -> None:
        self._cancel()
        by, before = self._page.by, self._page.canvas.atlas

        def call(job: Job) -> Drawn:
            maps = self._library.maps
            atlas = maps.of(scope.filters, job) if scope.ids is None else maps.of_photos(scope.ids, job)
            legend = maps.legend(atlas, by, len(COLORS))
            rows = None if before is None else _rows_before(atlas, before)
            return Drawn(atlas, Levels(atlas.positions).prepare(), legend, by, before, rows)

        if not self._ended:
            self._drawing = task = self._tasks.submit(
                call,
                lane=Lane.MAPPING,
                owner=self,
                on_success=lambda drawn: self._on_drawn(scope, drawn),
                on_failure=lambda error: self._on_failed(scope, error),
                on_progress=lambda progress: self._page.show_progress(progress) if task is self._drawing else None,
            )

    def _cancel(self) -> None:
        if self._drawing is not None:
            self._drawing.cancel()
            self._drawing = None

    def _on_drawn(self, scope: Scope, drawn: Drawn) -> None:
        if scope is not self._scope:
            return
        self._drawing = None
        self._photos.clear()  # they may be others by now
        shown, atlas = self._page.canvas.atlas, drawn.atlas
        if atlas == shown:
            self._page.show_progress(None)
            return
        photos = counted("{n} photo", "{n} photos", len(atlas))
        title = scope.title if scope.ids is not None else tr("{place}: {photos}", place=scope.title, photos=photos)
        rows = drawn.rows_before if shown is drawn.before else None
        self._page.show_atlas(atlas, drawn.levels, drawn.legend, title, rows)
        if self._page.by is not drawn.by:  # another one was chosen meanwhile
            self._color(self._page.by)

    def _on_failed(self, scope: Scope, error: Exception) -> None:
        if scope is not self._scope:
            return
        self._drawing = None
        if isinstance(error, EngineError):
            self._page.show_message(error.message, error.hint)
        else:
            self._tasks.on_failure(error)

    def _on_cancelled(self) -> None:
        self._cancel()
        if self._page.canvas.atlas is None:
            self._scope = None
            self._page.show_message("")
            self._stage.close_map()
        else:
            self._page.show_progress(None)

    def _color(self, by: ColorBy) -> None:
        atlas = self._page.canvas.atlas
        if atlas is not None:
            self._tasks.submit(
                lambda job: self._library.maps.legend(atlas, by, len(COLORS)),
                lane=Lane.READING,
                owner=self,
                on_success=lambda legend: (
                    self._page.show_legend(by, legend) if self._page.canvas.atlas is atlas else None
                ),
            )

    def _fetch(self, ids: Sequence[str], side: int) -> None:
        """Load the thumbnails that are seen; the photos themselves are looked up first."""
        unknown = [one for one in ids if one not in self._photos]
        if not unknown:
            self._loader.want([self._photos[one] for one in ids if one in self._photos], side)
            return

        def keep(found: dict[str, Photo]) -> None:
            self._photos |= found
            self._loader.want([self._photos[one] for one in ids if one in self._photos], side)

        self._look_up(unknown, keep)

    def _look_up(self, ids: Sequence[str], done: Callable[[dict[str, Photo]], None]) -> None:
        if not self._ended:
            self._tasks.submit(
                lambda job: self._library.photos.with_ids(ids),
                lane=Lane.READING,
                owner=self,
                on_success=done,
            )

    def _with_selected(self, do: Callable[[list[Photo]], None], most: int | None = None) -> None:
        ids = self._page.canvas.selected_ids(most)
        self._look_up(ids, lambda found: do([found[one] for one in ids if one in found]))

    def _ask(self, photos: Sequence[Photo]) -> None:
        if photos:
            self._searching.ask_for([QueryPicture(path=photo.path) for photo in photos])

    def _open(self, photo_id: str) -> None:
        """With the other selected photos to go on to, if it is one of them."""
        chosen = self._page.canvas.selected_ids()
        ids = chosen if photo_id in chosen else [photo_id]
        self._look_up(
            ids,
            lambda found: self._stage.view_from_map(Chosen([found[one] for one in ids if one in found]), photo_id),
        )

    def _connect(self) -> None:
        page, canvas, collecting = self._page, self._page.canvas, self._doers.collecting
        page.colored.connect(self._color)
        page.cancelled.connect(self._on_cancelled)
        page.collection_wanted.connect(lambda: self._with_selected(collecting.ask_for_new))
        page.lookalikes_wanted.connect(lambda: self._with_selected(self._ask, MOST_ASKED))
        page.training_wanted.connect(
            lambda: self._with_selected(lambda photos: collecting.ask_for_new(photos, self._training.show))
        )
        canvas.thumbnails_wanted.connect(self._fetch)
        canvas.opened.connect(self._open)
        self._loader.loaded.connect(lambda _: canvas.thumbnails_came())


def _rows_before(atlas: Atlas, before: Atlas) -> NDArray[np.int64]:
    order = np.argsort(before.ids)
    rows = order[np.minimum(np.searchsorted(before.ids, atlas.ids, sorter=order), len(order) - 1)]
    found: NDArray[np.int64] = np.where(before.ids[rows] == atlas.ids, rows, -1)
    return found
