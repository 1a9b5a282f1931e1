"""How close a match is, in figures and in one word that needs no explaining."""

import math
from enum import StrEnum

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


def closeness(match: Match, noise_score: float) -> Closeness:
    """The word for a match; `noise_score` is the score below which closeness is chance."""
    return closeness_of(match.distance, match.score, noise_score)


def closeness_of(distance: float, score: float, noise_score: float) -> Closeness:
    """The word for two pictures that are so far apart."""
    if distance <= IDENTICAL_DISTANCE:
        return Closeness.IDENTICAL
    if score < noise_score:
        return Closeness.CHANCE
    if score >= VERY_NEAR_SCORE:
        return Closeness.VERY_NEAR
    return Closeness.NEAR if score >= NEAR_SCORE else Closeness.LOOSE


def percent(score: float) -> str:
    """A score with as many digits as it takes to tell good matches apart, never rounded up."""
    if score >= _TOP_SCORE:
        return "> 99.99 %"
    digits = 0 if score < 0.9 else 1 if score < 0.999 else 2
    # The tiny addition makes up for binary fractions: 0.29 * 100 is 28.999999999999996.
    cut = math.floor(score * 100 * 10**digits + 1e-6) / 10**digits
    return f"{cut:.{digits}f} %"
