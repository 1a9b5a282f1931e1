"""The index that answers: the published graph, and whatever the catalogue has learnt since.

The catalogue is the truth. The graph may be old, damaged or gone: embeddings that are not in it are compared one by
one, so a photo is searchable as soon as its row is committed, and the answer is right before the graph is rebuilt.
While there are few photos every query compares with all of them; the graph is kept ready for when there are more.
"""

import threading
import time
from pathlib import Path

import numpy as np

from engine.catalog.catalog import Catalog
from engine.catalog.embeddings import StoredModel
from engine.jobs import Job, Progress
from engine.vectors import index_file
from engine.vectors.exact import ExactIndex
from engine.vectors.index import Labels, VectorIndex, Vectors, checked, found_in, merged
from engine.vectors.index_file import LoadedIndex
from engine.vectors.neighbours import Rows, nearest_among, nearest_by_search
from engine.vectors.segments import Segment, Segments
from engine.vectors.turns import Turns

EXACT_BELOW = 20_000
"""Up to here comparing with every vector takes under a millisecond: exact is both simpler and right."""
TURN_SECONDS = 0.01
"""How long vectors are linked into the graph before others have their turn: about what a search waits at most."""
LEAST_LINKED, MOST_LINKED = 8, 512
"""Vectors in a turn; hnswlib uses several threads from some dozen on."""
LINKING = "building the index"
MOST_NAMED = 10_000
"""Embeddings that are named one by one when a saved graph lacks them."""
SPOT_CHECKS = 50
"""Vectors of a loaded graph, newest ones and random ones, that are compared with the catalogue's."""
COMPARED_ALL = 30_000
"""So many vectors are compared with each other one by one in a few seconds; above that the graph is quicker."""
RECALL_QUERIES = 100
RECALL_K = 10


class LiveIndex:
    """Searches the embeddings of one model. Any thread may call any method."""

    def __init__(self, catalog: Catalog, model: StoredModel, folder: Path) -> None:
        self.model = model
        self._catalog = catalog
        self._folder = folder
        self._lock = Turns()
        self._reading = threading.Lock()
        self._generation = catalog.generation()
        self._membership = catalog.membership()
        self._labels: Labels = np.empty(0, dtype=np.int64)
        self._left_out: Labels = np.empty(0, dtype=np.int64)
        self._last_seq = 0
        self._misfit = ""
        self._sound: frozenset[tuple[str, int, int, int]] | None = None  # what they were when they were read last
        self._published = -1  # generation of the catalogue that the file has all of
        self._graph: Segments | None = None
        self._near = ExactIndex(model.dim)  # all vectors, or those that the graph does not have yet
        self._all: ExactIndex | None = None  # all vectors in half precision, once an exact answer is asked of a graph
        self._open()

    def __len__(self) -> int:
        with self._lock:
            return len(self._labels)

    @property
    def graph_answers(self) -> bool:
        """Whether plain queries are answered by the graph rather than by comparing with everything."""
        return len(self._near) < len(self._labels)

    def refresh(self) -> None:
        """Take in what was committed since, by this process or another."""
        with self._lock:
            generation, membership = self._catalog.generation(), self._catalog.membership()
            if generation == self._generation:
                return
            if membership != self._membership:
                self._follow_membership()
            else:
                self._take_in_after(self._last_seq)
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
        query = checked(query, self.model.dim)[0]
        if among is not None or exact:
            self.prepare_exact()
        with self._lock:
            self.refresh()
            if among is not None:
                return self._everything().search_among(query, among, k)
            if exact or self._graph is None or not self.graph_answers:
                return self._everything().search(query, k)
            return merged(self._graph.search(query, k), self._near.search(query, k), k)

    def prepare_exact(self) -> None:
        """Read now what exact and filtered answers need, so that the first of them does not wait for it."""
        with self._reading:  # whoever else needs it waits, and does not read it as well; plain searches go on
            if self._all is None and self.graph_answers:
                everything = self._read_everything()
                with self._lock:
                    everything.remove(np.setdiff1d(everything.labels(), self._labels))
                    lacking = self._labels[~everything.holds(self._labels)]  # it came while the others were read
                    for labels, vectors in self._catalog.embeddings.chosen(lacking, self.model):
                        everything.add(labels, vectors)
                    self._all = everything

    def vectors(self, labels: Labels) -> tuple[Labels, Vectors]:
        """Those of these labels that are searchable, in the same order, and their vectors float32 [n, dim]."""
        self.prepare_exact()
        with self._lock:
            self.refresh()
            index = self._everything()
            known = labels[index.holds(labels)]
            return known, index.vectors(known)

    def neighbours(self, labels: Labels, vectors: Vectors, k: int, job: Job) -> tuple[Rows, Vectors]:
        """The k nearest of each of these vectors among them, as `nearest_among` finds them; of very many the graph's.

        Returns:
            Rows int32 [n, k] and cosine distances float32 [n, k], nearest first; -1 and 2 where there are fewer.
        """
        if len(labels) <= COMPARED_ALL or not self.graph_answers:
            return nearest_among(vectors, k, job)
        return nearest_by_search(self._search_many, labels, vectors, k, job)

    def sample(self, count: int, seed: int = 0) -> Vectors:
        """Vectors of at most `count` photos chosen at random, float32 [n, dim]."""
        with self._lock:
            self.refresh()
            chosen = np.random.default_rng(seed).choice(self._labels, min(count, len(self._labels)), replace=False)
            return self._stored(np.sort(chosen))[1]

    def merge(self, job: Job) -> None:
        """Link everything into the graph that is not in it yet, letting searches pass in between."""
        with self._lock:
            self.refresh()
            published = self._published == self._generation
        if published and self._is_sound():
            return
        damaged = index_file.damaged(self._folder) if published else set()
        with self._lock:
            self._published = -1
            for part in self._ready_graph().parts:
                part.file = None if part.file is not None and part.file.file in damaged else part.file
            waiting = self._waiting()
        self._link_all(waiting, job)
        self._renew_worn(job)
        self._let_go()

    def publish(self) -> bool:
        """Save what the files do not have; returns whether anything was written.

        A graph that lacks little in its file is not written again: what it lacks is named, and read from the catalogue.
        """
        with self._lock:
            if self._published == self._generation:
                return False
            parts = list(self._ready_graph().parts)
        for part in parts:
            self._save(part)
        with self._lock:
            graph, waiting = self._ready_graph(), self._waiting()
            files = [part.file for part in graph.parts if part.file is not None]
            removed, absent = graph.removed(), np.union1d(waiting, graph.unsaved())
            generation, membership = -1 if len(waiting) else self._generation, self._membership
            # Very many are not named one by one, but by where they begin.
            last_seq = self._last_seq if len(waiting) <= MOST_NAMED else int(waiting.min()) - 1
        index_file.publish(
            files,
            self._folder,
            dim=self.model.dim,
            model=self.model.identity,
            last_seq=last_seq,
            generation=generation,
            membership=membership,
            removed=removed,
            absent=absent[absent <= last_seq],
        )
        with self._lock:
            self._published, self._misfit = generation, ""
        return True

    def rebuild(self, job: Job) -> None:
        """Build every graph anew from the stored embeddings, one after the other; the old ones answer meanwhile."""
        with self._lock:
            self.refresh()
            self._compare_with_catalog()
            self._published = -1
            parts = list(self._ready_graph().parts)
        for part in parts:
            self._renew([part], job)
        self.merge(job)

    def _is_sound(self) -> bool:
        """Whether the published files are; all of them are read, unless they were found sound and are as they were."""
        stamp = index_file.stamp(self._folder)  # searches go on meanwhile
        if stamp != self._sound:
            self._sound = None if self.problem else stamp
        return not self._misfit and stamp == self._sound

    @property
    def problem(self) -> str:
        """What is wrong with the published file, or empty; the file is read and checked."""
        return index_file.check(self._folder, model=self.model.identity, dim=self.model.dim) or self._misfit

    def in_graph(self) -> int:
        """How many of the searchable vectors are linked into the graph."""
        with self._lock:
            return len(self._ready_graph())

    def recall(self, seed: int = 0, job: Job | None = None) -> float | None:
        """Self-test: recall@10 of the graph against the exact answer, for 100 of its photos; None if it is empty.

        Searches pass meanwhile. Raises Cancelled.
        """
        with self._lock:
            graph = self._ready_graph()
            labels = graph.labels()
        chosen = np.random.default_rng(seed).choice(labels, min(RECALL_QUERIES, len(labels)), replace=False)
        queries = self._stored(np.sort(chosen))[1]
        if not len(queries):
            return None
        truth, done = np.full((len(queries), min(RECALL_K, len(labels))), np.inf, dtype=np.float32), 0
        # Read from the catalogue, and not from a copy in memory, so that no search has to wait.
        for some, vectors in self._catalog.embeddings.after(0, self.model):
            if job is not None:
                job.step(Progress("testing the index", done, len(labels)))
            done += len(some)
            distances = np.where(found_in(labels, some), 1 - queries @ vectors.T, np.inf)
            truth = np.partition(np.concatenate([truth, distances], axis=1), truth.shape[1] - 1)[:, : truth.shape[1]]
        hits = 0
        for query, farthest in zip(queries, truth.max(axis=1), strict=True):
            with self._lock:
                # By distance, because photos at the same distance may come in any order; sums are rounded.
                hits += int((graph.search(query, RECALL_K)[1] <= farthest + 1e-4).sum())
        return hits / truth.size

    def _open(self) -> None:
        """Few photos are read from the catalogue; for many the graph is loaded, and the catalogue tells what is new."""
        manifest = index_file.manifest_of(self._folder)
        if manifest is None or manifest.count <= EXACT_BELOW:
            self._take_in_after(0)
            self._published = manifest.generation if manifest else -1
            return
        loaded = self._load()
        if loaded.graph is None:
            self._take_in_after(0)
            return
        self._graph, self._labels = loaded.graph, loaded.graph.labels()
        self._last_seq = manifest.last_seq
        self._published = -1 if loaded.problem else manifest.generation
        known = manifest.generation <= self._generation and manifest.membership == self._membership
        if known and not loaded.problem:
            self._take_in_chosen(np.array(manifest.absent, dtype=np.int64))
            self._take_in_after(manifest.last_seq)
            self._left_out = self._catalog.embeddings.left_out(self.model, self._last_seq)
        else:
            self._compare_with_catalog()

    def _load(self) -> LoadedIndex:
        """What was published and is sound, if its labels stand for this catalogue's photos.

        They do not if the file came from another library, or if the catalogue was put back from a backup: the labels
        that were given out after the backup are given out again.
        """
        loaded = index_file.load(self._folder, model=self.model.identity, dim=self.model.dim)
        if loaded.graph is None:
            return loaded
        stored = loaded.graph.labels()
        newest = self._catalog.embeddings.newest(self.model, int(stored.max(initial=0)), SPOT_CHECKS)
        random = np.random.default_rng(0).choice(stored, min(SPOT_CHECKS, len(stored)), replace=False)
        for labels, vectors in self._catalog.embeddings.chosen(np.union1d(newest, random), self.model):
            if not loaded.graph.holds(labels, vectors):
                self._misfit = "the index file is of another catalogue, or of a later state of this one"
                return LoadedIndex(None, None, self._misfit)
        return loaded

    def _ready_graph(self) -> Segments:
        """The graph, loaded if need be, without what is not searchable any more."""
        if self._graph is None:
            loaded = self._load()
            self._graph = loaded.graph or Segments(self.model.dim)
            if loaded.graph is None or loaded.problem:
                self._published = -1
            self._graph.remove(np.setdiff1d(self._graph.labels(), self._labels))
        return self._graph

    def _waiting(self) -> Labels:
        """What is not linked into the graph yet."""
        near = self._near.labels()
        return near[~self._ready_graph().finds(near)]

    def _take_in_after(self, seq: int) -> None:
        for labels, vectors in self._catalog.embeddings.after(seq, self.model):
            self._take_in(labels, vectors)

    def _take_in_chosen(self, seqs: Labels) -> None:
        for labels, vectors in self._catalog.embeddings.chosen(seqs, self.model):
            self._take_in(labels, vectors)

    def _take_in(self, labels: Labels, vectors: Vectors) -> None:
        for index in (self._near, self._all):
            if index is not None:
                index.add(labels, vectors)
        newer = not len(self._labels) or labels.min() > self._labels[-1]
        self._labels = np.concatenate([self._labels, np.sort(labels)]) if newer else np.union1d(self._labels, labels)
        self._last_seq = max(self._last_seq, int(labels.max()))

    def _follow_membership(self) -> None:
        """Take in what is new, drop what was left out since, and take in again what came back.

        Only what is left out is read, as long as the number of embeddings says that none was deleted: reading which
        of a million are there takes a second, and a search would wait for it.
        """
        self._take_in_after(self._last_seq)
        before, left_out = self._left_out, self._catalog.embeddings.left_out(self.model, self._last_seq)
        apart = np.union1d(before, left_out)
        known = len(self._labels) + len(apart) - int(found_in(self._labels, apart).sum())
        if known != self._catalog.embeddings.count(self.model, self._last_seq):
            self._compare_with_catalog()
            return
        self._drop(left_out[found_in(self._labels, left_out)])
        self._left_out = left_out
        self._take_in_chosen(np.setdiff1d(before, left_out))

    def _compare_with_catalog(self) -> None:
        """Drop what is not searchable any more and take in what is not known yet."""
        live = self._catalog.embeddings.live(self.model)
        self._drop(np.setdiff1d(self._labels, live))
        self._take_in_chosen(np.setdiff1d(live, self._labels))
        self._last_seq = max(self._last_seq, int(live.max()) if len(live) else 0)
        self._left_out = self._catalog.embeddings.left_out(self.model, self._last_seq)

    def _drop(self, gone: Labels) -> None:
        indexes: tuple[VectorIndex | None, ...] = (self._near, self._all, self._graph)
        for index in indexes:
            if index is not None and len(gone):
                index.remove(gone)
        known = gone[found_in(self._labels, gone)]
        self._labels = np.delete(self._labels, np.searchsorted(self._labels, known))

    def _search_many(self, queries: Vectors, k: int) -> tuple[Labels, Vectors]:
        with self._lock:
            return self._ready_graph().search_many(queries, k)

    def _link_all(self, waiting: Labels, job: Job) -> None:
        """Link vectors for a moment at a time; every graph that is full is saved, so that a killed program keeps it."""
        done, turn = 0, 2 * LEAST_LINKED
        while done < len(waiting):
            self._renew_worn(job)
            job.step(Progress(LINKING, done, len(waiting)))
            started = time.perf_counter()
            with self._lock:
                graph = self._ready_graph()
                some = waiting[done : done + turn]
                some = some[self._near.holds(some)]  # some may have gone since
                if len(some):
                    graph.add(some, self._near.vectors(some))
            done += turn
            took = max(time.perf_counter() - started, 1e-6)
            turn = min(max(int(turn * TURN_SECONDS / took), LEAST_LINKED, turn // 2), 2 * turn, MOST_LINKED)
            if done < len(waiting) and any(part.complete for part in graph.parts):
                self._let_go()
                self.publish()

    def _let_go(self) -> None:
        """Compare one by one no more what the graph finds, if it is the graph that answers."""
        with self._lock:
            if len(self._labels) > EXACT_BELOW:
                near = self._near.labels()
                self._near.remove(near[self._ready_graph().finds(near)])

    def _save(self, part: Segment) -> None:
        """Write a graph if its file is gone or lacks too much."""
        if part.file is not None and not (self._folder / part.file.file).is_file():
            part.file = None
        if part.worth_saving:
            with self._lock:
                written = index_file.write(part.graph, self._folder)
            # Reading it again and waiting for the disk is what takes long: searches go on meanwhile.
            part.saved(index_file.seal(written, self._folder))

    def _renew_worn(self, job: Job) -> None:
        while True:
            with self._lock:
                worn = self._ready_graph().worn()
            if not worn:
                return
            self._renew(worn, job)

    def _renew(self, worn: list[Segment], job: Job) -> None:
        """Build some of the graphs anew from the stored embeddings, while the old ones answer."""
        with self._lock:
            labels = Segments(self.model.dim, worn).labels()
        fresh = Segments(self.model.dim)
        for start in range(0, len(labels), MOST_LINKED):
            job.step(Progress(LINKING, start, len(labels)))
            for some, vectors in self._catalog.embeddings.chosen(labels[start : start + MOST_LINKED], self.model):
                fresh.add(some, vectors)
        with self._lock:
            labels = Segments(self.model.dim, worn).labels()
            fresh.remove(np.setdiff1d(fresh.labels(), labels))
            self._ready_graph().replace(worn, fresh)
            # What was away at the moment when it would have been read, and is back, must not be lost.
            labels = labels[~fresh.finds(labels)]
            for some, vectors in self._catalog.embeddings.chosen(labels[~self._near.holds(labels)], self.model):
                self._near.add(some, vectors)

    def _everything(self) -> ExactIndex:
        """An exact index of all vectors; beside a graph it is in half precision, and read when first needed."""
        if not self.graph_answers:
            return self._near
        if self._all is None:  # the graph has taken over since it was to be prepared
            self._all = self._read_everything()
        return self._all

    def _read_everything(self) -> ExactIndex:
        everything = ExactIndex(self.model.dim, np.float16, capacity=len(self._labels))
        for labels, vectors in self._catalog.embeddings.after(0, self.model):
            known = found_in(self._labels, labels)  # what was committed a moment ago is taken in with the others
            everything.add(labels[known], vectors[known])
        return everything

    def _stored(self, seqs: Labels) -> tuple[Labels, Vectors]:
        """The stored vectors among these, in the order of their labels."""
        chunks = list(self._catalog.embeddings.chosen(seqs, self.model))
        if not chunks:
            return np.empty(0, dtype=np.int64), np.empty((0, self.model.dim), dtype=np.float32)
        labels = np.concatenate([chunk for chunk, _ in chunks])
        order = np.argsort(labels)
        return labels[order], np.concatenate([vectors for _, vectors in chunks])[order]
