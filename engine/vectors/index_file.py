"""The graphs on disk: published atomically, loaded only when every byte is known to be right.

hnswlib's format has no magic number, version, dimension or checksum, and a changed byte makes it crash or answer
wrongly. A manifest beside the files says all of this; without a matching manifest they do not exist for us.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from engine.errors import EngineError, LibraryUnusableError, StorageFullError
from engine.new_file import DISK_FULL
from engine.vectors import hnsw
from engine.vectors.hnsw import HnswIndex
from engine.vectors.index import Labels
from engine.vectors.segments import Segment, SegmentFile, Segments

FORMAT = 3
PIECE = 2**24
"""Bytes that are hashed for themselves, several pieces at a time: hashing takes longer than reading. They are large
because Python's lock is needed between two of them, and hnswlib keeps it while it loads the graph before."""
_HASHERS = 4
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class IndexManifest:
    """What the files must be, and what of the catalogue is in them.

    Attributes:
        model: identity of the embedding model.
        segments: the files; each is named by its content, so that replacing this manifest is the moment of
            publication.
        last_seq: no embedding newer than this one was known.
        generation: the catalogue's generation when all searchable embeddings were linked, but for few; -1 if they
            were not. If it still is, there is nothing to do.
        membership: the catalogue's count of departures then: if it still is, nothing but new embeddings is missing.
        removed: labels that are in the files and were not searchable.
        absent: labels that were searchable and are not in the files.
    """

    format: int
    library: str
    dim: int
    metric: str
    m: int
    model: str
    segments: tuple[SegmentFile, ...]
    last_seq: int
    generation: int
    membership: int
    removed: tuple[int, ...]
    absent: tuple[int, ...]

    @property
    def count(self) -> int:
        """Vectors in the files, removed ones included."""
        return sum(segment.count for segment in self.segments)


@dataclass(frozen=True, slots=True)
class LoadedIndex:
    """The outcome of loading: what is sound, and the reason why anything is not.

    Attributes:
        graph: what is not removed of the files that are sound; None if none is.
        problem: empty if all of them are, or if nothing was published.
    """

    graph: Segments | None
    manifest: IndexManifest | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class WrittenGraph:
    """A graph that was written and is not known to be whole yet.

    Attributes:
        expected: bytes that a complete file has.
        count: vectors in it.
    """

    file: Path
    expected: int
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
        return WrittenGraph(working, graph.save(working), graph.stored)


def seal(written: WrittenGraph, folder: Path) -> SegmentFile:
    """Prove that a written graph is whole and on the disk, and give it the name that its content has.

    Raises:
        StorageFullError: no room; what is published is still there.
        LibraryUnusableError: the folder cannot be written.
    """
    with _translated(folder):
        _check_complete(written.file, written.expected)
        with ThreadPoolExecutor(_HASHERS) as hashers:
            digest = _joined(_pieces(written.file, hashers))
        _sync(written.file)
        segment = SegmentFile(f"hnsw-{digest[:16]}.bin", written.count, digest)
        written.file.replace(folder / segment.file)
    return segment


def publish(
    segments: Sequence[SegmentFile],
    folder: Path,
    *,
    dim: int,
    model: str,
    last_seq: int,
    generation: int,
    membership: int,
    removed: Labels,
    absent: Labels,
) -> IndexManifest:
    """Make sealed files the index; what is named no more is deleted after that.

    Raises:
        StorageFullError: no room; what was published before is still there.
        LibraryUnusableError: the folder cannot be written.
    """
    manifest = IndexManifest(
        FORMAT, f"hnswlib {HnswIndex.library_version()}", dim, "ip", hnsw.M, model, tuple(segments),
        last_seq, generation, membership, tuple(removed.tolist()), tuple(absent.tolist()),
    )  # fmt: skip
    with _translated(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _write_manifest(folder, manifest)
        _delete_others(folder, {segment.file for segment in segments})
    return manifest


def check(folder: Path, *, model: str, dim: int) -> str:
    """What is wrong with the published files; every byte of them is read, no graph is made.

    Empty if nothing is, or if nothing was published yet: the index is a cache, and its absence is no damage.
    """
    manifest, problem = _described(folder, model, dim)
    if manifest is None:
        return problem
    return "; ".join(problem for _, problem in _examined(folder, manifest.segments) if problem)


def stamp(folder: Path) -> frozenset[tuple[str, int, int, int]]:
    """Tells without reading them whether the published files are those that they were: names, sizes, dates, numbers."""
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, entry.stat()) for entry in entries if entry.is_file()]
    except OSError:
        return frozenset()
    return frozenset((name, status.st_size, status.st_mtime_ns, status.st_ino) for name, status in found)


def damaged(folder: Path) -> set[str]:
    """The names of the published files that are not what they must be; every byte of them is read."""
    manifest = manifest_of(folder)
    segments = manifest.segments if manifest else ()
    return {segment.file for segment, problem in _examined(folder, segments) if problem}


def load(folder: Path, *, model: str, dim: int) -> LoadedIndex:
    """Load what was published, as far as it is exactly what its manifest says."""
    manifest, problem = _described(folder, model, dim)
    if manifest is None:
        return LoadedIndex(None, None, problem)
    parts, problems = [], []
    for segment, problem in _examined(folder, manifest.segments):
        if not problem:
            try:
                parts.append(Segment(HnswIndex.load(folder / segment.file, dim, segment.count), segment))
                continue
            except RuntimeError as error:
                problem = f"the index file {segment.file} cannot be read ({error})"
        problems.append(problem)
    if problems and not parts:
        return LoadedIndex(None, None, "; ".join(problems))
    graph = Segments(dim, parts)
    graph.remove(np.array(manifest.removed, dtype=np.int64))
    return LoadedIndex(graph, manifest, "; ".join(problems))


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
    if fields.get("format") != FORMAT:
        raise ValueError(f"it is of another format: {fields.get('format')!r} instead of {FORMAT}")
    segments = tuple(SegmentFile(**segment) for segment in fields["segments"])
    labels = {name: tuple(fields[name]) for name in ("removed", "absent")}
    return IndexManifest(**{**fields, **labels, "segments": segments})


def manifest_of(folder: Path) -> IndexManifest | None:
    """The manifest, or None if there is none that can be read."""
    try:
        return read_manifest(folder)
    except (OSError, ValueError, TypeError):
        return None


def _described(folder: Path, model: str, dim: int) -> tuple[IndexManifest | None, str]:
    """The manifest if it is of an index for us; else what is wrong with it, or empty if there is none."""
    try:
        manifest = read_manifest(folder)
    except (OSError, ValueError, TypeError) as error:
        return None, f"the index file cannot be read ({error})"
    if manifest is None:
        return None, ""
    expected = {"library": f"hnswlib {HnswIndex.library_version()}", "dim": dim, "metric": "ip", "m": hnsw.M}
    for name, value in {**expected, "model": model}.items():
        if (found := getattr(manifest, name)) != value:
            return None, f"the index file is of another {name}: {found!r} instead of {value!r}"
    return manifest, ""


def _examined(folder: Path, segments: Sequence[SegmentFile]) -> Iterator[tuple[SegmentFile, str]]:
    """Each file and what is wrong with it, or empty; those that follow are hashed meanwhile."""
    with ThreadPoolExecutor(_HASHERS) as hashers:
        for segment, pieces in [(segment, _pieces(folder / segment.file, hashers)) for segment in segments]:
            problem = ""
            try:
                if _joined(pieces) != segment.blake2b:
                    problem = f"the index file {segment.file} is damaged (its checksum differs)"
            except OSError as error:
                problem = f"the index file cannot be read ({error})"
            yield segment, problem


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
    working.write_text(json.dumps({**fields, "manifest_blake2b": _text_digest(fields)}), encoding="utf-8")
    _sync(working)
    working.replace(folder / MANIFEST)
    _sync_folder(folder)


def _delete_others(folder: Path, keep: set[str]) -> None:
    for old in folder.glob("hnsw*"):
        if old.name not in keep:
            old.unlink(missing_ok=True)


def _pieces(file: Path, hashers: ThreadPoolExecutor) -> list[Future[bytes]]:
    """The digests of the pieces, which threads make side by side: hashing does not hold Python's lock."""
    try:
        size = file.stat().st_size
    except OSError:
        size = 1  # reading it will say why
    return [hashers.submit(_digest_of_piece, file, start) for start in range(0, size, PIECE)]


def _joined(pieces: Sequence[Future[bytes]]) -> str:
    return hashlib.blake2b(b"".join(piece.result() for piece in pieces), digest_size=32).hexdigest()


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
