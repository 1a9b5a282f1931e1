"""What the commands print: text for people or one JSON document on stdout, everything else on stderr."""

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from engine.errors import EngineError
from engine.jobs import Progress

Report = Callable[[Progress], None]

CONTROL_CHARACTERS = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))}
"""A file's name must not move the cursor or end the line."""


class Output:
    r"""Where a command's outcome goes.

    File names need not be UTF-8. In text their bytes come out as they are; JSON is always valid UTF-8, with such a byte
    as the escape of a lone surrogate ("\udcff"), which Python's `json` and `os.fsencode` turn back into the byte.
    """

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace" if as_json else "surrogateescape")

    def show(self, document: Mapping[str, Any], lines: Iterable[str]) -> None:
        """Print the outcome: the document, or the lines that say the same to a person."""
        from engine.export.documents import json_text  # help and usage need no documents

        lines = [json_text(document)] if self._as_json else (line.translate(CONTROL_CHARACTERS) for line in lines)
        try:
            for line in lines:
                print(line)
            print(end="", flush=True)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise EngineError(f"The output could not be written: {error.strerror}.") from error

    @contextmanager
    def progress(self) -> Iterator[Report]:
        """Show how far a job is, on a terminal; elsewhere nothing."""
        if not sys.stderr.isatty():
            yield lambda progress: None
            return
        from cli.progress import progress_bar  # rich is slow to load and mostly not needed

        with progress_bar() as report:
            yield report


def note(text: str) -> None:
    """Say something on stderr that is not the outcome."""
    print(text.translate(CONTROL_CHARACTERS), file=sys.stderr)


def columns(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Rows as lines with aligned columns: numbers to the right, nothing for columns that are empty throughout."""
    filled = [column for column in zip(*rows, strict=True) if any(value != "" for value in column)]
    widths = [max(len(str(value)) for value in column) for column in filled]
    for row in zip(*filled, strict=True):
        cells = [
            str(value).rjust(width) if isinstance(value, int | float) else str(value).ljust(width)
            for value, width in zip(row, widths, strict=True)
        ]
        yield "  ".join(cells).rstrip()


def count(number: int, one: str, many: str = "") -> str:
    """Such as "1 photo", "1,204 photos"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
