"""Several processes that train one network together, each on photos of its own, as `torchrun` starts them.

Each computes its gradients, all take their mean, and so all make the same step. A process alone does nothing of it.
"""

import os
from collections.abc import Sequence

import torch
from torch import Tensor, distributed


def begin() -> None:
    """Meet the other processes, if `torchrun` has started any: over NCCL where CUDA is, else over Gloo."""
    if int(os.environ.get("WORLD_SIZE", "1")) < 2 or distributed.is_initialized():
        return
    backend = "nccl" if torch.cuda.is_available() else "gloo"
    if backend == "nccl":
        torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")))
    distributed.init_process_group(backend)


def end() -> None:
    """Part from the others."""
    if distributed.is_available() and distributed.is_initialized():
        distributed.destroy_process_group()


def count() -> int:
    """How many they are."""
    return distributed.get_world_size() if distributed.is_available() and distributed.is_initialized() else 1


def number() -> int:
    """Which of them this one is, from 0."""
    return distributed.get_rank() if count() > 1 else 0


def is_first() -> bool:
    """Whether this one speaks and writes for all."""
    return number() == 0


def wait() -> None:
    """Until all have come here."""
    if count() > 1:
        distributed.barrier()


def average(tensors: Sequence[Tensor]) -> None:
    """Replace tensors by their means over all processes, in place."""
    if count() > 1:
        for tensor in tensors:
            distributed.all_reduce(tensor)
            tensor /= count()


def agree(tensors: Sequence[Tensor]) -> None:
    """Replace tensors by those of the first process, in place."""
    if count() > 1:
        for tensor in tensors:
            distributed.broadcast(tensor, 0)


def mean(value: Tensor) -> float:
    """The mean of a scalar over all processes."""
    total = value.detach().double().clone()
    average([total])
    return float(total)
