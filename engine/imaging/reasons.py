"""Why a picture cannot be read, in sentences for the person whose picture it is."""

import struct

from engine.imaging.formats import READABLE, UNREAD, title

EMPTY = "The file is empty."
NO_FILE = "Not a file but a pipe, a socket or a device."
INCOMPLETE = "The file ends too early; it is damaged or was not copied completely."
NO_MEMORY = "There was not enough memory to read this picture."
UNKNOWN_CAMERA = "This camera raw cannot be read: the camera is unknown or the file is damaged."

_DAMAGED = "The {title} file is damaged or was not copied completely."
_UNSUPPORTED = "This variety of {title} cannot be read ({technical})."
_SWELLING = "The {title} file would unpack to far more than its size lets expect, so it was left alone."
_UNKNOWN = "The {title} file cannot be read ({technical})."

# What decoders say, in lower case, and what that means to people; the first that fits. Only sayings that help whoever
# looks into the file are repeated in the sentence.
_SAYINGS = (
    (("truncated", "end of file", "not enough image data", "unexpected end", "input/output error"), INCOMPLETE),
    (("memory", "decoder error -9"), NO_MEMORY),
    (("decompressed data too large", "security limit", "too big"), _SWELLING),
    (("unsupported", "not supported", "unknown compression", "not implemented"), _UNSUPPORTED),
    (
        (
            "broken",
            "cannot identify",
            "could not create decoder object",
            "decoder error",
            "decoding of",
            "failed to decode",
            "failed to read next frame",
            "generic error",
            "invalid palette",
            "tile cannot extend",
            "unable to seek",
            "unrecognized data stream",
        ),
        _DAMAGED,
    ),
)
_TECHNICAL_WORDS = 12


def not_a_picture(claimed: str | None) -> str:
    """Nothing in the file is a picture, whatever its name says."""
    return f"This is not a picture, although its name says {title(claimed)}." if claimed else "This is not a picture."


def a_video(claimed: str | None) -> str:
    """The file is a video."""
    return f"This is a video, although its name says {title(claimed)}." if claimed else "This is a video, not a photo."


def unread_format(name: str) -> str:
    """The format is known and deliberately left out."""
    return f"This is {UNREAD[name].title}, which Lookalike does not read; save a copy as JPEG or PNG to search for it."


def reader_missing(name: str) -> str:
    """The format could be read with a package that is not installed."""
    entry = READABLE[name]
    return f"{entry.title} photos need the extra readers: {entry.cure}"


def too_large(pixels: int, limit: int) -> str:
    """The header promises more pixels than are allowed."""
    return f"The picture has {pixels / 1e6:,.0f} megapixels; the limit is {limit / 1e6:,.0f}."


def damaged(name: str) -> str:
    """The file begins like a picture and goes on like none."""
    return _DAMAGED.format(title=title(name))


def of_file_system(error: OSError) -> str:
    """Why the file itself could not be read."""
    match error:
        case FileNotFoundError():
            return "The file is no longer there."
        case PermissionError():
            return "You have no permission to read this file."
        case IsADirectoryError():
            return "This is a folder, not a photo."
    return f"The disk could not read the file ({error.strerror or error})."


def of_decoder(error: Exception, name: str) -> str:
    """Why a decoder gave up on a file of this format."""
    if isinstance(error, MemoryError):
        return NO_MEMORY
    if isinstance(error, OSError) and error.errno:
        return of_file_system(error)
    if isinstance(error, (EOFError, struct.error)):
        return INCOMPLETE
    said = _said(error)
    meaning = next((meaning for signs, meaning in _SAYINGS if any(sign in said.lower() for sign in signs)), _UNKNOWN)
    return meaning.format(title=title(name), technical=_short(said) or type(error).__name__)


def _said(error: Exception) -> str:
    first = error.args[0] if error.args else ""
    return first.decode("latin-1") if isinstance(first, bytes) else str(error)  # LibRaw speaks in bytes


def _short(said: str) -> str:
    return " ".join(said.split()[:_TECHNICAL_WORDS]).rstrip(".:")
