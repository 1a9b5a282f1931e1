"""Labelled photos to learn from: what a person keeps in folders, tables and lists, as one set."""

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from engine.errors import BadRequestError
from engine.evaluation.cifar import is_cifar
from engine.evaluation.degrees import most_telling
from engine.evaluation.folders import is_photo
from engine.evaluation.labelled import beside, oxford_truths, read_entries
from engine.evaluation.lists import Entry, Split
from engine.jobs import Job
from engine.paths import is_folder
from engine.records import Skipped
from trainer.data.landmarks import landmark_entries

_HINT = "Put the photos of each subject into a folder of their own, and name the folder that holds these folders."


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Photos and what is on them.

    Attributes:
        entries: every file once, in the order of its name.
        skipped: files that were named and cannot take part, with the reason.
        published: what is learned from and what is kept back was decided by who published them, and cannot be mended.
    """

    entries: tuple[Entry, ...]
    skipped: tuple[Skipped, ...] = ()
    published: bool = False

    @property
    def classes(self) -> dict[str, int]:
        """The labels in their order, each with the number of its photos; a photo may have several."""
        counted = Counter(label for entry in self.entries for label in entry.labels)
        return {label: counted[label] for label in sorted(counted)}

    @property
    def has_several_labels(self) -> bool:
        """Whether photos have several labels, each with a confidence."""
        return any(entry.confidences for entry in self.entries)


def load_labels(
    sources: Sequence[Path], photos: Path | None = None, unpacked: Path | None = None, job: Job | None = None
) -> LabelledSet:
    """Read labels and find their photos; no photo is opened.

    Args:
        sources: folders with one folder per class, folders of photos (each is a class), and all that
            `engine.evaluation.labelled` reads.
        photos: the folder of the photos that Oxford's ground truth names, if it is another than that.
        unpacked: folder for pictures that are no files yet; by default in the program's cache.
        job: told about progress; may cancel.

    Raises:
        NotFoundError: a source does not exist.
        BadRequestError: a source cannot be understood, there are no photos, or no label tells them apart.
        StorageFullError, Cancelled: see `read_entries`.
    """
    entries: dict[Path, Entry] = {}
    skipped: list[Skipped] = []
    published = False
    for source in sources:
        if truths := oxford_truths(source):
            read, left_out = landmark_entries(truths, photos or beside(source))
        elif _is_class(source):
            read, left_out = _one_class(source)
        else:
            read, left_out = read_entries(source, unpacked, job)
        published = published or bool(truths) or is_cifar(source)
        skipped += left_out
        for entry in _learned_gallery(read):
            first = entries.setdefault(entry.path, entry)
            if first.labels != entry.labels:
                skipped.append(
                    Skipped(entry.path, f"It is labelled {_named(first)} and {_named(entry)}; the first counts.")
                )
    ordered = sorted(entries.values(), key=lambda entry: os.fsencode(entry.path))
    found = LabelledSet(tuple(ordered), tuple(skipped), published)
    _check(found, sources)
    return _with_telling_labels(found) if found.has_several_labels else found


def kept_back(entry: Entry) -> bool:
    """Whether the person wants this photo to be measured with, and not learned from."""
    return entry.split in (Split.TEST, Split.QUERY, Split.GALLERY)


def _named(entry: Entry) -> str:
    return ", ".join(entry.labels)


def _learned_gallery(entries: Iterable[Entry]) -> list[Entry]:
    """Where photos only ask or are searched, what is searched is learned from, and what asks is kept back."""
    read = list(entries)
    if any(entry.split not in (Split.QUERY, Split.GALLERY) for entry in read):
        return read
    return [replace(entry, split=None) if entry.split is Split.GALLERY else entry for entry in read]


def _is_class(source: Path) -> bool:
    """A folder of photos with no folders in it is a class by itself."""
    if not is_folder(source):
        return False
    visible = [place for place in source.iterdir() if not place.name.startswith(".")]
    return any(is_photo(place) for place in visible) and not any(is_folder(place) for place in visible)


def _one_class(source: Path) -> tuple[list[Entry], list[Skipped]]:
    return [Entry(photo, source.name) for photo in sorted(source.iterdir()) if is_photo(photo)], []


def _with_telling_labels(found: LabelledSet) -> LabelledSet:
    """Where one label must stand for all of a photo's, on a map for instance, it is the one that says most."""
    labels = most_telling([entry.labels for entry in found.entries])
    entries = zip(found.entries, labels, strict=True)
    return replace(found, entries=tuple(replace(entry, label=label) for entry, label in entries))


def _check(found: LabelledSet, sources: Sequence[Path]) -> None:
    places = ", ".join(str(source) for source in sources) or "nothing"
    if not found.entries:
        raise BadRequestError(f"There are no labelled photos in {places}.", _HINT)
    if len(found.classes) == 1:
        (label,) = found.classes
        raise BadRequestError(
            f"All {len(found.entries):,} photos have the label {label}, so there is nothing to tell apart.", _HINT
        )
