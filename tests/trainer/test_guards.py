import math

import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import torch

from trainer.guards import STEPS, embedding_trouble, loss_trouble


def random(dim=128, photos=200, offset=0.0):
    directions = torch.randn(photos, dim, generator=torch.Generator().manual_seed(0))
    return torch.nn.functional.normalize(directions, dim=1) + offset


@pytest.mark.parametrize("dim", [2, 128, 2048])
def test_embeddings_that_differ_are_no_trouble(dim):
    assert embedding_trouble(random(dim)) is None


@pytest.mark.parametrize("few", [0, 1])
def test_a_single_photo_tells_nothing(few):
    assert embedding_trouble(random(photos=few)) is None


def test_embeddings_that_are_all_alike_are_a_collapse():
    verdict = embedding_trouble(random(offset=3.0))
    assert verdict.trouble == "collapsing"
    assert "two photos have a cosine of 0.99" in verdict.message
    assert "half the rate" in verdict.hint


def test_the_mean_cosine_is_that_of_different_photos():
    """At a mean cosine of 0.975 there is no alarm, though that of photos with themselves would raise it."""
    sine = math.sqrt(0.025)
    axes = torch.eye(4)[:3] * sine + torch.eye(4)[3] * math.sqrt(0.975)
    assert embedding_trouble(axes) is None


def test_many_values_that_hardly_differ_are_a_collapse():
    """In two thousand dimensions small differences add up to a cosine that raises no alarm."""
    verdict = embedding_trouble(torch.nn.functional.normalize(random(4096) * 0.3 + 1 / 64, dim=1))
    assert verdict.trouble == "collapsing"
    assert "standard deviation" in verdict.message


def test_embeddings_that_are_no_numbers_have_diverged():
    embeddings = random()
    embeddings[3, 3] = math.nan
    assert embedding_trouble(embeddings).trouble == "diverged"


def test_a_loss_that_falls_is_no_trouble():
    assert loss_trouble([1 - step / 100 for step in range(90)], margin=1.0) is None
    assert loss_trouble([], margin=1.0) is None


def test_a_loss_that_stays_at_the_margin_is_a_collapse_after_a_while():
    assert loss_trouble([0.1001] * (STEPS - 1), margin=0.1) is None
    verdict = loss_trouble([0.5, *[0.1001] * STEPS], margin=0.1)
    assert verdict.trouble == "collapsing"
    assert f"the loss has been the margin, 0.1, for {STEPS} steps" in verdict.message
    assert loss_trouble([*[0.1] * STEPS, 0.09], margin=0.1) is None
    assert loss_trouble([0.1] * STEPS) is None  # no margin, no such thing


def test_a_loss_that_is_no_number_has_diverged():
    assert loss_trouble([0.3, math.nan]).trouble == "diverged"
    assert "since step 2" in loss_trouble([0.3, math.inf]).message


def test_triplets_that_teach_nothing_are_no_collapse():
    falling = [1 / (step + 1) for step in range(STEPS)]
    verdict = loss_trouble(falling, 0.1, active=[0.001] * STEPS)
    assert verdict.trouble == "idle"
    assert "fewer than 1%" in verdict.message
    assert loss_trouble(falling, 0.1, active=[*[0.001] * (STEPS - 1), 0.2]) is None
    assert loss_trouble(falling, 0.1, active=[0.001] * 5) is None
