"""The kinds of reasons why a file is not searchable: for lists by kind, and to try one kind again."""

from enum import StrEnum


class ReasonKind(StrEnum):
    """What is in the way of a file, roughly; those that a person can mend come first."""

    ACCESS = "access"
    """The file system does not hand it out: permissions, a failing disk."""
    READER = "reader"
    """Its format needs a package that is not installed."""
    LIMITS = "limits"
    """It is too large, or reading it takes too long or too much memory."""
    DAMAGED = "damaged"
    EMPTY = "empty"
    FORMAT = "format"
    """Its format, or this variety of it, is one that nobody here reads."""
    NO_PICTURE = "no-picture"
    """It is something else, although its name is a photo's."""
    OTHER = "other"
    WAITING = "waiting"
    """It was found and is read by the next update."""
    EMBEDDING = "embedding"
    """It was read, and waits to be embedded with the model that answers."""
    OFFLINE = "offline"
    IGNORED = "ignored"
    """It is no photo and does not claim to be one."""


RETRIED = tuple(ReasonKind)[: tuple(ReasonKind).index(ReasonKind.WAITING)]
"""The kinds of photos that could not be read: another try may change that."""

_SIGNS = {
    ReasonKind.READER: ("need the extra readers",),
    ReasonKind.FORMAT: ("which Lookalike does not read", "This variety of", "This camera raw cannot be read"),
    ReasonKind.NO_PICTURE: ("This is not a picture", "This is a video"),
    ReasonKind.LIMITS: (
        "megapixels; the limit is",
        "not enough memory",
        "needs more memory",
        "took longer than",
        "unpack to far more",
    ),
    ReasonKind.ACCESS: (
        "no permission",
        "The disk could not read",
        "The file cannot be read:",
        "no longer there",
        "This is a folder",
    ),
    ReasonKind.EMPTY: ("The file is empty",),
    ReasonKind.DAMAGED: ("damaged",),
}
"""What the sentences of a kind have in common; the first that fits."""


def kind_of(reason: str) -> ReasonKind:
    """The kind of a sentence that says why a photo could not be read.

    Told from the sentence, because that is what the catalogue keeps, of earlier versions of the program too.
    """
    found = (kind for kind, signs in _SIGNS.items() if any(sign in reason for sign in signs))
    return next(found, ReasonKind.OTHER)
