"""How far a fine-tuned network goes back to what it was, and how much a linear layer behind it adds."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.metrics import Values
from engine.evaluation.ranking import unit
from engine.evaluation.statistics import mean
from trainer.data.splits import Fold
from trainer.examining import Examination
from trainer.fine_tuning.learner import Learner, blended
from trainer.fine_tuning.shown import Shown
from trainer.fine_tuning.start import Start
from trainer.fine_tuning.validation import InnerSplit
from trainer.heads import Head
from trainer.learning import Numbers
from trainer.quality import seen_quality, unseen_quality
from trainer.recipes import linear
from trainer.within_class import normalise_within_classes

STAYS = (0.0, 0.2, 0.35, 0.5, 0.75, 1.0)
"""Shares of what the weights have learned that are tried; without any of it the layer is left, as in `linear`."""
LAYERS = ((0.0, False), (0.1, False), (0.2, False), (0.2, True), (0.4, True), (0.7, True))
"""Shares of the layer in the embedding, and whether the rest is turned, that are tried. Beside what is kept as it is a
larger share costs the order of the nearest; beside what is turned it does not."""


@dataclass(frozen=True, slots=True)
class Finish:
    """What becomes of a network once it has learned.

    Attributes:
        stays: share of what its weights have learned.
        share: of a linear layer behind it in the embedding.
        turned: whether what varies within classes counts less in the rest of it, see `trainer.within_class`.
    """

    stays: float = 1.0
    share: float = 0.0
    turned: bool = False

    @property
    def needs_layer(self) -> bool:
        """Whether anything comes behind the network."""
        return self.turned or self.share > 0

    def behind(self, layer: Head) -> Head:
        """So much of what `fit_layer` gave."""
        return layer.with_share(self.share).with_turn(layer.turn if self.turned else None)


UNTOUCHED = Finish(0.0, 0.0)
UNTRIED = Finish(0.35, 0.2)
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
    tried: Trials = {}
    for stays in STAYS:
        changed = copy.deepcopy(learner)
        blended(changed.network, start.network.state_dict(), stays)
        whole = np.zeros((len(found.classes), start.network.dim), np.float32)
        whole[places] = changed.embed(shown, places)
        layer = fit_layer(whole[split.train][:, None], found.classes[split.train])
        for share, turned in LAYERS:
            finish = Finish(stays, share, turned)
            after = finish.behind(layer)(whole)
            tried[finish] = Trial(
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


def fit_layer(views: NDArray[np.float32], classes: Numbers) -> Head:
    """A linear layer that tells the classes apart, with what it may be beside, fitted to views [photos, views, dim]."""
    count, per_photo, dim = views.shape
    many = len(np.unique(classes)) > linear.MOST_POSTERIORS
    strength = linear.UNTRIED.strength / per_photo
    pictures, of_pictures = unit(views.reshape(count * per_photo, dim)), np.repeat(classes, per_photo)
    layer = linear.fit(pictures, of_pictures, strength, many=many)
    return layer.with_turn(normalise_within_classes(pictures, of_pictures))
