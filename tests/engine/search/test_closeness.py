from datetime import datetime
from pathlib import Path

import pytest

from engine.records import Match, Photo, PhotoState
from engine.search.closeness import closeness


@pytest.mark.parametrize(
    ("distance", "score", "word"),
    [
        (0.001, 0.5, "identical"),
        (0.1, 0.999, "very near"),
        (0.1, 0.99, "near"),
        (0.2, 0.98, "loose"),
        (1, 0.1, "chance"),
    ],
)
def test_every_match_has_a_word(distance, score, word):
    photo = Photo("a", Path("/a.jpg"), "root", 1, datetime(2024, 1, 1), PhotoState.INDEXED)
    assert closeness(Match(photo, distance, score, 1), 0.95) == word
