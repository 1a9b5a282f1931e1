"""Losses between the photos of a batch, against the same thing said with loops."""

import itertools
import math

import pytest

pytest.importorskip("pytorch_metric_learning", reason="the trainer needs the extra [train]")

import torch
from torch.nn import functional

from trainer.losses.pairs import ContrastiveLoss, SupConLoss, TripletLoss, semi_hard_triplets

LOSSES = [
    TripletLoss(),
    TripletLoss(1.0),
    TripletLoss(mining="batch-hard"),
    ContrastiveLoss(),
    ContrastiveLoss(0.67, 0, 1, "euclidean"),
    SupConLoss(),
]


def batch(seed=0, photos=12, dim=5, classes=4, scale=1.0):
    chance = torch.Generator().manual_seed(seed)
    embeddings = functional.normalize(torch.randn(photos, dim, generator=chance), dim=1) * scale
    return embeddings, torch.arange(photos) % classes


def perfect(classes=4, each=3):
    """Every class in one place, at right angles to the others."""
    labels = torch.arange(classes).repeat_interleave(each)
    return torch.eye(classes)[labels], labels


def pairs(labels):
    everyone = range(len(labels))
    return [(a, p) for a, p in itertools.permutations(everyone, 2) if labels[a] == labels[p]]


def semi_hard(embeddings, labels, margin):
    """`TripletSemiHardLoss` of TensorFlow Addons in words: for every ordered pair of a class."""
    losses = []
    for a, p in pairs(labels):
        near = (embeddings[a] - embeddings[p]).norm().item()
        far = [(embeddings[a] - embeddings[n]).norm().item() for n in range(len(labels)) if labels[n] != labels[a]]
        beyond = [distance for distance in far if distance > near]
        losses.append(max(0, margin + near - (min(beyond) if beyond else max(far))))
    return sum(losses) / len(losses)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("margin", [1.0, 0.1])
def test_semi_hard_triplets_give_what_loops_give(seed, margin):
    embeddings, labels = batch(seed, photos=40 if seed == 4 else 12)
    assert TripletLoss(margin)(embeddings, labels).item() == pytest.approx(
        semi_hard(embeddings, labels, margin), abs=1e-4
    )


def test_semi_hard_triplets_of_a_case_that_can_be_checked_by_hand():
    """On a line: two of class 0 at 0 and 2, two of class 1 at 3 and 10."""
    embeddings, labels = torch.tensor([[0.0], [2.0], [3.0], [10.0]]), torch.tensor([0, 0, 1, 1])
    anchors, positives, negatives = semi_hard_triplets(torch.cdist(embeddings, embeddings), labels)
    chosen = dict(zip(zip(anchors.tolist(), positives.tolist(), strict=True), negatives.tolist(), strict=True))
    # From 2 the positive is 2 away, so the nearest beyond is 10; from 3 nothing is beyond 7, so the farthest: 0.
    assert chosen == {(0, 1): 2, (1, 0): 3, (2, 3): 0, (3, 2): 1}
    assert TripletLoss(1.0)(embeddings, labels).item() == pytest.approx((0 + 0 + (7 - 3 + 1) + 0) / 4)


@pytest.mark.parametrize("seed", range(3))
def test_batch_hard_triplets_give_what_loops_give(seed):
    embeddings, labels = batch(seed)
    distances = torch.cdist(embeddings, embeddings)
    losses = [
        max(0, 0.1 + distances[a][labels == labels[a]].max().item() - distances[a][labels != labels[a]].min().item())
        for a in range(len(labels))
    ]
    wanted = sum(losses) / len(losses)
    assert TripletLoss(0.1, "batch-hard")(embeddings, labels).item() == pytest.approx(wanted, abs=1e-5)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("fraction", [0.33, 0.67])
def test_contrastive_pairs_give_what_loops_give(seed, fraction):
    embeddings, labels = batch(seed)
    cosine, euclidean = {True: [], False: []}, {True: [], False: []}
    for a, b in itertools.combinations(range(len(labels)), 2):
        same = bool(labels[a] == labels[b])
        angle, distance = 1 - (embeddings[a] @ embeddings[b]).item(), (embeddings[a] - embeddings[b]).norm().item()
        cosine[same].append(max(0, angle - 0.2) if same else max(0, 0.5 - angle))
        euclidean[same].append(distance**2 if same else max(0, 1 - distance) ** 2)
    for loss, values in (
        (ContrastiveLoss(fraction), cosine),
        (ContrastiveLoss(fraction, 0, 1, "euclidean"), euclidean),
    ):
        means = {same: sum(given) / len(given) for same, given in values.items()}
        wanted = fraction * means[True] + (1 - fraction) * means[False]
        assert loss(embeddings, labels).item() == pytest.approx(wanted, abs=1e-5)


@pytest.mark.parametrize("seed", range(3))
def test_supervised_contrast_gives_what_loops_give(seed):
    embeddings, labels = batch(seed)
    losses = []
    for a in range(len(labels)):
        others = [b for b in range(len(labels)) if b != a]
        total = sum(math.exp((embeddings[a] @ embeddings[b]).item() / 0.1) for b in others)
        mates = [b for b in others if labels[b] == labels[a]]
        likely = [(embeddings[a] @ embeddings[b]).item() / 0.1 - math.log(total) for b in mates]
        losses.append(-sum(likely) / len(likely))
    assert SupConLoss()(embeddings, labels).item() == pytest.approx(sum(losses) / len(losses), abs=1e-4)


@pytest.mark.parametrize("loss", LOSSES[:5], ids=range(5))
def test_a_perfect_separation_costs_nothing(loss):
    assert loss(*perfect()).item() == pytest.approx(0, abs=1e-6)


def test_a_perfect_separation_is_the_best_that_supervised_contrast_can_see():
    embeddings, labels = perfect()
    best = SupConLoss(0.01)(embeddings, labels).item()
    assert best == pytest.approx(math.log(2), abs=1e-3)  # two mates share the likelihood
    assert best < SupConLoss(0.01)(*batch()).item()


@pytest.mark.parametrize("loss", LOSSES, ids=range(6))
def test_gradients_are_numbers_and_lead_downhill(loss):
    embeddings, labels = batch(1)
    embeddings.requires_grad_()
    before = loss(embeddings, labels)
    before.backward()
    assert embeddings.grad.isfinite().all()
    assert embeddings.grad.abs().sum() > 0
    with torch.no_grad():
        stepped = embeddings - 1e-3 * embeddings.grad
    assert loss(stepped, labels).item() < before.item()


@pytest.mark.parametrize("loss", LOSSES, ids=range(6))
@pytest.mark.parametrize("case", ["all the same place", "one class", "one photo per class", "one photo"])
def test_odd_batches_give_numbers_and_gradients_that_are_numbers(loss, case):
    embeddings, labels = batch()
    match case:
        case "all the same place":
            embeddings = torch.ones_like(embeddings)
        case "one class":
            labels = torch.zeros_like(labels)
        case "one photo per class":
            labels = torch.arange(len(labels))
        case "one photo":
            embeddings, labels = embeddings[:1], labels[:1]
    embeddings = embeddings.clone().requires_grad_()
    value = loss(embeddings, labels)
    value.backward()
    assert value.isfinite()
    assert embeddings.grad.isfinite().all()


@pytest.mark.parametrize("loss", LOSSES, ids=range(6))
@pytest.mark.parametrize("wrong", [math.nan, math.inf])
def test_embeddings_that_are_no_numbers_give_a_loss_that_is_none(loss, wrong):
    """Miners drop triplets that compare with no number: the loss would be 0, and the training go on with rubbish."""
    embeddings, labels = batch()
    embeddings[3, 2] = wrong
    assert loss(embeddings, labels).isnan()


def test_half_precision_is_computed_in_full():
    embeddings, labels = batch()
    assert TripletLoss()(embeddings.half(), labels).dtype == torch.float32


def test_the_share_of_active_triplets_is_told():
    loss = TripletLoss(0.1)
    loss(*perfect())
    assert loss.active == 0
    loss(torch.ones(6, 3), torch.tensor([0, 0, 0, 1, 1, 1]))
    assert loss.active == 1
