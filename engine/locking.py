"""The lock of a library: one process at a time changes what is indexed."""

import errno
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from engine.errors import LibraryBusyError, LibraryUnusableError, read_only

LOCK = "lock"
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}


class LibraryLock:
    """Held while a process indexes or repairs; the operating system frees it when its holder is gone.

    Threads of one process share it.

    Args:
        read_only: nothing may be written to the folder, so there is no work to hold it for.
    """

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        self._read_only = read_only
        self._folder = folder
        self._lock = FileLock(folder / LOCK, blocking=False, thread_local=False)
        self._changing = threading.Lock()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock.

        Raises:
            LibraryBusyError: another process holds it.
            LibraryReadOnlyError: nothing may be written to the library's folder.
            LibraryUnusableError: it cannot be written for another reason.
        """
        if self._read_only:
            raise read_only(self._folder)
        try:
            with self._changing:  # two threads that take it at the same moment would shut each other out (filelock)
                self._lock.acquire()
        except Timeout:
            raise LibraryBusyError(
                f"Another Lookalike is updating the library {self._folder}.",
                "Wait until it has finished, then try again.",
            ) from None
        except OSError as error:
            if error.errno in _REFUSED:
                raise read_only(self._folder) from error
            raise LibraryUnusableError(
                f"The library {self._folder} cannot be written: {error.strerror or error}.", "Check its permissions."
            ) from error
        try:
            yield
        finally:
            with self._changing:
                self._lock.release()
