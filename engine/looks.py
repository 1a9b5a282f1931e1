"""Photos in the order of their looks, for what is browsed and for what was found."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.answering import Answering
from engine.browsing import Contents
from engine.catalog.browsing import Browsing
from engine.catalog.embeddings import Embeddings
from engine.filters import Filters
from engine.jobs import Job
from engine.search.look_order import NEIGHBOURS, look_order, placed
from engine.vectors.live_index import LiveIndex

KEPT_ORDERS = 8
FEW_SHARE = 0.1
"""So many new photos are put beside what they are like; more are arranged anew with all others."""
LARGE = 5_000
"""Fewer photos are always arranged anew: that takes a second."""

Seqs = NDArray[np.int64]


class Looks:
    """Arranges photos so that neighbours look alike, to the model that answers. Any thread may call any method.

    What was arranged is kept; in a large library, photos that came or went since do not have it all arranged again.
    """

    def __init__(self, browsing: Browsing, embeddings: Embeddings, answering: Answering) -> None:
        self._browsing = browsing
        self._embeddings = embeddings
        self._answering = answering
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[int, Filters], Seqs] = OrderedDict()

    def contents(self, filters: Filters, *, descending: bool = False, job: Job | None = None) -> Contents:
        """The photos that pass, so that neighbours look alike; those without an embedding come last.

        Args:
            job: told about progress; may cancel.

        Raises:
            NotFoundError: there is no such collection.
            Cancelled: the job was cancelled.
        """
        job = job or Job()
        answerer = self._answering.current()
        ids, seqs = self._browsing.embedded(filters, answerer.model.key)
        known, vectors = answerer.index.vectors(seqs[seqs > 0])
        key = (answerer.model.key, filters)
        path = self._path(key, known, vectors, answerer.index, job)
        with self._lock:
            self._kept[key] = known[path]
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT_ORDERS:
                self._kept.popitem(last=False)
        # Where each photo comes: by its place in the path, or behind all.
        order = np.argsort(known, kind="stable")
        rank = np.full(len(ids), len(ids), dtype=np.int64)
        place = np.empty(len(known), dtype=np.int64)
        place[path] = np.arange(len(path))
        there = np.isin(seqs, known)
        rank[there] = place[order[np.searchsorted(known, seqs[there], sorter=order)]]
        arranged = Contents(ids[np.argsort(rank, kind="stable")])
        return arranged.reversed() if descending else arranged

    def order(self, photo_ids: Sequence[str], job: Job | None = None) -> list[str]:
        """These photos so that neighbours look alike, the first one nearer to the beginning; others come last.

        Raises:
            Cancelled: the job was cancelled.
        """
        vectors = self._embeddings.of_photos(photo_ids, self._answering.current().model)
        sound = np.flatnonzero(~np.isnan(vectors[:, 0])) if len(photo_ids) else np.empty(0, dtype=np.int64)
        path = sound[look_order(vectors[sound], job=job)]
        if len(path) and int(np.flatnonzero(path == sound[0])[0]) > len(path) // 2:
            path = path[::-1]
        rest = np.setdiff1d(np.arange(len(photo_ids)), path)
        return [photo_ids[row] for row in (*path.tolist(), *rest.tolist())]

    def _path(
        self, key: tuple[int, Filters], seqs: Seqs, vectors: NDArray[np.float32], index: LiveIndex, job: Job
    ) -> NDArray[np.int64]:
        """The rows of these embeddings in order; as before if they are the same, with few new ones put in."""
        with self._lock:
            kept = self._kept.get(key)
        if kept is not None:
            row_of = {seq: row for row, seq in enumerate(seqs.tolist())}
            path = np.array([row_of[seq] for seq in kept.tolist() if seq in row_of], dtype=np.int64)
            new = np.setdiff1d(np.arange(len(seqs)), path)
            gone = len(kept) - len(path)
            if len(new) + gone == 0:
                return path
            if len(seqs) >= LARGE and len(new) + gone <= FEW_SHARE * len(seqs):
                return placed(path, vectors, new)
        near, _ = index.neighbours(seqs, vectors, NEIGHBOURS, job)
        return look_order(vectors, near, job)
