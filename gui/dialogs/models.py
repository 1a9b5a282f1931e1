"""The embedding models of the library, one card each."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.errors import EngineError
from engine.jobs import Progress
from gui.addresses import local_paths
from gui.controls import Scrolling, button, caption, empty, label, title, widgets_in
from gui.dialogs.choosing import choose_folder, choose_model, choose_model_export
from gui.dialogs.model_card import ModelCardView
from gui.dialogs.question import Question, ask
from gui.icons import icon
from gui.measures import grown, margins, open_with_size
from gui.models import Models
from gui.progress_bar import ProgressBar
from gui.translation import counted, tr

if TYPE_CHECKING:
    from engine.models.installed import ModelCard

BUSY_WIDTH = 96
BAD = "bad"
MOST_LINES = 4


class ModelsDialog(QDialog):
    """Follows what happens to the models; what it starts goes on when it is closed."""

    def __init__(self, models: Models, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Models"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        open_with_size(self, 680, 640)
        self._models = models
        self._cards = QVBoxLayout()
        self.busy = caption("")
        self.bar = ProgressBar(tr("A model is being checked"))
        self.stop = button(tr("Cancel"), models.cancel_adding, "plain")
        self.note = label("", wrap=True)
        self.add = QToolButton()
        self.train = button(tr("Train a model…"), models.train_wanted.emit)
        self.close_button = button(tr("Close"), self.close)
        self._wrong: list[str] = []
        self.chooser: QFileDialog | None = None
        self._prepare()
        self._lay_out()
        self._show_adding("")
        models.listed.connect(self._show_models)
        models.measured.connect(self._show_speed)
        models.adding_changed.connect(self._show_adding)
        models.added.connect(self._show_added)
        models.progressed.connect(self._show_progress)
        models.done.connect(self._on_done)
        models.failed.connect(self.show_error)

    def cards(self) -> list[ModelCardView]:
        """The models, in the order of the list."""
        return widgets_in(self._cards, ModelCardView)

    def card(self, name: str) -> ModelCardView:
        """The card of a model."""
        return next(view for view in self.cards() if view.card.name == name)

    def show_error(self, error: EngineError) -> None:
        """Say what went wrong, and what to do, below what else went wrong with the same files."""
        self._wrong.append(f"{error.message} {error.hint}".strip())
        self._say("\n".join(self._wrong[-MOST_LINES:]), BAD)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_paths(event.mimeData()):
            event.acceptProposedAction()
            self._say(tr("Let go to check and add it."))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._say("")

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._add(local_paths(event.mimeData()))

    def _show_models(self) -> None:
        shelf = self._models.shelf
        if [view.card for view in self.cards()] != list(shelf.cards):
            self._rebuild()
        for view in self.cards():
            view.show_state(shelf, indexing=self._models.indexing, tried=self._models.trial.name == view.card.name)

    def _rebuild(self) -> None:
        """Other cards, with the focus where it was."""
        views = self.cards()
        held = next(
            ((view.card.name, place) for view in views for place, one in enumerate(view.buttons()) if one.hasFocus()),
            None,
        )
        empty(self._cards)
        for card in self._models.shelf.cards:
            view = self._view(card)
            self._cards.addWidget(view)
            view.show_speed(self._models.speeds.get(card.name), measuring=self._models.is_measured(card.name))
            if held is not None and held[0] == card.name:
                view.buttons()[held[1]].setFocus()
        self._cards.addStretch()

    def _view(self, card: "ModelCard") -> ModelCardView:
        models, view = self._models, ModelCardView(card)
        view.use_wanted.connect(lambda: models.use(card.name))
        view.try_wanted.connect(lambda: models.trial.begin(card.name))
        view.stop_wanted.connect(models.trial.end)
        view.keep_wanted.connect(models.keep)
        view.go_on_wanted.connect(models.go_on)
        view.measure_wanted.connect(lambda: models.measure(card.name))
        view.cancel_wanted.connect(lambda: models.cancel_measuring(card.name))
        view.export_wanted.connect(lambda: self._export(card))
        view.remove_wanted.connect(lambda: self._ask_to_remove(card))
        for one in view.buttons():
            one.setAutoDefault(False)
            one.pressed.connect(self._forget)
        return view

    def _show_speed(self, name: str) -> None:
        for view in self.cards():
            if view.card.name == name:
                view.show_speed(self._models.speeds.get(name), measuring=self._models.is_measured(name))

    def _show_progress(self, progress: Progress) -> None:
        for view in self.cards():
            if view.card.filling:
                view.show_progress(progress)

    def _show_adding(self, name: str) -> None:
        self.busy.setText(tr("Checking “{name}”…", name=name) if name else "")
        for widget in (self.busy, self.bar, self.stop):
            widget.setVisible(bool(name))

    def _show_added(self, name: str) -> None:
        self._models.listed.connect(lambda: self._come_to(name), Qt.ConnectionType.SingleShotConnection)

    def _come_to(self, name: str) -> None:
        """Bring a new model into sight, with the keys on what one does next."""
        for view in self.cards():
            if view.card.name == name:
                view.use.setFocus()
                self.area.ensureWidgetVisible(view)

    def _on_done(self, text: str) -> None:
        """What went wrong with one file is not covered by the success of the next."""
        self._say("\n".join([*self._wrong[-MOST_LINES:], text]), BAD if self._wrong else "")

    def _forget(self) -> None:
        """The user begins something new."""
        self._wrong.clear()
        self._say("")

    def _say(self, text: str, kind: str = "") -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))
        self.note.setProperty("kind", kind)
        self.note.style().unpolish(self.note)
        self.note.style().polish(self.note)

    def _add(self, sources: Sequence[Path]) -> None:
        self._forget()
        self._models.add(sources)

    def _choose_file(self) -> None:
        self.chooser = choose_model(self, self._add)

    def _choose_folder(self) -> None:
        self.chooser = choose_folder(self, tr("Add a model folder"), lambda folder: self._add([folder]))

    def _export(self, card: "ModelCard") -> None:
        self.chooser = choose_model_export(self, card.name, lambda file: self._models.export(card.name, file))

    def _ask_to_remove(self, card: "ModelCard") -> None:
        """Ask first: what a model has embedded takes long to make again."""
        question = Question(
            tr("Remove this model?"),
            tr("Remove “{name}” from the library?", name=card.name),
            counted(
                "Its file and what it made of {n} photo are deleted. Export it first if you may want it again.",
                "Its file and what it made of {n} photos are deleted. Export it first if you may want it again.",
                card.photos,
            ),
            yes=tr("Remove"),
            no=tr("Keep"),
        )
        ask(self, question, lambda: self._models.remove(card.name))

    def _prepare(self) -> None:
        self.bar.show_share(0, None)
        self.bar.setFixedWidth(grown(BUSY_WIDTH))
        self.note.setAccessibleDescription(tr("What happened"))
        menu = QMenu(self)
        menu.addAction(tr("File (.onnx, .zip)…"), self._choose_file)
        menu.addAction(tr("Folder…"), self._choose_folder)
        self.add.setMenu(menu)
        self.add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.add.setIcon(icon("add"))
        self.add.setText(tr("Add a model"))
        self.add.setToolTip(tr("Add a model from a file or a folder; or drop it here"))
        self.add.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.train.setToolTip(tr("Make a model of your own from folders of labelled photos"))
        self.train.setAutoDefault(False)
        self.close_button.setAutoDefault(False)
        self.stop.setAutoDefault(False)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(title(tr("Models")))
        hint = tr(
            "A model decides what looks alike. Another one embeds every photo in the background, while the present one "
            "goes on answering. Drop a model folder, a .zip or an .onnx file here to add it."
        )
        column.addWidget(caption(hint, wrap=True))
        inside = QWidget()
        inside.setLayout(self._cards)
        margins(self._cards, 0, 0, 8, 0)
        self._cards.setSpacing(12)
        self.area = Scrolling(inside)
        column.addWidget(self.area, 1)
        column.addWidget(self.note)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.add)
        row.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.busy)
        row.addWidget(self.stop)
        row.addStretch()
        row.addWidget(self.train)
        row.addWidget(self.close_button)
        column.addLayout(row)
