"""What somebody would use instead: hashes of imagehash and imagededup, torch loops, the vectors of faiss and usearch.

Processor time, so that other programs matter little; the loops that use all processors by the clock. `pip install
lookalike[bench]` brings what is compared with.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.indexing import index, measured
from benchmarks.material import embeddings, median, report, write_photographs
from engine.vectors.hnsw import EF_CONSTRUCTION, EF_SEARCH, HnswIndex, M

Graph = tuple[Callable[[np.ndarray], np.ndarray], int]
"""How to search in it, and the bytes that it takes."""

SIZES = {"12 MP": ((4000, 3000), 12), "2 MP": ((1600, 1200), 60)}
FEW = 4
MANY = 48
BATCH = 8
VECTORS = 20_000
QUERIES = 200
K = 10


def main() -> None:
    """Measure and print; what is not installed is left out."""
    with tempfile.TemporaryDirectory() as place:
        for name, (size, count) in SIZES.items():
            photos(name, write_photographs(Path(place) / name, count, size), Path(place))
        loops(write_photographs(Path(place) / "many", MANY, SIZES["12 MP"][0]), Path(place))
    vectors()


def photos(name: str, files: list[Path], place: Path) -> None:
    """Processor time per photo: everything that Lookalike does with a new one, against one hash or one embedding."""
    few = place / f"few {name}"
    few.mkdir()
    for file in files[:FEW]:
        (few / file.name).hardlink_to(file)
    starting, _ = measured(lambda: index(few, place / f"library few {name}"))
    all_of_it, _ = measured(lambda: index(files[0].parent, place / f"library {name}"))
    ours = (all_of_it - starting) / (len(files) - FEW)
    for other, make in {"imagehash": _imagehash, "imagededup": _imagededup, "torch": _torch}.items():
        try:
            work = make()
        except ImportError as error:
            print(f"{other} is left out, since {error.name} is not installed", file=sys.stderr)
            continue
        work(files[0])
        theirs, _ = measured(lambda work=work: [work(file) for file in files])
        report(
            f"{name} JPEG, processor time per photo, against {other}",
            ratio=ours / (theirs / len(files)),
            to_reach="< 1",
            lookalike_ms=1000 * ours,
            other_ms=1000 * theirs / len(files),
        )


def _imagehash() -> Callable[[Path], object]:
    import imagehash

    return lambda file: imagehash.phash(Image.open(file))


def _imagededup() -> Callable[[Path], object]:
    from imagededup.methods import PHash

    hasher = PHash(verbose=False)
    return lambda file: hasher.encode_image(image_file=str(file))


def loops(files: list[Path], place: Path) -> None:
    """Photos a second by the clock: all processors, against the loops that people write with the same backbone."""
    few = place / "few of many"
    few.mkdir()
    for file in files[:FEW]:
        (few / file.name).hardlink_to(file)
    _, starting = measured(lambda: index(few, place / "library few of many"))
    _, all_of_it = measured(lambda: index(files[0].parent, place / "library many"))
    ours = (len(files) - FEW) / (all_of_it - starting)
    try:
        embed = _torch()
    except ImportError as error:
        print(f"torch is left out, since {error.name} is not installed", file=sys.stderr)
        return
    embed(files[0])
    _, one_by_one = measured(lambda: [embed(file) for file in files])
    _, loaded = measured(lambda: _loader(files))
    for loop, seconds, wanted in (("one by one", one_by_one, 20), ("DataLoader", loaded, 4.5)):
        report(
            f"12 MP JPEG, photos a second, against torch, {loop}",
            ratio=ours / (len(files) / seconds),
            to_reach=f">= {wanted}",
            lookalike=ours,
            other=len(files) / seconds,
            processors=os.cpu_count(),
        )


def _torch() -> Callable[[Path], object]:
    """One by one: open, transform, embed, as in countless examples."""
    import torch

    torch.set_num_threads(1)
    network = _network()

    @torch.inference_mode()
    def embed(file: Path) -> object:
        return network(_prepared([file]))

    return embed


def _loader(files: list[Path]) -> None:
    """A process for each processor that opens and transforms, and this one that embeds what they yield."""
    import torch
    from torch.utils.data import DataLoader

    network = _network()
    loader = DataLoader(files, BATCH, num_workers=os.cpu_count() or 1, collate_fn=_prepared)
    with torch.inference_mode():
        for pictures in loader:
            network(pictures)


def _network() -> Any:
    from torchvision.models import mobilenet_v2

    return mobilenet_v2().eval()


def _prepared(files: list[Path]) -> Any:
    import torch
    from torchvision.models import MobileNet_V2_Weights

    transform = MobileNet_V2_Weights.IMAGENET1K_V2.transforms()
    return torch.stack([transform(Image.open(file).convert("RGB")) for file in files])


def vectors() -> None:
    """HNSW with the same parameters on one thread: processor time to build, time to answer, recall."""
    stored = embeddings(VECTORS)
    rng = np.random.default_rng(1)
    queries = stored[rng.choice(VECTORS, QUERIES, replace=False)] + 0.02 * rng.normal(size=(QUERIES, stored.shape[1]))
    queries = (queries / np.linalg.norm(queries, axis=1, keepdims=True)).astype(np.float32)
    truth = np.argsort(-(queries @ stored.T), axis=1)[:, :K]
    reference = 0.0
    for name, make in {
        "Lookalike": _ours,
        "faiss": _faiss,
        "faiss in float16": _faiss_half,
        "usearch": _usearch,
    }.items():
        try:
            started = time.process_time()
            search, size = make(stored)
            built = time.process_time() - started
        except ImportError as error:
            print(f"{name} is left out, since {error.name} is not installed", file=sys.stderr)
            continue
        took, hits = [], 0
        for query, right in zip(queries, truth, strict=True):
            started = time.process_time()
            found = search(query)
            took.append(time.process_time() - started)
            hits += len(np.intersect1d(found, right))
        reference = reference or median(took)
        report(
            f"{VECTORS:,} x {stored.shape[1]} in a graph of {name}",
            ratio=reference / median(took),
            to_reach="",
            build_processor_seconds=built,
            search_p50_ms=1000 * median(took),
            recall_at_10=hits / (K * QUERIES),
            bytes_a_vector=size // VECTORS,
        )


def _ours(stored: np.ndarray) -> Graph:
    graph = HnswIndex(stored.shape[1], len(stored))
    graph.add(np.arange(len(stored)), stored)
    with tempfile.TemporaryDirectory() as place:
        size = graph.save(Path(place) / "graph")
    return lambda query: graph.search(query, K)[0], size


def _faiss(stored: np.ndarray) -> Graph:
    import faiss

    return _of_faiss(faiss.IndexHNSWFlat(stored.shape[1], M, faiss.METRIC_INNER_PRODUCT), stored)


def _faiss_half(stored: np.ndarray) -> Graph:
    import faiss

    half = faiss.ScalarQuantizer.QT_fp16
    return _of_faiss(faiss.IndexHNSWSQ(stored.shape[1], half, M, faiss.METRIC_INNER_PRODUCT), stored)


def _of_faiss(graph: Any, stored: np.ndarray) -> Graph:
    import faiss

    faiss.omp_set_num_threads(1)
    graph.hnsw.efConstruction, graph.hnsw.efSearch = EF_CONSTRUCTION, EF_SEARCH
    graph.train(stored)
    graph.add(stored)
    return lambda query: graph.search(query[None], K)[1][0], len(faiss.serialize_index(graph))


def _usearch(stored: np.ndarray) -> Graph:
    from usearch.index import Index

    graph = Index(
        ndim=stored.shape[1], metric="ip", dtype="f32", connectivity=M,
        expansion_add=EF_CONSTRUCTION, expansion_search=EF_SEARCH,
    )  # fmt: skip
    graph.add(np.arange(len(stored)), stored, threads=1)
    return lambda query: graph.search(query, K).keys, graph.serialized_length


if __name__ == "__main__":
    main()
