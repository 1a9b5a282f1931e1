"""Files, or parts of them, judged by their own pixels: what a worker process does with a pair."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from engine.copies.picture import GLANCE_SIDE, WORKING_SIDE, ComparedPicture
from engine.copies.verdict import Kind, Verdict
from engine.copies.verifier import Subject, judged
from engine.errors import UnreadablePhotoError
from engine.imaging.decoding import DecodeLimits, decode
from engine.imaging.warping import picture_of, pixels
from engine.records import Region

MOST_PIXELS = 60_000_000
"""Of pictures that are compared pixel by pixel: two of them take 360 MB."""
CERTAIN = 1.0
MOSTLY_BORDER = 0.3
LARGEST_SIDE = 2_048
TOO_SMALL = 80
"""Pixels of the longer side of what a border surrounds in a thumbnail: copies of this size are not recognised."""


@dataclass(frozen=True, slots=True)
class CompareTask:
    """Say what a second picture is to a first one.

    Attributes:
        first: a file, or what is in one.
        second: the same.
        region: the part of the first picture that counts; None for all of it.
        thumbnail: of the second one, JPEG; it is compared if its file cannot be read. Empty if there is none.
        other_region: the part of the second picture that counts.
    """

    first: Path | bytes
    second: Path | bytes
    region: Region | None = None
    thumbnail: bytes = b""
    other_region: Region | None = None


class FileComparer:
    """Answers one task after the other; the first picture of a task is often that of the one before it."""

    def __init__(self, limits: DecodeLimits) -> None:
        self._limits = limits
        self._held: tuple[object, Subject] | None = None

    def compare(self, task: CompareTask) -> Verdict:
        """Decode both pictures and judge them.

        Raises:
            UnreadablePhotoError: the first one cannot be read, or neither the second one nor its thumbnail.
        """
        first = self._first(task)
        try:
            second = self._subject(task.second, task.other_region)
        except UnreadablePhotoError:
            if not task.thumbnail:
                raise
            return replace(judged(first, of_thumbnail(task.thumbnail)), by_thumbnail=True)
        verdict = judged(first, second)
        whole = task.region is None and task.other_region is None
        if verdict.kind is Kind.COPY and not verdict.changes and whole and self._exact(task, first):
            return Verdict(Kind.IDENTICAL_PIXELS, CERTAIN)
        return verdict

    def _first(self, task: CompareTask) -> Subject:
        key = (task.first, _stamp(task.first), task.region)
        if self._held is None or self._held[0] != key:
            self._held = None
            self._held = (key, self._subject(task.first, task.region))
        return self._held[1]

    def _subject(self, source: Path | bytes, region: Region | None) -> Subject:
        side = WORKING_SIDE
        found = decode(source, short_side=0, long_side=side, region=region, limits=self._limits)
        picture = ComparedPicture(pixels(found.image, side))
        if picture.bordered > MOSTLY_BORDER:  # read it so large that what the border surrounds has the working size
            side = min(LARGEST_SIDE, round(side * max(picture.whole) / max(picture.size)))
            found = decode(source, short_side=0, long_side=side, region=region, limits=self._limits)
            picture = ComparedPicture(pixels(found.image, side))
        width, height = found.width, found.height
        if region is not None:
            width, height = max(1, round(width * region.width)), max(1, round(height * region.height))
        return Subject(picture, (width, height), found.details.taken, found.details.camera)

    def _exact(self, task: CompareTask, first: Subject) -> bool:
        """Whether all pixels are equal; not asked of pictures that would not fit into memory."""
        assert first.size is not None
        if first.size[0] * first.size[1] > MOST_PIXELS:
            return False
        side = max(first.size)
        one, other = (
            decode(source, short_side=0, long_side=side, limits=self._limits) for source in (task.first, task.second)
        )
        return bool(np.array_equal(np.asarray(one.image), np.asarray(other.image)))


def of_thumbnail(jpeg: bytes, size: tuple[int, int] | None = None) -> Subject:
    """A thumbnail as a picture to compare; raises UnreadablePhotoError if it is damaged.

    Args:
        size: width and height of the picture that it is a thumbnail of.
    """
    picture = ComparedPicture(pixels(picture_of(jpeg), WORKING_SIDE))
    return Subject(picture, size)


def glimpse_of(jpeg: bytes) -> ComparedPicture:
    """A thumbnail as a picture to glance at; raises UnreadablePhotoError if it is damaged."""
    picture = ComparedPicture(pixels(picture_of(jpeg, GLANCE_SIDE), GLANCE_SIDE))
    if picture.bordered > MOSTLY_BORDER:  # what it surrounds needs all the pixels there are
        whole = ComparedPicture(pixels(picture_of(jpeg), WORKING_SIDE))
        return whole.shrunk(max(whole.size) / GLANCE_SIDE)
    return picture


def is_too_small(glimpse: ComparedPicture) -> bool:
    """Whether a picture lies so small within a border that its thumbnail says nothing, while its file may."""
    return glimpse.bordered > MOSTLY_BORDER and max(glimpse.size) < TOO_SMALL


def _stamp(source: Path | bytes) -> tuple[int, int] | None:
    if isinstance(source, bytes):
        return None
    try:
        status = source.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
