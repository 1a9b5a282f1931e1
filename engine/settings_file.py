"""The TOML file with a person's settings: read with care, changed line by line, never replaced when it is broken."""

import contextlib
import os
import re
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from engine.errors import BadRequestError, EngineError, LibraryUnusableError
from engine.settings import Settings

HEADER = "# Settings of Lookalike. What is missing here has its default value.\n"
MEANINGS = {
    "workers": "processes that read photos; 0: one per processor",
    "max_megapixels": "larger pictures are not decoded",
    "photo_seconds": "a file that takes longer is given up",
    "worker_memory_mib": "memory that reading one photo may take",
    "viewer_memory_mib": "memory that looking at one photo may take; larger ones are shown scaled",
    "thumbnail_cache_mib": "the oldest thumbnails are dropped beyond this; 0: keep all",
    "formats_off": 'formats that are left out, such as ["GIF"]',
    "excludes": 'left out of folders added from now on, such as ["Trash/", "*.gif"]',
    "look": "system, light, dark, high-contrast-light or high-contrast-dark",
    "motion": "what moves by itself: system, reduced or full",
    "language": "such as de; empty: the system's",
    "downloads": "a link to a picture that is dropped: ask or never",
    "watch": "whether the window follows changes in the folders by itself",
}


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """What the file says.

    Attributes:
        settings: what holds; the defaults where the file makes no sense.
        problem: why the file, or a part of it, does not count; None if all of it does.
    """

    settings: Settings
    problem: EngineError | None = None


class SettingsFile:
    """Reads and changes one settings file. The file need not exist."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> LoadedSettings:
        """Read the file; what cannot be used becomes a sentence, and never stops anybody from working."""
        try:
            values = tomllib.loads(self._text())
        except BadRequestError as error:
            return LoadedSettings(Settings(), error)
        except tomllib.TOMLDecodeError as error:
            return LoadedSettings(Settings(), self._broken(error))
        known = {field.name for field in fields(Settings)}
        try:
            settings = Settings(**{name: value for name, value in values.items() if name in known})
        except BadRequestError as error:
            hint = f"{error.hint} Until {self.path} is mended, the defaults hold."
            return LoadedSettings(Settings(), BadRequestError(error.message, hint))
        unknown = sorted(set(values) - known)
        return LoadedSettings(settings, self._unknown(unknown, known) if unknown else None)

    def save(self, settings: Settings) -> None:
        """Change the lines of the settings that differ; comments, order and unknown names stay as they are.

        Raises:
            BadRequestError: the file cannot be read, so it is not written either.
            LibraryUnusableError: it cannot be written.
        """
        text = self._text()
        try:
            values = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise self._broken(error) from error
        changes = {
            field.name: _plain(getattr(settings, field.name))
            for field in fields(Settings)
            if _plain(getattr(settings, field.name)) != _plain(values.get(field.name, field.default))
        }
        if not changes:
            return
        edited = edit(text or HEADER, changes)
        if _parsed(edited) != {**values, **changes}:
            raise BadRequestError(
                f"The settings file {self.path} is written in a way that Lookalike cannot change safely.",
                f"Change {', '.join(changes)} in a text editor.",
            )
        self._replace(edited)

    def _text(self) -> str:
        try:
            return self.path.read_text(encoding="utf-8")
        except (FileNotFoundError, NotADirectoryError):
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise self._broken(error) from error

    def _replace(self, text: str) -> None:
        """Write beside the file and rename: whoever reads sees the old file or the new one."""
        target = self.path.resolve()  # a link to a file elsewhere stays a link
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            number, name = tempfile.mkstemp(prefix=f"{target.name}.", dir=target.parent)
        except OSError as error:
            raise self._unwritable(error) from error
        fresh = Path(name)
        try:
            with os.fdopen(number, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            fresh.replace(target)
        except OSError as error:
            with contextlib.suppress(OSError):
                fresh.unlink()
            raise self._unwritable(error) from error

    def _broken(self, error: Exception) -> BadRequestError:
        return BadRequestError(
            f"The settings file {self.path} cannot be read: {error}.",
            "Mend it or delete it; until then the defaults hold, and it is left as it is.",
        )

    def _unwritable(self, error: OSError) -> LibraryUnusableError:
        return LibraryUnusableError(
            f"The settings file {self.path} cannot be written: {error.strerror or error}.", "Check its permissions."
        )

    def _unknown(self, unknown: list[str], known: set[str]) -> BadRequestError:
        which = "which does not exist" if len(unknown) == 1 else "which do not exist"
        return BadRequestError(
            f"The settings file {self.path} names {', '.join(unknown)}, {which}.",
            f"The rest of it holds. There are: {', '.join(sorted(known))}.",
        )


def edit(text: str, changes: Mapping[str, Any]) -> str:
    """The text with other values for some settings; those it does not name yet come before the first table."""
    lines = text.splitlines()
    for name, value in changes.items():
        found = _entry(lines, name)
        if found is None:
            lines.insert(_end_of_settings(lines), f"{name} = {_toml(value)}  # {MEANINGS[name]}")
            continue
        start, end = found
        lines[start:end] = [f"{name} = {_toml(value)}{_comment(lines[start:end])}"]
    return "\n".join(lines) + "\n"


def _entry(lines: list[str], name: str) -> tuple[int, int] | None:
    """The lines that give a setting its value, which may be a list over several lines."""
    starts = re.compile(rf"\s*{re.escape(name)}\s*=")
    for start in range(_end_of_settings(lines)):
        if starts.match(lines[start]):
            for end in range(start + 1, len(lines) + 1):
                if _parsed("\n".join(lines[start:end])) is not None:
                    return start, end
    return None


def _comment(entry: list[str]) -> str:
    """What follows the value on its last line: the first # without which the value is the same."""
    *before, last = entry
    for place in (number for number, sign in enumerate(last) if sign == "#"):
        if _parsed("\n".join([*before, last[:place]])) == _parsed("\n".join(entry)):
            return "  " + last[place:]
    return ""


def _end_of_settings(lines: list[str]) -> int:
    return next((number for number, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _plain(value: Any) -> Any:
    """A value as TOML has it: choices are texts, and tuples are lists."""
    if isinstance(value, str):
        return str(value)
    return list(value) if isinstance(value, tuple | list) else value


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    escaped = "".join(f"\\u{ord(sign):04x}" if ord(sign) < 32 else sign for sign in value.replace("\\", "\\\\"))
    return '"' + escaped.replace('"', '\\"') + '"'
