"""Which of several copies is worth keeping, and why."""

import math
from datetime import datetime
from typing import NamedTuple

from engine.copies.verdict import ChangeKind, Verdict
from engine.duplicates.groups import DuplicateGroup, GroupKind, Reason
from engine.records import Photo

LARGER = 1.1
"""Times as many pixels: less is what coders round to."""
SHARPER = 1.15
"""Times the variance of the Laplacian: less is what coding does."""
_RANKS = {"RAW": 3, "TIFF": 2, "PNG": 2}
_LOSSY = 1
LEAST_SIZE = 95
"""Percent of each side."""
_ORIGINAL = {ChangeKind.UNCROPPED, ChangeKind.UNBORDERED, ChangeKind.COLOURED, ChangeKind.SHARPER}
_EDITED = {ChangeKind.CROPPED, ChangeKind.BORDERED, ChangeKind.BLACK_AND_WHITE, ChangeKind.BLURRED, ChangeKind.MARKED}


class Worth(NamedTuple):
    """What speaks for a photo, most important first; larger is better."""

    reference: bool
    pixels: int
    camera: bool
    coding: int
    sharpness: int
    early: float
    bytes: int
    name: tuple[int, ...]


def worth(photo: Photo, *, reference: bool = False, kind: GroupKind = GroupKind.COPIES) -> Worth:
    """What speaks for a photo by itself.

    Shots of a burst have one size and one coding, and the sharpest is the best. Among copies a text or a border makes a
    picture sharper to measure and no better: there `is_nearer_original` tells.
    """
    burst = kind is GroupKind.BURST
    sharpness = round(math.log(max(photo.sharpness or 0.0, 1e-3)) / math.log(SHARPER)) if burst else 0
    pixels = round(math.log(max(photo.width * photo.height, 1)) / math.log(LARGER))
    return Worth(
        reference,
        pixels,
        bool(photo.camera or photo.taken),
        0 if burst else _RANKS.get(photo.format, _LOSSY),
        sharpness,
        -_moment(photo).timestamp(),
        photo.size,
        # What made a copy added to its name: “ (1)”, “ - Copy”.
        (-len(photo.path.name), *(-ord(letter) for letter in str(photo.path))),
    )


def is_nearer_original(verdict: Verdict) -> bool:
    """Whether the second of two copies has more of the picture: all of it, its colours, its sharpness, no border."""
    kinds = {change.kind for change in verdict.changes}
    smaller = any(change.kind is ChangeKind.RESIZED and change.amount < LEAST_SIZE for change in verdict.changes)
    return not smaller and bool(kinds & _ORIGINAL) and not kinds & _EDITED


def reasons(group: DuplicateGroup) -> tuple[Reason, ...]:
    """What holds for the keeper and for none of the others."""
    best, others = group.members[0], group.members[1:]
    one = worth(best.photo, kind=group.kind)
    rest = [worth(member.photo, kind=group.kind) for member in others]
    changes = [{change.kind for change in member.verdict.changes} if member.verdict else set() for member in others]
    holds = {
        Reason.REFERENCE: best.reference and not any(member.reference for member in others),
        Reason.WHOLE: all(ChangeKind.CROPPED in kinds for kinds in changes),
        Reason.BORDERLESS: all(ChangeKind.BORDERED in kinds for kinds in changes),
        Reason.COLOURED: all(ChangeKind.BLACK_AND_WHITE in kinds for kinds in changes),
        Reason.LARGER: all(one.pixels > other.pixels for other in rest),
        Reason.SHARPER: all(ChangeKind.BLURRED in kinds for kinds in changes)
        or all(one.sharpness > other.sharpness for other in rest),
        Reason.ORIGINAL: one.camera and not any(other.camera for other in rest),
        Reason.LOSSLESS: all(one.coding > other.coding for other in rest),
        Reason.EARLIER: all(one.early > other.early for other in rest),
    }
    return tuple(reason for reason, held in holds.items() if held)


def _moment(photo: Photo) -> datetime:
    return photo.taken or photo.modified
