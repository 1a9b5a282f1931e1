"""Labelled photos to learn from: what a person keeps in folders, tables and lists, as one set."""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import BadRequestError
from engine.evaluation.folders import is_photo
from engine.evaluation.labelled import read_entries
from engine.evaluation.lists import Entry, Split
from engine.records import Skipped

_HINT = "Put the photos of each subject into a folder of their own, and name the folder that holds these folders."


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Photos and what is on them.

    Attributes:
        entries: every file once, in the order of its name.
        skipped: files that were named and cannot take part, with the reason.
    """

    entries: tuple[Entry, ...]
    skipped: tuple[Skipped, ...] = ()

    @property
    def classes(self) -> dict[str, int]:
        """The labels in their order, each with the number of its photos."""
        counted = Counter(entry.label for entry in self.entries)
        return {label: counted[label] for label in sorted(counted)}


def load_labels(sources: Sequence[Path]) -> LabelledSet:
    """Read labels and find their photos; no photo is opened.

    Args:
        sources: folders with one folder per class, folders of photos (each is a class), tables or lists.

    Raises:
        NotFoundError: a source does not exist.
        BadRequestError: a source cannot be understood, there are no photos, or all have one label.
    """
    entries: dict[Path, Entry] = {}
    skipped: list[Skipped] = []
    for source in sources:
        read, left_out = _one_class(source) if _is_class(source) else read_entries(source)
        skipped += left_out
        for entry in read:
            first = entries.setdefault(entry.path, entry)
            if first.label != entry.label:
                skipped.append(
                    Skipped(entry.path, f"It is labelled {first.label} and {entry.label}; the first counts.")
                )
    found = LabelledSet(tuple(sorted(entries.values(), key=lambda entry: os.fsencode(entry.path))), tuple(skipped))
    _check(found, sources)
    return found


def kept_back(entry: Entry) -> bool:
    """Whether the person wants this photo to be measured with, and not learned from."""
    return entry.split in (Split.TEST, Split.QUERY, Split.GALLERY)


def _is_class(source: Path) -> bool:
    """A folder of photos with no folders in it is a class by itself."""
    if not source.is_dir():
        return False
    visible = [place for place in source.iterdir() if not place.name.startswith(".")]
    return any(is_photo(place) for place in visible) and not any(place.is_dir() for place in visible)


def _one_class(source: Path) -> tuple[list[Entry], list[Skipped]]:
    return [Entry(photo, source.name) for photo in sorted(source.iterdir()) if is_photo(photo)], []


def _check(found: LabelledSet, sources: Sequence[Path]) -> None:
    places = ", ".join(str(source) for source in sources) or "nothing"
    if not found.entries:
        raise BadRequestError(f"There are no labelled photos in {places}.", _HINT)
    if len(found.classes) == 1:
        (label,) = found.classes
        raise BadRequestError(
            f"All {len(found.entries):,} photos have the label {label}, so there is nothing to tell apart.", _HINT
        )
