"""One of several processes that train a tiny network together; run by a test, with the environment of `torchrun`."""

import sys
from pathlib import Path

import torch
from torch import nn

from engine.jobs import Job
from trainer import parallel
from trainer.checkpoints import Checkpoints
from trainer.training import Training, TrainingPlan

STEPS = 4
SMALL = 1e-4
"""So small a loss has gradients that float16 holds even when they are scaled."""


def train(folder, together=1):
    """The weights after some steps; a process alone takes the batches that so many would take together."""
    network, plan = _network(), TrainingPlan(STEPS, accumulate=together)

    def loss(number):
        batch = number * parallel.count() + parallel.number()
        inputs = torch.randn(16, 4, generator=torch.Generator().manual_seed(batch))
        return (network(inputs).squeeze(1) - inputs.sum(dim=1)).square().mean()

    return _trained(network, plan, folder, loss)


def train_in_halves(folder):
    """The same in float16, which does not hold the gradients that the second process finds in the second step."""
    network, plan = _network(), TrainingPlan(STEPS, precision=torch.float16)

    def loss(number):
        inputs = torch.randn(16, 4, generator=torch.Generator().manual_seed(number))
        share = 1.0 if (number, parallel.number()) == (1, 1) else SMALL
        return (network(inputs).squeeze(1).float() - inputs.sum(dim=1)).square().mean() * share

    return _trained(network, plan, folder, loss)


def _network():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))


def _trained(network, plan, folder, loss):
    return Training(network, plan, Checkpoints(folder, "k"), torch.device("cpu")).run(loss, Job()).state_dict()


if __name__ == "__main__":
    parallel.begin()
    place = Path(sys.argv[1])
    torch.save(train(place / str(parallel.number())), place / f"{parallel.number()}.pt")
    assert parallel.any_says(parallel.number() == 1)
    assert not parallel.any_says(False)
    torch.save(train_in_halves(place / f"{parallel.number()} in halves"), place / f"{parallel.number()} in halves.pt")
    parallel.end()
