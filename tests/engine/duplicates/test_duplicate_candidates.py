"""Which pairs are worth comparing: the near ones, and a number that grows with the photos and not with their square."""

import numpy as np
from PIL import Image, ImageOps

from engine.duplicates.candidates import (
    CROP_DISTANCE,
    CROPS,
    CROWD,
    FREED_NEIGHBOURS,
    NEIGHBOURS,
    near_embeddings,
    near_freed,
    near_hashes,
    near_parts,
    unique_pairs,
)
from engine.imaging.hashing import perceptual_hash
from engine.jobs import Job
from engine.vectors.live_index import LiveIndex
from tests.engine.shelf import unit_vectors
from tests.samples import scene

TURNS = {
    "as it is": lambda image: image.resize((200, 150)),
    "mirrored": ImageOps.mirror,
    "upside down": ImageOps.flip,
    "turned by 90": lambda image: image.transpose(Image.Transpose.ROTATE_90),
    "turned by 180": lambda image: image.transpose(Image.Transpose.ROTATE_180),
    "turned by 270": lambda image: image.transpose(Image.Transpose.ROTATE_270),
}


def hashes_of(*images) -> np.ndarray:
    return np.array([perceptual_hash(image) for image in images], dtype=np.uint64)


def test_hashes_are_near_whichever_way_a_picture_lies():
    others = [scene(seed) for seed in range(20, 26)]
    found = []
    for seed in range(4):
        original = scene(seed)
        for turned in TURNS.values():
            pairs = near_hashes(np.arange(10, 18), hashes_of(original, turned(original), *others)).tolist()
            assert pairs in ([[10, 11]], [])
            found.append(pairs)
    assert sum(map(bool, found)) >= 22  # of 24: mirroring is only nearly known from a hash


def test_no_hashes():
    assert len(near_hashes(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.uint64))) == 0


def test_a_crowd_of_equal_hashes_is_cut_to_neighbours():
    count = 300
    pairs = near_hashes(np.arange(count), np.full(count, 77, dtype=np.uint64))
    assert 0 < len(pairs) <= 2 * CROWD * count


def test_pairs_grow_with_the_photos():
    found = {}
    for count in (500, 1_000):
        rng = np.random.default_rng(0)
        hashes = rng.integers(0, 2**63, count, dtype=np.uint64)
        found[count] = len(near_hashes(np.arange(count), hashes))
    assert found[1_000] <= 3 * max(found[500], 10)


def test_near_embeddings_are_among_the_nearest_of_each_other(shelf, tmp_path):
    vectors = unit_vectors(300)
    twins = vectors[:40] + 0.01 * unit_vectors(40, seed=9)
    seqs = shelf.add_many(np.concatenate([vectors, twins / np.linalg.norm(twins, axis=1, keepdims=True)]))
    index = LiveIndex(shelf.catalog, shelf.model, tmp_path / "index")
    pairs = near_embeddings(index, seqs, 0.01, Job())
    assert pairs.tolist() == [[int(seqs[row]), int(seqs[300 + row])] for row in range(40)]
    assert len(near_embeddings(index, seqs, 2.0, Job())) <= NEIGHBOURS * 340


def test_pairs_come_once():
    pairs = np.array([[3, 1], [1, 3], [2, 2], [1, 2]])
    assert unique_pairs(pairs).tolist() == [[1, 2], [1, 3]]


def test_what_lies_on_a_ground_is_near_what_it_is_without_it(shelf, tmp_path):
    vectors = unit_vectors(60)
    seqs = shelf.add_many(vectors)
    index = LiveIndex(shelf.catalog, shelf.model, tmp_path / "index")
    empty = np.empty((0, 0), dtype=np.float32)
    pairs = near_freed(index, [(int(seqs[3]), vectors[[7, 9]]), (int(seqs[4]), empty)])
    assert {(int(seqs[3]), int(seqs[7])), (int(seqs[3]), int(seqs[9]))} <= {tuple(pair) for pair in pairs.tolist()}
    assert len(pairs) <= 2 * FREED_NEIGHBOURS
    assert len(near_freed(index, [])) == 0


def test_a_photo_is_compared_with_what_is_near_its_middle_and_not_far_from_it(shelf, tmp_path):
    vectors = unit_vectors(60)
    near = vectors[7] + 0.3 * unit_vectors(60, seed=9)[7]
    near /= np.linalg.norm(near)
    assert 0.01 < 1 - near @ vectors[7] < CROP_DISTANCE
    seqs = shelf.add_many(np.concatenate([vectors, np.tile(vectors[9], (2 * CROPS, 1))]))
    index = LiveIndex(shelf.catalog, shelf.model, tmp_path / "index")
    assert near_parts(index, [(int(seqs[3]), near[None])]).tolist() == [[int(seqs[3]), int(seqs[7])]]
    assert len(near_parts(index, [(int(seqs[7]), vectors[[7]])])) == 0, "not with itself"
    assert len(near_parts(index, [(int(seqs[3]), vectors[[9]])])) == CROPS
