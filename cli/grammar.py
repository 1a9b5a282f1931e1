"""What all commands share: how they are declared, the options that go anywhere, and the values they take."""

import argparse
import json
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import Any

from engine.errors import BadRequestError
from engine.imaging.formats import READABLE, format_called
from engine.models.names import can_name_model
from engine.paths import absolute
from engine.records import Region

USAGE = """%(prog)s [-h] [--version] [--library DIR] [--json] COMMAND ...
       %(prog)s [--library DIR] [PICTURE, FOLDER or MODEL ...]"""


class CommandParser(argparse.ArgumentParser):
    """A parser with the look of this program: own line breaks in the examples, no guessing of abbreviations."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False, **options)


class Commands:
    """Declares the subcommands of a parser, each with a summary, an example and the options that go anywhere."""

    def __init__(self, parser: argparse.ArgumentParser, dest: str, *, required: bool = False) -> None:
        self._parsers = parser.add_subparsers(
            dest=dest, title="commands", metavar="COMMAND", required=required, parser_class=CommandParser
        )

    @property
    def names(self) -> Collection[str]:
        """What has been declared."""
        return self._parsers.choices

    def add(self, name: str, summary: str, *, example: str, run: Callable[..., int]) -> argparse.ArgumentParser:
        """Declare a subcommand; `run(arguments, session)` carries it out and returns the exit status."""
        description = f"{summary[0].upper()}{summary[1:]}."
        parser = self._parsers.add_parser(
            name, help=summary, description=description, epilog="example:\n  " + example.replace("\n", "\n  ")
        )
        add_global_options(parser, after_command=True)
        parser.set_defaults(run=run)
        return parser


def add_global_options(parser: argparse.ArgumentParser, *, after_command: bool = False) -> None:
    """Add what is understood before and after the command; after it, what is not given leaves alone what was."""
    absent: dict[str, Any] = {"default": argparse.SUPPRESS} if after_command else {}
    parser.add_argument(
        "--library", type=absolute_path, metavar="DIR", help="the library folder (default: your own)", **absent
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else", **absent)


def absolute_path(text: str) -> Path:
    """A path that does not depend on the current folder; links stay as the user named them."""
    if not text:
        raise argparse.ArgumentTypeError("the name is empty")
    return absolute(text)


def model_name(text: str) -> str:
    """A name that can be a folder's name on every system."""
    if can_name_model(text):
        return text
    raise argparse.ArgumentTypeError(f"{text!r} cannot be the name of a model")


def positive_number(text: str) -> int:
    """A whole number of at least 1."""
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1")


def fraction(text: str) -> float:
    """A number from 0 to 1."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if 0 <= value <= 1:
        return value
    raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 1")


def day(text: str) -> date:
    """A day such as 2024-12-31."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2024-12-31") from None


def picture_format(text: str) -> str:
    """A picture format as the library calls it."""
    name = format_called(text)
    if name is None:
        known = ", ".join(entry.title for entry in READABLE.values())
        raise argparse.ArgumentTypeError(f"{text!r} is not a picture format; there are {known}")
    return name


def region(text: str) -> Region:
    """A part of a picture, as fractions X,Y,WIDTH,HEIGHT."""
    try:
        return Region.parse(text)
    except BadRequestError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def setting(text: str) -> tuple[str, object]:
    """A name and a value, such as margin=0.2; the value is JSON, or else text."""
    name, found, value = text.partition("=")
    if not found or not name.isidentifier():
        raise argparse.ArgumentTypeError(f"{text!r} is no setting: write NAME=VALUE")
    try:
        return name, json.loads(value)
    except json.JSONDecodeError:
        return name, value
