"""Numbers in words: how close a match is, in figures and in one word that needs no explaining."""

import math
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from engine.records import Match

IDENTICAL_DISTANCE = 0.001
VERY_NEAR_SCORE = 0.999
NEAR_SCORE = 0.99
_TOP_SCORE = 0.99999  # a sample of random pairs cannot tell more than this


class Closeness(StrEnum):
    """How close a match is, best first."""

    IDENTICAL = "identical"
    VERY_NEAR = "very near"
    NEAR = "near"
    LOOSE = "loose"
    CHANCE = "chance"


@dataclass(frozen=True, slots=True)
class Wording:
    """How one match is put into words.

    Attributes:
        figures: "98.2 %"; empty for identical pictures, where the word says it all.
    """

    figures: str
    word: Closeness

    def __str__(self) -> str:
        return f"{self.figures} {self.word}".lstrip()


def describe(match: Match, noise_score: float) -> Wording:
    """A match in figures and a word; `noise_score` is the score below which closeness is chance."""
    word = _closeness(match, noise_score)
    return Wording("" if word is Closeness.IDENTICAL else percent(match.score), word)


def percent(score: float) -> str:
    """A score with as many digits as it takes to tell good matches apart, never rounded up."""
    if score >= _TOP_SCORE:
        return "> 99.99 %"
    digits = 0 if score < 0.9 else 1 if score < 0.999 else 2
    # The tiny addition makes up for binary fractions: 0.29 * 100 is 28.999999999999996.
    cut = math.floor(score * 100 * 10**digits + 1e-6) / 10**digits
    return f"{cut:.{digits}f} %"


def shown_name(path: Path) -> str:
    """The file name as it can be displayed: bytes that are not UTF-8 become question marks."""
    return _displayable(path.name)


def shown_path(path: Path) -> str:
    """The whole path as it can be displayed."""
    return _displayable(str(path))


def _closeness(match: Match, noise_score: float) -> Closeness:
    if match.distance <= IDENTICAL_DISTANCE:
        return Closeness.IDENTICAL
    if match.score < noise_score:
        return Closeness.CHANCE
    if match.score >= VERY_NEAR_SCORE:
        return Closeness.VERY_NEAR
    return Closeness.NEAR if match.score >= NEAR_SCORE else Closeness.LOOSE


def _displayable(text: str) -> str:
    return os.fsencode(text).decode("utf-8", "replace")
