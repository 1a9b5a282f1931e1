"""The question on screen: asks it, changes it, steps through earlier ones, keeps its answer fresh."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.errors import BadRequestError
from engine.filters import Filters
from engine.jobs import Job
from engine.records import Mode, Query, QueryPicture, SearchResult
from gui.tasks import Lane, Task, TaskRunner
from gui.trail import Step, Trail

if TYPE_CHECKING:
    from engine.library import Library

MORE_WEIGHT = 1.0
LESS_WEIGHT = -0.5  # as in Rocchio's formula, what is unwanted weighs less than what is wanted


class Searching(QObject):
    """Owns the current query. Every change asks again at once; only the newest question is answered.

    Signals:
        query_changed: another query, or None, is on screen.
        awaiting_changed: whether a first answer is awaited.
        answered: the answer to a query that was just put on screen.
        refreshed: a newer answer to the query that is on screen.
        failed: the query could not be answered, and why.
        trail_changed: what back and forward can do may have changed.
    """

    query_changed = Signal(object)
    awaiting_changed = Signal(bool)
    answered = Signal(object)
    refreshed = Signal(object)
    failed = Signal(Exception)
    trail_changed = Signal()

    def __init__(self, library: "Library", tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._asking: Task | None = None
        self._refreshing: Task | None = None
        self.trail = Trail()

    @property
    def query(self) -> Query | None:
        """The query on screen."""
        return self.trail.current.query if self.trail.current else None

    @property
    def result(self) -> SearchResult | None:
        """The answer on screen."""
        return self.trail.current.result if self.trail.current else None

    def ask(self, query: Query) -> None:
        """Put a query on screen and search."""
        self._push(query)
        self._run(lambda job: self._library.search(query, job=job))

    def ask_for(self, pictures: Iterable[QueryPicture]) -> None:
        """A new query of these pictures, in the mode that is set."""
        self.ask(Query(tuple(pictures), mode=self.query.mode if self.query else Mode.SIMILAR))

    def rerun(self, query: Query, entry_id: str) -> None:
        """Ask a remembered query again; matches that are new since are marked."""
        self._push(query)
        self._run(lambda job: self._library.rerun(entry_id, job=job))

    def add(self, pictures: Iterable[QueryPicture]) -> None:
        """Ask with more pictures, or less like them; without a query this starts one."""
        old = self.query
        new = tuple(pictures)
        if old is None:
            self.ask_for(new)
            return
        kept = tuple(picture for picture in old.pictures if all(not same_picture(picture, added) for added in new))
        try:
            query = replace(old, pictures=kept + new)
        except BadRequestError as error:  # such as "less like" the only picture there is
            self.failed.emit(error)
        else:
            self.ask(query)

    def remove(self, position: int) -> None:
        """Ask without one of the pictures; without the last picture to look like, clear."""
        old = self.query
        if old is None:
            return
        left = old.pictures[:position] + old.pictures[position + 1 :]
        if any(picture.weight > 0 for picture in left):
            self.ask(replace(old, pictures=left))
        else:
            self.clear()

    def set_mode(self, mode: Mode) -> None:
        """Ask for what is similar, or for copies."""
        if self.query is not None and self.query.mode is not mode:
            self.ask(replace(self.query, mode=mode))

    def set_filters(self, filters: Filters) -> None:
        """Ask for photos that are this as well."""
        if self.query is not None and self.query.filters != filters:
            self.ask(replace(self.query, filters=filters))

    def clear(self) -> None:
        """Take the query off the screen; back brings it again."""
        self._stop_asking()
        self.trail.clear()
        self._announce()

    def back(self) -> None:
        """The query before this one, with its answer."""
        if self.trail.can_go_back:
            self._show(self.trail.back())

    def forward(self) -> None:
        """The query after this one, with its answer."""
        if self.trail.can_go_forward:
            self._show(self.trail.forward())

    def refresh(self) -> None:
        """Bring the answer up to date with the library; skipped while that is under way."""
        result = self.result
        if result is None or self._refreshing is not None or self._asking is not None:
            return
        self._refreshing = self._tasks.submit(
            lambda job: self._library.refresh(result),
            lane=Lane.ANSWERING,
            owner=self,
            on_success=lambda fresh: self._on_refreshed(result, fresh),
            on_failure=self._on_refresh_failed,
        )

    def _show(self, step: Step) -> None:
        self._stop_asking()
        self._announce()
        if step.result is None:
            self._run(lambda job: self._library.search(step.query, job=job))
            return
        self.answered.emit(step.result)
        self.refresh()

    def _push(self, query: Query) -> None:
        self._stop_asking()
        self.trail.push(query)
        self._announce()

    def _announce(self) -> None:
        self.query_changed.emit(self.query)
        self.trail_changed.emit()

    def _run(self, call: Callable[[Job], SearchResult]) -> None:
        self.awaiting_changed.emit(True)
        self._asking = self._tasks.submit(
            call, lane=Lane.ANSWERING, owner=self, on_success=self._on_answered, on_failure=self._on_failed
        )

    def _stop_asking(self) -> None:
        """An answer that comes in spite of the cancel belongs to a query that is no longer on screen."""
        for task in (self._asking, self._refreshing):
            if task is not None:
                task.cancel()
                task.on_success = lambda result: None
                task.on_failure = lambda error: None
        self._asking = self._refreshing = None
        self.awaiting_changed.emit(False)

    def _on_answered(self, result: SearchResult) -> None:
        self._asking = None
        self.trail.answer(result)
        self.awaiting_changed.emit(False)
        self.answered.emit(result)

    def _on_failed(self, error: Exception) -> None:
        """The query that cannot be answered leaves the trail; the one before it comes back."""
        self._asking = None
        self.awaiting_changed.emit(False)
        self.trail.drop()
        self._announce()
        if self.result is not None:
            self.answered.emit(self.result)
        self.failed.emit(error)

    def _on_refreshed(self, old: SearchResult, fresh: SearchResult) -> None:
        self._refreshing = None
        if self.result is old:
            self.trail.answer(fresh)
            self.refreshed.emit(fresh)

    def _on_refresh_failed(self, error: Exception) -> None:
        self._refreshing = None
        self.failed.emit(error)


def same_picture(one: QueryPicture, other: QueryPicture) -> bool:
    """Whether two query pictures show the same part of the same picture, whatever their weights."""
    return replace(one, weight=1.0) == replace(other, weight=1.0)
