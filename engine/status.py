"""What a library holds and how well it can be searched."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.care import Care
from engine.catalog.catalog import Catalog
from engine.catalog.photos import Counts
from engine.disk_use import DiskPart
from engine.jobs import Job
from engine.models.embedder import best_providers, short_name
from engine.models.installed import ModelCard, Models
from engine.records import LastBackup, LastUpdate, LastVerify, Root
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
        read_only: nothing may be written to its folder.
        last_update: what the last update that came to its end did; None if there was none.
        reasons: how many files are not searchable for which reason, the most frequent first.
        provider: what really runs the model on this machine.
        last_verify: what the last check found; None if there was none.
        last_backup: when and where to the library was backed up; None if it never was.
        disk: what its parts take.
        spare_bytes: about what compacting would give back; 0 if it is not worth it.
    """

    folder: Path
    read_only: bool
    roots: Sequence[Root]
    counts: Counts
    last_update: LastUpdate | None
    reasons: dict[str, int]
    models: Sequence[ModelCard]
    model: str
    provider: str
    index: IndexStatus
    last_verify: LastVerify | None
    last_backup: LastBackup | None
    disk: Sequence[DiskPart]
    spare_bytes: int


def describe(care: Care, catalog: Catalog, models: Models, index: LiveIndex) -> LibraryStatus:
    """Gather the status of a library; the recall self-test is run."""
    test = care.test_index(Job())
    health = care.health()
    return LibraryStatus(
        folder=health.folder,
        read_only=catalog.read_only,
        roots=catalog.roots.list(),
        counts=health.counts,
        last_update=catalog.last_update(),
        reasons=health.reasons,
        models=models.list(),
        model=index.model.name,
        provider=short_name(best_providers()[0]),
        index=IndexStatus(
            vectors=len(index),
            in_graph=index.in_graph(),
            search="hnsw" if index.graph_answers else "exact",
            recall=test.recall if test is not None else None,
            problem=index.problem,
        ),
        last_verify=health.last_verify,
        last_backup=health.last_backup,
        disk=health.disk,
        spare_bytes=health.spare_bytes,
    )
