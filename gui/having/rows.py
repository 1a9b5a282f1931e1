"""One file from outside as a row: in words, and by what it is sorted and found."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from engine.having.records import CheckedFile, Had
from engine.records import Photo, PhotoState, Skipped
from gui.gallery.wording import displayable, figures, shown_name
from gui.translation import later, tr
from gui.verdicts import verdict_words

UNREADABLE = "unreadable"
NEVER = datetime.fromtimestamp(0, tz=UTC)


@dataclass(frozen=True, slots=True)
class GroupWords:
    """How the files of a verdict are called and marked.

    Attributes:
        icon: stands beside the words, so that nothing is told by colour alone.
        role: its colour.
        none: said when no file has this verdict.
    """

    title: str
    icon: str
    role: str
    none: str


GROUPS = {
    Had.NEW: GroupWords(later("New"), "add", "accent", later("There is nothing new in it")),
    Had.SIMILAR: GroupWords(later("Similar"), "lookalikes", "secondary", later("No other pictures of the same kind")),
    Had.EDITED: GroupWords(later("Edited"), "compare", "good", later("No edited versions of your photos")),
    Had.SAME_PICTURE: GroupWords(later("Same picture"), "done", "good", later("No picture that was saved again")),
    Had.IDENTICAL: GroupWords(later("Identical"), "done", "good", later("No identical files")),
    UNREADABLE: GroupWords(later("Cannot be read"), "warning", "bad", later("Every file could be read")),
}
"""By verdict; what a person may want to do something about comes first."""
_PLACES = {group: place for place, group in enumerate(GROUPS)}


@dataclass(frozen=True, slots=True)
class Row:
    """A file, checked or not readable.

    Attributes:
        group: one of `GROUPS`.
        name: of the file, as it can be displayed.
        folder: where it lies, as it can be displayed.
        words: the verdict in words with its score, or why there is none.
        file: stands for the file where photos are shown; nothing of the library has its id.
        found: what the engine says of it.
        sought: all that it is found by, in small letters.
        parts: of its path, to sort by.
    """

    group: str
    name: str
    folder: str
    words: str
    file: Photo
    found: CheckedFile | Skipped = field(repr=False)
    sought: str = field(repr=False)
    parts: tuple[str, ...] = field(repr=False)

    @property
    def path(self) -> Path:
        """Of the file."""
        return self.found.path

    @property
    def match(self) -> Photo | None:
        """What the library has of it."""
        return self.found.match if isinstance(self.found, CheckedFile) else None

    @property
    def readable(self) -> bool:
        """Whether there is a picture to look at."""
        return isinstance(self.found, CheckedFile)

    @property
    def title(self) -> str:
        """The verdict in a word or two."""
        return tr(GROUPS[self.group].title)


def row_of(found: CheckedFile | Skipped, places: Sequence[Path]) -> Row:
    """The row of a file; for a worker, because there may be many.

    Args:
        places: what is checked.
    """
    path = found.path
    content = found.content_hash if isinstance(found, CheckedFile) else b""
    group = found.had if isinstance(found, CheckedFile) else UNREADABLE
    name, folder = shown_name(path), displayable(_folder(path, places))
    match = shown_name(found.match.path) if isinstance(found, CheckedFile) and found.match else ""
    words = _words(found)
    stand_in = Photo(os.fspath(path), path, "", 0, NEVER, PhotoState.INDEXED, content)
    sought = f"{name}\n{folder}\n{match}\n{words}".casefold()
    return Row(group, name, folder, words, stand_in, found, sought, path.parts)


def files_of(rows: Iterable[Row]) -> list[CheckedFile]:
    """What the engine says of these, without those that cannot be read."""
    return [row.found for row in rows if isinstance(row.found, CheckedFile)]


def _folder(path: Path, places: Sequence[Path]) -> str:
    """From the checked folder on, with its name: “DCIM/100CANON”."""
    place = next((one for one in places if one in path.parents), None)
    return str(path.parent) if place is None else str(path.parent.relative_to(place.parent))


def _words(found: CheckedFile | Skipped) -> str:
    if isinstance(found, Skipped):
        return found.reason
    if found.verdict is not None:
        said = verdict_words(found.verdict)
        exact = found.had is Had.IDENTICAL or found.score is None
        return said if exact else tr("{verdict} · score {score}", verdict=said, score=figures(found.score or 0.0))
    if found.match is None:
        return tr("nothing like it in your library")
    return tr("another picture of the same kind · score {score}", score=figures(found.score or 0.0))


class Order(StrEnum):
    """What the rows are sorted by."""

    FOLDER = "folder"
    NAME = "name"
    VERDICT = "verdict"
    SCORE = "score"


ORDERS = {
    Order.FOLDER: later("By folder"),
    Order.NAME: later("By name"),
    Order.VERDICT: later("New ones first"),
    Order.SCORE: later("Closest first"),
}
KEYS: dict[Order, Callable[[Row], Any]] = {
    Order.FOLDER: lambda row: row.parts,
    Order.NAME: lambda row: (row.name.casefold(), row.parts),
    Order.VERDICT: lambda row: (_PLACES[row.group], row.parts),
    Order.SCORE: lambda row: (-_score(row), row.parts),
}


def _score(row: Row) -> float:
    """What cannot be read comes after what is new."""
    return (row.found.score or 0.0) if isinstance(row.found, CheckedFile) else -1.0
