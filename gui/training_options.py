"""Everything that can be chosen about a training, in words for people."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from gui.training_recipes import ARCFACE, CLASSIFY, NETWORKS, PROXY, RECIPES, SIAMESE, SUPCON, TRIPLET
from gui.training_records import THOROUGH
from gui.translation import later

SEED = "seed"
MANY = 1_000_000


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen.

    Attributes:
        name: as the trainer calls it.
        words: what it does, in a sentence.
        usual: what it is if nobody chooses; its type says what it can be.
        recipes: that it is for.
        least: of numbers.
        most: of numbers.
        choices: of texts: what there is to choose from, with words for those that need them; any text if empty.
        empty: words for a text or a number that is left to the trainer.
        otherwise: other usual values, by recipe.
        idle: values of other options, by name, beside which it does nothing.
    """

    name: str
    title: str
    words: str
    usual: int | float | str
    recipes: tuple[str, ...] = NETWORKS
    least: float = 0
    most: float = MANY
    choices: Mapping[str, str] = field(default_factory=dict)
    empty: str = ""
    otherwise: Mapping[str, int | float | str] = field(default_factory=dict)
    idle: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def usual_for(self, recipe: str) -> int | float | str:
        """What it is with a recipe if nobody chooses."""
        return self.otherwise.get(recipe, self.usual)


BACKBONES = (
    "mobilenet_v2", "mobilenet_v2_torchvision", "mobilenet_v3_large", "mobilenet_v3_small", "vgg16", "resnet50",
    "inception_v3", "bit_r50x1", "simple_cnn", "se_resnet", "se_fast",
)  # fmt: skip
SCHEDULES = {
    "cosine": later("Falling gently"),
    "restarts": later("Falling, with restarts"),
    "hyperrule": later("BiT’s rule"),
    "compat-cosine": "compat-cosine",
    "compat-decaying": "compat-decaying",
}
_OWN_RATES = ("hyperrule", "compat-cosine", "compat-decaying")
"""Schedules that say how high the rate is."""
_RANDOM, _WHOLE = "random", "whole"
_NETWORK = (
    Option(
        "backbone",
        later("Network"),
        later("Which network learns. Another one than the model’s own begins with the weights below."),
        "",
        choices={"": later("The model’s own"), **{name: name for name in BACKBONES}},
    ),
    Option(
        "weights",
        later("Begins with"),
        later("“official” downloads what its authors published, once; “random” begins anew; or the path of a file."),
        "",
        empty=later("The official ones, if there are any"),
    ),
    Option(
        "trained",
        later("What learns"),
        later("The last stage learns faster and forgets less; the whole network can learn more."),
        "last stage",
        choices={"last stage": later("The last stage"), _WHOLE: later("The whole network")},
    ),
    Option(
        "side",
        later("Side of the pictures"),
        later("Pixels of the square pictures that the network is shown."),
        0,
        most=1024,
        empty=later("As the network wants it"),
    ),
    Option(
        "dim",
        later("Values of an embedding"),
        later("Fewer are smaller and quicker to search; the model’s own network keeps its number."),
        128,
        least=2,
        most=4096,
        idle={"backbone": ("",)},
    ),
)
_TIME = (
    Option(
        "epochs",
        later("Rounds"),
        later("How often every photo is shown, about."),
        20,
        least=1,
        most=10_000,
        idle={"schedule": ("hyperrule",)},
    ),
    Option(
        "most_steps",
        later("Most steps"),
        later("Where it ends at the latest, however many photos there are."),
        2000,
        least=1,
        otherwise={THOROUGH: 300},
        idle={"schedule": ("hyperrule",)},
    ),
    Option(
        "validations",
        later("Checks"),
        later("How often photos that are kept back inside the training are searched with."),
        10,
        least=1,
        most=1000,
    ),
    Option(
        "patience",
        later("Patience"),
        later("So many checks without a gain end it early."),
        5,
        tuple(recipe for recipe in NETWORKS if recipe != THOROUGH),
        least=1,
        most=1000,
    ),
)
_RATE = (
    Option(
        "schedule",
        later("Course of the rate"),
        later("How the learning rate changes over the steps."),
        "cosine",
        choices=SCHEDULES,
    ),
    Option(
        "learning_rate",
        later("Learning rate"),
        later("At its highest. Too high, and the loss grows."),
        1e-3,
        most=10,
        idle={"schedule": _OWN_RATES},
    ),
    Option(
        "body_rate",
        later("Rate of the network"),
        later("In multiples of the rate above, for all but the last layer."),
        0.3,
        most=100,
        otherwise={THOROUGH: 0.5},
        idle={"weights": (_RANDOM,)},
    ),
    Option(
        "warm_up",
        later("Warm-up"),
        later("Share of the steps in which the rate rises."),
        0.1,
        most=1,
        idle={"schedule": ("restarts", *_OWN_RATES)},
    ),
    Option(
        "first_round",
        later("First restart"),
        later("After so many rounds the rate begins anew."),
        10,
        least=1,
        most=10_000,
        idle={"schedule": ("cosine", *_OWN_RATES)},
    ),
    Option(
        "round_growth",
        later("Later restarts"),
        later("Each takes so many times as long as the one before; it ends where the rate is lowest."),
        2,
        least=1,
        most=100,
        idle={"schedule": ("cosine", *_OWN_RATES)},
    ),
    Option(
        "weight_decay",
        later("Weight decay"),
        later("Pulls weights towards zero, against learning by heart."),
        0.01,
        most=1,
    ),
    Option(
        "average_decay",
        later("Running average"),
        later("What is kept is an average of the weights; nearer to 1 it looks back farther."),
        0.98,
        most=1,
    ),
)
_PHOTOS = (
    Option(
        "batch_size",
        later("Photos of a step"),
        later("More are steadier and need more memory."),
        64,
        least=4,
        most=4096,
    ),
    Option(
        "batch_classes",
        later("Subjects of a step"),
        later("At most so many subjects share the photos of a step."),
        16,
        least=2,
        most=1024,
    ),
    Option(
        "accumulate",
        later("Parts of a step"),
        later("A step in parts needs less memory: so many times the photos above count as one step."),
        1,
        least=1,
        most=1024,
    ),
    Option(
        "smallest_crop",
        later("Smallest crop"),
        later("Photos are shown cropped: at least this share of the area is left."),
        0.6,
        least=0.01,
        most=1,
    ),
    Option(
        "jitter",
        later("Change of light"),
        later("Photos are shown lighter and darker by up to this share."),
        0.2,
        most=1,
    ),
    Option("covered", later("Covered"), later("Share of the photos of which a box hides a part."), 0.0, most=1),
    Option(
        "mixup",
        later("Mixing"),
        later("How strongly photos are mixed with each other; 0 for not at all, -1 for by BiT’s rule."),
        -1.0,
        (CLASSIFY,),
        least=-1,
        most=10,
    ),
    Option(
        "views",
        later("Views made in advance"),
        later("Where only the last stage learns, so many changed copies of each photo are made once."),
        0,
        most=64,
        empty=later("By the number of photos"),
        idle={"trained": (_WHOLE,), "weights": (_RANDOM,)},
    ),
)
_LOSS = (
    Option(
        "alpha",
        later("Sharpness"),
        later("How much more the hardest photos count."),
        32.0,
        (PROXY,),
        most=1000,
    ),
    Option("delta", later("Margin"), later("How far subjects are kept apart, as a cosine."), 0.1, (PROXY,), most=2),
    Option(
        "smoothing",
        later("Smoothing"),
        later("Share of certainty that is spread over all subjects; 0 serves other subjects better."),
        0.1,
        (CLASSIFY,),
        most=0.9,
    ),
    Option(
        "temperature",
        later("Temperature"),
        later("The lower, the more only the nearest count."),
        0.1,
        (THOROUGH, CLASSIFY, SUPCON),
        least=0.001,
        most=10,
        otherwise={CLASSIFY: 0.09},
    ),
    Option(
        "margin",
        later("Margin"),
        later("How much closer photos of one subject have to be: a distance for triplets, degrees for angles."),
        0.1,
        (TRIPLET, ARCFACE),
        most=180,
        otherwise={ARCFACE: 20.0},
    ),
    Option(
        "mining",
        later("Triplets that count"),
        later("Begin with those that are nearly right, then take the hardest; or stay with the former."),
        "batch-hard",
        (TRIPLET,),
        choices={"batch-hard": later("The hardest, later on"), "semi-hard": later("Those that are nearly right")},
    ),
    Option(
        "semi_hard_epochs",
        later("Gentle rounds"),
        later("So many rounds begin with triplets that are nearly right."),
        5.0,
        (TRIPLET,),
        most=10_000,
        idle={"mining": ("semi-hard",)},
    ),
    Option(
        "positive_share",
        later("Weight of equal pairs"),
        later("How much pairs of one subject count, of all pairs."),
        0.33,
        (SIAMESE,),
        most=1,
    ),
    Option(
        "positive_margin",
        later("Near enough"),
        later("Up to this distance a pair of one subject costs nothing."),
        0.2,
        (SIAMESE,),
        most=2,
    ),
    Option(
        "negative_margin",
        later("Far enough"),
        later("From this distance on a pair of two subjects costs nothing."),
        0.5,
        (SIAMESE,),
        most=2,
    ),
    Option(
        "distance",
        later("Distance"),
        later("Cosine is what the library searches by; Euclidean is for comparison with others."),
        "cosine",
        (SIAMESE,),
        choices={"cosine": later("Cosine"), "euclidean": later("Euclidean")},
    ),
    Option(
        "scale",
        later("Scale"),
        later("Of the cosines; 64 where there are many photos."),
        32.0,
        (ARCFACE,),
        least=1,
        most=1000,
    ),
    Option(
        "ramp",
        later("Growing margin"),
        later("Rounds in which the margin grows to its full size."),
        5.0,
        (ARCFACE,),
        most=10_000,
    ),
)
_WORK = (
    Option(
        "device",
        later("Device"),
        later("A GPU is used where one is found to compute rightly."),
        "auto",
        choices={"auto": later("The best there is"), "cpu": later("Processor"), "cuda": later("NVIDIA GPU")},
    ),
    Option(
        "checkpoint_seconds",
        later("Seconds between safe points"),
        later("A training that is cancelled or killed goes on from the last one."),
        60.0,
        least=1,
        most=100_000,
    ),
    Option(
        SEED,
        later("Seed"),
        later("The same number gives the same training."),
        0,
        (*RECIPES,),
        most=2**31 - 1,
    ),
)
GROUPS = {
    later("Network"): _NETWORK,
    later("Time"): _TIME,
    later("Learning rate"): _RATE,
    later("Photos"): _PHOTOS,
    later("What is asked of it"): _LOSS,
    later("Work"): _WORK,
}
"""All options under headings."""


def options_of(recipe: str) -> Iterator[Option]:
    """What can be chosen about a recipe."""
    return (option for group in GROUPS.values() for option in group if recipe in option.recipes)


def effective(recipe: str, chosen: Mapping[str, Any]) -> Iterator[Option]:
    """The same without what does nothing beside what was chosen."""
    options = {option.name: option for option in options_of(recipe)}
    values = {name: chosen.get(name, option.usual_for(recipe)) for name, option in options.items()}
    for option in options.values():
        if not any(values.get(other) in those for other, those in option.idle.items()):
            yield option


def arguments(recipe: str, chosen: Mapping[str, Any]) -> Iterator[str]:
    """What the trainer is told of a choice: only what is not usual and does something."""
    for option in effective(recipe, chosen):
        value = chosen.get(option.name, option.usual_for(recipe))
        if value == option.usual_for(recipe):
            continue
        if option.name == SEED:
            yield from ("--seed", str(value))
        else:
            yield from ("--set", f"{option.name}={json.dumps(value)}")
