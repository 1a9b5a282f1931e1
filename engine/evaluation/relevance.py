"""What a query is meant to find, and what its ranking leaves out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]

NOBODY = -1
"""The place of a query that is not in the gallery itself."""


class Relevance(Protocol):
    """Judges gallery items for some queries at a time."""

    def of(self, queries: Numbers) -> tuple[Mask, Mask]:
        """Which items are relevant, and which are left out of the ranking: both bool [queries, gallery], to be changed.

        What is left out counts neither for nor against a ranking.
        """
        ...


@dataclass(frozen=True, slots=True)
class SameLabel:
    """What carries the query's label is relevant.

    Attributes:
        asked: labels of the queries as numbers.
        gallery: labels of the gallery.
        itself: the query's own place in the gallery, which its ranking leaves out; `NOBODY` if it is not there.
        asked_contents: numbers of the queries' contents; with these the ranking also leaves out copies of the query.
        contents: numbers of the gallery's contents.
    """

    asked: Numbers
    gallery: Numbers
    itself: Numbers
    asked_contents: Numbers | None = None
    contents: Numbers | None = None

    def of(self, queries: Numbers) -> tuple[Mask, Mask]:
        """See `Relevance`."""
        relevant = self.asked[queries][:, None] == self.gallery[None, :]
        return relevant, left_out(queries, len(self.gallery), self.itself, self.asked_contents, self.contents)


def left_out(
    queries: Numbers, gallery: int, itself: Numbers, asked_contents: Numbers | None, contents: Numbers | None
) -> Mask:
    """What the rankings of some queries leave out of a gallery of so many items; see `SameLabel` for the rest."""
    without: Mask = np.arange(gallery) == itself[queries][:, None]
    if asked_contents is not None and contents is not None:
        without |= asked_contents[queries][:, None] == contents[None, :]
    return without


@dataclass(frozen=True, slots=True)
class Listed:
    """Every query has lists of its own, as in the Oxford ground truth.

    Attributes:
        relevant: places in the gallery, for every query.
        left_out: likewise; the junk.
        gallery: how many items it has.
    """

    relevant: Sequence[Numbers]
    left_out: Sequence[Numbers]
    gallery: int

    def of(self, queries: Numbers) -> tuple[Mask, Mask]:
        """See `Relevance`."""
        shape = (len(queries), self.gallery)
        relevant, left_out = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
        for row, query in enumerate(queries):
            relevant[row, self.relevant[query]] = True
            left_out[row, self.left_out[query]] = True
        return relevant, left_out
