"""The benchmarks of copies mode and of duplicates: how they count."""

import numpy as np
import pytest

from benchmarks import duplicates, same_picture
from benchmarks.same_picture import Read, by_hashes, copies_of
from engine.duplicates.candidates import NEIGHBOURS
from engine.imaging.hashing import symmetric_hashes
from engine.imaging.thumbnails import encode_thumbnail
from tests.samples import scene


def read(image=None, vector=(1.0, 0.0), **others: int) -> Read:
    thumbnail = b"" if image is None else encode_thumbnail(image)
    hashes = () if image is None else symmetric_hashes(image)
    return Read(thumbnail, np.array([vector], dtype=np.float32), (9,), hashes, others)


def test_a_threshold_is_as_loose_as_may_be_without_a_wrong_query():
    gallery = [read(some=0b0000_0000), read(some=0b1111_1111)]
    queries = [read(some=0b0000_0111), read(some=0b0001_1111)]  # 3 bits off, 5 from the other; 3 off, 5 from the other
    assert by_hashes(gallery, queries, np.array([0, 1]), "some").tolist() == [True, True]
    queries = [read(some=0b0000_1111), read(some=0b0001_1111)]  # as near to the other as to its own
    assert by_hashes(gallery, queries, np.array([0, 1]), "some").tolist() == [False, True]


def test_copies_are_what_pixels_say(monkeypatch):
    pictures = [scene(seed) for seed in range(4)]
    monkeypatch.setattr(same_picture, "_gallery", [read(picture) for picture in pictures])
    assert copies_of(read(pictures[2].crop((30, 20, 300, 230)))) == [2]
    assert copies_of(read(scene(30))) == []


def test_copies_are_among_the_pairs_of_generated_photos():
    few, many = duplicates.measured(1_000), duplicates.measured(2_000)
    assert few["found"] == many["found"] == 1
    assert 0.02 <= many["pairs_per_photo"] <= NEIGHBOURS
    assert many["pairs_per_photo"] == pytest.approx(few["pairs_per_photo"], rel=0.3), "not with the square"
