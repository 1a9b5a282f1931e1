"""Labelled photos as a table that can be learned from, or mended by hand."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import BadRequestError, EngineError
from engine.evaluation.lists import Entry
from engine.export.saving import replacing

if TYPE_CHECKING:
    from engine.library import Library

COLLECTIONS = "collections.csv"


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


def save_collections(library: "Library", chosen: Sequence[str], folder: Path) -> Path:
    """Write the photos of collections as labelled photos, each collection a class; returns the table.

    Args:
        library: that has the collections.
        chosen: their ids.
        folder: of the table; it is made if it is not there.

    Raises:
        NotFoundError: there is no such collection.
        BadRequestError: none of their photos is in the library now.
        StorageFullError, EngineError: see `save_labels`.
    """
    names = [library.collections.get(one).name for one in chosen]
    entries = [
        Entry(photo.path, name)
        for one, name in zip(chosen, names, strict=True)
        for photo in library.collected_photos(one)
    ]
    if not entries:
        raise BadRequestError(
            f"None of the photos in {', '.join(names)} is in the library now.", "Add photos to these collections."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EngineError(f"{folder} cannot be made: {error.strerror or error}.", "Check its permissions.") from error
    save_labels(entries, folder / COLLECTIONS)
    return folder / COLLECTIONS
