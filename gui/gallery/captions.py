"""What can stand under a photo."""

from collections.abc import Iterable
from enum import StrEnum

from engine.records import Photo
from gui.gallery.wording import displayable, shown_name
from gui.words import short_date


class Caption(StrEnum):
    """A line under a photo, from the top."""

    SCORE = "score"
    NAME = "name"
    FOLDER = "folder"
    DATE = "date"


DEFAULT = (Caption.SCORE, Caption.NAME)


def in_order(wanted: Iterable[str]) -> tuple[Caption, ...]:
    """The captions among these names, from the top."""
    names = set(wanted)
    return tuple(caption for caption in Caption if caption in names)


def text_of(caption: Caption, photo: Photo) -> str:
    """What a line says of a photo; the score is said by the match."""
    if caption is Caption.NAME:
        return shown_name(photo.path)
    if caption is Caption.FOLDER:
        return displayable(photo.path.parent.name)
    return short_date(photo.taken or photo.modified)
