"""What fills the middle of the window: the invitation, the results, one photo, two compared, or one to cut."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import isValid

from engine.records import Photo, Query, SearchResult
from gui.dialogs.welcome import WelcomePage
from gui.gallery.listing import Listing
from gui.panels.results import ResultsPanel
from gui.viewers.atlas import AtlasPage
from gui.viewers.compare import CompareViewer
from gui.viewers.photo import PhotoViewer
from gui.viewers.region import RegionPicker
from gui.viewers.sides import Side


class Stage(QStackedWidget):
    """Shows the page that fits, and moves between the gallery and the viewer."""

    def __init__(
        self,
        welcome: WelcomePage,
        results: ResultsPanel,
        viewer: PhotoViewer,
        comparison: CompareViewer,
        picker: RegionPicker,
        atlas: AtlasPage,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._welcome = welcome
        self._results = results
        self._viewer = viewer
        self._comparison = comparison
        self._picker = picker
        self._atlas = atlas
        self._viewed_from_map = False
        self._visited: dict[QWidget | None, Callable[[], None]] = {}
        self._before_visit: QWidget = welcome
        self._compared_in_viewer = False
        self._before_choosing: tuple[QWidget, Photo | None, QWidget | None] = (welcome, None, None)
        for page in (welcome, results, viewer, comparison, picker, atlas):
            self.addWidget(page)
        viewer.closed.connect(self.close_viewer)
        comparison.closed.connect(self.close_comparison)
        picker.closed.connect(self.close_region)
        atlas.closed.connect(self.close_map)
        for one in (viewer, comparison):
            one.photo_changed.connect(lambda photo: results.gallery.set_current_photo(photo.id))
        results.model.shown.connect(self._on_shown)

    def show_query(self, query: Query | None) -> None:
        """Another query, or none, is on screen."""
        if query is None:
            self._results.clear()
        self.setCurrentWidget(self._welcome if query is None else self._results)

    def show_library(self) -> None:
        """Photos of the library are on screen, which answer no query."""
        self.setCurrentWidget(self._results)

    def refresh(self, result: SearchResult) -> None:
        """A newer answer to the same query: whoever looks at a photo goes on looking at it."""
        self._results.show_result(result, keep=True)

    @property
    def shows_photos(self) -> bool:
        """Whether there is something to be told about: the gallery or one photo."""
        return self.currentWidget() in (self._results, self._viewer)

    def step_back(self) -> bool:
        """What Escape does to what lies over the gallery; returns whether it did anything."""
        ways: dict[QWidget | None, Callable[[], None]] = {
            self._picker: self.close_region,
            self._comparison: self.close_comparison,
            self._viewer: self.close_viewer,
            **self._visited,
        }
        way = ways.get(self.currentWidget())
        if way is not None:
            way()
        return way is not None

    @property
    def mapping(self) -> bool:
        """Whether the map fills the stage."""
        return self.currentWidget() is self._atlas

    def show_map(self) -> None:
        """Give the stage to the map."""
        self.visit(self._atlas, self._atlas.step_back)

    def close_map(self) -> None:
        """Return to where it was begun."""
        self.leave(self._atlas)

    def visit(self, page: QWidget, step_back: Callable[[], None]) -> None:
        """Give the stage to a page beside the photos; one that was made late joins the stage now.

        Args:
            step_back: what Escape does there: one step within the page, or out of it.
        """
        if self.indexOf(page) < 0:
            self.addWidget(page)
        self._visited[page] = step_back
        if self.currentWidget() not in self._visited:
            self._before_visit = self._welcome if self.currentWidget() is self._welcome else self._results
        self.setCurrentWidget(page)

    def leave(self, page: QWidget) -> None:
        """Return to where the first such page was begun."""
        if self.currentWidget() is page:
            self.setCurrentWidget(self._before_visit)
            if self._before_visit is self._results:
                self._results.gallery.setFocus()

    def view_from_map(self, listing: Listing, photo_id: str) -> None:
        """Show a photo of the map as large as the stage; closing it returns to the map."""
        self._viewer.show_listing(listing, photo_id)
        if self._viewer.photo is not None:
            self._viewed_from_map = True
            self.setCurrentWidget(self._viewer)
            self._viewer.setFocus()

    @property
    def viewing(self) -> bool:
        """Whether one photo fills the stage."""
        return self.currentWidget() is self._viewer

    @property
    def comparing(self) -> bool:
        """Whether two pictures fill the stage."""
        return self.currentWidget() is self._comparison

    def compare(self, photos: Sequence[Photo], *, why: bool = False) -> bool:
        """Compare two photos, or one with the query; False if there is nothing to compare with.

        Args:
            why: begin with what makes the two alike.
        """
        listing, result = self._results.model.listing, self._results.result
        if len(photos) > 1:
            row = listing.row_of(photos[0].id)
            match = listing.match(row) if row >= 0 else None
            sides, other = [Side.of_photo(photos[0], match, listing.noise_score)], photos[1]
        elif result is not None and photos:
            sides, other = Side.of_query(result), photos[0]
        else:
            return False
        self._compared_in_viewer = self.viewing
        self.setCurrentWidget(self._comparison)
        self._comparison.compare(sides, listing, other.id, why=why)
        self._comparison.setFocus()
        return True

    def close_comparison(self) -> None:
        """Return to where it was begun."""
        if not self.comparing:
            return
        photo = self._comparison.photo
        self.setCurrentWidget(self._results)
        self._results.gallery.setFocus()
        if self._compared_in_viewer and photo is not None:
            self.open_viewer(photo)

    @property
    def choosing_region(self) -> bool:
        """Whether a region of a picture is being chosen."""
        return self.currentWidget() is self._picker

    def choose_region(self) -> None:
        """Give the stage to the region picker."""
        if not self.choosing_region:
            page = self._welcome if self.currentWidget() is self._welcome else self._results
            photo = self._viewer.photo if self.viewing else None
            self._before_choosing = (page, photo, self.window().focusWidget())
        self.setCurrentWidget(self._picker)
        self._picker.setFocus()

    def close_region(self) -> None:
        """Return to where it was begun, and the focus with it."""
        if not self.choosing_region:
            return
        page, photo, focused = self._before_choosing
        self.setCurrentWidget(page)
        if photo is not None:
            self.open_viewer(photo)
        elif focused is not None and isValid(focused) and focused.isVisible():
            focused.setFocus()
        elif page is self._results:
            self._results.gallery.setFocus()

    def open_viewer(self, photo: Photo) -> None:
        """Show one photo of the gallery as large as the stage."""
        self._viewed_from_map = False
        self._viewer.show_listing(self._results.model.listing, photo.id)
        if self._viewer.photo is not None:
            self.setCurrentWidget(self._viewer)
            self._viewer.setFocus()

    def close_viewer(self) -> None:
        """Return to the results, or to the map."""
        if self.viewing and self._viewed_from_map:
            self.setCurrentWidget(self._atlas)
        elif self.viewing:
            self.setCurrentWidget(self._results)
            self._results.gallery.setFocus()

    def _on_shown(self) -> None:
        """The gallery has another order, or other photos."""
        if self.viewing and not self._viewed_from_map:
            self._viewer.follow_listing(self._results.model.listing)
        elif self.comparing:
            self._comparison.follow_listing(self._results.model.listing)
