"""The catalogue of one library: everything that is true about its photos."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from engine.catalog.browsing import Browsing
from engine.catalog.checkups import Checkups
from engine.catalog.collections import Collections
from engine.catalog.coverage import Coverage
from engine.catalog.database import TO_MEND, Database
from engine.catalog.decisions import Decisions
from engine.catalog.embeddings import Embeddings
from engine.catalog.exclusions import Exclusions
from engine.catalog.history import History
from engine.catalog.meta import GENERATION, LAST_UPDATE, MEMBERSHIP, PROVIDER, Meta, put
from engine.catalog.pairs import Pairs
from engine.catalog.photos import Photos
from engine.catalog.presence import Presence
from engine.catalog.roots import Roots
from engine.catalog.safety_copy import copy_of, is_lost, problems_of, refresh_copy, write_copy
from engine.catalog.schema import CATALOG
from engine.catalog.updates import Updates, reread
from engine.errors import CatalogDamagedError
from engine.jobs import Job
from engine.records import IndexReport, LastUpdate


class Catalog:
    """Opens catalog.db and holds its parts; raises CatalogDamagedError, also if it is gone and its copy is there.

    Attributes:
        roots: the folders a person added.
        coverage: the files that are not searchable, and another try for them.
        exclusions: what is left out of the roots.
        photos: looking photos up.
        browsing: listing and counting photos.
        embeddings: stored vectors and which model answers.
        history: remembered queries.
        decisions: what a person pinned, hid and rejected.
        pairs: photos that a person keeps apart among duplicates.
        collections: named sets of photos.
        checkups: when the library was checked, tested and backed up last.
        presence: files that this program took away or put back.
        updates: what indexing writes.
    """

    def __init__(self, path: Path) -> None:
        if lost := is_lost(path):
            raise CatalogDamagedError(f"{path} {lost}.", TO_MEND)
        self._database = Database(path, CATALOG)
        self._meta = Meta(self._database)
        self.roots = Roots(self._database)
        self.coverage = Coverage(self._database)
        self.exclusions = Exclusions(self._database)
        self.photos = Photos(self._database)
        self.browsing = Browsing(self._database)
        self.embeddings = Embeddings(self._database)
        self.history = History(self._database)
        self.decisions = Decisions(self._database)
        self.pairs = Pairs(self._database)
        self.collections = Collections(self._database)
        self.presence = Presence(self._database)
        self.checkups = Checkups(self._database)
        self.updates = Updates(self._database)

    @property
    def read_only(self) -> bool:
        """Whether it lies where nothing may be written; whoever tries to gets a LibraryReadOnlyError."""
        return self._database.read_only

    def require_writable(self) -> None:
        """Raise LibraryReadOnlyError if nothing can be written."""
        self._database.require_writable()

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def generation(self) -> int:
        """Grows whenever anything about the searchable photos changed, by any process. Takes microseconds."""
        return self._meta.number(GENERATION) or 0

    def pulse(self) -> tuple[int, tuple[bool, ...]]:
        """Differs from the one before, on one thread, if anything was written, by any process, or a root came or went.

        Takes microseconds, however many photos there are; a root on a drive that sleeps takes longer.
        """
        return self._database.commits(), self.roots.online()

    def membership(self) -> int:
        """Grows whenever photos left the search or came back."""
        return self._meta.number(MEMBERSHIP) or 0

    def last_update(self) -> LastUpdate | None:
        """What the last update that came to its end did; None if there was none."""
        text = self._meta.text(LAST_UPDATE)
        if not text:
            return None
        found = json.loads(text)
        return LastUpdate(**{**found, "when": datetime.fromtimestamp(found["when"])})

    def provider(self) -> str:
        """What embedded photos last; empty if nothing has yet."""
        return self._meta.text(PROVIDER) or ""

    def remember_update(self, report: IndexReport) -> None:
        """Note that an update came to its end, and what it embedded on if it had anything to embed."""
        done = report.summary(datetime.now())
        with self._database.writing() as connection:
            put(connection, LAST_UPDATE, json.dumps({**asdict(done), "when": done.when.timestamp()}))
            if report.provider:
                put(connection, PROVIDER, report.provider)

    def problems(self, job: Job | None = None) -> list[str]:
        """What SQLite's own full check finds; empty if the file is sound. Raises Cancelled."""
        return self._database.problems(job)

    def room(self) -> tuple[int, int]:
        """Bytes of the file, and how many of them nothing is in."""
        return self._database.room()

    def compact(self, job: Job) -> None:
        """Give them back to the disk; raises Cancelled, StorageFullError, LibraryBusyError, and nothing has changed."""
        self._database.compact(job)

    def refresh_copy(self) -> bool:
        """Keep a good copy of everything beside the catalogue, see `safety_copy.refresh_copy`."""
        return refresh_copy(self._database)

    def copy_problem(self) -> str:
        """What is wrong with that copy, or empty; there need not be one."""
        copy = copy_of(self._database.path)
        return next(iter(problems_of(copy)), "") if copy.exists() else ""

    def renew_copy(self) -> None:
        """Make that copy now; raises CatalogDamagedError, and leaves the older one, if the catalogue is damaged."""
        write_copy(self._database, copy_of(self._database.path))

    def copy_to(self, file: Path) -> None:
        """Write all that is committed to another file, checked, see `safety_copy.write_copy`."""
        write_copy(self._database, file)

    def reread(self, seqs: list[int]) -> None:
        """Drop these embeddings and let the next run read their photos again."""
        reread(self._database, seqs)
