"""Collections: made, filled, renamed and deleted, each with its undo."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from engine.records import Photo
from gui.changing import Changes
from gui.icons import icon
from gui.overview import Overview
from gui.tasks import Lane
from gui.translation import counted, tr

if TYPE_CHECKING:
    from engine.catalog.collections import DeletedCollection, PhotoCollection

NAMES_IN_MENU = 20


class Collecting(QObject):
    """Changes collections.

    Signals:
        deleted: the id of a collection that is no more.

    Attributes:
        opened: tells the id of the collection that is looked at, or "".
    """

    deleted = Signal(str)

    def __init__(self, changes: Changes, window: QWidget) -> None:
        super().__init__(window)
        self._changes = changes
        self._window = window
        self._collections: tuple[PhotoCollection, ...] = ()
        self.opened: Callable[[], str] = str
        self.dialog: QInputDialog | None = None

    def show_overview(self, overview: Overview) -> None:
        """The collections there are."""
        self._collections = overview.collections

    def menu(self, photos: Sequence[Photo], parent: QWidget) -> QMenu:
        """What a context menu offers for these photos."""
        menu = QMenu(tr("Add to collection"), parent)
        menu.setIcon(icon("collection"))
        for one in self._collections[:NAMES_IN_MENU]:
            menu.addAction(icon("collection"), one.name.replace("&", "&&"), partial(self.add, one, photos))
        if self._collections:
            menu.addSeparator()
        menu.addAction(icon("add"), tr("New collection…"), partial(self.ask_for_new, photos))
        opened = next((one for one in self._collections if one.id == self.opened()), None)
        if opened is not None:
            text = tr("Take out of “{name}”", name=opened.name.replace("&", "&&"))
            menu.addAction(icon("less"), text, partial(self.remove, opened, photos))
        return menu

    def ask_for_new(self, photos: Sequence[Photo] = (), then: Callable[[], object] = lambda: None) -> None:
        """Ask for the name of a new collection of these photos.

        Args:
            then: is called when it has been made.
        """
        self._ask(tr("New collection"), "", lambda name: self._create(name, photos, then))

    def ask_to_rename(self, collection: "PhotoCollection") -> None:
        """Ask for another name."""
        self._ask(tr("Rename the collection"), collection.name, lambda name: self._rename(collection, name))

    def add(self, collection: "PhotoCollection", photos: Sequence[Photo]) -> None:
        """Put photos into a collection."""
        contents = _contents(photos)

        def tell(added: Sequence[bytes]) -> None:
            if not added:
                text = counted("It is in “{name}” already.", "They are in “{name}” already.", len(photos), name=name)
                self._changes.messages.tell(text)
                return
            text = counted("{n} photo added to “{name}”.", "{n} photos added to “{name}”.", len(added), name=name)
            undo = self._changes.undo(lambda library: library.collections.remove(collection.id, added))
            self._changes.messages.tell(text, "", undo)

        name = collection.name
        self._changes.make(lambda library: library.collections.add(collection.id, contents), tell)

    def drop(self, collection: "PhotoCollection", photo_ids: Sequence[str]) -> None:
        """Put photos into a collection that were dropped on it."""
        library = self._changes.library
        self._changes.tasks.submit(
            lambda job: [library.photos.get(photo_id) for photo_id in photo_ids],
            lane=Lane.READING,
            owner=self,
            on_success=lambda photos: self.add(collection, photos),
            on_failure=self._changes.messages.error,
        )

    def remove(self, collection: "PhotoCollection", photos: Sequence[Photo]) -> None:
        """Take photos out of a collection; nothing else happens to them."""
        contents, name = _contents(photos), collection.name

        def tell(removed: Sequence[bytes]) -> None:
            if not removed:
                return
            text = counted(
                "{n} photo taken out of “{name}”.", "{n} photos taken out of “{name}”.", len(removed), name=name
            )
            undo = self._changes.undo(lambda library: library.collections.add(collection.id, removed))
            self._changes.messages.tell(text, "", undo)

        self._changes.make(lambda library: library.collections.remove(collection.id, contents), tell)

    def delete(self, collection: "PhotoCollection") -> None:
        """Delete a collection at once, and offer to undo it; its photos stay where they are."""

        def tell(deleted: "DeletedCollection") -> None:
            self.deleted.emit(collection.id)
            self._changes.messages.tell(
                tr("The collection “{name}” was deleted.", name=collection.name),
                tr("Its photos are where they were."),
                self._changes.undo(lambda library: library.collections.restore(deleted)),
            )

        self._changes.make(lambda library: library.collections.delete(collection.id), tell)

    def _create(self, name: str, photos: Sequence[Photo], then: Callable[[], object] = lambda: None) -> None:
        contents = _contents(photos)

        def tell(made: "PhotoCollection") -> None:
            text = counted(
                "“{name}” was made, with {n} photo.", "“{name}” was made, with {n} photos.", made.photos, name=made.name
            )
            undo = self._changes.undo(lambda library: library.collections.delete(made.id))
            self._changes.messages.tell(text, "", undo)
            then()

        self._changes.make(lambda library: library.collections.create(name, contents), tell)

    def _rename(self, collection: "PhotoCollection", name: str) -> None:
        self._changes.make(lambda library: library.collections.rename(collection.id, name))

    def _ask(self, title: str, name: str, use: Callable[[str], None]) -> None:
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(title)
        dialog.setLabelText(tr("Name of the collection"))
        dialog.setTextValue(name)
        dialog.setOkButtonText(tr("Save"))
        dialog.textValueSelected.connect(lambda text: use(text) if text.strip() and text != name else None)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        self.dialog = dialog


def _contents(photos: Sequence[Photo]) -> list[bytes]:
    return [photo.content_hash for photo in photos]
