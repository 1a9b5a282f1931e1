"""Settings of indexing: what is read, by how many processes, within which limits, and what is kept of it."""

import os
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout

from engine.imaging.formats import READABLE
from engine.settings import LEAST, Settings
from gui.controls import button, label
from gui.dialogs.page import LinesField, NumberField, Page
from gui.tasks import Lane, TaskRunner
from gui.translation import counted, later, tr
from gui.words import size

if TYPE_CHECKING:
    from engine.library import Library

MIB = 2**20
COLUMNS = 4
EXAMPLES = "Trash/\n*.gif"
# Name, most, unit, what it means.
LIMITS = {
    "max_megapixels": (later("Largest picture"), 10_000, later(" megapixels")),
    "photo_seconds": (later("Time for one photo"), 3_600, later(" seconds")),
    "worker_memory_mib": (later("Memory to read one photo"), 1_048_576, " MiB"),
    "viewer_memory_mib": (later("Memory to look at one photo"), 1_048_576, " MiB"),
}


class IndexingPage(Page):
    """Counts from the next run on; formats that are switched off leave the search at once."""

    def __init__(self, tasks: TaskRunner) -> None:
        super().__init__()
        self._library: Library | None = None
        self._tasks = tasks
        self._showing = False
        self.formats = {name: QCheckBox(of.title[:1].upper() + of.title[1:]) for name, of in READABLE.items()}
        self.excludes = LinesField(tr("Patterns that are left out of new folders, one a line"), EXAMPLES)
        self.numbers: dict[str, NumberField] = {}
        self.used = label(tr("Thumbnails take …"))
        self.clear = button(tr("Clear"), self._clear)
        self._build_formats()
        self._build_excludes()
        self._build_work()
        self._caches_place = self.reserve()
        self.column.addStretch()

    def show_library(self, library: "Library") -> None:
        """A library is open: show its caches."""
        self._library = library
        with self.filling(self._caches_place):
            self._build_caches()
        self._look()

    def show_settings(self, settings: Settings) -> None:
        """Show what holds."""
        self._showing = True
        for name, choice in self.formats.items():
            choice.setChecked(name not in settings.formats_off)
        for name, field in self.numbers.items():
            field.setValue(getattr(settings, name))
        self.excludes.show_lines(settings.excludes)
        self._showing = False

    def _build_formats(self) -> None:
        self.add_heading(tr("Formats"))
        grid = QGridLayout()
        grid.setSpacing(4)
        for place, (name, choice) in enumerate(self.formats.items()):
            choice.setToolTip(" ".join(READABLE[name].extensions))
            choice.clicked.connect(self._take_formats)
            grid.addWidget(choice, place // COLUMNS, place % COLUMNS)
        self.column.addLayout(grid)
        self.add_hint(tr("Photos of a format that is off leave the search at once, and come back with it."))

    def _build_excludes(self) -> None:
        self.add_heading(tr("Left out of new folders"))
        self.column.addWidget(self.excludes)
        self.excludes.taken.connect(lambda lines: self.want(excludes=lines))
        hint = tr(
            "One pattern a line, as in .gitignore, for folders that are added from now on. "
            "Those of a folder that is in the library are in its menu in the sidebar."
        )
        self.add_hint(hint)

    def _build_work(self) -> None:
        self.add_heading(tr("Work"))
        form = self.add_form()
        processors = os.cpu_count() or 1
        workers = self._number("workers", tr("Processes that read photos"), max(64, processors), "")
        workers.setSpecialValueText(counted("One ({n} processor)", "One per processor ({n})", processors))
        self.add_row(form, tr("Processes that read photos"), workers)
        for name, (title, most, unit) in LIMITS.items():
            self.add_row(form, tr(title), self._number(name, tr(title), most, tr(unit)))
        self.add_hint(tr("A photo beyond these limits is listed with the reason; nothing else suffers."))

    def _build_caches(self) -> None:
        self.add_heading(tr("Caches"))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.used)
        row.addWidget(self.clear)
        row.addStretch()
        self.column.addLayout(row)
        self.clear.setToolTip(tr("Delete all thumbnails; each is made again when it is needed"))
        self.clear.setAccessibleName(tr("Clear the thumbnails"))
        most = self._number("thumbnail_cache_mib", tr("Keep at most"), 1_048_576, " MiB")
        most.setSpecialValueText(tr("All of them"))
        self.add_row(self.add_form(), tr("Keep at most"), most)
        self.add_hint(tr("Beyond this the oldest thumbnails are dropped when indexing ends."))

    def _number(self, name: str, title: str, most: int, unit: str) -> NumberField:
        field = NumberField(title, LEAST[name], most, unit)
        field.valueChanged.connect(lambda value: self._take_number(name, value))
        self.numbers[name] = field
        return field

    def _take_number(self, name: str, value: int) -> None:
        if not self._showing:
            self.want(**{name: value})

    def _take_formats(self) -> None:
        self.want(formats_off=[name for name, choice in self.formats.items() if not choice.isChecked()])

    def _look(self) -> None:
        """How much the thumbnails take now."""
        library = self._library
        if library is not None:
            self._tasks.submit(
                lambda job: library.thumbnail_bytes(), lane=Lane.READING, owner=self, on_success=self._show_used
            )

    def _show_used(self, taken: int) -> None:
        self.used.setText(tr("Thumbnails take {size}.", size=size(taken)))

    def _clear(self) -> None:
        library = self._library
        if library is not None:
            self.clear.setEnabled(False)
            self._tasks.submit(
                lambda job: library.empty_thumbnails(),
                lane=Lane.READING,
                owner=self,
                on_success=lambda _: self._on_cleared(),
                on_failure=self._on_not_cleared,
            )

    def _on_cleared(self) -> None:
        self.clear.setEnabled(True)
        self._look()

    def _on_not_cleared(self, error: Exception) -> None:
        self.clear.setEnabled(True)
        self._tasks.on_failure(error)
