"""The folders of the library as a tree with counts, any of which can be checked."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from engine.browsing import Folder
from gui.filters.counted_model import COUNT, count_data
from gui.icons import icon
from gui.translation import counted

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Chosen:
    """Folders that are checked: with what is below them, or alone."""

    folders: tuple[Path, ...] = ()
    alone: tuple[Path, ...] = ()

    def holds(self, path: Path) -> bool:
        """Whether the folder is checked with all below it, by itself or by a folder above it."""
        return any(path.is_relative_to(folder) for folder in self.folders)

    def holds_part(self, path: Path) -> bool:
        """Whether something in the folder is checked."""
        return any(one.is_relative_to(path) for one in (*self.folders, *self.alone))

    def with_folder(self, path: Path) -> "Chosen":
        """The folder and all below it is checked."""
        outside = [one for one in self.folders if not one.is_relative_to(path)]
        return Chosen((*outside, path), tuple(one for one in self.alone if not one.is_relative_to(path)))

    def without_folder(self, path: Path, neighbours: Sequence[tuple[Path, Iterable[Path]]]) -> "Chosen":
        """The folder is not checked any more; what else a folder above it held stays checked.

        Args:
            neighbours: every folder above it that is checked or is below one that is, with the folders in it.
        """
        folders = {one for one in self.folders if not one.is_relative_to(path)}
        alone = {one for one in self.alone if not one.is_relative_to(path)}
        for parent, children in neighbours:
            folders.discard(parent)
            alone.add(parent)
            folders |= {child for child in children if not path.is_relative_to(child)}
        return Chosen(tuple(sorted(folders)), tuple(sorted(alone)))


@dataclass(slots=True)
class _Node:
    folder: Folder
    parent: int
    row: int
    children: list[int]


class FolderModel(QAbstractItemModel):
    """Roots with their folders.

    Signals:
        chosen: what is checked, a Chosen, after the user has changed it.
    """

    chosen = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes: list[_Node] = []
        self._tops: list[int] = []
        self._checked = Chosen()

    def show(self, folders: Sequence[Folder], checked: Chosen) -> None:
        """Show these; rows stay where only numbers and checks differ."""
        self._checked = checked
        nodes, tops = _flat(folders)
        if [node.folder.path for node in nodes] == [node.folder.path for node in self._nodes]:
            with self._telling():
                self._nodes, self._tops = nodes, tops
            return
        self.beginResetModel()
        self._nodes, self._tops = nodes, tops
        self.endResetModel()

    def path(self, index: Index) -> Path:
        """The folder of a row."""
        return self._nodes[index.internalId()].folder.path

    def index_of(self, path: Path) -> QModelIndex:
        """The row of a folder; an invalid index if there is none."""
        for number, node in enumerate(self._nodes):
            if node.folder.path == path:
                return self.createIndex(node.row, 0, number)
        return QModelIndex()

    def indexes(self) -> Iterator[QModelIndex]:
        """The rows of all folders, those above before those below."""
        return (self.createIndex(node.row, 0, number) for number, node in enumerate(self._nodes))

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        below = self._below(parent)
        if not (0 <= row < len(below) and 0 <= column < 2):
            return QModelIndex()
        return self.createIndex(row, column, below[row])

    def parent(self, index: Index = _ROOT) -> QModelIndex:  # type: ignore[override]
        above = self._nodes[index.internalId()].parent if index.isValid() else -1
        return self.createIndex(self._nodes[above].row, 0, above) if above >= 0 else QModelIndex()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.column() > 0 else len(self._below(parent))

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 2

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        folder = self._nodes[index.internalId()].folder
        if index.column() == COUNT:
            return count_data(folder.photos, role)
        name = _name(folder.path)
        match role:
            case Role.DisplayRole:
                return name
            case Role.DecorationRole:
                return icon("folder", "secondary")
            case Role.ToolTipRole:
                return str(folder.path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            case Role.CheckStateRole:
                return self._state(folder.path)
            case Role.AccessibleTextRole:
                return f"{name}, " + counted("{n} photo", "{n} photos", folder.photos)
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if not index.isValid() or role != Role.CheckStateRole:
            return False
        path = self.path(index)
        with self._telling():
            if Qt.CheckState(value) == Qt.CheckState.Checked:
                self._checked = self._checked.with_folder(path)
            else:
                self._checked = self._checked.without_folder(path, list(self._neighbours(index)))
        self.chosen.emit(self._checked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags

    def _below(self, parent: Index) -> list[int]:
        return self._nodes[parent.internalId()].children if parent.isValid() else self._tops

    def _state(self, path: Path) -> Qt.CheckState:
        if self._checked.holds(path):
            return Qt.CheckState.Checked
        return Qt.CheckState.PartiallyChecked if self._checked.holds_part(path) else Qt.CheckState.Unchecked

    def _neighbours(self, index: Index) -> Iterator[tuple[Path, list[Path]]]:
        above = self._nodes[index.internalId()].parent
        while above >= 0:
            node = self._nodes[above]
            if self._checked.holds(node.folder.path):
                yield node.folder.path, [self._nodes[child].folder.path for child in node.children]
            above = node.parent

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """All checks and numbers may change: said once, since views take their time over each of a thousand."""
        self.layoutAboutToBeChanged.emit()
        yield
        self.layoutChanged.emit()


def _flat(folders: Sequence[Folder]) -> tuple[list[_Node], list[int]]:
    nodes: list[_Node] = []

    def add(folder: Folder, parent: int, row: int) -> int:
        number = len(nodes)
        nodes.append(_Node(folder, parent, row, []))
        nodes[number].children = [add(child, number, place) for place, child in enumerate(folder.folders)]
        return number

    return nodes, [add(folder, -1, row) for row, folder in enumerate(folders)]


def _name(path: Path) -> str:
    name = path.name or str(path)
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
