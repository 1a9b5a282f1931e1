"""The recipe for few photos: a linear layer that tells the classes apart, on embeddings that stay as they are. Seconds.

Up to some number of classes the layer is a multinomial logistic regression, and photos are alike as far as their class
probabilities are, where a photo may also be none of these. For more classes it is a linear discriminant analysis with
Ledoit-Wolf shrinkage (2004), which has fewer dimensions than there are classes; in closed form, since all classes share
what varies within them.

Beside the layer the old embedding is kept, in which what varies within classes counts less, if that proves better.
"""

import warnings
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh
from scipy.sparse import coo_array

from engine.evaluation.metrics import Values
from engine.evaluation.ranking import unit
from engine.evaluation.statistics import mean
from trainer.data.splits import Fold, cross_validation, disjoint_classes
from trainer.heads import Head
from trainer.quality import seen_quality, unseen_quality
from trainer.within_class import normalise_within_classes

RECIPE = "linear"
MOST_POSTERIORS = 128
"""Classes up to which their probabilities are part of the embedding."""
STRENGTHS = (10.0, 100.0)
"""Inverse strengths of the L2 penalty that are tried."""
NONE_OF_THESE = 3.0
"""The score of no class at all, beside class scores whose mean is 0: what is not clear shall not count."""
SHARES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.85)
"""Of what was learned in the embedding, that are tried."""
DECIDING = 1_000
"""So many photos decide at most, about."""
MOST_LOST_BY_OTHERS = 0.005
"""Of the MAP@R of subjects that were not learned: half of what a model that takes over may cost them."""
_ITERATIONS = 300
_TOLERANCE = 1e-3
Views = NDArray[np.float32]
Numbers = NDArray[np.int64]
Quality = Callable[[Views, Numbers, Numbers, Fold], Values]


class Choice(NamedTuple):
    """What is open about the recipe.

    Attributes:
        strength: the inverse of the L2 penalty's.
        share: of what was learned in the embedding.
        turned: whether what varies within classes counts less in what is kept, see `trainer.within_class`.
    """

    strength: float
    share: float
    turned: bool


CHOICES = tuple(Choice(*one) for one in product(STRENGTHS, SHARES, (False, True)))
NOTHING = Choice(STRENGTHS[0], 0.0, turned=False)
"""The embedding stays as it is."""
UNTRIED = Choice(10.0, 0.5, turned=True)
"""Where there are too few photos to choose."""
Trials = dict[Choice, float]
"""MAP@R of each."""


def learn(views: Views, classes: Numbers, groups: Numbers, seed: int) -> Head:
    """The layer is fitted to all views; photos decide what is open. See `LearnHead` for the rest.

    Of very many photos some decide, because each has to be compared with the others for every choice.

    The choice is that with the best MAP@R of photos that were kept back, among those that cost subjects which were
    kept back no more than a training may cost them.
    """
    many = too_many(classes)
    some = _some(classes, groups, seed)
    asked = (unit(views[some, 0]), classes[some], groups[some])
    seen = _trials(*asked, cross_validation(*asked[1:], seed), seen_quality, many)
    unseen = _trials(*asked, disjoint_classes(asked[1], seed), unseen_quality, many)
    return chosen(_best(seen, unseen), views, classes)


def too_many(classes: Numbers) -> bool:
    """Whether there are too many classes [photos] for their probabilities to be part of an embedding."""
    return len(np.unique(classes)) > MOST_POSTERIORS


def chosen(choice: Choice, views: Views, classes: Numbers) -> Head:
    """The layer of this choice, fitted to views [photos, views, dim] of classes [photos]."""
    count, per_photo, dim = views.shape
    pictures, of_pictures = unit(views.reshape(count * per_photo, dim)), np.repeat(classes, per_photo)
    # The penalty is weighed against the sum over all pictures: more views must not weaken it.
    head = fit(pictures, of_pictures, choice.strength / per_photo, many=too_many(classes)).with_share(choice.share)
    return head.with_turn(normalise_within_classes(pictures, of_pictures)) if choice.turned else head


def tried_heads(
    pictures: Views, classes: Numbers, choices: Sequence[Choice], *, many: bool
) -> Iterator[tuple[Choice, Head]]:
    """The layer of each choice, fitted to pictures [pictures, dim] of classes [pictures]; `many` as in `fit`."""
    turn = normalise_within_classes(pictures, classes)
    fitted = {strength: fit(pictures, classes, strength, many=many) for strength in {one.strength for one in choices}}
    for choice in choices:
        yield choice, fitted[choice.strength].with_share(choice.share).with_turn(turn if choice.turned else None)


def fit(embeddings: Views, classes: Numbers, strength: float, *, many: bool) -> Head:
    """One linear layer; its share is 1.

    Args:
        embeddings: of length 1, [pictures, dim].
        classes: [pictures].
        strength: the inverse of the L2 penalty's.
        many: too many classes for their probabilities.
    """
    if many:
        return _discriminant(embeddings, classes)
    from sklearn.linear_model import LogisticRegression  # takes a second to load, which an examination does without

    numbers = np.unique(classes, return_inverse=True)[1]
    model = LogisticRegression(C=strength, max_iter=_ITERATIONS, tol=_TOLERANCE, class_weight="balanced")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # that there are many classes is known
        model.fit(embeddings, numbers)
    weight, bias = model.coef_, model.intercept_
    if len(weight) == 1:  # of two classes scikit-learn keeps the difference only
        weight, bias = np.concatenate([-weight / 2, weight / 2]), np.concatenate([-bias / 2, bias / 2])
    weight, bias = np.vstack([weight, np.zeros_like(weight[:1])]), np.append(bias - bias.mean(), NONE_OF_THESE)
    return Head(weight.astype(np.float32), bias.astype(np.float32), posterior=True, share=1.0)


def _discriminant(embeddings: Views, classes: Numbers) -> Head:
    from sklearn.covariance import ledoit_wolf  # as above

    dimensions = min(MOST_POSTERIORS, embeddings.shape[1], len(np.unique(classes)) - 1)
    _, numbers, sizes = np.unique(classes, return_inverse=True, return_counts=True)
    picked = coo_array((np.ones(len(numbers)), (numbers, np.arange(len(numbers)))), shape=(len(sizes), len(numbers)))
    centre, means = embeddings.mean(axis=0, dtype=np.float64), (picked.tocsr() @ embeddings) / sizes[:, None]
    within, _ = ledoit_wolf(embeddings - means[numbers], assume_centered=True)
    spread = (means - centre) * np.sqrt(sizes / len(numbers))[:, None]
    _, axes = eigh(spread.T @ spread, within + np.finfo(np.float32).eps * np.eye(len(within)))
    weight = axes[:, ::-1][:, :dimensions].T
    return Head(weight.astype(np.float32), (-weight @ centre).astype(np.float32), posterior=False, share=1.0)


def _some(classes: Numbers, groups: Numbers, seed: int) -> Numbers:
    """Places of all photos, or of so many that some decide: whole classes if there are many, else a part of each."""
    count = len(classes)
    if count <= DECIDING:
        return np.arange(count)
    chance = np.random.default_rng(seed)
    names, numbers = np.unique(classes, return_inverse=True)
    if len(names) > MOST_POSTERIORS:
        kept = chance.permutation(len(names))[: max(MOST_POSTERIORS + 1, len(names) * DECIDING // count)]
        return np.flatnonzero(np.isin(numbers, kept))
    # Of each class as many groups, or all that it has.
    _, first, of_photo = np.unique(groups, return_index=True, return_inverse=True)
    shuffled = chance.permutation(len(first))
    parts = [shuffled[numbers[first[shuffled]] == one][: DECIDING // len(names)] for one in range(len(names))]
    return np.flatnonzero(np.isin(of_photo, np.concatenate(parts)))


def _trials(
    whole: Views, classes: Numbers, groups: Numbers, folds: Sequence[Fold], quality: Quality, many: bool
) -> Trials:
    """MAP@R of photos that were not learned from, for every choice; empty without folds."""
    choices = [one for one in CHOICES if one.strength == STRENGTHS[0]] if many else CHOICES
    found: dict[Choice, list[Values]] = {}
    for fold in folds:
        for choice, head in tried_heads(whole[fold.train], classes[fold.train], choices, many=many):
            found.setdefault(choice, []).append(quality(head(whole), classes, groups, fold))
    return {choice: mean(np.concatenate(values)) for choice, values in found.items()}


def _best(seen: Trials, unseen: Trials) -> Choice:
    if not seen:
        return UNTRIED
    # Where no class that was kept back has two photos, nothing can be told of others (NaN), and nothing is forbidden.
    harmless = [one for one in seen if not unseen or not unseen[one] < unseen[NOTHING] - MOST_LOST_BY_OTHERS]
    return max(harmless, key=lambda choice: seen[choice])
