"""The lock of a library: one process at a time changes what is indexed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from engine.errors import LibraryBusyError, LibraryUnusableError

LOCK = "lock"


class LibraryLock:
    """Held while a process indexes or repairs; the operating system frees it when its holder is gone.

    Threads of one process share it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = FileLock(folder / LOCK, blocking=False, thread_local=False)
        self._changing = threading.Lock()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock.

        Raises:
            LibraryBusyError: another process holds it.
            LibraryUnusableError: the library's folder cannot be written.
        """
        try:
            with self._changing:  # two threads that take it at the same moment would shut each other out (filelock)
                self._lock.acquire()
        except Timeout:
            raise LibraryBusyError(
                f"Another Lookalike is updating the library {self._folder}.",
                "Wait until it has finished, then try again.",
            ) from None
        except OSError as error:
            raise LibraryUnusableError(
                f"The library {self._folder} cannot be written: {error.strerror or error}.", "Check its permissions."
            ) from error
        try:
            yield
        finally:
            with self._changing:
                self._lock.release()
