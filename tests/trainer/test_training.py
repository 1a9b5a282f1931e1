import copy

import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import torch
from torch import nn

from engine.errors import EngineError, StorageFullError
from engine.jobs import Cancelled, Job
from trainer.checkpoints import Checkpoints
from trainer.statistics import refresh_statistics
from trainer.training import Training, TrainingPlan

CPU = torch.device("cpu")


@pytest.fixture
def network():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Linear(8, 1))


@pytest.fixture
def checkpoints(tmp_path):
    return Checkpoints(tmp_path / "checkpoints", "this training")


def loss_of(network):
    def loss(step):
        inputs = torch.randn(16, 4, generator=torch.Generator().manual_seed(step))
        return (network(inputs).squeeze(1) - inputs.sum(dim=1)).square().mean()

    return loss


def cancelling_at(done):
    job = Job()
    job.report = lambda progress: job.cancel() if progress.done == done else None
    return job


def weights(network):
    return torch.cat([value.flatten().float() for value in network.state_dict().values()])


def test_two_steps_reduce_the_loss(network, checkpoints):
    loss = loss_of(network)
    before = loss(0).item()
    Training(network, TrainingPlan(2, learning_rate=0.05), checkpoints, CPU).run(lambda step: loss(0), Job())
    assert loss(0).item() < before


def test_a_settled_network_keeps_its_statistics_while_its_weights_learn(network, checkpoints):
    network[1].running_mean.fill_(0.5)
    before = network[0].weight.clone()
    plan = TrainingPlan(3, learning_rate=0.05, settled=True)
    result = Training(network, plan, checkpoints, CPU).run(loss_of(network), Job())
    assert torch.equal(result[1].running_mean, torch.full((8,), 0.5))
    assert result[1].num_batches_tracked == 0
    assert not torch.equal(network[0].weight, before)


def test_the_result_is_the_running_average_of_the_weights(network, checkpoints):
    result = Training(network, TrainingPlan(20, learning_rate=0.05), checkpoints, CPU).run(loss_of(network), Job())
    assert not result.training
    assert not torch.equal(weights(result), weights(network))


@pytest.mark.parametrize("precision", [None, torch.float16])
def test_a_resumed_training_ends_where_an_uninterrupted_one_does(network, tmp_path, precision):
    plan, twin = TrainingPlan(12, precision=precision), copy.deepcopy(network)
    straight = Training(network, plan, Checkpoints(tmp_path / "a", "k"), CPU).run(loss_of(network), Job())
    with pytest.raises(Cancelled):
        Training(twin, plan, Checkpoints(tmp_path / "b", "k"), CPU).run(loss_of(twin), cancelling_at(5))
    fresh = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Linear(8, 1))
    resumed = Training(fresh, plan, Checkpoints(tmp_path / "b", "k"), CPU).run(loss_of(fresh), Job())
    assert torch.equal(weights(straight), weights(resumed))


def test_a_checkpoint_of_before_there_was_a_scale_in_it_is_read(network, checkpoints):
    plan = TrainingPlan(4, precision=torch.float16)
    with pytest.raises(Cancelled):
        Training(network, plan, checkpoints, CPU).run(loss_of(network), cancelling_at(2))
    state = checkpoints.load()
    assert state.pop("scaler")["scale"] < 2**16  # what it begins with is too much
    checkpoints.save(state)
    Training(network, plan, checkpoints, CPU).run(loss_of(network), Job())
    assert checkpoints.load()["step"] == 4


def test_checkpoints_are_written_while_it_runs(network, checkpoints):
    written = []
    job = Job(report=lambda progress: written.append((checkpoints.load() or {}).get("step")))
    Training(network, TrainingPlan(3, checkpoint_seconds=0), checkpoints, CPU).run(loss_of(network), job)
    assert written == [None, 1, 2, 3]


def test_a_loss_that_is_no_number_stops_the_training_and_keeps_the_last_good_state(network, checkpoints):
    plan = TrainingPlan(5, checkpoint_seconds=0)
    loss = loss_of(network)
    with pytest.raises(EngineError, match="The training diverged at step 2"):
        Training(network, plan, checkpoints, CPU).run(
            lambda step: loss(step) * (float("nan") if step == 2 else 1), Job()
        )
    assert checkpoints.load()["step"] == 2


def test_a_full_disk_is_reported(network, tmp_path, checkpoints, full_disk):
    full_disk(tmp_path / "checkpoints" / "latest.pt.partial")
    with pytest.raises(StorageFullError, match="The disk is full"):
        Training(network, TrainingPlan(1), checkpoints, CPU).run(loss_of(network), Job())


def test_a_damaged_checkpoint_gives_way_to_the_one_before(tmp_path, checkpoints):
    checkpoints.save({"step": 1})
    checkpoints.save({"step": 2})
    (tmp_path / "checkpoints" / "latest.pt").write_bytes(b"torn")
    assert checkpoints.load() == {"step": 1}


def test_checkpoints_of_another_training_are_not_loaded(tmp_path, checkpoints):
    checkpoints.save({"step": 1})
    assert Checkpoints(tmp_path / "checkpoints", "another training").load() is None
    assert checkpoints.load() == {"step": 1}


def test_refreshed_statistics_are_those_of_the_pictures_shown():
    norm = nn.BatchNorm2d(1)
    refresh_statistics(nn.Sequential(norm), [torch.full((2, 1, 4, 4), value) for value in (1.0, 3.0)])
    assert norm.running_mean.item() == pytest.approx(2)
    assert norm.running_var.item() == pytest.approx(0)
    assert norm.momentum == 0.1
    assert not norm.training


def test_statistics_of_norms_that_do_not_learn_are_not_refreshed():
    class Fixed(nn.BatchNorm2d):
        def train(self, mode=True):
            return super().train(False)

    fixed, learning = Fixed(1), nn.BatchNorm2d(1)
    refresh_statistics(nn.Sequential(fixed, learning), [torch.full((2, 1, 4, 4), 3.0)])
    assert fixed.running_mean.item() == 0
    assert learning.running_mean.item() == pytest.approx(3, abs=1e-3)
