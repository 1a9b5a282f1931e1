"""The map: a bar above it, what its colours stand for beside it, and what can be done with a selection below."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor, QPixmap, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from engine.jobs import Progress
from engine.maps import Atlas, ColorBy, Legend
from gui.controls import ElidedLabel, button, caption, label, surface, tool
from gui.folding import APART, Folding, beside
from gui.gallery.wording import shown_name
from gui.measures import control_height, grown
from gui.progress_bar import ProgressBar
from gui.translation import counted, later, tr
from gui.viewers.atlas_canvas import STEP, AtlasCanvas
from gui.viewers.atlas_legend import AtlasLegend, Entry
from gui.viewers.atlas_levels import Levels
from gui.words import number

COLORS = tuple(
    QColor(code)
    for code in (
        "#4E79A7", "#F28E2B", "#59A14F", "#E15759", "#B07AA1", "#3FB8AF",
        "#D4A72C", "#9C755F", "#E377C2", "#2563EB", "#84A63A", "#7F5AB6",
    )
)  # fmt: skip
"""Those of Tableau's palette that stand out on light and on dark ground, and some between them."""
OTHERS = QColor("#8A8A90")
ORDERED = tuple(QColor.fromHsvF(0.62 - 0.54 * step / 11, 0.72, 0.86) for step in range(12))
"""For years: from blue to orange."""
WAYS = {
    ColorBy.GROUP: later("Groups of the map"),
    ColorBy.FOLDER: later("Folder"),
    ColorBy.YEAR: later("Year"),
    ColorBy.COLLECTION: later("Collection"),
}
STAGES = {"comparing photos": later("Comparing photos…"), "drawing the map": later("Drawing the map…")}
PROGRESS_WIDTH = 120


class AtlasPage(QWidget):
    """Shows a map and asks; `gui/mapping.py` answers.

    Signals:
        colored(ColorBy): colours are to stand for this.
        collection_wanted, lookalikes_wanted, training_wanted: for the selected photos.
        cancelled: the map that is being drawn is not wanted any more.
        closed: the user is done.
    """

    colored = Signal(object)
    collection_wanted = Signal()
    lookalikes_wanted = Signal()
    training_wanted = Signal()
    cancelled = Signal()
    closed = Signal()

    def __init__(self, image: Callable[[str], QPixmap | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = AtlasCanvas(image)
        self.legend = AtlasLegend()
        self.title = ElidedLabel()
        self.color = QToolButton()
        self.lasso = tool("lasso", tr("Select with a lasso (Shift and drag)"))
        self.progress = ProgressBar(tr("How far the map is"))
        self.stage = caption("")
        self.cancel = tool("close", tr("Cancel"), self.cancelled.emit)
        self._ways: dict[ColorBy, QAction] = {}
        self._legend: Legend | None = None
        self._by = ColorBy.GROUP
        self._selection = QWidget()
        self._said = label("")
        self._build()
        self._connect()
        self.show_progress(None)
        self.canvas.show_message("")

    @property
    def by(self) -> ColorBy:
        """What the colours stand for."""
        return self._by

    def show_atlas(
        self,
        atlas: Atlas,
        levels: Levels,
        legend: Legend,
        title: str,
        rows_before: NDArray[np.int64] | None = None,
    ) -> None:
        """Show a map; see `AtlasCanvas.show_atlas` for `rows_before`."""
        self.show_progress(None)
        left = counted("{n} photo is not indexed yet", "{n} photos are not indexed yet", atlas.left_out)
        self.title.setText(f"{title} · {left}" if atlas.left_out else title)
        self.canvas.show_atlas(atlas, levels, rows_before)
        self.show_legend(self._by, legend)

    def show_legend(self, by: ColorBy, legend: Legend) -> None:
        """Colour the map."""
        self._by, self._legend = by, legend
        self._ways[by].setChecked(True)
        self.color.setText(tr("Colours: {what}", what=tr(WAYS[by])))
        self.color.setAccessibleName(self.color.text())
        shades = ORDERED if by is ColorBy.YEAR else COLORS
        many = len(legend.counts) - 1
        palette = [*(_spaced(shades, many) if by is ColorBy.YEAR else shades[:many]), OTHERS]
        names = legend.names or tuple(tr("Group {number}", number=number(one + 1)) for one in range(many))
        entries = [
            Entry(code, _short(name) if by is ColorBy.FOLDER else name, palette[code], legend.counts[code], name)
            for code, name in enumerate(names)
        ]
        if legend.counts[many]:
            none = {ColorBy.COLLECTION: tr("In no collection"), ColorBy.YEAR: tr("Other years")}
            entries.append(Entry(many, none.get(by, tr("Others")), OTHERS, legend.counts[many]))
        self.legend.show_entries(entries)
        self.legend.show()
        marks = self._marks(legend) if by is ColorBy.GROUP else []
        self.canvas.show_colours(legend.codes, palette, marks)

    def show_progress(self, progress: Progress | None) -> None:
        """How far the map is that is being drawn; None if none is."""
        drawing = progress is not None
        for widget in (self.progress, self.stage, self.cancel):
            widget.setVisible(drawing)
        if progress is None:
            return
        words = tr(STAGES.get(progress.stage, STAGES["drawing the map"]))
        self.stage.setText(words)
        self.progress.show_share(progress.done, progress.total)
        if self.canvas.atlas is None:
            self.canvas.show_message(words, tr("You can go on with anything else meanwhile."))

    def show_message(self, title: str, hint: str = "") -> None:
        """Say why there is no map."""
        self.show_progress(None)
        self.title.setText("")
        self.legend.hide()
        self.canvas.show_message(title, hint)

    def step_back(self) -> None:
        """What Escape does: select nothing, else close."""
        if self.canvas.selected.any():
            self.canvas.select(np.zeros_like(self.canvas.selected))
        else:
            self.closed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.canvas.setFocus()

    def _marks(self, legend: Legend) -> list[tuple[str, tuple[float, float]]]:
        """The number of each group, in its middle: nothing is told by colour alone."""
        atlas = self.canvas.atlas
        if atlas is None:
            return []
        marks = []
        for code in range(len(legend.counts) - 1):
            places = atlas.positions[legend.codes == code]
            if len(places):
                x, y = np.median(places, axis=0).tolist()
                marks.append((number(code + 1), (x, y)))
        return marks

    def _on_selection(self, count: int) -> None:
        self._said.setText(counted("{n} photo selected", "{n} photos selected", count))
        self._selection.setVisible(count > 0)

    def _on_chosen(self, code: int, add: bool) -> None:
        if self._legend is not None and self.canvas.atlas is not None:
            self.canvas.select(self._legend.codes == code, add=add)

    def _connect(self) -> None:
        self.canvas.selection_changed.connect(self._on_selection)
        self.legend.chosen.connect(self._on_chosen)
        self.lasso.toggled.connect(lambda on: setattr(self.canvas, "lassoing", on))

    def _build(self) -> None:
        self.lasso.setCheckable(True)
        self.progress.setFixedWidth(grown(PROGRESS_WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar())
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.canvas, 1)
        middle.addWidget(self.legend)
        column.addLayout(middle, 1)
        column.addWidget(self._actions())

    def _bar(self) -> QWidget:
        made = QWidget()
        surface(made, "panel", "below")
        menu, group = QMenu(self.color), QActionGroup(self)
        for by, name in WAYS.items():
            action = menu.addAction(tr(name))
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _=False, by=by: self.colored.emit(by))
            self._ways[by] = action
        self.color.setMenu(menu)
        self.color.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.color.setMinimumHeight(control_height())
        self.color.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.color.setText(tr("Colours: {what}", what=tr(WAYS[self._by])))
        self.color.setToolTip(tr("What the colours stand for"))
        ways = beside(
            self.color,
            self.lasso,
            tool("less", tr("Smaller (-)"), lambda: self.canvas.look(self.canvas.frame.zoomed(1 / STEP))),
            tool("add", tr("Larger (+)"), lambda: self.canvas.look(self.canvas.frame.zoomed(STEP))),
            _text_tool(tr("All"), tr("See all of the map (0)"), self.canvas.fit),
            tool("close", tr("Close (Escape)"), self.closed.emit),
            spacing=4,
        )
        busy = beside(self.stage, self.progress, self.cancel, spacing=4)
        row = QHBoxLayout(made)
        row.setContentsMargins(12, 4, 8, 4)
        row.addWidget(self.title, 1)
        row.addWidget(Folding(busy, ways, spacing=4, shares=APART))
        return made

    def _actions(self) -> QWidget:
        surface(self._selection, "panel", "above")
        row = QHBoxLayout(self._selection)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(
            Folding(
                self._said,
                beside(
                    button(tr("New collection…"), self.collection_wanted.emit, "quiet", "collection"),
                    button(tr("Find lookalikes"), self.lookalikes_wanted.emit, "quiet", "lookalikes"),
                    button(tr("Label for a training…"), self.training_wanted.emit, "quiet", "train"),
                    spacing=4,
                ),
                spacing=8,
                shares=APART,
            )
        )
        self._selection.hide()
        return self._selection


def _short(folder: str) -> str:
    return shown_name(Path(folder)) or folder


def _spaced(shades: Sequence[QColor], count: int) -> list[QColor]:
    """So many of these shades, as far apart as there are."""
    last = max(count - 1, 1)
    return [shades[round(one * (len(shades) - 1) / last)] for one in range(count)]


def _text_tool(text: str, tip: str, run: Callable[[], object]) -> QToolButton:
    made = QToolButton()
    made.setText(text)
    made.setToolTip(tip)
    made.setAccessibleName(text)
    made.setAccessibleDescription(tip)
    made.setMinimumHeight(control_height())
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.clicked.connect(lambda: run())
    return made
