"""The library to look through: photos in an order, and how many of them there are of each kind."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.filters import Decided, FilterKind, Orientation
from engine.names import natural_order


class Order(StrEnum):
    """What photos are sorted by."""

    TIME = "time"
    """When they were taken, or else modified."""
    NAME = "name"
    SIZE = "size"
    FOLDER = "folder"
    LOOK = "look"
    """So that neighbours look alike."""


SORTED = (Order.TIME, Order.NAME, Order.SIZE, Order.FOLDER)
"""Orders that the catalogue knows; looks are arranged by their embeddings."""


@dataclass(frozen=True, slots=True)
class Run:
    """Photos that follow each other and belong together: of one day, or of one folder.

    Attributes:
        first: the place of the first one.
        name: the day as "2024-12-31", or the folder's path.
    """

    first: int
    name: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The photos that pass filters, in order. A million take 36 MB: the photos themselves are read as they are needed.

    Attributes:
        ids: of the photos, as fixed ASCII.
        runs: by day if sorted by time, by folder if sorted by folder, else none.
    """

    ids: NDArray[np.bytes_]
    runs: tuple[Run, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Contents):
            return NotImplemented
        return self.runs == other.runs and np.array_equal(self.ids, other.ids)

    __hash__ = None  # type: ignore[assignment]

    def id_at(self, place: int) -> str:
        """The id of the photo at a place."""
        return bytes(self.ids[place]).decode("ascii")

    def ids_at(self, places: range) -> list[str]:
        """The ids of the photos at these places."""
        return [photo_id.decode("ascii") for photo_id in self.ids[places.start : places.stop].tolist()]

    def place_of(self, photo_id: str) -> int:
        """The place of a photo, or -1."""
        found = np.flatnonzero(self.ids == photo_id.encode("ascii"))
        return int(found[0]) if len(found) else -1

    def reversed(self) -> "Contents":
        """The same from the end."""
        ends = ends_of([run.first for run in self.runs], len(self))
        runs = [Run(len(self) - end, run.name) for run, end in zip(self.runs, ends, strict=True)]
        return Contents(self.ids[::-1], tuple(runs[::-1]))


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of the library, and how many photos that pass the other filters are in it.

    Attributes:
        photos: in it and below it.
        here: directly in it.
    """

    path: Path
    photos: int
    here: int
    folders: tuple["Folder", ...] = ()


@dataclass(frozen=True, slots=True)
class Collected:
    """A collection, and how many of its photos pass the other filters."""

    id: str
    name: str
    photos: int


@dataclass(frozen=True, slots=True)
class Facets:
    """How many photos there would be with each value of a filter, all other filters applied.

    Attributes:
        passing: photos that pass all filters.
        folders: the roots, with all folders below them that hold photos.
        days: by day, "2024-12-31", ascending.
        cameras: by make and model, most photos first; "" for photos that name none.
        formats: most photos first.
        sizes: by the pixels that the longer side has at least, for the sizes that were asked for.
    """

    passing: int = 0
    folders: tuple[Folder, ...] = ()
    days: tuple[tuple[str, int], ...] = ()
    cameras: tuple[tuple[str, int], ...] = ()
    formats: tuple[tuple[str, int], ...] = ()
    orientations: dict[Orientation, int] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)
    decisions: dict[Decided, int] = field(default_factory=dict)
    collections: tuple[Collected, ...] = ()


@dataclass(frozen=True, slots=True)
class Emptiness:
    """Why there is nothing to show.

    Attributes:
        passing: photos that pass all filters; a query found none of them.
        unknown_folders: asked for, and not part of the library.
        loosened: the kinds of filters without which photos would pass, and how many; most first. Empty if it takes
            more than one.
        without_filters: photos there are at all.
    """

    passing: int = 0
    unknown_folders: tuple[Path, ...] = ()
    loosened: tuple[tuple[FilterKind, int], ...] = ()
    without_filters: int = 0


def ends_of(firsts: Sequence[int], count: int) -> list[int]:
    """Where runs end that begin at these places and fill so many places together."""
    return [*firsts[1:], count] if firsts else []


def folder_tree(roots: Sequence[Path], counts: dict[Path, int]) -> tuple[Folder, ...]:
    """Folders with the number of photos directly in each, as trees below their roots."""
    below: dict[Path, set[Path]] = {}
    for path in counts:
        while path not in roots and path.parent != path:
            siblings = below.setdefault(path.parent, set())
            if path in siblings:
                break
            siblings.add(path)
            path = path.parent
    return tuple(_folder(root, below, counts) for root in roots)


def _folder(path: Path, below: dict[Path, set[Path]], counts: dict[Path, int]) -> Folder:
    children = sorted(below.get(path, ()), key=lambda child: natural_order(child.name))
    folders = tuple(_folder(child, below, counts) for child in children)
    here = counts.get(path, 0)
    return Folder(path, here + sum(folder.photos for folder in folders), here, folders)
