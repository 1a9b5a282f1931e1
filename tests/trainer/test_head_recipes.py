import numpy as np
import pytest

from engine.evaluation.metrics import average_precision_at_r
from engine.evaluation.ranking import leave_one_out, unit
from trainer.recipes import frozen, linear

CHANCE = np.random.default_rng(1)
DIM = 24


@pytest.fixture(autouse=True)
def same_chance(monkeypatch):
    """Every test draws the same photos, whichever ran before it."""
    monkeypatch.setitem(globals(), "CHANCE", np.random.default_rng(1))


def photos(classes, each, views=4, spread=0.6):
    """Views of photos around the centre of their class in a few dimensions, with noise in all others."""
    centres = np.zeros((classes, DIM))
    centres[:, :8] = CHANCE.normal(size=(classes, 8))
    numbers = np.repeat(np.arange(classes), each)
    middle = centres[numbers] * 0.5 + spread * CHANCE.normal(size=(len(numbers), DIM))
    shown = middle[:, None] + 0.2 * CHANCE.normal(size=(len(numbers), views, DIM))
    return unit(shown.reshape(-1, DIM).astype(np.float32)).reshape(len(numbers), views, DIM), numbers


def quality(embeddings, numbers):
    """MAP@R."""
    return average_precision_at_r(leave_one_out(embeddings, numbers.tolist())).mean()


def test_whitened_embeddings_vary_evenly():
    views, numbers = photos(5, 200)
    head = frozen.learn(views, numbers, np.arange(len(numbers)), 0)
    scores = unit(views[:, 0]) @ head.weight.T + head.bias
    variances = np.linalg.eigvalsh(np.cov(scores, rowvar=False))
    assert head.weight.shape == (DIM, DIM)
    assert variances.max() / variances.min() == pytest.approx(1, abs=0.05)
    assert abs(scores.mean(axis=0)).max() < 1e-4


def test_few_photos_keep_few_dimensions():
    views, numbers = photos(3, 8)
    assert frozen.learn(views, numbers, np.arange(24), 0).weight.shape == (6, DIM)


def test_photos_that_are_all_the_same_give_a_head_all_the_same():
    views = np.broadcast_to(unit(CHANCE.normal(size=(1, 1, DIM)).astype(np.float32)), (8, 4, DIM))
    head = frozen.learn(views, np.arange(8), np.arange(8), 0)
    assert np.isfinite(head(views[:, 0] + 1e-3)).all()


@pytest.mark.parametrize("classes", [2, 5])
def test_what_is_learned_of_some_photos_helps_with_others(classes):
    views, numbers = photos(classes, 40)
    learned_from = np.arange(len(numbers)) % 2 == 0
    head = linear.learn(views[learned_from], numbers[learned_from], np.flatnonzero(learned_from), 0)
    others, labels = views[~learned_from, 0], numbers[~learned_from]
    assert head.posterior
    assert quality(head(others), labels) > quality(others, labels) + 0.05


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("strength", linear.STRENGTHS)
def test_every_choice_helps(strength, turned):
    views, numbers = photos(4, 30, spread=0.25)
    learned_from = np.arange(len(numbers)) % 2 == 0
    head = linear.chosen(linear.Choice(strength, 0.6, turned), views[learned_from], numbers[learned_from])
    others, labels = views[~learned_from, 0], numbers[~learned_from]
    assert quality(head(others), labels) > quality(others, labels) + 0.1


def test_the_same_seed_gives_the_same_head():
    views, numbers = photos(3, 12)
    first, again = (linear.learn(views, numbers, np.arange(36), 4) for _ in range(2))
    np.testing.assert_array_equal(first.weight, again.weight)
    assert first.share == again.share


def test_too_few_photos_to_choose_with_take_the_usual_strength_and_share():
    views, numbers = photos(2, 3)
    assert linear.learn(views, numbers, np.arange(6), 0).share == linear.UNTRIED.share


def test_many_classes_are_projected():
    views, numbers = photos(linear.MOST_POSTERIORS + 5, 4, views=2)
    head = linear.learn(views, numbers, np.arange(len(numbers)), 0)
    assert not head.posterior
    assert head.weight.shape == (DIM, DIM)
    assert quality(head(views[:, 0]), numbers) > quality(views[:, 0], numbers)


def test_subjects_that_are_not_learned_keep_their_quality():
    lost, lost_alone = [], []
    for _ in range(10):  # one draw of six subjects says little
        views, numbers = photos(6, 20, spread=0.25)
        known = numbers < 4
        head = linear.learn(views[known], numbers[known], np.flatnonzero(known), 0)
        others, labels = views[~known, 0], numbers[~known]
        before = quality(others, labels)
        lost.append(before - quality(head(others), labels))
        lost_alone.append(before - quality(head.with_share(1.0)(others), labels))
    assert np.mean(lost) < 0.06
    assert np.mean(lost_alone) > np.mean(lost) + 0.06, "the share is what keeps it"


@pytest.mark.parametrize("seed", range(8))
def test_classes_of_one_photo_forbid_nothing(seed):
    """Whichever of them are kept back: none of them has anything to find."""
    views, numbers = photos(2, 8)
    single, _ = photos(30, 1)
    numbers = np.concatenate([numbers, np.arange(2, 32)])
    head = linear.learn(np.concatenate([views, single]), numbers, np.arange(46), seed)
    assert head.share in linear.SHARES
