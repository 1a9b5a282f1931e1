"""The page of duplicates: what to look for, the groups, and the comparison of two photos of one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QPixmap, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from engine.catalog.pairs import PairKind
from engine.duplicates.groups import GroupKind
from gui.commands import DUPLICATES, command
from gui.controls import tool
from gui.duplicates.comparison import GroupComparison
from gui.duplicates.delegates import WIDEST_CARD
from gui.duplicates.pane import ReviewPane
from gui.duplicates.review import Review
from gui.duplicates.start import StartPage
from gui.duplicates.steps import Steps
from gui.folding import beside
from gui.icons import icon
from gui.keymap import KeyTip
from gui.measures import grown
from gui.menus import add_commands
from gui.pictures import PictureReader
from gui.translation import tr
from gui.window_state import WindowState

FETCH_AFTER_MS = 30
WHILE_COMPARING = ("keep_photo", "trash_photo", "keep_only")


class DuplicatesPage(QWidget):
    """Marks photos by itself; what changes the library it asks for, and `gui/deduplicating.py` does it.

    Signals:
        apart_wanted(PairKind): the photos of the group are to form none any more, because of that.
        move_wanted(list[int]): the marked photos of these groups are to go to the trash.
        opened(int): a group is looked at.
        refused(str): the id of a photo that cannot be marked for the trash.
        again_wanted, save_wanted: from the menu.
        photos_seen(list[Photo], int): thumbnails are wanted, so large in device pixels.
        menu_wanted(Photo, QPoint): the context menu of a photo at a global position.
        closed: the user is done.
    """

    apart_wanted = Signal(object)
    move_wanted = Signal(list)
    opened = Signal(int)
    refused = Signal(str)
    again_wanted = Signal()
    save_wanted = Signal()
    photos_seen = Signal(list, int)
    menu_wanted = Signal(object, QPoint)
    closed = Signal()

    def __init__(
        self,
        state: WindowState,
        reader: PictureReader,
        image: Callable[[str], QPixmap | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.steps = Steps()
        self.start = StartPage(state)
        self.pane = ReviewPane(image)
        self.comparison = GroupComparison(reader, image, self._tools())
        self._pages = QStackedWidget()
        for page in (self.start, self.pane, self.comparison):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self._fetch = QTimer(self, singleShot=True, interval=FETCH_AFTER_MS)
        self._fetch.timeout.connect(self._want_thumbnails)
        self.actions_ = add_commands(self, DUPLICATES, self._handlers(), Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._connect()
        self._fill_menu()
        self._enable()

    @property
    def review(self) -> Review:
        """What is looked through."""
        return self.pane.review

    @property
    def reviewing(self) -> bool:
        """Whether groups are on the screen."""
        return self._pages.currentWidget() is not self.start

    @property
    def comparing(self) -> bool:
        """Whether two photos are compared."""
        return self._pages.currentWidget() is self.comparison

    def show_start(self) -> None:
        """Ask what to look for."""
        self._show(self.start)

    def show_review(self, review: Review) -> None:
        """Look through these groups."""
        self.steps.begin_anew()
        self.pane.show_review(review)
        self._show(self.pane)
        self.pane.members.setFocus()

    def show_groups(self) -> None:
        """Go back to the groups."""
        self._show(self.pane)
        self.pane.members.setFocus()

    def follow(self) -> None:
        """Something was done with groups, or came to be known of them."""
        self.pane.follow()
        self._enable()
        if self.comparing:
            self._compare()

    def step_back(self) -> None:
        """What Escape does: close the comparison, else the page."""
        if self.comparing:
            self.show_groups()
        else:
            self.closed.emit()

    def images_came(self, photo_ids: Sequence[str]) -> None:
        """Thumbnails can be had now."""
        if self.reviewing:
            self.pane.images_came(photo_ids)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        first: QWidget = self.pane.members if self.reviewing else self.start.look
        first.setFocus()
        self._fetch.start()

    def _show(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        self._enable()
        self._fetch.start()

    def _enable(self) -> None:
        """Keys count only where there is something they could be for."""
        for name, action in self.actions_.items():
            action.setEnabled(name == "take_back" or (self.reviewing and self.pane.group is not None))

    def _mark(self, leaves: bool) -> None:
        photo, number = self.pane.photo, self.pane.number
        if photo is None or self.review.leaves(number, photo.id) is leaves:
            return
        before = self.review.choice(number)
        if not self.review.mark(number, photo.id, leaves=leaves):
            self.refused.emit(photo.id)
            return
        self._chosen(number, before)

    def _press_fate(self, row: int) -> None:
        self.pane.members.setCurrentIndex(self.pane.members_model.index(row))
        photo = self.pane.photo
        if photo is not None:
            self._mark(not self.review.leaves(self.pane.number, photo.id))

    def _keep_only(self) -> None:
        photo, number = self.pane.photo, self.pane.number
        if photo is not None:
            before = self.review.choice(number)
            self.review.keep_only(number, photo.id)
            self._chosen(number, before)

    def _chosen(self, number: int, before: frozenset[str] | None) -> None:
        """Marks of a group were changed."""

        def undo() -> None:
            self.review.choose(number, before)
            self.follow()

        self.steps.add(undo)
        self.follow()

    def _toggle_reviewed(self) -> None:
        number = self.pane.number
        reviewed = not self.review.is_reviewed(number)
        self._set_reviewed([number], reviewed)
        if reviewed:
            self.pane.go(1)

    def _set_reviewed(self, numbers: Sequence[int], reviewed: bool) -> None:
        changed = [number for number in numbers if self.review.is_reviewed(number) is not reviewed]

        def undo() -> None:
            self.review.set_reviewed(changed, not reviewed)
            self.follow()

        if changed:
            self.review.set_reviewed(changed, reviewed)
            self.steps.add(undo)
            self.follow()

    def _compare(self) -> None:
        group, photo = self.pane.group, self.pane.photo
        if group is None or photo is None:
            self.show_groups()
            return
        if self.comparison.photo is None or self.comparison.photo.id != photo.id or photo == group.members[0].photo:
            self.comparison.show_group(group, photo)
        if not self.comparing:
            self._show(self.comparison)
            self.comparison.viewer.setFocus()
        self._tell_compared()

    def _tell_compared(self) -> None:
        group, photo = self.pane.group, self.comparison.photo
        if group is None or photo is None:
            return
        self.pane.show_photo(photo.id)
        member = next((one for one in group.members if one.photo.id == photo.id), None)
        if member is not None:
            self.comparison.tell(group, member, leaves=self.review.leaves(self.pane.number, photo.id))

    def _on_group(self) -> None:
        self._enable()
        if self.pane.number >= 0:
            self.opened.emit(self.pane.number)
        if self.comparing:
            self._compare()

    def _want_thumbnails(self) -> None:
        if self.isVisible() and self.reviewing:
            side = round(grown(WIDEST_CARD) * self.devicePixelRatioF())
            self.photos_seen.emit(self.pane.photos_seen(), side)

    def _on_menu(self, row: int, position: QPoint) -> None:
        if (photo := self.pane.members_model.photo(row)) is not None:
            self.menu_wanted.emit(photo, position)

    def _handlers(self) -> dict[str, Callable[[], object]]:
        return {
            "keep_photo": lambda: self._mark(False),
            "trash_photo": lambda: self._mark(True),
            "keep_only": self._keep_only,
            "compare_group": lambda: self.show_groups() if self.comparing else self._compare(),
            "not_copies": lambda: self.apart_wanted.emit(PairKind.NOT_COPIES),
            "keep_both": lambda: self.apart_wanted.emit(PairKind.KEEP_BOTH),
            "reviewed": self._toggle_reviewed,
            "next_group": lambda: self.pane.go(1),
            "previous_group": lambda: self.pane.go(-1),
            "take_back": self.steps.take_back,
            "move_marked": lambda: self.move_wanted.emit([self.pane.number]),
            "move_reviewed": lambda: self.move_wanted.emit(self.review.reviewed()),
        }

    def _connect(self) -> None:
        pane = self.pane
        pane.wanted.connect(lambda name: self.actions_[name].trigger())
        pane.opened.connect(self._compare)
        pane.group_changed.connect(self._on_group)
        pane.seen.connect(self._fetch.start)
        pane.leave.clicked.connect(lambda: self.closed.emit())
        pane.members.fate_pressed.connect(self._press_fate)
        pane.members.menu.connect(self._on_menu)
        self.comparison.viewer.closed.connect(self.show_groups)
        self.comparison.viewer.photo_changed.connect(lambda _: self._tell_compared())
        self.start.back_wanted.connect(self.show_groups)

    def _fill_menu(self) -> None:
        menu = self.pane.more.menu()
        menu.addAction(icon("search"), tr("Look again…"), self.again_wanted.emit)
        menu.addAction(icon("export"), tr("Save the list…"), self.save_wanted.emit)
        menu.addAction(icon("open"), tr("Open a saved list…"), self.start.load_wanted.emit)
        menu.addSeparator()
        menu.addAction(icon("done"), tr("Mark the groups of identical files as reviewed"), self._review_identical)
        menu.addAction(tr("Mark no group as reviewed"), self._review_none)

    def _review_identical(self) -> None:
        self._set_reviewed([one for kind in GroupKind for one in self.review.identical(kind)], True)

    def _review_none(self) -> None:
        self._set_reviewed([one for kind in GroupKind for one in self.review.shown(kind)], False)

    def _tools(self) -> QWidget:
        made = []
        for name in WHILE_COMPARING:
            of = command(name)
            button = tool(of.icon, of.title, lambda name=name: self.actions_[name].trigger())  # type: ignore[misc]
            KeyTip(button, of.title, of)
            made.append(button)
        return beside(*made, spacing=4)
