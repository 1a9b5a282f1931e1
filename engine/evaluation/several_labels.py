"""Lists of photos with several labels each, and how sure each is, as path;label(confidence);label(confidence).

So does github.com/Remeus/simage, whose lists name photos without the ending of their file.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from engine.errors import BadRequestError
from engine.evaluation.lists import Entry

FORM = "path;label(confidence);label(confidence)"
_NUMBER = r"[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)"
_LABEL = re.compile(rf"(?P<label>.*[^\s(])\s*\((?P<confidence>{_NUMBER})\)")
_TELLING = re.compile(rf".*[^\s(]\({_NUMBER}\)")
"""What no table holds by chance; “Paris (2019)” may be the name of a class."""


def has_several_labels(text: str) -> bool:
    """Whether the text of a list gives its photos labels with confidences."""
    return any(_TELLING.fullmatch(field.strip()) for line in text.splitlines() for field in line.split(";")[1:])


def read_several_labels(file: Path, text: str) -> list[Entry]:
    """The lines of such a list; the label of an entry is its surest one, and its confidences are all of them.

    Raises:
        BadRequestError: a line is written in another way; the message names it.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    return [_entry(file, number, line.split(";")) for number, line in lines if line]


def _entry(file: Path, number: int, fields: Sequence[str]) -> Entry:
    name, *labels = (field.strip() for field in fields)
    if not labels:
        raise BadRequestError(
            f"Line {number} of {file} gives no label with a confidence, as other lines do: {name}.",
            f"Write all lines in one form: {FORM}…",
        )
    confidences: dict[str, float] = {}
    for label, confidence in (_label(file, number, field) for field in labels if field):
        confidences[label] = max(confidence, confidences.get(label, 0.0))
    sure = {label: confidence for label, confidence in confidences.items() if confidence}
    if not name or not sure:
        raise BadRequestError(f"Line {number} of {file} names no photo with a label.", f"Write it as {FORM}…")
    return Entry(Path(name), max(sure, key=sure.__getitem__), None, tuple(sure.items()))


def _label(file: Path, number: int, field: str) -> tuple[str, float]:
    found = _LABEL.fullmatch(field)
    if found is None:
        raise BadRequestError(
            f"Line {number} of {file} has “{field}”, which is no label with a confidence.",
            "Write every label as label(confidence), such as cat(0.9) or, where it is sure, cat(1).",
        )
    confidence = float(found["confidence"].replace(",", "."))
    if not 0 <= confidence <= 1:
        raise BadRequestError(
            f"Line {number} of {file} gives {found['label']} the confidence {found['confidence']}, which is not from 0"
            " to 1.",
            "Write 0.9 for a label that is right nine times of ten.",
        )
    return found["label"], confidence
