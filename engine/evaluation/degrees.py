"""Photos with several labels, each with a confidence: they are alike in degrees, and a ranking is judged by these.

How much two photos have in common is the cosine of their labels' confidences, rarer labels counting more. Labels of
hardly any photo tell nothing of likeness, labels of most photos nothing of difference: both are left out.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.errors import BadRequestError
from engine.evaluation.metrics import SELECTION, Values, graded_ndcg_at
from engine.evaluation.ranking import Embeddings, RankedBlock, unit
from engine.evaluation.relevance import Mask, Numbers, left_out

FEWEST_PHOTOS, LARGEST_SHARE = 3, 0.5
"""A label on fewer photos tells nothing of likeness, one on a larger share of them nothing of difference."""
ALIKE = 0.5
"""From so much in common on, a photo is what a query is meant to find, where only yes or no can be told."""
REFERENCES = ("random", "popularity", "oracle")
_RANDOM_DIM = 64
_TINY = 1e-9
Confidences = NDArray[np.float32]


def confidence_matrix(photos: Sequence[Mapping[str, float]], labels: Sequence[str]) -> Confidences:
    """Confidences [photos, labels]; 0 for a label that a photo has not."""
    places = {label: place for place, label in enumerate(labels)}
    matrix = np.zeros((len(photos), len(labels)), dtype=np.float32)
    for row, given in zip(matrix, photos, strict=True):
        for label, confidence in given.items():
            row[places[label]] = confidence
    return matrix


def label_weights(
    counts: NDArray[np.int64], photos: int, fewest: int = FEWEST_PHOTOS, largest_share: float = LARGEST_SHARE
) -> NDArray[np.float32]:
    """What each label counts for: ln((1 + N) / (1 + n)) + 1, as in smoothed tf-idf; 0 for what is left out.

    Args:
        counts: photos that have the label (n), [labels].
        photos: all of them (N).
        fewest: photos that a label must be on to count.
        largest_share: of the photos that it may be on.

    Raises:
        BadRequestError: no label counts.
    """
    counting = (counts >= fewest) & (counts <= largest_share * photos)
    if not counting.any():
        raise BadRequestError(
            f"None of the {len(counts):,} labels tells the {photos:,} photos apart: each is on fewer than {fewest} of"
            f" them or on more than {largest_share:.0%}.",
            "Label more photos, or with more labels.",
        )
    return np.where(counting, np.log((1 + photos) / (1 + counts)) + 1, 0).astype(np.float32)


def most_telling(photos: Sequence[Mapping[str, float]]) -> list[str]:
    """Of each photo's labels the one that says most about it: sure, and rare among all; raises BadRequestError."""
    labels = sorted({label for given in photos for label in given})
    matrix = confidence_matrix(photos, labels)
    return [labels[place] for place in _telling(matrix, label_weights((matrix > 0).sum(axis=0), len(photos)))]


class Degrees:
    """Relevance in degrees: see `engine.evaluation.relevance.Relevance`.

    Args:
        asked: confidences of the queries' labels, [queries, labels].
        gallery: of the gallery's, [items, labels].
        weights: what each label counts for, [labels].
        itself: each query's own place in the gallery, or `NOBODY`.
        asked_contents: with these a ranking leaves out what has the query's number, [queries].
        contents: of the gallery, [items].
    """

    def __init__(
        self,
        asked: Confidences,
        gallery: Confidences,
        weights: NDArray[np.float32],
        itself: Numbers,
        asked_contents: Numbers | None = None,
        contents: Numbers | None = None,
    ) -> None:
        self._asked, self._gallery, self._weights = asked, gallery, weights
        self._places, self._searched = unit(asked * weights), unit(gallery * weights)
        self._itself, self._asked_contents, self._contents = itself, asked_contents, contents

    def of(self, queries: Numbers) -> tuple[Mask, Mask]:
        """See `Relevance`: what has much in common with a query is relevant."""
        without = left_out(queries, len(self._gallery), self._itself, self._asked_contents, self._contents)
        return self.in_common(queries) >= ALIKE, without

    def in_common(self, queries: Numbers) -> NDArray[np.float32]:
        """How much each item has in common with some queries, 0..1: [queries, items]."""
        found: NDArray[np.float32] = self._places[queries] @ self._searched.T
        return found

    def most_telling(self, queries: Numbers) -> Numbers:
        """Of the labels of some queries the one that says most about each, as its place among all labels."""
        return _telling(self._asked[queries], self._weights)

    def shared(self, queries: Numbers) -> NDArray[np.float32]:
        """What Remeus/simage adds up: of a query's confidences, those that an item shares, 0..1: [queries, items]."""
        sure = self._asked[queries].sum(axis=1, keepdims=True)
        found: NDArray[np.float32] = self._asked[queries] @ self._gallery.T / np.maximum(sure, _TINY)
        return found

    def values(self, block: RankedBlock, cutoffs: Sequence[int]) -> dict[str, Values]:
        """Metrics that know degrees, one value per query of a block.

        `ndcg@k` has what is in common as its gain; `score003@k` is `metrics.selection_score` of the top k, and
        `score003@k/best` its share of the best score that any ranking can reach.
        """
        there = np.isfinite(block.alike)
        gains = np.where(there, self.in_common(block.queries), 0).astype(np.float64)
        shared = np.where(there, self.shared(block.queries), 0).astype(np.float64)
        ranked, found = (np.take_along_axis(one, block.items, axis=1) for one in (gains, shared))
        best = -np.sort(-shared, axis=1)
        values: dict[str, Values] = {}
        for k in cutoffs:
            size = np.minimum(k, there.sum(axis=1))
            score, reachable = (2 / (size + SELECTION) * one[:, :k].sum(axis=1) for one in (found, best))
            values[f"ndcg@{k}"] = graded_ndcg_at(ranked, gains, k)
            values[f"score003@{k}"] = score
            values[f"score003@{k}/best"] = score / np.maximum(reachable, _TINY)
        return values

    def references(self, seed: int) -> dict[str, tuple[Embeddings, Embeddings]]:
        """Queries and gallery as those embed them who know nothing, what is common, or the labels: by `REFERENCES`.

        The second one ranks everything by how much of its labels all photos share, whatever is asked for.
        """
        chance = np.random.default_rng(seed)
        random = [
            chance.normal(size=(len(one), _RANDOM_DIM)).astype(np.float32) for one in (self._asked, self._gallery)
        ]
        common = self._gallery @ self._gallery.mean(axis=0)
        share = common / max(float(common.max(initial=0)), _TINY)
        everyone = np.tile(np.array([[1, 0]], dtype=np.float32), (len(self._asked), 1))
        popular = np.stack([share, np.sqrt(np.maximum(1 - share**2, 0))], axis=1).astype(np.float32)
        return dict(
            zip(
                REFERENCES,
                ((random[0], random[1]), (everyone, popular), (self._places, self._searched)),
                strict=True,
            )
        )


def _telling(confidences: Confidences, weights: NDArray[np.float32]) -> Numbers:
    """Where the largest weighted confidence stands; of a photo without labels that count, the largest confidence."""
    places: Numbers = (confidences * (weights + np.float32(_TINY))).argmax(axis=1)
    return places
