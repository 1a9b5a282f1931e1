"""Duplicates: looked for in the background, followed as the library changes, and moved to the trash."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMenu

from engine.catalog.pairs import PairKind
from engine.copies.verdict import Kind
from engine.duplicates.groups import DuplicateGroup, DuplicateOptions
from engine.errors import EngineError
from engine.jobs import Job
from engine.records import Photo
from gui.changing import Changes
from gui.controls import elided
from gui.dialogs.choosing import choose_saved
from gui.dialogs.question import Question, ask
from gui.duplicates.review import Review
from gui.gallery.thumbnails import ThumbnailLoader
from gui.gallery.wording import shown_name
from gui.icons import icon
from gui.messages import Offer
from gui.panels.library import LibraryPanel
from gui.panels.stage import Stage
from gui.photo_actions import Doers, PhotoActions
from gui.pictures import PictureReader
from gui.tasks import Lane, Task
from gui.translation import counted, tr
from gui.trashing import NAME_WIDTH
from gui.window_state import WindowState
from gui.words import size

if TYPE_CHECKING:
    from engine.export.duplicates import LoadedGroups
    from engine.library import Library
    from engine.trashing import TrashReport
    from gui.duplicates.page import DuplicatesPage
    from gui.overview import LibraryWatch, Overview

Pair = tuple[bytes, bytes]
Numbered = list[tuple[int, DuplicateGroup | None]]


class Deduplicating(QObject):
    """Owns the page of duplicates, which is made when it is first wanted, and what it shows.

    Signals:
        add_folder_wanted: there are no photos yet.
    """

    add_folder_wanted = Signal()

    def __init__(
        self,
        state: WindowState,
        reader: PictureReader,
        stage: Stage,
        panel: LibraryPanel,
        watch: "LibraryWatch",
        loader: ThumbnailLoader,
        changes: Changes,
        doers: Doers,
        actions: PhotoActions,
    ) -> None:
        super().__init__(stage)
        self._changes = changes
        self._state = state
        self._reader = reader
        self._made: DuplicatesPage | None = None
        self._actions = actions
        self._stage = stage
        self._loader = loader
        self._doers = doers
        self._finding: Task | None = None
        self._asked: Task | None = None
        self._ours: set[str] = set()
        self._all_done = False
        self._empty = False
        self._stale = False
        self._ended = False
        self.dialog: QFileDialog | None = None
        panel.duplicates_wanted.connect(self.show)
        stage.currentChanged.connect(lambda _: self._on_stage(panel))
        watch.photos_changed.connect(self.refresh)
        watch.looked.connect(self._on_looked)

    @property
    def page(self) -> "DuplicatesPage":
        """What shows the groups."""
        if self._made is None:
            from gui.duplicates.page import DuplicatesPage  # it is slow to load

            self._made = DuplicatesPage(self._state, self._reader, self._loader.image)
            self._stage.addWidget(self._made)
            self._connect(self._made)
            self._ask_what(False)
        return self._made

    @property
    def finding(self) -> bool:
        """Whether duplicates are being looked for."""
        return self._finding is not None

    @property
    def shown(self) -> bool:
        """Whether the duplicates fill the stage."""
        return self._made is not None and self._stage.currentWidget() is self._made

    def show(self) -> None:
        """Give the stage to the duplicates."""
        self._stage.visit(self.page, self.page.step_back)
        if self._stale:
            self.refresh()

    def find(self, options: DuplicateOptions) -> None:
        """Look for duplicates."""
        library = self._changes.library
        self._start(lambda job: library.duplicates.find(options, job), self._on_found)

    def load(self, file: Path) -> None:
        """Show a list that was saved before, as it is now."""
        library = self._changes.library
        self._start(lambda job: _load(library, file), self._on_loaded)

    def refresh(self) -> None:
        """The photos have changed: the groups follow, at once if they are on the screen."""
        if self._made is None:
            return
        self._stale = not self.shown
        review = self.page.review
        if self._stale or not len(review) or self._ended:
            return
        if self._asked is not None:
            self._asked.cancel()
        library, found = self._changes.library, review.found()
        self._asked = self._changes.tasks.submit(
            lambda job: library.duplicates.as_they_are_now(found, job),
            lane=Lane.COMPARING,
            owner=self,
            on_success=lambda now: self._follow(review, list(enumerate(now))),
        )

    def stop(self) -> None:
        """Look for nothing any more: the library is about to be closed."""
        self._ended = True
        for task in (self._finding, self._asked):
            if task is not None:
                task.cancel()

    def _start(self, call: Callable[[Job], Any], done: Callable[[Any], None]) -> None:
        if self._ended or self._finding is not None:
            return
        start = self.page.start
        start.show_progress(None)
        self.page.show_start()
        self._finding = self._changes.tasks.submit(
            call,
            lane=Lane.COMPARING,
            owner=self,
            on_success=done,
            on_failure=self._on_failed,
            on_progress=start.show_progress,
            on_cancel=self._on_cancelled,
        )

    def _on_found(self, groups: Sequence[DuplicateGroup]) -> None:
        self._finding = None
        review = Review(groups)
        review.go_on_from(self.page.review)
        self._show_review(review)
        if not groups:
            text = tr("Every photo is one of its kind, as far as was looked. Looking farther may find more.")
            self.page.start.tell(tr("No duplicates"), text)
        self._tell_unseen()

    def _on_loaded(self, loaded: "LoadedGroups") -> None:
        self._finding = None
        self._show_review(Review(loaded.groups))
        if loaded.missing:
            gone = counted(
                "{n} photo of the list is gone or has changed.",
                "{n} photos of the list are gone or have changed.",
                len(loaded.missing),
            )
            self._changes.messages.tell(gone, tr("Such as “{name}”.", name=shown_name(loaded.missing[0])))
        if not loaded.groups:
            self.page.start.tell(tr("Nothing is left of this list"), tr("Its photos are gone, or have changed."))

    def _show_review(self, review: Review) -> None:
        self._all_done = self._stale = False
        if len(review):
            self.page.show_review(review)
        else:
            self.page.pane.show_review(review)
            self.page.show_start()

    def _tell_unseen(self) -> None:
        """Whoever is elsewhere by now wants to know that the search has come to its end."""
        groups = self.page.review.all_shown()
        if groups and not self.shown:
            found = counted("{n} group of duplicates was found.", "{n} groups of duplicates were found.", len(groups))
            self._changes.messages.tell(found, "", Offer(tr("Look at them"), self.show))

    def _on_failed(self, error: Exception) -> None:
        self._finding = None
        back = bool(self.page.review.all_shown())
        if not isinstance(error, EngineError):
            self._ask_what(back)
            self._changes.tasks.on_failure(error)
            return
        self.page.start.tell(error.message, error.hint, back=back, empty_library=self._empty)

    def _on_cancelled(self) -> None:
        self._finding = None
        if not self._ended:
            self._ask_what(bool(self.page.review.all_shown()))

    def _ask_what(self, back: bool) -> None:
        """What is to be looked for, unless there is nothing to look in."""
        start = self.page.start
        if self._empty:
            text = tr("Add a folder with photos, and duplicates among them can be looked for.")
            start.tell(tr("No photos yet"), text, empty_library=True)
        else:
            text = tr("Copies of one picture, and shots of one moment, in groups to look through. Nothing is deleted.")
            start.tell(tr("Find duplicates"), text, back=back)
        self.page.show_start()

    def _on_looked(self, overview: "Overview") -> None:
        """There are photos now, or none any more."""
        empty = overview.counts.searchable == 0
        if empty is not self._empty:
            self._empty = empty
            if self._made is not None and not self.finding and not self._made.reviewing:
                self._ask_what(bool(self.page.review.all_shown()))

    def _follow(self, review: Review, now: Numbered) -> None:
        """So are some of the groups now."""
        if review is not self.page.review:
            return
        self._tell_gone(review, now)
        review.update(now)
        self.page.follow()
        self._end_if_done()

    def _tell_gone(self, review: Review, now: Numbered) -> None:
        """Of the group that is looked at, when photos of it went without us."""
        number = self.page.pane.number
        before, after = self.page.pane.group, dict(now).get(number, self.page.pane.group)
        if before is None or review.group(number) is None:
            return
        left = {member.photo.id for member in after.members} if after is not None else set()
        left |= self._ours
        gone = [member.photo for member in before.members if member.photo.id not in left]
        if gone and after is not None:
            text = tr("“{name}” is gone, or was changed.", name=shown_name(gone[0].path))
            self._changes.messages.tell(text, tr("Its group is shown without it."))
        elif gone:
            text = tr("The photos of this group are not what they were.")
            self._changes.messages.tell(text, tr("It is shown no more. Look for duplicates again."))

    def _end_if_done(self) -> None:
        """The last group was dealt with; or one is back after that."""
        left = bool(self.page.review.all_shown())
        if self.page.reviewing and not left:
            self._all_done = True
            self.page.start.tell(tr("All done"), tr("No group is left to look through."))
            self.page.show_start()
        elif self._all_done and left and not self.finding:
            self._all_done = False
            self.page.show_groups()

    def _check(self, number: int) -> None:
        """Look at the files of a group whenever it is opened: they may have gone since."""
        review = self.page.review
        group = review.group(number)
        if group is None or self._ended:
            return
        library = self._changes.library
        self._changes.tasks.submit(
            lambda job: library.duplicates.as_they_are_now([group], job, on_disk=True),
            lane=Lane.FETCHING,
            owner=self,
            on_success=lambda now: self._take_if_other(review, number, group, now[0]),
        )

    def _take_if_other(self, review: Review, number: int, before: DuplicateGroup, now: DuplicateGroup | None) -> None:
        if now is None or now.members != before.members:
            self._follow(review, [(number, now)])

    def _keep_apart(self, kind: PairKind) -> None:
        page, review = self.page, self.page.review
        number, group = page.pane.number, page.pane.group
        if group is None:
            return
        if kind is PairKind.NOT_COPIES and all(_is_identical(member.verdict) for member in group.members):
            text = tr("These are identical files, which no decision makes different.")
            self._changes.messages.tell(text, tr("Keep all of them instead."))
            return
        photos = [member.photo for member in group.members]

        def on_done(pairs: list[Pair]) -> None:
            review.set_done([number], True)
            undo = page.steps.add(lambda: self._bring_together(review, number, kind, pairs), lasting=True)
            page.follow()
            self._end_if_done()
            text = tr("They will not be shown as duplicates again.")
            self._changes.messages.tell(text, "", Offer(tr("Undo"), undo))

        self._changes.make(lambda library: library.duplicates.keep_apart(kind, photos), on_done)

    def _bring_together(self, review: Review, number: int, kind: PairKind, pairs: list[Pair]) -> None:
        self._changes.make(
            lambda library: library.duplicates.take_back(kind, pairs),
            lambda _: self._bring_back(review, [number]),
        )

    def _bring_back(self, review: Review, numbers: Sequence[int]) -> None:
        """Groups that were done with are to be seen again."""
        review.set_done(numbers, False)
        if review is self.page.review:
            self.page.follow()
            self._end_if_done()
            self.refresh()

    def _ask_to_move(self, numbers: list[int]) -> None:
        """The marks of one group were just looked at; for those of several, there is a question."""
        groups = [(number, group) for number in numbers if (group := self.page.review.group(number)) is not None]
        groups = [(number, group) for number, group in groups if group.surplus]
        if len(groups) < 2:
            self._move(groups)
            return
        photos = sum(len(group.surplus) for _, group in groups)
        question = Question(
            tr("Move to the trash?"),
            counted("Move {n} photo to the trash?", "Move {n} photos to the trash?", photos),
            tr(
                "They are marked in {groups} reviewed groups, and take {size}. At least one photo of each group stays.",
                groups=len(groups),
                size=size(sum(group.surplus_bytes for _, group in groups)),
            )
            + "\n\n"
            + tr("They can be restored from the trash of your system."),
            yes=tr("Move to the trash"),
            no=tr("Keep"),
        )
        ask(self.page.window(), question, lambda: self._move(groups))

    def _move(self, groups: Sequence[tuple[int, DuplicateGroup]]) -> None:
        library, review = self._changes.library, self.page.review
        if groups:
            chosen = [group for _, group in groups]
            self._doers.trashing.move(
                lambda job: library.duplicates.put_surplus_in_trash(chosen, job),
                lambda report: self._on_moved(review, groups, report),
            )

    def _on_moved(
        self, review: Review, groups: Sequence[tuple[int, DuplicateGroup]], report: "TrashReport"
    ) -> Callable[[], None] | None:
        moved = {one.photo.id for one in report.moved}
        self._ours |= moved
        done = [number for number, group in groups if {photo.id for photo in group.surplus} <= moved]
        review.set_done(done, True)
        self.page.follow()
        self._end_if_done()
        for number, _ in groups:
            if number not in done:
                self._check(number)
        back = report.restorable
        if not back:
            return None

        def undo() -> None:
            self._doers.trashing.take_out(back, lambda _: self._bring_back(review, done))

        return self.page.steps.add(undo, lasting=True)

    def _on_refused(self, photo_id: str) -> None:
        group = self.page.pane.group
        member = next((one for one in group.members if one.photo.id == photo_id), None) if group else None
        if member is not None and member.reference:
            name = elided(shown_name(member.photo.path), self.page, NAME_WIDTH)
            text = tr("“{name}” lies in a reference folder, and stays.", name=name)
            self._changes.messages.tell(text)
        else:
            text = tr("One photo of each group stays.")
            self._changes.messages.tell(text, tr("Keep another one first, then mark this one."))

    def _menu(self, photo: Photo) -> QMenu:
        page, actions = self.page, self._actions
        menu = QMenu(page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in ("compare_group", "keep_photo", "trash_photo", "keep_only"):
            menu.addAction(page.actions_[name])
        menu.addSeparator()
        menu.addMenu(self._doers.opening.menu([photo], menu))
        menu.addAction(icon("lookalikes"), tr("Find lookalikes of this"), lambda: actions.lookalikes_wanted.emit(photo))
        menu.addAction(icon("reveal"), tr("Show in file manager"), lambda: actions.reveal([photo]))
        menu.addAction(icon("link"), tr("Copy path"), lambda: actions.copy_paths([photo]))
        return menu

    def _open_saved(self) -> None:
        self.dialog = choose_saved(self.page.window(), self.load)

    def _want(self, photos: list[Photo], side: int) -> None:
        if not self._ended:
            self._loader.want(photos, side)

    def _on_stage(self, panel: LibraryPanel) -> None:
        panel.mark_duplicates(self.shown)

    def _connect(self, page: "DuplicatesPage") -> None:
        start = page.start
        page.closed.connect(lambda: self._stage.leave(page))
        start.add_folder_wanted.connect(self.add_folder_wanted)
        start.find_wanted.connect(self.find)
        start.load_wanted.connect(self._open_saved)
        start.cancelled.connect(lambda: self._finding.cancel() if self._finding is not None else None)
        page.again_wanted.connect(lambda: self._ask_what(True))
        page.save_wanted.connect(lambda: self._doers.exporting.export_groups(page.review.all_shown()))
        page.apart_wanted.connect(self._keep_apart)
        page.move_wanted.connect(self._ask_to_move)
        page.opened.connect(self._check)
        page.refused.connect(self._on_refused)
        page.photos_seen.connect(self._want)
        page.menu_wanted.connect(lambda photo, position: self._menu(photo).popup(position))
        self._loader.loaded.connect(page.images_came)


def _is_identical(verdict: object) -> bool:
    kind = getattr(verdict, "kind", Kind.IDENTICAL_FILE)
    return kind is Kind.IDENTICAL_FILE


def _load(library: "Library", file: Path) -> "LoadedGroups":
    from engine.export.duplicates import load_groups  # only when needed: it is slow to load

    return load_groups(library, file)
