"""Where photos lie on a map."""

import numpy as np
import pytest

from engine.jobs import Cancelled, Job
from engine.search.atlas import NEIGHBOURS, groups_of, place_beside, spread
from engine.vectors.neighbours import nearest_among


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def subjects(count, each, seed=0):
    chance = np.random.default_rng(seed)
    centres = np.repeat(chance.normal(size=(count, 32)), each, axis=0)
    return unit(centres + 0.3 * chance.normal(size=centres.shape)), np.repeat(np.arange(count), each)


def drawn(vectors, job=None):
    near, distances = nearest_among(vectors, NEIGHBOURS)
    return spread(vectors, near, distances, job or Job())


@pytest.fixture(scope="module")
def laid_out():
    """Six subjects of twenty photos, drawn twice."""
    vectors, subject = subjects(6, 20)
    return vectors, subject, drawn(vectors), drawn(vectors)


def test_alike_photos_lie_near_each_other(laid_out):
    _, subject, positions, _ = laid_out
    apart = np.linalg.norm(positions[:, None] - positions[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    nearest = np.argsort(apart, axis=1)[:, :5]
    assert (subject[nearest] == subject[:, None]).mean() > 0.95


def test_the_same_photos_make_the_same_map(laid_out):
    _, _, one, other = laid_out
    assert np.array_equal(one, other)


def test_it_fills_the_square_and_keeps_its_proportions(laid_out):
    _, _, positions, _ = laid_out
    low, high = positions.min(axis=0), positions.max(axis=0)
    assert (high - low).max() == pytest.approx(1, abs=1e-6)
    assert (low + high) / 2 == pytest.approx([0.5, 0.5], abs=1e-6)


def test_new_photos_lie_beside_what_they_are_like(laid_out):
    vectors, subject, positions, _ = laid_out
    more, of = subjects(6, 21)
    new, where = more[20::21], of[20::21]
    new = unit(np.stack([vectors[subject == one].mean(axis=0) for one in where]))
    placed, most_like = place_beside(new, vectors, positions)
    assert (subject[most_like] == where).all()
    for one, place in zip(where, placed, strict=True):
        own = positions[subject == one]
        assert np.linalg.norm(place - np.median(own, axis=0)) < 0.15
    exactly, _ = place_beside(vectors[:3], vectors, positions)
    assert exactly == pytest.approx(positions[:3], abs=1e-3)


def test_groups_lie_together_and_the_largest_comes_first(laid_out):
    _, subject, positions, _ = laid_out
    groups = groups_of(positions, 6)
    assert set(groups) == set(range(6))
    sizes = np.bincount(groups)
    assert (np.diff(sizes) <= 0).all()
    purity = sum(np.bincount(subject[groups == one]).max() for one in range(6)) / len(subject)
    assert purity > 0.8


def test_few_different_places_make_few_groups():
    positions = np.repeat(np.array([[0.1, 0.1], [0.9, 0.9]], dtype=np.float32), [3, 5], axis=0)
    assert groups_of(positions).tolist() == [1] * 3 + [0] * 5


def test_missing_neighbours_do_not_matter():
    vectors, subject = subjects(3, 12)
    near, distances = nearest_among(vectors, 9)
    near[::2, 5:], distances[::2, 5:] = -1, 2
    positions = spread(vectors, near, distances, Job())
    assert np.isfinite(positions).all()
    middles = np.stack([positions[subject == one].mean(axis=0) for one in range(3)])
    assert len(np.unique(middles.round(2), axis=0)) == 3


def test_drawing_reports_and_can_be_cancelled():
    vectors, _ = subjects(3, 12)
    reports = []
    job = Job(reports.append)

    def stop(progress):
        reports.append(progress)
        if progress.done >= 50:
            job.cancel()

    job.report = stop
    with pytest.raises(Cancelled):
        drawn(vectors, job)
    assert 50 <= reports[-1].done < 300
    assert reports[-1].total == 750
