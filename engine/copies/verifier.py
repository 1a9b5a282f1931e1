"""Aligns two pictures, compares them, and says what one is to the other.

The figures are measured; how, and on what, is in docs/experiments.md, “Same picture or not”.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import numpy as np
from numpy.typing import NDArray

from engine.copies.alignment import Alignment, frames, refined, similarities
from engine.copies.comparison import Comparison, compared, content
from engine.copies.differences import Tones, tones
from engine.copies.picture import ComparedPicture
from engine.copies.verdict import Change, ChangeKind, Kind, Verdict

LIKE_FRAMES = 0.7
"""Correlation of the whole pictures, 32 pixels wide, from which on their frames may be the same."""
GLANCE_AGREEING = 4
"""Corners that agree in a picture that is only glanced at, from which on a closer look is worth its time."""
SURE = 0.9
"""Share of agreeing squares from which on no other way to lay them over each other is tried."""
LEAST_AGREEING = 0.66
"""Share of agreeing squares of a copy. Of 1,270 edited copies 99.8 % have at least 0.67; of 6,000 pairs of the most
alike different photos none has more than 0.61 whose tones can be matched as well as those of copies are."""
PLAIN_RESIDUAL = 3.5
STRICTER = 0.065
"""What cannot be matched better than to `PLAIN_RESIDUAL` levels has to agree in more squares, so much for each level:
shots of one burst agree in up to 0.84 of their squares, with residuals above 6; a copy with a text has 1 to 5."""
STRICTEST = 0.92
"""Small patterns of high contrast leave large residuals in copies too, whose squares agree all the same."""
FEWEST_SQUARES = 12
LEAST_COVERED = 0.55
"""Of the area of one of both pictures: the rest of a picture that is turned by 45° within its frame is cut off."""
LEAST_COVERED_OF_LARGER = 0.12
"""Of the area of the larger one: a crop to 35 % of each side."""
CONFIDENCE_STEP = 0.08
"""By how much more squares must agree for the doubt to shrink to 1/e."""
SAME_SCENE = 0.1
"""Share of agreeing squares from which on two pictures show the same things. Of different photos 1 % have as much."""
SCENE_CORNERS = 15
RETIMED_DETAIL = 0.9
"""Correlation of fine detail of copies that claim other times: what was taken twice never has the same noise."""
BURST_SECONDS = 10.0
"""As for stacks: what one camera took within this time is told as a shot of the same, if it is alike at all."""

ODD_TURN = 10
"""Degrees off a quarter from which on what surrounds a picture is no part of it."""

SIZE_STEP = 0.03
LEAST_CROP = 0.94
LEAST_BORDER = 0.025
LEAST_TURN = 1.5
LEAST_STOPS = 0.15
LEAST_BLUR = 1.4
LEAST_MARK = 0.03
"""Below these, a change is what coding and rounding do: share of a side, share of an area, share of an area, degrees,
stops, pixels at the size of a thumbnail, and share of the squares."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A picture with what is known of it.

    Attributes:
        size: width and height in full resolution; None if unknown.
        taken: when, as its camera noted it.
        camera: make and model, or empty.
    """

    picture: ComparedPicture
    size: tuple[int, int] | None = None
    taken: datetime | None = None
    camera: str = ""

    @property
    def pixel(self) -> float | None:
        """Pixels of the full resolution for one of the compared ones."""
        return None if self.size is None else max(self.size) / max(self.picture.whole)


@dataclass(frozen=True, slots=True)
class Overlay:
    """The best way that was found to lay one picture on another."""

    alignment: Alignment
    comparison: Comparison

    @property
    def margin(self) -> float:
        """By how much more squares agree than have to; negative if the pictures are not the same."""
        one = self.comparison
        covered = max(one.covered_first, one.covered_second), min(one.covered_first, one.covered_second)
        if one.textured < FEWEST_SQUARES or covered[0] < LEAST_COVERED or covered[1] < LEAST_COVERED_OF_LARGER:
            return -1.0
        return one.agreeing - min(STRICTEST, LEAST_AGREEING + STRICTER * max(0.0, one.residual - PLAIN_RESIDUAL))


def judged(first: Subject, second: Subject) -> Verdict:
    """What the second picture is to the first one, by their pixels; see `Verdict`."""
    found = overlay(first.picture, second.picture)
    apart = _apart(first, second)
    if found is None:
        return _nothing_in_common()
    if found.margin >= 0 and not _taken_again(found, apart):
        return Verdict(Kind.COPY, 1 - _doubt(found.margin), changes(first, second, found))
    scene = found.comparison.agreeing >= SAME_SCENE and found.alignment.agreeing >= SCENE_CORNERS
    burst = apart is not None and apart <= BURST_SECONDS and first.camera == second.camera
    doubt = _doubt(abs(found.margin))
    if scene or burst:
        return Verdict(Kind.OTHER_SHOT, 1 - doubt, seconds_apart=apart)
    return Verdict(Kind.DIFFERENT, 1 - doubt)


def at_a_glance(first: ComparedPicture, second: ComparedPicture) -> Verdict | None:
    """That two pictures are different, if that is to be seen at once; None if it takes a closer look.

    Args:
        second: in the size to glance at. Of different photos 98 in 100 need no closer look, of copies all do.
    """
    if _likeness(first, second).max() >= LIKE_FRAMES:
        return None
    return None if similarities(first.features, second.features, GLANCE_AGREEING) else _nothing_in_common()


def overlay(first: ComparedPicture, second: ComparedPicture) -> Overlay | None:
    """Lay the second picture on the first one; None if there is no way that makes sense."""
    best: Overlay | None = None
    for guess in _guesses(first, second):
        found = _laid(first, second, guess)
        if found is not None and (best is None or found.comparison.agreeing > best.comparison.agreeing):
            best = found
        if best is not None and best.comparison.agreeing >= SURE:
            break
    return best


def changes(first: Subject, second: Subject, found: Overlay) -> tuple[Change, ...]:
    """What was done to the second of two copies, in the order in which it is told."""
    there, compared_ = found.alignment, found.comparison
    told = [
        *_geometry(first, second, found),
        *_toned(tones(first.picture.pixels, second.picture.pixels, there)),
    ]
    if abs(compared_.blur) >= LEAST_BLUR:
        told.append(Change(ChangeKind.BLURRED if compared_.blur > 0 else ChangeKind.SHARPER))
    if compared_.changed >= LEAST_MARK and abs(compared_.blur) < LEAST_BLUR:
        told.append(Change(ChangeKind.MARKED, 100 * compared_.changed))
    return tuple(told)


def _geometry(first: Subject, second: Subject, found: Overlay) -> list[Change]:
    there = found.alignment
    in_first, in_second = _covered(first.picture, second.picture, found)
    told = []
    if first.pixel is not None and second.pixel is not None:
        scale = there.scale * second.pixel / first.pixel
        if abs(math.log(scale)) > SIZE_STEP:
            told.append(Change(ChangeKind.RESIZED, 100 * scale))
    if in_first < LEAST_CROP**2 and in_second > in_first:
        told.append(Change(ChangeKind.CROPPED, 100 * math.sqrt(in_first)))
    elif in_second < LEAST_CROP**2:
        told.append(Change(ChangeKind.UNCROPPED, 100 * math.sqrt(in_second)))
    else:
        more = second.picture.bordered - first.picture.bordered
        if abs(more) >= LEAST_BORDER:
            told.append(Change(ChangeKind.BORDERED if more > 0 else ChangeKind.UNBORDERED))
    if there.mirrored:
        told.append(Change(ChangeKind.MIRRORED))
    if abs(there.degrees) >= LEAST_TURN:
        told.append(Change(ChangeKind.TURNED, round(-there.degrees) % 360))
    return told


def _covered(first: ComparedPicture, second: ComparedPicture, found: Overlay) -> tuple[float, float]:
    """What shares of both pictures the other one covers; a frame in which one was turned is nothing to be covered."""
    shares = found.comparison.covered_first, found.comparison.covered_second
    if abs((found.alignment.degrees + 45) % 90 - 45) < ODD_TURN:
        return shares
    one, other = (float(content(picture.pixels).mean()) for picture in (first, second))
    return min(1.0, shares[0] / max(one, LEAST_COVERED)), min(1.0, shares[1] / max(other, LEAST_COVERED))


def _toned(found: Tones) -> list[Change]:
    told = []
    if abs(found.stops) >= LEAST_STOPS:
        told.append(Change(ChangeKind.BRIGHTER if found.stops > 0 else ChangeKind.DARKER, abs(found.stops)))
    for kind, is_so in (
        (ChangeKind.BLACK_AND_WHITE, found.lost_colour),
        (ChangeKind.COLOURED, found.gained_colour),
        (ChangeKind.RECOLOURED, found.recoloured),
    ):
        if is_so:
            told.append(Change(kind))
    return told


def _taken_again(found: Overlay, apart: float | None) -> bool:
    """Whether pictures that agree say themselves that they were taken at different times, and their noise does too."""
    return apart is not None and apart >= 1 and found.comparison.detail < RETIMED_DETAIL


def _apart(first: Subject, second: Subject) -> float | None:
    if first.taken is None or second.taken is None:
        return None
    return abs((first.taken - second.taken).total_seconds())


def _doubt(margin: float) -> float:
    return 0.5 * math.exp(-margin / CONFIDENCE_STEP)


@cache
def _nothing_in_common() -> Verdict:
    """What is said of pictures that cannot even be laid over each other."""
    return Verdict(Kind.DIFFERENT, 1 - _doubt(LEAST_AGREEING))


def _guesses(first: ComparedPicture, second: ComparedPicture) -> Iterator[Alignment]:
    yield from similarities(first.features, second.features)
    likeness = _likeness(first, second)
    by_frames = frames(first.size, second.size)
    yield from (by_frames[one] for one in np.argsort(-likeness)[:2].tolist() if likeness[one] >= LIKE_FRAMES)


def _likeness(first: ComparedPicture, second: ComparedPicture) -> NDArray[np.float32]:
    """The correlation of the whole pictures in each of the eight ways."""
    likeness: NDArray[np.float32] = first.symmetric_frames @ second.frame
    return likeness


def _laid(first: ComparedPicture, second: ComparedPicture, guess: Alignment) -> Overlay | None:
    """In the pixels of the coarser picture: what is finer is shrunk first."""
    if guess.scale < 1:
        found = _laid(second, first, Alignment(guess.inverse, guess.agreeing))
        if found is None:
            return None
        return Overlay(Alignment(found.alignment.inverse, guess.agreeing), found.comparison.swapped())
    finer = second.shrunk(guess.scale)
    shrinking = finer.size[0] / second.size[0], finer.size[1] / second.size[1]
    alignment = refined(first.grey, finer.grey, guess.between((1, 1), shrinking))
    comparison = compared(first.pixels, finer.pixels, alignment)
    if comparison is None:
        return None
    return Overlay(alignment.between((1, 1), (1 / shrinking[0], 1 / shrinking[1])), comparison)
