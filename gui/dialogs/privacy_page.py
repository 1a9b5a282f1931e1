"""What leaves this computer (nothing), what is kept where, and how to forget it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton

from engine.errors import EngineError
from engine.paths import is_folder
from engine.settings import Downloads, Settings
from gui.controls import ElidedLabel, button, caption, label
from gui.desktop import open_with_system
from gui.dialogs.page import Page
from gui.tasks import Lane, TaskRunner
from gui.translation import later, tr

DOWNLOADS = {
    Downloads.ASK: later("Ask each time"),
    Downloads.NEVER: later("Never"),
}


@dataclass(frozen=True, slots=True)
class Places:
    """Where this program keeps what it keeps.

    Attributes:
        library: the folder with catalogue, thumbnails, index and added models.
        settings: the settings file.
        state: the folder with the memory of the window.
        log: the folder of logs and crash reports.
    """

    library: Path
    settings: Path
    state: Path
    log: Path


class PrivacyPage(Page):
    """Tells, opens and forgets.

    Signals:
        failed: why a folder was not opened.
    """

    failed = Signal(Exception)

    def __init__(self, places: Places, tasks: TaskRunner) -> None:
        super().__init__()
        self._tasks = tasks
        self.downloads = {choice: QRadioButton(tr(text)) for choice, text in DOWNLOADS.items()}
        self.openers: dict[Path, object] = {}
        self.add_heading(tr("Nothing leaves this computer"))
        promise = tr("No account, no statistics, no server: photos, questions and models stay here.")
        self.column.addWidget(label(promise, wrap=True))
        self._build_downloads()
        self._build_places(places)
        self._history_place = self.reserve()
        self.column.addStretch()

    def show_settings(self, settings: Settings) -> None:
        """Show what holds."""
        self.downloads[Downloads(settings.downloads)].setChecked(True)

    def show_history(self, clear_history: Callable[[], None]) -> None:
        """A library is open: offer to forget its history, which `clear_history` does and offers to undo."""
        with self.filling(self._history_place):
            self._build_history(clear_history)

    def _build_downloads(self) -> None:
        self.add_heading(tr("Download a picture whose link is dropped or pasted"))
        group = QButtonGroup(self)
        for choice, widget in self.downloads.items():
            group.addButton(widget)
            self.column.addWidget(widget)
            widget.clicked.connect(lambda _=False, choice=choice: self.want(downloads=choice))
        self.add_hint(tr("The only time that Lookalike asks the network. The site then sees your network address."))

    def _build_places(self, places: Places) -> None:
        self.add_heading(tr("What is kept where"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for what, path, folder in (
            (tr("The library: catalogue, history, thumbnails, index, added models"), places.library, places.library),
            (tr("The settings"), places.settings, places.settings.parent),
            (tr("Size and place of the window, keys"), places.state, places.state),
            (tr("Log and crash reports, which are sent to nobody"), places.log, places.log),
        ):
            self._add_place(grid, what, path, folder)
        self.column.addLayout(grid)
        self.add_hint(tr("Photos are not copied; small pictures of them are in the library."))

    def _add_place(self, grid: QGridLayout, what: str, path: Path, folder: Path) -> None:
        row = grid.rowCount()
        where = ElidedLabel(str(path), "secondary")
        where.setToolTip(str(path))
        opener = button(tr("Open folder"), lambda: self._open(folder))
        opener.setAccessibleName(tr("Open the folder {path}", path=folder))
        opener.setToolTip(str(folder))
        opener.setAutoDefault(False)
        self.openers[path] = opener
        grid.addWidget(caption(what, wrap=True), row, 0)
        grid.addWidget(opener, row, 1, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(where, row + 1, 0)
        grid.setRowMinimumHeight(row + 2, 6)

    def _build_history(self, clear_history: Callable[[], None]) -> None:
        self.add_heading(tr("History"))
        self.clear = button(tr("Clear the history"), clear_history)
        self.clear.setAutoDefault(False)
        self.column.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_hint(tr("Past queries go with their pictures, except pinned ones. The window then offers to undo it."))

    def _open(self, folder: Path) -> None:
        """Open it, or the nearest folder above it that is there already."""
        self._tasks.submit(lambda job: _nearest(folder), lane=Lane.FETCHING, owner=self, on_success=self._open_found)

    def _open_found(self, folder: Path) -> None:
        try:
            open_with_system(folder)
        except EngineError as error:
            self.failed.emit(error)


def _nearest(folder: Path) -> Path:
    return next((place for place in (folder, *folder.parents) if is_folder(place)), folder)
