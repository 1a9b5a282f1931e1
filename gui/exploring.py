"""Leads between the library that is browsed, the query on screen and the filters, which count for both."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from engine.browsing import Emptiness, Order
from engine.filters import Filters
from engine.records import Query, SearchResult
from gui.browsing import Browsing, Place, Shelf, View, why_empty, why_no_match
from gui.filters.counting import Counting
from gui.gallery.arrangement import Order as Sorting
from gui.gallery.wording import shown_name
from gui.panels.filters import FiltersPanel
from gui.panels.library import LibraryPanel
from gui.panels.results import ResultsPanel
from gui.panels.stage import Stage
from gui.searching import Searching

if TYPE_CHECKING:
    from engine.catalog.collections import PhotoCollection

SORTING_OF = {Order.TIME: Sorting.DATE, Order.NAME: Sorting.NAME, Order.SIZE: Sorting.SIZE, Order.LOOK: Sorting.LOOK}
RISING_FIRST = {Sorting.NAME, Sorting.LOOK}
"""What is usually wanted from the start; dates and sizes from the end."""


class Exploring(QObject):
    """Without a query the stage shows the place that is browsed; with one, the filters change the query."""

    def __init__(
        self,
        searching: Searching,
        browsing: Browsing,
        counting: Counting,
        filters: FiltersPanel,
        library: LibraryPanel,
        results: ResultsPanel,
        stage: Stage,
    ) -> None:
        super().__init__(stage)
        self._searching = searching
        self._browsing = browsing
        self._counting = counting
        self._filters = filters
        self._library = library
        self._results = results
        self._stage = stage
        searching.query_changed.connect(self._on_query)
        searching.browsed_changed.connect(self._on_browsed)
        searching.answered.connect(self._on_answered)
        browsing.shown.connect(self._on_shown)
        browsing.place_changed.connect(self._on_place)
        browsing.arranging.connect(results.show_arranging)
        filters.changed.connect(self.filter)
        filters.folder_wanted.connect(self.look_at_folder)
        filters.shown_changed.connect(counting.set_active)
        filters.shown_changed.connect(searching.expect_filters)
        counting.counted.connect(filters.show_facets)
        filters.close_wanted.connect(filters.hide)
        library.view_chosen.connect(self.view)
        library.filters_wanted.connect(self.toggle_filters)
        results.ordered.connect(self._on_ordered)

    def view(self, view: View) -> None:
        """Look through the library in one of the ways."""
        self._searching.look_at(self._browsing.viewed(view))

    def look_at(self, place: Place) -> None:
        """Look at a part of the library."""
        self._searching.look_at(place)

    def look_at_folder(self, folder: Path) -> None:
        """Look at the photos in a folder and below it."""
        self.look_at(Place(filters=Filters(folders=(folder,)), title=shown_name(folder)))

    def look_at_collection(self, collection: "PhotoCollection") -> None:
        """Look at the photos of a collection."""
        self.look_at(Place(filters=Filters(collection=collection.id), title=collection.name))

    def filter_by_collection(self, collection: "PhotoCollection") -> None:
        """Let the query, or else the browsed library, keep to the photos of a collection."""
        query, place = self._searching.query, self._browsing.place
        filters = query.filters if query is not None else place.filters if place is not None else Filters()
        self.filter(replace(filters, collection=collection.id))

    @property
    def opened_collection(self) -> str:
        """The id of the collection that is looked at, or empty."""
        place = self._browsing.place if self._searching.query is None else None
        return place.filters.collection if place is not None else ""

    def forget_collection(self, collection_id: str) -> None:
        """A collection is no more: neither the browsed library nor a query keeps to it."""
        query, place = self._searching.query, self._browsing.place
        self._searching.trail.forget(lambda lost: isinstance(lost, Place) and lost.filters.collection == collection_id)
        if place is not None and place.filters.collection == collection_id:
            self._browsing.leave()
        if query is not None and query.filters.collection == collection_id:
            self._searching.set_filters(replace(query.filters, collection=""))

    def filter(self, filters: Filters) -> None:
        """Let the query, or else the browsed library, have these filters."""
        if self._searching.query is not None:
            self._searching.set_filters(filters)
        else:
            self._look_otherwise(self._browsing.filtered(filters))
        self._counting.count(filters)

    def close_place(self) -> bool:
        """Leave the browsed library for the first screen; returns whether it was on screen."""
        if self._searching.query is not None or self._browsing.place is None:
            return False
        self._searching.look_at(None)
        return True

    def toggle_filters(self) -> None:
        """Show the filters and put the cursor there, or hide them."""
        shown = self._filters.isHidden()
        self._filters.setVisible(shown)
        if shown:
            self._filters.start()

    def refresh(self) -> None:
        """The photos have changed."""
        if self._searching.query is None:
            self._browsing.refresh()
        self._counting.again()

    def _on_answered(self, result: SearchResult) -> None:
        """An answer without matches says which filter is to be loosened."""
        if not result.matches and result.query.filters.kinds:
            self._browsing.explain(result.query.filters, lambda found: self._on_explained(result.query, found))

    def _on_explained(self, query: Query, found: Emptiness) -> None:
        if self._searching.query == query:
            self._results.gallery.set_empty_message(*why_no_match(found))

    def _on_query(self, query: Query | None) -> None:
        if query is not None:
            self._show_filters(query.filters)
            self._library.mark(None)

    def _on_browsed(self, place: Place | None) -> None:
        if place is None:
            self._browsing.leave()
        else:
            self._browsing.look_at(place)

    def _look_otherwise(self, place: Place) -> None:
        """Filter or sort what is looked at; that is no step of its own, unless nothing was looked at."""
        if self._browsing.place is None:
            self._searching.look_at(place)
        elif place != self._browsing.place:
            self._searching.trail.look_otherwise(place)
            self._browsing.look_at(place)

    def _on_place(self, place: Place | None) -> None:
        if self._searching.query is not None:
            return
        self._library.mark(None if place is None or place.filters.collection else place.view)
        self._show_filters(place.filters if place is not None else Filters())
        if place is None:
            self._stage.show_query(None)
        else:
            self._stage.show_library()

    def _on_shown(self, shelf: Shelf, newer: bool) -> None:
        if self._searching.query is not None:
            return
        place = shelf.place
        order = SORTING_OF.get(place.order)
        self._results.show_listing(
            self._browsing.listing(shelf),
            shelf.summary,
            empty=why_empty(shelf.emptiness),
            order=order,
            backwards=order is not None and place.descending is (order in RISING_FIRST),
            keep=newer,
        )
        left = self._searching.trail.current.place
        if left is not None and not newer:
            self._searching.returned.emit(left)

    def _on_ordered(self, sorting: Sorting, backwards: bool) -> None:
        order = next((one for one, other in SORTING_OF.items() if other is sorting), None)
        if order is not None:
            self._look_otherwise(self._browsing.ordered(order, descending=backwards is (sorting in RISING_FIRST)))

    def _show_filters(self, filters: Filters) -> None:
        self._filters.show_filters(filters)
        self._counting.count(filters)
