"""One index of several graphs, as Lucene's is of segments: none of them is ever large.

hnswlib keeps Python's lock while it loads or saves a graph, and a file of a graph is written anew for one vector more.
So a graph that is full is not added to any more, and its file stays as it is; what is new goes to one that has room.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.vectors import hnsw
from engine.vectors.hnsw import EF_SEARCH, HnswIndex
from engine.vectors.index import Labels, Vectors, checked, nearest

LOOKED_AT_IN_EACH = 64
"""Candidates that are kept while looking through one of several graphs; what all of them find together is ranked."""
FEWEST_OF_EACH = 16
"""Matches that each of several graphs is asked for at first, besides twice its share of those that are wanted."""
WORN_SHARE = 0.25
"""A graph with more removed vectors than this is built anew.

Removed ones stay as way stations, but new ones are not linked to them: where most are removed, new ones are linked to
little and hard to find.
"""
NEW_SHARE = 0.01
"""A file is written anew when more than this of its graph is not in it; less is read from the catalogue instead."""
ALWAYS_SAVED = 20_000
"""A graph of so few vectors is written for each new one: that takes no time."""
PROCESSORS = os.cpu_count() or 1

Found = tuple[Labels, Vectors]
"""Labels and cosine distances, best first."""


@dataclass(frozen=True, slots=True)
class SegmentFile:
    """A saved graph.

    Attributes:
        file: its name.
        count: vectors in it, removed ones included.
        blake2b: hex digest of the digests of the file's pieces.
    """

    file: str
    count: int
    blake2b: str


class Segment:
    """A graph and the file that holds it.

    Attributes:
        graph: never larger than `hnsw.LARGEST`.
        file: what was saved of it; None if nothing was, or if the file is no good any more.
    """

    def __init__(self, graph: HnswIndex, file: SegmentFile | None = None) -> None:
        self.graph = graph
        self.file = file
        self._added: list[Labels] = []

    def add(self, labels: Labels, vectors: Vectors) -> None:
        """Link vectors, or let removed ones come back."""
        new = labels[~self.graph.stores(labels)]
        self.graph.add(labels, vectors)
        self._added.append(new)

    def unsaved(self) -> Labels:
        """The labels that can be found here and are not in its file, int64 [n]."""
        new = self.graph.labels() if self.file is None else self._newest(self.graph.stored - self.file.count)
        return new[self.graph.finds(new)]

    def removed(self) -> Labels:
        """The labels that are in its file and cannot be found any more, int64 [n]."""
        if self.file is None:
            return np.empty(0, dtype=np.int64)
        return np.setdiff1d(self.graph.removed, self._newest(self.graph.stored - self.file.count))

    @property
    def complete(self) -> bool:
        """Whether it is full and ought to be written for the last time."""
        return not self.graph.room and self.worth_saving

    @property
    def worth_saving(self) -> bool:
        """Whether its file lacks enough to be written anew."""
        new = self.graph.stored - (self.file.count if self.file else 0)
        return new > (0 if self.graph.stored <= ALWAYS_SAVED else NEW_SHARE * self.graph.stored)

    def saved(self, file: SegmentFile) -> None:
        """This file holds what was here when it was written."""
        self.file = file
        self._added = [self._newest(self.graph.stored - file.count)]

    def _newest(self, count: int) -> Labels:
        added = np.concatenate([np.empty(0, dtype=np.int64), *self._added])
        return added[len(added) - count :]


class Segments:
    """A vector index whose vectors lie in several graphs.

    Not safe to search while it changes: the owner holds a lock.

    Attributes:
        dim: values of a vector.
        parts: the graphs; a label that can be found is in one of them.
    """

    def __init__(self, dim: int, parts: Sequence[Segment] = ()) -> None:
        self.dim = dim
        self.parts = list(parts)

    def __len__(self) -> int:
        return sum(len(part.graph) for part in self.parts)

    @property
    def stored(self) -> int:
        """Vectors in the graphs, the removed ones included."""
        return sum(part.graph.stored for part in self.parts)

    def labels(self) -> Labels:
        """The labels of all vectors that can be found, int64 [n], ascending."""
        return _in_order([part.graph.labels() for part in self.parts])

    def unsaved(self) -> Labels:
        """The labels that can be found and are in no file, int64 [n], ascending."""
        return _in_order([part.unsaved() for part in self.parts])

    def removed(self) -> Labels:
        """The labels that are in a file and cannot be found any more, int64 [n], ascending."""
        return _in_order([part.removed() for part in self.parts])

    def finds(self, labels: Labels) -> NDArray[np.bool_]:
        """Which of these labels can be found here, bool [n]."""
        found = np.zeros(len(labels), dtype=bool)
        for part in self.parts:
            found |= part.graph.finds(labels)
        return found

    def holds(self, labels: Labels, vectors: Vectors) -> bool:
        """Whether the labels that can be found here stand for these vectors; unknown labels are passed over."""
        return all(part.graph.holds(labels, vectors) for part in self.parts)

    def add(self, labels: Labels, vectors: Vectors) -> None:
        """Store unit vectors under new labels; a removed label comes back with the vector it had."""
        rows = checked(vectors, self.dim)
        for part in self.parts:
            here = part.graph.stores(labels)
            if here.any():
                part.add(labels[here], rows[here])
                labels, rows = labels[~here], rows[~here]
        while len(labels):
            part = self._with_room()
            room = part.graph.room
            part.add(labels[:room], rows[:room])
            labels, rows = labels[room:], rows[room:]

    def remove(self, labels: Labels) -> None:
        """Let these vectors not be found any more; unknown labels are passed over."""
        for part in self.parts:
            part.graph.remove(labels)

    def search(self, query: Vectors, k: int) -> tuple[Labels, Vectors]:
        """The k (approximately) nearest vectors of a unit vector: labels and cosine distances, best first."""
        if len(self.parts) == 1:
            return self.parts[0].graph.search(query, k)
        share = min(k, FEWEST_OF_EACH + 2 * k // max(len(self.parts), 1))
        found = self._asked(query, share)
        labels, distances = _ranked(found, k)
        if share == k:
            return labels, distances
        for number, (_, own) in enumerate(found):
            # All it was asked for is among the best, so it may have more: what looks alike often came together.
            if len(own) == share and own[-1] <= distances[-1]:
                found[number] = self.parts[number].graph.search(query, k, LOOKED_AT_IN_EACH)
        return _ranked(found, k)

    def search_many(self, queries: Vectors, k: int) -> tuple[Labels, Vectors]:
        """The same for many unit vectors [n, dim] at once: labels and distances [n, k], or fewer columns."""
        looked_at = EF_SEARCH if len(self.parts) == 1 else LOOKED_AT_IN_EACH
        found = [part.graph.search_many(queries, k, looked_at) for part in self.parts]
        labels = np.concatenate([np.empty((len(queries), 0), dtype=np.int64), *(one for one, _ in found)], axis=1)
        distances = np.concatenate([np.empty((len(queries), 0), dtype=np.float32), *(one for _, one in found)], axis=1)
        order = np.argsort(distances, axis=1, kind="stable")[:, :k]
        return np.take_along_axis(labels, order, axis=1), np.take_along_axis(distances, order, axis=1)

    def worn(self) -> list[Segment]:
        """The graphs that ought to be built anew, together: those of which much is removed, or two that are small."""
        worn = [part for part in self.parts if part.graph.stored - len(part.graph) > WORN_SHARE * part.graph.stored]
        smallest = sorted(self.parts, key=lambda part: len(part.graph))[:2]
        if len(smallest) > 1 and sum(len(part.graph) for part in smallest) <= hnsw.LARGEST // 2:
            worn += [part for part in smallest if part not in worn]
        return worn

    def replace(self, worn: Sequence[Segment], fresh: "Segments") -> None:
        """Let other graphs take the place of some."""
        self.parts = [part for part in self.parts if part not in worn] + fresh.parts

    def _asked(self, query: Vectors, k: int) -> list[Found]:
        """What each graph finds, in their order. Every processor asks some: hnswlib lets go of Python's lock."""
        each = -(-len(self.parts) // PROCESSORS) or 1
        own, *others = [self.parts[first : first + each] for first in range(0, len(self.parts), each)] or [[]]
        if not others:
            return _found_in(own, query, k)
        with ThreadPoolExecutor(len(others)) as helpers:  # a tenth of a millisecond, and no thread outlives its search
            asked = [helpers.submit(_found_in, parts, query, k) for parts in others]
            return sum((one.result() for one in asked), _found_in(own, query, k))

    def _with_room(self) -> Segment:
        """The fullest graph that is not full, so that only one is written to at a time; a new one if all are."""
        unfilled = [part for part in self.parts if part.graph.room]
        if not unfilled:  # the first one grows; another one has room for all that it will ever hold
            unfilled.append(Segment(HnswIndex(self.dim, capacity=hnsw.LARGEST if self.parts else 0)))
            self.parts += unfilled
        return max(unfilled, key=lambda part: part.graph.stored)


def _found_in(parts: Sequence[Segment], query: Vectors, k: int) -> list[Found]:
    return [part.graph.search(query, k, LOOKED_AT_IN_EACH) for part in parts]


def _in_order(parts: Sequence[Labels]) -> Labels:
    """Labels of several graphs, which are nearly in order already."""
    return np.sort(np.concatenate([np.empty(0, dtype=np.int64), *parts]), kind="stable")


def _ranked(found: Sequence[Found], k: int) -> Found:
    """The k best of several answers."""
    labels = np.concatenate([np.empty(0, dtype=np.int64), *(labels for labels, _ in found)])
    distances = np.concatenate([np.empty(0, dtype=np.float32), *(distances for _, distances in found)])
    order = nearest(distances, k)
    return labels[order], distances[order]
