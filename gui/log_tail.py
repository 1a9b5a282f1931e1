"""Reads the log that the program writes, from its end, and what is added to it; for a worker.

The file may be of any size and hold anything: no more is ever read, or kept of one entry, than a person looks at.
"""

import logging
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gui.crash import LOG

MOST_BYTES = 2 * 2**20
"""Read at a time, of each of the newest two files; they are half as large."""
MOST_OF_AN_ENTRY = 20_000
MOST_OF_A_HEAD = 300
"""Characters in which the time, the level and the source of an entry stand."""
_HEAD = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d{3} ([A-Z]+) ([^:]*?) ?([\w.]+): ")
_LEVELS = logging.getLevelNamesMapping()


@dataclass(frozen=True, slots=True)
class LogEntry:
    """What was logged at once.

    Attributes:
        when: local time, as it is written; empty for what is no entry of ours.
        level: of the module logging.
        source: the logger.
        text: the message, with its traceback if it has one.
        sought: all that it is found by, in small letters.
    """

    when: str
    level: int
    source: str
    text: str
    sought: str

    @property
    def line(self) -> str:
        """The entry as a file has it."""
        return f"{self.when} {logging.getLevelName(self.level)} {self.source}: {self.text}"


class LogTail:
    """Remembers up to where the log was read. One thread at a time."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / LOG
        self._before = folder / f"{LOG}.1"
        self._read: tuple[int, int] | None = None  # which file, and up to where

    def read(self) -> list[LogEntry]:
        """What was logged since it was asked last; the first time, the last of what there is.

        Raises:
            OSError: the log cannot be read; that there is none is no error.
        """
        text = b""
        if self._read is None:
            text += self._rest(self._before, 0)
        elif _identity(self._file) != self._read[0]:  # a new file was begun
            text += self._rest(self._before, self._read[1]) if _identity(self._before) == self._read[0] else b""
            self._read = None
        text += self._rest(self._file, self._read[1] if self._read else 0, remember=True)
        return list(_entries(text.decode("utf-8", "replace")))

    def _rest(self, file: Path, start: int, *, remember: bool = False) -> bytes:
        """The whole lines of a file from there on, the last of them if they are too many."""
        try:
            stream = file.open("rb")
        except FileNotFoundError:
            return b""
        with stream:
            about = os.fstat(stream.fileno())
            start = 0 if start > about.st_size else start
            begin = max(start, about.st_size - MOST_BYTES)
            stream.seek(begin)
            text = stream.read(MOST_BYTES)
        whole = text[: text.rfind(b"\n") + 1] or (text if len(text) == MOST_BYTES else b"")
        if remember:
            self._read = about.st_ino, begin + len(whole)
        return whole if begin == start else whole[whole.find(b"\n") + 1 :]


def _identity(file: Path) -> int:
    try:
        return file.stat().st_ino
    except OSError:
        return 0


def _entries(text: str) -> Iterator[LogEntry]:
    """The entries of some lines; a line that begins none belongs to the one before it."""
    head: re.Match[str] | None = None
    said: list[str] = []
    length = 0
    for line in text.split("\n"):
        found = _HEAD.match(line[:MOST_OF_A_HEAD])
        if found is not None:
            yield from _entry(head, said)
            head, said, length = found, [line[found.end() : MOST_OF_AN_ENTRY]], 0
        elif length < MOST_OF_AN_ENTRY:
            said.append(line[:MOST_OF_AN_ENTRY])
            length += len(line) + 1
    yield from _entry(head, said)


def _entry(head: re.Match[str] | None, said: list[str]) -> Iterator[LogEntry]:
    text = "\n".join(said).strip("\n")[:MOST_OF_AN_ENTRY]
    if head is None:
        if text:
            yield LogEntry("", logging.INFO, "", text, text.casefold())
        return
    when, level, _, source = head.groups()
    yield LogEntry(when, _LEVELS.get(level, logging.INFO), source, text, f"{when} {source} {text}".casefold())
