"""Where a training runs."""

from typing import Literal

import torch

from engine.errors import BadRequestError
from trainer import parallel

DeviceName = Literal["auto", "cpu", "cuda"]
_ALIKE = 0.999
"""Cosine of gradients that are as good as the same."""


def choose_device(name: DeviceName = "auto") -> torch.device:
    """The device of that name; "auto" is CUDA if it works, else the CPU. Processes that train together choose alike.

    Raises:
        BadRequestError: CUDA was asked for and does not work here, or there is no such device.
    """
    if name not in ("auto", "cpu", "cuda"):
        raise BadRequestError(f"There is no device “{name}”.", "Choose auto, cpu or cuda.")
    if name == "cpu":
        return torch.device("cpu")
    problem = _cuda_problem()
    if parallel.any_says(bool(problem)):
        problem = problem or "another of the processes cannot use it"
    if problem and name == "cuda":
        raise BadRequestError(
            f"CUDA does not work here: {problem}.", "Train on the CPU, or install a CUDA build of PyTorch."
        )
    return torch.device("cpu" if problem else "cuda")


def _cuda_problem() -> str:
    """Why CUDA cannot be used; empty if a tiny computation on it came out right."""
    if not torch.cuda.is_available():
        return "PyTorch finds no CUDA device"
    try:
        torch.cuda.set_device(parallel.gpu())
        product = torch.ones(8, 8, device="cuda") @ torch.ones(8, 8, device="cuda")
        return "" if product.sum().item() == 8**3 else "a test computation came out wrong"
    except RuntimeError as error:
        return str(error).splitlines()[0]


def proved_precision(device: torch.device) -> torch.dtype | None:
    """The quickest precision that a convolution and its gradient come out well in; None is single precision.

    A CPU is quicker with half of it only where it has instructions for bfloat16; elsewhere it is slower.
    """
    candidates = _cuda_precisions() if device.type == "cuda" else _cpu_precisions()
    return next((one for one in candidates if _computes_well(device, one)), None)


def _cuda_precisions() -> list[torch.dtype]:
    return [*([torch.bfloat16] if torch.cuda.is_bf16_supported() else []), torch.float16]


def _cpu_precisions() -> list[torch.dtype]:
    abilities = torch.cpu.get_capabilities() if hasattr(torch.cpu, "get_capabilities") else {}
    return [torch.bfloat16] if abilities.get("avx512_bf16") or abilities.get("amx_bf16") else []


def _computes_well(device: torch.device, precision: torch.dtype) -> bool:
    """Whether a small network's gradients in that precision point where those in single precision do."""
    pictures = torch.rand(4, 3, 16, 16, generator=torch.Generator().manual_seed(0)).to(device)
    layer = torch.nn.Conv2d(3, 8, 3).to(device)
    gradients = []
    try:
        for wanted in (torch.float32, precision):
            layer.zero_grad()
            with torch.autocast(device.type, dtype=wanted, enabled=wanted is not torch.float32):
                loss = layer(pictures).float().square().mean()
            torch.autograd.backward(loss)
            assert layer.weight.grad is not None
            gradients.append(torch.nn.functional.normalize(layer.weight.grad.flatten(), dim=0).clone())
    except RuntimeError:
        return False
    return float(gradients[0] @ gradients[1]) > _ALIKE
