"""What changes while a training runs, as pure functions of the step or the epoch."""

import math
from dataclasses import dataclass

_FLOOR = 0.01
_BIT_RATE, _BIT_BATCH = 0.003, 512
_BIT_SCHEDULES: tuple[tuple[float, float, tuple[int, int, int, int, int]], ...] = (
    (20_000, 0.0, (100, 200, 300, 400, 500)),
    (500_000, 0.1, (500, 3000, 6000, 9000, 10_000)),
    (math.inf, 0.1, (500, 6000, 12_000, 18_000, 20_000)),
)
"""Below so many photos: alpha of the mixing, end of the warm-up, where the rate falls, end."""


def learning_rate_factor(step: int, steps: int, warm_up: float) -> float:
    """A cosine from 1 to almost 0 after a linear warm-up; the first step's factor is already above 0.

    Args:
        step: the step about to be taken, counted from 0.
        steps: all steps of the training.
        warm_up: share of the steps the warm-up takes.
    """
    return warm_cosine_factor(step, steps, int(warm_up * steps))


def warm_cosine_factor(step: int, steps: int, warm_steps: int) -> float:
    """The same with the warm-up's steps counted."""
    if step < warm_steps:
        return (step + 1) / warm_steps
    return _cosine((step - warm_steps) / max(1, steps - warm_steps))


def restarting_factor(step: int, first: int, multiplier: int = 2) -> float:
    """A cosine from 1 to almost 0 that begins anew, each time for longer: Loshchilov and Hutter, "SGDR", 2017.

    Args:
        step: the step about to be taken, counted from 0.
        first: steps until it begins anew for the first time (arXiv:1608.03983 calls them T0).
        multiplier: of the length, every time.
    """
    length = first
    while step >= length:
        step -= length
        length *= multiplier
    return _cosine(step / length)


def restarting_steps(wanted: int, most: int, first: int, multiplier: int = 2) -> int:
    """Steps of whole rounds, so that a training ends where the rate is lowest; of two as near the larger number.

    Args:
        wanted: steps they come nearest to.
        most: steps they never exceed, if the first round does not.
        first: see `restarting_factor`.
        multiplier: see there.
    """
    steps = length = first
    while steps + multiplier * length <= most and steps + multiplier * length - wanted <= wanted - steps:
        length *= multiplier
        steps += length
    return steps


def compat_cosine_rate(epoch: int, highest: float = 0.02, warm_up: int = 20, epochs: int = 300) -> float:
    """Learning rate of an epoch in github.com/Arencius/Image-retrieval, for comparison: use `warm_cosine_factor`.

    Its first epoch learns nothing, and its cosine begins at epoch 0, so that the rate falls a little after the warm-up.
    """
    if epoch <= warm_up:
        return highest * epoch / warm_up
    return highest * 0.5 * (1 + math.cos(math.pi * epoch / epochs))


def compat_decaying_rate(
    epoch: int, lowest: float = 1e-5, highest: float = 5e-5, warm_up: int = 5, decay: float = 0.8
) -> float:
    """Learning rate of an epoch in github.com/sayakpaul/A-Barebones-Image-Retrieval-System, for comparison.

    Up in a line, then down by the same share every epoch.
    """
    if epoch < warm_up:
        return lowest + (highest - lowest) * epoch / warm_up
    return lowest + (highest - lowest) * decay ** (epoch - warm_up)


@dataclass(frozen=True, slots=True)
class HyperRule:
    """How BiT's authors fine-tune, without a search for settings; with SGD of momentum 0.9.

    Attributes:
        warm_up: steps in which the rate rises.
        boundaries: steps after which it falls to a tenth.
        end: steps in all.
        mixup: alpha of the mixing, see `trainer.losses.classes.mixed`; 0 for none.
        learning_rate: at its highest.
    """

    warm_up: int
    boundaries: tuple[int, ...]
    end: int
    mixup: float
    learning_rate: float

    def rate(self, step: int) -> float:
        """Learning rate of the step about to be taken, counted from 0; that of the first is above 0."""
        rising = min(1.0, (step + 1) / self.warm_up)
        return self.learning_rate * rising * 0.1 ** sum(boundary <= step for boundary in self.boundaries)


def bit_hyperrule(photos: int, batch: int = _BIT_BATCH) -> HyperRule:
    """The BiT-HyperRule (Kolesnikov et al., 2020, arXiv:1912.11370), as in google-research/big_transfer.

    What it says of the pictures is left to other settings: it cuts 480 pixels out of 512, and 128 out of 160 of photos
    of less than 96 x 96 pixels.

    Args:
        photos: to learn from.
        batch: photos of a step. It scales the learning rate and nothing else: the steps stay as they are.
    """
    _, mixup, (warm_up, *boundaries, end) = next(rule for rule in _BIT_SCHEDULES if photos < rule[0])
    return HyperRule(warm_up, tuple(boundaries), end, mixup, _BIT_RATE * batch / _BIT_BATCH)


def picture_side(step: int, steps: int, small: int, full: int, full_share: float) -> int:
    """Side of the pictures a step trains on: small ones first, because they are cheap, full ones at the end."""
    return full if step >= (1 - full_share) * steps else small


def average_decay(step: int, decay: float) -> float:
    """Decay of the running average of the weights: short at the start, so that random weights are soon forgotten."""
    return min(decay, (1 + step) / (10 + step))


def _cosine(progress: float) -> float:
    """From 1 at 0 to almost 0 at 1."""
    return _FLOOR + (1 - _FLOOR) * 0.5 * (1 + math.cos(math.pi * progress))
