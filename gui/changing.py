"""Decisions of the user on their way into the library."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from gui.messages import Messages, Offer
from gui.overview import LibraryWatch
from gui.tasks import Lane, TaskRunner
from gui.translation import tr

if TYPE_CHECKING:
    from engine.library import Library

Outcome = TypeVar("Outcome")


class Changes(QObject):
    """Runs a change on a worker, then has the library looked at, so that every panel follows.

    Attributes:
        library: what is changed; to be used on a worker only.
        messages: where the user is told.
    """

    def __init__(
        self, library: "Library", tasks: TaskRunner, watch: LibraryWatch, messages: Messages, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.library = library
        self.tasks = tasks
        self.messages = messages
        self._watch = watch

    def make(
        self, change: Callable[["Library"], Outcome], then: Callable[[Outcome], object] = lambda outcome: None
    ) -> None:
        """On the answering lane: a decision must not wait for an indexing run."""

        def on_success(outcome: Outcome) -> None:
            then(outcome)
            self._watch.look()

        self.tasks.submit(
            lambda job: change(self.library),
            lane=Lane.ANSWERING,
            owner=self,
            on_success=on_success,
            on_failure=self.messages.error,
        )

    def look(self) -> None:
        """Have the library looked at, because something was changed in another way."""
        self._watch.look()

    def undo(self, change: Callable[["Library"], object]) -> Offer:
        """What a message offers to make a change undone."""
        return Offer(tr("Undo"), lambda: self.make(change))
