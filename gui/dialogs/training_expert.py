"""Everything that can be chosen about a training, for those who want to."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from gui.controls import button, caption, label
from gui.dialogs.page import Page
from gui.dialogs.training_fields import OptionField, field_for
from gui.folding import Folding, beside
from gui.measures import control_height, grown
from gui.training_options import GROUPS, Option, effective, options_of
from gui.training_recipes import RECIPES
from gui.training_records import THOROUGH
from gui.translation import counted, tr

FIELD_WIDTH = 240
SPREAD = (1, 0, 0)
"""A name at the start, its control at the end."""


class ExpertPage(Page):
    """A recipe, and below it what applies to that and to what is chosen; the rest is kept until the dialog closes.

    Signals:
        done_wanted: the button.
        changed: something else is chosen.
    """

    done_wanted = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.recipe = QComboBox()
        self.words = caption("", wrap=True)
        self.fields: dict[str, OptionField] = {}
        self._rows: dict[str, QWidget] = {}
        self._headings: list[tuple[QLabel, tuple[Option, ...]]] = []
        self._showing = False
        self.reset = button(tr("Reset to defaults"), self._reset)
        self.done = button(tr("Done"), self.done_wanted.emit, "primary")
        self.buttons = (self.reset, self.done)
        self._lay_out()
        self.recipe.currentIndexChanged.connect(lambda _: self._on_recipe())
        self.show_choice(THOROUGH, {})

    def choice(self) -> tuple[str, dict[str, Any]]:
        """The recipe, and what is not usual about it."""
        recipe = str(self.recipe.currentData())
        values = {option.name: self.fields[option.name].value() for option in options_of(recipe)}
        usual = {option.name: option.usual_for(recipe) for option in effective(recipe, values)}
        return recipe, {name: values[name] for name in usual if values[name] != usual[name]}

    def show_choice(self, recipe: str, chosen: Mapping[str, Any]) -> None:
        """Show a recipe and what was chosen about it."""
        self._showing = True
        self.recipe.setCurrentIndex(max(0, self.recipe.findData(recipe)))
        self._show_usual(chosen)
        self._showing = False
        self.changed.emit()

    def summary(self) -> str:
        """The choice in a line."""
        recipe, chosen = self.choice()
        if not chosen:
            return tr("{recipe}, with the usual settings", recipe=tr(RECIPES[recipe].title))
        settings = counted("{n} setting", "{n} settings", len(chosen))
        return tr("{recipe}, {settings} changed", recipe=tr(RECIPES[recipe].title), settings=settings)

    def _on_recipe(self) -> None:
        if not self._showing:
            self.show_choice(str(self.recipe.currentData()), {})

    def _reset(self) -> None:
        self.show_choice(str(self.recipe.currentData()), {})

    def _show_usual(self, chosen: Mapping[str, Any]) -> None:
        """Only what applies to the recipe, as it usually is or was chosen to be."""
        recipe = str(self.recipe.currentData())
        self.words.setText(tr(RECIPES[recipe].words))
        for option in options_of(recipe):
            self.fields[option.name].show_value(chosen.get(option.name, option.usual_for(recipe)))
        self._show_rows()

    def _show_rows(self) -> None:
        recipe = str(self.recipe.currentData())
        values = {option.name: self.fields[option.name].value() for option in options_of(recipe)}
        applies = {option.name for option in effective(recipe, values)}
        for name, row in self._rows.items():
            row.setVisible(name in applies)
        for heading, options in self._headings:
            heading.setVisible(any(option.name in applies for option in options))

    def _on_change(self) -> None:
        if not self._showing:
            self._show_rows()
            self.changed.emit()

    def _lay_out(self) -> None:
        for recipe in RECIPES.values():
            self.recipe.addItem(tr(recipe.title), recipe.name)
        self.recipe.setAccessibleName(tr("Recipe"))
        self.recipe.setMinimumWidth(grown(FIELD_WIDTH))
        form = self.add_form()
        self.add_row(form, tr("Recipe"), self.recipe)
        self.column.addWidget(self.words)
        for title, options in GROUPS.items():
            heading = label(tr(title), bold=True, wrap=True)
            self._headings.append((heading, options))
            self.column.addSpacing(8)
            self.column.addWidget(heading)
            for option in options:
                self._add(option)
        self.column.addStretch()

    def _add(self, option: Option) -> None:
        """A name, a control, and below them small words about it."""
        field, name = field_for(option), label(tr(option.title))
        name.setMinimumHeight(control_height())
        name.setBuddy(field)
        field.changed.connect(lambda *_: self._on_change())
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(2)
        column.addWidget(Folding(name, beside(field), shares=SPREAD))
        column.addWidget(caption(tr(option.words), wrap=True))
        self.column.addWidget(row)
        self.fields[option.name], self._rows[option.name] = field, row
