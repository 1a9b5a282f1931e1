"""Bringing a library up to date: from the folders to a published index."""

import time
from collections.abc import Sequence
from pathlib import Path

from engine.catalog.catalog import Catalog
from engine.catalog.embeddings import StoredModel
from engine.catalog.roots import within
from engine.catalog.thumbnails import Thumbnails
from engine.catalog.updates import Scope
from engine.indexing.pipeline import IndexRun, Tally
from engine.jobs import Job
from engine.models.installed import Models
from engine.models.registry import InstalledModel
from engine.paths import absolute
from engine.records import IndexReport, Skipped
from engine.settings import Settings

AGAIN = "embedding again"
WITH_NEW_MODEL = "embedding with the new model"


class LibraryUpdate:
    """One run of `index`. The caller holds the library's lock.

    Args:
        library_folder: is not entered if it lies among the photos.
        job: told about progress; may pause or cancel.
    """

    def __init__(
        self,
        catalog: Catalog,
        thumbnails: Thumbnails,
        models: Models,
        settings: Settings,
        library_folder: Path,
        job: Job,
    ) -> None:
        self._catalog = catalog
        self._thumbnails = thumbnails
        self._models = models
        self._settings = settings
        self._library_folder = library_folder
        self._job = job

    def run(self, folders: Sequence[Path]) -> IndexReport:
        """Add the folders and read what is new or changed below them; without folders, below every root."""
        started = time.monotonic()
        scopes, offline = self._scopes(folders)
        stored, installed = self._models.answering()
        first = self._work_for(stored, installed)
        first.scan(scopes)
        first.read(scopes)
        tallies = [first.tally, self._embed_missing(stored, installed, AGAIN), self._take_over()]
        read, seconds = sum(tally.read for tally in tallies), sum(tally.reading_seconds for tally in tallies)
        return IndexReport(
            added=first.tally.added,
            updated=sum(tally.updated for tally in tallies),
            moved=first.tally.moved,
            unchanged=first.tally.unchanged,
            missing=len(first.tally.missing),
            skipped=self._skipped(scopes),
            offline=tuple(offline),
            closed=tuple(first.tally.closed),
            seconds=time.monotonic() - started,
            photos_per_second=read / seconds if seconds else 0.0,
            provider=next((tally.provider for tally in tallies if tally.provider), ""),
            model=self._models.answering()[0].name,
        )

    def _scopes(self, folders: Sequence[Path]) -> tuple[list[Scope], list[Path]]:
        """What to scan, and which roots cannot be reached.

        A root that is there but empty although photos are on record is a mount point without its drive.
        """
        roots = self._catalog.roots
        wanted = [absolute(folder) for folder in folders]
        excludes = self._settings.excludes
        places = [(roots.add(folder, excludes), folder) for folder in wanted] or [
            (root, root.path) for root in roots.list()
        ]
        scopes: list[Scope] = []
        offline: list[Path] = []
        for root, folder in places:
            if not root.online or (root.photos and _is_empty(root.path)):
                offline.append(root.path)
            else:
                scopes.append(self._catalog.updates.scope(root.id, within(root, folder)))
        return scopes, offline

    def _embed_missing(self, stored: StoredModel, installed: InstalledModel, stage: str) -> Tally:
        """Embed the photos on record that have no embedding of this model."""
        work = self._work_for(stored, installed)
        work.fill(self._catalog.embeddings.photos_without(stored), stage)
        return work.tally

    def _take_over(self) -> Tally:
        """Embed with the model that was chosen to answer next; it does once no photo is left, if it is still wanted."""
        filling = self._models.filling()
        if filling is None:
            return Tally()
        tally = self._embed_missing(*filling, WITH_NEW_MODEL)
        wanted = self._catalog.embeddings.filling() == filling[0]
        if wanted and self._catalog.embeddings.photos_without(filling[0]) == 0:
            self._catalog.embeddings.set_answering(filling[0])
        return tally

    def _skipped(self, scopes: Sequence[Scope]) -> tuple[Skipped, ...]:
        found = {skipped.path: skipped for scope in scopes for skipped in self._catalog.photos.skipped(scope.path)}
        return tuple(found.values())

    def _work_for(self, stored: StoredModel, installed: InstalledModel) -> IndexRun:
        return IndexRun(
            self._catalog, self._thumbnails, stored, installed, self._settings, self._library_folder, self._job
        )


def _is_empty(folder: Path) -> bool:
    """Whether a folder has nothing in it; one that cannot be read may have anything."""
    try:
        return not any(folder.iterdir())
    except OSError:
        return False
