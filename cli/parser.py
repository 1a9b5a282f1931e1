"""The whole grammar of `lookalike`, put together from the groups of commands."""

import argparse
from collections.abc import Sequence
from typing import Any

from cli import export, history, indexing, machine, models, searching, training
from cli.grammar import CommandParser, Commands, add_global_options
from engine.paths import APPLICATION, AppPaths

DESCRIPTION = """\
Finds lookalikes in your own photos, on your own machine.
Without a command it opens the window."""
EXAMPLE = """\
example:
  lookalike index ~/Pictures
  lookalike search beach.jpg

exit status: 0 done, 1 the request could not be met, 2 wrong usage, 130 interrupted"""


class _Version(argparse.Action):
    """Prints the installed version; looked up only when asked for, because that is slow."""

    def __init__(self, **options: Any) -> None:
        super().__init__(nargs=0, default=argparse.SUPPRESS, help="print the version and exit", **options)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(APPLICATION, machine.program_version())
        parser.exit()


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = CommandParser(prog=APPLICATION, description=DESCRIPTION, epilog=EXAMPLE)
    parser.add_argument("--version", action=_Version)
    add_global_options(parser)
    commands = Commands(parser, "command")
    for group in (indexing, searching, history, export, models, training, machine):
        group.add_commands(commands)
    return parser


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read a command line; wrong usage ends the program with status 2 and a sentence."""
    parser = build_parser()
    arguments = parser.parse_args(argv)
    if arguments.command is None and arguments.json:
        parser.error("--json needs a command")
    arguments.library = arguments.library or AppPaths.default().library
    return arguments
