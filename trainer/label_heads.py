"""Linear layers that bring together photos whose labels are alike, fitted to cached views. Seconds.

Three ways, with the losses of `trainer.losses.label_similarity`. A head's share is 1.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.errors import EngineError
from engine.jobs import Job
from trainer.heads import Head
from trainer.label_space import neighbour_targets
from trainer.losses.base import Loss
from trainer.losses.label_similarity import NeighbourLoss, SimilarityLoss, SimilarityRegressionLoss
from trainer.schedules import learning_rate_factor

DIM = 128
STEPS, BATCH = 150, 256
LEARNING_RATE, WEIGHT_DECAY, WARM_UP, CLIP = 1e-2, 1e-2, 0.05, 1.0
MEMORY = 4096
TEMPERATURE, NEAREST = 0.2, 64
"""Of the contrast; 0.1 and 16 photos were worse on 850 photos with 31 labels (`benchmarks/several_labels.py`)."""
NEIGHBOURS = 0.06
"""Share of the photos that count as neighbours of one: 60 of 1,000, as in Remeus/simage."""
_JOB_STEPS = 20
"""Optimiser steps between two questions whether to stop."""
Vectors = NDArray[np.float32]
FitHead = Callable[[Vectors, Vectors, int, Job], Head]
"""From views float32 [photos, views, dim], each of length 1, the photos' places by their labels, float32 [photos, label
dim], and a seed."""


def contrast(views: Vectors, labels: Vectors, seed: int, job: Job) -> Head:
    """Every photo shall find the others in the order of their likeness."""
    memory = min(MEMORY, len(views))
    loss = SimilarityLoss(DIM, labels.shape[1], TEMPERATURE, nearest=NEAREST, memory=memory)
    return _fitted(views, labels, loss, seed, job)


def regression(views: Vectors, labels: Vectors, seed: int, job: Job) -> Head:
    """The cosine of two photos shall be how much they have in common."""
    return _fitted(views, labels, SimilarityRegressionLoss(), seed, job)


def neighbours(views: Vectors, labels: Vectors, seed: int, job: Job) -> Head:
    """Every photo shall name its neighbours among all others: photos that name the same ones are alike.

    The layer has an output for every photo. Its outputs without their mean have the cosines of their principal
    components, so an embedding need not be as large as the library.
    """
    loss = neighbour_layer(views, labels, seed, job)
    weight: Vectors = loss.layer.weight.detach().numpy()
    _, lengths, axes = np.linalg.svd(weight, full_matrices=False)
    kept = (lengths[:, None] * axes)[:DIM] / max(float(lengths[0]), np.finfo(np.float32).tiny)
    return _head(kept, -kept @ views[:, 0].mean(axis=0))


def neighbour_layer(views: Vectors, labels: Vectors, seed: int, job: Job) -> NeighbourLoss:
    """What finds nothing but the photos that it was fitted to; see `neighbours`."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        loss = NeighbourLoss(views.shape[2], len(views))
        targets = neighbour_targets(labels, max(1, round(NEIGHBOURS * len(views))))
        _optimise(nn.Identity(), loss, views, torch.from_numpy(targets), seed, job)
    return loss


def _fitted(views: Vectors, labels: Vectors, loss: Loss, seed: int, job: Job) -> Head:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        layer = nn.Linear(views.shape[2], DIM)
        _optimise(layer, loss, views, torch.from_numpy(labels), seed, job)
    return _head(layer.weight.detach().numpy(), layer.bias.detach().numpy())


@contextmanager
def _one_thread() -> Iterator[None]:
    """Matrices are so small that threads would spend their time waiting for one another."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@_one_thread()
def _optimise(layer: nn.Module, loss: Loss, views: Vectors, targets: Tensor, seed: int, job: Job) -> None:
    """Show one view of each photo of a batch after the other, so that every photo is seen about as often."""
    chance = torch.Generator().manual_seed(seed)
    pictures = torch.from_numpy(views)
    learning = [*layer.parameters(), *loss.parameters()]
    optimizer = torch.optim.AdamW(learning, LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    waiting = torch.empty(0, dtype=torch.int64)
    for step in range(STEPS):
        if step % _JOB_STEPS == 0:
            job.checkpoint()
        if len(waiting) < min(BATCH, len(views)):
            waiting = torch.cat([waiting, torch.randperm(len(views), generator=chance)])
        batch, waiting = waiting[:BATCH], waiting[BATCH:]
        which = torch.randint(views.shape[1], (len(batch),), generator=chance)
        cost = loss(layer(pictures[batch, which]), targets[batch])
        if not cost.isfinite():
            raise EngineError("The training diverged: its loss is no number any more.", "Label more photos.")
        for group in optimizer.param_groups:
            group["lr"] = LEARNING_RATE * learning_rate_factor(step, STEPS, WARM_UP)
        optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(cost)
        nn.utils.clip_grad_norm_(learning, CLIP)
        optimizer.step()


def _head(weight: Vectors, bias: Vectors) -> Head:
    return Head(weight.astype(np.float32), bias.astype(np.float32), posterior=False, share=1.0)
