"""The groups at the side, the photos of one of them, and what can be done with them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QSplitter, QToolButton, QVBoxLayout, QWidget

from engine.duplicates.groups import DuplicateGroup, GroupKind
from engine.records import Photo
from gui.commands import command
from gui.controls import Button, ElidedLabel, button, caption, surface, tool
from gui.duplicates.models import GroupsModel, MembersModel
from gui.duplicates.review import Review
from gui.duplicates.views import GroupsView, MembersView
from gui.duplicates.wording import group_title, keeper_words, summary
from gui.folding import APART, Folding, beside
from gui.keymap import KeyTip
from gui.measures import control_height, grown
from gui.theme import TITLE_RATIO
from gui.translation import counted, later, tr
from gui.words import number, size

GROUPS_WIDTH = 264
TITLES = {GroupKind.COPIES: later("Copies: {n}"), GroupKind.BURST: later("Bursts: {n}")}
ON_THE_BAR = ("previous_group", "next_group", "compare_group", "keep_only", "not_copies", "keep_both", "take_back")


class ReviewPane(QWidget):
    """Shows a Review and asks; what is done is others' business.

    Signals:
        group_changed: another group is looked at, or none.
        wanted(str): a command of `gui.commands.DUPLICATES`, by its name.
        opened: the photo that the cursor is on is wanted beside the best one.
        seen: other rows are on the screen.
    """

    group_changed = Signal()
    wanted = Signal(str)
    opened = Signal()
    seen = Signal()

    def __init__(self, image: Callable[[str], QPixmap | None]) -> None:
        super().__init__()
        self.review = Review()
        self.groups_model, self.members_model = GroupsModel(image, self), MembersModel(image, self)
        self.groups, self.members = GroupsView(self.groups_model), MembersView(self.members_model)
        self.kinds = {kind: _kind_button() for kind in GroupKind}
        self.summary = ElidedLabel("", "secondary")
        self.more = tool("menu", tr("More"))
        self.leave = tool("close", tr("Close (Escape)"))
        self.title, self.why = ElidedLabel("", "", TITLE_RATIO), caption("", wrap=True)
        self.reviewed = caption("", wrap=True)
        self.move_reviewed = self._button("move_reviewed", "")
        self.done = self._button("reviewed", tr("Reviewed"))
        self.move_marked = self._button("move_marked", "", "primary")
        self._kind = GroupKind.COPIES
        self._build()
        self._connect()

    @property
    def number(self) -> int:
        """The number of the group that is looked at; -1 if none is."""
        return self.groups_model.number(self.groups.currentIndex().row())

    @property
    def group(self) -> DuplicateGroup | None:
        """The group that is looked at."""
        return self.members_model.group

    @property
    def photo(self) -> Photo | None:
        """The photo that the cursor is on."""
        return self.members_model.photo(self.members.currentIndex().row())

    @property
    def shown(self) -> list[DuplicateGroup]:
        """The groups of the kind that is looked at."""
        return self.review.groups(self.review.shown(self._kind))

    def show_review(self, review: Review) -> None:
        """Look through these groups, the copies first if there are any."""
        number = self.number
        self.review = review
        if not review.shown(self._kind):
            self._kind = next((kind for kind in GroupKind if review.shown(kind)), GroupKind.COPIES)
        self._show_kind(number)

    def show_kind(self, kind: GroupKind) -> None:
        """Look through copies or through bursts."""
        self._kind = kind
        self._show_kind()

    def follow(self) -> None:
        """Something was done, or groups are others now."""
        number = self.number
        self.groups_model.follow()
        if not self.groups_model.rowCount() and any(self.review.shown(kind) for kind in GroupKind):
            self.show_review(self.review)
        elif self.number < 0:
            self._go_to(max(self.groups_model.row_of(number), 0))
        self._show_group()
        self._show_totals()

    def go(self, steps: int) -> bool:
        """Look at another group; False if there is none there."""
        row = self.groups.currentIndex().row() + steps
        if not 0 <= row < self.groups_model.rowCount():
            return False
        self._go_to(row)
        return True

    def show_photo(self, photo_id: str) -> None:
        """Put the cursor on a photo of the group."""
        for row in range(self.members_model.rowCount()):
            photo = self.members_model.photo(row)
            if photo is not None and photo.id == photo_id:
                self.members.setCurrentIndex(self.members_model.index(row))

    def photos_seen(self) -> list[Photo]:
        """The photos on the screen: those of the group first, then the best ones of the groups."""
        photos = [self.members_model.photo(row) for row in self.members.rows_seen()]
        groups = [self.groups_model.group(row) for row in self.groups.rows_seen()]
        best = [group.members[0].photo for group in groups if group is not None]
        return list({photo.id: photo for photo in [*photos, *best] if photo is not None}.values())

    def images_came(self, photo_ids: Sequence[str]) -> None:
        """Thumbnails can be had now."""
        self.members_model.images_came(photo_ids)
        self.groups_model.images_came(photo_ids, self.groups.rows_seen())

    def _show_kind(self, stay_at: int = -1) -> None:
        self.groups_model.show_review(self.review, self._kind)
        self._go_to(max(self.groups_model.row_of(stay_at), 0))
        self._show_group()
        self._show_totals()

    def _go_to(self, row: int) -> None:
        self.groups.setCurrentIndex(self.groups_model.index(row))

    def _show_group(self) -> None:
        """The group that is looked at, with the cursor where it was if it is the same, else on the first to go."""
        before, photo = self.members_model.group, self.photo
        group = self.review.group(self.number) if self.number >= 0 else None
        self.members_model.show_group(group)
        self.title.setText(group_title(group) if group is not None else "")
        self.why.setText(keeper_words(group) if group is not None else "")
        self._show_buttons(group)
        if group is None:
            return
        ids = [member.photo.id for member in group.members]
        at = self.members.currentIndex().row()
        if photo is not None and photo.id in ids and before is not None:
            at = ids.index(photo.id)
        self.members.setCurrentIndex(self.members_model.index(min(max(at, 0), len(ids) - 1)))

    def _show_buttons(self, group: DuplicateGroup | None) -> None:
        going = len(group.surplus) if group is not None else 0
        self.move_marked.setText(counted("Move {n} photo to the trash", "Move {n} photos to the trash", going))
        self.move_marked.setEnabled(going > 0)
        self.done.setText(tr("Not reviewed") if self.review.is_reviewed(self.number) else tr("Reviewed"))
        for widget in (self.done, *self.tools.values()):
            widget.setEnabled(group is not None)
        for told in (self.done, self.move_marked):
            told.setAccessibleName(told.text())

    def _show_totals(self) -> None:
        for kind, entry in self.kinds.items():
            count = len(self.review.shown(kind))
            entry.setText(tr(TITLES[kind], n=number(count)))
            entry.setEnabled(count > 0)
            entry.setChecked(kind is self._kind)
        self.summary.setText(summary(self.shown))
        numbers = self.review.reviewed()
        groups = self.review.groups(numbers)
        photos = sum(len(group.surplus) for group in groups)
        spare = size(sum(group.surplus_bytes for group in groups))
        self.footer.setVisible(bool(groups))
        told = counted("{n} group is reviewed: {size}", "{n} groups are reviewed: {size}", len(groups), size=spare)
        self.reviewed.setText(told)
        self.move_reviewed.setText(counted("Move {n} photo…", "Move {n} photos…", photos))

    def _connect(self) -> None:
        self.groups.selectionModel().currentChanged.connect(self._on_current)
        self.groups.opened.connect(self.opened)
        self.members.opened.connect(self.opened)
        for view in (self.groups, self.members):
            view.moved.connect(self.seen)
        for kind, entry in self.kinds.items():
            entry.clicked.connect(lambda _=False, kind=kind: self.show_kind(kind))

    def _on_current(self, now: QModelIndex, before: QModelIndex) -> None:
        self._show_group()
        if now.isValid():
            self.members.setCurrentIndex(self.members_model.index(0))
        self.group_changed.emit()
        self.seen.emit()

    def _button(self, name: str, text: str, kind: str = "") -> Button:
        made = button(text, lambda: self.wanted.emit(name), kind)
        of = command(name)
        KeyTip(made, of.title, of)
        return made

    def _tool(self, name: str) -> QToolButton:
        of = command(name)
        made = tool(of.icon, of.title, lambda: self.wanted.emit(name))
        KeyTip(made, of.title, of)
        return made

    def _build(self) -> None:
        self.more.setMenu(QMenu(self.more))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self._left())
        self.splitter.addWidget(self._right())
        self.splitter.setSizes([grown(GROUPS_WIDTH), 1000])
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar())
        column.addWidget(self.splitter, 1)

    def _bar(self) -> QWidget:
        made = QWidget()
        surface(made, "panel", "below")
        group = QButtonGroup(self)
        for entry in self.kinds.values():
            group.addButton(entry)
        row = QHBoxLayout(made)
        row.setContentsMargins(12, 4, 8, 4)
        row.addWidget(beside(*self.kinds.values(), spacing=4))
        row.addWidget(self.summary, 1)
        row.addWidget(self.more)
        row.addWidget(self.leave)
        return made

    def _left(self) -> QWidget:
        made = QWidget()
        surface(made, "panel")
        self.footer = QWidget()
        surface(self.footer, "panel", "above")
        told = QVBoxLayout(self.footer)
        told.setContentsMargins(12, 8, 12, 8)
        told.setSpacing(4)
        told.addWidget(self.reviewed)
        told.addWidget(self.move_reviewed)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.groups, 1)
        column.addWidget(self.footer)
        return made

    def _right(self) -> QWidget:
        made = QWidget()
        surface(made, "ground")
        head = QVBoxLayout()
        head.setContentsMargins(16, 10, 16, 6)
        head.setSpacing(2)
        head.addWidget(self.title)
        head.addWidget(self.why)
        bar = QWidget()
        surface(bar, "panel", "above")
        self.tools = {name: self._tool(name) for name in ON_THE_BAR}
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 6, 12, 6)
        tools, steps = beside(*self.tools.values(), spacing=4), Folding(self.done, self.move_marked)
        row.addWidget(Folding(tools, steps, shares=APART))
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        photos = QVBoxLayout()
        photos.setContentsMargins(12, 0, 0, 0)
        photos.addWidget(self.members)
        column.addLayout(photos, 1)
        column.addWidget(bar)
        return made


def _kind_button() -> QToolButton:
    made = QToolButton()
    made.setCheckable(True)
    made.setMinimumHeight(control_height())
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
