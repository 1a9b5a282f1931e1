"""The question on screen: asks it, changes it, steps through earlier ones, keeps its answer fresh."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.errors import BadRequestError, EngineError
from engine.filters import Filters
from engine.jobs import Job
from engine.records import Mode, Query, QueryPicture, SearchResult
from gui import query_edits
from gui.tasks import Lane, Task, TaskRunner
from gui.trail import Step, Trail
from gui.translation import counted

if TYPE_CHECKING:
    from engine.library import Library

MORE_WEIGHT = 1.0
FURTHER = 4
"""Looking on, so many times as many matches are asked for."""
MOST_MATCHES = 10_000
LESS_WEIGHT = -1.0  # Rocchio's formula itself makes what is unwanted count less than what is wanted


class Searching(QObject):
    """Owns the current query. Every change asks again at once; only the newest question is answered.

    Attributes:
        where: tells what is selected and how far is scrolled, before another query comes on screen.

    Signals:
        query_changed: another query, or None, is on screen.
        browsed_changed: nothing is asked now; the part of the library to look at, or None for the first page.
        asked: a question is on its way that has no answer yet.
        awaiting_changed: whether a first answer is awaited.
        answered: the answer to a query that was just put on screen.
        returned: after the answer to a query that was on screen before, what `where` told then.
        refreshed: a newer answer to the query that is on screen.
        failed: the query, or some of its pictures, could not be used, and why.
        trail_changed: what undo, redo, back and forward can do may have changed.
    """

    query_changed = Signal(object)
    browsed_changed = Signal(object)
    asked = Signal()
    awaiting_changed = Signal(bool)
    answered = Signal(object)
    returned = Signal(object)
    refreshed = Signal(object)
    failed = Signal(Exception)
    trail_changed = Signal()

    def __init__(self, library: "Library", tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._asking: Task | None = None
        self._refreshing: Task | None = None
        self._replaced = (-1, -1)
        self._asked = False
        self.trail = Trail()
        self.where: Callable[[], object] = lambda: None

    @property
    def query(self) -> Query | None:
        """The query on screen."""
        return self.trail.current.query

    @property
    def result(self) -> SearchResult | None:
        """The answer on screen."""
        return self.trail.current.result

    def ask(self, query: Query) -> None:
        """Put a new question on screen and search."""
        self._leave()
        self.trail.ask(query)
        self._show()

    def ask_for(self, pictures: Iterable[QueryPicture]) -> None:
        """A new question of these pictures, in the mode and with the filters that are set."""
        old = self.query
        mode, filters = (old.mode, old.filters) if old else (Mode.SIMILAR, Filters())
        self.ask(Query(tuple(pictures), mode, filters))

    def rerun(self, query: Query, entry_id: str) -> None:
        """Ask a remembered query again; matches that are new since are marked."""
        self._leave()
        self.trail.ask(query, rerun=entry_id)
        self._show()

    def add(self, pictures: Iterable[QueryPicture]) -> None:
        """Ask with more pictures, or less like them; without a query this starts one."""
        added = tuple(pictures)
        if self.query is None:
            self.ask_for(added)
        else:
            self._change(lambda query: query_edits.with_more(query, added))

    def replace(self, position: int, picture: QueryPicture, *, amend: bool = False) -> None:
        """Ask with another weight or region of one picture.

        Args:
            amend: it is the same change still going on, such as a slider that is being dragged. Counts only if that
                change is what is on screen.
        """
        amend = amend and self._replaced == (position, self.trail.current.seen)
        self._change(lambda query: query_edits.with_picture(query, position, picture), amend=amend)
        self._replaced = (position, self.trail.current.seen)

    def move(self, position: int, to: int) -> None:
        """Put one of the pictures at another place."""
        self._change(lambda query: query_edits.moved(query, position, to))

    def remove(self, position: int) -> None:
        """Ask without one of the pictures; without the last picture to look like, clear."""
        if self.query is None:
            return
        left = query_edits.without(self.query, position)
        if left is None:
            self.clear()
        else:
            self._change(lambda query: left)

    def set_mode(self, mode: Mode) -> None:
        """Ask for what is similar, or for copies."""
        self._change(lambda query: replace(query, mode=mode))

    def set_filters(self, filters: Filters) -> None:
        """Ask for photos that are this as well."""
        if self.query is not None and self.query.filters != filters:
            self.ask(replace(self.query, filters=filters))

    def expect_filters(self, expected: bool) -> None:
        """Somebody may be about to set filters: get ready for them."""
        if expected:
            self._tasks.submit(lambda job: self._library.prepare_filters(), lane=Lane.ANSWERING, owner=self)

    def look_at(self, browsed: object) -> None:
        """Ask nothing, and look at a part of the library, or with None at the first page."""
        self._leave()
        self.trail.look_at(browsed)
        self._show()

    def clear(self) -> None:
        """Take the query off the screen; undo and back bring it again."""
        self._leave()
        self.trail.clear()
        self._show()

    def undo(self) -> None:
        """The query before the last change, with its answer."""
        self._step(self.trail.can_undo, self.trail.undo)

    def redo(self) -> None:
        """The change that was undone, again."""
        self._step(self.trail.can_redo, self.trail.redo)

    def back(self) -> None:
        """The question or place before this one, as it was left."""
        self._step(self.trail.can_go_back, self.trail.back)

    def forward(self) -> None:
        """The question or place after this one, as it was left."""
        self._step(self.trail.can_go_forward, self.trail.forward)

    def refresh(self) -> None:
        """Bring the answer up to date with the library; skipped while that is under way."""
        if self.result is not None:
            self._renew(self.result, self.result.query.k)

    def look_further(self) -> None:
        """More matches of the same question, if there may be more; it is no step to undo, and no other question."""
        result = self.result
        if result is not None and result.cut_off and result.query.k < MOST_MATCHES:
            self._renew(result, min(FURTHER * result.query.k, MOST_MATCHES))

    def _renew(self, result: SearchResult, k: int) -> None:
        if self._refreshing is not None or self._asking is not None:
            return
        wanted = replace(result, query=replace(result.query, k=k))
        self._refreshing = self._tasks.submit(
            lambda job: self._library.refresh(wanted, job),
            lane=Lane.ANSWERING,
            owner=self,
            on_success=lambda fresh: self._on_refreshed(result, fresh),
            on_failure=self._on_refresh_failed,
        )

    def _change(self, edit: Callable[[Query], Query], *, amend: bool = False) -> None:
        old = self.query
        if old is None:
            return
        try:
            new = edit(old)
        except BadRequestError as error:  # such as "less like" the only picture there is
            self.failed.emit(error)
            return
        if new != old:
            self._leave()
            self.trail.change(new, amend=amend)
            self._show()

    def _step(self, possible: bool, go: Callable[[], Step]) -> None:
        if possible:
            self._leave()
            go()
            self._show()

    def _leave(self) -> None:
        """An answer that comes in spite of the cancel belongs to a query that is no longer on screen."""
        if self.result is not None or self.trail.current.browsed is not None:
            self.trail.leave(self.where())
        for task in (self._asking, self._refreshing):
            if task is not None:
                task.cancel()
                task.on_success = lambda result: None
                task.on_failure = lambda error: None
        self._asking = self._refreshing = None
        self.awaiting_changed.emit(False)

    def _show(self) -> None:
        """Put the current step on screen: with the answer it has, or asking for one."""
        step = self.trail.current
        self._announce()
        if step.query is None:
            return
        if step.result is None:
            self._ask(step, step.query)
        else:
            self._show_answer(step.result, step.place)
            self.refresh()

    def _announce(self) -> None:
        if self.query is not None or self._asked:
            self.query_changed.emit(self.query)
        self._asked = self.query is not None
        if not self._asked:
            self.browsed_changed.emit(self.trail.current.browsed)
        self.trail_changed.emit()

    def _show_answer(self, result: SearchResult, place: object) -> None:
        self.answered.emit(result)
        if place is not None:
            self.returned.emit(place)

    def _ask(self, step: Step, query: Query) -> None:
        library = self._library

        def call(job: Job) -> SearchResult:
            if step.answered:  # its answer was forgotten to save memory, the history has it
                return replace(library.search(query, job=job, remember=False), entry_id=step.entry_id)
            if step.rerun is not None:
                return library.rerun(step.rerun, job=job)
            first = library.search(query, job=job, instead_of=step.entry_id, leave_out=True, at_once=True)
            # What has no match at once may have one later: nobody is told of none before.
            return first if first.complete or first.matches else library.refresh(first, job)

        self.asked.emit()
        self.awaiting_changed.emit(True)
        self._asking = self._tasks.submit(
            call, lane=Lane.ANSWERING, owner=self, on_success=self._on_answered, on_failure=self._on_failed
        )

    def _on_answered(self, result: SearchResult) -> None:
        self._asking = None
        if result.left_out:
            self.failed.emit(_about(result.left_out))
        if result.unremembered is not None:
            self.failed.emit(result.unremembered)
        if result.left_out and self.trail.is_unchanged(result.query):
            self.awaiting_changed.emit(False)
            self.trail.drop()
            self._show()
            return
        place = self.trail.current.place
        self.trail.answer(result)
        self.awaiting_changed.emit(False)
        self._show_answer(result, place)
        if not result.complete:
            self.refresh()

    def _on_failed(self, error: Exception) -> None:
        """The query that cannot be answered leaves the trail; the one before it comes back."""
        self._asking = None
        self.awaiting_changed.emit(False)
        self.trail.drop()
        self._show()
        self.failed.emit(error)

    def _on_refreshed(self, old: SearchResult, fresh: SearchResult) -> None:
        self._refreshing = None
        if self.result is old:
            self.trail.answer(fresh)
            self.refreshed.emit(fresh)

    def _on_refresh_failed(self, error: Exception) -> None:
        self._refreshing = None
        self.failed.emit(error)


def _about(left_out: Sequence[EngineError]) -> EngineError:
    """Why some of the pictures are not searched with."""
    if len(left_out) == 1:
        return left_out[0]
    said = counted("{n} picture was left out.", "{n} pictures were left out.", len(left_out))
    return EngineError(said, left_out[0].message)
