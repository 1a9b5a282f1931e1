"""Several processes that train one network together, each on photos of its own, as `torchrun` starts them.

Each computes its gradients, all take their mean, and so all make the same step. A process alone does nothing of it, and
then nothing here loads torch.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

_BEGUN: list[int] = []
"""The number of processes and the one that this is, once they have met."""


def begin() -> None:
    """Meet the other processes, if `torchrun` has started any: over NCCL where CUDA is, else over Gloo."""
    if _BEGUN or int(os.environ.get("WORLD_SIZE", "1")) < 2:
        return
    import torch
    from torch import distributed

    backend = "nccl" if torch.cuda.is_available() else "gloo"
    if backend == "nccl":
        torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")))
    distributed.init_process_group(backend)
    _BEGUN.extend((distributed.get_world_size(), distributed.get_rank()))


def end() -> None:
    """Part from the others when all are ready to: Gloo may abort a process that others leave too early."""
    if _BEGUN:
        from torch import distributed

        distributed.barrier()
        distributed.destroy_process_group()
        _BEGUN.clear()


def count() -> int:
    """How many they are."""
    return _BEGUN[0] if _BEGUN else 1


def number() -> int:
    """Which of them this one is, from 0."""
    return _BEGUN[1] if _BEGUN else 0


def is_first() -> bool:
    """Whether this one speaks and writes for all."""
    return number() == 0


@contextmanager
def first_alone() -> Iterator[None]:
    """What writes files that the others then find: the first process does it, and the others after it."""
    if not is_first():
        _wait()
    yield
    if is_first():
        _wait()


def average(tensors: Sequence["Tensor"]) -> None:
    """Replace tensors by their means over all processes, in place."""
    if _BEGUN:
        from torch import distributed

        for tensor in tensors:
            distributed.all_reduce(tensor)
            tensor /= count()


def agree(tensors: Sequence["Tensor"]) -> None:
    """Replace tensors by those of the first process, in place."""
    if _BEGUN:
        from torch import distributed

        for tensor in tensors:
            distributed.broadcast(tensor, 0)


def mean(value: "Tensor") -> float:
    """The mean of a scalar over all processes."""
    total = value.detach().double().clone()
    average([total])
    return float(total)


def _wait() -> None:
    if _BEGUN:
        from torch import distributed

        distributed.barrier()
