"""Publishing and loading the graph: whatever happens to the files, no wrong graph is ever answered from."""

import json
import os
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.errors import LibraryUnusableError, StorageFullError
from engine.vectors import index_file
from engine.vectors.hnsw import HnswIndex
from engine.vectors.index_file import MANIFEST, IndexManifest, load, publish, seal, write
from engine.vectors.segments import SegmentFile
from tests.engine import children
from tests.engine.shelf import unit_vectors

DIM, COUNT = 32, 400
VECTORS = unit_vectors(COUNT)


def graph(vectors: np.ndarray = VECTORS) -> HnswIndex:
    index = HnswIndex(vectors.shape[1])
    index.add(np.arange(len(vectors)), vectors)
    return index


def sealed(index: HnswIndex, folder: Path) -> SegmentFile:
    return seal(write(index, folder), folder)


def put(folder: Path, *graphs: np.ndarray, **named) -> IndexManifest:
    """Publish graphs of these vectors, or one of all of ours."""
    segments = [sealed(graph(vectors), folder) for vectors in graphs or (VECTORS,)]
    none = np.empty(0, dtype=np.int64)
    usual = {"model": "m", "dim": DIM, "last_seq": COUNT - 1, "generation": 7, "membership": 3}
    return publish(segments, folder, **{**usual, "removed": none, "absent": none, **named})


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The files of a published index, by name."""
    folder = tmp_path_factory.mktemp("published")
    put(folder)
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.fixture
def folder(tmp_path, published):
    for name, content in published.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def opened(folder: Path, model: str = "m", dim: int = DIM) -> index_file.LoadedIndex:
    return load(folder, model=model, dim=dim)


def answers_rightly(loaded: index_file.LoadedIndex) -> bool:
    return all(loaded.graph.search(VECTORS[label], 1)[0].tolist() == [label] for label in range(0, COUNT, 40))


def refused(folder: Path, **wanted) -> str:
    """Why the index is not loaded; it must not be."""
    loaded = opened(folder, **wanted)
    assert (loaded.graph, loaded.manifest) == (None, None)
    assert loaded.problem.startswith("the index file")
    assert index_file.check(folder, **{"model": "m", "dim": DIM, **wanted}) == loaded.problem
    return loaded.problem


def binary(folder: Path) -> Path:
    (file,) = folder.glob("hnsw*.bin")
    return file


def test_a_published_index_loads_with_its_manifest(tmp_path):
    manifest = put(tmp_path / "index" / "tiny")
    loaded = opened(tmp_path / "index" / "tiny")
    assert loaded.manifest == manifest
    assert loaded.problem == ""
    assert (manifest.dim, manifest.count, manifest.model) == (DIM, COUNT, "m")
    assert (manifest.last_seq, manifest.generation, manifest.membership) == (COUNT - 1, 7, 3)
    assert answers_rightly(loaded)
    assert sorted(file.name for file in (tmp_path / "index" / "tiny").iterdir()) == [
        manifest.segments[0].file,
        MANIFEST,
    ]


def test_an_index_without_graphs_can_be_published(tmp_path):
    publish(
        [], tmp_path, dim=DIM, model="m", last_seq=0, generation=0, membership=0,
        removed=np.empty(0, dtype=np.int64), absent=np.array([4, 9]),
    )  # fmt: skip
    loaded = opened(tmp_path)
    assert (len(loaded.graph), loaded.problem, loaded.manifest.absent) == (0, "", (4, 9))


def test_removed_vectors_are_in_the_file_and_stay_away(tmp_path):
    index = graph()
    index.remove(np.arange(100))
    segment = sealed(index, tmp_path)
    assert segment.count == COUNT
    named = {"dim": DIM, "model": "m", "last_seq": 1, "generation": 1, "membership": 1}
    publish([segment], tmp_path, **named, removed=np.arange(100), absent=np.empty(0, dtype=np.int64))
    loaded = opened(tmp_path)
    assert (loaded.manifest.count, loaded.graph.stored, len(loaded.graph)) == (COUNT, COUNT, COUNT - 100)
    assert loaded.graph.labels().tolist() == list(range(100, COUNT))


def test_nothing_published_is_no_damage(tmp_path):
    for place in (tmp_path, tmp_path / "nowhere"):
        assert opened(place) == index_file.LoadedIndex(None, None, "")
        assert index_file.check(place, model="m", dim=DIM) == ""
        assert index_file.manifest_of(place) is None


def test_a_new_generation_replaces_the_old_one(folder):
    old = binary(folder).name
    manifest = put(folder, unit_vectors(50, seed=1), generation=8)
    assert opened(folder).manifest == manifest
    assert {file.name for file in folder.iterdir()} == {manifest.segments[0].file, MANIFEST} != {old, MANIFEST}


def test_a_crash_before_the_manifest_leaves_the_old_index_even_in_the_same_generation(folder):
    """The graph may be built anew without any change in the catalogue."""
    manifest = (folder / MANIFEST).read_bytes()
    old = binary(folder)
    content = old.read_bytes()
    put(folder, unit_vectors(50, seed=1), generation=7)
    if not old.exists():  # the old one goes last, once the new one has proved to be whole
        old.write_bytes(content)
    (folder / MANIFEST).write_bytes(manifest)
    assert answers_rightly(opened(folder))


def test_left_overs_of_a_crash_are_cleared_away(folder):
    (folder / "hnsw.tmp").write_bytes(b"half")
    (folder / "hnsw-000000000001.bin").write_bytes(b"old")
    manifest = put(folder, generation=9)
    assert sorted(file.name for file in folder.glob("*")) == [manifest.segments[0].file, MANIFEST]


@pytest.mark.faults
def test_every_changed_byte_of_the_manifest_is_noticed(folder):
    sound = (folder / MANIFEST).read_bytes()
    for place in range(len(sound)):
        (folder / MANIFEST).write_bytes(sound[:place] + bytes([sound[place] ^ 0xFF]) + sound[place + 1 :])
        refused(folder)


@pytest.mark.faults
def test_a_changed_bit_of_the_manifest_never_gives_a_wrong_graph(folder):
    sound = (folder / MANIFEST).read_bytes()
    for place in range(0, len(sound) * 8, 11):
        changed = bytearray(sound)
        changed[place // 8] ^= 1 << place % 8
        (folder / MANIFEST).write_bytes(changed)
        loaded = opened(folder)
        if loaded.graph is not None:  # the bit was in white space that means the same
            assert json.loads(changed) == json.loads(sound)


@pytest.mark.faults
@pytest.mark.parametrize(
    "text", ["", "null", "[]", "{}", "7", '{"format": 1}', "[" * 100_000, "\x00", "[1, 2]", '{"manifest_blake2b": 1}']
)
def test_what_is_no_manifest_is_refused(folder, text):
    (folder / MANIFEST).write_text(text)
    refused(folder)


@pytest.mark.faults
def test_changed_bytes_of_the_graph_are_noticed(folder):
    file = binary(folder)
    sound = file.read_bytes()
    for place in random.Random(0).sample(range(len(sound)), 200):
        file.write_bytes(sound[:place] + bytes([sound[place] ^ (1 << place % 8)]) + sound[place + 1 :])
        assert "checksum" in refused(folder)
    file.write_bytes(sound)
    assert answers_rightly(opened(folder))


@pytest.mark.faults
@pytest.mark.parametrize("share", [0, 0.001, 0.3, 0.999])
def test_a_truncated_graph_is_noticed(folder, share):
    os.truncate(binary(folder), int(binary(folder).stat().st_size * share))
    assert "checksum" in refused(folder)


@pytest.mark.faults
def test_zeroed_pages_and_appended_bytes_are_noticed(folder):
    file = binary(folder)
    sound = file.read_bytes()
    for start in range(0, len(sound), 4096):
        file.write_bytes(sound[:start] + bytes(4096) + sound[start + 4096 :])
        assert "checksum" in refused(folder)
    file.write_bytes(sound + b"\x00")
    assert "checksum" in refused(folder)


@pytest.mark.faults
def test_damage_to_any_piece_of_a_file_of_many_is_noticed(tmp_path, monkeypatch):
    """Pieces are hashed for themselves: each counts, and so do their order and their number."""
    monkeypatch.setattr(index_file, "PIECE", 4096)
    folder = tmp_path / "index"
    put(folder)
    assert answers_rightly(opened(folder))
    sound = binary(folder).read_bytes()
    pieces = [sound[start : start + 4096] for start in range(0, len(sound), 4096)]
    assert len(pieces) > 10
    changed = [
        bytes([sound[start] ^ 1]).join((sound[:start], sound[start + 1 :])) for start in range(0, len(sound), 4096)
    ]
    others = ([pieces[1], pieces[0], *pieces[2:]], pieces[:-1], [*pieces, pieces[-1]], [*pieces, b"more"])
    for content in (*changed, *(b"".join(one) for one in others)):
        binary(folder).write_bytes(content)
        assert "checksum" in refused(folder)
    binary(folder).write_bytes(sound)
    assert answers_rightly(opened(folder))


def test_a_graph_or_manifest_that_is_gone_is_a_reason(folder):
    binary(folder).unlink()
    assert "cannot be read" in refused(folder)


def test_a_folder_in_place_of_a_file_is_a_reason(folder):
    content = binary(folder).read_bytes()
    name = binary(folder)
    name.unlink()
    name.mkdir()
    refused(folder)
    name.rmdir()
    name.write_bytes(content)
    (folder / MANIFEST).unlink()
    (folder / MANIFEST).mkdir()
    refused(folder)


@pytest.mark.faults
@pytest.mark.parametrize("damage", ["changed", "cut", "gone"])
def test_of_several_graphs_the_sound_ones_are_loaded_and_the_damaged_one_is_named(tmp_path, damage):
    halves = VECTORS[:300], VECTORS[300:]
    manifest = put(tmp_path, *halves)
    bad = tmp_path / manifest.segments[1].file
    if damage == "changed":
        bad.write_bytes(bad.read_bytes()[:-1] + b"\x55")
    elif damage == "cut":
        os.truncate(bad, 1000)
    else:
        bad.unlink()
    loaded = opened(tmp_path)
    assert loaded.manifest == manifest
    assert len(loaded.graph) == 300
    assert bad.name in loaded.problem
    assert manifest.segments[0].file not in loaded.problem
    assert index_file.check(tmp_path, model="m", dim=DIM) == loaded.problem
    assert index_file.damaged(tmp_path) == {bad.name}


@pytest.mark.parametrize(("wanted", "named"), [({"dim": 64}, "dim"), ({"model": "another"}, "model")])
def test_the_index_of_another_model_is_refused(folder, wanted, named):
    assert f"of another {named}" in refused(folder, **wanted)


@pytest.mark.parametrize(
    ("field", "value"), [("format", 2), ("library", "hnswlib 0.7.0"), ("metric", "l2"), ("m", 32), ("count", 399)]
)
def test_the_index_of_another_program_is_refused(folder, field, value):
    """With a manifest whose own checksum is right: only the field is another."""
    manifest = index_file.read_manifest(folder)
    if field == "count":
        field, value = "segments", tuple(replace(segment, count=value) for segment in manifest.segments)
    index_file._write_manifest(folder, replace(manifest, **{field: value}))
    problem = opened(folder).problem
    assert opened(folder).graph is None
    assert field in problem or "399" in problem


def test_the_graph_of_another_dim_under_our_manifest_is_refused(folder, tmp_path):
    put(tmp_path / "other", unit_vectors(COUNT, dim=DIM // 2), dim=DIM // 2)
    binary(folder).write_bytes(binary(tmp_path / "other").read_bytes())
    assert "checksum" in refused(folder)


@pytest.mark.faults
def test_a_full_disk_keeps_the_generation_before(folder):
    script = (
        children.NO_ROOM
        + """
import sys
from pathlib import Path
from engine.errors import EngineError
from tests.engine.vectors.test_index_file import opened, put
folder = Path(sys.argv[1])
for room in (0, 500, 10_000, 50_000):
    no_room(room)
    try:
        put(folder, generation=8)
    except EngineError as error:
        print(type(error).__name__, bool(error.hint), len(opened(folder).graph))
"""
    )
    assert children.run(script, folder).splitlines() == [f"{StorageFullError.__name__} True {COUNT}"] * 4
    assert answers_rightly(opened(folder))
    put(folder, generation=9)
    assert opened(folder).manifest.generation == 9
    assert len(list(folder.iterdir())) == 2


@pytest.mark.faults
def test_a_full_disk_that_stops_the_manifest_keeps_the_generation_before(folder, monkeypatch):
    """The graph fits, and then not even the manifest does."""
    monkeypatch.setattr(index_file, "MANIFEST", "full/manifest.json")
    (folder / "full").symlink_to("/dev/full")
    with pytest.raises(LibraryUnusableError):
        put(folder, unit_vectors(10), generation=8)
    monkeypatch.undo()
    assert answers_rightly(opened(folder))


@pytest.mark.faults
def test_kill_9_while_publishing_always_leaves_a_loadable_index(tmp_path):
    script = """
import os, random, signal, sys, time
from pathlib import Path
from tests.engine.shelf import unit_vectors
from tests.engine.vectors.test_index_file import VECTORS, opened, put
folder, delays = Path(sys.argv[1]), random.Random(1)
put(folder, VECTORS, unit_vectors(30))
for round_ in range(10):
    child = os.fork()
    if child == 0:
        for number in range(10**6):  # several publications in one generation, as after building a graph anew
            put(folder, VECTORS, unit_vectors(30, seed=number), generation=round_ * 10 + number // 5)
    time.sleep(0.05 + delays.random() * 0.1)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    loaded = opened(folder)
    print(loaded.problem or loaded.graph.stored)
"""
    assert children.run(script, tmp_path).split() == [str(COUNT + 30)] * 10


@pytest.mark.faults
def test_a_folder_without_permission_is_a_sentence():
    script = (
        """
import sys
from pathlib import Path
from engine.errors import EngineError
from tests.engine.vectors.test_index_file import opened, put, graph
folder = Path(sys.argv[1])
put(folder / "warm up")
opened(folder / "warm up")
"""
        + children.AS_NOBODY
        + """
try:
    put(folder, generation=8)
except EngineError as error:
    print(type(error).__name__, error, len(opened(folder).graph), sep="|")
"""
    )
    with children.folder_for_everyone() as folder:
        put(folder)
        for file in folder.iterdir():
            file.chmod(0o644)
        (folder / "warm up").mkdir(mode=0o777)
        folder.chmod(0o555)
        kind, sentence, count = children.run(script, folder).strip().split("|")
        assert answers_rightly(opened(folder))
    assert (kind, count) == ("LibraryUnusableError", str(COUNT))
    assert "Check the permissions" in sentence


def test_a_file_where_the_folder_should_be_is_a_sentence(tmp_path):
    (tmp_path / "index").touch()
    with pytest.raises(LibraryUnusableError, match="could not be saved"):
        put(tmp_path / "index")
    refused(tmp_path / "index")
