"""The HNSW graph on disk: published atomically, loaded only when every byte is known to be right.

hnswlib's format has no magic number, version, dimension or checksum, and a changed byte makes it crash or answer
wrongly. A manifest beside the file says all of this; without a matching manifest the file does not exist for us.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.errors import EngineError, LibraryUnusableError, StorageFullError
from engine.new_file import DISK_FULL
from engine.vectors import hnsw
from engine.vectors.hnsw import HnswIndex

FORMAT = 2
PIECE = 2**20
"""Bytes that are hashed for themselves, several pieces at a time: hashing takes longer than reading."""
_HASHERS = 4
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class IndexManifest:
    """What the graph file must be.

    Attributes:
        file: its name; every generation has its own, so that replacing this manifest is the moment of publication.
        model: identity of the embedding model.
        count: vectors in the graph.
        last_seq: all searchable embeddings up to this one are in the graph.
        generation: the catalogue's generation when the graph was written: if it still is, nothing is missing.
        membership: the catalogue's count of departures then: if it still is, nothing but new embeddings is missing.
        blake2b: hex digest of the digests of the file's pieces.
    """

    format: int
    file: str
    library: str
    dim: int
    metric: str
    m: int
    count: int
    model: str
    last_seq: int
    generation: int
    membership: int
    blake2b: str


@dataclass(frozen=True, slots=True)
class LoadedIndex:
    """The outcome of loading: the graph and its manifest, or the reason why there is none."""

    graph: HnswIndex | None
    manifest: IndexManifest | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class WrittenGraph:
    """A graph that was written and is not published yet.

    Attributes:
        expected: bytes that a complete file has.
        count: vectors in it.
    """

    file: Path
    expected: int
    dim: int
    count: int


def write(graph: HnswIndex, folder: Path) -> WrittenGraph:
    """Write a graph beside what is published; it must not change meanwhile.

    Raises:
        StorageFullError: no room; what is published is still there.
        LibraryUnusableError: the folder cannot be written.
    """
    with _translated(folder):
        folder.mkdir(parents=True, exist_ok=True)
        working = folder / "hnsw.tmp"
        working.write_bytes(b"")  # hnswlib does not say why it cannot write
        return WrittenGraph(working, graph.save(working), graph.dim, graph.stored)


def publish(
    written: WrittenGraph, folder: Path, *, model: str, last_seq: int, generation: int, membership: int
) -> IndexManifest:
    """Make a written graph the new generation; the old one is deleted once the new one has proved to be whole.

    Raises:
        StorageFullError: no room; the old generation is still there.
        LibraryUnusableError: the folder cannot be written.
    """
    with _translated(folder):
        working = written.file
        _check_complete(working, written.expected)
        digest = _digest(working)
        # Named by what is in it too: the same generation may be built anew, and must not overwrite what is published.
        file = folder / f"hnsw-{generation:012d}-{digest[:8]}.bin"
        _sync(working)
        working.replace(file)
        manifest = IndexManifest(
            FORMAT, file.name, f"hnswlib {HnswIndex.library_version()}", written.dim, "ip", hnsw.M, written.count,
            model, last_seq, generation, membership, digest,
        )  # fmt: skip
        _write_manifest(folder, manifest)
        _delete_others(folder, keep=file.name)
    return manifest


def check(folder: Path, *, model: str, dim: int) -> str:
    """What is wrong with the published file; every byte of it is read, no graph is made.

    Empty if nothing is, or if nothing was published yet: the index is a cache, and its absence is no damage.
    """
    try:
        manifest = read_manifest(folder)
        if manifest is None:
            return ""
        if problem := _mismatch(manifest, model, dim):
            return problem
        if _digest(folder / manifest.file) != manifest.blake2b:
            return f"the index file {manifest.file} is damaged (its checksum differs)"
    except (OSError, ValueError, TypeError) as error:
        return f"the index file cannot be read ({error})"
    return ""


def load(folder: Path, *, model: str, dim: int) -> LoadedIndex:
    """Load the published graph, if there is one and it is exactly what its manifest says."""
    problem = check(folder, model=model, dim=dim)
    manifest = None if problem else manifest_of(folder)
    if manifest is None:
        return LoadedIndex(None, None, problem)
    try:
        return LoadedIndex(HnswIndex.load(folder / manifest.file, dim, manifest.count), manifest)
    except RuntimeError as error:
        return LoadedIndex(None, None, f"the index file cannot be read ({error})")


def read_manifest(folder: Path) -> IndexManifest | None:
    """The manifest, or None if nothing was published.

    Raises:
        ValueError, TypeError: it is no manifest of ours.
        OSError: it cannot be read.
    """
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    try:
        fields = json.loads(text)
    except RecursionError:
        raise ValueError("its manifest is damaged") from None
    checksum = fields.pop("manifest_blake2b", None) if isinstance(fields, dict) else None
    if checksum != _text_digest(fields):
        raise ValueError("its manifest is damaged")
    return IndexManifest(**fields)


def manifest_of(folder: Path) -> IndexManifest | None:
    """The manifest, or None if there is none that can be read."""
    try:
        return read_manifest(folder)
    except (OSError, ValueError, TypeError):
        return None


def _mismatch(manifest: IndexManifest, model: str, dim: int) -> str:
    expected = {
        "format": FORMAT,
        "library": f"hnswlib {HnswIndex.library_version()}",
        "dim": dim,
        "metric": "ip",
        "m": hnsw.M,
        "model": model,
    }
    found = asdict(manifest)
    for name, value in expected.items():
        if found[name] != value:
            return f"the index file is of another {name}: {found[name]!r} instead of {value!r}"
    return ""


def _check_complete(file: Path, expected: int) -> None:
    size = file.stat().st_size
    if size != expected:
        file.unlink()
        raise StorageFullError(
            f"The index could not be saved: {size:,} of {expected:,} bytes were written.",
            "Free some space; the photos stay searchable, and the index is saved after the next update.",
        )


def _write_manifest(folder: Path, manifest: IndexManifest) -> None:
    fields = asdict(manifest)
    working = folder / "manifest.tmp"
    working.write_text(json.dumps({**fields, "manifest_blake2b": _text_digest(fields)}, indent=2), encoding="utf-8")
    _sync(working)
    working.replace(folder / MANIFEST)
    _sync_folder(folder)


def _delete_others(folder: Path, keep: str) -> None:
    for old in folder.glob("hnsw*"):
        if old.name != keep:
            old.unlink(missing_ok=True)


def _digest(file: Path) -> str:
    """Of the digests of the pieces, which threads make side by side: hashing does not hold Python's lock."""
    starts = range(0, file.stat().st_size, PIECE)
    with ThreadPoolExecutor(_HASHERS) as hashers:
        pieces = hashers.map(lambda start: _digest_of_piece(file, start), starts)
        return hashlib.blake2b(b"".join(pieces), digest_size=32).hexdigest()


def _digest_of_piece(file: Path, start: int) -> bytes:
    with file.open("rb") as stream:
        stream.seek(start)
        return hashlib.blake2b(stream.read(PIECE), digest_size=32).digest()


def _text_digest(fields: object) -> str:
    return hashlib.blake2b(json.dumps(fields, sort_keys=True).encode(), digest_size=32).hexdigest()


def _sync(file: Path) -> None:
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":  # Windows cannot open folders
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _as_engine_error(error, folder) from error


def _as_engine_error(error: OSError, folder: Path) -> EngineError:
    if error.errno in DISK_FULL:
        return StorageFullError(
            f"The index could not be saved in {folder}: the disk is full.",
            "Free some space; the photos stay searchable, and the index is saved after the next update.",
        )
    return LibraryUnusableError(
        f"The index could not be saved in {folder}: {error}.", "Check the permissions of the folder."
    )
