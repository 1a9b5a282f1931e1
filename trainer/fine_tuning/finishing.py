"""How far a fine-tuned network goes back to what it was, and how much a linear layer behind it adds."""

import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.ranking import unit
from engine.evaluation.statistics import mean
from trainer.data.splits import Fold
from trainer.examining import Examination
from trainer.fine_tuning.learner import Learner, blended
from trainer.fine_tuning.shown import Shown
from trainer.fine_tuning.start import Start
from trainer.fine_tuning.validation import InnerSplit
from trainer.heads import Head
from trainer.learning import Embeddings, Numbers
from trainer.quality import seen_quality, unseen_quality
from trainer.recipes import linear

STAYS = (0.25, 0.5, 0.75)
"""Shares of what the weights have learned that are tried."""
SHARES = (0.0, 0.1, 0.2, 0.3, 0.5)
"""Of the layer in the embedding, that are tried: less than alone, because the network knows the classes by itself."""


@dataclass(frozen=True, slots=True)
class Finish:
    """What becomes of a network once it has learned.

    Attributes:
        stays: share of what its weights have learned.
        share: of a linear layer behind it in the embedding; no such layer if 0.
    """

    stays: float = 1.0
    share: float = 0.0


UNTRIED = Finish(0.5, 0.2)
"""Where there are too few photos to choose."""


def best_finish(learner: Learner, start: Start, shown: Shown, found: Examination, split: InnerSplit) -> Finish:
    """What is best for photos that were kept back, and takes nothing from subjects that were.

    Args:
        learner: what was learned from the split's first part; it stays as it is.
        start: the network before that.
        shown: the photos.
        found: the photos.
        split: what was learned from, and what was kept back.
    """
    places = np.concatenate([split.train, split.held_out, split.others])
    untouched = _embedded(learner, start, 0.0, shown, places, found)
    least = mean(unseen_quality(untouched, found.classes, found.groups, split.unseen))
    tried: dict[Finish, tuple[float, bool]] = {}
    for stays in STAYS:
        whole = _embedded(learner, start, stays, shown, places, found)
        layer = fit_layer(whole[split.train][:, None], found.classes[split.train])
        for share in SHARES:
            after = layer.with_share(share)(whole)
            good = mean(seen_quality(after, found.classes, found.groups, Fold(split.train, split.held_out)))
            others = mean(unseen_quality(after, found.classes, found.groups, split.unseen))
            tried[Finish(stays, share)] = good, not others < least  # where nothing can be told, nothing is forbidden
    harmless = [finish for finish, (_, harms_none) in tried.items() if harms_none]
    return max(harmless, key=lambda finish: tried[finish][0], default=Finish(STAYS[0], 0.0))


def fit_layer(views: NDArray[np.float32], classes: Numbers) -> Head:
    """A linear layer that tells the classes apart, fitted to all views [photos, views, dim]."""
    count, per_photo, dim = views.shape
    many = len(np.unique(classes)) > linear.MOST_POSTERIORS
    strength = linear.UNTRIED[0] / per_photo
    return linear.fit(unit(views.reshape(count * per_photo, dim)), np.repeat(classes, per_photo), strength, many=many)


def _embedded(
    learner: Learner, start: Start, stays: float, shown: Shown, places: Numbers, found: Examination
) -> Embeddings:
    """The photos at these places, in a table of all: float32 [photos, dim], the others 0."""
    changed = copy.deepcopy(learner)
    blended(changed.network, start.network.state_dict(), stays)
    some = changed.embed(shown, places)
    whole = np.zeros((len(found.classes), some.shape[1]), np.float32)
    whole[places] = some
    return whole
