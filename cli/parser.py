"""The whole grammar of `lookalike`, put together from the groups of commands."""

import argparse
import os
from collections.abc import Collection, Sequence
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
from cli.grammar import CommandParser, Commands, absolute_path, add_global_options
from engine.paths import APPLICATION, AppPaths

DESCRIPTION = """\
Finds lookalikes in your own photos, on your own machine.
Without a command it opens the window; with pictures, folders or models instead
of a command it opens the window with them."""
USAGE = """%(prog)s [-h] [--version] [--library DIR] [--json] COMMAND ...
       %(prog)s [--library DIR] [PICTURE, FOLDER or MODEL ...]"""
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
    return _build()[0]


def _build() -> tuple[argparse.ArgumentParser, Commands]:
    parser = CommandParser(prog=APPLICATION, usage=USAGE, description=DESCRIPTION, epilog=EXAMPLE)
    parser.add_argument("--version", action=_Version)
    parser.set_defaults(wanted=[], wrong_usage=lambda _: "")
    add_global_options(parser)
    commands = Commands(parser, "command")
    for group in GROUPS:
        group.add_commands(commands)
    return parser, commands


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read a command line; wrong usage ends the program with status 2 and a sentence."""
    if argv:
        parser, commands = _build()
        reading = _window_parser() if _names_paths(argv, commands.names) else parser
    else:  # as from a menu: the window does not wait for the grammar of all commands
        parser = reading = _window_parser()
    arguments = reading.parse_args(argv)
    if missing := next((path for path in arguments.wanted if not os.path.lexists(path)), None):
        parser.error(f"there is no {str(missing)!r}")
    if wrong := arguments.wrong_usage(arguments):
        parser.error(wrong)
    if arguments.command is None and arguments.json:
        parser.error("--json needs a command")
    arguments.library = arguments.library or AppPaths.default().library
    return arguments


def _window_parser() -> argparse.ArgumentParser:
    parser = CommandParser(prog=APPLICATION, usage=USAGE)
    parser.set_defaults(command=None, wrong_usage=lambda _: "")
    add_global_options(parser)
    parser.add_argument("wanted", nargs="*", type=absolute_path)
    return parser


def _names_paths(argv: Sequence[str], commands: Collection[str]) -> bool:
    """Whether the first word is a file or a folder. A command of the same name wins; `--` or `./` before it helps."""
    words = iter(argv)
    for word in words:
        if word == "--":
            return True
        if word == "--library":
            next(words, None)
        elif not word.startswith("-"):
            return word not in commands and os.path.lexists(word)
    return False
