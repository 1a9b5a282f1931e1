"""The matches of one search as a Qt model; a refreshed answer changes only what differs."""

import html
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from itertools import groupby
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QLocale,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from engine.records import Match, SearchResult
from gui.gallery.drag import PHOTO_IDS_MIME, mime_of
from gui.gallery.thumbnails import ThumbnailLoader
from gui.gallery.wording import Wording, describe, shown_name, shown_path

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Role(IntEnum):
    """What `data` answers beside Qt's own roles."""

    PHOTO = Qt.ItemDataRole.UserRole + 1
    MATCH = Qt.ItemDataRole.UserRole + 2
    WORDING = Qt.ItemDataRole.UserRole + 3
    FAILURE = Qt.ItemDataRole.UserRole + 4
    """The EngineError why there is no thumbnail, or None."""


class GalleryModel(QAbstractListModel):
    """The matches of the newest answer, in its order.

    Signals:
        shown: an answer was taken in completely; `noise_row` may have changed.
    """

    shown = Signal()

    def __init__(self, loader: ThumbnailLoader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        self._result: SearchResult | None = None
        self._matches: list[Match] = []
        self._noise_row: int | None = None
        self._answers: dict[int, Callable[[Match], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda match: shown_name(match.photo.path),
            Qt.ItemDataRole.DecorationRole: lambda match: self._loader.image(match.photo.id),
            Qt.ItemDataRole.ToolTipRole: self._tooltip,
            Qt.ItemDataRole.AccessibleTextRole: self._accessible_text,
            Role.PHOTO: lambda match: match.photo,
            Role.MATCH: lambda match: match,
            Role.WORDING: self._wording,
            Role.FAILURE: lambda match: self._loader.failure(match.photo.id),
        }

    @property
    def result(self) -> SearchResult | None:
        """The answer that is shown."""
        return self._result

    @property
    def photo_ids(self) -> list[str]:
        """The ids of all photos, best match first."""
        return [match.photo.id for match in self._matches]

    @property
    def noise_row(self) -> int | None:
        """The first row that is as near as chance is; None if there is none, or if the rows are not sorted by score."""
        return self._noise_row

    def match_at(self, row: int) -> Match:
        """The match of a row."""
        return self._matches[row]

    def row_of(self, photo_id: str) -> int:
        """The row of a photo, or -1."""
        return next((row for row, match in enumerate(self._matches) if match.photo.id == photo_id), -1)

    def show_result(self, result: SearchResult, keep: bool = False) -> None:
        """Show an answer.

        With `keep` it answers the same query as the one before: selection, current item and scroll position stay
        with their photos.
        """
        if keep and self._result is not None:
            self._refresh(result)
        else:
            self._loader.forget_failures()
            self.beginResetModel()
            self._take(result)
            self.endResetModel()
        self.shown.emit()

    def clear(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self._result, self._matches, self._noise_row = None, [], None
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._matches)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        answer = self._answers.get(role)
        if answer is None or not index.isValid():
            return None
        return answer(self._matches[index.row()])

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
        return mime_of([self._matches[index.row()].photo for index in indexes])

    def supportedDragActions(self) -> Qt.DropAction:
        # Never a move: originals stay where they are.
        return Qt.DropAction.CopyAction

    def _take(self, result: SearchResult) -> None:
        self._result = result
        self._matches = list(result.matches)
        self._noise_row = _first_noise_row(self._matches, result.noise_score)

    def _refresh(self, result: SearchResult) -> None:
        """Remove, reorder, insert, then announce what else changed: Qt's persistent indexes follow every step."""
        if self.photo_ids != [match.photo.id for match in result.matches]:
            new_ids = {match.photo.id: row for row, match in enumerate(result.matches)}
            self._remove_all_but(new_ids)
            self._sort_by(new_ids)
            self._insert_missing(result.matches)
        before, noise_before = self._matches, self._result.noise_score if self._result else 0.0
        self._take(result)
        changed = [row for row, match in enumerate(self._matches) if match != before[row]]
        if noise_before != result.noise_score:
            changed = list(range(len(self._matches)))
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    def _remove_all_but(self, new_ids: dict[str, int]) -> None:
        gone = [row for row, match in enumerate(self._matches) if match.photo.id not in new_ids]
        for run in reversed(list(_runs(gone))):  # from the end, so that the rows before stay where they are
            self.beginRemoveRows(_ROOT, run.start, run.stop - 1)
            del self._matches[run.start : run.stop]
            self.endRemoveRows()

    def _sort_by(self, new_ids: dict[str, int]) -> None:
        order = sorted(range(len(self._matches)), key=lambda row: new_ids[self._matches[row].photo.id])
        if order == list(range(len(order))):
            return
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        self._matches = [self._matches[row] for row in order]
        now_at = {row: position for position, row in enumerate(order)}
        self.changePersistentIndexList(old, [self.index(now_at[index.row()]) for index in old])
        self.layoutChanged.emit()

    def _insert_missing(self, matches: Sequence[Match]) -> None:
        known = set(self.photo_ids)
        for run in _runs(row for row, match in enumerate(matches) if match.photo.id not in known):
            self.beginInsertRows(_ROOT, run.start, run.stop - 1)
            self._matches[run.start : run.start] = matches[run.start : run.stop]
            self.endInsertRows()

    def _wording(self, match: Match) -> Wording:
        return describe(match, self._result.noise_score if self._result else 0.0)

    def _accessible_text(self, match: Match) -> str:
        wording = self._wording(match)
        parts = [
            shown_name(match.photo.path),
            f"score {wording.figures}" if wording.figures else "",
            wording.word,
            f"rank {match.rank}",
            "new" if match.new else "",
            "offline" if match.photo.offline else "",
        ]
        return ", ".join(part for part in parts if part)

    def _tooltip(self, match: Match) -> str:
        photo, locale = match.photo, QLocale()
        when = (photo.taken or photo.modified).strftime("%Y-%m-%d %H:%M")
        pixels = f"{photo.width} × {photo.height}, " if photo.width else ""
        lines = [
            shown_path(photo.path),
            f"{pixels}{locale.formattedDataSize(photo.size)}, {'taken' if photo.taken else 'changed'} {when}",
            f"{self._wording(match)}, distance {match.distance:.3f}, rank {match.rank}",
        ]
        if photo.offline:
            lines.append("Its drive is not connected.")
        # Always rich text: Qt guesses otherwise, and a file name may look like markup.
        return "<qt style='white-space: pre'>" + "<br>".join(html.escape(line) for line in lines) + "</qt>"


def _first_noise_row(matches: Sequence[Match], noise_score: float) -> int | None:
    first = next((row for row, match in enumerate(matches) if match.score < noise_score), None)
    if first is None or any(matches[row].score >= noise_score for row in range(first + 1, len(matches))):
        return None
    return first


def _runs(rows: Iterable[int]) -> Iterable[range]:
    """Ascending numbers as runs of neighbours."""
    for _, group in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        run = [row for _, row in group]
        yield range(run[0], run[-1] + 1)
