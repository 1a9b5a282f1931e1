"""Curves of precision, counts of distances and the threshold between them, against values worked by hand."""

import numpy as np
import pytest

from engine.evaluation import ranking
from engine.evaluation.relevance import Listed, SameLabel
from trainer.evidence import DEEPEST, EDGES, RECALLS, gather

ANGLES = np.radians(np.arange(21) * 4.0)
FAN = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1).astype(np.float32)
"""The first asks; the others are farther and farther from it."""


def of_the_first(*ranks):
    """Evidence of one query that should find the items of these ranks."""
    relevant = [np.array(ranks), *(np.empty(0, np.int64) for _ in range(20))]
    itself = [np.array([0]), *(np.empty(0, np.int64) for _ in range(20))]
    return gather(FAN, Listed(relevant, itself, 21))


def test_one_ranking_by_hand():
    """Hits at ranks 1, 3, 4, 7 and 15 of 20: TREC's interpolated precision and P@k."""
    found = of_the_first(1, 3, 4, 7, 15)
    assert (found.queries, found.depth) == (1, 20)
    assert found.precision_at[[0, 4, 9, 19, DEEPEST - 1]] == pytest.approx([1, 0.6, 0.4, 0.25, 0.1])
    assert found.reachable[[0, 4, 9]] == pytest.approx([1, 1, 0.5])
    at = dict(zip(RECALLS.round(2), found.precision, strict=True))
    assert [at[recall] for recall in (0, 0.2, 0.4, 0.6, 0.8, 1)] == pytest.approx([1, 1, 3 / 4, 3 / 4, 4 / 7, 1 / 3])
    assert at[0.22] == pytest.approx(3 / 4)


def test_pairs_are_counted_by_distance():
    found = of_the_first(1, 2)
    assert (found.same.sum(), found.other.sum()) == (2, 18)
    assert found.same[:1].sum() == 2  # 1 - cos 8° is below 0.01
    farthest = 1 - np.cos(ANGLES[-1])
    assert np.flatnonzero(found.other)[-1] == np.searchsorted(EDGES, farthest) - 1


def test_the_threshold_parts_what_can_be_parted():
    line = of_the_first(1, 2).threshold()
    assert (line.caught, line.mistaken) == (1, 0)
    assert 1 - np.cos(ANGLES[2]) < line.distance < 1 - np.cos(ANGLES[3]) + 0.01


def test_there_is_no_threshold_with_one_class():
    assert gather(FAN, SameLabel(*[np.zeros(21, np.int64)] * 2, np.arange(21))).threshold() is None


def test_folds_add_up():
    one, two = of_the_first(1, 3), of_the_first(2)
    both = one + two
    assert (both.queries, both.same.sum()) == (2, 3)
    assert both.precision_at[0] == pytest.approx(1)
    assert both.precision / 2 == pytest.approx((one.precision + two.precision) / 2)


def test_blocks_change_nothing(monkeypatch):
    labels = np.arange(21) % 3
    relevance = SameLabel(labels, labels, np.arange(21))
    whole = gather(FAN, relevance)
    monkeypatch.setattr(ranking, "_AT_ONCE", 50)
    parts = gather(FAN, relevance)
    assert parts.queries == whole.queries == 21
    assert parts.precision == pytest.approx(whole.precision)
    assert parts.same.tolist() == whole.same.tolist()


def test_nothing_to_find_is_no_evidence():
    with pytest.raises(ValueError, match="no photo has another"):
        gather(FAN, SameLabel(np.arange(21), np.arange(21), np.arange(21)))
