"""A real catalogue with photos on record, without decoding anything: what the tests of catalogue and index stand on."""

import os
from datetime import datetime
from pathlib import Path

import numpy as np

from engine.catalog.batch import PhotoFacts
from engine.catalog.catalog import Catalog
from engine.catalog.updates import FoundFile

DIM = 32
NOON = int(datetime(2024, 6, 1, 12).timestamp()) * 10**9


def unit_vectors(count: int, seed: int = 0, dim: int = DIM, clusters: int = 0) -> np.ndarray:
    """Random unit vectors, float32 [count, dim]; with clusters they lie around that many centres."""
    rng = np.random.default_rng(seed)
    vectors = rng.normal(size=(count, dim))
    if clusters:
        centres = rng.normal(size=(clusters, dim))
        vectors = centres[rng.integers(0, clusters, count)] + 0.5 * vectors
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def found(path: str | bytes, size: int = 1000, modified_ns: int = NOON, reason: str = "") -> FoundFile:
    """A file as a scan reports it, by its path relative to the root."""
    folder, _, name = os.fsencode(path).rpartition(b"/")
    return FoundFile(folder, name, size, modified_ns, reason)


def facts(content: str = "content", **changes) -> PhotoFacts:
    """What reading a photo told."""
    values = {
        "content_hash": os.fsencode(content),
        "width": 400,
        "height": 300,
        "orientation": 1,
        "taken": None,
        "camera": "",
        "latitude": None,
        "longitude": None,
        "perceptual_hash": 7,
        "format": "JPEG",
        "sharpness": 100.0,
    }
    return PhotoFacts(**{**values, **changes})


class Shelf:
    """A catalogue with one root and one answering model, and short ways to put photos on record.

    Attributes:
        photos: the root's folder.
    """

    def __init__(self, folder: Path, dim: int = DIM) -> None:
        self.photos = folder / "photos"
        self.photos.mkdir(parents=True, exist_ok=True)
        self.catalog = Catalog(folder / "catalog.db")
        self.updates = self.catalog.updates
        self.embeddings = self.catalog.embeddings
        self.root = self.catalog.roots.add(self.photos)
        self.scope = self.updates.scope(self.root.id, self.root.path)
        self.model = self.embeddings.add_model("identity of tiny", "tiny", dim)
        self.embeddings.set_answering(self.model)

    def record(self, *paths: str | bytes, **file) -> None:
        """Let a scan find these new files."""
        self.updates.record_scan(self.scope, new=[found(path, **file) for path in paths])

    def key(self, path: str | bytes) -> int:
        """The catalogue's key of the file at this path."""
        return self.keys(path)[0]

    def keys(self, *paths: str | bytes) -> list[int]:
        """The catalogue's keys of the files at these paths."""
        split = [os.fsencode(path).rpartition(b"/") for path in paths]
        known = {folder: self.updates.known(self.scope, folder) for folder in {folder for folder, _, _ in split}}
        return [known[folder][name].key for folder, _, name in split]

    def add(self, path: str | bytes, vector: np.ndarray | None = None, *, model=None, size=1000, **changes) -> str:
        """Put a photo on record as read and embedded; returns its id."""
        self.record(path, size=size, modified_ns=changes.pop("modified_ns", NOON))
        content = changes.pop("content", os.fsdecode(path) if isinstance(path, bytes) else path)
        if vector is None:
            vector = unit_vectors(1, seed=self.key(path), dim=self.model.dim)[0]
        batch = self.updates.transaction()
        batch.readable(self.key(path), facts(content, **changes), model or self.model, vector)
        batch.commit()
        return self.photo(path).id

    def add_many(self, vectors: np.ndarray, prefix: str = "photo") -> np.ndarray:
        """Put a photo on record for every vector, in one transaction; returns their `seq` in order."""
        before = self.seqs()
        names = [f"{prefix}_{number:06}.jpg" for number in range(len(vectors))]
        self.record(*names)
        known = self.updates.known(self.scope, b"")
        batch = self.updates.transaction()
        for name, vector in zip(names, vectors, strict=True):
            batch.readable(known[name.encode()].key, facts(name), self.model, vector)
        batch.commit()
        return np.setdiff1d(self.seqs(), before)

    def vanish(self, *paths: str) -> None:
        """Let a scan find these files gone."""
        self.updates.record_scan(self.scope, gone=self.keys(*paths))

    def come_back(self, *paths: str) -> None:
        """Let a scan find these missing files again."""
        self.updates.record_scan(self.scope, back=self.keys(*paths))

    def photo(self, path: str | bytes):
        """The photo on record at this path, or None."""
        return self.catalog.photos.at(self.photos / os.fsdecode(path))

    def pending(self) -> list[str]:
        """The work list: paths relative to the root."""
        return [str(photo.path.relative_to(self.photos)) for photo in self.updates.pending(self.scope, 0, 1000)]

    def seqs(self) -> np.ndarray:
        """The `seq` of every searchable embedding."""
        return self.embeddings.live(self.model)

    def vector(self, path: str | bytes, model=None) -> np.ndarray | None:
        """The stored embedding of the photo at this path."""
        return self.embeddings.of_photo(self.photo(path).id, model or self.model)
