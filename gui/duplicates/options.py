"""What was looked for last among duplicates, as the window remembers it."""

import json
import os
from dataclasses import asdict
from pathlib import Path

from engine.duplicates.groups import DuplicateOptions, Where
from engine.errors import BadRequestError


def to_text(options: DuplicateOptions) -> str:
    """In letters that a settings file keeps, whatever the bytes of a folder's name are."""
    return json.dumps(asdict(options), default=os.fspath)


def from_text(text: str) -> DuplicateOptions:
    """What `to_text` wrote; the usual options for anything else, such as what another version wrote."""
    usual = DuplicateOptions()
    try:
        kept = json.loads(text)
        return DuplicateOptions(
            float(kept.get("min_score", usual.min_score)),
            Where(kept.get("where", usual.where)),
            tuple(map(Path, kept.get("references", ()))),
            bool(kept.get("crops", usual.crops)),
        )
    except (ValueError, TypeError, AttributeError, BadRequestError):
        return usual
