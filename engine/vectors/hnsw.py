"""Approximate nearest neighbours by hnswlib: the only file that knows it.

hnswlib checks neither its files nor its arguments (a wrong dimension reads beyond the buffer, a call before
`init_index` ends the process), so every call passes through this class. Malkov and Yashunin, "Efficient and robust
approximate nearest neighbor search using Hierarchical Navigable Small World graphs", 2016.
"""

from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.vectors.index import Labels, Vectors, checked, found_in

if TYPE_CHECKING:
    import hnswlib

M = 16
"""Links per vector: the paper's range is 5 to 48; 16 gives recall@10 above 0.98 at a million vectors of 256 values."""
EF_CONSTRUCTION = 200
EF_SEARCH = 128
LARGEST = 150_000
"""Vectors of a graph at most: hnswlib keeps Python's lock while it loads or saves one, some 0.1 s for so many of 256
values. Larger indexes are several graphs (`engine/vectors/segments.py`)."""
SEED = 100
ROUNDING = 1e-3


class HnswIndex:
    """An HNSW graph over unit vectors.

    Not safe to search while it changes: the owner holds a lock.

    Attributes:
        dim: values of a vector.
    """

    def __init__(self, dim: int, capacity: int = 1024) -> None:
        self.dim = dim
        self._graph = _new_graph(dim)
        self._graph.init_index(max_elements=max(capacity, 16), M=M, ef_construction=EF_CONSTRUCTION, random_seed=SEED)
        self._removed: set[int] = set()
        self._known: Labels = np.empty(0, dtype=np.int64)
        self._fresh: list[Labels] = []

    @classmethod
    def load(cls, file: Path, dim: int, count: int) -> "HnswIndex":
        """Read a graph that `save` wrote and whose checksum has been verified.

        Raises:
            RuntimeError: hnswlib could not read the file, or it holds another number of vectors.
        """
        index = cls.__new__(cls)
        index.dim = dim
        index._graph = _new_graph(dim)
        index._graph.load_index(str(file), max_elements=_with_room(count))
        index._removed = set()
        index._known = np.sort(np.array(index._graph.get_ids_list(), dtype=np.int64))
        index._fresh = []
        if index._graph.get_current_count() != count:
            raise RuntimeError(f"the file holds {index._graph.get_current_count()} vectors instead of {count}")
        index._graph.set_ef(EF_SEARCH)
        return index

    @staticmethod
    def library_version() -> str:
        """The version of hnswlib; its file format carries none."""
        return version("hnswlib")

    def __len__(self) -> int:
        return self.stored - len(self._removed)

    @property
    def stored(self) -> int:
        """Vectors in the graph, the removed ones included."""
        return int(self._graph.get_current_count())

    @property
    def room(self) -> int:
        """How many vectors may be added before it is as large as a graph should be."""
        return max(LARGEST - self.stored, 0)

    @property
    def removed(self) -> Labels:
        """The labels of the vectors that are stored and cannot be found, int64 [n], ascending."""
        return np.sort(np.fromiter(self._removed, dtype=np.int64, count=len(self._removed)))

    def labels(self) -> Labels:
        """The labels of all vectors that can be found, int64 [n], ascending."""
        known = self._stored_labels()
        if not self._removed:
            return known.copy()
        kept = np.ones(len(known), dtype=bool)
        kept[np.searchsorted(known, self.removed)] = False
        return known[kept]

    def stores(self, labels: Labels) -> NDArray[np.bool_]:
        """Which of these labels have a vector here, removed or not, bool [n]."""
        return found_in(self._stored_labels(), labels)

    def finds(self, labels: Labels) -> NDArray[np.bool_]:
        """Which of these labels can be found here, bool [n]."""
        found = self.stores(labels)
        return found & ~found_in(self.removed, labels) if self._removed else found

    def holds(self, labels: Labels, vectors: Vectors) -> bool:
        """Whether the labels that can be found here stand for these vectors; unknown labels are passed over."""
        known = self.finds(labels)
        if not known.any():
            return True
        stored = np.array(self._graph.get_items(labels[known], return_type="numpy"), dtype=np.float32)
        return bool(np.abs(stored - vectors[known]).max() <= ROUNDING)

    def add(self, labels: Labels, vectors: Vectors) -> None:
        """Store unit vectors under new labels; a removed label comes back with the vector it had."""
        rows = checked(vectors, self.dim)
        returning = np.array([int(label) in self._removed for label in labels], dtype=bool)
        for label in labels[returning]:
            self._graph.unmark_deleted(int(label))
            self._removed.discard(int(label))
        if not returning.all():
            self._insert(labels[~returning], rows[~returning])

    def remove(self, labels: Labels) -> None:
        """Let these vectors not be found any more. Their memory is given back by the next rebuild."""
        asked = np.asarray(labels, dtype=np.int64)
        for label in set(asked[self.stores(asked)].tolist()) - self._removed:
            self._graph.mark_deleted(label)
            self._removed.add(label)

    def search(self, query: Vectors, k: int, looked_at: int = EF_SEARCH) -> tuple[Labels, Vectors]:
        """The k (approximately) nearest vectors of a unit vector: labels and cosine distances, best first.

        Args:
            looked_at: candidates that are kept while looking: more of them find more, and take longer.
        """
        labels, distances = self.search_many(query, k, looked_at)
        return labels[0], distances[0]

    def search_many(self, queries: Vectors, k: int, looked_at: int = EF_SEARCH) -> tuple[Labels, Vectors]:
        """The same for many unit vectors [n, dim] at once: labels and distances [n, k], or fewer columns."""
        rows = checked(queries, self.dim)
        self._graph.set_ef(max(looked_at, 2 * k))
        labels, distances = self._query(rows, min(k, len(self)))
        return labels.astype(np.int64), np.maximum(distances.astype(np.float32), 0)

    def save(self, file: Path) -> int:
        """Write the graph; returns the bytes that a complete file has. hnswlib does not notice a full disk."""
        # The file must not remember removals: they are named beside it, and may come back.
        for label in self._removed:
            self._graph.unmark_deleted(label)
        try:
            self._graph.save_index(str(file))
        finally:
            for label in self._removed:
                self._graph.mark_deleted(label)
        return int(self._graph.index_file_size())

    def _stored_labels(self) -> Labels:
        """Of all vectors in the graph, ascending; hnswlib would list them one by one."""
        if self._fresh:
            self._known = np.sort(np.concatenate([self._known, *self._fresh]), kind="stable")  # it is nearly in order
            self._fresh = []
        return self._known

    def _insert(self, labels: Labels, rows: Vectors) -> None:
        needed = self.stored + len(rows)
        if needed > self._graph.get_max_elements():
            self._graph.resize_index(_with_room(needed))
        self._graph.add_items(rows, labels)
        self._fresh.append(labels)

    def _query(self, rows: Vectors, k: int) -> tuple[Any, Any]:
        """Hnswlib raises when the graph's links lead to fewer than k vectors: look more widely, then take fewer."""
        if k == 0:
            return np.empty((len(rows), 0)), np.empty((len(rows), 0))
        for ef in (None, 8 * k, self.stored):
            if ef is not None:
                self._graph.set_ef(max(EF_SEARCH, ef))
            try:
                found: tuple[Any, Any] = self._graph.knn_query(rows, k=k)
                return found  # noqa: TRY300 - the other way round reads backwards
            except RuntimeError:
                continue
        return self._query(rows, k // 2)


def _with_room(count: int) -> int:
    """Vectors to have room for: searches wait while a graph grows, so it does that seldom, and not beyond its limit.

    Memory that no vector has been written to is not taken from anybody.
    """
    return max(min(2 * count, LARGEST) if count <= LARGEST else count + count // 8, 1024)


def _new_graph(dim: int) -> "hnswlib.Index":
    import hnswlib  # native and slow to load: only when an index is wanted

    # "ip" is 1 - dot product, which is the cosine distance of unit vectors, without normalising them once more.
    return hnswlib.Index(space="ip", dim=dim)
