"""MAP@R of photos that were kept back from a training: the figure that decides."""

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.metrics import Values, average_precision_at_r
from engine.evaluation.ranking import ranked_blocks
from engine.evaluation.relevance import Relevance, SameLabel
from trainer.data.splits import Fold

Embeddings = NDArray[np.float32]
Numbers = NDArray[np.int64]


def quality(queries: Embeddings, gallery: Embeddings, relevance: Relevance) -> Values:
    """MAP@R of queries; NaN for those that have nothing to find."""
    values = np.full(len(queries), np.nan)
    for block in ranked_blocks(queries, gallery, relevance, whole=False):
        values[block.queries] = average_precision_at_r(block.ranking)
    return values


def seen_quality(embeddings: Embeddings, classes: Numbers, groups: Numbers, fold: Fold) -> Values:
    """MAP@R of photos kept back, which search each other; NaN for those that have nothing to find.

    Args:
        embeddings: of all photos, [photos, dim].
        classes: [photos].
        groups: of near-duplicates, which are no proof and are left out of rankings, [photos].
        fold: which photos are kept back.
    """
    return _quality(embeddings, classes, groups, fold.held_out, fold.held_out)


def unseen_quality(embeddings: Embeddings, classes: Numbers, groups: Numbers, fold: Fold) -> Values:
    """MAP@R of photos of classes kept back, which search each other and all that was learned from; NaN as above."""
    return _quality(embeddings, classes, groups, fold.held_out, np.concatenate([fold.held_out, fold.train]))


def _quality(embeddings: Embeddings, classes: Numbers, groups: Numbers, asking: Numbers, searched: Numbers) -> Values:
    """The photos that ask come first among those that are searched."""
    relevance = SameLabel(classes[asking], classes[searched], np.arange(len(asking)), groups[asking], groups[searched])
    return quality(embeddings[asking], embeddings[searched], relevance)
