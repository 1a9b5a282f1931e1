"""How far a fine-tuned network goes back to what it was, and how much a linear layer behind it adds."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.evaluation.metrics import Values
from engine.evaluation.ranking import unit
from engine.evaluation.statistics import mean
from trainer.data.splits import Fold
from trainer.examining import Examination
from trainer.fine_tuning.learner import Learner, blended
from trainer.fine_tuning.shown import Shown
from trainer.fine_tuning.start import Start
from trainer.fine_tuning.validation import InnerSplit
from trainer.quality import seen_quality, unseen_quality
from trainer.recipes import linear

STAYS = (0.0, 0.2, 0.35, 0.5)
"""Shares of what the weights have learned that are tried; without any of it the layer is left, as in `linear`."""
LAYERS = (linear.NOTHING, *(linear.Choice(linear.STRENGTHS[0], share, turned=True) for share in linear.SHARES))
"""What is tried behind the network: each choice is made by few photos, so there are fewer than in `linear`."""


@dataclass(frozen=True, slots=True)
class Finish:
    """What becomes of a network once it has learned.

    Attributes:
        stays: share of what its weights have learned.
        layer: what comes behind it.
    """

    stays: float
    layer: linear.Choice


AS_LEARNED = Finish(1.0, linear.NOTHING)
UNTOUCHED = Finish(0.0, linear.NOTHING)
UNTRIED = Finish(0.35, linear.UNTRIED)
"""Where there are too few photos to choose."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a finish did for photos that were kept back: their MAP@R, and that of subjects that were."""

    seen: Values
    unseen: Values


Trials = dict[Finish, Trial]


def tried_finishes(learner: Learner, start: Start, shown: Shown, found: Examination, split: InnerSplit) -> Trials:
    """Every finish, as the photos see it that were kept back.

    Args:
        learner: what was learned from the split's first part; it stays as it is.
        start: the network before that.
        shown: the photos.
        found: the photos.
        split: what was learned from, and what was kept back.
    """
    places = np.concatenate([split.train, split.held_out, split.others])
    many = linear.too_many(found.classes[places])
    tried: Trials = {}
    for stays in STAYS:
        changed = copy.deepcopy(learner)
        blended(changed.network, start.network.state_dict(), stays)
        whole = np.zeros((len(found.classes), start.network.dim), np.float32)
        whole[places] = unit(changed.embed(shown, places))
        for layer, head in linear.tried_heads(whole[split.train], found.classes[split.train], LAYERS, many=many):
            after = head(whole)
            tried[Finish(stays, layer)] = Trial(
                seen_quality(after, found.classes, found.groups, Fold(split.train, split.held_out)),
                unseen_quality(after, found.classes, found.groups, split.unseen),
            )
    return tried


def best_finish(divisions: Sequence[Trials]) -> Finish:
    """What is best for the photos that were kept back in any division, and takes next to nothing from other subjects.

    Args:
        divisions: the trials in each.
    """
    if not divisions:
        return UNTRIED
    seen = {finish: mean(np.concatenate([trials[finish].seen for trials in divisions])) for finish in divisions[0]}
    others = {finish: mean(np.concatenate([trials[finish].unseen for trials in divisions])) for finish in divisions[0]}
    least = others[UNTOUCHED] - linear.MOST_LOST_BY_OTHERS
    # Where no subject that was kept back has two photos, nothing can be told of others (NaN), and nothing is forbidden.
    harmless = [finish for finish in seen if not others[finish] < least]
    return max(harmless, key=lambda finish: seen[finish])
