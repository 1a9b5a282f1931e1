"""What varies within classes counts less."""

import numpy as np
import pytest

from engine.evaluation.metrics import average_precision_at_r
from engine.evaluation.ranking import leave_one_out, unit
from trainer.recipes import linear
from trainer.within_class import SHRINKAGE, normalise_within_classes

DIM = 16


@pytest.fixture
def chance():
    return np.random.default_rng(0)


def photos(chance, classes, each=30):
    """Of classes that differ in eight directions, in light that differs from photo to photo in two others."""
    centres = np.zeros((classes, DIM))
    centres[:, :8] = chance.normal(size=(classes, 8))
    numbers = np.repeat(np.arange(classes), each)
    light = np.zeros((len(numbers), DIM))
    light[:, 8:10] = 4 * chance.normal(size=(len(numbers), 2))
    noise = 0.5 * chance.normal(size=(len(numbers), DIM))
    return unit((centres[numbers] + light + noise).astype(np.float32)), numbers


def quality(embeddings, numbers):
    return average_precision_at_r(leave_one_out(unit(embeddings), numbers.tolist())).mean()


def test_it_is_the_shrunk_inverse_root_of_the_covariance_within_classes(chance):
    embeddings, numbers = photos(chance, 3)
    turn = normalise_within_classes(embeddings, numbers)
    within = np.concatenate([embeddings[numbers == one] - embeddings[numbers == one].mean(axis=0) for one in range(3)])
    covariance = within.T @ within / len(within)
    shrunk = (1 - SHRINKAGE) * covariance + SHRINKAGE * np.trace(covariance) / DIM * np.eye(DIM)
    whitened = turn.weight @ shrunk @ turn.weight.T
    np.testing.assert_allclose(whitened / whitened[0, 0], np.eye(DIM), atol=1e-5)
    assert abs(turn(embeddings).mean(axis=0)).max() < 1e-6


def test_copies_of_one_photo_say_nothing_of_what_varies(chance):
    """Three times the same photo varies by rounding only."""
    apart = unit(chance.normal(size=(4, DIM)).astype(np.float32))
    turned = unit(normalise_within_classes(np.repeat(apart, 3, axis=0), np.repeat(np.arange(4), 3))(apart))
    centred = unit(apart - apart.mean(axis=0))
    np.testing.assert_allclose(turned @ turned.T, centred @ centred.T, atol=0.05)


def test_classes_that_were_not_learned_gain_by_it_too(chance):
    embeddings, numbers = photos(chance, 8)
    known = numbers < 4
    turn = normalise_within_classes(embeddings[known], numbers[known])
    others, labels = embeddings[~known], numbers[~known]
    assert quality(turn(others), labels) > quality(others, labels) + 0.1


def test_photos_that_do_not_vary_are_centred_only():
    embeddings = np.repeat(np.eye(DIM, dtype=np.float32)[:2], 3, axis=0)
    turn = normalise_within_classes(embeddings, np.repeat([0, 1], 3))
    np.testing.assert_array_equal(turn.weight, np.eye(DIM))


def test_the_recipe_turns_what_it_keeps_where_that_helps(chance):
    embeddings, numbers = photos(chance, 4)
    head = linear.learn(embeddings[:, None], numbers, np.arange(len(numbers)), 0)
    assert head.turn is not None
    others, labels = photos(np.random.default_rng(1), 4)
    assert quality(head(others), labels) > quality(head.with_turn(None)(others), labels)
