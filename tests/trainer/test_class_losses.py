"""Losses that know every class, and mixing of pictures."""

import math

import pytest

pytest.importorskip("pytorch_metric_learning", reason="the trainer needs the extra [train]")

import torch
from torch.nn import functional

from trainer.losses.classes import ArcFaceLoss, ClassificationLoss, ProxyAnchorLoss, mixed

DIM, CLASSES, PHOTOS = 6, 4, 10


def made(kind, **options):
    torch.manual_seed(0)
    return kind(DIM, CLASSES, **options)


@pytest.fixture(params=[ClassificationLoss, ProxyAnchorLoss, ArcFaceLoss])
def loss(request):
    return made(request.param)


@pytest.fixture
def embeddings():
    return functional.normalize(torch.randn(PHOTOS, DIM, generator=torch.Generator().manual_seed(1)), dim=1)


@pytest.fixture
def labels():
    return torch.arange(PHOTOS) % 3  # one class is not in the batch


def cosines(embeddings, proxies):
    return functional.normalize(embeddings, dim=1) @ functional.normalize(proxies, dim=1).T


def test_proxies_pull_and_push_as_loops_say(embeddings, labels):
    loss = made(ProxyAnchorLoss)
    seen = cosines(embeddings, loss.loss.proxies.detach())
    pull = [
        math.log(1 + sum(math.exp(-32 * (seen[i, c].item() - 0.1)) for i in range(PHOTOS) if labels[i] == c))
        for c in range(3)
    ]
    push = [
        math.log(1 + sum(math.exp(32 * (seen[i, c].item() + 0.1)) for i in range(PHOTOS) if labels[i] != c))
        for c in range(CLASSES)
    ]
    assert loss(embeddings, labels).item() == pytest.approx(sum(pull) / 3 + sum(push) / CLASSES, rel=1e-4)


def test_arcface_sees_the_own_class_farther_away(embeddings, labels):
    loss = made(ArcFaceLoss)
    loss.at(5)
    seen, losses = cosines(embeddings, loss.loss.W.detach().T), []
    for i in range(PHOTOS):
        scores = [32 * cosine for cosine in seen[i].tolist()]
        scores[labels[i]] = 32 * math.cos(math.acos(seen[i, labels[i]].item()) + math.radians(20))
        losses.append(math.log(sum(map(math.exp, scores))) - scores[labels[i]])
    assert loss(embeddings, labels).item() == pytest.approx(sum(losses) / PHOTOS, rel=1e-3)


def test_the_margin_of_arcface_grows():
    loss = made(ArcFaceLoss, margin=20.0, ramp=5.0)
    margins = []
    for epoch in (0, 1, 2.5, 5, 50):
        loss.at(epoch)
        margins.append(loss.margin)
    assert margins == pytest.approx([0, 4, 10, 20, 20])


def test_arcface_without_a_ramp_is_strict_at_once():
    assert made(ArcFaceLoss, ramp=0).margin == pytest.approx(20)


def test_smoothing_spreads_a_share_of_the_target(embeddings, labels):
    loss = made(ClassificationLoss, smoothing=0.2)
    likelihoods = loss.scores(embeddings).log_softmax(dim=1)
    wanted = -(0.8 * likelihoods[range(PHOTOS), labels] + 0.2 * likelihoods.mean(dim=1)).mean()
    assert loss(embeddings, labels).item() == pytest.approx(wanted.item(), abs=1e-6)


def test_shares_of_classes_are_targets_too(embeddings, labels):
    loss = made(ClassificationLoss)
    whole = functional.one_hot(labels, CLASSES).float()
    assert loss(embeddings, whole).item() == pytest.approx(loss(embeddings, labels).item(), abs=1e-6)
    half = (whole + whole.flip(0)) / 2
    wanted = (loss(embeddings, labels) + loss(embeddings, labels.flip(0))) / 2
    assert loss(embeddings, half).item() == pytest.approx(wanted.item(), abs=1e-6)


def test_a_temperature_turns_scores_into_cosines(embeddings):
    loss = made(ClassificationLoss, temperature=0.09)
    assert loss.layer.bias is None
    assert torch.allclose(loss.scores(embeddings * 7), cosines(embeddings, loss.layer.weight) / 0.09, atol=1e-5)


@pytest.mark.parametrize("kind", [ProxyAnchorLoss, ArcFaceLoss])
def test_photos_at_their_proxies_cost_less_than_elsewhere(kind, embeddings, labels):
    loss = made(kind)
    proxies = loss.loss.proxies if kind is ProxyAnchorLoss else loss.loss.W
    with torch.no_grad():
        axes = torch.eye(CLASSES, DIM)
        proxies.copy_(axes if kind is ProxyAnchorLoss else axes.T)
    loss.at(100)
    assert loss(torch.eye(CLASSES, DIM)[labels], labels) < 0.2 * loss(embeddings, labels)


def test_a_confident_classifier_costs_nothing_without_smoothing(labels):
    loss = made(ClassificationLoss, smoothing=0)
    with torch.no_grad():
        loss.layer.weight.copy_(100 * torch.eye(CLASSES, DIM))
    assert loss(torch.eye(CLASSES, DIM)[labels], labels).item() == pytest.approx(0, abs=1e-6)


def test_own_parameters_learn_faster(loss):
    assert {ClassificationLoss: 1, ProxyAnchorLoss: 100, ArcFaceLoss: 10}[type(loss)] == loss.rate
    assert sum(value.numel() for value in loss.parameters()) >= DIM * CLASSES


def test_gradients_are_numbers_for_embeddings_and_proxies(loss, embeddings, labels):
    embeddings.requires_grad_()
    loss.at(3)
    loss(embeddings, labels).backward()
    for value in (embeddings, *loss.parameters()):
        assert value.grad.isfinite().all()
        assert value.grad.abs().sum() > 0


def test_photos_exactly_at_their_centres_have_gradients_that_are_numbers(labels):
    """The angle's derivative is infinite there."""
    loss = made(ArcFaceLoss, ramp=0)
    embeddings = functional.normalize(loss.loss.W.detach().T, dim=1)[labels].requires_grad_()
    loss(embeddings, labels).backward()
    assert embeddings.grad.isfinite().all()


def test_embeddings_that_are_no_numbers_give_a_loss_that_is_none(loss, embeddings, labels):
    embeddings[0, 0] = math.nan
    assert loss(embeddings, labels).isnan()


def test_a_loss_continues_from_its_state(loss, embeddings, labels):
    other = type(loss)(DIM, CLASSES)
    other.load_state_dict(loss.state_dict())
    assert torch.equal(other(embeddings, labels), loss(embeddings, labels))


def test_mixing_blends_pictures_and_targets_alike():
    chance = torch.Generator().manual_seed(3)
    targets = torch.eye(4)
    pictures = targets[:, :, None, None].expand(4, 4, 2, 2)
    blended, shares = mixed(pictures, targets, 1.0, chance)
    assert torch.allclose(blended[:, :, 0, 0], shares)
    assert torch.allclose(shares.sum(dim=1), torch.ones(4))
    assert not torch.equal(shares, targets)


def test_mixing_is_decided_by_the_generator():
    pictures, targets = torch.rand(8, 3, 4, 4), torch.eye(8)
    twice = [mixed(pictures, targets, 0.1, torch.Generator().manual_seed(5))[1] for _ in range(2)]
    assert torch.equal(*twice)


def test_shares_follow_the_beta_distribution():
    """With 0.1 most shares are near 0 or 1, with 10 near a half."""
    chance, spread = torch.Generator().manual_seed(0), {}
    for alpha in (0.1, 10.0):
        shares = [mixed(torch.zeros(2, 1, 1, 1), torch.eye(2), alpha, chance)[1].max().item() for _ in range(300)]
        spread[alpha] = sum(share > 0.9 for share in shares) / len(shares)
    assert spread[0.1] > 0.8
    assert spread[10.0] < 0.6


def test_no_alpha_mixes_nothing():
    pictures, targets = torch.rand(4, 3, 2, 2), torch.eye(4)
    blended, shares = mixed(pictures, targets, 0, torch.Generator())
    assert blended is pictures
    assert shares is targets
