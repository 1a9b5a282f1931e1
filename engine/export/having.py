"""What the library has of a folder, as a table for spreadsheets or a document for programs."""

import csv
from pathlib import Path
from typing import Any

from engine.errors import BadRequestError
from engine.export.documents import json_text, verdict_document
from engine.export.saving import replacing
from engine.export.table import harmless
from engine.having.records import CheckedFile, HaveReport
from engine.jobs import Job
from engine.paths import absolute

HAVE_COLUMNS = ("verdict", "name", "path", "match", "score", "changes", "confidence")


def have_document(report: HaveReport) -> dict[str, Any]:
    """The report as plain values."""
    return {
        "folder": report.folder,
        "files": [_file_document(file) for file in report.files],
        "skipped": [{"path": file.path, "reason": file.reason} for file in report.skipped],
        "counts": {had.value: count for had, count in report.counts.items()},
    }


def save_have(report: HaveReport, file: Path, job: Job | None = None) -> None:
    """Write a table with a row for every file, or all of it as JSON; a file of this name is replaced at the end.

    Raises:
        BadRequestError: the name ends neither in .csv nor in .json, or is a folder's.
        EngineError: it cannot be written; there is no half file.
        Cancelled: the job was cancelled; there is no half file.
    """
    job, file = job or Job(), absolute(file)
    if file.suffix.lower() == ".json":
        with replacing(file, "utf-8") as stream:
            print(json_text(have_document(report)), file=stream)
            job.checkpoint()
    else:
        check_csv_name(file)
        _save_table(report, file, job)


def _save_table(report: HaveReport, file: Path, job: Job) -> None:
    with replacing(file, "utf-8-sig") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow(HAVE_COLUMNS)
        for one in report.files:
            writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in _cells(one)])
        for skipped in report.skipped:
            cells = ("unreadable", skipped.path.name, str(skipped.path), None, None, skipped.reason, None)
            writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in cells])
        job.checkpoint()


def check_csv_name(file: Path) -> None:
    """Raises BadRequestError if nothing can be exported under that name."""
    if file.suffix.lower() != ".csv":
        raise BadRequestError(f"“{file.name}” does not say what to export.", "Give it the ending .csv.")


def _cells(one: CheckedFile) -> tuple[str | float | None, ...]:
    said = one.verdict
    return (
        one.had.value,
        one.path.name,
        str(one.path),
        None if one.match is None else str(one.match.path),
        None if one.score is None else round(one.score, 6),
        None if said is None else str(said),
        None if said is None else round(said.confidence, 4),
    )


def _file_document(one: CheckedFile) -> dict[str, Any]:
    told = {} if one.verdict is None else verdict_document(one.verdict)
    return {
        "path": one.path,
        "verdict": one.had.value,
        "match": None if one.match is None else one.match.path,
        "score": None if one.score is None else round(one.score, 6),
        "in_words": told.get("verdict"),
        "confidence": told.get("confidence"),
    }
