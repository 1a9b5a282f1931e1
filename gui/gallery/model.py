"""A listing of photos as a Qt model; a refreshed listing changes only what differs."""

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from engine.records import Photo
from gui.gallery.changes import Changes
from gui.gallery.description import accessible_text, tooltip
from gui.gallery.drag import PHOTO_IDS_MIME, mime_of
from gui.gallery.listing import Listing, Nothing
from gui.gallery.thumbnails import ThumbnailLoader
from gui.gallery.wording import Wording, describe, shown_name

Index = QModelIndex | QPersistentModelIndex
Place = tuple[Listing, int]
_ROOT = QModelIndex()


class Role(IntEnum):
    """What `data` answers beside Qt's own roles."""

    PHOTO = Qt.ItemDataRole.UserRole + 1
    """The Photo; None while it is read."""
    MATCH = Qt.ItemDataRole.UserRole + 2
    """The Match; None if the listing answers no query."""
    WORDING = Qt.ItemDataRole.UserRole + 3
    FAILURE = Qt.ItemDataRole.UserRole + 4
    """The EngineError why there is no thumbnail, or None."""
    STACK = Qt.ItemDataRole.UserRole + 5
    """What the photo has to do with a stack of near-identical ones (`Stacked`), or None."""


class GalleryModel(QAbstractListModel):
    """The rows of the newest listing.

    Signals:
        shown: a listing was taken in completely; `noise_row` and `sections` may have changed.
    """

    shown = Signal()

    def __init__(self, loader: ThumbnailLoader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        self._listing: Listing = Nothing()
        self._listing.loaded.connect(self._on_loaded)
        self._between: list[Place] | None = None  # the rows between two steps of a refresh
        self._answers: dict[int, Callable[[Listing, int, Photo], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda listing, row, photo: shown_name(photo.path),
            Qt.ItemDataRole.DecorationRole: lambda listing, row, photo: self._loader.image(photo.id),
            Qt.ItemDataRole.ToolTipRole: tooltip,
            Qt.ItemDataRole.AccessibleTextRole: accessible_text,
            Role.PHOTO: lambda listing, row, photo: photo,
            Role.MATCH: lambda listing, row, photo: listing.match(row),
            Role.WORDING: _wording,
            Role.FAILURE: lambda listing, row, photo: self._loader.failure(photo.id),
            Role.STACK: lambda listing, row, photo: listing.stack(row),
        }

    @property
    def listing(self) -> Listing:
        """What is shown."""
        return self._listing

    @property
    def noise_row(self) -> int | None:
        """The first row that is as near as chance is; None if there is none, or if the rows are not sorted by score."""
        return self._listing.noise_row

    def photo_at(self, row: int) -> Photo | None:
        """The photo of a row; None while it is read."""
        listing, at = self._place(row)
        return listing.photo(at)

    def row_of(self, photo_id: str) -> int:
        """The row of a photo, or -1."""
        return self._listing.row_of(photo_id)

    def show(self, listing: Listing, *, keep: bool = False) -> None:
        """Show a listing.

        With `keep` it is a newer form of what was shown: selection, current item and scroll position stay with
        their photos.
        """
        if keep:
            self._refresh(listing)
        else:
            self._loader.forget_failures()
            self.beginResetModel()
            self._take(listing)
            self.endResetModel()
        self.shown.emit()

    def clear(self) -> None:
        """Show nothing."""
        self.show(Nothing())

    def rowCount(self, parent: Index = _ROOT) -> int:
        if parent.isValid():
            return 0
        return len(self._listing if self._between is None else self._between)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        answer = self._answers.get(role)
        if answer is None or not index.isValid():
            return None
        listing, row = self._place(index.row())
        photo = listing.photo(row)
        return None if photo is None else answer(listing, row, photo)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def mimeTypes(self) -> list[str]:
        return ["text/uri-list", "text/plain", PHOTO_IDS_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return mime_of([photo for index in indexes if (photo := self.photo_at(index.row())) is not None])

    def supportedDragActions(self) -> Qt.DropAction:
        # Never a move: originals stay where they are.
        return Qt.DropAction.CopyAction

    def _place(self, row: int) -> Place:
        return (self._listing, row) if self._between is None else self._between[row]

    def _take(self, listing: Listing) -> None:
        self._listing.loaded.disconnect(self._on_loaded)
        listing.loaded.connect(self._on_loaded)
        self._listing = listing

    def _on_loaded(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first), self.index(last))

    def _refresh(self, listing: Listing) -> None:
        """Tell Qt what differs, so that its persistent indexes follow their photos."""
        old, changes = self._listing, Changes.between(self._listing, listing)
        if changes is None:
            self._replace_at_once(listing)
            return
        self._replace_in_steps(listing, changes)
        changed = listing.changed_since(old)
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    def _replace_at_once(self, listing: Listing) -> None:
        """For listings too long or too different for steps: work only for the rows that something refers to."""
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        ids = [self._listing.photo_id(index.row()) for index in held]
        self._take(listing)
        rows = [listing.row_of(photo_id) for photo_id in ids]
        self.changePersistentIndexList(held, [self.index(row) if row >= 0 else QModelIndex() for row in rows])
        self.layoutChanged.emit()

    def _replace_in_steps(self, listing: Listing, changes: Changes) -> None:
        self._between = [(self._listing, row) for row in range(len(self._listing))]
        for run in reversed(changes.removed):  # from the end, so that the rows before stay where they are
            self.beginRemoveRows(_ROOT, run.start, run.stop - 1)
            del self._between[run.start : run.stop]
            self.endRemoveRows()
        if changes.reordered:
            self._reorder(changes.kept)
        for run in changes.inserted:
            self.beginInsertRows(_ROOT, run.start, run.stop - 1)
            self._between[run.start : run.start] = [(listing, row) for row in run]
            self.endInsertRows()
        self._between = None
        self._take(listing)

    def _reorder(self, kept: Sequence[int]) -> None:
        assert self._between is not None, "only in the middle of a refresh"
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        now_at = {row: position for position, row in enumerate(kept)}
        places = [now_at[self._between[index.row()][1]] for index in held]
        self._between = [(self._listing, row) for row in kept]
        self.changePersistentIndexList(held, [self.index(place) for place in places])
        self.layoutChanged.emit()


def _wording(listing: Listing, row: int, photo: Photo) -> Wording | None:
    match = listing.match(row)
    return None if match is None else describe(match, listing.noise_score)
