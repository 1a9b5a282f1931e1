"""Photos to the trash: asked first, told after, undone where the system lets us."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from engine.errors import EngineError
from engine.jobs import Job
from engine.records import Photo
from gui.changing import Changes
from gui.controls import elided
from gui.dialogs.question import Question, ask
from gui.gallery.wording import shown_name
from gui.messages import Offer, Working
from gui.tasks import Lane
from gui.translation import counted, tr

if TYPE_CHECKING:
    from engine.trashing import TrashedPhoto, TrashReport

NAMES_SHOWN = 5
NAME_WIDTH = 360
Undo = Callable[[], None] | None


class Trashing(QObject):
    """Moves photos to the trash of the system, never anywhere else."""

    def __init__(self, changes: Changes, window: QWidget) -> None:
        super().__init__(window)
        self._changes = changes
        self._window = window

    def ask(self, photos: Sequence[Photo]) -> None:
        """Name the photos and ask; nothing is moved before the answer."""
        hint = tr("They can be restored from the trash of your system.")
        question = Question(
            tr("Move to the trash?"),
            counted("Move {n} photo to the trash?", "Move {n} photos to the trash?", len(photos)),
            "\n".join([*names_of(photos, self._window), "", hint]),
            yes=tr("Move to the trash"),
            no=tr("Keep"),
        )
        ask(self._window, question, lambda: self._move(photos))

    def move(
        self, put: Callable[[Job], "TrashReport"], then: Callable[["TrashReport"], Callable[[], None] | None]
    ) -> None:
        """Move what was marked already, and tell of it.

        On the lane of what may wait long: the trash of a slow drive must not hold up searches.

        Args:
            put: moves the photos; runs on a worker.
            then: told what became of them; may return what takes it back instead of `take_out`.
        """
        working = Working(self._changes.messages, tr("Moving to the trash…"))
        task = self._changes.tasks.submit(
            put,
            lane=Lane.FETCHING,
            owner=self,
            on_success=lambda report: self._on_moved(working, report, then(report)),
            on_failure=lambda error: self._on_failed(working, error),
            on_progress=working.show,
            on_cancel=working.end,
        )
        working.begin(task.cancel)

    def take_out(
        self, photos: Sequence["TrashedPhoto"], then: Callable[["TrashReport"], object] = lambda report: None
    ) -> None:
        """Put photos back where they were, and tell of it.

        Args:
            then: told what became of them.
        """

        def on_success(report: "TrashReport") -> None:
            then(report)
            self._on_taken_out(report)

        library = self._changes.library
        self._changes.tasks.submit(
            lambda job: library.trash.take_out(photos),
            lane=Lane.FETCHING,
            owner=self,
            on_success=on_success,
            on_failure=self._changes.messages.error,
        )

    def _move(self, photos: Sequence[Photo]) -> None:
        library = self._changes.library
        self.move(lambda job: library.trash.put(photos, job), lambda report: None)

    def _on_moved(self, working: Working, report: "TrashReport", undo: Undo) -> None:
        working.end()
        self._changes.look()
        self._tell_refused(report)
        if not report.moved:
            return
        text = counted("{n} photo is in the trash.", "{n} photos are in the trash.", len(report.moved))
        back = report.restorable
        if back:
            self._changes.messages.tell(text, "", Offer(tr("Undo"), undo or (lambda: self.take_out(back))))
        else:
            self._changes.messages.tell(text, tr("To have it back, open the trash of your system."))

    def _on_taken_out(self, report: "TrashReport") -> None:
        self._changes.look()
        self._tell_refused(report)
        if report.moved:
            text = counted("{n} photo is back.", "{n} photos are back.", len(report.moved))
            self._changes.messages.tell(text)

    def _on_failed(self, working: Working, error: Exception) -> None:
        working.end()
        self._changes.look()
        self._changes.messages.error(error)

    def _tell_refused(self, report: "TrashReport") -> None:
        if len(report.refused) == 1:
            self._changes.messages.error(report.refused[0])
        elif report.refused:
            first = report.refused[0]
            text = counted("{n} photo stays where it is.", "{n} photos stay where they are.", len(report.refused))
            self._changes.messages.error(EngineError(f"{text} {first.message}", first.hint))


def names_of(photos: Sequence[Photo], widget: QWidget) -> list[str]:
    """The first names, elided, and how many more there are."""
    names = [elided(one_line(photo.path), widget, NAME_WIDTH) for photo in photos[:NAMES_SHOWN]]
    more = len(photos) - len(names)
    return [*names, counted("and {n} more", "and {n} more", more)] if more else names


def one_line(path: Path) -> str:
    """A name without anything that would break the line or turn it around."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in shown_name(path))
