"""Searching 100,000 stored embeddings, opening their index, and how much of the truth the graph finds."""

import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.material import embeddings, report
from engine.catalog.catalog import Catalog
from engine.catalog.embeddings import store
from engine.jobs import Job
from engine.records import PhotoState
from engine.vectors.live_index import LiveIndex

PHOTOS = 100_000
QUERIES = 300
K = 10


def fill(catalog: Catalog, vectors: np.ndarray) -> None:
    """Put photos with these embeddings on record, without files."""
    model = catalog.embeddings.add_model("benchmark", "benchmark", vectors.shape[1])
    catalog.embeddings.set_answering(model)
    with catalog._database.writing() as connection:
        connection.execute("INSERT INTO roots (key, id, path) VALUES (1, 'root', x'2f70')")
        for key, vector in enumerate(vectors, 1):
            connection.execute(
                """INSERT INTO photos (key, id, root, folder, name, size, modified_ns, state, content_hash)
                   VALUES (?, ?, 1, x'', CAST(? AS BLOB), 1, 0, ?, ?)""",
                (key, str(uuid.UUID(int=key)), f"{key}.jpg", PhotoState.INDEXED, key.to_bytes(32, "big")),
            )
            store(connection, key, model, vector)


def main() -> None:
    """Measure and print."""
    vectors = embeddings(PHOTOS)
    rng = np.random.default_rng(1)
    queries = vectors[rng.choice(PHOTOS, QUERIES, replace=False)] + 0.02 * rng.normal(size=(QUERIES, vectors.shape[1]))
    queries = (queries / np.linalg.norm(queries, axis=1, keepdims=True)).astype(np.float32)
    with tempfile.TemporaryDirectory() as place:
        catalog, folder = Catalog(Path(place) / "catalog.db"), Path(place) / "index"
        fill(catalog, vectors)
        model = catalog.embeddings.answering()
        index = LiveIndex(catalog, model, folder)
        index.merge(Job())
        index.publish()
        del index

        started = time.perf_counter()
        size = sum(len(file.read_bytes()) for file in folder.iterdir())
        read = time.perf_counter()
        index = LiveIndex(catalog, model, folder)
        index.search(queries[0], K)
        opened = time.perf_counter()
        report(
            "opening 100,000 photos and answering",
            ratio=(opened - read) / (read - started),
            to_reach="<= 3 x reading the index file's bytes",
            open_seconds=opened - read,
            read_seconds=read - started,
            megabytes=size / 1e6,
        )
        _searches(index, queries)
        catalog.close()


def _searches(index: LiveIndex, queries: np.ndarray) -> None:
    """The graph first, then comparing with everything: in turns, each would find the other's vectors in the caches."""
    found, fast = _timed(lambda query: index.search(query, K), queries)
    truth, slow = _timed(lambda query: index.search(query, K, exact=True), queries)
    hits = sum(len(np.intersect1d(one, right)) for one, right in zip(found, truth, strict=True))
    report(
        "searching 100,000 x 256",
        ratio=float(np.median(fast) / np.median(slow)),
        to_reach="recall@10 >= 0.98, p50 <= 1 ms, p99 <= 5 ms",
        recall_at_10=hits / (K * len(queries)),
        p50_ms=1000 * float(np.percentile(fast, 50)),
        p99_ms=1000 * float(np.percentile(fast, 99)),
        exact_p50_ms=1000 * float(np.percentile(slow, 50)),
    )


def _timed(
    search: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]], queries: np.ndarray
) -> tuple[list[np.ndarray], list[float]]:
    """The labels that each query finds, and the seconds it takes."""
    found, seconds = [], []
    for query in queries:
        started = time.perf_counter()
        labels, _ = search(query)
        seconds.append(time.perf_counter() - started)
        found.append(labels)
    return found, seconds


if __name__ == "__main__":
    main()
