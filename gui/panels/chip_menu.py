"""What can be done with one picture of the query: its context menu."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from gui.icons import icon
from gui.panels.chips import Chip
from gui.query_edits import flipped
from gui.translation import tr
from gui.weights import STRENGTHS, nearest_strength, strength_words


def chip_menu(chip: Chip) -> QMenu:
    """The context menu of a chip."""
    picture = chip.picture
    menu = QMenu(chip)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction(icon("region"), _keyed(tr("Choose a region…"), tr("Enter")), chip.opened.emit)
    if picture.region is not None:
        menu.addAction(tr("Search with the whole picture"), partial(chip.replaced.emit, replace(picture, region=None)))
    alone = _keyed(tr("Search with this picture alone"), tr("Ctrl+Enter"))
    menu.addAction(icon("lookalikes"), alone, chip.chosen.emit)
    menu.addSeparator()
    flip = tr("Less like this") if picture.weight > 0 else tr("More like this")
    sign = icon("less" if picture.weight > 0 else "add")
    menu.addAction(sign, _keyed(flip, "F"), partial(chip.replaced.emit, flipped(picture)))
    _add_strengths(menu, chip)
    menu.addSeparator()
    menu.addAction(_keyed(tr("Move to the left"), "Ctrl+←"), partial(chip.stepped.emit, -1))
    menu.addAction(_keyed(tr("Move to the right"), "Ctrl+→"), partial(chip.stepped.emit, 1))
    menu.addSeparator()
    menu.addAction(icon("close"), _keyed(tr("Take out of the query"), tr("Delete")), chip.removed.emit)
    return menu


def _add_strengths(menu: QMenu, chip: Chip) -> None:
    strengths = menu.addMenu(tr("How much it counts"))
    group = QActionGroup(strengths)
    sign = 1 if chip.picture.weight > 0 else -1
    for step, strength in enumerate(STRENGTHS):
        wanted = replace(chip.picture, weight=sign * strength)
        action = strengths.addAction(strength_words(strength), partial(chip.replaced.emit, wanted))
        action.setCheckable(True)
        action.setChecked(step == nearest_strength(chip.picture.weight))
        group.addAction(action)
    strengths.addSeparator()
    strengths.addAction(tr("With a slider…"), chip.weight.open)


def _keyed(text: str, keys: str) -> str:
    return f"{text}\t{keys}"
