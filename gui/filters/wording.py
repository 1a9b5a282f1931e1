"""Filters in words."""

from pathlib import Path

from engine.browsing import Collected
from engine.filters import Decided, FilterKind, Filters, Orientation
from engine.imaging import formats
from gui.translation import later, tr
from gui.words import number, short_date

ORIENTATIONS = {
    Orientation.LANDSCAPE: later("Landscape"),
    Orientation.PORTRAIT: later("Portrait"),
    Orientation.SQUARE: later("Square"),
}
DECISIONS = {
    None: later("All but hidden ones"),
    Decided.PINNED: later("Pinned"),
    Decided.HIDDEN: later("Hidden"),
    Decided.UNDECIDED: later("Undecided"),
    Decided.ANY: later("All, hidden ones too"),
}


def camera_title(camera: str) -> str:
    """A camera as the photos name it."""
    return camera or tr("No camera named")


def size_title(pixels: int) -> str:
    """Such as "At least 1,920 pixels"; the longer side is meant."""
    return tr("At least {n} pixels", n=number(pixels)) if pixels else tr("Any size")


def sentence(kind: FilterKind, filters: Filters, collections: tuple[Collected, ...] = ()) -> str:
    """What one kind of filter asks for, such as "JPEG, HEIC"."""
    match kind:
        case FilterKind.FOLDER:
            return ", ".join(_name(folder) for folder in (*filters.folders, *filters.folders_alone))
        case FilterKind.DATE:
            return _days(filters)
        case FilterKind.CAMERA:
            parts = [tr("“{part}” in its name", part=filters.camera)] if filters.camera else []
            return ", ".join([*parts, *map(camera_title, filters.cameras)])
        case FilterKind.FORMAT:
            return ", ".join(map(formats.title, filters.formats))
        case FilterKind.ORIENTATION:
            return ", ".join(tr(ORIENTATIONS[one]) for one in filters.orientations)
        case FilterKind.SIZE:
            return size_title(filters.min_size)
        case FilterKind.DECISION:
            return tr(DECISIONS[filters.decision])
        case FilterKind.COLLECTION:
            names = {one.id: one.name for one in collections}
            return names.get(filters.collection, filters.collection)
        case FilterKind.SCORE:
            return tr("Score {score} or more", score=number(filters.min_score or 0, 2))


def _days(filters: Filters) -> str:
    if filters.after and filters.before:
        if filters.after == filters.before:
            return short_date(filters.after)
        return f"{short_date(filters.after)} – {short_date(filters.before)}"
    if filters.after:
        return tr("From {day}", day=short_date(filters.after))
    return tr("Until {day}", day=short_date(filters.before)) if filters.before else ""


def _name(folder: Path) -> str:
    return (folder.name or str(folder)).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
