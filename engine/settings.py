"""What a person may tune. The file that keeps it is read and written by `settings_file`."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from engine.errors import BadRequestError
from engine.excludes import cleaned
from engine.imaging.formats import READABLE


class Look(StrEnum):
    """The colours of the window."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST_LIGHT = "high-contrast-light"
    HIGH_CONTRAST_DARK = "high-contrast-dark"


class Motion(StrEnum):
    """How much may move by itself in the window."""

    SYSTEM = "system"
    REDUCED = "reduced"
    FULL = "full"


class Downloads(StrEnum):
    """What becomes of a link to a picture that is dropped or pasted."""

    ASK = "ask"
    NEVER = "never"


LEAST = {
    "workers": 0,
    "max_megapixels": 1,
    "photo_seconds": 1,
    "worker_memory_mib": 256,
    "viewer_memory_mib": 64,
    "thumbnail_cache_mib": 0,
}
CHOICES: dict[str, tuple[str, ...]] = {
    "look": tuple(Look),
    "motion": tuple(Motion),
    "downloads": tuple(Downloads),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits of the work on photos, and preferences of the window.

    Attributes:
        workers: processes that decode and embed; 0 for one per processor.
        max_megapixels: larger pictures are not decoded.
        photo_seconds: a file that takes longer is given up.
        worker_memory_mib: memory that decoding one photo may take, in MiB.
        viewer_memory_mib: memory that looking at one photo may take, in MiB; larger ones are shown scaled.
        thumbnail_cache_mib: the oldest thumbnails are dropped beyond this, in MiB; 0 keeps all of them.
        formats_off: names of picture formats that are left out of the library.
        excludes: patterns that are left out of folders added from now on; each folder then has its own.
        look: the colours of the window.
        motion: how much may move by itself in the window.
        language: of the window, such as "de"; empty for the system's.
        downloads: whether a link to a picture may be downloaded once a person agrees.
        watch: whether the window hears of changes in the folders from the system, and follows them.
    """

    workers: int = 0
    max_megapixels: int = 300
    photo_seconds: int = 60
    worker_memory_mib: int = 4096
    viewer_memory_mib: int = 512
    thumbnail_cache_mib: int = 0
    formats_off: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    look: str = Look.SYSTEM
    motion: str = Motion.SYSTEM
    language: str = ""
    downloads: str = Downloads.ASK
    watch: bool = True

    def __post_init__(self) -> None:
        for name, least in LEAST.items():
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int) or value < least:
                raise _wrong(name, value, f"a whole number of at least {least}")
        for name, choices in CHOICES.items():
            if getattr(self, name) not in choices:
                raise _wrong(name, getattr(self, name), f"one of {', '.join(choices)}")
        if not isinstance(self.language, str):
            raise _wrong("language", self.language, "a text such as de")
        if not isinstance(self.watch, bool):
            raise _wrong("watch", self.watch, "true or false")
        object.__setattr__(self, "formats_off", _format_names(self.formats_off))
        object.__setattr__(self, "excludes", _patterns(self.excludes))

    @property
    def worker_count(self) -> int:
        """Worker processes to start."""
        return self.workers or os.cpu_count() or 1

    @property
    def extensions_off(self) -> frozenset[str]:
        """The endings of the files that are left out, in lower case with the dot."""
        return frozenset(extension for name in self.formats_off for extension in READABLE[name].extensions)


def _format_names(value: Any) -> tuple[str, ...]:
    """The names in the order in which formats are listed, each once."""
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise _wrong("formats_off", value, "a list of names")
    names = list(value)
    if any(name not in tuple(READABLE) for name in names):  # a tuple, because anything may stand in the list
        raise _wrong("formats_off", names, f"a list of names out of {', '.join(READABLE)}")
    return tuple(name for name in READABLE if name in names)


def _patterns(value: Any) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise _wrong("excludes", value, "a list of patterns")
    lines = list(value)
    if any(not isinstance(line, str) for line in lines):
        raise _wrong("excludes", lines, 'a list of patterns such as ["Trash/", "*.gif"]')
    return cleaned(lines)


def _wrong(name: str, value: Any, needed: str) -> BadRequestError:
    return BadRequestError(f"The setting {name} is {value!r}.", f"It must be {needed}.")
