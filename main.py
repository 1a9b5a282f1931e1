"""The command `lookalike`: with a subcommand it works in the terminal, without one it opens the window.

Worker processes import this module again, so it loads nothing before it knows what is wanted.
"""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from cli import application
from cli.parser import parse
from engine.errors import EngineError


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks; the exit status is the result."""
    arguments = parse(sys.argv[1:] if argv is None else argv)
    if arguments.command is None:
        return application.answering_failures(lambda: open_window(arguments.library, arguments.wanted))
    return application.run(arguments)


def open_window(library: Path, wanted: list[Path]) -> int:
    """Open the window, with these pictures or folders, and stay until it is closed.

    Raises:
        EngineError: there is no screen, or Qt does not load.
    """
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"} & set(os.environ):
        raise EngineError(
            "There is no screen to open the window on.", "Log in to a desktop, or use a command: lookalike --help"
        )
    # Until the window listens (gui/stop_signals.py): Qt does not return to Python for a signal.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        from gui import app  # only here: the command line must start fast, and work without Qt
    except ImportError as error:
        if "shared object" not in str(error):
            raise
        raise EngineError(
            f"Qt cannot be loaded: {error}.", "Install the system packages that the README names for Linux."
        ) from error
    return app.run(library, wanted)


if __name__ == "__main__":
    sys.exit(main())
