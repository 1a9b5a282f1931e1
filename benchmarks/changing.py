"""Stored embeddings, opened, asked, and asked on while photos come, go and the index is saved.

The library is made in `--place` the first time and used again from then on; a million photos (`--photos 1000000`) take
some ten minutes and 3 GB.
"""

import argparse
import shutil
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.material import embeddings, report
from engine.catalog.catalog import Catalog
from engine.catalog.embeddings import StoredModel, pack, store
from engine.catalog.meta import bump
from engine.jobs import Job
from engine.records import PhotoState
from engine.vectors.live_index import LiveIndex

PHOTOS = 100_000
COMING = 10_000
GOING = 10_000
A_COMMIT = 64
QUERIES = 400
K = 10
PAUSE = 0.002
"""Between two questions of somebody who never stops asking."""
_PHOTO = """INSERT INTO photos (key, id, root, folder, name, size, modified_ns, state, content_hash)
    VALUES (?, ?, 1, x'', CAST(? AS BLOB), 1, 0, ?, ?)"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--place", type=Path, help="where the library is kept; a folder for the moment by default")
    parser.add_argument("--photos", type=int, default=PHOTOS, help="how many there are")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        kept = (asked.place or Path(passing)) / f"{asked.photos}"
        vectors = embeddings(asked.photos + COMING)
        if not (kept / "index" / "manifest.json").exists():
            make(kept, vectors[: asked.photos])
        # What comes and goes must not stay in what is used again.
        place = Path(shutil.copytree(kept, Path(passing) / "used", copy_function=_linked_or_copied))
        measure(place, asked.photos, vectors)


def make(place: Path, vectors: np.ndarray) -> None:
    """A catalogue with these embeddings, without files, and its published index."""
    place.mkdir(parents=True, exist_ok=True)
    catalog = Catalog(place / "catalog.db")
    model = catalog.embeddings.add_model("benchmark", "benchmark", vectors.shape[1])
    catalog.embeddings.set_answering(model)
    with catalog._database.writing() as connection:
        connection.execute("INSERT INTO roots (key, id, path) VALUES (1, 'root', x'2f70')")
        connection.executemany(_PHOTO, (_photo(key) for key in range(1, len(vectors) + 1)))
        connection.executemany(
            "INSERT INTO embeddings (photo, model, vector, crc) VALUES (?, ?, ?, ?)",
            ((key, model.key, *pack(vector)) for key, vector in enumerate(vectors, 1)),
        )
        bump(connection, membership=True)
    index = LiveIndex(catalog, model, place / "index")
    started = time.perf_counter()
    index.merge(Job())
    merged = time.perf_counter()
    index.publish()
    report(
        f"building the index of {len(vectors):,} photos",
        ratio=None,
        to_reach="",
        merge_seconds=merged - started,
        publish_seconds=time.perf_counter() - merged,
    )
    catalog.close()


def measure(place: Path, photos: int, vectors: np.ndarray) -> None:
    """Open, ask, and ask while the library changes."""
    catalog = Catalog(place / "catalog.db")
    model = catalog.embeddings.answering()
    assert model is not None
    queries = _questions(vectors[:photos])
    started = time.perf_counter()
    size = sum(len(file.read_bytes()) for file in (place / "index").iterdir())
    read = time.perf_counter()
    index = LiveIndex(catalog, model, place / "index")
    index.search(queries[0], K)
    opened = time.perf_counter()
    report(
        f"opening {photos:,} photos and answering",
        ratio=(opened - read) / (read - started),
        to_reach="<= 3 x reading the index file's bytes",
        open_seconds=opened - read,
        read_seconds=read - started,
        megabytes=size / 1e6,
    )
    at_rest = [_seconds(index, query) for query in queries]
    found = [index.search(query, K)[0] for query in queries[:100]]
    truth = [np.argsort(-(vectors[:photos] @ query), kind="stable")[:K] + 1 for query in queries[:100]]
    hits = sum(len(np.intersect1d(one, right)) for one, right in zip(found, truth, strict=True))
    report(
        f"searching {photos:,} x {vectors.shape[1]}",
        ratio=None,
        to_reach="recall@10 >= 0.98, p50 <= 2 ms, p99 <= 5 ms",
        recall_at_10=hits / (K * len(found)),
        p50_ms=1000 * float(np.percentile(at_rest, 50)),
        p99_ms=1000 * float(np.percentile(at_rest, 99)),
    )
    _ask_while_it_changes(catalog, model, index, vectors[photos:], queries, float(np.median(at_rest)))
    catalog.close()


def _ask_while_it_changes(
    catalog: Catalog, model: StoredModel, index: LiveIndex, coming: np.ndarray, queries: np.ndarray, at_rest: float
) -> None:
    stages: dict[str, tuple[float, float]] = {}

    def change() -> None:
        for stage, work in (
            ("coming", lambda: _come(catalog, model, coming)),
            ("merging", lambda: index.merge(Job())),
            ("going", lambda: _go(catalog)),
            ("saving", index.publish),
        ):
            started = time.perf_counter()
            work()
            stages[stage] = started, time.perf_counter()

    changing = threading.Thread(target=change)
    changing.start()
    asked: list[tuple[float, float]] = []
    number = 0
    while changing.is_alive():
        asked.append((time.perf_counter(), _seconds(index, queries[number % len(queries)])))
        number += 1
        time.sleep(PAUSE)
    changing.join()
    seconds = np.array([took for _, took in asked])
    worst = {
        f"worst_{stage}_ms": 1000 * max((took for at, took in asked if start <= at < end), default=0.0)
        for stage, (start, end) in stages.items()
    }
    report(
        f"searching while {len(coming):,} photos come, {GOING:,} go and the index is saved",
        ratio=float(np.median(seconds)) / at_rest,
        to_reach="p99 < 25 ms",
        searches=len(seconds),
        p50_ms=1000 * float(np.percentile(seconds, 50)),
        p99_ms=1000 * float(np.percentile(seconds, 99)),
        **worst,
        **{f"{stage}_seconds": end - start for stage, (start, end) in stages.items()},
    )


def _come(catalog: Catalog, model: StoredModel, coming: np.ndarray) -> None:
    """New photos in commits of the size that indexing has."""
    first = catalog.embeddings.photos_to_embed() + 1
    for start in range(0, len(coming), A_COMMIT):
        with catalog._database.writing() as connection:
            for number, vector in enumerate(coming[start : start + A_COMMIT], first + start):
                connection.execute(_PHOTO, _photo(number))
                store(connection, number, model, vector)
            bump(connection)


def _go(catalog: Catalog) -> None:
    """Photos that go missing, folder by folder as a scan finds them."""
    for start in range(1, GOING + 1, 100):
        with catalog._database.writing() as connection:
            connection.execute(
                "UPDATE photos SET state = ? WHERE key >= ? AND key < ?", (PhotoState.MISSING, start, start + 100)
            )
            bump(connection, membership=True)


def _photo(key: int) -> tuple[object, ...]:
    return key, str(uuid.UUID(int=key)), f"{key}.jpg", PhotoState.INDEXED, key.to_bytes(32, "big")


def _questions(vectors: np.ndarray) -> np.ndarray:
    rng = np.random.default_rng(1)
    queries = vectors[rng.choice(len(vectors), QUERIES, replace=False)]
    queries = queries + 0.02 * rng.normal(size=queries.shape)
    found: np.ndarray = (queries / np.linalg.norm(queries, axis=1, keepdims=True)).astype(np.float32)
    return found


def _seconds(index: LiveIndex, query: np.ndarray) -> float:
    started = time.perf_counter()
    index.search(query, K)
    return time.perf_counter() - started


def _linked_or_copied(source: str, target: str) -> None:
    """The catalogue is written to; an index file never is, only replaced."""
    if source.endswith(".bin"):
        Path(target).hardlink_to(source)
    else:
        shutil.copyfile(source, target)


if __name__ == "__main__":
    main()
