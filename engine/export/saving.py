"""Writing a report to a file: all of it, or nothing."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from engine.errors import BadRequestError
from engine.export.documents import json_text, photos_document, result_document
from engine.export.page import Thumbnail, write_page
from engine.export.report import Report
from engine.export.table import write_table
from engine.jobs import Job
from engine.new_file import new_file
from engine.paths import absolute

EXPORT_SUFFIXES = (".csv", ".json", ".html")


def save_report(report: Report, file: Path, thumbnail: Thumbnail, job: Job | None = None) -> None:
    """Write the report as the file's ending says: .csv, .json or .html. A file of this name is replaced at the end.

    Args:
        thumbnail: the JPEG thumbnail of a photo by its id, for .html.

    Raises:
        BadRequestError: the ending is another one, or the name is a folder's.
        NotFoundError: there is no such folder.
        StorageFullError: the disk is full; there is no half file.
        Cancelled: the job was cancelled; there is no half file.
    """
    job, file = job or Job(), absolute(file)
    write, encoding = _writer(report, check_export_name(file), thumbnail, job)
    with replacing(file, encoding) as stream:
        write(stream)
        job.checkpoint()


def check_export_name(file: Path) -> str:
    """The file's ending in small letters; raises BadRequestError if nothing can be exported under that name."""
    suffix = file.suffix.lower()
    if suffix not in EXPORT_SUFFIXES:
        raise BadRequestError(
            f"“{file.name}” does not say what to export.", f"Give it one of the endings {', '.join(EXPORT_SUFFIXES)}."
        )
    return suffix


def _writer(report: Report, suffix: str, thumbnail: Thumbnail, job: Job) -> tuple[Callable[[TextIO], None], str]:
    """What writes the file, and its encoding: spreadsheets know UTF-8 by the mark at its beginning."""
    if suffix == ".csv":
        return lambda stream: write_table(report, stream, job), "utf-8-sig"
    if suffix == ".html":
        return lambda stream: write_page(report, stream, thumbnail, job), "utf-8"
    document = photos_document(report.photos) if report.result is None else result_document(report.result)
    return lambda stream: print(json_text(document), file=stream), "utf-8"


@contextmanager
def replacing(file: Path, encoding: str, errors: str = "backslashreplace") -> Iterator[TextIO]:
    """A new file that takes the place of the old one when everything is written and on the disk.

    Args:
        errors: what becomes of bytes of names that are not UTF-8. Usually they come out as the escapes of JSON, because
            the file must be UTF-8; "surrogateescape" keeps them, for files that only programs of ours read.

    Raises:
        BadRequestError: the name is a folder's.
        NotFoundError: there is no such folder.
        StorageFullError: the disk is full; there is no half file.
    """
    with new_file(file) as part, part.open("x", encoding=encoding, errors=errors, newline="") as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())


def save_bytes(content: bytes, file: Path) -> None:
    """Write a file that is all at hand; raises as `replacing` does."""
    with new_file(absolute(file)) as part, part.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
