"""Labelled photos as a table that can be learned from, or mended by hand."""

import csv
from collections.abc import Iterable
from pathlib import Path

from engine.evaluation.lists import Entry
from engine.export.saving import replacing


def save_labels(entries: Iterable[Entry], file: Path) -> None:
    """Write photos, labels and splits as `engine.evaluation.lists.read_table` reads them; replaces the file.

    Raises:
        NotFoundError: there is no such folder.
        StorageFullError: the disk is full; there is no half file.
        EngineError: the file cannot be written.
    """
    with replacing(file, "utf-8", "surrogateescape") as stream:
        rows = csv.writer(stream)
        rows.writerow(("path", "label", "split"))
        rows.writerows((str(entry.path), entry.label, entry.split or "") for entry in entries)
