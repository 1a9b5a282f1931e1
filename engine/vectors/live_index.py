"""The index that answers: the published graph, and whatever the catalogue has learnt since.

The catalogue is the truth. The graph may be old, damaged or gone: embeddings that are not in it are compared one by
one, so a photo is searchable as soon as its row is committed, and the answer is right before the graph is rebuilt.
"""

import threading
from pathlib import Path

import numpy as np

from engine.catalog.catalog import Catalog
from engine.catalog.embeddings import StoredModel
from engine.jobs import Job, Progress
from engine.vectors import index_file
from engine.vectors.exact import ExactIndex
from engine.vectors.hnsw import HnswIndex
from engine.vectors.index import Labels, Vectors, nearest

EXACT_BELOW = 20_000
"""Up to here comparing with every vector takes under a millisecond: exact is both simpler and right."""
MERGE_CHUNK = 64
"""Vectors that are linked into the graph at a time; a search waits for one chunk at most."""
REBUILD_SHARE = 0.25
"""A graph with more removed vectors than this is built anew."""
EXACT_CHUNK = 65_536
RECALL_QUERIES = 100
RECALL_K = 10


class LiveIndex:
    """Searches the embeddings of one model. Any thread may call any method.

    Attributes:
        problem: why the index file could not be used, or empty.
    """

    def __init__(self, catalog: Catalog, model: StoredModel, folder: Path) -> None:
        self.model = model
        self._catalog = catalog
        self._folder = folder
        self._lock = threading.RLock()
        self._generation = catalog.generation()
        self._membership = catalog.membership()
        self._exact = ExactIndex(model.dim)
        loaded = index_file.load(folder, model=model.identity, dim=model.dim)
        self.problem = loaded.problem
        self._graph = loaded.graph or HnswIndex(model.dim)
        self._dirty = loaded.graph is None
        self._last_seq = 0
        self._labels = self._graph.labels()
        self._compare_with_catalog()
        if self._small:
            in_graph = self._graph.labels()
            self._exact.add(in_graph, self._graph.vectors(in_graph))

    def __len__(self) -> int:
        with self._lock:
            return len(self._labels)

    @property
    def in_graph(self) -> int:
        """Vectors that are linked into the graph."""
        with self._lock:
            return len(self._graph)

    def refresh(self) -> None:
        """Take in what was committed since, by this process or another."""
        with self._lock:
            generation, membership = self._catalog.generation(), self._catalog.membership()
            if generation == self._generation:
                return
            if membership != self._membership:
                self._compare_with_catalog()
            else:
                for labels, vectors in self._catalog.embeddings.after(self._last_seq, self.model):
                    self._take_in(labels, vectors)
            self._generation, self._membership = generation, membership

    def search(
        self, query: Vectors, k: int, *, among: Labels | None = None, exact: bool = False
    ) -> tuple[Labels, Vectors]:
        """The k nearest embeddings of a unit vector [dim].

        Args:
            query: float32 [dim], L2-normalised.
            k: how many at most.
            among: only these labels; they are compared one by one, because a filter that keeps little makes a graph
                search find little.
            exact: compare with every vector.

        Returns:
            Labels (`seq` of the embeddings) and cosine distances, best first.
        """
        with self._lock:
            self.refresh()
            if among is not None:
                return self._scan(query, np.intersect1d(among, self._labels), k)
            if self._small:
                return self._exact.search(query, k)
            if exact:
                return self._scan(query, self._labels, k)
            return _merged(self._graph.search(query, k), self._exact.search(query, k), k)

    def vectors(self, labels: Labels) -> Vectors:
        """Stored vectors, float32 [n, dim], in the order of the labels."""
        with self._lock:
            found = np.empty((len(labels), self.model.dim), dtype=np.float32)
            near = np.isin(labels, self._exact.labels())
            found[near] = self._exact.vectors(labels[near])
            found[~near] = self._graph.vectors(labels[~near])
            return found

    def sample(self, count: int, seed: int = 0) -> Vectors:
        """Vectors of at most `count` photos chosen at random, float32 [n, dim]."""
        with self._lock:
            self.refresh()
            labels = self._labels
            chosen = np.random.default_rng(seed).choice(len(labels), min(count, len(labels)), replace=False)
            return self.vectors(labels[np.sort(chosen)])

    def merge(self, job: Job) -> None:
        """Link everything into the graph that is not in it yet, letting searches pass in between."""
        self.refresh()
        with self._lock:
            waiting = np.setdiff1d(self._exact.labels(), self._graph.labels())
        for start in range(0, len(waiting), MERGE_CHUNK):
            job.step(Progress("building the index", start, len(waiting)))
            self._link(waiting[start : start + MERGE_CHUNK])
        with self._lock:
            removed = self._graph.stored - len(self._graph)
            if removed > REBUILD_SHARE * self._graph.stored:
                self._drop_removed()
            if not self._small:
                self._exact.remove(self._graph.labels())

    def rebuild(self, job: Job) -> None:
        """Build the graph anew from the stored embeddings."""
        with self._lock:
            self._exact = ExactIndex(self.model.dim)
            self._graph = HnswIndex(self.model.dim)
            self._labels = self._graph.labels()
            self._last_seq, self._dirty = 0, True
            self._compare_with_catalog()
        self.merge(job)

    def publish(self) -> bool:
        """Save the graph if the file does not have it yet; returns whether it was written."""
        with self._lock:
            if not self._dirty:
                return False
            index_file.publish(
                self._graph,
                self._folder,
                model=self.model.identity,
                last_seq=self._last_seq,
                generation=self._generation,
            )
            self._dirty, self.problem = False, ""
            return True

    def recall(self, seed: int = 0) -> float | None:
        """Self-test: recall@10 of the graph against the exact answer, for 100 of its photos; None if it is empty."""
        with self._lock:
            labels = self._graph.labels()
            if len(labels) == 0:
                return None
            chosen = np.random.default_rng(seed).choice(labels, min(RECALL_QUERIES, len(labels)), replace=False)
            hits = total = 0
            for query in self._graph.vectors(np.sort(chosen)):
                found, distances = self._graph.search(query, RECALL_K)
                _, truth = self._scan(query, labels, RECALL_K)
                # By distance, because photos at the same distance may come in any order.
                hits += int((distances <= truth[-1] + 1e-6).sum()) if len(found) else 0
                total += len(truth)
            return hits / total

    @property
    def _small(self) -> bool:
        return len(self._labels) <= EXACT_BELOW

    def _take_in(self, labels: Labels, vectors: Vectors) -> None:
        self._exact.add(labels, vectors)
        self._labels = np.union1d(self._labels, labels)
        self._last_seq = max(self._last_seq, int(labels.max()))
        self._dirty = True

    def _compare_with_catalog(self) -> None:
        """Drop what is not searchable any more and take in what is not known yet."""
        live = self._catalog.embeddings.live(self.model)
        gone = np.setdiff1d(self._labels, live)
        self._graph.remove(gone)
        self._exact.remove(gone)
        self._labels = np.setdiff1d(self._labels, gone)
        for labels, vectors in self._catalog.embeddings.chosen(np.setdiff1d(live, self._labels), self.model):
            self._take_in(labels, vectors)
        self._last_seq = max(self._last_seq, int(live.max()) if len(live) else 0)

    def _link(self, labels: Labels) -> None:
        with self._lock:
            present = labels[np.isin(labels, self._exact.labels())]  # some may have gone since
            if len(present):
                self._graph.add(present, self._exact.vectors(present))
                self._dirty = True

    def _drop_removed(self) -> None:
        """A graph keeps removed vectors as way stations; build one without them."""
        labels = self._labels
        graph = HnswIndex(self.model.dim, capacity=len(labels))
        graph.add(labels, self.vectors(labels))
        self._graph, self._dirty = graph, True

    def _scan(self, query: Vectors, labels: Labels, k: int) -> tuple[Labels, Vectors]:
        """Compare with each of these vectors, a chunk at a time so that memory stays flat."""
        found: tuple[Labels, Vectors] = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        for start in range(0, len(labels), EXACT_CHUNK):
            part = labels[start : start + EXACT_CHUNK]
            distances = np.maximum(1 - self.vectors(part) @ query, 0)
            order = nearest(distances, k)
            found = _merged(found, (part[order], distances[order]), k)
        return found


def _merged(one: tuple[Labels, Vectors], other: tuple[Labels, Vectors], k: int) -> tuple[Labels, Vectors]:
    """The k best of two answers, each label once."""
    labels = np.concatenate([one[0], other[0]])
    distances = np.concatenate([one[1], other[1]])
    labels, first = np.unique(labels, return_index=True)
    distances = distances[first]
    order = nearest(distances, k)
    return labels[order], distances[order]
