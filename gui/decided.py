"""What is decided of the photos that the details describe: read from the library, shown, and changed from there."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from engine.records import Decision, Photo
from gui.changing import Changes
from gui.dialogs.rejections import name_of_picture
from gui.panels.decisions import DecisionsSection, Rejected, Standing
from gui.panels.details import DetailsPanel
from gui.tasks import Lane, Task

if TYPE_CHECKING:
    from engine.catalog.collections import PhotoCollection
    from engine.library import Library
    from gui.photo_actions import Doers


class Decided(QObject):
    """Keeps the section of decisions in step with the library, whoever changes it."""

    def __init__(self, changes: Changes, doers: "Doers", details: DetailsPanel) -> None:
        super().__init__(details)
        self._changes = changes
        self._doers = doers
        self._photos: Sequence[Photo] = ()
        self._reading: Task | None = None
        self._closed = False
        self.section = section = DecisionsSection()
        section.pin_wanted.connect(lambda: doers.deciding.pin(self._photos))
        section.hide_wanted.connect(lambda: doers.deciding.hide(self._photos))
        section.reject_wanted.connect(self._reject)
        section.accept_wanted.connect(doers.deciding.accept)
        section.menu_wanted.connect(self._show_menu)
        section.remove_wanted.connect(self._remove)
        details.described.connect(self._on_described)

    def read(self) -> None:
        """Ask the library; a newer question takes the place of one that is under way."""
        self._forget()
        if self._closed:
            return
        contents = _contents(self._photos)
        if not contents:
            self.section.show_standing(None)
            return
        asked, library = self._doers.deciding.asked, self._changes.library
        self._reading = self._changes.tasks.submit(
            lambda job: standing_of(library, contents, asked),
            lane=Lane.READING,
            owner=self,
            on_success=self.section.show_standing,
        )

    def stop(self) -> None:
        """Ask nothing more: the library is about to be closed."""
        self._forget()
        self._closed = True

    def _forget(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading.on_success = lambda standing: None
            self._reading = None

    def _on_described(self, photos: Sequence[Photo]) -> None:
        self._photos = photos
        self.read()

    def _reject(self, rejected: bool) -> None:
        deciding = self._doers.deciding
        if rejected:
            deciding.reject(self._photos)
        else:
            deciding.accept([(query, content) for query in deciding.asked for content in _contents(self._photos)])

    def _remove(self, collection: "PhotoCollection") -> None:
        self._doers.collecting.remove(collection, self._photos)

    def _show_menu(self, position: QPoint) -> None:
        self._doers.collecting.menu(self._photos, self.section).popup(position)


def standing_of(library: "Library", contents: Sequence[bytes], asked: Sequence[bytes]) -> Standing:
    """What is decided of photos with these contents; for a worker.

    Args:
        asked: contents of the pictures of the question on screen.
    """
    decisions, wanted = library.decisions, set(contents)
    held = library.collections.holding(contents)
    return Standing(
        photos=len(wanted),
        pinned=len(wanted & decisions.contents(Decision.PINNED)),
        hidden=len(wanted & decisions.contents(Decision.HIDDEN)),
        rejected=len(wanted & decisions.rejected_for(asked)),
        asked=bool(asked),
        collections=tuple((one, held[one.id]) for one in library.collections.list() if one.id in held),
        rejections=_rejections(library, contents[0], asked) if len(wanted) == 1 else (),
    )


def _rejections(library: "Library", content: bytes, asked: Sequence[bytes]) -> tuple[Rejected, ...]:
    """The other pictures for which one photo is no match: those of the question have their tick."""
    queries = [query for query in library.decisions.rejected_by(content) if query not in asked]
    if not queries:
        return ()
    known, titles = library.photos.with_contents(queries), library.history.titles()
    return tuple(Rejected((query, content), name_of_picture(query, known, titles)) for query in queries)


def _contents(photos: Sequence[Photo]) -> list[bytes]:
    """Without those of photos that could not be read: nothing can be decided of them."""
    return list(dict.fromkeys(photo.content_hash for photo in photos if photo.content_hash))
