"""Everything the window shows of an open library, put together and connected."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from engine.records import HistoryEntry, Photo, Query, QueryPicture, SearchResult
from engine.settings import Settings
from gui.arranging import Arranging
from gui.browsing import Browsing, View
from gui.changing import Changes
from gui.cutting import Cutting
from gui.decided import Decided
from gui.deduplicating import Deduplicating
from gui.dialogs.models import ModelsDialog
from gui.dialogs.training import TrainingDialog
from gui.dialogs.welcome import WelcomePage
from gui.exploring import Exploring
from gui.filters.counting import Counting
from gui.gallery.place import place_in, return_to
from gui.gallery.thumbnails import ThumbnailLoader
from gui.having.checking import Checking
from gui.indexing import Indexing
from gui.mapping import Mapping
from gui.messages import Messages
from gui.models import Models
from gui.overview import LibraryWatch, Overview
from gui.panels.activity import ActivityBar
from gui.panels.attention import Attention
from gui.panels.collections import CollectionsPanel
from gui.panels.details import WIDTH as DETAILS_WIDTH
from gui.panels.details import DetailsPanel
from gui.panels.filters import WIDTH as FILTERS_WIDTH
from gui.panels.filters import FiltersPanel
from gui.panels.folders import FoldersPanel
from gui.panels.history import HistoryPanel
from gui.panels.library import LibraryPanel
from gui.panels.query import QueryBar
from gui.panels.results import ResultsPanel
from gui.panels.sidebar import WIDTH, Sidebar
from gui.panels.stage import Stage
from gui.photo_actions import Doers, PhotoActions
from gui.pictures import PictureReader, QueryPictures
from gui.query_thumbnails import QueryThumbnails
from gui.relocating import Relocating
from gui.remembering import Remembering
from gui.searching import LESS_WEIGHT, MORE_WEIGHT, Searching
from gui.skipped import SkippedFiles
from gui.tasks import Lane, TaskRunner
from gui.training import Training
from gui.translation import tr
from gui.upkeep import Upkeep
from gui.viewers.atlas import AtlasPage
from gui.viewers.compare import CompareViewer
from gui.viewers.photo import PhotoViewer
from gui.viewers.region import RegionPicker
from gui.watching import Watching
from gui.window_state import WindowState

if TYPE_CHECKING:
    from engine.library import Library


class Workspace(QWidget):
    """Builds the panels around one open library and wires them; each rule lives in the part that is wired.

    Of use once `build` has come to its end.

    Signals:
        open_wanted, paste_wanted, add_folder_wanted: what needs a dialog or the clipboard.
    """

    open_wanted = Signal(bool)
    paste_wanted = Signal()
    add_folder_wanted = Signal()

    def __init__(
        self,
        library: "Library",
        tasks: TaskRunner,
        state: WindowState,
        messages: Messages,
        menu: QMenu,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._state = state
        self._messages = messages
        self._menu = menu
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.searching = Searching(library, tasks, self)
        self.browsing = Browsing(library, tasks, self)
        self.counting = Counting(library, tasks, self)
        self.indexing = Indexing(library, tasks, self)
        self.watch = LibraryWatch(library, tasks, self)
        self.watching = Watching(library, tasks, self.indexing, self.watch, self)
        self.upkeep = Upkeep(library, tasks, self.watch, self)
        self.loader = ThumbnailLoader(library.thumbnail, self)
        self.query_pictures = QueryPictures(library, tasks, self)
        self.reader = PictureReader(library, tasks, self)
        self.query_thumbnails = QueryThumbnails(library, tasks, self)

    def build(self) -> Iterator[None]:
        """Make and connect the panels; before each next step the window may see to other things.

        Panels get their parent at once: one that moves into another takes on its style anew, with all in it.
        """
        self._build_edges()
        yield
        self._build_photos()
        yield
        self._build_sides()
        yield
        self._build_stage()
        yield
        self._lay_out()
        self._connect_query()
        self._connect_results()
        self._connect_history()
        self._connect_collections()
        self._connect_library()
        self.deduplicating.add_folder_wanted.connect(self.add_folder_wanted)
        self.exploring = Exploring(
            self.searching, self.browsing, self.counting, self.filters, self.library_panel, self.results, self.stage
        )
        self._connect_exploring()
        yield

    def start(self) -> None:
        """Look at the library for the first time."""
        self.watch.looked.connect(self._on_first_look, Qt.ConnectionType.SingleShotConnection)
        self.watch.start()
        self._warm_up()

    def stop(self) -> None:
        """Ask for nothing more: the library is about to be closed."""
        self.watching.stop()
        self.indexing.cancel()
        self.watch.stop()
        for part in (self.models.stop, self.mapping.stop, self.deduplicating.stop):
            part()
        for part in (self.checking.stop, self.training.stop, self.browsing.stop, self.counting.stop, self.decided.stop):
            part()
        self.reader.shutdown()
        self.loader.shutdown()

    def obey(self, settings: Settings) -> None:
        """Let the parts know what concerns them."""
        self.watching.obey(settings)
        self.folders.show_watching(settings.watch)

    @property
    def has_query(self) -> bool:
        """Whether pictures could be added to a query."""
        return self.searching.query is not None

    def take_pictures(self, pictures: list[QueryPicture], add: bool) -> None:
        """Search with these, or add them to what is being searched with."""
        if add:
            self.searching.add(pictures)
        else:
            self.searching.ask_for(pictures)

    def add_folders(self, folders: list[Path]) -> None:
        """Index these folders, now or next."""
        if self.indexing.running:
            self._messages.tell(tr("“{name}” is indexed next.", name=folders[0].name))
        self.indexing.add(folders)

    def step_back(self) -> None:
        """What Escape does: close the viewer, else the messages, the filters, the query, and the browsed library."""
        if self.stage.step_back() or self._messages.clear():
            return
        if self.filters.isVisible() and self.filters.isAncestorOf(self.focusWidget() or self):
            self.filters.hide()
            self.results.gallery.setFocus()
        elif not self.exploring.close_place():
            self.searching.clear()

    def browse(self) -> None:
        """Look through all photos."""
        self.exploring.view(View.ALL)

    def export_results(self) -> None:
        """Export every photo that the gallery shows."""
        self.doers.exporting.export_shown(self.results, self.browsing.place)

    def _gather_meant(self, done: Callable[[list[Photo]], None]) -> None:
        """The photos that a key acts on: the one that is viewed, else the selected ones."""
        if self.stage.comparing and self.comparison.photo is not None:
            done([self.comparison.photo])
        elif not self.stage.viewing:
            self.results.gallery.gather_selected(done)
        elif self.viewer.photo is not None:
            done([self.viewer.photo])

    def _warm_up(self) -> None:
        """Load now what the first search, and the first look through the library, need not wait for then."""
        self._tasks.submit(lambda job: self._library.warm_up(), lane=Lane.ANSWERING, owner=self)
        self._tasks.submit(self._library.browsing.warm_up, lane=Lane.COUNTING, owner=self)
        self._tasks.submit(lambda job: self._library.warm_up_viewer(), lane=Lane.COUNTING, owner=self)

    def _build_edges(self) -> None:
        self.query_bar = QueryBar(self.query_thumbnails, self._menu, self)
        self.activity = ActivityBar(self)
        self.history = HistoryPanel(self.query_pictures)
        self.folders = FoldersPanel()
        self.welcome = WelcomePage(self.query_pictures)

    def _build_photos(self) -> None:
        reader, loader = self.reader, self.loader
        self.results = ResultsPanel(loader, self._state)
        self.arranging = Arranging(self._library, self._tasks, self.results)
        self.viewer = PhotoViewer(reader, loader.image, self)
        self.changes = changes = Changes(self._library, self._tasks, self.watch, self._messages, self)
        self.skipped = SkippedFiles(changes, self)
        self.relocating = Relocating(changes, self)
        self.models = Models(changes, self.indexing, self, ModelsDialog)
        self.training = Training(changes, self.models, self.reader, self, TrainingDialog)
        self.remembering = Remembering(changes)
        self.doers = Doers.of(changes, self._state, lambda: self.results.result, self)
        self.photo_actions = PhotoActions(reader, self.doers, self)
        self.photo_actions.listen(self.results.gallery, self._gather_meant)
        self.comparison = CompareViewer(reader, loader.image, self)
        for large in (self.viewer, self.comparison):
            large.adopt(self.results.gallery.actions())
        self.details = DetailsPanel(reader, loader.image, self._state, self.splitter)
        self.decided = Decided(changes, self.doers, self.details)
        self.details.add_actions(self.decided.section, self.photo_actions.bar(self._gather_meant))
        self.attention = Attention(self.results.gallery, self.results.model, self.viewer, self.details)

    def _build_sides(self) -> None:
        self.collections = CollectionsPanel()
        self.filters = FiltersPanel(self.splitter)
        self.library_panel = LibraryPanel()
        self.sidebar = Sidebar(self.history, self.collections, self.folders, self._state, self.splitter)

    def _build_stage(self) -> None:
        self.picker = RegionPicker(self.reader)
        self.atlas = AtlasPage(self.loader.image)
        pages = (self.welcome, self.results, self.viewer, self.comparison, self.picker, self.atlas)
        self.stage = Stage(*pages, self.splitter)
        parts = (self.stage, self.library_panel, self.watch, self.loader, self.searching, self.doers, self.training)
        self.mapping = Mapping(self._library, self._tasks, self.atlas, *parts)
        beside = (self.stage, self.loader, self.reader, self.searching, self.indexing)
        self.checking = Checking(self._library, self._tasks, self._messages, *beside)
        remaining = (self.changes, self.doers, self.photo_actions)
        self.deduplicating = Deduplicating(self._state, self.reader, *parts[:4], *remaining)
        self.cutting = Cutting(self.searching, self.stage, self.picker, self.query_thumbnails, self.loader.image)

    def _lay_out(self) -> None:
        self.sidebar.insertWidget(0, self.library_panel)
        self.splitter.addWidget(self.sidebar)
        self.splitter.addWidget(self.filters)
        self.filters.hide()
        self.splitter.addWidget(self.stage)
        self.splitter.addWidget(self.details)
        self.splitter.setStretchFactor(2, 1)
        self.splitter.setSizes([WIDTH, FILTERS_WIDTH, 1000, DETAILS_WIDTH])
        self.splitter.setChildrenCollapsible(False)
        self.sidebar.setVisible(self._state.sidebar_shown)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.query_bar)
        column.addWidget(self.splitter, 1)
        column.addWidget(self.activity)

    def _connect_query(self) -> None:
        bar, searching = self.query_bar, self.searching
        bar.back_wanted.connect(searching.back)
        bar.forward_wanted.connect(searching.forward)
        bar.add_wanted.connect(lambda: self.open_wanted.emit(True))
        bar.undo_wanted.connect(searching.undo)
        bar.redo_wanted.connect(searching.redo)
        bar.removed.connect(searching.remove)
        bar.opened.connect(self.cutting.change)
        bar.replaced.connect(searching.replace)
        bar.weighed.connect(lambda at, picture, going_on: searching.replace(at, picture, amend=going_on))
        bar.moved.connect(searching.move)
        bar.filters_changed.connect(lambda filters: self.exploring.filter(filters))
        bar.chosen.connect(lambda picture: searching.ask_for([picture]))
        bar.mode_chosen.connect(searching.set_mode)
        searching.query_changed.connect(self._on_query)
        searching.trail_changed.connect(self._on_trail)
        searching.awaiting_changed.connect(self.results.show_awaiting)
        searching.answered.connect(self._on_answered)
        searching.where = lambda: place_in(self.results.gallery)
        searching.returned.connect(lambda place: return_to(self.results.gallery, place))
        searching.refreshed.connect(self.stage.refresh)
        searching.failed.connect(lambda error: self._messages.error(error, until=searching.asked))

    def _connect_results(self) -> None:
        gallery, actions = self.results.gallery, self.photo_actions
        self.results.more_wanted.connect(self.searching.look_further)
        gallery.opened.connect(self.stage.open_viewer)
        gallery.preview_wanted.connect(self.stage.open_viewer)
        gallery.lookalikes_wanted.connect(self._find_lookalikes)
        gallery.more_like_wanted.connect(lambda photo: self._add([photo], MORE_WEIGHT))
        gallery.less_like_wanted.connect(lambda photo: self._add([photo], LESS_WEIGHT))
        gallery.context_menu_wanted.connect(actions.show_menu)
        actions.open_wanted.connect(self.stage.open_viewer)
        actions.lookalikes_wanted.connect(self._find_lookalikes)
        actions.more_wanted.connect(lambda photos: self._add(photos, MORE_WEIGHT))
        actions.less_wanted.connect(lambda photos: self._add(photos, LESS_WEIGHT))
        actions.compare_wanted.connect(self._compare)
        actions.why_wanted.connect(lambda photos: self._compare(photos, why=True))
        self.viewer.compare_wanted.connect(lambda photo: self._compare([photo]))
        actions.done.connect(self._messages.tell)
        actions.failed.connect(self._messages.error)
        self.details.reveal_wanted.connect(lambda photo: actions.reveal([photo]))
        self.details.copied.connect(self._messages.tell)
        self.stage.currentChanged.connect(lambda _: self.details.set_useful(self.stage.shows_photos))
        self.viewer.lookalikes_wanted.connect(self._find_lookalikes)
        for asker in (actions, self.viewer):
            asker.region_wanted.connect(self.cutting.begin)
        self.viewer.context_menu_wanted.connect(lambda photo, position: actions.show_menu([photo], position))

    def _connect_collections(self) -> None:
        panel, collecting = self.collections, self.doers.collecting
        panel.add_wanted.connect(collecting.ask_for_new)
        panel.rename_wanted.connect(collecting.ask_to_rename)
        panel.delete_wanted.connect(collecting.delete)
        panel.export_wanted.connect(self.doers.exporting.export_collection)
        panel.photos_dropped.connect(collecting.drop)
        self.watch.looked.connect(collecting.show_overview)
        self.watch.looked.connect(lambda overview: panel.show_collections(overview.collections))

    def _connect_history(self) -> None:
        for panel in (self.history, self.welcome):
            panel.run_wanted.connect(self._ask_again)
        self.history.rename_wanted.connect(self.remembering.rename)
        self.history.pin_wanted.connect(self.remembering.pin)
        self.history.delete_wanted.connect(self.remembering.delete)
        self.history.clear_wanted.connect(self.remembering.clear)
        self.welcome.open_wanted.connect(lambda: self.open_wanted.emit(False))
        self.welcome.paste_wanted.connect(self.paste_wanted)
        self.welcome.add_folder_wanted.connect(self.add_folder_wanted)

    def _connect_library(self) -> None:
        indexing, activity, folders = self.indexing, self.activity, self.folders
        indexing.started.connect(activity.show_started)
        indexing.progressed.connect(activity.show_progress)
        indexing.progressed.connect(folders.show_progress)
        indexing.ended.connect(lambda: folders.show_progress(None))
        indexing.paused_changed.connect(activity.show_paused)
        indexing.finished.connect(activity.show_finished)
        indexing.finished.connect(lambda report: self.remembering.tell_news(report.news, self._ask_again))
        indexing.stopped.connect(lambda: activity.show_idle(tr("Indexing was cancelled; what was done is kept.")))
        indexing.busy_elsewhere.connect(lambda error: activity.show_idle(str(error)))
        indexing.failed.connect(lambda error: activity.show_idle(tr("Indexing stopped.")))
        indexing.failed.connect(self._messages.error)
        indexing.closed_found.connect(self._messages.error)
        for ended in (indexing.started, indexing.finished, indexing.stopped):
            ended.connect(self.watch.look)
        activity.pause_wanted.connect(indexing.pause_or_resume)
        activity.cancel_wanted.connect(indexing.cancel)
        activity.go_on_wanted.connect(indexing.go_on)
        indexing.unfinished.connect(activity.show_unfinished)
        self.training.progressed.connect(activity.show_training)
        self.training.running_changed.connect(activity.show_training_running)
        activity.training_wanted.connect(self.training.show)
        self.models.train_wanted.connect(self.training.show)
        self.watch.looked.connect(self.training.show_overview)
        activity.details_wanted.connect(self.skipped.show)
        self.skipped.update_wanted.connect(indexing.update_next)
        self.watch.looked.connect(lambda _: self.skipped.follow())
        self.watching.problem_changed.connect(folders.show_problem)
        folders.add_wanted.connect(self.add_folder_wanted)
        folders.update_wanted.connect(indexing.update)
        folders.update_one_wanted.connect(lambda root: indexing.add([root.path]))
        folders.exclude_wanted.connect(self.upkeep.ask_what_to_leave_out)
        self.upkeep.update_wanted.connect(indexing.update)
        folders.remove_wanted.connect(self.upkeep.ask_to_remove)
        folders.locate_wanted.connect(self.relocating.ask)
        folders.open_wanted.connect(lambda root: self.doers.opening.open_default([root.path]))
        self.relocating.update_wanted.connect(lambda root: indexing.add([root.path]))
        self.watch.looked.connect(self._on_look)
        self.watch.photos_changed.connect(self.searching.refresh)
        self.models.trial.changed.connect(self.searching.refresh)
        self.watch.photos_changed.connect(self.decided.read)

    def _connect_exploring(self) -> None:
        self.browsing.failed.connect(self._messages.error)
        self.collections.open_wanted.connect(self.exploring.look_at_collection)
        self.collections.filter_wanted.connect(self.exploring.filter_by_collection)
        for changed in (self.browsing.place_changed, self.searching.query_changed):
            changed.connect(lambda _: self.collections.mark(self.exploring.opened_collection))
        self.doers.collecting.opened = lambda: self.exploring.opened_collection
        self.doers.collecting.deleted.connect(self.exploring.forget_collection)
        self.welcome.browse_wanted.connect(self.browse)
        self.watch.photos_changed.connect(self.exploring.refresh)

    def _on_trail(self) -> None:
        trail = self.searching.trail
        self.query_bar.set_trail(
            back=trail.can_go_back,
            forward=trail.can_go_forward,
            undo=trail.can_undo,
            redo=trail.can_redo,
        )

    def _on_first_look(self, overview: Overview) -> None:
        """Photos may have come and gone while the program was closed."""
        if overview.roots and not self._library.read_only:
            self.indexing.update()

    def _on_look(self, overview: Overview) -> None:
        self.activity.show_overview(overview)
        self.models.show_overview(overview)
        self.history.show_entries(overview.history)
        self.query_bar.chips.name_collections({one.id: one.name for one in overview.collections})
        self.folders.show_roots(overview.roots)
        self.welcome.show_overview(overview)
        result = self.searching.result
        self.history.mark(result.entry_id if result else None)

    def _on_query(self, query: Query | None) -> None:
        self.query_bar.show_query(query)
        self.stage.show_query(query)
        if query is None:
            self.history.mark(None)

    def _on_answered(self, result: SearchResult) -> None:
        self.query_bar.show_result(result)
        if result.entry_id is not None:
            self.query_pictures.forget(result.entry_id)
        self.results.show_result(result)
        self.history.mark(result.entry_id)
        self.watch.look()

    def _find_lookalikes(self, photo: Photo) -> None:
        self.searching.ask_for([QueryPicture(path=photo.path)])

    def _ask_again(self, entry: HistoryEntry) -> None:
        self.searching.rerun(entry.query, entry.id)

    def _compare(self, photos: list[Photo], *, why: bool = False) -> None:
        if not self.stage.compare(photos, why=why):
            self._messages.tell(tr("Select two photos to compare them."))

    def _add(self, photos: list[Photo], weight: float) -> None:
        self.searching.add(QueryPicture(path=photo.path, weight=weight) for photo in photos)
