"""Mending a library that nobody has open: its catalogue first, then everything that follows from it."""

import shutil
from dataclasses import replace
from pathlib import Path

from engine.catalog.recovery import damage, recover
from engine.jobs import Job, Progress
from engine.library import CATALOG, INDEXES, Library
from engine.locking import LibraryLock
from engine.paths import absolute
from engine.settings import Settings
from engine.verification import VerifyReport

AND_NOW = "The next update finds what has changed since: lookalike index."


def repair(
    folder: Path, *, bundled_models: Path | None = None, settings: Settings | None = None, job: Job | None = None
) -> VerifyReport:
    """Check a library and mend what can be mended; photos are never touched.

    A damaged catalogue is put together again from what can be read of it and its newest good copy.

    Raises:
        LibraryBusyError: another process updates the library, or has its damaged catalogue open.
        CatalogTooNewError, LibraryUnusableError, StorageFullError: see `Library.open`.
    """
    job = job or Job()
    folder = absolute(folder)
    problem, done = "", []
    if folder.is_dir():
        with LibraryLock(folder).held():
            job.step(Progress("checking the catalogue", 0))
            if problem := damage(folder / CATALOG):
                done = [*recover(folder / CATALOG), AND_NOW]
                # Its numbers may be given out again; it is built from the stored embeddings.
                shutil.rmtree(folder / INDEXES, ignore_errors=True)
    with Library.open(folder, bundled_models, settings) as library:
        report = library.verify(repair=True, job=job)
        if problem:
            found, told = (problem, *report.problems), (*done, *report.repaired)
            report = replace(report, problems=found, repaired=told)
            library.care.remember(report)
    return report
