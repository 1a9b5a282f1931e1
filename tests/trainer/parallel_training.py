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


def train(folder, together=1):
    """The weights after some steps; a process alone takes the batches that so many would take together."""
    torch.manual_seed(0)
    network = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))
    plan = TrainingPlan(STEPS, accumulate=together)

    def loss(number):
        batch = number * parallel.count() + parallel.number()
        inputs = torch.randn(16, 4, generator=torch.Generator().manual_seed(batch))
        return (network(inputs).squeeze(1) - inputs.sum(dim=1)).square().mean()

    return Training(network, plan, Checkpoints(folder, "k"), torch.device("cpu")).run(loss, Job()).state_dict()


if __name__ == "__main__":
    parallel.begin()
    place = Path(sys.argv[1])
    torch.save(train(place / str(parallel.number())), place / f"{parallel.number()}.pt")
    parallel.end()
