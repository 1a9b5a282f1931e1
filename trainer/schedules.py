"""What changes while a training runs, as pure functions of the step."""

import math

_FLOOR = 0.01


def learning_rate_factor(step: int, steps: int, warm_up: float) -> float:
    """A cosine from 1 to almost 0 after a linear warm-up; the first step's factor is already above 0.

    Args:
        step: the step about to be taken, counted from 0.
        steps: all steps of the training.
        warm_up: share of the steps the warm-up takes.
    """
    warm_steps = int(warm_up * steps)
    if step < warm_steps:
        return (step + 1) / warm_steps
    progress = (step - warm_steps) / max(1, steps - warm_steps)
    return _FLOOR + (1 - _FLOOR) * 0.5 * (1 + math.cos(math.pi * progress))


def picture_side(step: int, steps: int, small: int, full: int, full_share: float) -> int:
    """Side of the pictures a step trains on: small ones first, because they are cheap, full ones at the end."""
    return full if step >= (1 - full_share) * steps else small


def average_decay(step: int, decay: float) -> float:
    """Decay of the running average of the weights: short at the start, so that random weights are soon forgotten."""
    return min(decay, (1 + step) / (10 + step))
