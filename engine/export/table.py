"""A report as CSV that spreadsheets open without asking and without running anything."""

import csv
from collections.abc import Iterator
from datetime import datetime
from typing import TextIO

from engine.export.report import Report
from engine.jobs import Job, Progress
from engine.records import Match, Photo
from engine.search.closeness import closeness

COLUMNS = (
    "rank", "score", "closeness", "distance", "verdict", "name", "path", "format", "width", "height", "bytes", "taken",
    "modified", "camera", "latitude", "longitude", "content_hash",
)  # fmt: skip
FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
"""A cell of text that begins with one of these may be run as a formula (OWASP, "CSV injection")."""
ROWS_PER_STEP = 200
Cell = str | int | float | None


def write_table(report: Report, stream: TextIO, job: Job) -> None:
    """Write one row for every photo."""
    writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(COLUMNS)
    for number, row in enumerate(_rows(report)):
        if number % ROWS_PER_STEP == 0:
            job.step(Progress("exporting", number, len(report.photos)))
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before it says that it is text."""
    return f"'{text}" if text.lstrip(" \u00a0")[:1] in FORMULA_STARTS else text


def _rows(report: Report) -> Iterator[tuple[Cell, ...]]:
    for rank, (photo, match) in enumerate(report.rows(), 1):
        yield (*_scores(report, match, rank), *_facts(photo))


def _scores(report: Report, match: Match | None, rank: int) -> tuple[Cell, ...]:
    if match is None or report.result is None:
        return rank, None, None, None, None
    word = closeness(match, report.result.chance_below)
    verdict = None if match.verdict is None else str(match.verdict)
    return match.rank, round(match.score, 6), word.value, round(match.distance, 6), verdict


def _facts(photo: Photo) -> tuple[Cell, ...]:
    return (
        photo.path.name, str(photo.path), photo.format, photo.width or None, photo.height or None, photo.size,
        _moment(photo.taken), _moment(photo.modified), photo.camera, photo.latitude, photo.longitude,
        photo.content_hash.hex(),
    )  # fmt: skip


def _moment(when: datetime | None) -> str | None:
    return None if when is None else when.isoformat(" ", "seconds")
