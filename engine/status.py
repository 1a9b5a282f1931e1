"""What a library holds and how well it can be searched."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.catalog.catalog import Catalog
from engine.catalog.photos import Counts
from engine.models.embedder import best_providers, short_name
from engine.models.installed import ModelCard, Models
from engine.records import LastUpdate, PhotoState, Root
from engine.vectors.live_index import LiveIndex


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """The vector index.

    Attributes:
        vectors: photos that can be found.
        in_graph: of these, linked into the HNSW graph.
        search: "exact" or "hnsw": how a plain query is answered.
        recall: recall@10 of the graph against the exact answer on a sample; None if it is empty.
        problem: why the index file could not be used, or empty.
    """

    vectors: int
    in_graph: int
    search: str
    recall: float | None
    problem: str


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    """Everything a person may want to know of a library.

    Attributes:
        last_update: what the last update that came to its end did; None if there was none.
        reasons: how many files are not searchable for which reason, the most frequent first.
        provider: what really runs the model on this machine.
        bytes: disk use by file name.
    """

    folder: Path
    roots: Sequence[Root]
    counts: Counts
    last_update: LastUpdate | None
    reasons: dict[str, int]
    models: Sequence[ModelCard]
    model: str
    provider: str
    index: IndexStatus
    bytes: dict[str, int]


def describe(folder: Path, catalog: Catalog, models: Models, index: LiveIndex) -> LibraryStatus:
    """Gather the status of a library; the recall self-test is run."""
    skipped = catalog.photos.skipped()
    unreadable = Counter(file.reason for file in skipped if file.state is PhotoState.UNREADABLE)
    index.refresh()
    return LibraryStatus(
        folder=folder,
        roots=catalog.roots.list(),
        counts=catalog.photos.counts(index.model.key),
        last_update=catalog.last_update(),
        reasons=dict(unreadable.most_common()),
        models=models.list(),
        model=index.model.name,
        provider=short_name(best_providers()[0]),
        index=IndexStatus(
            vectors=len(index),
            in_graph=index.in_graph(),
            search="hnsw" if index.graph_answers else "exact",
            recall=index.recall(),
            problem=index.problem,
        ),
        bytes=_disk_use(folder),
    )


def _disk_use(folder: Path) -> dict[str, int]:
    """Bytes of the catalogue, the thumbnails and the index."""
    use = {
        name: _size([folder / f"{name}{suffix}" for suffix in ("", "-wal")]) for name in ("catalog.db", "thumbnails.db")
    }
    return {**use, "index": _size((folder / "index").rglob("*"))}


def _size(files: Iterable[Path]) -> int:
    return sum(file.stat().st_size for file in files if file.is_file())
