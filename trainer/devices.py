"""Where a training runs."""

from typing import Literal

import torch

from engine.errors import BadRequestError

DeviceName = Literal["auto", "cpu", "cuda"]


def choose_device(name: DeviceName = "auto") -> torch.device:
    """The device of that name; "auto" is CUDA if it works, else the CPU.

    Raises:
        BadRequestError: CUDA was asked for and does not work here, or there is no such device.
    """
    if name not in ("auto", "cpu", "cuda"):
        raise BadRequestError(f"There is no device “{name}”.", "Choose auto, cpu or cuda.")
    if name == "cpu":
        return torch.device("cpu")
    problem = _cuda_problem()
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
        product = torch.ones(8, 8, device="cuda") @ torch.ones(8, 8, device="cuda")
        return "" if product.sum().item() == 8**3 else "a test computation came out wrong"
    except RuntimeError as error:
        return str(error).splitlines()[0]
