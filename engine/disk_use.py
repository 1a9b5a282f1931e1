"""What the parts of a library take on the disk."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from engine.answering import index_name
from engine.catalog.embeddings import StoredModel

CATALOG_FILES = {"catalog.db", "catalog.db-wal", "catalog.db-shm"}
THUMBNAIL_FILES = {"thumbnails.db", "thumbnails.db-wal", "thumbnails.db-shm"}


class PartKind(StrEnum):
    """What a part of a library is."""

    CATALOG = "catalog"
    THUMBNAILS = "thumbnails"
    INDEX = "index"
    """Of one model, maps included."""
    MODEL = "model"
    """That was added or trained; those that ship with the program are no part of the library."""
    RUNS = "runs"
    """Trainings, and what they keep to go on from."""
    COPIES = "copies"
    """Of the catalogue: the newest good one, and those made before it was brought up to date or mended."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class DiskPart:
    """What one part takes.

    Attributes:
        name: of the model, of an index and a model; empty for other parts.
        bytes: of its files.
    """

    kind: PartKind
    name: str
    bytes: int


def disk_use(folder: Path, models: Sequence[StoredModel]) -> list[DiskPart]:
    """The parts of a library that take something, in the order of `PartKind`, the largest first.

    Args:
        models: those that the catalogue has met, whose names stand for the folders of their indexes.
    """
    names = {index_name(model): model.name for model in models}
    sizes: Counter[tuple[PartKind, str]] = Counter()
    for path, size in _files(folder):
        sizes[_part(path, names)] += size
    order = list(PartKind)
    parts = [DiskPart(kind, name, size) for (kind, name), size in sizes.items() if size]
    return sorted(parts, key=lambda part: (order.index(part.kind), -part.bytes))


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files in a folder; 0 if there is none."""
    if path.is_dir() and not path.is_symlink():
        return sum(size for _, size in _files(path))
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def _part(path: tuple[str, ...], names: dict[str, str]) -> tuple[PartKind, str]:
    """To what part a file belongs, by its place in the library."""
    match path:
        case [name] if name in CATALOG_FILES:
            return PartKind.CATALOG, ""
        case [name] if name in THUMBNAIL_FILES:
            return PartKind.THUMBNAILS, ""
        case [name] if name.startswith("catalog-"):
            return PartKind.COPIES, ""
        case ["index", model, _, *_]:
            return PartKind.INDEX, names.get(model, model)
        case ["models", model, _, *_]:
            return PartKind.MODEL, model
        case ["runs", *_]:
            return PartKind.RUNS, ""
    return PartKind.OTHER, ""


def _files(folder: Path) -> Iterator[tuple[tuple[str, ...], int]]:
    """Every file below a folder: the names that lead to it, and its size. Links are not followed."""
    for place, _, files in os.walk(folder):
        for name in files:
            file = Path(place) / name
            try:
                yield file.relative_to(folder).parts, file.lstat().st_size
            except OSError:  # it went away meanwhile
                continue
