"""What a student is judged by."""

import torch
from torch import Tensor
from torch.nn import functional

_NEVER = -1e4
"""Stands for a logit that must not count."""


def divergence(logits: Tensor, wanted: Tensor) -> Tensor:
    """Mean KL divergence of rows of logits from the wanted ones."""
    return functional.kl_div(
        logits.log_softmax(dim=1), wanted.log_softmax(dim=1), log_target=True, reduction="batchmean"
    )


def similarity_divergence(embeddings: Tensor, wanted: Tensor, temperature: float) -> Tensor:
    """How differently two sets of unit vectors see who is similar to whom; nobody is compared with itself."""
    itself = torch.eye(len(wanted), dtype=torch.bool, device=wanted.device)
    ours, theirs = ((vectors @ vectors.T / temperature).masked_fill(itself, _NEVER) for vectors in (embeddings, wanted))
    return divergence(ours, theirs)
