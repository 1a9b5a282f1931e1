"""Which matches are near-identical, and which of them is the best shot."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from engine.records import Match, Photo, PhotoState
from engine.search.copies import MOST_DIFFERENT_BITS
from engine.search.stacks import BURST_BITS, BURST_SECONDS, stacks_among

NOON = datetime(2024, 6, 1, 12)
NEAR = 0.1
APART = np.eye(8, dtype=np.float32)
"""Embeddings that have nothing in common."""


def bits(count: int) -> int:
    """A hash that many bits from 0."""
    return (1 << count) - 1


def shot(name: str, seconds: float | None = None, hash: int | None = 0, **facts) -> Photo:
    taken = None if seconds is None else NOON + timedelta(seconds=seconds)
    known = {"width": 400, "height": 300, "content_hash": name.encode(), "camera": "EOS", **facts}
    return Photo(
        name, Path(f"/{name}.jpg"), "root", 1, NOON, PhotoState.INDEXED, taken=taken, perceptual_hash=hash, **known
    )


def stacked(*photos: Photo, vectors: np.ndarray | None = None) -> list[str]:
    """The stacks as strings of the photos' names."""
    matches = [Match(photo, 0.1, 0.9, rank) for rank, photo in enumerate(photos, 1)]
    vectors = APART[: len(photos)] if vectors is None else vectors.astype(np.float32)
    return ["".join(stack) for stack in stacks_among(matches, vectors, NEAR)]


def at_angles(*degrees: float) -> np.ndarray:
    """Unit vectors; 25 degrees are a distance of 0.094, just within NEAR."""
    turned = np.radians(degrees)
    return np.stack([np.cos(turned), np.sin(turned)], axis=1)


def test_the_shots_of_a_burst():
    burst = [shot("a", 0), shot("b", 1, bits(BURST_BITS)), shot("c", 0, bits(BURST_BITS + 1))]
    assert stacked(*burst) == ["ab"]


def test_within_a_burst_the_model_may_see_what_the_hash_does_not():
    moved = bits(40)
    assert stacked(shot("a", 0), shot("b", 2, moved), vectors=at_angles(0, 20)) == ["ab"]
    assert stacked(shot("a", 0), shot("b", 2, moved), vectors=at_angles(0, 40)) == []


def test_a_burst_is_short_and_of_one_camera():
    assert stacked(shot("a", 0), shot("b", BURST_SECONDS)) == ["ab"]
    later = shot("b", BURST_SECONDS + 1)
    assert stacked(shot("a", 0), later) == []
    assert stacked(shot("a", 0), shot("b", 1, camera="phone")) == []
    assert stacked(shot("a"), shot("b")) == []  # nobody knows when


def test_copies_are_known_at_any_time_if_hash_and_model_agree():
    copy, other = shot("b", hash=bits(MOST_DIFFERENT_BITS)), shot("b", hash=bits(MOST_DIFFERENT_BITS + 1))
    assert stacked(shot("a"), copy, vectors=at_angles(0, 20)) == ["ab"]
    assert stacked(shot("a"), copy, vectors=at_angles(0, 40)) == []  # two bare skies
    assert stacked(shot("a"), other, vectors=at_angles(0, 20)) == []  # two photos of the same thing


def test_the_same_file_twice_needs_no_comparison():
    one = shot("a", hash=None, content_hash=b"same")
    assert stacked(one, replace(one, id="b")) == ["ab"]
    unread = shot("a", hash=None, content_hash=b"")
    assert stacked(unread, replace(unread, id="b")) == []


def test_a_missing_hash_or_embedding_is_like_nothing():
    assert stacked(shot("a", 0, None), shot("b", 0, None)) == []
    nothing = np.full((2, 2), np.nan)
    assert stacked(shot("a"), shot("b"), vectors=nothing) == []
    assert stacked(shot("a", 0), shot("b", 0), vectors=nothing) == ["ab"]  # the hash suffices within seconds


def test_the_sharpest_shot_is_the_best():
    assert stacked(shot("a", 0, sharpness=80.0), shot("b", 1, sharpness=300.0), shot("c", 2, sharpness=20.0)) == ["bac"]


def test_a_small_copy_is_never_the_best():
    small, large = shot("a", sharpness=300.0), shot("b", sharpness=200.0, width=4000, height=3000)
    assert stacked(small, large, vectors=at_angles(0, 0)) == ["ba"]


def test_without_sharpness_pixels_decide_and_then_the_rank():
    assert stacked(shot("a", 0), shot("b", 0, width=800), shot("c", 0)) == ["bac"]
    assert stacked(shot("a", 0, width=440), shot("b", 0, sharpness=1.0)) == ["ba"]


def test_nothing_is_chained():
    """A pan: every shot is like its neighbours, the ends have nothing in common."""
    pan = [shot(name, number, hash=None) for number, name in enumerate("abcdef")]
    vectors = at_angles(0, 20, 40, 60, 80, 100)
    assert stacked(*pan, vectors=vectors) == ["ab", "cd", "ef"]
    best_in_the_middle = [replace(photo, sharpness=300.0 if photo.id == "c" else 9.0) for photo in pan]
    assert stacked(*best_in_the_middle, vectors=vectors) == ["cbd", "ef"]


def test_no_matches():
    assert stacked() == []
