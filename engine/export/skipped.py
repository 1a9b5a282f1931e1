"""The files that are not searchable as a table for spreadsheets."""

import csv
from collections.abc import Sequence
from pathlib import Path

from engine.errors import BadRequestError
from engine.export.saving import replacing
from engine.export.table import harmless
from engine.jobs import Job
from engine.paths import absolute
from engine.records import Skipped

SKIPPED_COLUMNS = ("kind", "reason", "name", "path")


def save_skipped(files: Sequence[Skipped], file: Path, job: Job | None = None) -> None:
    """Write one row for every file; no cell can be taken for a formula. A file of this name is replaced at the end.

    Raises:
        BadRequestError: the name does not end in .csv, or is a folder's.
        EngineError: it cannot be written; there is no half file.
        Cancelled: the job was cancelled; there is no half file.
    """
    job, file = job or Job(), absolute(file)
    if file.suffix.lower() != ".csv":
        raise BadRequestError(f"“{file.name}” does not say what to export.", "Give it the ending .csv.")
    with replacing(file, "utf-8-sig") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow(SKIPPED_COLUMNS)
        for one in files:
            writer.writerow([harmless(text) for text in (one.kind, one.reason, one.path.name, str(one.path))])
        job.checkpoint()
