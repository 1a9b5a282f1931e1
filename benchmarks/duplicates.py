"""How the search for pairs that are worth comparing grows with the library: time and memory, without decoding a photo.

Two sets of generated embeddings and hashes, the second one larger, each with one near copy for every fifty photos. As
the program does it, of each photo the eight nearest are taken up to the distance that has the usual score. The graph is
built before and not measured: indexing makes it. Memory is the most that is held beside the vectors, hashes and graph.
"""

import argparse
import sys
import time
import tracemalloc
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.material import embeddings, report
from engine.duplicates.candidates import NEIGHBOURS, near_hashes, unique_pairs
from engine.duplicates.groups import DEFAULT_SCORE
from engine.jobs import Job
from engine.search.calibration import SAMPLE_PHOTOS, Calibration
from engine.vectors.hnsw import HnswIndex
from engine.vectors.live_index import COMPARED_ALL
from engine.vectors.neighbours import nearest_among, nearest_by_search

PHOTOS = 100_000
COPIED = 50
"""Of so many photos one is a copy of another."""


def measured(count: int) -> dict[str, float]:
    """Seconds and MiB for so many photos, and the share of the copies that are among the pairs."""
    rng = np.random.default_rng(1)
    vectors, hashes = embeddings(count), rng.integers(0, 2**63, count, dtype=np.uint64)
    copies = np.arange(0, count - 1, COPIED)
    vectors[copies + 1] = vectors[copies] + 0.005 * rng.normal(size=(len(copies), vectors.shape[1])).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    hashes[copies + 1] = hashes[copies] ^ (np.uint64(1) << rng.integers(0, 63, len(copies), dtype=np.uint64))
    graph = _graph(vectors) if count > COMPARED_ALL else None
    sample = rng.choice(count, min(count, SAMPLE_PHOTOS), replace=False)
    distance = Calibration.measure(vectors[sample]).distance_of(DEFAULT_SCORE)
    tracemalloc.start()
    started = time.process_time()
    pairs = unique_pairs(np.concatenate([near_hashes(np.arange(count), hashes), _near(vectors, graph, distance)]))
    seconds = time.process_time() - started
    taken = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    known = {(int(one), int(other)) for one, other in pairs}
    found = np.mean([(int(one), int(one) + 1) in known for one in copies])
    return {"seconds": seconds, "mib": taken, "pairs_per_photo": len(pairs) / count, "found": float(found)}


def _graph(vectors: NDArray[np.float32]) -> HnswIndex:
    graph = HnswIndex(vectors.shape[1], capacity=len(vectors))
    graph.add(np.arange(len(vectors)), vectors)
    return graph


def _near(vectors: NDArray[np.float32], graph: HnswIndex | None, distance: float) -> NDArray[np.int64]:
    """What `near_embeddings` does with the index of a library."""
    labels = np.arange(len(vectors))
    if graph is None:
        rows, distances = nearest_among(vectors, NEIGHBOURS, Job())
    else:
        rows, distances = nearest_by_search(graph.search_many, labels, vectors, NEIGHBOURS, Job())
    one, place = np.nonzero((rows >= 0) & (distances <= distance))
    return unique_pairs(np.column_stack([one, rows[one, place]]))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=PHOTOS, help="of the larger set")
    parser.add_argument("--smaller", type=int, default=None, help="of the smaller set (default: a half)")
    wanted = parser.parse_args()
    smaller = wanted.smaller or wanted.photos // 2
    with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        small, large = (pool.apply(measured, (count,)) for count in (smaller, wanted.photos))
    growth = wanted.photos / smaller
    report(
        f"pairs worth comparing among {wanted.photos} photos, time to {smaller} for each photo",
        ratio=large["seconds"] / small["seconds"] / growth,
        to_reach="<= 1.3: time and memory grow with the photos",
        seconds=large["seconds"],
        mib=large["mib"],
        memory_ratio=large["mib"] / max(small["mib"], 1.0) / growth,
        pairs_per_photo=large["pairs_per_photo"],
        copies_found=large["found"],
    )


if __name__ == "__main__":
    main()
