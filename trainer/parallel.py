"""Several processes that train one network together, each on photos of its own, as `torchrun` starts them.

Each computes its gradients, all take their mean, and so all make the same step. A process alone does nothing of it, and
then nothing here loads torch.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch
    from torch import Tensor

_PATIENCE = timedelta(days=30)
"""The others wait while the first one reads photos; if it ends, they hear of that at once."""
_BEGUN: list[int] = []
"""The number of processes and the one that this is, once they have met."""
_ON_GPUS: list[Any] = []
"""The same processes as a group over NCCL, once they train on GPUs."""


def begin() -> None:
    """Meet the other processes, if `torchrun` has started any: over Gloo, which every machine has."""
    if _BEGUN or int(os.environ.get("WORLD_SIZE", "1")) < 2:
        return
    from torch import distributed

    distributed.init_process_group("gloo", timeout=_PATIENCE)
    _BEGUN.extend((distributed.get_world_size(), distributed.get_rank()))


def train_on(device: "torch.device") -> None:
    """Exchange what is on GPUs over NCCL from now on, if this is one; every process calls it with a device alike."""
    if _BEGUN and not _ON_GPUS and device.type == "cuda":
        from torch import distributed

        _ON_GPUS.append(distributed.new_group(backend="nccl", timeout=_PATIENCE))


def end() -> None:
    """Part from the others when all are ready to: Gloo may abort a process that others leave too early."""
    if _BEGUN:
        from torch import distributed

        distributed.barrier()
        distributed.destroy_process_group()
        _BEGUN.clear()
        _ON_GPUS.clear()


def count() -> int:
    """How many they are."""
    return _BEGUN[0] if _BEGUN else 1


def number() -> int:
    """Which of them this one is, from 0."""
    return _BEGUN[1] if _BEGUN else 0


def gpu() -> int:
    """Which of the GPUs of its machine this one computes on, if on any."""
    return int(os.environ.get("LOCAL_RANK", "0")) if _BEGUN else 0


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
            distributed.all_reduce(tensor, group=_group(tensor))
            tensor /= count()


def agree(tensors: Sequence["Tensor"]) -> None:
    """Replace tensors by those of the first process, in place."""
    if _BEGUN:
        from torch import distributed

        for tensor in tensors:
            distributed.broadcast(tensor, 0, group=_group(tensor))


def mean(value: "Tensor") -> float:
    """The mean of a scalar over all processes."""
    total = value.detach().double().clone()
    average([total])
    return float(total)


def any_says(word: bool) -> bool:
    """Whether one of the processes says so: what each might decide otherwise they decide together."""
    if not _BEGUN:
        return word
    import torch

    return mean(torch.tensor(float(word))) > 0


def _group(tensor: "Tensor") -> Any:
    """Who exchanges it; all over Gloo if None."""
    return _ON_GPUS[0] if _ON_GPUS and tensor.is_cuda else None


def _wait() -> None:
    if _BEGUN:
        from torch import distributed

        distributed.barrier()
