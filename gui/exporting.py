"""Answers, selections and collections as files, written off this thread."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.jobs import Job
from engine.records import Photo, SearchResult
from gui.browsing import Place
from gui.changing import Changes
from gui.desktop import reveal
from gui.dialogs.choosing import choose_export
from gui.messages import Offer, Working
from gui.panels.results import ResultsPanel
from gui.tasks import Lane
from gui.translation import tr

if TYPE_CHECKING:
    from engine.catalog.collections import PhotoCollection
    from engine.duplicates.groups import DuplicateGroup
    from engine.export.report import Report
    from engine.library import Library

LONGEST_NAME = 80
Write = Callable[[Path, Job], None]


class Exporting(QObject):
    """Asks where to, writes, says where it is.

    Args:
        result: the answer on screen, or None if no question is asked.
    """

    def __init__(self, changes: Changes, result: Callable[[], SearchResult | None], window: QWidget) -> None:
        super().__init__(window)
        self._changes = changes
        self._result = result
        self._window = window
        self.dialog: QFileDialog | None = None

    def export_photos(self, photos: Sequence[Photo], title: str = "") -> None:
        """Export these photos, with their scores if they are of the answer on screen.

        Args:
            title: what they are, if nobody searched for them.
        """
        result, chosen = self._result(), list(photos)
        if result is None:
            self._ask(title or tr("Photos"), lambda library: _listed(title or tr("Photos"), chosen))
        else:
            self._ask(_title_of(result), lambda library: _answered(library, result, chosen))

    def export_shown(self, results: ResultsPanel, place: Place | None) -> None:
        """Export every photo that the gallery shows, with those that are folded into stacks."""
        result, listing = results.result, results.model.listing
        if result is not None:
            self.export_photos([match.photo for match in result.matches if results.arrangement.passes(match)])
        elif len(listing):
            title = place.title if place and place.title else results.header.summary.text()
            listing.gather([range(len(listing))], lambda photos: self.export_photos(photos, title))

    def export_collection(self, collection: "PhotoCollection") -> None:
        """Export the photos of a collection."""
        self._ask(collection.name, lambda library: _listed(collection.name, library.collected_photos(collection.id)))

    def export_groups(self, groups: Sequence["DuplicateGroup"]) -> None:
        """Export groups of duplicates with what is marked in them; such a file can be opened again."""
        library, chosen = self._changes.library, list(groups)
        self._choose(tr("Duplicates"), lambda file, job: _save_groups(library, chosen, file, job))

    def _ask(self, title: str, make: Callable[["Library"], "Report"]) -> None:
        library = self._changes.library
        self._choose(title, lambda file, job: _save(library, make(library), file, job))

    def _choose(self, title: str, write: Write) -> None:
        name = re.sub(r'[\x00-\x1f/\\:*?"<>|]', " ", title).strip(" .")[:LONGEST_NAME]
        self.dialog = choose_export(self._window, name, lambda file: self._write(file, write))

    def _write(self, file: Path, write: Write) -> None:
        """On the lane of what may wait long: an export must hold up neither indexing nor searches."""
        working = Working(self._changes.messages, tr("Exporting…"))
        task = self._changes.tasks.submit(
            lambda job: write(file, job),
            lane=Lane.FETCHING,
            owner=self,
            on_success=lambda outcome: self._on_written(working, file),
            on_failure=lambda error: self._on_failed(working, error),
            on_progress=working.show,
            on_cancel=working.end,
        )
        working.begin(task.cancel)

    def _on_written(self, working: Working, file: Path) -> None:
        working.end()
        show = Offer(tr("Show in file manager"), lambda: reveal([file]))
        self._changes.messages.tell(tr("“{name}” was saved.", name=file.name), "", show)

    def _on_failed(self, working: Working, error: Exception) -> None:
        working.end()
        self._changes.messages.error(error)


def _title_of(result: SearchResult) -> str:
    """The name that is offered for the file."""
    path = next((picture.path for picture in result.query.pictures if picture.weight > 0), None)
    return tr("Lookalikes of {name}", name=path.stem) if path else tr("Lookalikes")


# The engine's parts are loaded when they are needed, on the worker: the window's first frame waits for none of them.


def _answered(library: "Library", result: SearchResult, photos: Sequence[Photo]) -> "Report":
    from engine.export.report import report_of_result

    return report_of_result(library, result, photos)


def _listed(title: str, photos: Sequence[Photo]) -> "Report":
    from engine.export.report import Report

    return Report(title, tuple(photos))


def _save(library: "Library", report: "Report", file: Path, job: Job) -> None:
    from engine.export.saving import save_report

    save_report(report, file, library.thumbnail, job)


def _save_groups(library: "Library", groups: Sequence["DuplicateGroup"], file: Path, job: Job) -> None:
    from engine.export.duplicates import save_groups

    save_groups(groups, file, library.thumbnail, job)
