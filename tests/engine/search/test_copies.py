"""Perceptual hashes of copies."""

import numpy as np

from engine.search.copies import MOST_DIFFERENT_BITS, copies_among


def flipped(value: int, bits: int) -> int:
    for bit in range(bits):
        value ^= 1 << (7 * bit % 64)
    return value


def test_hashes_up_to_the_limit_are_copies():
    one = 0xF0F0_1234_5678_9ABC
    stored = np.array(
        [flipped(one, bits) for bits in (0, MOST_DIFFERENT_BITS, MOST_DIFFERENT_BITS + 1, 40)], dtype=np.uint64
    )
    assert copies_among((one,), stored).tolist() == [0, 1]


def test_any_of_the_symmetries_may_match():
    hashes = tuple(int(h) for h in np.random.default_rng(0).integers(0, 2**64, 8, dtype=np.uint64))
    stored = np.array([hashes[5], ~np.uint64(hashes[0])], dtype=np.uint64)
    assert 0 in copies_among(hashes, stored).tolist()


def test_an_empty_library():
    assert copies_among((1, 2), np.empty(0, dtype=np.uint64)).tolist() == []


def test_the_nearest_come_first():
    one = 0xF0F0_1234_5678_9ABC
    stored = np.array([flipped(one, bits) for bits in (9, 0, 4)], dtype=np.uint64)
    assert copies_among((one,), stored).tolist() == [1, 2, 0]
