from collections.abc import Callable
from pathlib import Path

import pytest

from engine.records import Match, Photo
from gui.gallery.wording import describe, percent, shown_name


@pytest.mark.parametrize(
    ("score", "text"),
    [
        (0.99971, "99.97 %"),
        (0.982, "98.2 %"),
        (0.71, "71 %"),
        (0.29, "29 %"),
        (0.9, "90.0 %"),
        (0.0, "0 %"),
        (0.99899, "99.8 %"),
        (0.9999, "99.99 %"),
        (0.999989, "99.99 %"),
        (0.99999, "> 99.99 %"),
        (1.0, "> 99.99 %"),
    ],
)
def test_a_score_gets_the_digits_it_needs_and_is_never_rounded_up(score: float, text: str) -> None:
    assert percent(score) == text


@pytest.mark.parametrize(
    ("distance", "score", "words"),
    [
        (0.0, 1.0, "identical"),
        (0.001, 0.5, "identical"),
        (0.0011, 0.9995, "99.95 % very near"),
        (0.1, 0.999, "99.90 % very near"),
        (0.1, 0.9989, "99.8 % near"),
        (0.1, 0.99, "99.0 % near"),
        (0.2, 0.98, "98.0 % loose"),
        (0.2, 0.95, "95.0 % loose"),
        (0.2, 0.9499, "94.9 % chance"),
        (0.2, 0.1, "10 % chance"),
    ],
)
def test_every_match_has_a_word(make_photo: Callable[..., Photo], distance: float, score: float, words: str) -> None:
    match = Match(make_photo("a"), distance, score, rank=1)
    assert str(describe(match, noise_score=0.95)) == words


def test_nothing_below_the_noise_is_called_near(make_photo: Callable[..., Photo]) -> None:
    match = Match(make_photo("a"), 0.3, 0.992, rank=1)
    assert describe(match, noise_score=0.995).word == "chance"


def test_a_name_that_is_not_utf8_can_be_shown() -> None:
    assert shown_name(Path("/photos/caf\udce9.jpg")) == "caf\N{REPLACEMENT CHARACTER}.jpg"
