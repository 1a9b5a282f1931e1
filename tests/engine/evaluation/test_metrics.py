"""Golden values: 20 items, 5 of them relevant, at the places 1, 3, 4, 7 and 15."""

import numpy as np
import pytest

from engine.evaluation.metrics import (
    OutOf,
    average_precision,
    average_precision_at,
    average_precision_at_r,
    capped_precision_at,
    f1_at,
    first_hit_rank,
    graded_ndcg_at,
    hit_at,
    mean_hit_rank,
    ndcg_at,
    neighbours_right,
    precision_at,
    r_precision,
    recall_at,
    reciprocal_rank,
    selection_score,
    selection_score_at,
    trapezoid_average_precision,
)
from engine.evaluation.ranking import Ranking, ranked_blocks
from engine.evaluation.relevance import Listed


def ranking(places, relevant, depth=20):
    hits = np.zeros((1, depth), dtype=bool)
    hits[0, [place - 1 for place in places]] = True
    return Ranking(hits, np.array([relevant]))


@pytest.fixture
def golden():
    return ranking([1, 3, 4, 7, 15], relevant=5)


@pytest.mark.parametrize(
    ("metric", "value"),
    [
        (lambda golden: precision_at(golden, 5), 0.6),
        (lambda golden: precision_at(golden, 10), 0.4),
        (lambda golden: recall_at(golden, 5), 0.6),
        (lambda golden: recall_at(golden, 10), 0.8),
        (lambda golden: hit_at(golden, 5), 1.0),
        (lambda golden: f1_at(golden, 10), 8 / 15),
        (lambda golden: average_precision_at(golden, 1), 1.0),
        (lambda golden: average_precision_at(golden, 5), 0.483333),
        (lambda golden: average_precision_at(golden, 10), 0.597619),
        (lambda golden: average_precision_at(golden, 1, OutOf.RELEVANT), 0.2),
        (lambda golden: average_precision_at(golden, 10, OutOf.RELEVANT), 0.597619),
        (lambda golden: average_precision_at(golden, 1, OutOf.HITS), 1.0),
        (lambda golden: average_precision_at(golden, 5, OutOf.HITS), 0.805556),
        (lambda golden: average_precision_at(golden, 10, OutOf.HITS), 0.747024),
        (lambda golden: average_precision_at(golden, 10, OutOf.HITS_ONLY), 0.747024),
        (r_precision, 0.6),
        (average_precision_at_r, 0.483333),
        (average_precision, 0.664286),
        (trapezoid_average_precision, 0.627381),
        (first_hit_rank, 1.0),
        (reciprocal_rank, 1.0),
        (mean_hit_rank, 6.0),
        (lambda golden: ndcg_at(golden, 10), 0.767862),
        (lambda golden: selection_score_at(golden, 10), 2 / 60 * 4),
    ],
)
def test_golden_values(golden, metric, value):
    assert metric(golden) == pytest.approx([value], abs=1e-6)


@pytest.fixture
def missed():
    return ranking([], relevant=3)


@pytest.mark.parametrize("out_of", [OutOf.REACHABLE, OutOf.HITS, OutOf.RELEVANT])
def test_a_query_without_a_hit_counts_as_zero(missed, out_of):
    assert average_precision_at(missed, 10, out_of) == 0
    assert average_precision(missed) == hit_at(missed, 10) == reciprocal_rank(missed) == ndcg_at(missed, 10) == 0
    assert trapezoid_average_precision(missed) == capped_precision_at(missed, 5) == 0
    assert np.isinf(first_hit_rank(missed))


def test_one_reading_drops_a_query_without_a_hit(missed):
    assert np.isnan(average_precision_at(missed, 10, OutOf.HITS_ONLY))


def test_more_relevant_items_than_places_do_not_lower_average_precision_at_k():
    assert average_precision_at(ranking([1, 2, 3], relevant=50), 3) == 1
    assert average_precision_at(ranking([1, 2, 3], relevant=50), 3, OutOf.RELEVANT) == pytest.approx(3 / 50)


def test_first_hit_rank_counts_from_one():
    assert first_hit_rank(ranking([4, 6], relevant=2)) == 4
    assert reciprocal_rank(ranking([4, 6], relevant=2)) == 0.25


def test_rankings_shorter_than_k_are_missing_hits_not_places():
    assert precision_at(ranking([1, 2], relevant=2, depth=2), 10) == 0.2
    assert ndcg_at(ranking([1, 2], relevant=2, depth=2), 10) == 1


def test_ndcg_with_grades_prefers_the_better_first():
    grades = np.array([[3.0, 0.0, 1.0, 2.0]])
    best = 3 + 2 / np.log2(3) + 1 / 2
    assert graded_ndcg_at(grades, grades, 4) == pytest.approx([(3 + 1 / 2 + 2 / np.log2(5)) / best])
    assert graded_ndcg_at(np.sort(grades)[:, ::-1], grades, 4) == pytest.approx([1])
    assert graded_ndcg_at(np.zeros((1, 4)), np.zeros((1, 4)), 4) == 0


def test_selection_score_weighs_labels_by_confidence():
    target = {"cat": 0.9, "pet": 0.6, "fur": 0.5}
    selection = [{"cat": 0.8, "fur": 0.4}, {"dog": 0.9, "pet": 0.7}, {"car": 1.0}]
    assert selection_score(target, selection) == pytest.approx(0.0252830, abs=1e-7)


def test_selection_score_of_sure_labels_is_the_ranking_one():
    selection = [{"cat": 1.0}, {"dog": 1.0}, {"cat": 1.0}]
    assert selection_score({"cat": 1.0}, selection) == selection_score_at(ranking([1, 3], relevant=9), 3)


def test_selection_score_is_not_bounded_by_one():
    assert selection_score({"cat": 1.0}, [{"cat": 1.0}] * 100) == pytest.approx(200 / 150)
    assert selection_score({}, [{"cat": 1.0}]) == 0


def oxford(order, good, junk):
    """A ranking of letters, nearest first, with the junk left out."""
    vectors = np.stack([np.cos(np.arange(len(order)) / 20), np.sin(np.arange(len(order)) / 20)], axis=1)
    query = np.array([[1.0, 0.0]], dtype=np.float32)
    places = {kind: [np.array([i for i, name in enumerate(order) if name in kind], dtype=int)] for kind in (good, junk)}
    (block,) = ranked_blocks(query, vectors.astype(np.float32), Listed(places[good], places[junk], len(order)))
    return block.ranking


def test_oxford_takes_the_junk_out_of_the_ranking():
    found = oxford("PJNPJPN", good="P", junk="J")
    assert trapezoid_average_precision(found) == pytest.approx([0.763889], abs=1e-6)
    assert average_precision(found) == pytest.approx([0.805556], abs=1e-6)
    assert trapezoid_average_precision(oxford("PJNPJPN", good="P", junk="x")) == pytest.approx([0.622222], abs=1e-6)


def test_junk_never_changes_oxford_average_precision(rng):
    for _ in range(50):
        clean = "".join(rng.choice(list("PNN"), size=12)) + "P"
        wanted = trapezoid_average_precision(oxford(clean, good="P", junk="J"))
        spoiled = list(clean)
        for place in sorted(rng.integers(0, len(clean) + 1, size=6), reverse=True):
            spoiled.insert(place, "J")
        assert trapezoid_average_precision(oxford("".join(spoiled), good="P", junk="J")) == pytest.approx(wanted)


def test_oxford_precision_looks_no_further_than_the_last_relevant_item():
    assert capped_precision_at(oxford("PPNNN", good="P", junk="J"), 5) == 1
    assert capped_precision_at(oxford("PNPNN", good="P", junk="J"), 5) == pytest.approx([2 / 3])
    assert capped_precision_at(oxford("NPPPP", good="P", junk="J"), 1) == 0


def test_nearer_neighbours_outvote_more_numerous_ones():
    similar, classes = np.array([[0.9, 0.5, 0.5]], dtype=np.float32), np.array([[7, 2, 2]])
    assert neighbours_right(similar, classes, np.array([7])) == 1
    assert neighbours_right(similar, classes, np.array([2])) == 0
    assert neighbours_right(np.array([[0.9, 0.89, 0.88]], dtype=np.float32), classes, np.array([2])) == 1


def test_only_k_neighbours_vote_and_nobody_who_is_left_out():
    similar = np.array([[0.9, 0.87, 0.87, -np.inf]], dtype=np.float32)
    classes = np.array([[1, 2, 2, 1]])
    assert neighbours_right(similar, classes, np.array([2]), k=1) == 0
    assert neighbours_right(similar, classes, np.array([2]), k=4) == 1
    assert neighbours_right(similar, classes, np.array([9])) == 0


@pytest.fixture
def rng():
    return np.random.default_rng(0)
