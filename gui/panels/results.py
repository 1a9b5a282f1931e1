"""The answer to a query, or photos that answer none: the header and the gallery."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.jobs import Progress
from engine.records import Mode, Photo, QueryPicture, SearchResult
from gui.gallery.arrangement import AS_IT_COMES, Arranged, Arrangement, Order
from gui.gallery.captions import Caption
from gui.gallery.listing import Answer, Listing
from gui.gallery.model import GalleryModel
from gui.gallery.thumbnails import ThumbnailLoader
from gui.gallery.view import MOST_DRAGGED, GalleryView
from gui.panels.results_header import ResultsHeader
from gui.translation import counted, tr
from gui.window_state import WindowState
from gui.words import milliseconds, number, size

PATIENCE_MS = 200


class ResultsPanel(QWidget):
    """Header and gallery.

    Signals:
        ordered(Order, bool): photos that answer no query are wanted in this order, backwards or not.
        looks_wanted: the ids of photos that are to be arranged so that neighbours look alike; see `show_looks`.
        more_wanted: the end of an answer is in sight that may have more matches.
    """

    ordered = Signal(object, bool)
    looks_wanted = Signal(object)
    more_wanted = Signal()

    def __init__(self, loader: ThumbnailLoader, state: WindowState) -> None:
        super().__init__()
        self._state = state
        self.model = GalleryModel(loader, self)
        self.gallery = GalleryView(self.model, loader, self)
        self.header = ResultsHeader(state.captions)
        self._result: SearchResult | None = None
        self._arrangement = replace(AS_IT_COMES, stacked=state.stacked)
        self._note = ""
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._show_busy)
        self._build()
        self._connect()

    @property
    def result(self) -> SearchResult | None:
        """The answer that is shown."""
        return self._result

    @property
    def arrangement(self) -> Arrangement:
        """How answers are laid out."""
        return self._arrangement

    def show_awaiting(self, awaiting: bool) -> None:
        """A first answer is awaited, or no longer. What is shown stays a moment: a quick answer must not flicker."""
        if not awaiting:
            self._patience.stop()
            self.gallery.set_busy(False)
        elif self._result is None:
            self._show_busy()
        else:
            self._patience.start()

    def show_result(self, result: SearchResult, *, keep: bool = False) -> None:
        """Show an answer; `keep` leaves selection and scroll where they are."""
        if not keep:
            # A range that was set for one question says nothing about another.
            other = self._result is None or not _same_pictures(self._result, result)
            self._arrangement = replace(self._arrangement, opened=frozenset())
            if other or result.query.mode is Mode.COPIES:
                self._arrangement = replace(self._arrangement, lowest=0.0, highest=1.0)
        self._result = result
        self.header.set_scored(bool(result.matches), copies=result.query.mode is Mode.COPIES)
        self.header.scores.show_scores([match.score for match in result.matches], result.chance_below)
        self._arrange(keep=keep)

    def show_listing(
        self,
        listing: Listing,
        summary: str,
        note: str = "",
        *,
        empty: tuple[str, str] = ("", ""),
        order: Order | None = None,
        backwards: bool = False,
        keep: bool = False,
    ) -> None:
        """Show photos that answer no query; `keep` leaves selection and scroll where they are.

        Args:
            summary: says what they are.
            note: a quieter remark beside it.
            empty: what is said, and what to do, if there are none.
            order: what they are sorted by; None if there is nothing to choose, else `ordered` says what is chosen.
        """
        self._result = None
        self._patience.stop()
        self.gallery.set_busy(False)
        self.gallery.set_empty_message(*empty)
        self.header.set_scored(False)
        self.header.show_order(order, backwards)
        self.model.show(listing, keep=keep)
        self._say(summary, note)

    def show_looks(self, ids: Sequence[str]) -> None:
        """Photos as they follow each other by their looks; what is sorted so takes that order."""
        looks = {photo_id: place for place, photo_id in enumerate(ids)}
        self.arrange(replace(self._arrangement, looks=looks))

    def show_arranging(self, progress: Progress) -> None:
        """Photos that answer no query are still being brought into the order of their looks."""
        if self._result is None:
            share = f"{number(100 * progress.done / progress.total)} %" if progress.total else ""
            self.header.show_text(self.header.summary.text(), tr("Arranging by look… {share}", share=share).strip())

    def clear(self) -> None:
        """Show nothing."""
        self._result = None
        self.model.clear()
        self._say("", "")

    def arrange(self, arrangement: Arrangement) -> None:
        """Lay the answer out like this from now on."""
        self._arrangement = arrangement
        self.header.show_stacked(arrangement.stacked)
        if self._result is not None:
            self._arrange(keep=True)

    def toggle_stack(self, photo: Photo) -> None:
        """Open or close the stack that a photo is in; what is looked at stays where it is."""
        listing = self.model.listing
        row = listing.row_of(photo.id)
        stack = listing.stack(row) if row >= 0 else None
        if stack is None or self._result is None:
            return
        together = next(ids for ids in self._result.stacks if photo.id in ids)
        opened = self._arrangement.opened - set(together)
        if stack.open:  # the current photo may be about to be folded: the one that stands for it takes its place
            best = next(one for one in together if (at := listing.row_of(one)) >= 0 and _is_best(listing, at))
            if (current := self.gallery.current_photo()) is not None and current.id in together:
                self.gallery.set_current_photo(best)
            row = listing.row_of(best)
        else:
            opened |= {photo.id}
        self.gallery.hold(row)
        self.arrange(replace(self._arrangement, opened=opened))

    def _arrange(self, *, keep: bool) -> None:
        result = self._result
        assert result is not None, "there is something to arrange"
        answer = Answer(result, self._arrangement)
        self.gallery.set_empty_message(*nothing_found(result, self._arrangement))
        self.model.show(answer, keep=keep)
        self.header.show_range(self._arrangement.lowest, self._arrangement.highest)
        self.header.show_order(self._arrangement.order, self._arrangement.backwards)
        waiting = self._looks_missing(result)
        self._say(
            summary(result, answer.arranged),
            tr("Arranging by look… {share}", share="").strip() if waiting else note(result, answer.arranged),
        )
        if waiting:
            self.looks_wanted.emit([match.photo.id for match in result.matches])

    def _looks_missing(self, result: SearchResult) -> bool:
        looks = self._arrangement.looks
        return self._arrangement.order is Order.LOOK and any(match.photo.id not in looks for match in result.matches)

    def _show_busy(self) -> None:
        self._result = None
        self.model.clear()
        self.gallery.set_busy(True)
        self._say(tr("Searching…"), "")

    def _say(self, summary: str, note: str) -> None:
        self._note = note
        self.header.show_text(summary, note)

    def _on_selection(self, photos: Sequence[Photo]) -> None:
        rows = sum(map(len, self.gallery.selected_rows()))
        self.header.show_text(self.header.summary.text(), selected(rows, photos) if rows > 1 else self._note)

    def _on_end(self) -> None:
        """Whoever leaves out low scores does not want matches that are farther still."""
        result = self._result
        if result is not None and result.cut_off and result.matches[-1].score >= self._arrangement.lowest:
            self.more_wanted.emit()

    def _on_ordered(self, order: Order, backwards: bool) -> None:
        if self._result is None:
            self.ordered.emit(order, backwards)
        else:
            self.arrange(replace(self._arrangement, order=order, backwards=backwards))
            self.gallery.show_top()

    def _on_stacked(self, stacked: bool) -> None:
        self._state.stacked = stacked
        self.arrange(replace(self._arrangement, stacked=stacked, opened=frozenset()))

    def _on_captions(self, captions: tuple[Caption, ...]) -> None:
        self._state.captions = captions
        self.gallery.set_captions(captions)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.gallery, 1)

    def _connect(self) -> None:
        header, gallery, state = self.header, self.gallery, self._state
        header.scores.changed.connect(
            lambda lowest, highest: self.arrange(replace(self._arrangement, lowest=lowest, highest=highest))
        )
        header.ordered.connect(self._on_ordered)
        header.stacked_toggled.connect(self._on_stacked)
        header.captions_chosen.connect(self._on_captions)
        header.show_stacked(state.stacked)
        header.show_order(self._arrangement.order, self._arrangement.backwards)
        header.show_range(0.0, 1.0)
        gallery.set_captions(state.captions)
        gallery.set_thumbnail_size(state.thumbnail_size)
        header.thumbnail_size.setValue(state.thumbnail_size)
        header.thumbnail_size.valueChanged.connect(gallery.set_thumbnail_size)
        gallery.thumbnail_size_changed.connect(header.thumbnail_size.setValue)
        gallery.thumbnail_size_changed.connect(lambda pixels: setattr(state, "thumbnail_size", pixels))
        gallery.stack_wanted.connect(self.toggle_stack)
        gallery.end_reached.connect(self._on_end)
        gallery.selection_changed.connect(self._on_selection)
        gallery.drag_refused.connect(lambda rows: header.show_text(header.summary.text(), why_no_drag(rows)))


def summary(result: SearchResult, arranged: Arranged) -> str:
    """Such as "112 matches, 12 new", "4 copies", "87 of 312 matches", "200 nearest photos" if there may be more."""
    total = len(result.matches)
    if arranged.passing < total:
        return counted("{shown} of {n} match", "{shown} of {n} matches", total, shown=number(arranged.passing))
    new = sum(match.new for match in result.matches)
    if result.query.mode is Mode.COPIES:
        found = counted("{n} copy", "{n} copies", total)
    elif result.cut_off:
        found = counted("{n} nearest photo", "{n} nearest photos", total)
    else:
        found = counted("{n} match", "{n} matches", total)
    return tr("{found}, {new} new", found=found, new=number(new)) if new else found


def note(result: SearchResult, arranged: Arranged) -> str:
    """Such as "14 folded into stacks · in 42,013 photos · 18 ms"."""
    parts = result.timing
    seconds = parts.decode + parts.embed + parts.search
    where = counted("in {n} photo · {time}", "in {n} photos · {time}", result.searchable, time=milliseconds(seconds))
    folded = [counted("{n} folded", "{n} folded", arranged.folded)] if arranged.folded else []
    return " · ".join([*folded, where])


def selected(rows: int, photos: Sequence[Photo]) -> str:
    """Such as "12 selected, 48 MB"; without the size while some of them have not been read."""
    said = counted("{n} selected", "{n} selected", rows)
    return f"{said}, {size(sum(photo.size for photo in photos))}" if len(photos) == rows else said


def why_no_drag(rows: int) -> str:
    """Why so many photos cannot be dragged."""
    if rows > MOST_DRAGGED:
        return tr("At most {most} photos can be dragged at once.", most=number(MOST_DRAGGED))
    return tr("Some of these photos are still being read; drag them again in a moment.")


def nothing_found(result: SearchResult, arrangement: Arrangement) -> tuple[str, str]:
    """What an empty gallery says, and what to do."""
    if result.matches and arrangement.narrowed:
        return tr("No match has a score in this range"), tr("Double-click the score slider to see all of them.")
    if not result.searchable:
        return tr("No photo is searchable yet"), tr(
            "Add a folder with photos, or wait until the first ones are indexed."
        )
    if result.query.mode is Mode.COPIES:
        return tr("No copies of this picture"), tr("Switch to Similar for photos that show something alike.")
    return tr("No matches"), tr("Take away a filter or one of the pictures.")


def _is_best(listing: Listing, row: int) -> bool:
    stack = listing.stack(row)
    return stack is not None and stack.best


def _same_pictures(one: SearchResult, other: SearchResult) -> bool:
    """Whether two questions have a picture in common: then the second goes on from the first."""
    return bool(_liked(one) & _liked(other))


def _liked(result: SearchResult) -> set[QueryPicture]:
    return {replace(picture, weight=1.0) for picture in result.query.pictures if picture.weight > 0}
