"""What an embedding looks like as a whole, against the same figures computed from all pairs at once."""

import numpy as np
import pytest

from engine.evaluation.health import PairStatistics, effective_rank


def gathered(similarities, relevant, blocks=3):
    pairs = PairStatistics()
    for similar, alike in zip(np.array_split(similarities, blocks), np.array_split(relevant, blocks), strict=True):
        pairs.add(similar.astype(np.float32), alike)
    return pairs.summary()


def test_pairs_in_blocks_tell_what_all_pairs_tell(rng):
    similar, relevant = rng.uniform(-1, 1, size=(60, 50)), rng.random(size=(60, 50)) < 0.2
    similar[relevant] = (similar[relevant] + 1) / 2
    found = gathered(similar, relevant)
    alike, other = similar[relevant], similar[~relevant]
    assert found["intra_cosine"] == pytest.approx(alike.mean(), abs=1e-6)
    assert found["inter_cosine"] == pytest.approx(other.mean(), abs=1e-6)
    assert found["alignment"] == pytest.approx((2 - 2 * alike).mean(), abs=1e-6)
    assert found["uniformity"] == pytest.approx(np.log(np.exp(-2 * (2 - 2 * similar)).mean()), abs=1e-6)
    assert found["auc"] == pytest.approx((alike[:, None] > other[None, :]).mean(), abs=1e-4)
    threshold = np.sort(other)[::-1][int(0.01 * len(other))]
    assert found["fnmr@fmr=1%"] == pytest.approx((alike <= threshold).mean(), abs=0.005)


def test_what_is_left_out_is_no_pair():
    similar = np.array([[1.0, 0.5, -np.inf]])
    found = gathered(similar, np.array([[True, False, False]]), blocks=1)
    assert (found["intra_cosine"], found["inter_cosine"], found["auc"]) == (1, 0.5, 1)


def test_equal_similarities_are_a_toss(rng):
    found = gathered(np.full((10, 10), 0.3), rng.random(size=(10, 10)) < 0.5)
    assert found["auc"] == 0.5
    assert found["fnmr@fmr=1%"] == 1


def test_pairs_of_one_kind_only_tell_no_more_than_they_can():
    assert set(gathered(np.ones((2, 2)), np.ones((2, 2), dtype=bool))) == {"alignment", "uniformity", "intra_cosine"}
    assert PairStatistics().summary() == {}


@pytest.mark.parametrize("dimensions", [1, 3, 8])
def test_effective_rank_counts_the_directions_in_use(dimensions):
    vectors = np.zeros((2 * dimensions, 12))
    vectors[:dimensions, :dimensions], vectors[dimensions:, :dimensions] = np.eye(dimensions), -np.eye(dimensions)
    assert effective_rank(vectors.astype(np.float32)) == dimensions


def test_a_collapsed_embedding_has_rank_nothing():
    assert effective_rank(np.ones((5, 4), dtype=np.float32)) == 0


@pytest.fixture
def rng():
    return np.random.default_rng(0)
