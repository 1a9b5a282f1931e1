"""Text files that people wrote: their bytes need not be UTF-8, since file names need not be."""

import json
from pathlib import Path
from typing import Any

from engine.errors import BadRequestError


def read_text(file: Path) -> str:
    """The file's text; bytes that are not UTF-8 come through as lone surrogates, as in file names.

    Raises:
        BadRequestError: it cannot be read, or is no text.
    """
    try:
        text = file.read_bytes().decode("utf-8-sig", errors="surrogateescape")
    except OSError as error:
        raise BadRequestError(f"{file} cannot be read: {error.strerror or error}.", "Check its permissions.") from error
    if "\0" in text:
        raise BadRequestError(f"{file} is no text, or UTF-16.", "Save it as UTF-8.")
    return text


def read_json(file: Path) -> Any:
    """The file's document; raises BadRequestError."""
    try:
        return json.loads(read_text(file))
    except (ValueError, RecursionError) as error:
        raise BadRequestError(f"{file} is no JSON: {error}.", "Mend it.") from error
