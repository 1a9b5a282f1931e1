"""What the world can do to us, in sentences a user can act on.

Everything that is not an `EngineError` (or `jobs.Cancelled`) is a bug and belongs in the crash dialog and the log.
"""

from pathlib import Path


class EngineError(Exception):
    """A failure with a cause outside the program.

    Attributes:
        message: what happened, to what; one sentence.
        hint: what to do about it; one sentence, or empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class UnreadablePhotoError(EngineError):
    """One file could not be turned into a picture; `message` is the reason shown beside it."""


class NotFoundError(EngineError):
    """A folder, photo, model or query that was named does not exist."""


class LibraryBusyError(EngineError):
    """Another process is writing to this library."""


class LibraryUnusableError(EngineError):
    """The library folder cannot be created, read or written."""


class LibraryReadOnlyError(LibraryUnusableError):
    """The library is open, but it lies where nothing may be written; see `read_only`."""


class CatalogTooNewError(EngineError):
    """The catalogue was written by a newer program."""


class CatalogDamagedError(EngineError):
    """SQLite or our own checksums found damage in the catalogue."""


class StorageFullError(EngineError):
    """The disk or the quota is full; nothing acknowledged was lost."""


class ModelError(EngineError):
    """An embedding model is missing, damaged, or not what its manifest says."""


class BadRequestError(EngineError):
    """The request itself makes no sense, such as a region outside the picture."""


class PhotosElsewhereError(BadRequestError):
    """A ground truth was read, and the photos that it names do not lie where they were looked for."""


def read_only(folder: Path) -> LibraryReadOnlyError:
    """The one sentence about a library that is not to be changed."""
    return LibraryReadOnlyError(
        f"The library {folder} is read-only: it can be searched and looked through, but not changed.",
        "Copy its folder to where you may write, or let yourself write to it.",
    )
