"""What may be chosen about the training of a network."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from engine.errors import BadRequestError
from trainer.devices import DeviceName
from trainer.schedules import (
    HyperRule,
    bit_hyperrule,
    compat_cosine_rate,
    compat_decaying_rate,
    restarting_factor,
    restarting_steps,
    warm_cosine_factor,
)
from trainer.training import Factor

OFFICIAL, RANDOM = "official", "random"
"""Weights by name; anything else is a file."""
WHOLE, LAST_STAGE = "whole", "last stage"
SCHEDULES = ("cosine", "restarts", "hyperrule", "compat-cosine", "compat-decaying")
_OWN_RATES = ("hyperrule", "compat-cosine", "compat-decaying")
"""Schedules that say how high the rate is."""
IDLE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "dim": {"backbone": ("",)},
    "epochs": {"schedule": ("hyperrule",)},
    "most_steps": {"schedule": ("hyperrule",)},
    "learning_rate": {"schedule": _OWN_RATES},
    "body_rate": {"weights": (RANDOM,)},
    "warm_up": {"schedule": ("restarts", *_OWN_RATES)},
    "first_round": {"schedule": ("cosine", *_OWN_RATES)},
    "round_growth": {"schedule": ("cosine", *_OWN_RATES)},
    "views": {"trained": (WHOLE,), "weights": (RANDOM,)},
    "semi_hard_epochs": {"mining": ("semi-hard",)},
}
"""Settings that do nothing beside these values of others."""
_MOMENTUM = 0.9
_MANY, _ABOVE_ZERO = 1_000_000.0, 1e-12
_SHARE = (0.0, 1.0)
_RANGES = {
    "dim": (1, _MANY), "side": (0, _MANY), "epochs": (1, _MANY), "most_steps": (1, _MANY), "batch_size": (4, _MANY),
    "batch_classes": (2, _MANY), "accumulate": (1, _MANY), "views": (0, _MANY), "validations": (1, _MANY),
    "patience": (1, _MANY), "checkpoint_seconds": (0, _MANY), "learning_rate": (_ABOVE_ZERO, _MANY),
    "first_round": (1, _MANY), "round_growth": (1, _MANY),
    "body_rate": (0, _MANY), "weight_decay": _SHARE, "warm_up": _SHARE, "average_decay": _SHARE,
    "smallest_crop": (_ABOVE_ZERO, 1.0), "jitter": _SHARE, "covered": _SHARE, "mixup": (-1.0, _MANY),
    "smoothing": _SHARE, "temperature": (_ABOVE_ZERO, _MANY), "alpha": (_ABOVE_ZERO, _MANY),
    "scale": (_ABOVE_ZERO, _MANY), "positive_share": _SHARE,
}  # fmt: skip
"""Lowest and highest value of settings that are numbers, those of single recipes among them."""
_COMPAT_HIGHEST = {"compat-cosine": 0.02, "compat-decaying": 5e-5}


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """How a network is trained; recipes add what is theirs.

    Attributes:
        backbone: which network, see `trainer.backbones.registry`; the base's own if empty.
        weights: what it begins with: "official", "random" or a file; the official ones if there are any, if empty.
        dim: values of an embedding; the base's own network keeps its number.
        side: pixels of the square pictures; what the network is made for if 0.
        trained: "last stage" or "whole"; whatever begins at random is trained as a whole.
        epochs: times the photos are shown.
        most_steps: where that ends at the latest.
        batch_size: photos of a step, or of a part of it where gradients are accumulated.
        batch_classes: classes of a step, at most.
        accumulate: parts of a step.
        learning_rate: of the projection, at its highest.
        body_rate: of the network below it, in multiples of that; 1 for what begins at random.
        weight_decay: on matrices.
        schedule: of the learning rate, one of `SCHEDULES`.
        warm_up: share of the steps in which the rate rises.
        first_round: epochs after which a schedule with restarts begins anew.
        round_growth: how many times as long every further round is; the last one is always whole.
        average_decay: of the running average of the weights, which is what is kept.
        smallest_crop: share of a photo's area that is seen at least.
        jitter: largest change of brightness and contrast.
        covered: share of the photos that a box hides a part of.
        views: of a photo that are made in advance where only the last stage learns; by the number of photos if 0.
        validations: how often the photos that are kept back inside the training are asked.
        checkpoint_seconds: time between checkpoints.
        device: where.
    """

    backbone: str = ""
    weights: str = ""
    dim: int = 128
    side: int = 0
    trained: str = LAST_STAGE
    epochs: int = 20
    most_steps: int = 2000
    batch_size: int = 64
    batch_classes: int = 16
    accumulate: int = 1
    learning_rate: float = 1e-3
    body_rate: float = 0.3
    weight_decay: float = 0.01
    schedule: str = "cosine"
    warm_up: float = 0.1
    first_round: int = 10
    round_growth: int = 2
    average_decay: float = 0.98
    smallest_crop: float = 0.6
    jitter: float = 0.2
    covered: float = 0.0
    views: int = 0
    validations: int = 10
    checkpoint_seconds: float = 60.0
    device: DeviceName = "auto"

    def check(self) -> None:
        """Raises BadRequestError for a value that makes no sense."""
        allowed(self, "trained", (LAST_STAGE, WHOLE))
        allowed(self, "schedule", SCHEDULES)
        for name in self.__dataclass_fields__:
            value = getattr(self, name)
            if isinstance(value, float) and not isfinite(value):
                raise BadRequestError(f"The setting “{name}” cannot be {value}.", "Choose a number.")
            if name in _RANGES and not _RANGES[name][0] <= value <= _RANGES[name][1]:
                raise BadRequestError(f"The setting “{name}” cannot be {value}.", _range_in_words(*_RANGES[name]))

    def mixing(self, photos: int) -> float:
        """Alpha of the mixing of so many photos; 0 for none, which is all that most losses can judge."""
        return 0.0

    def shaping(self) -> dict[str, Any]:
        """Those that decide what is learned: a training that was stopped goes on only if they are the same."""
        free = ("device", "checkpoint_seconds")
        return {name: getattr(self, name) for name in self.__dataclass_fields__ if name not in free}


@dataclass(frozen=True, slots=True)
class StoppedSettings(NetworkSettings):
    """Of a training that photos end which are kept back inside it.

    Attributes:
        patience: validations without a gain that do.
    """

    patience: int = 5


def _range_in_words(lowest: float, highest: float) -> str:
    """What may be chosen instead."""
    least = "It must be more than 0" if lowest == _ABOVE_ZERO else f"It must be at least {lowest:g}"
    return f"{least}." if highest == _MANY else f"{least} and at most {highest:g}."


def allowed(settings: NetworkSettings, name: str, values: Sequence[str]) -> None:
    """Raises BadRequestError if a setting has none of these values."""
    if getattr(settings, name) not in values:
        raise BadRequestError(
            f"The setting “{name}” cannot be “{getattr(settings, name)}”.", f"Choose one of {', '.join(values)}."
        )


def refuse_idle(settings: NetworkSettings, given: Iterable[str]) -> None:
    """Raises BadRequestError if one of the settings that were given does nothing beside another one."""
    for name in given:
        for other, values in IDLE.get(name, {}).items():
            value = getattr(settings, other)
            if value in values:
                raise BadRequestError(
                    f"The setting “{name}” has no effect {f'with {other}={value}' if value else f'without a {other}'}.",
                    f"Leave it out, or choose {'another' if value else 'a'} {other}.",
                )


@dataclass(frozen=True, slots=True)
class Course:
    """How fast a training learns, and by which optimiser.

    Attributes:
        steps: in all.
        learning_rate: at its highest.
        factor: of it, step by step.
        momentum: of gradient descent; AdamW if None.
    """

    steps: int
    learning_rate: float
    factor: Factor
    momentum: float | None = None


def course(settings: NetworkSettings, steps_per_epoch: int, photos: int) -> Course:
    """What the settings come to for so many photos.

    Args:
        settings: the choice.
        steps_per_epoch: in which every photo is shown about once.
        photos: to learn from.
    """
    steps = max(1, min(settings.most_steps, settings.epochs * steps_per_epoch))
    match settings.schedule:
        case "restarts":
            first, growth = min(steps, settings.first_round * steps_per_epoch), settings.round_growth
            whole = restarting_steps(steps, settings.most_steps, first, growth)
            return Course(whole, settings.learning_rate, lambda step, _: restarting_factor(step, first, growth))
        case "hyperrule":
            rule = hyperrule(settings, photos)
            return Course(rule.end, rule.learning_rate, _shares(rule.rate, rule.learning_rate), _MOMENTUM)
        case "compat-cosine":
            highest = _COMPAT_HIGHEST["compat-cosine"]
            rate = _by_epoch(compat_cosine_rate, steps_per_epoch)
            return Course(steps, highest, _shares(rate, highest), _MOMENTUM)
        case "compat-decaying":
            highest = _COMPAT_HIGHEST["compat-decaying"]
            rate = _by_epoch(compat_decaying_rate, steps_per_epoch)
            return Course(steps, highest, _shares(rate, highest))
        case _:
            warm = max(1, round(settings.warm_up * steps))
            return Course(steps, settings.learning_rate, lambda step, all_: warm_cosine_factor(step, all_, warm))


def hyperrule(settings: NetworkSettings, photos: int) -> HyperRule:
    """The BiT-HyperRule for so many photos."""
    return bit_hyperrule(photos, settings.batch_size * settings.accumulate)


def _by_epoch(rate: Callable[[int], float], steps_per_epoch: int) -> Callable[[int], float]:
    return lambda step: rate(step // steps_per_epoch)


def _shares(rate: Callable[[int], float], highest: float) -> Factor:
    return lambda step, _: rate(step) / highest
