"""The chips side by side: kept while the query changes, put in another order, reached with the keys."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QWidget

from engine.browsing import Collected
from engine.records import Query, QueryPicture
from gui.controls import Scrolling, widgets_in
from gui.filters.wording import sentence as filter_words
from gui.panels.chip_menu import chip_menu
from gui.panels.chips import GAP, Chip, FilterChip, chip_height
from gui.query_edits import same_picture
from gui.query_thumbnails import QueryThumbnails
from gui.weights import sentence


class ChipRow(Scrolling):
    """More than fit are reached with the wheel, the keys or the list.

    Signals:
        removed, opened, replaced, weighed, moved, chosen, filters_changed: see `QueryBar`.
        overflowing_changed: whether all chips can be seen at once has changed.
    """

    removed = Signal(int)
    opened = Signal(int)
    replaced = Signal(int, object)
    weighed = Signal(int, object, bool)
    moved = Signal(int, int)
    chosen = Signal(object)
    filters_changed = Signal(object)
    overflowing_changed = Signal()

    def __init__(self, thumbnails: QueryThumbnails) -> None:
        super().__init__()
        self._thumbnails = thumbnails
        self._query: Query | None = None
        self._dragged_from: int | None = None
        self._collections: tuple[Collected, ...] = ()
        self.overflowing = False
        thumbnails.ready.connect(self._on_thumbnail)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(chip_height(self))
        self._inside = QWidget()
        self.row = QHBoxLayout(self._inside)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(GAP)
        self.row.addStretch()
        self.hold(self._inside)

    def minimumSizeHint(self) -> QSize:
        """As narrow as may be: chips that cannot be seen are reached otherwise."""
        return QScrollArea.minimumSizeHint(self)

    def chips(self) -> list[Chip]:
        """The chips of the pictures, in the order of the query."""
        return widgets_in(self.row, Chip)

    def filter_chips(self) -> list[FilterChip]:
        """The chips of the filters."""
        return widgets_in(self.row, FilterChip)

    def show_query(self, query: Query | None) -> None:
        """Show the parts of a query; a picture that is only weighed or cut otherwise keeps its chip and the focus."""
        self._query = query
        self._dragged_from = None
        old = self.chips()
        focused = next((number for number, chip in enumerate(old) if chip.hasFocus()), None)
        for position, picture in enumerate(query.pictures if query else ()):
            chip = self._take(picture, old) or self._chip(picture)
            self.row.removeWidget(chip)
            self.row.insertWidget(position, chip)
        for chip in old:
            self._drop(chip)
        liked = [chip for chip in self.chips() if chip.picture.weight > 0]
        for chip in self.chips():
            chip.weight.liked_only = liked == [chip]
            chip.weight.alone = len(self.chips()) == 1
        self._show_filters(query)
        self.fit()
        if focused is not None and self.chips() and not any(chip.hasFocus() for chip in self.chips()):
            self.chips()[min(focused, len(self.chips()) - 1)].setFocus()

    def name_collections(self, names: dict[str, str]) -> None:
        """Call collections that are filters by their names, given by id."""
        self._collections = tuple(Collected(id, name, 0) for id, name in names.items())
        self._show_filters(self._query)
        self.fit()

    def fetch_thumbnails(self) -> None:
        """Show the thumbnails that there are by now."""
        for chip in self.chips():
            chip.show_thumbnail(self._thumbnails.get(chip.picture))

    def list_in(self, menu: QMenu) -> None:
        """Fill a menu with the pictures; one that is chosen is scrolled to."""
        menu.clear()
        for chip in self.chips():
            thumbnail = self._thumbnails.get(chip.picture)
            action = menu.addAction(sentence(chip.name, chip.picture.weight).replace("&", "&&"))
            if thumbnail is not None:
                action.setIcon(QIcon(thumbnail))
            action.triggered.connect(partial(self._focus, chip))

    def fit(self) -> None:
        """Share the room among the words; with too little first they go, then the buttons to take out."""
        chips = self.chips()
        room = self.viewport().width() - sum(chip.sizeHint().width() + GAP for chip in self.filter_chips())
        bare, framed = (room - sum(chip.frame_width(remove=one) + GAP for chip in chips) for one in (False, True))
        in_figures = sum(chip.least_words(named=False) for chip in chips)
        least = [chip.least_words(named=True) for chip in chips]
        named, remove = sum(least) <= framed, in_figures <= framed
        width = _fair_share(least, [chip.most_words() for chip in chips], framed) if named else 0
        for chip, needed in zip(chips, least, strict=True):
            chip.fit(max(needed, width), remove=remove, named=named)
        overflowing = in_figures > bare
        if overflowing != self.overflowing:
            self.overflowing = overflowing
            self.overflowing_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (event.angleDelta().y() or event.angleDelta().x()))

    def focusNextPrevChild(self, forward: bool) -> bool:
        moved = super().focusNextPrevChild(forward)
        focused = self.focusWidget()
        if focused is not None:
            self.ensureWidgetVisible(focused)
        return moved

    def _take(self, picture: QueryPicture, old: list[Chip]) -> Chip | None:
        """The chip that stands for a picture already, if need be with another region."""
        for alike in (same_picture, _same_file):
            for chip in old:
                if alike(chip.picture, picture):
                    old.remove(chip)
                    if chip.picture != picture:
                        self._show_on(chip, picture)
                    return chip
        return None

    def _show_on(self, chip: Chip, picture: QueryPicture) -> None:
        other = not same_picture(chip.picture, picture)
        chip.show_picture(picture)
        if other:
            chip.show_thumbnail(self._thumbnails.get(picture))

    def _chip(self, picture: QueryPicture) -> Chip:
        chip = Chip(picture)
        chip.show_thumbnail(self._thumbnails.get(picture))
        chip.removed.connect(lambda: self.removed.emit(self.chips().index(chip)))
        chip.opened.connect(lambda: self.opened.emit(self.chips().index(chip)))
        chip.chosen.connect(lambda: self.chosen.emit(chip.picture))
        chip.replaced.connect(lambda other: self.replaced.emit(self.chips().index(chip), other))
        chip.weighed.connect(lambda other, going_on: self.weighed.emit(self.chips().index(chip), other, going_on))
        chip.stepped.connect(lambda steps: self._step(chip, steps))
        chip.focus_stepped.connect(lambda steps: self._focus_beside(chip, steps))
        chip.dragged.connect(lambda pointer: self._on_dragged(chip, pointer))
        chip.menu_wanted.connect(lambda place: chip_menu(chip).popup(place))
        chip.let_go.connect(lambda counts: self._on_let_go(chip, counts))
        return chip

    def _drop(self, chip: QWidget) -> None:
        self.row.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def _show_filters(self, query: Query | None) -> None:
        for chip in self.filter_chips():
            self._drop(chip)
        filters = query.filters if query else None
        for number, kind in enumerate(filters.kinds if filters else ()):
            assert filters is not None, "only filters have kinds"
            chip = FilterChip(filter_words(kind, filters, self._collections))
            chip.removed.connect(partial(self.filters_changed.emit, filters.without(kind)))
            self.row.insertWidget(len(self.chips()) + number, chip)

    def _step(self, chip: Chip, steps: int) -> None:
        at = self.chips().index(chip)
        to = min(max(at + steps, 0), len(self.chips()) - 1)
        if to != at:
            self.moved.emit(at, to)

    def _focus_beside(self, chip: Chip, steps: int) -> None:
        chips = self.chips()
        self._focus(chips[min(max(chips.index(chip) + steps, 0), len(chips) - 1)])

    def _focus(self, chip: Chip) -> None:
        chip.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(chip)

    def _on_dragged(self, chip: Chip, pointer: QPoint) -> None:
        """The chip makes its way among the others; nothing is asked before it is let go."""
        chips = self.chips()
        if self._dragged_from is None:
            self._dragged_from = chips.index(chip)
        x = self._inside.mapFromGlobal(pointer).x()
        others = [other for other in chips if other is not chip]
        if self.isRightToLeft():
            place = sum(other.geometry().center().x() > x for other in others)
        else:
            place = sum(other.geometry().center().x() < x for other in others)
        if place != chips.index(chip):
            self.row.removeWidget(chip)
            self.row.insertWidget(place, chip)
            self.row.activate()
        self.ensureWidgetVisible(chip)

    def _on_let_go(self, chip: Chip, counts: bool) -> None:
        began, self._dragged_from = self._dragged_from, None
        at = self.chips().index(chip)
        if began is None or at == began:
            return
        if counts:
            self.moved.emit(began, at)
        else:
            self.show_query(self._query)

    def _on_thumbnail(self, picture: QueryPicture) -> None:
        for chip in self.chips():
            if same_picture(chip.picture, picture):
                chip.show_thumbnail(self._thumbnails.get(picture))


def _fair_share(least: Sequence[int], most: Sequence[int], room: int) -> int:
    """The greatest width that each may take, if those who need more take that, and nobody more than they can use."""
    low, high = 0, max(most, default=0)
    while low < high:
        width = (low + high + 1) // 2
        if sum(min(want, max(need, width)) for need, want in zip(least, most, strict=True)) <= room:
            low = width
        else:
            high = width - 1
    return low


def _same_file(one: QueryPicture, other: QueryPicture) -> bool:
    return (one.path, one.data) == (other.path, other.data)
