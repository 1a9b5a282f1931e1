"""The part of the details that tells what is decided of the photos, and lets it be changed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gui.commands import command
from gui.controls import ElidedLabel, Scrolling, button, caption, empty, heading, surface, tool
from gui.keymap import KeyTip
from gui.measures import control_height, margins
from gui.theme import CAPTION_RATIO
from gui.translation import tr
from gui.words import number

if TYPE_CHECKING:
    from engine.catalog.collections import PhotoCollection

ROWS_SEEN = 4


@dataclass(frozen=True, slots=True)
class Rejected:
    """A picture that was searched with, and for which the photo is no match.

    Attributes:
        pair: what `Decisions.accept` takes.
        name: of the picture.
    """

    pair: tuple[bytes, bytes]
    name: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What is decided of photos.

    Attributes:
        photos: how many there are, of unlike content; the other numbers say of how many of them something is true.
        rejected: no match for the question on screen.
        asked: whether there is a question on screen.
        collections: those that hold some of them, and how many.
        rejections: other pictures for which a single photo is no match.
    """

    photos: int
    pinned: int = 0
    hidden: int = 0
    rejected: int = 0
    asked: bool = False
    collections: "tuple[tuple[PhotoCollection, int], ...]" = ()
    rejections: tuple[Rejected, ...] = ()


class Tick(QCheckBox):
    """Says what is decided; a click only asks for the change, and the library's answer shows it."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self._plain = text
        KeyTip(self, text, command(name))

    def nextCheckState(self) -> None:
        """Stay as it is."""

    def show_share(self, part: int, whole: int) -> None:
        """Of how many photos it is true."""
        mixed = 0 < part < whole
        state = Qt.CheckState.PartiallyChecked if mixed else Qt.CheckState.Checked if part else Qt.CheckState.Unchecked
        self.setCheckState(state)
        self.setText(f"{self._plain} ({share(part, whole)})" if mixed else self._plain)


class DecisionsSection(QWidget):
    """Ticks for pinned, hidden and not a match, then the collections, each with the way out of it.

    Signals:
        pin_wanted, hide_wanted: a tick was clicked.
        reject_wanted: whether the photos shall be no match for the question on screen.
        accept_wanted: pairs that shall be matches again.
        remove_wanted: a collection that the photos shall be taken out of.
        menu_wanted: the menu of collections, at a global position.
    """

    pin_wanted = Signal()
    hide_wanted = Signal()
    reject_wanted = Signal(bool)
    accept_wanted = Signal(list)
    remove_wanted = Signal(object)
    menu_wanted = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.standing: Standing | None = None
        self.pinned = Tick(tr("Pinned"), "pin")
        self.hidden = Tick(tr("Hidden"), "hide")
        self.rejected = Tick(tr("Not a match"), "reject")
        self.pinned.clicked.connect(lambda: self.pin_wanted.emit())
        self.hidden.clicked.connect(lambda: self.hide_wanted.emit())
        self.rejected.clicked.connect(lambda: self.reject_wanted.emit(not self._all_rejected))
        self.add = button(tr("Add to collection…"), self._ask_for_menu, "plain", "add")
        self._rows = QVBoxLayout()
        self._area = Scrolling()
        self._arrange()
        self.hide()

    def show_standing(self, standing: Standing | None) -> None:
        """Show what is decided; None where nothing can be."""
        self.setVisible(standing is not None)
        if standing is None or standing == self.standing:
            return
        before, self.standing = self.standing, standing
        self.pinned.show_share(standing.pinned, standing.photos)
        self.hidden.show_share(standing.hidden, standing.photos)
        self.rejected.show_share(standing.rejected, standing.photos)
        self.rejected.setVisible(standing.asked)
        if before is None or (before.collections, before.rejections, before.photos) != (
            standing.collections,
            standing.rejections,
            standing.photos,
        ):
            self._show_rows(standing)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_rows()

    @property
    def _all_rejected(self) -> bool:
        return self.standing is not None and self.standing.rejected == self.standing.photos

    def _arrange(self) -> None:
        surface(self, "panel", "above")
        self.setAccessibleName(tr("Decisions about the photos"))
        ticks = QGridLayout()
        ticks.setContentsMargins(0, 0, 0, 0)
        ticks.setHorizontalSpacing(12)
        ticks.setVerticalSpacing(0)
        ticks.addWidget(self.pinned, 0, 0)
        ticks.addWidget(self.hidden, 0, 1)
        ticks.addWidget(self.rejected, 1, 0, 1, 2)
        ticks.setColumnStretch(1, 1)
        inside = QWidget()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        inside.setLayout(self._rows)
        self._area.hold(inside)
        self._area.setAccessibleName(tr("Collections of the photos"))
        column = QVBoxLayout(self)
        margins(column, 12, 8, 8, 4)
        column.setSpacing(4)
        column.addWidget(heading(tr("DECISIONS")))
        column.addLayout(ticks)
        column.addWidget(self._area)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeading)

    def _show_rows(self, standing: Standing) -> None:
        empty(self._rows)
        for collection, part in standing.collections:
            self._add_row(
                collection.name,
                share(part, standing.photos) if part < standing.photos else "",
                tr("Take out of “{name}”", name=collection.name),
                partial(self.remove_wanted.emit, collection),
            )
        for one in standing.rejections:
            self._add_row(
                tr("Not a match for {name}", name=one.name),
                "",
                tr("Let it be a match for {name} again", name=one.name),
                partial(self.accept_wanted.emit, [one.pair]),
            )
        self._fit_rows()

    def _add_row(self, text: str, detail: str, undo: str, run: Callable[[], object]) -> None:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(ElidedLabel(text, "", CAPTION_RATIO), 1)
        if detail:
            line.addWidget(caption(detail))
        line.addWidget(tool("close", undo, run))
        self._rows.addWidget(row)

    def _fit_rows(self) -> None:
        """As high as the rows are, up to a few; more of them are scrolled."""
        count = self._rows.count()
        self._area.setVisible(count > 0)
        self._area.setFixedHeight(min(count, ROWS_SEEN) * control_height())

    def _ask_for_menu(self) -> None:
        self.menu_wanted.emit(self.add.mapToGlobal(QPoint(0, self.add.height())))


def share(part: int, whole: int) -> str:
    """Such as "2 of 5"."""
    return tr("{part} of {whole}", part=number(part), whole=number(whole))
