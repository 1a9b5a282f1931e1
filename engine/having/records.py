"""What the library has of files from outside."""

import os
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from engine.copies.verdict import Verdict
from engine.errors import EngineError
from engine.records import Photo, Skipped


class Had(StrEnum):
    """What the library has of a file, the most first."""

    IDENTICAL = "identical"
    """The very file, or its very pixels."""
    SAME_PICTURE = "same picture"
    """The same picture, saved again or resized."""
    EDITED = "edited"
    """The same picture, of which more was changed."""
    SIMILAR = "similar"
    """Another picture that shows something alike."""
    NEW = "new"


HAS_PICTURE = (Had.IDENTICAL, Had.SAME_PICTURE, Had.EDITED)
"""The library has the picture itself."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file from outside.

    Attributes:
        content_hash: of the file.
        match: the photo of the library that comes closest; None for a new picture.
        score: calibrated similarity of that photo, 0..1.
        verdict: what the photo is to the file, if pixels were compared.
    """

    path: Path
    had: Had
    content_hash: bytes
    match: Photo | None = None
    score: float | None = None
    verdict: Verdict | None = None

    @property
    def is_new(self) -> bool:
        """Whether the library does not have this picture."""
        return self.had not in HAS_PICTURE


@dataclass(frozen=True, slots=True)
class HaveReport:
    """What the library has of folders and files.

    Attributes:
        places: what was checked.
        files: those that could be read, by path.
        skipped: the others, and why.
        stopped: why the rest was not looked at, such as a memory card that was pulled out; None if all was.
    """

    places: tuple[Path, ...]
    files: tuple[CheckedFile, ...]
    skipped: tuple[Skipped, ...]
    stopped: EngineError | None = None

    @property
    def folder(self) -> Path:
        """The folder that was checked, or the one that all places lie in."""
        try:
            return Path(os.path.commonpath(self.places))
        except ValueError:  # several drives have nothing in common
            return self.places[0]

    @property
    def counts(self) -> Counter[Had]:
        """How many files there are of each kind."""
        return Counter(file.had for file in self.files)

    @property
    def new(self) -> tuple[CheckedFile, ...]:
        """The files whose pictures the library does not have."""
        return tuple(file for file in self.files if file.is_new)
