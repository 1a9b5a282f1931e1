import numpy as np

from engine.evaluation.ranking import unit
from trainer.data.groups import near_duplicate_groups

APART = np.array([0x0F0F0F0F0F0F0F0F, 0xFFFF0000FFFF0000, 0x00000000FFFFFFFF, 0xAAAAAAAAAAAAAAAA], dtype=np.uint64)


def random_embeddings(count):
    return unit(np.random.default_rng(0).normal(size=(count, 64)).astype(np.float32))


def grouped(contents=(b"a", b"b", b"c", b"d"), hashes=APART, embeddings=None):
    numbers = near_duplicate_groups(contents, hashes, random_embeddings(4) if embeddings is None else embeddings)
    return [set(np.flatnonzero(numbers == number).tolist()) for number in np.unique(numbers)]


def test_different_photos_are_groups_of_their_own():
    assert grouped() == [{0}, {1}, {2}, {3}]


def test_the_same_content_is_one_group():
    assert {0, 2} in grouped(contents=(b"a", b"b", b"a", b"d"))


def test_hashes_of_up_to_six_bits_apart_are_one_group():
    near, far = APART.copy(), APART.copy()
    near[1] = near[0] ^ np.uint64(0b111111)
    far[1] = far[0] ^ np.uint64(0b1111111)
    assert {0, 1} in grouped(hashes=near)
    assert {0, 1} not in grouped(hashes=far)


def test_embeddings_that_hardly_differ_are_one_group():
    embeddings = random_embeddings(4)
    embeddings[3] = unit(embeddings[2:3] + 0.02 * embeddings[0:1])[0]
    assert {2, 3} in grouped(embeddings=embeddings)


def test_groups_that_touch_are_one(monkeypatch):
    monkeypatch.setattr("trainer.data.groups._AT_ONCE", 4)  # block by block
    hashes = APART.copy()
    hashes[1] = hashes[0] ^ np.uint64(0b111111)
    hashes[2] = hashes[1] ^ np.uint64(0b111111000000)
    assert grouped(hashes=hashes) == [{0, 1, 2}, {3}]


def test_what_a_person_said_are_no_copies_is_not_linked():
    """Unless a third photo is nearly the same as both."""
    contents = [bytes([number]) for number in range(4)]
    hashes = np.array([0, 1, 0xFFFF, 0xFFFE], np.uint64)
    embeddings = np.eye(4, dtype=np.float32)
    groups = near_duplicate_groups(contents, hashes, embeddings, [(contents[1], contents[0]), (b"gone", contents[2])])
    assert len(set(groups)) == 3
    assert groups[2] == groups[3]
    hashes[2] = 3
    bridged = near_duplicate_groups(contents, hashes, embeddings, [(contents[1], contents[0])])
    assert bridged[0] == bridged[1] == bridged[2]
    copies = near_duplicate_groups([b"a", b"a"], hashes[:2], embeddings[:2], [(b"a", b"a")])
    assert copies[0] == copies[1]
