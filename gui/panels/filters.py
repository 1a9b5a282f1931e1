"""The filters: what photos must be, with the number of photos that each choice would leave."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from engine.browsing import Facets
from engine.filters import Decided, FilterKind, Filters, Orientation
from engine.imaging import formats
from gui.commands import command
from gui.controls import ElidedLabel, Scrolling, button, caption, empty, heading, label, surface, tool
from gui.filters.counted_model import COUNT, Choice, CountedModel
from gui.filters.counting import SIZES
from gui.filters.days import DayRange
from gui.filters.folder_model import Chosen, FolderModel
from gui.filters.wording import DECISIONS, ORIENTATIONS, camera_title, sentence, size_title
from gui.folding import APART, REST_TO_SECOND, Folding, beside
from gui.keymap import KeyTip
from gui.measures import margins
from gui.translation import counted, later, tr
from gui.words import number

WIDTH = 272
NARROWEST = 220
MOST_ROWS = 8
MOST_FOLDERS = 12
TITLES = {
    FilterKind.FOLDER: later("Folders"),
    FilterKind.DATE: later("Date"),
    FilterKind.CAMERA: later("Camera"),
    FilterKind.FORMAT: later("Format"),
    FilterKind.ORIENTATION: later("Orientation"),
    FilterKind.SIZE: later("Longer side"),
    FilterKind.DECISION: later("Decision"),
    FilterKind.COLLECTION: later("Collection"),
    FilterKind.SCORE: later("Score"),
}


class FiltersPanel(QFrame):
    """Shows the filters that are set, and changes them.

    Signals:
        changed: the Filters that the user wants.
        folder_wanted: a folder to look into, by Enter or a double click.
        close_wanted: the panel is not needed any more.
        shown_changed: whether the panel can be seen.
    """

    changed = Signal(object)
    folder_wanted = Signal(object)
    close_wanted = Signal()
    shown_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filters = Filters()
        self._facets = Facets()
        surface(self, "panel")
        self.setAccessibleName(tr("Filters"))
        self.summary = caption("")
        self.clear = button(tr("Clear all"), lambda: self._want(Filters()), "plain")
        self.clear.setToolTip(tr("Take away all filters"))
        self.active = QVBoxLayout()
        self.days = DayRange()
        self.folders = FolderModel(self)
        self.cameras, self.formats, self.orientations = (CountedModel(self) for _ in range(3))
        self.folder_view = _list_view(self.folders, tr("Folders"), tree=True)
        self.lists = {
            FilterKind.CAMERA: _list_view(self.cameras, tr("Camera")),
            FilterKind.FORMAT: _list_view(self.formats, tr("Format")),
            FilterKind.ORIENTATION: _list_view(self.orientations, tr("Orientation")),
        }
        self.least_size, self.decision, self.collection = (
            _combo(tr("Least size of the longer side")),
            _combo(tr("Decision")),
            _combo(tr("Collection")),
        )
        self._sections: dict[FilterKind, QWidget] = {}
        self._unfolded: set[Path] = set()
        self._build()
        self._connect()
        self.show_filters(Filters())

    def show_filters(self, filters: Filters) -> None:
        """These are set now."""
        self.filters = filters
        self.clear.setVisible(bool(filters.kinds))
        self._show_active()
        self.days.show_range(filters.after, filters.before)
        self._show_choices()

    def show_facets(self, facets: Facets, filters: Filters) -> None:
        """So many photos there would be with each choice."""
        if filters != self.filters:
            return
        opened = None if self._facets.folders else facets.folders
        self._facets = facets
        self.summary.setText(counted("{n} photo passes", "{n} photos pass", facets.passing))
        self.days.show_days(facets.days)
        self._show_choices()
        self._show_active()
        if opened is not None:
            self.folder_view.expandToDepth(0)
        self._fit_folders()

    def minimumSizeHint(self) -> QSize:
        """Wide enough for its words, be they large."""
        return super().minimumSizeHint().expandedTo(QSize(NARROWEST, 0))

    def start(self) -> None:
        """Put the cursor into the first filter."""
        self.folder_view.setFocus()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.shown_changed.emit(True)

    def hideEvent(self, event: Any) -> None:
        super().hideEvent(event)
        self.shown_changed.emit(False)

    def _want(self, filters: Filters) -> None:
        if filters != self.filters:
            self.show_filters(filters)
            self.changed.emit(filters)

    def _change(self, **changes: Any) -> None:
        self._want(replace(self.filters, **changes))

    # What is shown

    def _show_active(self) -> None:
        empty(self.active)
        for kind in self.filters.kinds:
            self.active.addWidget(self._active_row(kind))

    def _active_row(self, kind: FilterKind) -> QWidget:
        made = QFrame()
        made.setObjectName("chip")
        text = sentence(kind, self.filters, self._facets.collections)
        row = QHBoxLayout(made)
        margins(row, 8, 0, 2, 0)
        row.setSpacing(6)
        words = ElidedLabel(text)
        words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        words.setMinimumWidth(1)  # it gives way only when it has a line of its own
        row.addWidget(Folding(caption(tr(TITLES[kind])), words, spacing=6, shares=REST_TO_SECOND), 1)
        take_away = tool("close", tr("Take away the filter “{title}: {text}”", title=tr(TITLES[kind]), text=text))
        take_away.clicked.connect(lambda: self._want(self.filters.without(kind)))
        row.addWidget(take_away)
        return made

    def _show_choices(self) -> None:
        filters, facets = self.filters, self._facets
        self.folders.show(facets.folders, Chosen(filters.folders, filters.folders_alone))
        cameras = [Choice(value, camera_title(value), photos) for value, photos in facets.cameras]
        self.cameras.show(_with(cameras, filters.cameras, camera_title), filters.cameras)
        kinds = [Choice(value, formats.title(value), photos) for value, photos in facets.formats]
        self.formats.show(_with(kinds, filters.formats, formats.title), filters.formats)
        shapes = [Choice(one, tr(ORIENTATIONS[one]), facets.orientations.get(one, 0)) for one in Orientation]
        self.orientations.show(shapes, filters.orientations)
        for kind, view in self.lists.items():
            _fit(view)
            self._sections[kind].setVisible(view.model().rowCount(QModelIndex()) > 0)
        self._sections[FilterKind.DATE].setVisible(bool(facets.days or filters.after or filters.before))
        self._show_sizes()
        decisions = [
            (None if one is None else str(one), tr(said), facets.decisions.get(one) if one else None)
            for one, said in DECISIONS.items()
        ]
        _fill(self.decision, decisions, filters.decision)
        collections: list[tuple[str | None, str, int | None]] = [(None, tr("Any or none"), None)]
        collections += [(one.id, one.name, one.photos) for one in facets.collections]
        if filters.collection and all(filters.collection != value for value, _, _ in collections):
            collections.append((filters.collection, filters.collection, None))
        _fill(self.collection, collections, filters.collection or None)
        self._sections[FilterKind.COLLECTION].setVisible(len(collections) > 1)

    def _show_sizes(self) -> None:
        wanted = self.filters.min_size
        sizes = sorted({*SIZES, wanted} - {0})
        choices: list[tuple[str | None, str, int | None]] = [(None, size_title(0), None)]
        choices += [(str(size), size_title(size), self._facets.sizes.get(size)) for size in sizes]
        _fill(self.least_size, choices, str(wanted) if wanted else None)

    def _fit_folders(self) -> None:
        """As high as the folders that are unfolded, up to some."""
        rows, index = 0, self.folders.index(0, 0)
        while index.isValid() and rows < MOST_FOLDERS:
            rows += 1
            index = self.folder_view.indexBelow(index)
        _set_rows(self.folder_view, rows)

    def _keep_unfolded(self) -> None:
        """Other folders come one by one while they are indexed; those at hand must not fold up each time."""
        view, model = self.folder_view, self.folders
        self._unfolded = {model.path(index) for index in model.indexes() if view.isExpanded(index)}

    def _unfold_again(self) -> None:
        for index in self.folders.indexes():
            if self.folders.path(index) in self._unfolded:
                self.folder_view.expand(index)

    # How it is built

    def _build(self) -> None:
        """From the outside to the inside: a widget that moves into another takes on its style anew, with all in it."""
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head())
        inside = QWidget()
        whole.addWidget(Scrolling(inside), 1)
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 0, 12, 12)
        column.setSpacing(12)
        self.active.setSpacing(4)
        column.addLayout(self.active)
        for kind, widget in (
            (FilterKind.FOLDER, self.folder_view),
            (FilterKind.DATE, self.days),
            (FilterKind.CAMERA, self.lists[FilterKind.CAMERA]),
            (FilterKind.FORMAT, self.lists[FilterKind.FORMAT]),
            (FilterKind.ORIENTATION, self.lists[FilterKind.ORIENTATION]),
            (FilterKind.SIZE, self.least_size),
            (FilterKind.DECISION, self.decision),
            (FilterKind.COLLECTION, self.collection),
        ):
            self._sections[kind] = made = QWidget(inside)
            column.addWidget(made)
            self._fill_section(made, kind, widget)
        column.addStretch(1)

    def _head(self) -> QWidget:
        made = QWidget(self)
        close = tool("close", tr("Close the filters"), self.close_wanted.emit)
        KeyTip(close, tr("Close the filters"), command("filters"))
        row = QHBoxLayout(made)
        margins(row, 12, 6, 6, 6)
        said = beside(label(tr("Filters"), bold=True), self.summary)
        row.addWidget(Folding(said, self.clear, shares=APART), 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _fill_section(self, section: QWidget, kind: FilterKind, widget: QWidget) -> None:
        column = QVBoxLayout(section)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(heading(tr(TITLES[kind])))
        column.addWidget(widget)

    def _connect(self) -> None:
        self.folders.chosen.connect(lambda chosen: self._change(folders=chosen.folders, folders_alone=chosen.alone))
        self.folders.modelAboutToBeReset.connect(self._keep_unfolded)
        self.folders.modelReset.connect(self._unfold_again)
        for signal in (self.folder_view.expanded, self.folder_view.collapsed):
            signal.connect(lambda _: self._fit_folders())
        self.folder_view.activated.connect(lambda index: self.folder_wanted.emit(self.folders.path(index)))
        self.cameras.chosen.connect(lambda values: self._change(cameras=values))
        self.formats.chosen.connect(lambda values: self._change(formats=values))
        self.orientations.chosen.connect(lambda values: self._change(orientations=tuple(map(Orientation, values))))
        self.days.range_chosen.connect(self._on_range)
        self.least_size.activated.connect(lambda _: self._change(min_size=int(self.least_size.currentData() or 0)))
        self.decision.activated.connect(lambda _: self._on_decision(self.decision.currentData()))
        self.collection.activated.connect(lambda _: self._change(collection=self.collection.currentData() or ""))

    def _on_range(self, after: date | None, before: date | None) -> None:
        self._change(after=after, before=before)

    def _on_decision(self, value: str | None) -> None:
        self._change(decision=Decided(value) if value else None)


def _with(choices: list[Choice], chosen: Sequence[str], title: Callable[[str], str]) -> list[Choice]:
    """What is chosen is listed even if no photo has it, and first, because that is what is to be loosened."""
    known = {choice.value for choice in choices}
    return [*(Choice(value, title(value), 0) for value in chosen if value not in known), *choices]


def _list_view(model: Any, name: str, *, tree: bool = False) -> QTreeView:
    made = QTreeView()
    made.setModel(model)
    made.setHeaderHidden(True)
    made.setRootIsDecorated(tree)
    made.setIndentation(16)
    made.setUniformRowHeights(True)
    made.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setAccessibleName(name)
    made.setTabKeyNavigation(False)
    header = made.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(COUNT, QHeaderView.ResizeMode.ResizeToContents)
    return made


def _fit(view: QTreeView) -> None:
    """As high as its rows, up to some."""
    _set_rows(view, min(view.model().rowCount(QModelIndex()), MOST_ROWS))


def _set_rows(view: QTreeView, rows: int) -> None:
    row = max(view.sizeHintForRow(0), view.fontMetrics().height() + 6)
    view.setFixedHeight(max(rows, 1) * row + 2 * view.frameWidth() + 2)


def _combo(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made


def _fill(combo: QComboBox, choices: Sequence[tuple[str | None, str, int | None]], chosen: str | None) -> None:
    """Values with their titles and numbers; what is open in front of the user stays open."""
    texts = [title if photos is None else f"{title}  ({number(photos)})" for _, title, photos in choices]
    with QSignalBlocker(combo):
        if [combo.itemData(row) for row in range(combo.count())] != [value for value, _, _ in choices]:
            combo.clear()
            for text, (value, _, _) in zip(texts, choices, strict=True):
                combo.addItem(text, value)
        for row, text in enumerate(texts):
            combo.setItemText(row, text)
        combo.setCurrentIndex([value for value, _, _ in choices].index(chosen))
