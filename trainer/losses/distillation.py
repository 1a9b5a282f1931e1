"""What a student is judged by."""

from torch import Tensor
from torch.nn import functional


def divergence(logits: Tensor, wanted: Tensor) -> Tensor:
    """Mean KL divergence of rows of logits from the wanted ones."""
    return functional.kl_div(
        logits.log_softmax(dim=1), wanted.log_softmax(dim=1), log_target=True, reduction="batchmean"
    )


def similarity_divergence(embeddings: Tensor, wanted: Tensor, landmarks: Tensor, temperature: float) -> Tensor:
    """How differently two sets of unit vectors [N, dim] see which landmarks [M, dim] they are near to.

    After Fang et al., "SEED: Self-supervised Distillation for Visual Representation", 2021 (arXiv:2101.04731): what is
    near is told by vectors that do not depend on the batch, so that small batches do.
    """
    return divergence(embeddings @ landmarks.T / temperature, wanted @ landmarks.T / temperature)
