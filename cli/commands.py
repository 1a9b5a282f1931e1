"""All commands of `lookalike`, put together from their groups."""

import argparse
from typing import Any

from cli import (
    care,
    decisions,
    duplicates,
    evaluation,
    explaining,
    export,
    having,
    history,
    indexing,
    machine,
    models,
    roots,
    searching,
    training,
)
from cli.grammar import USAGE, CommandParser, Commands, add_global_options
from engine.paths import APPLICATION

DESCRIPTION = """\
Finds lookalikes in your own photos, on your own machine.
Without a command it opens the window; with pictures, folders or models instead
of a command it opens the window with them."""
EXAMPLE = """\
example:
  lookalike beach.jpg
  lookalike index ~/Pictures
  lookalike search beach.jpg

exit status: 0 done, 1 the request could not be met, 2 wrong usage, 130 interrupted"""

GROUPS = (
    indexing,
    roots,
    searching,
    explaining,
    history,
    decisions,
    duplicates,
    having,
    export,
    models,
    evaluation,
    training,
    care,
    machine,
)
"""In the order of the help."""


class _Version(argparse.Action):
    """Prints the installed version; looked up only when asked for, because that is slow."""

    def __init__(self, **options: Any) -> None:
        super().__init__(nargs=0, default=argparse.SUPPRESS, help="print the version and exit", **options)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(APPLICATION, machine.program_version())
        parser.exit()


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    return parser_and_commands()[0]


def parser_and_commands() -> tuple[argparse.ArgumentParser, Commands]:
    """The same, and the commands that were declared."""
    parser = CommandParser(prog=APPLICATION, usage=USAGE, description=DESCRIPTION, epilog=EXAMPLE)
    parser.add_argument("--version", action=_Version)
    parser.set_defaults(wanted=[], wrong_usage=lambda _: "")
    add_global_options(parser)
    commands = Commands(parser, "command")
    for group in GROUPS:
        group.add_commands(commands)
    return parser, commands
