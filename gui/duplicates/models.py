"""Groups of duplicates as rows, and the photos of one of them as rows."""

from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QPixmap

from engine.duplicates.groups import DuplicateGroup, GroupKind, Member
from engine.records import Photo
from gui.duplicates.review import Review
from gui.duplicates.wording import group_detail, keeper_words, member_told
from gui.gallery.wording import shown_name, shown_path
from gui.translation import tr

Index = QModelIndex | QPersistentModelIndex
Image = Callable[[str], QPixmap | None]
ROOT = QModelIndex()
MOST_STEPS = 64
"""More rows than this leave or come as one reset."""
DECORATION = [Qt.ItemDataRole.DecorationRole]


class GroupRole(IntEnum):
    """What a row of the groups holds beside its text."""

    NUMBER = Qt.ItemDataRole.UserRole + 1
    """The number of the group in the review."""
    GROUP = Qt.ItemDataRole.UserRole + 2
    """The DuplicateGroup."""
    REVIEWED = Qt.ItemDataRole.UserRole + 3
    """Whether a person has looked through it."""


class MemberRole(IntEnum):
    """What a row of the photos of a group holds beside its text."""

    MEMBER = Qt.ItemDataRole.UserRole + 1
    """The Member."""
    LEAVES = Qt.ItemDataRole.UserRole + 2
    """Whether it is to go to the trash."""
    GROUP = Qt.ItemDataRole.UserRole + 3
    """The DuplicateGroup that it belongs to."""


class GroupsModel(QAbstractListModel):
    """The groups of one kind. Rows that leave or come are told one by one, so that the current one stays.

    Args:
        image: the thumbnail of a photo, if it is loaded.
    """

    def __init__(self, image: Image, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._image = image
        self._review = Review()
        self._kind = GroupKind.COPIES
        self._rows: list[int] = []

    def show_review(self, review: Review, kind: GroupKind) -> None:
        """Show the groups of this kind of another review, or of another kind."""
        self.beginResetModel()
        self._review, self._kind, self._rows = review, kind, review.shown(kind)
        self.endResetModel()

    def follow(self) -> None:
        """Something was done or came to be known: groups leave or come back, or look different."""
        rows = self._review.shown(self._kind)
        leaving, coming = set(self._rows) - set(rows), set(rows) - set(self._rows)
        if len(leaving) + len(coming) > MOST_STEPS:
            self.show_review(self._review, self._kind)
            return
        for row in reversed(range(len(self._rows))):
            if self._rows[row] in leaving:
                self.beginRemoveRows(ROOT, row, row)
                del self._rows[row]
                self.endRemoveRows()
        for row, number in enumerate(rows):
            if number in coming:
                self.beginInsertRows(ROOT, row, row)
                self._rows.insert(row, number)
                self.endInsertRows()
        if rows:
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def show_change(self, number: int) -> None:
        """What was said of a group is another now."""
        if (row := self.row_of(number)) >= 0:
            self.dataChanged.emit(self.index(row), self.index(row))

    def images_came(self, photo_ids: Iterable[str], rows: Iterable[int]) -> None:
        """Thumbnails can be had now; of these rows at most, which are on the screen."""
        came = set(photo_ids)
        for row in rows:
            group = self.group(row)
            if group is not None and group.members[0].photo.id in came:
                self.dataChanged.emit(self.index(row), self.index(row), DECORATION)

    def number(self, row: int) -> int:
        """The number of the group in a row; -1 if there is none."""
        return self._rows[row] if 0 <= row < len(self._rows) else -1

    def row_of(self, number: int) -> int:
        """The row of a group, or -1."""
        return self._rows.index(number) if number in self._rows else -1

    def group(self, row: int) -> DuplicateGroup | None:
        """The group in a row."""
        return self._review.group(self._rows[row]) if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        group = self.group(index.row()) if index.isValid() else None
        if group is None:
            return None
        number = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shown_name(group.members[0].photo.path)
            case Qt.ItemDataRole.DecorationRole:
                return self._image(group.members[0].photo.id)
            case Qt.ItemDataRole.ToolTipRole:
                return f"{shown_path(group.members[0].photo.path)}\n{keeper_words(group)}"
            case Qt.ItemDataRole.AccessibleTextRole:
                reviewed = tr("reviewed") if self._review.is_reviewed(number) else ""
                return ", ".join(filter(None, (shown_name(group.members[0].photo.path), group_detail(group), reviewed)))
            case GroupRole.NUMBER:
                return number
            case GroupRole.GROUP:
                return group
            case GroupRole.REVIEWED:
                return self._review.is_reviewed(number)
        return None


class MembersModel(QAbstractListModel):
    """The photos of the group that is looked at, the best shot first."""

    def __init__(self, image: Image, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._image = image
        self._group: DuplicateGroup | None = None
        self._leaving: frozenset[str] = frozenset()

    @property
    def group(self) -> DuplicateGroup | None:
        """The group."""
        return self._group

    def show_group(self, group: DuplicateGroup | None) -> None:
        """Show another group, or the same one with other marks."""
        same = self._photo_ids(group) == self._photo_ids(self._group)
        leaving = frozenset(photo.id for photo in group.surplus) if group is not None else frozenset()
        if same:
            self._group, self._leaving = group, leaving
            if group is not None:
                self.dataChanged.emit(self.index(0), self.index(len(group.members) - 1))
            return
        self.beginResetModel()
        self._group, self._leaving = group, leaving
        self.endResetModel()

    def images_came(self, photo_ids: Iterable[str]) -> None:
        """Thumbnails can be had now."""
        came = set(photo_ids)
        for row, member in enumerate(self._members()):
            if member.photo.id in came:
                self.dataChanged.emit(self.index(row), self.index(row), DECORATION)

    def photo(self, row: int) -> Photo | None:
        """The photo in a row."""
        members = self._members()
        return members[row].photo if 0 <= row < len(members) else None

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._members())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        group = self._group
        if group is None or not index.isValid() or index.row() >= len(group.members):
            return None
        member = group.members[index.row()]
        leaves = member.photo.id in self._leaving
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shown_name(member.photo.path)
            case Qt.ItemDataRole.DecorationRole:
                return self._image(member.photo.id)
            case Qt.ItemDataRole.ToolTipRole:
                return shown_path(member.photo.path)
            case Qt.ItemDataRole.AccessibleTextRole:
                return member_told(group, member, leaves=leaves)
            case MemberRole.MEMBER:
                return member
            case MemberRole.LEAVES:
                return leaves
            case MemberRole.GROUP:
                return group
        return None

    def _members(self) -> Sequence[Member]:
        return self._group.members if self._group is not None else ()

    def _photo_ids(self, group: DuplicateGroup | None) -> list[str]:
        return [member.photo.id for member in group.members] if group is not None else []
