"""From a value per query to what is reported: means, medians, and how sure they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.metrics import Values

RESAMPLES = 1_000
CONFIDENCE = 0.95
_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the true value lies, with 95 % confidence."""

    low: float
    high: float


class Bootstrap:
    """Draws the queries again and again, with replacement, to see how much a mean owes to chance.

    All metrics, and all models that are compared, see the same draws.

    Args:
        queries: how many there are.
        seed: the same seed gives the same intervals.
    """

    def __init__(self, queries: int, seed: int, resamples: int = RESAMPLES) -> None:
        self._queries, self._seed, self._resamples = queries, seed, resamples

    def of_means(self, columns: Sequence[Values]) -> list[Interval]:
        """The interval of the mean of each column, one value per query; NaN is no value."""
        values = np.stack(columns, axis=1)
        there = np.isfinite(values)
        filled = np.where(there, values, 0.0)
        means = []
        for draws in self._draws():
            counts = np.stack([np.bincount(draw, minlength=self._queries) for draw in draws]).astype(np.float64)
            drawn = counts @ there
            means.append(np.divide(counts @ filled, drawn, out=np.full(drawn.shape, np.nan), where=drawn > 0))
        return [_interval(column) for column in np.concatenate(means).T]

    def of_median(self, values: Values) -> Interval:
        """The interval of the median."""
        return _interval(np.concatenate([np.median(values[draws], axis=1) for draws in self._draws()]))

    def _draws(self) -> Iterator[NDArray[np.int64]]:
        """Some draws at a time, [draws, queries]; always the same ones."""
        chance = np.random.default_rng(self._seed)
        at_once = max(1, _AT_ONCE // self._queries)
        for start in range(0, self._resamples, at_once):
            yield chance.integers(0, self._queries, (min(at_once, self._resamples - start), self._queries))


def mean(values: Values) -> float:
    """The mean; NaN is no value, and no value at all is NaN."""
    there = values[np.isfinite(values)]
    return float(there.mean()) if len(there) else float("nan")


def class_means(values: Values, classes: NDArray[np.int64], count: int) -> Values:
    """The mean of each class, [count]; NaN for a class without a value."""
    there = np.isfinite(values)
    sums = np.bincount(classes[there], values[there], minlength=count)
    sizes = np.bincount(classes[there], minlength=count)
    means: Values = np.divide(sums, sizes, out=np.full(count, np.nan), where=sizes > 0)
    return means


def _interval(outcomes: Values) -> Interval:
    outcomes = outcomes[np.isfinite(outcomes)]
    if not len(outcomes):
        return Interval(float("nan"), float("nan"))
    outside = (1 - CONFIDENCE) / 2
    low, high = np.quantile(outcomes, [outside, 1 - outside])
    return Interval(float(low), float(high))
