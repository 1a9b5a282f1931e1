"""Labelled photos as people keep them: folders of classes, tables, lists of queries and gallery, Oxford's, CIFAR."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from engine.errors import BadRequestError, NotFoundError
from engine.evaluation.cifar import is_cifar, unpack_cifar
from engine.evaluation.folders import folder_per_class, photos_below
from engine.evaluation.lists import Entry, Split, read_table
from engine.evaluation.oxford import PixelBox, Truth, is_vgg_folder, read_landmarks, read_vgg
from engine.evaluation.several_labels import has_several_labels, read_several_labels
from engine.evaluation.text import read_json, read_text
from engine.imaging.formats import PHOTO_EXTENSIONS
from engine.jobs import Job
from engine.paths import AppPaths, is_file, is_folder, is_there
from engine.records import Skipped

FORMATS = (
    "a folder with one folder per class, a .csv or .txt with path,label[,split] or path;label(confidence);…, a .json,"
    " Oxford's ground truth, or the batches of CIFAR"
)


class Protocol(StrEnum):
    """Who asks, and what is searched."""

    LEAVE_ONE_OUT = "leave-one-out"
    """Every photo asks for the others of its class."""
    QUERY_GALLERY = "query-gallery"
    """The queries search a gallery of other photos."""
    OXFORD = "oxford"
    """Every query has a list of what is good, what is fair, and what does not count."""


@dataclass(frozen=True, slots=True)
class LabelledPhoto:
    """A photo and what is on it.

    Attributes:
        label: its class, or the surest of its labels; empty for a photo that nobody has labelled.
        box: the part of the picture that asks; None for all of it.
        confidences: of each label in 0..1, where photos have several.
    """

    path: Path
    label: str
    box: PixelBox | None = None
    confidences: tuple[tuple[str, float], ...] = ()

    @property
    def labels(self) -> Mapping[str, float]:
        """All labels, each with its confidence; the one of a class is sure."""
        return dict(self.confidences) or {self.label: 1.0}


@dataclass(frozen=True, slots=True)
class LabelledPhotos:
    """What an evaluation works on.

    Attributes:
        gallery: what is searched; with leave-one-out the same photos as the queries.
        truths: what each query is meant to find, for Oxford's protocol; else empty.
        skipped: files that were named and cannot take part, with the reason.
    """

    protocol: Protocol
    queries: tuple[LabelledPhoto, ...]
    gallery: tuple[LabelledPhoto, ...]
    truths: tuple[Truth, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def load_labelled(
    source: Path,
    gallery: Path | None = None,
    protocol: Protocol | None = None,
    *,
    unpacked: Path | None = None,
    job: Job | None = None,
) -> LabelledPhotos:
    """Read labels, and find the photos they belong to; no photo is opened.

    Args:
        source: labelled photos, or labelled queries if there is a gallery.
        gallery: the photos to search in: labelled ones, or for Oxford's protocol a folder.
        protocol: by default what the source is made for.
        unpacked: folder for pictures that are no files yet; by default in the program's cache.
        job: told about progress; may cancel.

    Raises:
        NotFoundError: the source or the gallery does not exist.
        BadRequestError: it cannot be understood, or nothing can be measured with it.
        StorageFullError, Cancelled: see `read_entries`.
    """
    for place in (source, gallery):
        if place is not None:
            _expect_there(place)
    if truths := oxford_truths(source):
        _expect(protocol, Protocol.OXFORD, f"{source} holds Oxford's ground truth")
        return _oxford(truths, gallery or beside(source))
    if protocol is Protocol.OXFORD:
        raise BadRequestError(
            f"{source} is no ground truth of Oxford's protocol.",
            "Name its folder of *_query.txt and *_good.txt files, or a .json with good, ok, junk and query.",
        )
    entries, skipped = read_entries(source, unpacked, job)
    if gallery is None:
        return _of_one_source(source, entries, skipped, protocol)
    _expect(protocol, Protocol.QUERY_GALLERY, "There is a gallery")
    searched, more = read_entries(gallery, unpacked, job)
    asking = [entry for entry in entries if entry.split is not Split.GALLERY]
    searched = [entry for entry in searched if entry.split is not Split.QUERY]
    return _checked(Protocol.QUERY_GALLERY, asking, searched, [*skipped, *more])


def _of_one_source(
    source: Path, entries: Sequence[Entry], skipped: Sequence[Skipped], protocol: Protocol | None
) -> LabelledPhotos:
    asking = [entry for entry in entries if entry.split is Split.QUERY]
    searched = [entry for entry in entries if entry.split is Split.GALLERY]
    if protocol is None:
        protocol = Protocol.QUERY_GALLERY if asking and searched else Protocol.LEAVE_ONE_OUT
    if protocol is Protocol.QUERY_GALLERY:
        if not (asking and searched):
            raise BadRequestError(
                f"{source} does not say which photos ask and which are searched.",
                "Name the photos to search in with --gallery, or give the table a column split with query and gallery.",
            )
        return _checked(protocol, asking, searched, skipped)
    held_out = [entry for entry in entries if entry.split is Split.TEST]
    chosen = held_out or [entry for entry in entries if entry.split is not Split.TRAIN]
    return _checked(protocol, chosen or list(entries), None, skipped)


def read_entries(
    source: Path, unpacked: Path | None = None, job: Job | None = None
) -> tuple[list[Entry], list[Skipped]]:
    """The labelled files of a folder, a table or a list, with absolute paths, and those that are named and not there.

    Args:
        source: any form of labelled photos but Oxford's ground truth.
        unpacked: folder for pictures that are no files yet; by default in the program's cache.
        job: told about progress; may cancel.

    Raises:
        NotFoundError: the source does not exist.
        BadRequestError: it holds no labels that can be read.
        StorageFullError: there is no room to unpack its pictures.
        Cancelled: the caller asked to stop.
    """
    _expect_there(source)
    if is_cifar(source):
        return folder_per_class(unpack_cifar(source, unpacked or AppPaths.default().unpacked, job or Job()))
    if is_folder(source):
        return folder_per_class(source)
    match source.suffix.lower():
        case ".csv" | ".tsv" | ".txt":
            text = read_text(source)
            read = read_several_labels if has_several_labels(text) else read_table
            return _found(read(source, text), source.parent)
        case ".json":
            return _found(_json_entries(source), source.parent)
    raise BadRequestError(f"{source} holds no labels that can be read.", f"Name {FORMATS}.")


def _json_entries(source: Path) -> list[Entry]:
    document = read_json(source)
    if not isinstance(document, dict) or not all(isinstance(label, str | int) for label in document.values()):
        raise BadRequestError(f"{source} is not an object of files and classes.", 'Write it as {"a.jpg": "cat", …}.')
    return [Entry(Path(file), str(label)) for file, label in document.items()]


def _found(entries: Iterable[Entry], folder: Path) -> tuple[list[Entry], list[Skipped]]:
    """The entries with absolute paths; a file may also lie in a folder `query` or `gallery`, which tells its use."""
    found, skipped = [], []
    for entry in entries:
        places = [
            replace(entry, path=folder / use / entry.path, split=split)
            for use, split in (("query", Split.QUERY), ("gallery", Split.GALLERY))
            if is_file(folder / use / entry.path)
        ]
        if is_file(folder / entry.path):
            places = [_placed(entry, folder)]
        elif not places and entry.confidences and (photo := _with_ending(folder / entry.path)):
            places = [replace(entry, path=photo)]
        found += places
        if not places:
            skipped.append(Skipped(folder / entry.path, "There is no such file."))
    return found, skipped


def _with_ending(name: Path) -> Path | None:
    """The photo of this name, where a list leaves the endings of files out."""
    endings = (way(ending) for ending in sorted(PHOTO_EXTENSIONS) for way in (str.lower, str.upper))
    places = (name.with_name(name.name + ending) for ending in endings)
    return next((place for place in places if place.is_file()), None)


def _placed(entry: Entry, folder: Path) -> Entry:
    first = entry.path.parts[0] if len(entry.path.parts) > 1 else ""
    named = {"query": Split.QUERY, "gallery": Split.GALLERY}.get(first)
    return replace(entry, path=folder / entry.path, split=entry.split or named)


def _checked(
    protocol: Protocol, asking: Sequence[Entry], searched: Sequence[Entry] | None, skipped: Sequence[Skipped]
) -> LabelledPhotos:
    queries = _labelled(asking)
    gallery = queries if searched is None else _labelled(searched)
    for named, what in ((queries, "labelled photos"), (gallery, "labelled photos to search in")):
        if not named:
            reason = f" None of {len(skipped):,} files that are named is there." if skipped else ""
            raise BadRequestError(f"There are no {what}.{reason}", f"Name {FORMATS}.")
    photos = (*queries, *gallery)
    if len({photo.confidences or photo.label for photo in photos}) == 1:
        raise BadRequestError(
            f"All {len({photo.path for photo in photos}):,} photos have the label {queries[0].label}, so there is"
            " nothing to confuse them with.",
            "Name photos of at least two classes.",
        )
    return LabelledPhotos(protocol, queries, gallery, skipped=tuple(skipped))


def _labelled(entries: Iterable[Entry]) -> tuple[LabelledPhoto, ...]:
    """Every file once; the first label counts."""
    photos = {
        entry.path: LabelledPhoto(entry.path, entry.label, None, entry.confidences) for entry in reversed(list(entries))
    }
    return tuple(sorted(photos.values(), key=lambda photo: os.fsencode(photo.path)))


def oxford_truths(source: Path) -> list[Truth]:
    """Oxford's ground truth, if the source is that; else none. Raises BadRequestError if a part of it is wrong."""
    if is_folder(source):
        return read_vgg(source) if is_vgg_folder(source) else []
    if source.suffix.lower() == ".json":
        return read_landmarks(source, read_json(source))
    return []


def _oxford(truths: Sequence[Truth], folder: Path) -> LabelledPhotos:
    if not is_folder(folder):
        raise BadRequestError(f"{folder} is not a folder of photos.", "Name the photos' folder with --gallery.")
    skipped: list[Skipped] = []
    photos = photos_below(folder, skipped)
    gallery, by_name = tuple(LabelledPhoto(photo, "") for photo in photos), photos_by_name(photos)
    queries, found = [], []
    for truth in truths:
        path = by_name.get(truth.query)
        if path is None:
            skipped.append(Skipped(folder / truth.query, "There is no such file."))
            continue
        queries.append(LabelledPhoto(path, truth.landmark, truth.box))
        found.append(truth)
    if not queries:
        raise BadRequestError(
            f"None of the {len(truths):,} query photos is in {folder}.", "Name the photos' folder with --gallery."
        )
    return LabelledPhotos(Protocol.OXFORD, tuple(queries), gallery, tuple(found), tuple(skipped))


def photos_by_name(photos: Sequence[Path]) -> dict[str, Path]:
    """The photos by the names that a ground truth gives them, with and without the ending; the first one counts."""
    return {name: photo for photo in reversed(photos) for name in (photo.stem, photo.name)}


def beside(source: Path) -> Path:
    """Where Oxford's photos lie unless somebody says otherwise: in the folder of the ground truth."""
    return source if is_folder(source) else source.parent


def _expect_there(source: Path) -> None:
    if not is_there(source):
        raise NotFoundError(f"There is no {source}.", f"Name {FORMATS}.")


def _expect(asked: Protocol | None, only: Protocol, why: str) -> None:
    if asked not in (None, only):
        raise BadRequestError(f"{why}, which does not go with the protocol {asked}.", f"Leave out --protocol {asked}.")
