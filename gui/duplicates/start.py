"""The page before there are groups: what to look for, how far that is, and what came of it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.duplicates.groups import DEFAULT_SCORE, DuplicateOptions, Where
from engine.jobs import Progress
from gui.controls import ElidedLabel, Scrolling, button, caption, empty, label, surface, title, tool
from gui.dialogs.choosing import choose_folder
from gui.duplicates.options import from_text, to_text
from gui.duplicates.wording import PLACES
from gui.folding import beside
from gui.gallery.wording import shown_path
from gui.icons import sign
from gui.measures import grown
from gui.progress_bar import ProgressBar
from gui.translation import later, tr
from gui.window_state import WindowState
from gui.words import number

WIDTH = 520
SIGN = 48
CLOSER = 0.9999
HOW_FAR = {
    CLOSER: later("What is very much alike (quick)"),
    DEFAULT_SCORE: later("What is somewhat alike (usual)"),
}
"""Scores of the photos whose pixels are compared."""
STAGES = {
    "looking at the photos": later("Looking at the photos…"),
    "looking for crops": later("Looking for crops of the photos…"),
    "comparing photos": later("Comparing photos…"),
    "comparing files": later("Reading the files that look alike…"),
}


class StartPage(QWidget):
    """Asks what to look for, at first for the same as the last time.

    Signals:
        find_wanted(DuplicateOptions): look for it.
        load_wanted: a saved list is to be shown.
        cancelled: enough.
        back_wanted: the groups of before are wanted.
        add_folder_wanted: there are no photos yet.
    """

    find_wanted = Signal(object)
    load_wanted = Signal()
    cancelled = Signal()
    back_wanted = Signal()
    add_folder_wanted = Signal()

    def __init__(self, state: WindowState) -> None:
        super().__init__()
        self._state = state
        surface(self, "ground")
        self.title = title("")
        self.text = label("", "secondary", wrap=True)
        self.where, self.how_far = QComboBox(), QComboBox()
        self.crops = QCheckBox(tr("Also look for crops (slower)"))
        self.references: list[Path] = []
        self._rows = QVBoxLayout()
        self.options = QWidget()
        self.progress, self.stage = ProgressBar(tr("How far the search for duplicates is")), caption("")
        self.look = button(tr("Look for duplicates"), self._find, "primary", "search")
        self.load = button(tr("Open a saved list…"), self.load_wanted.emit, "quiet")
        self.back = button(tr("Back to the groups"), self.back_wanted.emit, "quiet")
        self.add_folder = button(tr("Add folder…"), self.add_folder_wanted.emit, "primary", "folder-add")
        self.cancel = button(tr("Cancel"), self.cancelled.emit)
        self._fill()
        self._build()
        self._show_options(from_text(state.duplicates))

    @property
    def wanted(self) -> DuplicateOptions:
        """What is to be looked for."""
        where = Where(self.where.currentData())  # Qt keeps it as a text
        score = float(self.how_far.currentData())
        return DuplicateOptions(score, where, tuple(self.references), self.crops.isChecked())

    def tell(self, heading: str, text: str, *, back: bool = False, empty_library: bool = False) -> None:
        """Say this above the options.

        Args:
            back: there are groups to go back to.
            empty_library: there is nothing to look for anything in.
        """
        self.title.setText(heading)
        self.text.setText(text)
        self._show_finding(False)
        self.back.setVisible(back)
        self.add_folder.setVisible(empty_library)
        self.look.setVisible(not empty_library)
        self.options.setVisible(not empty_library)

    def show_progress(self, progress: Progress | None) -> None:
        """How far the search is; None as long as nobody knows."""
        if self.cancel.isHidden():
            self.title.setText(tr("Looking for duplicates…"))
            self.text.setText(tr("You can go on with anything else meanwhile."))
            self._show_finding(True)
        if progress is None:
            self.stage.setText(tr("Looking for what is alike…"))
            self.progress.show_share(0, None)
            return
        words = tr(STAGES.get(progress.stage, STAGES["comparing photos"]))
        done = f" {number(progress.done)} / {number(progress.total)}" if progress.total else ""
        self.stage.setText(words + done)
        self.progress.show_share(progress.done, progress.total)

    def show_reference(self, folder: Path) -> None:
        """Let no photo of this folder be suggested for the trash."""
        if folder not in self.references:
            self.references.append(folder)
            self._show_references()

    def _forget_reference(self, folder: Path) -> None:
        self.references.remove(folder)
        self._show_references()
        self.another.setFocus()

    def _show_references(self) -> None:
        empty(self._rows)
        for folder in self.references:
            name = ElidedLabel(shown_path(folder))
            remove = tool("close", tr("No reference folder any more: {folder}", folder=shown_path(folder)))
            remove.clicked.connect(lambda _=False, folder=folder: self._forget_reference(folder))
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(name, 1)
            line.addWidget(remove)
            self._rows.addWidget(row)

    def _choose_reference(self) -> None:
        choose_folder(self, tr("Add a reference folder"), self.show_reference)

    def _show_finding(self, finding: bool) -> None:
        while_finding: list[QWidget] = [self.progress, self.stage, self.cancel]
        before: list[QWidget] = [self.options, self.look, self.load, self.back, self.add_folder]
        for widget in [*while_finding, *before]:
            widget.setVisible((widget in while_finding) is finding)

    def _find(self) -> None:
        self._state.duplicates = to_text(self.wanted)
        self.find_wanted.emit(self.wanted)

    def _fill(self) -> None:
        for where, text in PLACES.items():
            self.where.addItem(tr(text), where)
        for score, text in HOW_FAR.items():
            self.how_far.addItem(tr(text), score)
        self.where.setAccessibleName(tr("Where the photos of a group may lie"))
        self.how_far.setAccessibleName(tr("How alike photos must look to be compared"))
        for combo in (self.where, self.how_far):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(12)

    def _show_options(self, options: DuplicateOptions) -> None:
        usual = self.how_far.findData(DEFAULT_SCORE)
        how_far = self.how_far.findData(options.min_score)
        self.how_far.setCurrentIndex(usual if how_far < 0 else how_far)
        self.where.setCurrentIndex(self.where.findData(options.where))
        self.crops.setChecked(options.crops)
        for folder in options.references:
            self.show_reference(folder)

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 32, 24, 24)
        column.setSpacing(12)
        picture = QLabel()
        picture.setPixmap(sign("duplicates", "secondary", SIGN))
        self._build_options()
        parts: list[QWidget] = [picture, self.title, self.text, self.options, self.stage, self.progress]
        for part in parts:
            column.addWidget(part)
        for row in (beside(self.look, self.add_folder, self.cancel), beside(self.load, self.back)):
            column.addWidget(row)
        column.addStretch()
        inside.setMaximumWidth(grown(WIDTH))
        holder = QWidget()
        middle = QHBoxLayout(holder)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addStretch(1)
        middle.addWidget(inside, 100)
        middle.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scrolling(holder))

    def _build_options(self) -> None:
        grid = QGridLayout(self.options)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        self._rows.setSpacing(0)
        self.another = button(tr("Add a reference folder…"), self._choose_reference, "quiet", "folder-add")
        why = caption(tr("Photos of a reference folder are kept, and never go to the trash here."), wrap=True)
        rows = ((tr("Where"), self.where), (tr("Compare"), self.how_far))
        for row, (text, control) in enumerate(rows):
            grid.addWidget(label(text), row, 0)
            grid.addWidget(control, row, 1)
        grid.addWidget(self.crops, 2, 1)
        grid.addLayout(self._rows, 3, 0, 1, 2)
        grid.addWidget(beside(self.another), 4, 0, 1, 2, Qt.AlignmentFlag.AlignLeading)
        grid.addWidget(why, 5, 0, 1, 2)
        grid.setColumnStretch(1, 1)
