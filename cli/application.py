"""Runs a parsed command line and turns its outcome into an exit status."""

import argparse
import logging
import os
import signal
import sys
from collections.abc import Callable

from cli.output import Output, note
from cli.session import Session
from engine.errors import EngineError
from engine.jobs import Cancelled

DONE = 0
NOT_MET = 1
INTERRUPTED = 130


def run(arguments: argparse.Namespace) -> int:
    """Carry out the command; returns the exit status."""
    logging.basicConfig(format="lookalike: %(message)s", level=logging.WARNING)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    session = Session(arguments.library, Output(as_json=arguments.json))
    return answering_failures(lambda: arguments.run(arguments, session))


def answering_failures(action: Callable[[], int]) -> int:
    """The status of the action; a failure that the user can do something about becomes a sentence on stderr."""
    try:
        return action()
    except EngineError as error:
        note(f"lookalike: {error.message}")
        if error.hint:
            note(error.hint)
        return NOT_MET
    except (Cancelled, KeyboardInterrupt):
        note("lookalike: interrupted; what was finished is kept, the same command goes on from there")
        return INTERRUPTED
    except BrokenPipeError:
        _discard_output()
        return DONE


def _discard_output() -> None:
    """The reader (such as `head`) has had enough: what is left must not fail when Python flushes it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
