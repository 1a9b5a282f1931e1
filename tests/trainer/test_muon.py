"""The optimiser against what it promises, and against torch's own where both can be used."""

import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import torch
from torch import nn

from engine.jobs import Job
from trainer.checkpoints import Checkpoints
from trainer.muon import Muon, orthogonalised
from trainer.training import Training, TrainingPlan

CPU = torch.device("cpu")


def drawn(*shape, seed=0):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def weight(*shape, seed=0):
    return nn.Parameter(drawn(*shape, seed=seed))


@pytest.mark.parametrize("shape", [(8, 8), (6, 40), (40, 6)])
def test_all_directions_come_out_about_alike(shape):
    values = torch.linalg.svdvals(orthogonalised(drawn(*shape)))
    assert values.min() > 0.3
    assert values.max() < 1.25


def test_directions_are_kept():
    left, _, right = torch.linalg.svd(drawn(8, 8))
    given = orthogonalised(left @ torch.diag(torch.linspace(0.5, 2, 8)) @ right)
    assert torch.diag(left.T @ given @ right.T).min() > 0.6
    assert (given - left @ torch.diag(torch.diag(left.T @ given @ right.T)) @ right).abs().max() < 1e-4


def test_nothing_to_learn_is_no_error():
    assert torch.equal(orthogonalised(torch.zeros(4, 6)), torch.zeros(4, 6))


@pytest.mark.parametrize("shape", [(12, 30), (30, 12)])
def test_a_matrix_goes_where_torchs_own_would_take_it(shape):
    """Which computes in bfloat16, so not exactly there."""
    ours, theirs = weight(*shape), weight(*shape)
    torch_muon = torch.optim.Muon([theirs], lr=0.02, weight_decay=0.1, momentum=0.95, adjust_lr_fn="original")
    muon = Muon([{"params": [ours], "orthogonal": True}], 0.02, weight_decay=0.1)
    before = ours.detach().clone()
    for step in range(3):
        ours.grad, theirs.grad = drawn(*shape, seed=step + 1), drawn(*shape, seed=step + 1)
        muon.step()
        torch_muon.step()
    moved = (ours - before).norm()
    assert (ours - theirs).norm() < 0.03 * moved


def test_other_groups_go_where_adamw_takes_them():
    ours, theirs = weight(5), weight(5)
    muon = Muon([{"params": [ours]}, {"params": [weight(3, 4)], "orthogonal": True}], 0.02, weight_decay=0.1)
    adam = torch.optim.AdamW([theirs], 0.02, weight_decay=0.1)
    for step in range(3):
        ours.grad, theirs.grad = drawn(5, seed=step), drawn(5, seed=step)
        muon.step()
        adam.step()
    assert torch.equal(ours, theirs)


def test_a_filter_is_a_matrix_of_its_outputs():
    flat, filters = weight(6, 18), nn.Parameter(drawn(6, 18).view(6, 2, 3, 3))
    muon = Muon([{"params": [flat, filters], "orthogonal": True}], 0.02, weight_decay=0.0)
    flat.grad = drawn(6, 18, seed=1)
    filters.grad = flat.grad.view(6, 2, 3, 3).clone()
    muon.step()
    assert torch.equal(flat, filters.flatten(1))


def test_a_closure_is_asked_for_the_gradients():
    matrix = weight(4, 6)
    muon = Muon([{"params": [matrix], "orthogonal": True}], 0.02, weight_decay=0.0)
    before = matrix.detach().clone()

    def closure():
        loss = matrix.square().sum()
        torch.autograd.backward(loss)
        return loss.item()

    assert muon.step(closure) == pytest.approx(float(before.square().sum()))
    assert not torch.equal(matrix, before)


def convolutional():
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(3, 8, 1), nn.Conv2d(8, 8, 3, groups=8), nn.BatchNorm2d(8), nn.Flatten(), nn.Linear(72, 2)
    )


def loss_of(network):
    def loss(step):
        pictures = drawn(6, 3, 5, 5, seed=step)
        return (network(pictures) - pictures.mean(dim=(2, 3))[:, :2]).square().mean()

    return loss


def test_a_plan_gives_it_the_convolutions_that_mix_channels(tmp_path):
    network = convolutional()
    training = Training(network, TrainingPlan(1, 0.01, matrix_rate=0.1), Checkpoints(tmp_path, "k"), CPU)
    turned = {id(one) for group in training._optimizer.param_groups if group["orthogonal"] for one in group["params"]}
    assert [name for name, one in network.named_parameters() if id(one) in turned] == ["0.weight"]
    training._set_rate()
    rates = {group["orthogonal"]: group["lr"] for group in training._optimizer.param_groups}
    assert rates[True] == pytest.approx(10 * rates[False])


def test_a_training_with_it_is_resumed_as_if_it_had_never_stopped(tmp_path):
    plan = TrainingPlan(8, 0.01, matrix_rate=0.1)
    straight = convolutional()
    wanted = Training(straight, plan, Checkpoints(tmp_path / "a", "k"), CPU).run(loss_of(straight), Job())
    first = convolutional()
    stopping = Training(first, plan, Checkpoints(tmp_path / "b", "k"), CPU)
    for _ in range(3):
        stopping._learn(loss_of(first))
    stopping._save()
    again = convolutional()
    got = Training(again, plan, Checkpoints(tmp_path / "b", "k"), CPU).run(loss_of(again), Job())
    for name, value in wanted.state_dict().items():
        assert torch.equal(value, got.state_dict()[name]), name
