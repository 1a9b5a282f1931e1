"""What a photo must be to count: the filters of a query or of the browsed library."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from engine.errors import BadRequestError


class Orientation(StrEnum):
    """The shape of the upright picture."""

    LANDSCAPE = "landscape"
    PORTRAIT = "portrait"
    SQUARE = "square"
    """Exactly as wide as high."""


class Decided(StrEnum):
    """Which photos count by what was decided about them. Without a word about it, all but the hidden ones."""

    PINNED = "pinned"
    HIDDEN = "hidden"
    UNDECIDED = "undecided"
    """Neither pinned nor hidden."""
    ANY = "any"
    """The hidden ones too."""


class FilterKind(StrEnum):
    """The filters that are set and taken away together."""

    FOLDER = "folder"
    DATE = "date"
    CAMERA = "camera"
    FORMAT = "format"
    ORIENTATION = "orientation"
    SIZE = "size"
    DECISION = "decision"
    COLLECTION = "collection"
    SCORE = "score"


_FIELDS = {
    FilterKind.FOLDER: ("folders", "folders_alone"),
    FilterKind.DATE: ("after", "before"),
    FilterKind.CAMERA: ("camera", "cameras"),
    FilterKind.FORMAT: ("formats",),
    FilterKind.ORIENTATION: ("orientations",),
    FilterKind.SIZE: ("min_size",),
    FilterKind.DECISION: ("decision",),
    FilterKind.COLLECTION: ("collection",),
    FilterKind.SCORE: ("min_score",),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What a match must also be. None or empty leaves that open; of several values one is enough.

    Attributes:
        folders: the photo lies in one of these folders or below it.
        folders_alone: or directly in one of these.
        after: taken (or, without capture time, modified) on this day or later.
        before: taken (or modified) on this day or earlier.
        camera: part of make and model, upper and lower case alike.
        cameras: make and model in full, as the photos have them; "" for photos that name no camera.
        formats: "JPEG", "HEIF", ...; upper and lower case alike.
        min_size: pixels that the longer side has at least.
        decision: what was decided about it; None for all that is not hidden.
        collection: id or name of the collection it is in.
        min_score: calibrated score, 0..1.
    """

    folders: tuple[Path, ...] = ()
    folders_alone: tuple[Path, ...] = ()
    after: date | None = None
    before: date | None = None
    camera: str = ""
    cameras: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    orientations: tuple[Orientation, ...] = ()
    min_size: int = 0
    decision: Decided | None = None
    collection: str = ""
    min_score: float | None = None

    def __post_init__(self) -> None:
        if self.after is not None and self.before is not None and self.after > self.before:
            raise BadRequestError(
                f"No day is both {self.after} or later and {self.before} or earlier.", "Swap the two days."
            )

    @property
    def kinds(self) -> tuple[FilterKind, ...]:
        """The kinds of filters that are set."""
        return tuple(kind for kind in FilterKind if any(getattr(self, name) != _OPEN[name] for name in _FIELDS[kind]))

    def without(self, *kinds: FilterKind) -> Self:
        """The same, with these kinds of filters left open."""
        return replace(self, **{name: _OPEN[name] for kind in kinds for name in _FIELDS[kind]})

    def only(self, *kinds: FilterKind) -> Self:
        """The same, with all other kinds of filters left open."""
        return self.without(*(kind for kind in FilterKind if kind not in kinds))

    def document(self) -> dict[str, Any]:
        """The filters by name, as JSON and the history keep them; None for those that are open."""
        return {name: (_plain(value) if (value := getattr(self, name)) != _OPEN[name] else None) for name in _OPEN}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Filters":
        """What `document` gave, also if an earlier version of the program did."""
        known = {name: value for name, value in document.items() if name in _OPEN and value is not None}
        if document.get("folder"):  # before there could be several
            known["folders"] = [document["folder"]]
        for name, read in _READERS.items():
            if name in known:
                known[name] = read(known[name])
        after, before = known.get("after"), known.get("before")
        if after and before and after > before:  # was possible once, and meant this
            known |= {"after": before, "before": after}
        return cls(**known)


_OPEN: dict[str, Any] = {field.name: field.default for field in fields(Filters)}
_READERS: dict[str, Any] = {
    "folders": lambda values: tuple(map(Path, values)),
    "folders_alone": lambda values: tuple(map(Path, values)),
    "after": date.fromisoformat,
    "before": date.fromisoformat,
    "cameras": tuple,
    "formats": tuple,
    "orientations": lambda values: tuple(map(Orientation, values)),
    "decision": Decided,
}


def _plain(value: object) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Path | StrEnum):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
