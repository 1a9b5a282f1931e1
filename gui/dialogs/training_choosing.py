"""What a model is to be learned from, and how."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QRadioButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.models.names import can_name_model
from engine.paths import is_folder
from gui.controls import Scrolling, button, caption, label, surface
from gui.dialogs.choosing import choose_folder, choose_labels
from gui.dialogs.training_expert import ExpertPage
from gui.dialogs.training_wording import recipe_name
from gui.folding import Folding, beside
from gui.icons import icon
from gui.measures import grown, margins
from gui.model_shelf import Shelf
from gui.training import Training
from gui.training_records import LINEAR, THOROUGH, Plan
from gui.translation import counted, tr
from gui.words import from_the_left

if TYPE_CHECKING:
    from engine.catalog.collections import PhotoCollection

ROLE = Qt.ItemDataRole.UserRole
LIST_HEIGHT = 132
FIELD_WIDTH = 240
INDENT = 26
NAME = "my-photos"
TABLES = (".csv", ".tsv", ".txt", ".json")


@dataclass(frozen=True, slots=True)
class PhotosOfLists:
    """A folder that is no source itself: the photos that a ground truth names lie there."""

    folder: Path


class ChoosingPage(Scrolling):
    """Folders, lists and collections, the model to start from, the way to learn, and a name.

    Signals:
        close_wanted, earlier_wanted, options_wanted: the buttons.
        list_chosen: a file that may be a list of photos and labels.

    Attributes:
        choice: the page of all options, which is shown in place of this one.
    """

    close_wanted = Signal()
    options_wanted = Signal()
    list_chosen = Signal(Path)
    earlier_wanted = Signal()

    def __init__(self, training: Training) -> None:
        super().__init__()
        self._training = training
        self.sources = QListWidget()
        self.add = button(tr("Add folder…"), self._ask_for_folder, "", "folder-add")
        self.add_list = button(tr("Add list…"), self._ask_for_list, "", "list-add")
        self.collections = QToolButton()
        self.remove = button(tr("Take out"), self._remove)
        self.quick = QRadioButton(tr("Quick"))
        self.thorough = QRadioButton(tr("Thorough"))
        self.expert = QRadioButton(tr("Expert"))
        self.options = button(tr("Options…"), self.options_wanted.emit)
        self.choice = ExpertPage()
        self.base = QComboBox()
        self.name = QLineEdit(training.plan.name or NAME)
        self.unfinished = label("", wrap=True)
        self.same = button(tr("Choose the same again"), self._choose_unfinished)
        self._offer = QFrame()
        self.chosen = caption("", wrap=True)
        self.why_not = caption("", wrap=True)
        self.look = button(tr("Look at the photos"), self._look, "primary")
        self.close_button = button(tr("Close"), self.close_wanted.emit)
        self.earlier = button("", self.earlier_wanted.emit, "plain")
        self.buttons = (Folding(self.earlier, beside(self.close_button, self.look), shares=(1, 0, 0)),)
        self.chooser: QFileDialog | None = None
        self._prepare()
        self._lay_out()
        self._show_choice()
        self.show_plan()
        training.models.listed.connect(self._show_models)
        training.changed.connect(self._update)
        training.earlier.listed.connect(self._show_earlier)
        self._show_earlier()
        self._show_models()

    def add_sources(self, places: Sequence[Path]) -> list[Path]:
        """Learn from these folders and tables; returns what is neither."""
        useless = [place for place in places if not (is_folder(place) or place.suffix.lower() in TABLES)]
        for place in places:
            if place not in useless:
                self._add(place, from_the_left(str(place)), str(place), "folder" if is_folder(place) else "list")
        self._update()
        return useless

    def show_plan(self) -> None:
        """What was chosen before."""
        plan = self._training.plan
        way = self.expert if plan.expert else self.thorough if plan.recipe == THOROUGH else self.quick
        way.setChecked(True)
        if plan.expert:
            self.choice.show_choice(plan.recipe, plan.options)
        self.add_sources(plan.sources)
        if plan.photos is not None:
            self._add_photos(plan.photos)
        for one in self._training.collections:
            if one.id in plan.collections:
                self._add_collection(one)

    def plan(self) -> Plan:
        """What is chosen."""
        usual: dict[str, Any] = {}
        recipe, options = THOROUGH if self.thorough.isChecked() else LINEAR, usual
        if self.expert.isChecked():
            recipe, options = self.choice.choice()
        chosen = self._chosen()
        return Plan(
            tuple(one for one in chosen if isinstance(one, Path)),
            tuple(one for one in chosen if isinstance(one, str)),
            self.base.currentData() or "",
            recipe,
            self.name.text().strip(),
            self.expert.isChecked(),
            options,
            next((one.folder for one in chosen if isinstance(one, PhotosOfLists)), None),
        )

    def look_in(self, folder: Path) -> None:
        """Look again, with the photos of a ground truth in this folder."""
        for row in reversed(range(self.sources.count())):
            if isinstance(self.sources.item(row).data(ROLE), PhotosOfLists):
                self.sources.takeItem(row)
        self._add_photos(folder)
        self._update()
        self.look.click()

    def _choose_unfinished(self) -> None:
        self._training.choose_unfinished()
        plan = self._training.plan
        self.sources.clear()
        self.name.setText(plan.name)
        self.base.setCurrentIndex(max(self.base.findData(plan.base), 0 if self.base.count() else -1))
        self.show_plan()
        self.look.setFocus()

    def _show_unfinished(self) -> None:
        """Say that a training was stopped, and offer what was chosen for it."""
        plan = self._training.unfinished
        if plan is not None:
            self.unfinished.setText(
                tr(
                    "“{name}” ({recipe}) was stopped before its end. With the same photos, labels and options it goes"
                    " on from there.",
                    name=plan.name,
                    recipe=recipe_name(plan.recipe),
                )
            )
            self.same.setAccessibleDescription(self.unfinished.text())
        self._offer.setVisible(plan is not None)

    def _chosen(self) -> list[Path | str | PhotosOfLists]:
        return [self.sources.item(row).data(ROLE) for row in range(self.sources.count())]

    def _show_choice(self) -> None:
        """What an expert has chosen."""
        self.chosen.setText(self.choice.summary())
        self.expert.setAccessibleDescription(self.chosen.text())

    def _show_earlier(self) -> None:
        """Say how many trainings wait for a decision."""
        waiting = self._training.earlier.undecided
        self.earlier.setText(
            counted("Earlier trainings ({n} to decide)…", "Earlier trainings ({n} to decide)…", waiting)
            if waiting
            else tr("Earlier trainings…")
        )
        self.earlier.setVisible(bool(self._training.earlier.runs))

    def _show_collections(self) -> None:
        """Offer the collections that there are now."""
        menu = self.collections.menu()
        menu.clear()
        for one in self._training.collections:
            photos = counted("{n} photo", "{n} photos", one.present)
            menu.addAction(icon("collection"), f"{one.name} · {photos}".replace("&", "&&"), partial(self._take, one))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Delete takes out what is selected."""
        if watched is self.sources and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self._remove()
                return True
            return False
        return super().eventFilter(watched, event)

    def _take(self, one: "PhotoCollection") -> None:
        self._add_collection(one)
        self._update()

    def _add_collection(self, one: "PhotoCollection") -> None:
        photos = counted("{n} photo", "{n} photos", one.present)
        self._add(
            one.id, f"{one.name} · {photos}", tr("The collection “{name}” as a class", name=one.name), "collection"
        )

    def _add_photos(self, folder: Path) -> None:
        text = tr("Photos in {folder}", folder=from_the_left(str(folder)))
        tip = tr("The photos that the ground truth names are looked for in {folder}", folder=folder)
        self._add(PhotosOfLists(folder), text, tip, "picture")

    def _add(self, what: Path | str | PhotosOfLists, text: str, tip: str, icon_name: str) -> None:
        if what in self._chosen():
            return
        item = QListWidgetItem(icon(icon_name), text, self.sources)
        item.setData(ROLE, what)
        item.setToolTip(tip)
        self.sources.setCurrentItem(item)

    def _remove(self) -> None:
        if (row := self.sources.currentRow()) >= 0:
            self.sources.takeItem(row)
        self._update()

    def _ask_for_folder(self) -> None:
        def add(folder: Path) -> None:
            self.add_sources([folder])

        self.chooser = choose_folder(self, tr("Add labelled photos"), add)

    def _ask_for_list(self) -> None:
        self.chooser = choose_labels(self, TABLES, self.list_chosen.emit)

    def _look(self) -> None:
        self._training.look(self.plan())

    def _show_models(self) -> None:
        shelf = self._training.models.shelf
        chosen = self.base.currentData() or self._training.plan.base or _usual_base(shelf)
        self.base.clear()
        for card in shelf.cards:
            text = tr("{name} (answers searches)", name=card.name) if card.in_use else card.name
            self.base.addItem(text, card.name)
        self.base.setCurrentIndex(max(self.base.findData(chosen), 0 if shelf.cards else -1))
        self._update()

    def _update(self) -> None:
        name = self.name.text().strip()
        if all(isinstance(one, PhotosOfLists) for one in self._chosen()):
            why = tr(
                "Add a folder that holds one folder for each subject, several folders that are a subject each, or a"
                " list of photos with their labels."
            )
        elif not can_name_model(name):
            why = tr("A model needs a name that can be the name of a folder.")
        else:
            why = ""
        self._show_unfinished()
        self.why_not.setText(why)
        self.why_not.setVisible(bool(why))
        self.collections.setEnabled(bool(self._training.collections))
        self.look.setEnabled(not why and self.base.count() > 0)
        self.look.setToolTip(why)
        self.remove.setEnabled(self.sources.count() > 0)

    def _prepare(self) -> None:
        self.sources.setAccessibleName(tr("What to learn from"))
        self.sources.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.sources.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # else nothing is elided
        surface(self.sources, "panel", "around")
        self.sources.setFixedHeight(grown(LIST_HEIGHT))
        self.sources.installEventFilter(self)
        self.add.setToolTip(tr("A folder that holds one folder for each subject, or that is a subject itself"))
        self.add_list.setToolTip(tr("A table (.csv, .tsv, .txt) or a list (.json) of photos and their labels"))
        self.collections.setText(tr("From collections"))
        self.collections.setToolTip(tr("Each collection that you choose is a subject"))
        self.collections.setIcon(icon("collection"))
        self.collections.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.collections.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.collections.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(self.collections)
        menu.aboutToShow.connect(self._show_collections)
        self.collections.setMenu(menu)
        ways = QButtonGroup(self)
        for way in (self.quick, self.thorough, self.expert):
            ways.addButton(way)
        self.expert.toggled.connect(self.options.setEnabled)
        self.options.setAccessibleDescription(tr("All that can be chosen about the training"))
        self.options.setEnabled(False)
        self.choice.changed.connect(self._show_choice)
        self.base.setAccessibleName(tr("Model to start from"))
        self.base.setToolTip(tr("The new model has to be better than this one"))
        self.name.setAccessibleName(tr("Name of the new model"))
        self.base.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for field in (self.base, self.name):
            field.setMinimumWidth(grown(FIELD_WIDTH))
        self.name.textChanged.connect(lambda _: self._update())

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        margins(column, 0, 0, 8, 0)
        column.setSpacing(8)
        surface(self._offer, "panel", "around")
        offer = QHBoxLayout(self._offer)
        offer.setContentsMargins(12, 8, 12, 8)
        offer.addWidget(self.unfinished, 1)
        offer.addWidget(self.same)
        column.addWidget(self._offer)
        column.addWidget(self.sources)
        column.addWidget(Folding(Folding(beside(self.add, self.add_list), self.collections), self.remove))
        column.addWidget(self.why_not)
        column.addSpacing(8)
        column.addWidget(label(tr("How to learn"), bold=True))
        for way, words in (
            (self.quick, tr("Seconds. A layer on top of the model tells apart what you keep in different folders.")),
            (self.thorough, tr("Minutes to hours. The model itself learns a little; more is found with many photos.")),
        ):
            way.setAccessibleDescription(words)
            column.addLayout(_explained(way, caption(words, wrap=True)))
        column.addLayout(_explained(self.expert, self.chosen))
        self.options.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout()
        row.addSpacing(grown(INDENT))
        row.addWidget(self.options)
        row.addStretch()
        column.addLayout(row)
        column.addSpacing(8)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.addRow(label(tr("Start from")), self.base)
        form.addRow(label(tr("Name")), self.name)
        column.addLayout(form)
        column.addStretch()
        self.hold(inside)


def _explained(way: QRadioButton, words: QLabel) -> QVBoxLayout:
    """A choice, and below it small words about it."""
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(way)
    words.setIndent(grown(INDENT))
    column.addWidget(words)
    return column


def _usual_base(shelf: Shelf) -> str:
    """The model in use, or what that was made from: learned upon learned is worth less."""
    if shelf.in_use is None:
        return ""
    base = str(shelf.in_use.training.get("base", ""))
    return base if any(card.name == base for card in shelf.cards) else shelf.in_use.name
