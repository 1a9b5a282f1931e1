"""Lists of labelled files: one file, its class, and what it is for."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from engine.errors import BadRequestError


class Split(StrEnum):
    """What a photo of a list is for."""

    TRAIN = "train"
    TEST = "test"
    QUERY = "query"
    GALLERY = "gallery"


SPLITS = {
    "train": Split.TRAIN,
    "training": Split.TRAIN,
    "val": Split.TEST,
    "valid": Split.TEST,
    "validation": Split.TEST,
    "test": Split.TEST,
    "query": Split.QUERY,
    "gallery": Split.GALLERY,
    "": None,
}
_HEADINGS = {"path": "path", "file": "path", "filename": "path", "label": "label", "class": "label", "split": "split"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list.

    Attributes:
        path: as it is written; relative to the list's folder unless absolute.
        label: its class; where it has several labels, the surest one.
        split: what it is for, if the list says so.
        confidences: of each label in 0..1, where it may have several.
    """

    path: Path
    label: str
    split: Split | None = None
    confidences: tuple[tuple[str, float], ...] = ()

    @property
    def labels(self) -> Mapping[str, float]:
        """All labels, each with its confidence; the one of a class is sure."""
        return dict(self.confidences) or {self.label: 1.0}


def read_table(file: Path, text: str) -> list[Entry]:
    """A table with the columns path, label and perhaps split; with or without a line of headings.

    Args:
        file: where it is from, for messages.
        text: what it says.

    Raises:
        BadRequestError: it is no such table; the message names the line.
    """
    first = text.partition("\n")[0]
    separator = max("\t,;", key=first.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as error:
        raise BadRequestError(f"{file} is no table: {error}.", "Save it as path,label.") from error
    rows = [(line, row) for line, row in rows if any(row)]
    if not rows:
        raise BadRequestError(f"{file} is empty.", "Write a photo and its label on every line: path,label.")
    columns = [_HEADINGS.get(cell.lower(), "") for cell in rows[0][1]]
    if "path" in columns and "label" in columns:
        return [_entry(file, line, row, columns) for line, row in rows[1:]]
    return [_entry(file, line, row, ["path", "label", "split"]) for line, row in rows]


def _entry(file: Path, line: int, row: Sequence[str], columns: Sequence[str]) -> Entry:
    cells = dict(zip(columns, row, strict=False))
    if not cells.get("path") or not cells.get("label"):
        raise BadRequestError(f"Line {line} of {file} names no photo with a label.", "Write it as path,label.")
    split = cells.get("split", "").lower()
    if split not in SPLITS:
        raise BadRequestError(
            f"Line {line} of {file} has the split {split}.",
            f"There are: {', '.join(filter(None, SPLITS))}. Several labels are written as path;label(confidence);…",
        )
    return Entry(Path(cells["path"]), cells["label"], SPLITS[split])
