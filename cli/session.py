"""What a command works with: the library, a job that Ctrl-C cancels, and the output."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from cli.output import Output, note
from engine.jobs import Job
from engine.paths import AppPaths

if TYPE_CHECKING:
    from engine.library import Library
    from engine.settings import Settings

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Session:
    """One run of a command.

    Attributes:
        folder: the library's folder; it need not exist yet.
        output: where the outcome goes.
    """

    def __init__(self, folder: Path, output: Output) -> None:
        self.folder = folder
        self.output = output

    @contextmanager
    def library(self) -> Iterator["Library"]:
        """The library, open; made on first use."""
        from engine.library import Library  # loads numpy, SQLite and more: only for commands that need it

        with Library.open(self.folder, settings=self.settings()) as library:
            yield library

    def settings(self) -> "Settings":
        """What the person has chosen; the defaults where the file makes no sense, which is said."""
        from engine.settings_file import SettingsFile  # loads what help and usage never need

        loaded = SettingsFile(AppPaths.default().settings_file).load()
        if loaded.problem is not None:
            note(f"{loaded.problem}")
        return loaded.settings

    @contextmanager
    def job(self) -> Iterator[Job]:
        """A job that shows its progress and that Ctrl-C cancels.

        The first Ctrl-C (or SIGTERM) asks the job to stop where everything is consistent; a second one does not wait.
        A signal that the program was started to ignore, as shells do in the background, stays ignored.
        """
        with self.output.progress() as report:
            job = Job(report)
            handlers = {number: signal.getsignal(number) for number in STOP_SIGNALS}
            before = {number: handler for number, handler in handlers.items() if handler is not signal.SIG_IGN}

            def restore() -> None:
                for number, handler in before.items():
                    signal.signal(number, handler)

            def stop(_number: int, _frame: FrameType | None) -> None:
                job.cancel()
                restore()

            for number in before:
                signal.signal(number, stop)
            try:
                yield job
            finally:
                restore()
