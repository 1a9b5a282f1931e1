"""Tells whether a command line wants a command or the window, and what else it says."""

import argparse
import os
from collections.abc import Collection, Sequence

from cli.grammar import USAGE, CommandParser, absolute_path, add_global_options
from engine.paths import APPLICATION, AppPaths


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read a command line; wrong usage ends the program with status 2 and a sentence."""
    if argv:
        from cli.commands import parser_and_commands

        parser, commands = parser_and_commands()
        reading = _window_parser() if _names_paths(argv, commands.names) else parser
    else:  # as from a menu: the window does not wait for what the commands need
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
