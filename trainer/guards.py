"""Notices when a training goes wrong, from what it shows while it runs, and says what to do."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor
from torch.nn import functional

MOST_ALIKE = 0.98
"""Mean cosine of two different photos above which all embeddings are the same one."""
LEAST_SPREAD = 0.01
"""Standard deviation that no value of unit vectors reaches if they do not differ."""
LEAST_ACTIVE = 0.01
"""Share of the triplets that still teach something."""
STUCK = 0.01
"""Share of the margin that the loss may be away from it and still lie there."""
STEPS = 50
"""For how long."""

Trouble = Literal["collapsing", "idle", "diverged"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with a training.

    Attributes:
        trouble: "collapsing" if all photos get the same embedding: halve the learning rate and mine semi-hard triplets;
            "idle" if nothing is left to learn from what is shown; "diverged" if values are no numbers: go back to the
            last good state.
        message: what was seen; one sentence.
        hint: what to do about it; one sentence.
    """

    trouble: Trouble
    message: str
    hint: str


@torch.no_grad()
def embedding_trouble(embeddings: Tensor) -> Verdict | None:
    """What is wrong with embeddings [N, dim] of different photos of several classes, at best of the validation."""
    if not bool(embeddings.isfinite().all()):
        return _diverged("The embeddings are no numbers any more.")
    if len(embeddings) < 2:
        return None
    unit = functional.normalize(embeddings.double(), dim=1)
    total, count = float(unit.sum(dim=0).square().sum()), len(unit)
    alike = (total - count) / (count * (count - 1))
    if alike > MOST_ALIKE:
        return _collapsing(f"two photos have a cosine of {alike:.3f} on average, whatever they show")
    spread = float(unit.std(dim=0).max())
    if spread < LEAST_SPREAD:
        return _collapsing(f"none of their values has a standard deviation above {spread:.4f}")
    return None


def loss_trouble(losses: Sequence[float], margin: float | None = None, active: Sequence[float] = ()) -> Verdict | None:
    """What is wrong with the losses of the steps up to now.

    Args:
        losses: one for each step.
        margin: of a triplet loss: it lies there when all distances are equal.
        active: for each step the share of the triplets that still cost something.
    """
    recent = losses[-STEPS:]
    if recent and not math.isfinite(recent[-1]):
        return _diverged(f"The loss is no number since step {len(losses)}.")
    if margin and len(recent) == STEPS and all(abs(loss - margin) < STUCK * margin for loss in recent):
        return _collapsing(f"the loss has been the margin, {margin:g}, for {STEPS} steps")
    lately = active[-STEPS:]
    if len(lately) == STEPS and max(lately) < LEAST_ACTIVE:
        return Verdict(
            "idle",
            f"For {STEPS} steps fewer than {LEAST_ACTIVE:.0%} of the triplets have taught anything.",
            "The training may stop here; batch-hard mining or stronger changes to the pictures would find more.",
        )
    return None


def _collapsing(seen: str) -> Verdict:
    return Verdict(
        "collapsing",
        f"The embeddings are collapsing: {seen}.",
        "Learn at half the rate, with semi-hard triplets; if it happens again, start from cross-entropy.",
    )


def _diverged(seen: str) -> Verdict:
    return Verdict("diverged", seen, "Go back to the last good state and learn at half the rate.")
