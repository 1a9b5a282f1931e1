"""The files that are not searchable as rows, under a heading for each kind of reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QPixmap
from PySide6.QtWidgets import QWidget

from engine.reason_kinds import ReasonKind
from engine.records import Skipped
from gui.gallery.wording import displayable, shown_name
from gui.icons import SMALL, icon
from gui.translation import counted, later, tr
from gui.words import from_the_left, number

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NAME, WHY, FOLDER = range(3)
COLUMNS = (later("File"), later("Why"), later("Folder"))
_ROOT = QModelIndex()


class SkippedRole(IntEnum):
    """What the model answers beside Qt's own roles."""

    ROW = Role.UserRole + 1
    """The Heading or SkippedRow."""


@dataclass(frozen=True, slots=True)
class KindWords:
    """What a kind of reason is called, and what a person can do about it."""

    title: str
    cure: str


KINDS = {
    ReasonKind.ACCESS: KindWords(later("Cannot be opened"), later("Check their permissions and the disk they are on.")),
    ReasonKind.READER: KindWords(later("Need another reader"), later("Install what the reason names, then try again.")),
    ReasonKind.LIMITS: KindWords(
        later("Beyond the limits"), later("Raise the limits in the settings, under Indexing, then try again.")
    ),
    ReasonKind.DAMAGED: KindWords(later("Damaged"), later("Copy them again from the camera or a backup.")),
    ReasonKind.EMPTY: KindWords(later("Empty"), later("Copy them again from the camera or a backup.")),
    ReasonKind.FORMAT: KindWords(later("Of a format that is not read"), later("Save a copy as JPEG or PNG.")),
    ReasonKind.NO_PICTURE: KindWords(
        later("No pictures, whatever their names say"), later("Correct the ending of the name, or delete the file.")
    ),
    ReasonKind.OTHER: KindWords(later("Cannot be read for another reason"), later("The reason of each says more.")),
    ReasonKind.WAITING: KindWords(later("Waiting to be read"), later("The next look for changes reads them.")),
    ReasonKind.EMBEDDING: KindWords(
        later("Waiting to be embedded"), later("The next look for changes embeds them with the model that answers.")
    ),
    ReasonKind.OFFLINE: KindWords(
        later("In folders that are not connected"), later("Connect the drive, or say where the folder is now.")
    ),
    ReasonKind.IGNORED: KindWords(later("No photos"), later("Nothing to do: they are left alone.")),
}


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A file as it is shown.

    Attributes:
        sought: all that it is found by, in small letters.
    """

    file: Skipped
    name: str
    folder: str
    sought: str


@dataclass(frozen=True, slots=True)
class Heading:
    """Stands above the files of a kind."""

    kind: ReasonKind
    rows: tuple[SkippedRow, ...] = field(repr=False)
    open: bool


def rows_of(files: Sequence[Skipped]) -> list[SkippedRow]:
    """The rows for these files; for a worker, because there may be many."""
    return [
        SkippedRow(file, name, folder, f"{name}\n{folder}\n{file.reason}".casefold())
        for file in files
        for name, folder in [(shown_name(file.path), displayable(str(file.path.parent)))]
    ]


class SkippedModel(QAbstractTableModel):
    """Headings and files; those that can be mended come first, what is no photo comes last and folded in.

    Attributes:
        files: all of them.
        found: those that have what is sought, folded in or not.
        rows: what is shown.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files: list[SkippedRow] = []
        self.found: list[SkippedRow] = []
        self.rows: list[Heading | SkippedRow] = []
        self.sought = ""
        self._closed = {ReasonKind.IGNORED}
        self._indent = QPixmap(SMALL, SMALL)
        self._indent.fill(Qt.GlobalColor.transparent)

    def show(self, files: list[SkippedRow]) -> None:
        """Show these."""
        self.files = files
        self._rebuild()

    def seek(self, text: str) -> None:
        """Show only files that have every word of the text in their name, folder or reason."""
        self.sought = text.strip()
        self._rebuild()

    def toggle(self, kind: ReasonKind) -> None:
        """Fold the files of a kind in, or out."""
        self._closed ^= {kind}
        self._rebuild()

    def row_of(self, key: str) -> int:
        """The row that has this `key_of`, or -1."""
        return next((place for place, row in enumerate(self.rows) if key_of(row) == key), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == SkippedRole.ROW:
            return row
        if isinstance(row, Heading):
            return _heading_data(row, role) if index.column() == NAME else None
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return (row.name, row.file.reason, from_the_left(row.folder))[index.column()]
        return self._indent if role == Role.DecorationRole and index.column() == NAME else None

    def _rebuild(self) -> None:
        words = self.sought.casefold().split()
        self.found = [row for row in self.files if all(word in row.sought for word in words)] if words else self.files
        by_kind: dict[ReasonKind, list[SkippedRow]] = {}
        for row in self.found:
            by_kind.setdefault(row.file.kind, []).append(row)
        rows: list[Heading | SkippedRow] = []
        for kind in ReasonKind:
            if kind in by_kind:
                open_ = bool(self.sought) or kind not in self._closed or len(by_kind) == 1
                rows.append(Heading(kind, tuple(by_kind[kind]), open_))
                rows += by_kind[kind] if open_ else []
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


def key_of(row: Heading | SkippedRow) -> str:
    """What a row is known by when the list has changed."""
    return row.kind if isinstance(row, Heading) else row.file.id


def heading_text(heading: Heading) -> str:
    """Such as "Damaged · 1,204"."""
    return f"{tr(KINDS[heading.kind].title)} · {number(len(heading.rows))}"


def _heading_data(heading: Heading, role: int) -> Any:
    words = KINDS[heading.kind]
    match role:
        case Role.DisplayRole:
            return heading_text(heading)
        case Role.ToolTipRole:
            return tr(words.cure)
        case Role.AccessibleTextRole:
            files = counted("{n} file", "{n} files", len(heading.rows))
            return ", ".join((tr(words.title), files, tr("folded out") if heading.open else tr("folded in")))
        case Role.DecorationRole:
            return icon("down" if heading.open else "forward", "secondary")
        case Role.FontRole:
            bold = QFont()
            bold.setWeight(QFont.Weight.DemiBold)
            return bold
    return None
