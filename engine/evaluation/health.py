"""What an embedding looks like as a whole: how much of its space it uses, and how well likeness tells pairs apart."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.ranking import Embeddings, Similarities, unit

_BINS = 200_000
"""Of the histograms of similarity; what is read from them is right to 0.00001."""
UNIFORMITY_SCALE = 2


@dataclass(slots=True)
class PairStatistics:
    """What all pairs of query and gallery item tell, gathered block by block in constant memory.

    A pair is alike if the item is relevant to the query.
    """

    _alike: NDArray[np.int64] = field(default_factory=lambda: np.zeros(_BINS, dtype=np.int64))
    _other: NDArray[np.int64] = field(default_factory=lambda: np.zeros(_BINS, dtype=np.int64))
    _sums: NDArray[np.float64] = field(default_factory=lambda: np.zeros(2))
    _potential: float = 0.0

    def add(self, similarities: Similarities, relevant: NDArray[np.bool_]) -> None:
        """Count pairs: both [queries, gallery]; a similarity of minus infinity is no pair."""
        counted = np.isfinite(similarities)
        for row, (bins, mask) in enumerate(((self._alike, relevant), (self._other, counted & ~relevant))):
            chosen = similarities[mask].astype(np.float64)
            places = np.clip((chosen + 1) * (_BINS / 2), 0, _BINS - 1).astype(np.int64)
            bins += np.bincount(places, minlength=_BINS)
            self._sums[row] += chosen.sum()
            self._potential += float(np.exp(-UNIFORMITY_SCALE * (2 - 2 * chosen)).sum())

    def summary(self) -> dict[str, float]:
        """The figures, by name; those about pairs that do not exist are left out."""
        alike, other = int(self._alike.sum()), int(self._other.sum())
        found: dict[str, float] = {}
        if alike:
            found["alignment"] = 2 - 2 * self._sums[0] / alike
        if alike or other:
            found["uniformity"] = float(np.log(self._potential / (alike + other)))
        if alike:
            found["intra_cosine"] = self._sums[0] / alike
        if other:
            found["inter_cosine"] = self._sums[1] / other
        if alike and other:
            found["auc"] = self._auc(alike, other)
            found["fnmr@fmr=1%"] = self._missed(0.01, alike, other)
        return {name: float(value) for name, value in found.items()}

    def _auc(self, alike: int, other: int) -> float:
        """The share of (alike, other) couples of pairs in which the alike one is nearer; equals count half."""
        below = self._other.cumsum() - self._other
        return float((self._alike * (below + self._other / 2)).sum() / alike / other)

    def _missed(self, false_matches: float, alike: int, other: int) -> float:
        """The share of alike pairs that are refused when at most this share of the others is accepted."""
        accepted = self._other[::-1].cumsum()[::-1]  # when everything from this similarity on is taken for a match
        threshold = int(np.argmax(np.append(accepted, 0) <= false_matches * other))
        return float(self._alike[:threshold].sum() / alike)


def effective_rank(embeddings: Embeddings, share: float = 0.9) -> int:
    """How many principal components hold this share of the variance."""
    vectors = unit(embeddings).astype(np.float64)
    centred = vectors - vectors.mean(axis=0)
    variances = np.linalg.eigvalsh(centred.T @ centred)[::-1].clip(0)
    total = variances.sum()
    if not total > 0:
        return 0
    return int(np.searchsorted(variances.cumsum() / total, share - 1e-12) + 1)
